//! Walks over the lines of a paste and lets each format take its own.

use super::ReadOptions;
use super::collect::Collector;
use super::registry::{FORMATS, Format};
use crate::source::{Line, Lines, lines};

/// The lines that have not been read yet.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'t> {
    lines: Lines<'t>,
    line: Option<Line<'t>>,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut lines = lines(text);
        let line = lines.next();
        Self { lines, line }
    }

    /// The line to read next.
    pub(super) fn line(&self) -> Option<Line<'t>> {
        self.line
    }

    /// Goes on to the next line.
    pub(super) fn advance(&mut self) {
        self.line = self.lines.next();
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

/// Reads every line of `text`.
pub(super) fn walk(text: &str, options: &ReadOptions, collector: &mut Collector<'_>) {
    let chosen = options.input_format.as_deref();
    let chosen = FORMATS.iter().find(|format| Some(format.name()) == chosen);
    let mut cursor = Cursor::new(text);
    collector.alone =
        cursor.line().is_some_and(|line| !line.text.trim().is_empty()) && cursor.is_last();
    while let Some(line) = cursor.line() {
        if line.text.trim().is_empty() {
            cursor.advance();
            continue;
        }
        let chosen = chosen.filter(|format| take(**format, &mut cursor, collector));
        if chosen.is_none() && !FORMATS.iter().any(|format| take(*format, &mut cursor, collector)) {
            // The last format reads any line; a line that it leaves would be read for ever.
            cursor.advance();
        }
    }
}

fn take(format: &dyn Format, cursor: &mut Cursor<'_>, collector: &mut Collector<'_>) -> bool {
    let read = format.read(cursor, collector);
    if read {
        collector.note_format(format.name());
    }
    read
}
