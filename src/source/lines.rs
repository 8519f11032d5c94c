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
mod tests {
    use super::*;

    #[test]
    fn every_ending_ends_a_line() {
        let cases: [(&str, &[&str]); 6] = [
            ("", &[]),
            ("a", &["a"]),
            ("a\nb\n", &["a", "b"]),
            ("a\r\nb\rc", &["a", "b", "c"]),
            ("\n\r\n\r", &["", "", ""]),
            ("端末\n\nエラー", &["端末", "", "エラー"]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = lines(text).map(|line| line.text).collect();
            assert_eq!(found, expected, "{text:?}");
            for line in lines(text) {
                assert!(text.get(line.start..).is_some_and(|rest| rest.starts_with(line.text)));
            }
        }
    }

    #[test]
    fn lines_are_numbered_from_one() {
        assert_eq!(lines("a\rb\nc").map(|line| line.number).collect::<Vec<_>>(), [1, 2, 3]);
    }
}
