//! Stable pseudonyms for real values, so that a log can leave the company and the answer can come back.
//!
//! 1. The variable parts of a line that may identify somebody become `<device-1>`, `<ip-2>` …; numbers,
//!    times, versions and error codes stay, because the reader needs them.
//! 2. A value that the map knows is replaced wherever it is a word, though nothing there announces
//!    it.
//! 3. A character that a terminal would obey has a pseudonym too.
//! 4. Text that looks like a pseudonym is itself given one: whatever is unmasked was masked before.
//!
//! Each written form has its own pseudonym, so that [`Pseudonyms::unmask`] gives back exactly what was
//! there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Variable;
use super::mask::Mask;
use super::names::longest_at;
use super::private::Private;
use crate::source::steers;

/// Real values with their pseudonyms.
///
/// ```
/// use shirube::facts::Pseudonyms;
///
/// let mut pseudonyms = Pseudonyms::default();
/// let masked = pseudonyms.mask("no route to 10.0.0.7 from 10.0.0.9 (10.0.0.7)");
/// assert_eq!(masked, "no route to <ip-1> from <ip-2> (<ip-1>)");
/// assert_eq!(pseudonyms.unmask("please restart <ip-2>"), "please restart 10.0.0.9");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pseudonyms {
    /// By written value.
    pseudonyms: BTreeMap<String, String>,
    values: BTreeMap<String, String>,
    /// How many pseudonyms each kind has.
    counts: BTreeMap<String, u64>,
}

impl Pseudonyms {
    /// Replaces the values of a text that may identify somebody.
    pub fn mask(&mut self, text: &str) -> String {
        self.mask_piece(text, &mut Private::default())
    }

    /// The same for a text that comes in pieces of whole lines, with what is known of the lines before.
    pub fn mask_piece(&mut self, text: &str, private: &mut Private) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut lines = text.split_inclusive(['\n', '\r']).peekable();
        while let Some(line) = lines.next() {
            // A carriage return without a line feed writes over its own line.
            let (line, ending) = match line.strip_suffix('\r') {
                Some(kept) if lines.peek() == Some(&"\n") => (kept, "\r"),
                _ => line.strip_suffix('\n').map_or((line, ""), |kept| (kept, "\n")),
            };
            self.mask_line(line, private, &mut masked);
            masked.push_str(ending);
        }
        masked
    }

    /// Puts the real values back into a text, which may be another than the masked one.
    #[must_use]
    pub fn unmask(&self, text: &str) -> String {
        let value = |found: &Captures<'_>| {
            let found = found.get_match().as_str();
            self.values.get(found).map_or(found, String::as_str).to_owned()
        };
        LOOK_ALIKE.replace_all(text, value).into_owned()
    }

    /// Makes a value known: `kind` is a mask's name, such as `user`. It is masked from now on wherever it
    /// is.
    pub fn learn(&mut self, kind: &str, value: &str) {
        let kind = Mask::from_name(kind).map_or("name", Mask::name);
        if !value.trim().is_empty() {
            let _ = self.pseudonym(kind, value.trim());
        }
    }

    /// The map as text, a line a value: the pseudonym, a tab, the value.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (pseudonym, value) in &self.values {
            let value = value
                .replace('\\', "\\\\")
                .replace('\t', "\\t")
                .replace('\n', "\\n")
                .replace('\r', "\\r");
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{pseudonym}\t{value}");
        }
        text
    }

    /// Reads what [`Pseudonyms::to_text`] wrote; the error is the first line (1-based) that is none.
    ///
    /// # Errors
    ///
    /// The number of the first line that is no pseudonym with a value.
    pub fn from_text(text: &str) -> Result<Self, usize> {
        let mut map = Self::default();
        for (line, number) in text.lines().zip(1_usize..) {
            if line.is_empty() {
                continue;
            }
            let (pseudonym, value) = line.split_once('\t').ok_or(number)?;
            let inner = pseudonym.strip_prefix('<').and_then(|inner| inner.strip_suffix('>'));
            let (kind, count) = inner.and_then(|inner| inner.rsplit_once('-')).ok_or(number)?;
            let count: u64 = count.parse().map_err(|_| number)?;
            let known = map.counts.entry(kind.to_owned()).or_default();
            *known = (*known).max(count);
            let value = unescape(value);
            map.pseudonyms.insert(value.clone(), pseudonym.to_owned());
            map.values.insert(pseudonym.to_owned(), value);
        }
        Ok(map)
    }

    fn mask_line(&mut self, line: &str, private: &mut Private, masked: &mut String) {
        let mut found: Vec<(Range<usize>, &'static str)> =
            LOOK_ALIKE.find_iter(line).map(|found| (found.range(), "text")).collect();
        let role = private.role(line);
        for Variable { range, mask } in Private::variables(line, role) {
            let free =
                found.iter().all(|(taken, _)| range.end <= taken.start || taken.end <= range.start);
            if free && mask != Mask::Time.name() {
                found.push((range, mask));
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        let mut at = 0;
        for (range, kind) in found {
            self.mask_known(line.get(at..range.start).unwrap_or_default(), masked);
            masked.push_str(&self.pseudonym(kind, line.get(range.clone()).unwrap_or_default()));
            at = range.end;
        }
        self.mask_known(line.get(at..).unwrap_or_default(), masked);
    }

    /// Replaces known values in text that no mask is over, whole or cut off; at one place the longest.
    fn mask_known(&mut self, text: &str, masked: &mut String) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let known = longest_at(&self.pseudonyms, text, text.len() - rest.len()..text.len());
            let length = if steers(first) && first != '\t' {
                // Control characters get a pseudonym, too, and come back.
                masked.push_str(&self.pseudonym("control", first.encode_utf8(&mut [0; 4])));
                first.len_utf8()
            } else if let Some((value, pseudonym)) = known {
                masked.push_str(pseudonym);
                value.len()
            } else if let Some((kind, cut)) = self.cut_off(text, rest) {
                masked.push_str(&self.pseudonym(&kind, cut));
                cut.len()
            } else {
                masked.push(first);
                first.len_utf8()
            };
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    /// The beginning of a known value that `rest`, the end of `text`, begins with as a word before an ellipsis:
    /// the value's kind, and what is left of it. A few characters may be the beginning of anything.
    fn cut_off<'t>(&self, text: &str, rest: &'t str) -> Option<(String, &'t str)> {
        const SHORTEST: usize = 4;
        const LONGEST: usize = 64;
        let before = text.get(..text.len() - rest.len())?.chars().next_back();
        if before.is_some_and(|before| before.is_alphanumeric() || before == '_') {
            return None;
        }
        let end = rest.char_indices().take(LONGEST).find_map(|(at, character)| {
            let ellipsis = character == '…' || rest.get(at..)?.starts_with("...");
            ellipsis.then_some(at)
        })?;
        let cut = rest.get(..end)?;
        let (value, pseudonym) = self.pseudonyms.range(cut.to_owned()..).next()?;
        let long = cut.chars().nth(SHORTEST - 1).is_some();
        let kind = pseudonym.trim_start_matches('<').split('-').next()?;
        (long && value.starts_with(cut)).then(|| (kind.to_owned(), cut))
    }

    fn pseudonym(&mut self, kind: &str, value: &str) -> String {
        if let Some(known) = self.pseudonyms.get(value) {
            return known.clone();
        }
        let count = self.counts.entry(kind.to_owned()).or_default();
        *count += 1;
        let pseudonym = format!("<{kind}-{count}>");
        self.pseudonyms.insert(value.to_owned(), pseudonym.clone());
        self.values.insert(pseudonym.clone(), value.to_owned());
        pseudonym
    }
}

/// A text that has a pseudonym's form.
static LOOK_ALIKE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("<[a-z]+-[0-9]+>").expect("it is a pattern"));

fn unescape(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        let escaped = if character == '\\' { characters.next() } else { None };
        plain.push(match escaped {
            Some('t') => '\t',
            Some('n') => '\n',
            Some('r') => '\r',
            Some(other) => other,
            None => character,
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::source::cases! {
        pseudonyms: |text| {
            let (known, text) = text.split_once(" | ").expect("what is known, and a text");
            let mut map = Pseudonyms::default();
            for (kind, name) in known.split(' ').filter_map(|it| it.split_once('=')) {
                map.learn(kind, name);
            }
            let masked = map.mask(text);
            assert_eq!(map.unmask(&masked), text);
            masked
        };
    }

    #[test]
    fn a_map_is_kept_between_runs() {
        let mut map = Pseudonyms::default();
        map.mask("10.0.0.1");
        map.learn("user", "a\\b\tc");
        let mut again = Pseudonyms::from_text(&map.to_text()).expect("it was written by to_text");
        assert_eq!(again, map);
        assert_eq!(again.mask("10.0.0.2 10.0.0.1"), "<ip-2> <ip-1>");
        assert_eq!(Pseudonyms::from_text("<ip-1>\tx\nip"), Err(2));
    }

    proptest::proptest! {
        #[test]
        fn masking_and_unmasking_gives_back_the_text(text: String) {
            let mut map = Pseudonyms::default();
            let masked = map.mask(&text);
            proptest::prop_assert_eq!(map.unmask(&masked), text);
        }

        #[test]
        fn so_it_does_for_what_looks_like_a_log(
            text in "(<|>|ip-1|device-|[0-9]{1,3}|10\\.0\\.0\\.[0-9]|プロファイル\"|\"|mori_[0-9]|ﾃﾞ|（|\\{ip\\}|[ \n:/=-]){0,30}",
        ) {
            let mut map = Pseudonyms::default();
            let masked = map.mask(&text);
            proptest::prop_assert_eq!(map.unmask(&masked), text);
        }
    }
}
