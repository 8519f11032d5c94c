//! The place in a paste that reading has come to.

use crate::source::{Line, Lines, Stop, lines};

/// The lines that have not been read yet.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    lines: Lines<'t>,
    line: Option<Line<'t>>,
    /// Where nobody waits for the reading any more, there is no further line, whichever format asks.
    stop: &'t Stop,
    /// How many lines have been read.
    pub(super) count: u32,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, stop: &'t Stop) -> Self {
        let mut lines = lines(text);
        let line = lines.next();
        Self { text, lines, line, stop, count: 0 }
    }

    /// The line to read next.
    pub(super) fn line(&self) -> Option<Line<'t>> {
        self.line
    }

    pub(super) fn advance(&mut self) {
        self.count = self.line.map_or(self.count, |line| line.number);
        self.line = if self.stop.is_stopped() { None } else { self.lines.next() };
    }

    /// Passes the lines up to one (1-based), itself among them.
    pub(super) fn pass(&mut self, number: u32) {
        while self.line.is_some_and(|line| line.number <= number) {
            self.advance();
        }
    }

    /// Passes lines without text.
    pub(super) fn pass_blank(&mut self) {
        while self.line.is_some_and(|line| line.text.trim().is_empty()) {
            self.advance();
        }
    }

    /// The lines from the one to read next on; the cursor stays.
    pub(super) fn ahead(&self) -> impl Iterator<Item = Line<'t>> + use<'t> {
        let mut ahead = self.clone();
        std::iter::from_fn(move || {
            let line = ahead.line();
            ahead.advance();
            line
        })
    }

    /// Leaves of the line at the cursor only the beginning.
    pub(super) fn cut_line(&mut self, most: usize) {
        if let Some(line) = &mut self.line {
            line.text = line.text.get(..line.text.floor_char_boundary(most)).unwrap_or(line.text);
        }
    }

    /// The text from one line to another, with the line endings between.
    pub(super) fn text_between(&self, first: &Line<'t>, last: &Line<'t>) -> &'t str {
        self.text.get(first.start..last.start + last.text.len()).unwrap_or(first.text)
    }

    /// The text from a line on, at most about `most` bytes.
    pub(super) fn text_from(&self, first: &Line<'t>, most: usize) -> &'t str {
        let end = self.text.floor_char_boundary(first.start.saturating_add(most));
        self.text.get(first.start..end).unwrap_or(first.text)
    }

    /// The line after the next.
    pub(super) fn following(&self) -> Option<Line<'t>> {
        self.lines.clone().next()
    }

    /// Whether the paste has no other line with text than the one to read next.
    pub(super) fn is_last(&self) -> bool {
        self.lines.rest().trim().is_empty()
    }
}
