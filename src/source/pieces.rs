//! Reads a stream of bytes in pieces that end with a line, as bytes or as text.

use std::io::{self, Read};

use super::decode::{Decoded, decode_piece, is_utf_16};
use super::lines;

/// How many bytes a piece has, about.
const PIECE: usize = 8 << 20;
/// A line that is longer is cut.
const LONGEST_LINE: usize = 4 * PIECE;

#[derive(Debug, Default)]
pub(crate) struct Pieces {
    /// Text read past the end of the last piece.
    ahead: Vec<u8>,
    started: bool,
    utf_16: Option<bool>,
    ended: bool,
}

#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) bytes: Vec<u8>,
    pub(crate) last: bool,
    /// Whether its last line is longer than a piece may be, and goes on in the next.
    pub(crate) cut: bool,
}

impl Pieces {
    /// The next piece; `None` after the last. The first may be empty. The bytes are put into `spare`, so
    /// that reading a stream takes no more memory than a few pieces.
    pub(crate) fn next(
        &mut self,
        input: &mut impl Read,
        spare: Vec<u8>,
    ) -> io::Result<Option<Piece>> {
        let mut bytes = spare;
        bytes.clear();
        bytes.append(&mut self.ahead);
        let (mut end, mut cut) = (None, false);
        let mut searched = 0;
        while !self.ended && end.is_none() {
            let wanted = PIECE.saturating_sub(bytes.len()).max(PIECE / 8);
            let read = input.by_ref().take(wanted as u64).read_to_end(&mut bytes)?;
            self.ended = read == 0;
            if bytes.len() >= PIECE {
                let utf_16 = *self.utf_16.get_or_insert_with(|| is_utf_16(&bytes));
                let unsearched = bytes.get(searched..).unwrap_or_default();
                end = if utf_16 {
                    last_utf_16_line(&bytes)
                } else {
                    memchr::memrchr(b'\n', unsearched).map(|at| searched + at + 1)
                };
                searched = bytes.len();
                if end.is_none() && searched >= LONGEST_LINE {
                    (end, cut) = (Some(character_start(&bytes)), true);
                }
            }
        }
        if !self.ended
            && let Some(end) = end
        {
            self.ahead.extend_from_slice(bytes.get(end..).unwrap_or_default());
            bytes.truncate(end);
        }
        if bytes.is_empty() && self.started {
            return Ok(None);
        }
        self.started = true;
        Ok(Some(Piece { bytes, last: self.ended, cut: cut && !self.ended }))
    }
}

/// A stream of bytes of any origin and any length, as text.
///
/// ```
/// use shirube::source::TextStream;
///
/// let mut stream = TextStream::new("端末\nエラー\n".as_bytes());
/// let piece = stream.next_piece()?.expect("there is text");
/// assert_eq!(piece.text.lines().count(), 2);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct TextStream<R> {
    input: R,
    pieces: Pieces,
    bytes: Vec<u8>,
    encoding: Option<&'static str>,
    lines: u32,
}

impl<R: Read> TextStream<R> {
    /// The text of `input`.
    pub fn new(input: R) -> Self {
        let (pieces, bytes) = (Pieces::default(), Vec::new());
        Self { input, pieces, bytes, encoding: None, lines: 0 }
    }

    /// The next piece, which ends with a line wherever lines end within some megabytes; `None` after the
    /// last. Its warnings name the lines of the whole stream.
    ///
    /// # Errors
    ///
    /// Only what reading from the input gives.
    pub fn next_piece(&mut self) -> io::Result<Option<Decoded<'_>>> {
        let spare = std::mem::take(&mut self.bytes);
        let Some(piece) = self.pieces.next(&mut self.input, spare)? else { return Ok(None) };
        self.bytes = piece.bytes;
        let mut decoded = decode_piece(&self.bytes, self.encoding);
        self.encoding = Some(decoded.encoding);
        for warning in &mut decoded.warnings {
            warning.line = warning.line.map(|line| line.saturating_add(self.lines));
        }
        let count = u32::try_from(lines(&decoded.text).count()).unwrap_or(u32::MAX);
        // A line that goes on in the next piece is counted there.
        self.lines = self.lines.saturating_add(count.saturating_sub(u32::from(piece.cut)));
        Ok(Some(decoded))
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
        while let Some(piece) = pieces.next(&mut input, Vec::new()).expect("memory reads") {
            found.push(piece.bytes);
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
    fn a_stream_is_the_text_of_its_bytes() {
        let line = "端末エラー\n";
        let mut bytes = line.repeat(PIECE / line.len() + 10).into_bytes();
        bytes.extend_from_slice(b"\xFF torn\n");
        let mut stream = TextStream::new(bytes.as_slice());
        let (mut text, mut warned) = (String::new(), Vec::new());
        while let Some(decoded) = stream.next_piece().expect("memory reads") {
            text.push_str(&decoded.text);
            warned.extend(decoded.warnings.iter().map(|warning| warning.line));
        }
        assert_eq!(text, String::from_utf8_lossy(&bytes));
        assert_eq!(warned, [Some(u32::try_from(text.lines().count()).expect("it is small"))]);
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
