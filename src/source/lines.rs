//! The lines of a text, whatever ends them.

use super::work::looked_at;

/// A line of a text, without its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'t> {
    /// The line's text, without its ending.
    pub text: &'t str,
    /// The line's number, 1-based.
    pub number: u32,
    /// The byte of the text that the line begins at.
    pub start: usize,
}

/// The lines of `text`: LF, CRLF and a lone CR end one. The text after the last ending is a line only
/// where there is some.
pub fn lines(text: &str) -> Lines<'_> {
    Lines { rest: text, start: 0, number: 0 }
}

/// The line that a byte of `text` is in, 1-based.
pub(crate) fn line_of(text: &str, at: usize) -> u32 {
    let above = text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
    u32::try_from(above + 1).unwrap_or(u32::MAX)
}

/// The iterator that [`lines`] returns.
#[derive(Debug, Clone)]
pub struct Lines<'t> {
    rest: &'t str,
    start: usize,
    number: u32,
}

impl<'t> Lines<'t> {
    /// The text that has not been given out yet.
    #[must_use]
    pub fn rest(&self) -> &'t str {
        self.rest
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        if self.rest.is_empty() {
            return None;
        }
        let bytes = self.rest.as_bytes();
        let (end, next) = match memchr::memchr2(b'\n', b'\r', bytes) {
            None => (bytes.len(), bytes.len()),
            Some(at) if bytes.get(at..at + 2) == Some(b"\r\n") => (at, at + 2),
            Some(at) => (at, at + 1),
        };
        // Each line costs something, however short it is.
        looked_at(end + 8);
        let start = self.start;
        // Line endings are ASCII: both cuts are character boundaries.
        let text = self.rest.get(..end).unwrap_or_default();
        self.rest = self.rest.get(next..).unwrap_or_default();
        self.start += next;
        self.number = self.number.saturating_add(1);
        Some(Line { text, number: self.number, start })
    }
}

#[cfg(test)]
crate::source::cases! {
    lines_of_text: |text| {
        let found = lines(text).inspect(|line| {
            assert!(text.get(line.start..).is_some_and(|rest| rest.starts_with(line.text)));
        });
        listed(found.map(|line| format!("{} {}", line.number, line.text)))
    };
}
