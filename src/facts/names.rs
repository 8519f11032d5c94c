//! Names of devices and people, known from a paste's own columns and labels, wherever they are.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};

use super::mask::Mask;
use super::{Variable, message, private};

/// How many names are kept.
const MOST: usize = 200_000;

/// Names with what they name.
///
/// ```
/// use shirube::facts::Names;
///
/// let mut names = Names::default();
/// names.add("user", "佐藤");
/// assert_eq!(names.mask("佐藤\tlogged in", &[]), "{user}\tlogged in");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    by_value: BTreeMap<String, Mask>,
}

impl Names {
    /// Makes a name known; `kind` is a mask's name, such as `user`. What a mask or a pseudonym was put
    /// over already is none.
    pub fn add(&mut self, kind: &str, value: &str) {
        // A cell may list several; what has a colon is a label of its own.
        for part in value.split(['、', '。']).filter(|part| !is_labelled(part)) {
            self.add_one(kind, part);
        }
    }

    fn add_one(&mut self, kind: &str, value: &str) {
        let value = value.trim();
        let masked = value.starts_with(['{', '<']) && value.ends_with(['}', '>']);
        let mask = Mask::from_name(kind).unwrap_or(Mask::Name);
        // Screens show a model or a state where others show a name: 端末：iPhone 15 Pro, 利用者：なし.
        let named =
            value.chars().any(char::is_alphabetic) && !masked && !private::names_nobody(value);
        if named && self.by_value.len() < MOST {
            self.by_value.entry(value.to_owned()).or_insert(mask);
        }
    }

    /// Makes known what a line's variables say for certain is a name, a device, a network or a secret: it is masked
    /// wherever it is.
    pub fn learn(&mut self, line: &str, variables: &[Variable]) {
        for variable in variables {
            let value = line.get(variable.range.clone()).unwrap_or_default();
            for part in private::to_learn(variable.mask, value) {
                self.add(variable.mask, part);
            }
        }
    }

    /// The names in their order, each with its kind.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.by_value.iter().map(|(value, mask)| (mask.name(), value.as_str()))
    }

    /// A text with placeholders over its variable parts and over the names in what is between.
    #[must_use]
    pub fn mask(&self, text: &str, variables: &[Variable]) -> String {
        let mut found: Vec<Variable> = variables.to_vec();
        let mut at = 0;
        let ends = variables.iter().map(|variable| variable.range.clone());
        for range in ends.chain(std::iter::once(text.len()..text.len())) {
            let mut rest = at..range.start;
            while let Some((start, end, mask)) = self.first_in(text, rest.clone()) {
                found.push(Variable { range: start..end, mask: mask.name() });
                rest.start = end;
            }
            at = range.end;
        }
        found.sort_by_key(|variable| variable.range.start);
        message::masked(text, &found)
    }

    /// The first name within a part of a text, the longest where several begin.
    fn first_in(&self, text: &str, part: Range<usize>) -> Option<(usize, usize, Mask)> {
        text.get(part.clone())?.char_indices().find_map(|(offset, _)| {
            let start = part.start + offset;
            let (name, mask) = longest_at(&self.by_value, text, start..part.end)?;
            Some((start, start + name.len(), *mask))
        })
    }
}

fn is_labelled(part: &str) -> bool {
    part.contains('：') || part.contains(": ")
}

/// The longest key that a part of a text begins with as a word.
///
/// The greatest key that is no greater than the text is its longest prefix among the keys, or shares a prefix with
/// it, which every shorter one must be within: so few keys are looked at, however many there are.
pub(super) fn longest_at<'m, V>(
    known: &'m BTreeMap<String, V>,
    text: &str,
    part: Range<usize>,
) -> Option<(&'m str, &'m V)> {
    let before = text.get(..part.start).and_then(|head| head.chars().next_back());
    let rest = text.get(part)?;
    let first = rest.chars().next()?;
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if !first.is_alphanumeric() || (joined(before) && first.is_ascii()) {
        return None;
    }
    let mut bound = rest;
    while !bound.is_empty() {
        let (key, value) =
            known.range::<str, _>((Bound::Unbounded, Bound::Included(bound))).next_back()?;
        let shared = shared_prefix(key, bound);
        if shared < key.len() {
            bound = bound.get(..shared)?;
            continue;
        }
        let behind = rest.get(key.len()..).and_then(|behind| behind.chars().next());
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != 'ー');
        let fits = match key.chars().nth(1) {
            // A name of one letter is in every word.
            None => alone(before) && alone(behind),
            Some(_) => !(key.is_ascii() && joined(behind)),
        };
        if fits {
            return Some((key, value));
        }
        let last = key.chars().next_back()?;
        bound = bound.get(..key.len() - last.len_utf8())?;
    }
    None
}

/// The bytes of whole characters that two texts begin with alike.
fn shared_prefix(one: &str, other: &str) -> usize {
    let alike = one.chars().zip(other.chars()).take_while(|(one, other)| one == other);
    alike.map(|(character, _)| character.len_utf8()).sum()
}

#[cfg(test)]
crate::source::cases! {
    names_in_text: |text| {
        let mut names = Names::default();
        ["森", "佐藤"].iter().for_each(|name| names.add("user", name));
        ["kiosk", "{device}", "42"].iter().for_each(|name| names.add("device", name));
        let masked = names.mask(text, &[]);
        assert_eq!(names.mask(&masked, &[]), masked);
        masked
    };
}
