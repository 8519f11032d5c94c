//! Names of devices and people, known from a paste's own columns and labels, wherever they stand.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::mask::Mask;
use super::{Variable, message};

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
        let value = value.trim();
        let masked = value.starts_with(['{', '<']) && value.ends_with(['}', '>']);
        let named = value.chars().any(char::is_alphabetic) && !masked;
        if named && self.by_value.len() < MOST {
            let mask = Mask::from_name(kind).unwrap_or(Mask::Name);
            self.by_value.entry(value.to_owned()).or_insert(mask);
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
    fn first_in(&self, text: &str, part: std::ops::Range<usize>) -> Option<(usize, usize, Mask)> {
        let within = text.get(part.clone())?;
        within.char_indices().find_map(|(offset, first)| {
            let start = part.start + offset;
            let rest = within.get(offset..)?;
            let longest = longest_at(&self.by_value, first, text, start, rest)?;
            Some((start, start + longest.0.len(), *longest.1))
        })
    }
}

/// The longest key that `rest`, which begins with `first` at `start` of `text`, begins with as a word.
pub(super) fn longest_at<'m, V>(
    known: &'m BTreeMap<String, V>,
    first: char,
    text: &str,
    start: usize,
    rest: &str,
) -> Option<(&'m str, &'m V)> {
    let before = text.get(..start).and_then(|head| head.chars().next_back());
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if !first.is_alphanumeric() || (joined(before) && first.is_ascii()) {
        return None;
    }
    let mut begin = [0; 4];
    let begin: &str = first.encode_utf8(&mut begin);
    known
        .range::<str, _>((Bound::Included(begin), Bound::Unbounded))
        .take_while(|(value, _)| value.starts_with(first))
        .filter(|(value, _)| rest.starts_with(value.as_str()))
        .filter(|(value, _)| {
            let behind = rest.get(value.len()..).and_then(|behind| behind.chars().next());
            let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != 'ー');
            match value.chars().nth(1) {
                // A name of one letter is in every word.
                None => alone(before) && alone(behind),
                Some(_) => !(value.is_ascii() && joined(behind)),
            }
        })
        .max_by_key(|(value, _)| value.len())
        .map(|(value, kind)| (value.as_str(), kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_masked_where_they_stand_as_words() {
        let mut names = Names::default();
        names.add("user", "森");
        names.add("user", "佐藤");
        names.add("device", "kiosk");
        names.add("device", "{device}");
        names.add("device", "42");
        let cases = [
            ("森\t森林\tkiosk", "{user}\t森林\t{device}"),
            ("佐藤さんのkioskとkiosks", "{user}さんの{device}とkiosks"),
            ("{device} 42", "{device} 42"),
        ];
        for (text, masked) in cases {
            assert_eq!(names.mask(text, &[]), masked);
        }
        assert_eq!(names.mask(&names.mask("森\tkiosk", &[]), &[]), "{user}\t{device}");
    }
}
