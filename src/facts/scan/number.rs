//! Runs with digits: numbers, versions, identifiers, hexadecimal.

use super::super::mask::Mask;
use super::super::time::read_time;
use super::{Scan, is_word, shape};
use crate::text::lexicon::{MESSAGE_WORDS, Section};

pub(super) fn digits(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Reads the run `start..end`, which has a digit; returns where to go on.
pub(super) fn read(text: &str, start: usize, end: usize, scan: &mut Scan) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(start).is_some_and(u8::is_ascii_digit)
        && let Some(timed) = text.get(start..).and_then(|rest| read_time(rest, None))
    {
        return scan.push(start, start + timed.len, Mask::Time);
    }
    let from = scan.found.last().map_or(0, |found| found.end);
    if let Some(code) = shape::code_at(text, from, start, end) {
        let next = code.end;
        scan.push(code.start, next, Mask::Code);
        scan.codes.push(code);
        return next;
    }
    let word = bytes.get(start..end).unwrap_or_default();
    let all_digits = word.iter().all(u8::is_ascii_digit);
    if all_digits {
        if let Some(end) = phone(bytes, start) {
            return scan.push(start, end, Mask::Phone);
        }
        return plain_number(bytes, start, end, scan);
    }
    if word.starts_with(b"0x") || word.starts_with(b"0X") {
        return scan.push(start, end, Mask::Hex);
    }
    joined(text, start, end, scan)
}

/// Reads a word with its joints of `-`: identifiers, hexadecimal, or wording with digits in it.
pub(super) fn joined(text: &str, start: usize, end: usize, scan: &mut Scan) -> usize {
    let bytes = text.as_bytes();
    let mut whole = end;
    while bytes.get(whole) == Some(&b'-') && is_word(bytes.get(whole + 1)) {
        whole += 1;
        while is_word(bytes.get(whole)) {
            whole += 1;
        }
    }
    let word = bytes.get(start..whole).unwrap_or_default();
    if !word.iter().any(u8::is_ascii_digit) {
        return whole;
    }
    if let Some(code) = shape::vendor_code(word, start) {
        scan.push(start, whole, Mask::Code);
        scan.codes.push(code);
        return whole;
    }
    if is_numbered_error(word) {
        return whole;
    }
    if word.iter().all(u8::is_ascii_hexdigit) && word.len() >= 6 {
        let mask = if word.len() == 40 { Mask::Udid } else { Mask::Hex };
        return scan.push(start, whole, mask);
    }
    // A name that somebody gave has joints, or changes between letters and digits again and again.
    let jointed = word.iter().any(|byte| matches!(byte, b'_' | b'-'));
    if jointed || changes(word) >= 3 {
        return scan.push(start, whole, Mask::Id);
    }
    // iOS9, iPhone11s, spid91: the word is wording, its number is not.
    let mut at = start;
    while at < whole {
        let count = digits(bytes, at);
        if count > 0 {
            at = plain_number(bytes, at, at + count, scan);
        } else {
            at += 1;
        }
    }
    at
}

/// Names that families of errors number: `AADSTS50105` is a constant, as `BadDeviceToken` is.
static NUMBERED_ERRORS: Section = MESSAGE_WORDS.section("numbered errors");

/// Whether a word is the name of an error that a family numbers: `AADSTS50105`.
pub(crate) fn is_numbered_error(word: &[u8]) -> bool {
    let letters = word.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (name, number) = word.split_at_checked(letters).unwrap_or_default();
    number.len() >= 3
        && number.iter().all(u8::is_ascii_digit)
        && NUMBERED_ERRORS.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name))
}

/// How often a word changes between letters and digits.
fn changes(word: &[u8]) -> usize {
    let changes = |pair: &&[u8]| matches!(pair, [a, b] if a.is_ascii_digit() != b.is_ascii_digit());
    word.windows(2).filter(changes).count()
}

/// The end of a phone number: ten or eleven digits in three groups, the first with a zero.
fn phone(bytes: &[u8], start: usize) -> Option<usize> {
    if bytes.get(start) != Some(&b'0') {
        return None;
    }
    let mut at = start;
    let mut count = 0;
    for group in 0..3 {
        if group > 0 {
            (bytes.get(at) == Some(&b'-')).then_some(())?;
            at += 1;
        }
        let length = digits(bytes, at);
        (1..=4).contains(&length).then_some(())?;
        count += length;
        at += length;
    }
    let ends = !is_word(bytes.get(at)) && bytes.get(at) != Some(&b'-');
    ((10..=11).contains(&count) && ends).then_some(at)
}

/// Masks a number with its sign, thousands, fraction or further version parts.
fn plain_number(bytes: &[u8], start: usize, end: usize, scan: &mut Scan) -> usize {
    let sign = start.checked_sub(1).filter(|&at| {
        matches!(bytes.get(at), Some(b'-' | b'+'))
            && at.checked_sub(1).and_then(|before| bytes.get(before)).is_none_or(|byte| {
                !byte.is_ascii_alphanumeric() && *byte < 128 && !matches!(byte, b')' | b'-' | b'_')
            })
    });
    let start_with_sign = sign.unwrap_or(start);
    let mut at = end;
    let mut dots = 0;
    loop {
        let next = digits(bytes, at + 1);
        match bytes.get(at) {
            Some(b'.') if next > 0 => {
                dots += 1;
                at += 1 + next;
            }
            Some(b',') if next == 3 && dots == 0 && end - start <= 3 => at += 4,
            _ => break,
        }
    }
    // 6.62e-05
    if dots == 1
        && matches!(bytes.get(at), Some(b'e' | b'E'))
        && matches!(bytes.get(at + 1), Some(b'-' | b'+'))
    {
        let exponent = digits(bytes, at + 2);
        at += if exponent > 0 { 2 + exponent } else { 0 };
    }
    if end - start == 15 && at == end && sign.is_none() {
        return scan.push(start, end, Mask::Imei);
    }
    scan.push(start_with_sign, at, if dots >= 2 { Mask::Version } else { Mask::Number })
}
