//! Cuts a stream of bytes into pieces that end with a line.

use std::io::{self, Read};

use crate::source;

/// How many bytes a piece has, about.
const PIECE: usize = 8 << 20;
/// A line that is longer is cut.
const LONGEST_LINE: usize = 4 * PIECE;

/// The pieces of a stream.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    buffer: Vec<u8>,
    /// How many bytes of the buffer have been given out.
    given: usize,
    started: bool,
    utf_16: Option<bool>,
    ended: bool,
}

/// A piece of a stream.
#[derive(Debug)]
pub(super) struct Piece<'b> {
    pub(super) bytes: &'b [u8],
    /// Whether the stream ends with it.
    pub(super) last: bool,
}

impl Pieces {
    /// The next piece; `None` behind the last. The first may be empty.
    pub(super) fn next(&mut self, input: &mut impl Read) -> io::Result<Option<Piece<'_>>> {
        self.buffer.drain(..self.given);
        self.given = 0;
        let mut searched = 0;
        while !self.ended {
            let wanted = PIECE.saturating_sub(self.buffer.len()).max(PIECE / 8);
            let read = input.by_ref().take(wanted as u64).read_to_end(&mut self.buffer)?;
            self.ended = read == 0;
            if self.buffer.len() >= PIECE {
                let utf_16 = self.is_utf_16();
                let unsearched = self.buffer.get(searched..).unwrap_or_default();
                let end = if utf_16 {
                    last_utf_16_line(&self.buffer)
                } else {
                    memchr::memrchr(b'\n', unsearched).map(|at| searched + at + 1)
                };
                if let Some(end) = end {
                    self.given = end;
                    break;
                }
                searched = self.buffer.len();
                if searched >= LONGEST_LINE {
                    self.given = character_start(&self.buffer);
                    break;
                }
            }
        }
        if self.ended {
            self.given = self.buffer.len();
        }
        if self.given == 0 && self.started {
            return Ok(None);
        }
        self.started = true;
        let last = self.ended && self.given == self.buffer.len();
        Ok(Some(Piece { bytes: self.buffer.get(..self.given).unwrap_or_default(), last }))
    }

    /// Whether the stream is UTF-16, which its first piece tells.
    fn is_utf_16(&mut self) -> bool {
        let buffer = &self.buffer;
        *self.utf_16.get_or_insert_with(|| source::is_utf_16(buffer))
    }
}

/// Where the last line of UTF-16 in `bytes` ends; the high byte of a line feed is zero, and units lie at
/// even places.
fn last_utf_16_line(bytes: &[u8]) -> Option<usize> {
    let feed = bytes.chunks_exact(2).rposition(|unit| unit == b"\n\0" || unit == b"\0\n")?;
    Some((feed + 1) * 2)
}

/// The last byte that a character of UTF-8 (or two bytes of UTF-16) can begin at.
fn character_start(bytes: &[u8]) -> usize {
    let tail = bytes.iter().rev().take(4).take_while(|byte| (0x80..0xC0).contains(*byte)).count();
    let lead = bytes.len().saturating_sub(tail + 1);
    let end = if bytes.get(lead).is_some_and(|byte| *byte >= 0xC0) { lead } else { bytes.len() };
    end & !1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut input = bytes;
        let mut pieces = Pieces::default();
        let mut found = Vec::new();
        while let Some(piece) = pieces.next(&mut input).expect("memory reads") {
            found.push(piece.bytes.to_vec());
        }
        found
    }

    #[test]
    fn pieces_end_with_a_line_and_lose_nothing() {
        let text = "2022/11/10 端末エラー\n".repeat(1_000_000);
        let found = pieces(text.as_bytes());
        assert!(found.len() > 2);
        assert!(found.iter().all(|piece| piece.ends_with(b"\n")));
        assert_eq!(found.concat(), text.as_bytes());
        assert_eq!(pieces(b""), [b""]);
        assert_eq!(pieces(b"a"), [b"a"]);
    }

    #[test]
    fn utf_16_is_cut_between_its_units() {
        // 上 has the byte of a line feed, at an even place too.
        let text = "上上上 端末エラー\n".repeat(1_000_000);
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let found = pieces(&[b"\xFF\xFE", bytes.as_slice()].concat());
        assert!(found.len() > 1);
        assert!(found.iter().all(|piece| piece.ends_with(b"\n\0")));
    }

    #[test]
    fn a_line_without_an_end_is_cut_between_characters() {
        let text = "端末".repeat(LONGEST_LINE / 4);
        let found = pieces(text.as_bytes());
        assert!(found.len() > 1);
        assert!(found.iter().all(|piece| std::str::from_utf8(piece).is_ok()));
        assert_eq!(found.concat(), text.as_bytes());
    }
}
