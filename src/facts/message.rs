//! A message, read: its variable parts, its codes, its command, its signature.

use std::ops::Range;

use super::code::{Code, CodeDictionary};
use super::fold::Folded;
use super::mask::Mask;
use super::scan::{RawCode, Scan};
use super::{Signature, Variable};
use crate::source::looked_at;

/// Stands for any variable part in a key; no text has it, because control characters are dropped.
pub(crate) const VARIABLE: u8 = 0x01;
/// Begins the codes after a key.
const CODES: u8 = 0x02;

/// A message, its variable parts told from its wording.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The stable hash of the wording with its codes.
    pub signature: Signature,
    /// The text with typed placeholders over its variable parts, codes among them (`{code}`).
    pub masked: String,
    /// The variable parts of the text as written, in order, not overlapping.
    pub variables: Vec<Variable>,
    /// The codes in order of appearance.
    pub codes: Vec<Code>,
    /// The MDM command that the text names.
    pub command: Option<String>,
    /// Whether the text is cut off (`…`).
    pub truncated: bool,
}

impl Message {
    /// Reads a message. The masks are built in; `codes` gives codes and commands their identity.
    ///
    /// ```
    /// use shirube::facts::{CodeDictionary, Message};
    ///
    /// let message = Message::read("InstallProfile: (4026) プロファイル\"mori\"", &CodeDictionary::default());
    /// assert_eq!(message.masked, "InstallProfile: ({code}) プロファイル\"{profile}\"");
    /// ```
    #[must_use]
    pub fn read(text: &str, codes: &CodeDictionary) -> Self {
        let folded = Folded::new(text);
        let mut scan = Scan::default();
        scan.run(folded.text());
        let mut key = Vec::new();
        let _ = write_key(folded.text(), &scan, &mut key);
        Self::from_scan(text, &folded, &scan, Signature(hash(&key)), codes)
    }

    pub(crate) fn from_scan(
        text: &str,
        folded: &Folded<'_>,
        scan: &Scan,
        signature: Signature,
        codes: &CodeDictionary,
    ) -> Self {
        let found = scan.found.iter().map(|found| (found.start..found.end, found.mask));
        let variables = variables(folded, found);
        let written = |raw: &RawCode| {
            let range = folded.origin(with_brackets(folded.text(), raw.start, raw.end));
            text.get(range).unwrap_or_default().to_owned()
        };
        let found_codes =
            scan.codes.iter().map(|raw| codes.resolve(folded.text(), raw, &written(raw))).collect();
        Self {
            signature,
            masked: masked(text, &variables),
            variables,
            codes: found_codes,
            command: command(folded.text(), codes),
            truncated: scan.truncated,
        }
    }
}

/// The variable parts of the text as written, by those of its folded form.
pub(super) fn variables(
    folded: &Folded<'_>,
    found: impl Iterator<Item = (Range<usize>, Mask)>,
) -> Vec<Variable> {
    let mut variables: Vec<Variable> = Vec::new();
    for (range, mask) in found {
        let range = folded.origin(range);
        if range.is_empty() {
            continue;
        }
        // Two parts of one written character (㎏) are one variable, with what goes on after it (½1).
        if let Some(last) = variables.last_mut().filter(|last| range.start < last.range.end) {
            last.range.end = last.range.end.max(range.end);
            continue;
        }
        variables.push(Variable { range, mask: mask.name() });
    }
    variables
}

/// A code is written with the brackets around it.
fn with_brackets(text: &str, start: usize, end: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let open = start.checked_sub(1).filter(|&at| bytes.get(at) == Some(&b'('));
    match open {
        Some(open) if bytes.get(end) == Some(&b')') => open..end + 1,
        _ => start..end,
    }
}

/// The text with its variable parts replaced by their placeholders.
pub(crate) fn masked(text: &str, variables: &[Variable]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for variable in variables {
        masked.push_str(text.get(at..variable.range.start).unwrap_or_default());
        masked.push('{');
        masked.push_str(variable.mask);
        masked.push('}');
        at = variable.range.end;
    }
    masked.push_str(text.get(at..).unwrap_or_default());
    masked
}

/// The MDM command that the text names: one before a colon or at the beginning, else any whose name is
/// no common word.
fn command(folded: &str, codes: &CodeDictionary) -> Option<String> {
    let mut anywhere = None;
    for (at, word) in words(folded) {
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) || codes.command(word).is_none() {
            continue;
        }
        let behind = folded.get(at + word.len()..).unwrap_or_default();
        if behind.trim_start().starts_with(':') {
            return Some(word.to_owned());
        }
        let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
        if capitals >= 2 && anywhere.is_none() {
            anywhere = Some(word.to_owned());
        }
    }
    anywhere
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter_map(move |word| {
        let start = text.get(at..)?.find(word)? + at;
        at = start + word.len();
        (!word.is_empty()).then_some((start, word))
    })
}

/// The end of a key, beside its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyEnd {
    pub(crate) codes_at: usize,
    /// Tells apart the ways to write one key, by where capitals and spaces are.
    pub(crate) spelling: u64,
}

/// Writes what identifies a message: its wording without regard to case, space and final punctuation,
/// one byte for each variable part, then its codes.
pub(crate) fn write_key(folded: &str, scan: &Scan, key: &mut Vec<u8>) -> KeyEnd {
    let spelling = write_wordings(folded, scan, Case::Ignored, key);
    let codes_at = key.len();
    key.push(CODES);
    for code in &scan.codes {
        // One HRESULT, signed or not.
        let number =
            if code.number < -0x4000_0000 { code.number + 0x1_0000_0000 } else { code.number };
        key.extend_from_slice(&number.to_le_bytes());
    }
    KeyEnd { codes_at, spelling }
}

/// The wording of a message as its key has it, but with its capitals and spaces: they tell names from
/// words.
pub(crate) fn wording_as_written(folded: &str, scan: &Scan) -> Box<[u8]> {
    let mut wording = Vec::with_capacity(folded.len());
    write_wordings(folded, scan, Case::Kept, &mut wording);
    wording.into_boxed_slice()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Ignored,
    Kept,
}

/// Returns what tells the spelling.
fn write_wordings(folded: &str, scan: &Scan, case: Case, key: &mut Vec<u8>) -> u64 {
    let mut spelling = 0;
    looked_at(folded.len());
    let bytes = folded.as_bytes();
    let mut at = 0;
    let mut space = false;
    for found in &scan.found {
        let between = bytes.get(at..found.start).unwrap_or_default();
        // A list of values is one variable, however long it is.
        let listed = key.last() == Some(&VARIABLE)
            && !between.is_empty()
            && between.iter().all(|byte| b" ,".contains(byte));
        if listed {
            at = found.end;
            continue;
        }
        spelling = u64::wrapping_add(spelling, write_wording(between, case, &mut space, key));
        if case == Case::Kept && space && key.last().is_some_and(u8::is_ascii) {
            key.push(b' ');
            space = false;
        }
        write_space(&mut space, key);
        key.push(VARIABLE);
        at = found.end;
    }
    let rest = bytes.get(at..scan.end).unwrap_or_default();
    spelling = spelling.wrapping_add(write_wording(rest, case, &mut space, key));
    if case == Case::Ignored {
        drop_explained(key);
    }
    const STOPS: [&str; 7] = [".", ",", ":", ";", "!", "。", "、"];
    while let Some(stop) = STOPS.iter().find(|stop| key.ends_with(stop.as_bytes())) {
        key.truncate(key.len() - stop.len());
    }
    spelling
}

pub(crate) fn hash(key: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(key)
}

/// A value in brackets right after a value explains it, or is empty: `10.0.0.1 (host)`, `10.0.0.1 ()`.
fn drop_explained(key: &mut Vec<u8>) {
    let mut from = 0;
    while let Some(open) =
        memchr::memchr(b'(', key.get(from..).unwrap_or_default()).map(|at| at + from)
    {
        from = open + 1;
        let inside = if key.get(open + 1) == Some(&VARIABLE) { 1 } else { 0 };
        let before = key.get(..open).unwrap_or_default();
        let start = before.len() - usize::from(before.last() == Some(&b' '));
        let explains = start.checked_sub(1).and_then(|at| key.get(at)) == Some(&VARIABLE);
        if explains && key.get(open + 1 + inside) == Some(&b')') {
            key.drain(start..open + inside + 2);
            from = start;
        }
    }
}

fn write_wording(bytes: &[u8], case: Case, space: &mut bool, key: &mut Vec<u8>) -> u64 {
    let mut spelling = 0_u64;
    // Most of a message is copied as it is; this loop runs over every byte of a log.
    let mut copied = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let blank = byte <= b' ';
        if !blank && !*space && (case == Case::Kept || !byte.is_ascii_uppercase()) {
            continue;
        }
        key.extend_from_slice(bytes.get(copied..at).unwrap_or_default());
        copied = at + 1;
        if blank || byte.is_ascii_uppercase() {
            // An odd multiplier spreads the places; the order that they are added in does not matter.
            let place = (key.len() as u64) << 1 | u64::from(blank);
            spelling = spelling.wrapping_add((place + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        }
        if blank {
            *space = true;
            continue;
        }
        if *space && case == Case::Kept && key.last().is_some_and(u8::is_ascii) {
            key.push(b' ');
        } else if *space && byte.is_ascii_alphanumeric() {
            write_space(space, key);
        }
        *space = false;
        key.push(if case == Case::Kept { byte } else { byte.to_ascii_lowercase() });
    }
    key.extend_from_slice(bytes.get(copied..).unwrap_or_default());
    spelling
}

/// A space counts between two words of Latin letters or variables: Japanese is written with and without.
fn write_space(space: &mut bool, key: &mut Vec<u8>) {
    if *space && key.last().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == VARIABLE) {
        key.push(b' ');
    }
    *space = false;
}

#[cfg(test)]
mod tests;
