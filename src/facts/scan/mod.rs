//! Finds the variable parts and the codes of a message in one pass over its bytes.
//!
//! 1. Runs of letters without a digit are wording: most of a message passes here.
//! 2. A quotation that names something is a name, typed by the noun before it ([`quote`]).
//! 3. A run with digits or joints is read as an address, a time, an identifier or a number
//!    ([`address`], [`number`]).
//! 4. A number that is where errors put their codes is a code ([`shape`]).
//!
//! The text is expected folded. Everything here is a function of the text alone: no knowledge base, no
//! other message, so that a signature is the same everywhere. Scanning allocates nothing but the
//! lists it fills, which the caller keeps.

mod address;
mod number;
mod quote;
mod shape;

pub(crate) use number::is_numbered_error;
pub(crate) use shape::{RawCode, announced_in_japanese, bare_hresult, is_domain, read_number};

use super::mask::Mask;
use super::time::read_time;
use crate::source::looked_at;

/// A variable part: bytes of the folded text, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct VariablePart {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) mask: Mask,
}

/// The matches of a scan; kept between messages so that its lists keep their memory.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// The variable parts in order, not overlapping; codes are among them.
    pub(crate) found: Vec<VariablePart>,
    pub(crate) codes: Vec<RawCode>,
    /// Where the wording ends: before the ellipsis of a text that is cut off.
    pub(crate) end: usize,
    /// Whether the text is cut off.
    pub(crate) truncated: bool,
}

impl Scan {
    pub(crate) fn run(&mut self, text: &str) {
        self.found.clear();
        self.codes.clear();
        looked_at(2 * text.len());
        let trimmed = text.trim_end();
        let body = trimmed.trim_end_matches(['"', '\'', ')', '」', '|']);
        let kept = body.strip_suffix("...").map(|kept| kept.trim_end_matches('.'));
        self.truncated = kept.is_some_and(|kept| !kept.trim().is_empty());
        self.end = if self.truncated { kept.unwrap_or(trimmed).len() } else { trimmed.len() };
        let text = text.get(..self.end).unwrap_or(text);
        let mut at = quote::leading_name(text, self);
        let bytes = text.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            at = match CLASS[usize::from(byte)] {
                Class::Plain => at + 1,
                Class::Word => self.word(text, at),
                Class::Quote => quote::ascii(text, at, self),
                Class::Slash => address::path(bytes, at, self),
                Class::Brace => self.placeholder(text, at),
                Class::Wide => quote::wide(text, at, self),
            };
        }
    }

    fn push(&mut self, start: usize, end: usize, mask: Mask) -> usize {
        self.found.push(VariablePart { start, end, mask });
        end
    }

    /// A placeholder stands for what it was put over: text that is masked already, or a template.
    fn placeholder(&mut self, text: &str, at: usize) -> usize {
        let bytes = text.as_bytes();
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        let mask = text.get(at + 1..at + 1 + length).and_then(Mask::from_name);
        match mask {
            Some(mask) if rest.get(length) == Some(&b'}') => self.push(at, at + length + 2, mask),
            _ => at + 1,
        }
    }

    /// Reads the run of letters and digits that begins at `start`; returns where to go on.
    fn word(&mut self, text: &str, start: usize) -> usize {
        let bytes = text.as_bytes();
        let mut digits = false;
        let mut end = start;
        while let Some(&byte) = bytes.get(end) {
            if byte.is_ascii_digit() {
                digits = true;
            } else if !(byte.is_ascii_alphabetic() || byte == b'_') {
                break;
            }
            end += 1;
        }
        // Thu Nov 10 15:43:44 2022, Nov 10 15:43:44
        if end - start == 3
            && bytes.get(start).is_some_and(|byte| b"ADFJMNOSTW".contains(byte))
            && matches!(bytes.get(end), Some(b' ' | b','))
            && let Some(timed) = text.get(start..).and_then(|rest| read_time(rest, None))
        {
            return self.push(start, start + timed.len, Mask::Time);
        }
        let joint =
            matches!(bytes.get(end), Some(b'@' | b'.' | b':' | b'/' | b'\\' | b'-' | b'=' | b'+'));
        if !digits && !joint {
            return end;
        }
        if joint && let Some(next) = address::read(text, start, end, self) {
            return next;
        }
        if digits {
            number::read(text, start, end, self)
        } else {
            number::joined(text, start, end, self)
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    Word,
    Quote,
    Slash,
    Wide,
    Brace,
}

static CLASS: [Class; 256] = {
    let mut table = [Class::Plain; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => Class::Word,
            b'"' | b'\'' => Class::Quote,
            b'/' | b'~' => Class::Slash,
            b'{' => Class::Brace,
            128..=255 => Class::Wide,
            _ => Class::Plain,
        };
        byte += 1;
    }
    table
};

/// Whether what follows a byte goes on a word, or on a placeholder: a masked text reads as the text did.
fn is_joined(byte: Option<&u8>) -> bool {
    is_word(byte) || byte == Some(&b'}')
}

fn is_word(byte: Option<&u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

#[cfg(test)]
mod tests;
