//! Latin words, numbers in digits, and identifiers, which the dictionary knows nothing of.
//!
//! 1. [`word_length`] says how far a word reaches: letters and digits, with the marks that hold an
//!    identifier together (`Wi-Fi`, `mori_iphone11s`, `com.apple.mdm`, `1,000`, `9.1`);
//! 2. [`pieces`] says which parts people also search for (`InstallProfile`: install, profile).

use std::ops::Range;

use super::lexicon::{ENGLISH_FUNCTION_WORDS, Section};
use super::words;

/// How many bytes at the start of `text` are one Latin word or number; 0 where none begins.
pub(super) fn word_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let joined = match byte {
            b'_' => 1 + bytes.iter().skip(at + 1).take_while(|&&byte| byte == b'_').count(),
            b'-' | b'.' | b'\'' => 1,
            b',' if groups_thousands(bytes, at) => 1,
            _ => 0,
        };
        if !(byte.is_ascii_alphanumeric() || joined > 0 && at > 0 && letter(at + joined)) {
            break;
        }
        at += joined.max(1);
    }
    at
}

/// Whether the comma at `at` is between the thousands of a number.
fn groups_thousands(bytes: &[u8], at: usize) -> bool {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    at > 0
        && digit(at - 1)
        && (1..=3).all(|ahead| digit(at + ahead))
        && !bytes.get(at + 4).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether a word is a number: digits, with points or commas between them.
pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// Whether a word says nothing by itself, as Japanese particles do: in a Japanese manual the few English
/// ones are rare, and would pass for telling words. In capitals they are names (SQL's `IN` and `OR`).
pub(super) fn is_function_word(written: &str) -> bool {
    static WORDS: Section = ENGLISH_FUNCTION_WORDS.section("");
    let mut letters = written.chars();
    let (first, rest) = (letters.next(), letters.as_str());
    let lower = |c: char| c.is_ascii_lowercase();
    let lower_case =
        if rest.is_empty() { first.is_some_and(lower) } else { rest.chars().all(lower) };
    lower_case && WORDS.iter().any(|word| word.eq_ignore_ascii_case(written))
}

/// How rare a word is, in nats: a plain word that the table lacks may be an English one, an identifier
/// is a name.
pub(super) fn rarity(word: &str) -> f32 {
    let plain = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let absent = if plain { 9.0 } else { 11.0 };
    words::find(word).map_or(absent, words::KnownWord::rarity)
}

/// The parts of a word, as byte ranges; empty where it has none. `written` is the word with its
/// capitals, as long as the word itself.
///
/// A word is cut at the marks that hold it together, where a capital begins a word (`InstallProfile`,
/// `APNsError`), and between letters and the number after them (`iOS9.1`). Numbers, hexadecimal codes
/// and serial numbers say nothing in pieces.
pub(super) fn pieces(written: &str) -> Vec<Range<usize>> {
    if is_opaque(written) {
        return Vec::new();
    }
    let mut pieces = number_behind_letters(written);
    let mut start = 0;
    if !pieces.is_empty() {
        return pieces;
    }
    for word in written.split(['-', '_', '.', '\'']) {
        if !word.is_empty() {
            capitals(word, start, &mut pieces);
        }
        start += word.len() + 1;
    }
    if let [Range { start: 0, end }] = pieces.as_slice()
        && *end == written.len()
    {
        pieces.clear();
    }
    pieces.retain(|piece| {
        piece.len() >= 2 || written.as_bytes().get(piece.start).is_some_and(u8::is_ascii_digit)
    });
    pieces
}

/// Whether a word is a code whose pieces mean nothing: `0x87D136CA`, a UUID, a UDID, an address, a date.
fn is_opaque(word: &str) -> bool {
    let hexadecimal =
        |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b'-' | b'.'));
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        Some(code) => hexadecimal(code),
        None => digits > 0 && hexadecimal(word),
    }
}

/// Cuts a word where its capitals begin new ones; a single letter stays with what follows (`iPad`).
fn capitals(word: &str, offset: usize, pieces: &mut Vec<Range<usize>>) {
    let bytes = word.as_bytes();
    let mut start = 0;
    for at in 1..bytes.len() {
        let (Some(before), Some(here)) = (bytes.get(at - 1), bytes.get(at)) else { continue };
        let next_is_lower = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        let begins = here.is_ascii_uppercase()
            && (before.is_ascii_lowercase() || (before.is_ascii_uppercase() && next_is_lower));
        // `APNs` and `IDs` end in a small s that belongs to the capitals.
        let plural =
            before.is_ascii_uppercase() && at + 2 == bytes.len() && bytes.last() == Some(&b's');
        if begins && !plural && at - start >= 2 {
            pieces.push(offset + start..offset + at);
            start = at;
        }
    }
    pieces.push(offset + start..offset + bytes.len());
}

/// Cuts `iOS9`, `Windows10` and `iOS9.1` between the name and its number.
fn number_behind_letters(word: &str) -> Vec<Range<usize>> {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let number = word.get(letters..).unwrap_or_default();
    if letters >= 2 && number.starts_with(|c: char| c.is_ascii_digit()) && is_number(number) {
        vec![0..letters, letters..word.len()]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
crate::source::cases! {
    function_words: is_function_word;
    lengths_of_words: word_length;
    parts_of_words: |word| {
        let parts = pieces(word).into_iter().filter_map(|part| word.get(part));
        parts.collect::<Vec<_>>().join(" ")
    };
}
