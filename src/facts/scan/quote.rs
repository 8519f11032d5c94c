//! Names in quotation marks, and what a noun before them says they are.

use std::cmp::Reverse;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::mask::Mask;
use super::super::shape::is_saying_key;
use super::shape::{bare_hresult, is_domain};
use super::{Scan, is_joined, is_word};
use crate::source::looked_at;
use crate::text::lexicon::{self, Section};

/// A longer quotation is a sentence, not a name.
const LONGEST_NAME: usize = 160;

/// Nouns that say what the quoted name after them is, by their last character, in small letters, the longest first: the
/// longest that fits counts.
static NOUNS: LazyLock<FxHashMap<char, Vec<(&str, Mask)>>> = LazyLock::new(|| {
    let mut by_end: FxHashMap<char, Vec<(&str, Mask)>> = FxHashMap::default();
    for (mask, noun) in lexicon::QUOTED_NOUNS.written() {
        if let (Some(mask), Some(last)) = (Mask::from_name(mask), noun.chars().next_back()) {
            by_end.entry(last.to_ascii_lowercase()).or_default().push((noun, mask));
        }
    }
    by_end.values_mut().for_each(|nouns| nouns.sort_by_key(|(noun, _)| Reverse(noun.len())));
    by_end
});

/// Wordings that consoles put after the name of what they are about: `名前: 文面`.
const NAMED_WORDINGS: &[(&str, Mask)] = &[("同期によるインストールが必要です", Mask::Profile)];

static SENTENCE_ENDS: Section = lexicon::MESSAGE_WORDS.section("sentence ends");

/// Masks the name before a wording that is known to follow one; returns where scanning begins.
pub(super) fn leading_name(text: &str, scan: &mut Scan) -> usize {
    if !text.contains('同') {
        return 0;
    }
    for (wording, mask) in NAMED_WORDINGS {
        let body = text.trim_end_matches(['。', '.', ' ']);
        if let Some(before) = body.strip_suffix(wording)
            && let Some(name) = before.trim_end().strip_suffix(':')
            && !name.trim().is_empty()
        {
            // Only the last part: 「同期状態:名前:文面」 is a label with a name.
            let start = name.rfind(": ").map_or(0, |at| at + 2);
            return scan.push(start, name.len(), *mask);
        }
    }
    0
}

/// Reads a quotation in ASCII quotes at `at`; returns where to go on.
pub(super) fn ascii(text: &str, at: usize, scan: &mut Scan) -> usize {
    let bytes = text.as_bytes();
    // The apostrophe of don't; the second quote of a pair.
    if at > 0 && is_joined(bytes.get(at - 1)) {
        return at + 1;
    }
    let quote = bytes.get(at).copied().unwrap_or(b'"');
    let rest = bytes.get(at + 1..).unwrap_or_default();
    let within = rest.get(..LONGEST_NAME).unwrap_or(rest);
    let noun = noun_before(text, at);
    looked_at(memchr::memchr(quote, within).unwrap_or(within.len()));
    // A cell that is cut off inside the name, with other cells after it.
    // It is looked for as far as a name reaches: a line of nothing but quotes is passed once.
    let cell = memchr::memchr(b'\t', within).and_then(|end| within.get(..end));
    if let (Some(mask), Some(cell)) = (noun, cell)
        && let Some(name) = cell.strip_suffix(b"...").filter(|name| !name.is_empty())
        && memchr::memchr(quote, name).is_none()
    {
        return scan.push(at + 1, at + 1 + name.len(), mask) + 3;
    }
    match memchr::memchr(quote, within) {
        Some(0) => at + 2,
        Some(length) => {
            let end = at + 1 + length;
            let inside = text.get(at + 1..end).unwrap_or_default();
            if is_json_key(text, at, end) || says(text, at) || is_constant(inside) {
                return end + 1;
            }
            match noun {
                Some(mask) => scan.push(at + 1, end, mask) + 1,
                None if is_name(inside) && !names_domain(inside) => {
                    scan.push(at + 1, end, Mask::Name) + 1
                }
                None => at + 1,
            }
        }
        // Cut off inside the name.
        None if scan.truncated
            && rest.len() <= LONGEST_NAME
            && (noun.is_some() || quote == b'"') =>
        {
            scan.push(at + 1, text.len(), noun.unwrap_or(Mask::Name))
        }
        None => at + 1,
    }
}

/// Whether the quotation `at..=end` is a key of JSON: no part of what varies.
fn is_json_key(text: &str, at: usize, end: usize) -> bool {
    let behind = text.get(end + 1..).unwrap_or_default();
    let behind = behind.strip_prefix(' ').unwrap_or(behind);
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\\']);
    behind.starts_with(':') && before.ends_with(['{', ','])
}

/// Whether a key announces an answer (`reason=`, `"error":`), whose words are the wording itself.
fn says(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\\']);
    // Error Domain=X Code=1 "what happened"
    let number = before.trim_end_matches(|c: char| c.is_ascii_digit());
    if number.len() < before.len() && number.trim_end_matches('-').ends_with("Code=") {
        return true;
    }
    let Some(before) = before.strip_suffix(['=', ':']) else { return false };
    let before = before.trim_end_matches([' ', '"', '\'', '\\']);
    let start = before.bytes().rposition(|byte| !(byte.is_ascii_alphanumeric() || byte == b'_'));
    let key = before.get(start.map_or(0, |start| start + 1)..).unwrap_or_default();
    is_saying_key(key.as_bytes())
}

/// A constant of a program says what happened, in quotation marks too: `T_C_NOT_SIGNED`, `BadDeviceToken`,
/// `token_rejectedForbidden`. Names that people give are one word, or have digits in them.
fn is_constant(inside: &str) -> bool {
    let bytes = inside.as_bytes();
    let letters = bytes.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    let count = |is: fn(&u8) -> bool| bytes.iter().filter(|byte| is(byte)).count();
    let capitals = count(u8::is_ascii_uppercase);
    let joints = count(|byte| *byte == b'_');
    letters
        && (joints > 0 && capitals + joints == bytes.len()
            || capitals >= 2
                && capitals * 3 < bytes.len()
                && bytes.len() >= 8
                && bytes.windows(2).any(is_hump)
            || joints > 0 && capitals >= 1 && bytes.len() >= 8)
}

/// Whether a capital is after a small letter.
fn is_hump(pair: &[u8]) -> bool {
    matches!(pair, [small, capital] if small.is_ascii_lowercase() && capital.is_ascii_uppercase())
}

/// Reads what begins with a byte beyond ASCII: 「…」 after a noun is a name; the rest is wording.
pub(super) fn wide(text: &str, at: usize, scan: &mut Scan) -> usize {
    let bytes = text.as_bytes();
    let close = match bytes.get(at..at + 3) {
        Some([0xE3, 0x80, 0x8C]) => "」",
        Some([0xE3, 0x80, 0x8E]) => "』",
        // All that follows beyond ASCII, up to the next bracket: U+3000 to U+303F begin with E3 80.
        _ => {
            let rest = bytes.get(at + 1..).unwrap_or_default();
            let ends = |(place, &byte): (usize, &u8)| {
                byte < 0x80 || byte == 0xE3 && rest.get(place + 1) == Some(&0x80)
            };
            return at + 1 + rest.iter().enumerate().position(ends).unwrap_or(rest.len());
        }
    };
    let start = at + 3;
    let rest = text.get(start..).unwrap_or_default();
    let noun = noun_before(text, at);
    // It is looked for as far as a name reaches.
    let within = rest.get(..rest.floor_char_boundary(LONGEST_NAME + close.len())).unwrap_or(rest);
    looked_at(within.len());
    match within.find(close) {
        Some(length) if length > 0 && length <= LONGEST_NAME => {
            let inside = rest.get(..length).unwrap_or_default();
            match noun {
                Some(mask) => scan.push(start, start + length, mask),
                None if looks_given(inside) => scan.push(start, start + length, Mask::Name),
                None => start,
            }
        }
        None if scan.truncated && rest.len() <= LONGEST_NAME && noun.is_some() => {
            scan.push(start, text.len(), noun.unwrap_or(Mask::Name))
        }
        _ => start,
    }
}

/// The mask that the noun before `at` announces for the quotation there.
fn noun_before(text: &str, at: usize) -> Option<Mask> {
    let before = text.get(..at)?.trim_end_matches([' ', ':', '=', '(']);
    let nouns = NOUNS.get(&before.chars().next_back()?.to_ascii_lowercase())?;
    let fits = |(noun, _): &&(&str, Mask)| ends_with_noun(before.as_bytes(), noun.as_bytes());
    nouns.iter().find(fits).map(|&(_, mask)| mask)
}

fn ends_with_noun(text: &[u8], noun: &[u8]) -> bool {
    let tail = text.len().checked_sub(noun.len()).and_then(|at| text.get(at..));
    let Some(tail) = tail else { return false };
    if noun.is_ascii() {
        let whole = !is_word(text.len().checked_sub(noun.len() + 1).and_then(|at| text.get(at)));
        whole && tail.eq_ignore_ascii_case(noun)
    } else {
        tail == noun
    }
}

/// Whether a quotation without a noun names something rather than saying something.
fn is_name(inside: &str) -> bool {
    let inside = inside.trim();
    // 「要件を満たしていません (4005)」 ends before its remark.
    let remark = inside.strip_suffix([')']).and_then(|it| it.rsplit_once('('));
    let inside = remark.map_or(inside, |(said, _)| said.trim_end());
    let words = inside.split(' ').count();
    // "GET /users HTTP/1.1" says what is done with what: the path in it is the variable.
    if inside.is_empty() || words > 3 || words > 1 && inside.contains('/') {
        return false;
    }
    !inside.contains(['。', '、', '!', '?', '<', '>', '{', '}'])
        && !SENTENCE_ENDS.iter().any(|end| inside.ends_with(end))
}

/// Whether a quotation begins with the domain of the code in it: "MCMDMErrorDomain error 12031".
fn names_domain(inside: &str) -> bool {
    let end = inside.find(|c: char| !(c.is_ascii_alphabetic() || c == '.'));
    is_domain(inside.get(..end.unwrap_or(inside.len())).unwrap_or_default())
}

/// Whether a text in Japanese brackets was given by somebody: labels of a screen are in them too, and
/// those are words without digits and joints, or have their value after a colon. Codes are quoted as well, also with
/// the word that announces them.
fn looks_given(inside: &str) -> bool {
    inside.bytes().any(|byte| byte.is_ascii_digit() || byte == b'_')
        && is_name(inside)
        && !inside.contains(':')
        && bare_hresult(inside).is_none()
        && !names_domain(inside)
        && !["エラー", "コード"].iter().any(|word| inside.contains(word))
}
