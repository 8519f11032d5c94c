//! Bytes to text, whatever wrote them.
//!
//! 1. A byte order mark decides.
//! 2. UTF-16 without a mark is known by the zero bytes of its ASCII half.
//! 3. Valid UTF-8 is UTF-8, unless it holds the escapes of ISO-2022-JP.
//! 4. Otherwise one of the Japanese encodings must fit the whole of it.
//! 5. What fits none as a whole is read line by line: exports are pasted together from several tools.
//!
//! Zero bytes become spaces, so that every later step sees text. Line endings stay as they are:
//! [`lines`](super::lines) knows LF, CRLF and CR.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::{Phrase, Warning, phrase};

/// How many bytes of a paste are looked at to tell UTF-16 without a mark.
const UTF_16_SAMPLE: usize = 4096;
/// How many lines are named where bytes could not be read; the rest are counted.
const NAMED_LINES: usize = 20;

/// A paste as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text; borrowed where the bytes were UTF-8 already.
    pub text: Cow<'b, str>,
    /// The encoding's name: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `Shift_JIS`, `EUC-JP`, `ISO-2022-JP`, or
    /// `mixed` where lines differ.
    pub encoding: &'static str,
    /// Faults of decoding; `file` is left to the caller, who knows it.
    pub warnings: Vec<Warning>,
}

/// Reads bytes of any origin as text. Never fails: what no encoding explains becomes `U+FFFD` with a
/// warning that names the line.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    let marked = Encoding::for_bom(bytes);
    let text = bytes.get(marked.map_or(0, |(_, length)| length)..).unwrap_or_default();
    let encoding = marked.map(|(encoding, _)| encoding).or_else(|| unmarked_utf_16(bytes));
    let mut decoded = match encoding.filter(|encoding| *encoding != UTF_8) {
        Some(encoding) => decode_as(encoding, text),
        None => decode_unmarked(text),
    };
    blank_zero_bytes(&mut decoded);
    decoded
}

/// Reads a piece of a longer text, of which the pieces before were read as `known`. Only UTF-16 is kept:
/// every other encoding is told anew from each piece, which ends with a line.
pub(crate) fn decode_piece<'b>(bytes: &'b [u8], known: Option<&'static str>) -> Decoded<'b> {
    let encoding = [UTF_16LE, UTF_16BE].into_iter().find(|encoding| Some(encoding.name()) == known);
    let Some(encoding) = encoding else { return decode(bytes) };
    let mut decoded = decode_as(encoding, bytes);
    blank_zero_bytes(&mut decoded);
    decoded
}

/// The bytes as text, where they are UTF-8 and nothing needs to be said or changed.
pub(crate) fn plain_utf_8(bytes: &[u8]) -> Option<&str> {
    let plain = !bytes.starts_with(b"\xEF\xBB\xBF")
        && memchr::memchr(0, bytes).is_none()
        && !has_iso_2022_jp_escape(bytes);
    std::str::from_utf8(bytes).ok().filter(|_| plain)
}

fn decode_unmarked(bytes: &[u8]) -> Decoded<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !has_iso_2022_jp_escape(bytes) => {
            Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", warnings: Vec::new() }
        }
        Ok(_) => decode_as(ISO_2022_JP, bytes),
        Err(_) => {
            whole_encoding(bytes).map_or_else(|| decode_lines(bytes), |it| decode_as(it, bytes))
        }
    }
}

/// `ESC $ B` or `ESC $ @`: the switch to two-byte characters that mail uses.
fn has_iso_2022_jp_escape(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0x1B, bytes)
        .any(|at| matches!(bytes.get(at + 1..at + 3), Some(b"$B" | b"$@")))
}

/// Whether bytes are UTF-16, with a mark or without.
pub(crate) fn is_utf_16(bytes: &[u8]) -> bool {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    marked.or_else(|| unmarked_utf_16(bytes)).is_some_and(|encoding| encoding != UTF_8)
}

/// UTF-16 is full of zero bytes on one side, and has hardly any on the other.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..UTF_16_SAMPLE).unwrap_or(bytes);
    memchr::memchr(0, sample)?;
    if is_japanese_utf_8(bytes) {
        return None; // UTF-8 with stray zero bytes: no UTF-16 text reads as kana by chance
    }
    let pairs = sample.len() / 2;
    let zeros = |offset| sample.chunks_exact(2).filter(|pair| pair.get(offset) == Some(&0)).count();
    let (first, second) = (zeros(0), zeros(1));
    // A tenth: a Japanese table still has its tabs, digits and line ends in ASCII.
    let enough = pairs.div_ceil(10);
    if pairs < 2 {
        None
    } else if second >= enough && first * 8 <= second {
        Some(UTF_16LE)
    } else if first >= enough && second * 8 <= first {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The one Japanese encoding that explains every byte, where no line is UTF-8 among others.
fn whole_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.split(|&byte| byte == b'\n').any(is_japanese_utf_8) {
        return None;
    }
    let guessed = guess(bytes);
    [guessed, SHIFT_JIS, EUC_JP].into_iter().find(|encoding| reads_cleanly(encoding, bytes))
}

/// Three-byte UTF-8 of kana or kanji; two-byte sequences may be half-width kana of Shift_JIS.
fn is_japanese_utf_8(line: &[u8]) -> bool {
    line.iter().any(|byte| (0xE3..=0xE9).contains(byte)) && std::str::from_utf8(line).is_ok()
}

/// The likeliest encoding by statistics, for a reader who expects Japanese.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(Some(b"jp"), Utf8Detection::Deny);
    if guessed == EUC_JP { EUC_JP } else { SHIFT_JIS }
}

fn reads_cleanly(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

fn decode_as<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Decoded<'b> {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let mut warnings = Vec::new();
    if malformed {
        let lines = super::lines(&text).filter(|line| line.text.contains('\u{FFFD}'));
        warn_of_lines(&mut warnings, lines.map(|line| line.number), encoding.name());
    }
    Decoded { text, encoding: encoding.name(), warnings }
}

/// Reads every line by itself: UTF-8 where it is, else the likeliest Japanese encoding that fits.
fn decode_lines(bytes: &[u8]) -> Decoded<'static> {
    let lines = || bytes.split_inclusive(|&byte| byte == b'\n');
    let foreign = lines().filter(|line| std::str::from_utf8(line).is_err());
    let likely = guess(&foreign.flatten().copied().collect::<Vec<u8>>());
    let other = if likely == EUC_JP { SHIFT_JIS } else { EUC_JP };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut unreadable = Vec::new();
    let mut used: Vec<&'static str> = Vec::new();
    for line in lines() {
        let encoding = if let Ok(line) = std::str::from_utf8(line) {
            text.push_str(line);
            if line.is_ascii() { None } else { Some("UTF-8") }
        } else {
            let fitting = [likely, other].into_iter().find(|it| reads_cleanly(it, line));
            if fitting.is_none() {
                unreadable.push(text.as_str().matches('\n').count());
            }
            // A line that fits neither is most often UTF-8 or Shift_JIS with a torn character.
            let encoding = fitting.unwrap_or(if mostly_utf_8(line) { UTF_8 } else { likely });
            text.push_str(&encoding.decode_without_bom_handling(line).0);
            Some(encoding.name())
        };
        super::add_new(&mut used, encoding);
    }
    let encoding = match used.as_slice() {
        [] => "UTF-8",
        [one] => one,
        _ => "mixed",
    };
    let mut warnings = Vec::new();
    let lines = unreadable.into_iter().map(|before| u32::try_from(before + 1).unwrap_or(u32::MAX));
    warn_of_lines(&mut warnings, lines, encoding);
    Decoded { text: Cow::Owned(text), encoding, warnings }
}

/// Whether more of the line's non-ASCII bytes are valid UTF-8 than not.
fn mostly_utf_8(line: &[u8]) -> bool {
    let lossy = String::from_utf8_lossy(line);
    let broken = lossy.matches('\u{FFFD}').count();
    let sound = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
    sound >= broken
}

fn warn_of_lines(warnings: &mut Vec<Warning>, lines: impl Iterator<Item = u32>, encoding: &str) {
    let mut more = 0_usize;
    for line in lines {
        if warnings.len() < NAMED_LINES {
            let message = phrase!(
                "{encoding} として読めない文字があります。その文字は「\u{FFFD}」にしました",
                "some characters cannot be read as {encoding}; they became \u{FFFD}"
            );
            warnings.push(Warning { file: None, line: Some(line), message });
        } else {
            more += 1;
        }
    }
    if more > 0 {
        let message = phrase!(
            "ほかに{more}行、読めない文字のある行があります",
            "{more} more lines have characters that cannot be read"
        );
        warnings.push(Warning { file: None, line: None, message });
    }
}

fn blank_zero_bytes(decoded: &mut Decoded<'_>) {
    if memchr::memchr(0, decoded.text.as_bytes()).is_none() {
        return;
    }
    let lines = super::lines(&decoded.text).filter(|line| line.text.contains('\0'));
    let line = lines.map(|line| line.number).next();
    let message = Phrase::new(
        "NULバイトがあります。空白として読みました",
        "there are NUL bytes; they were read as spaces",
    );
    decoded.warnings.push(Warning { file: None, line, message });
    decoded.text = Cow::Owned(decoded.text.replace('\0', " "));
}

#[cfg(test)]
mod tests;
