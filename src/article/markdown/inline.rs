//! Text without markup, with the marks that its meaning hangs on.

use std::ops::Range;

/// The markup of a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::article) enum MarkKind {
    Code,
    /// Italics, which manuals set placeholders in.
    Emphasis,
    /// An included token (`[!INCLUDE[ssNoVersion](…)]`), whose text is not in the document.
    Include,
    Strong,
    Link,
    /// A name in angle brackets that is no HTML element.
    Placeholder,
}

/// A marked part of a text: bytes, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::article) struct Mark {
    pub(in crate::article) range: Range<usize>,
    pub(in crate::article) kind: MarkKind,
}

/// A text without markup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::article) struct Inline {
    pub(in crate::article) text: String,
    pub(in crate::article) marks: Vec<Mark>,
}

impl Inline {
    /// The text between `range`, with the marks that lie in it.
    pub(in crate::article) fn slice(&self, range: Range<usize>) -> Self {
        let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
        let within = |mark: &&Mark| mark.range.start >= range.start && mark.range.end <= range.end;
        let moved = |mark: &Mark| Mark {
            range: mark.range.start - range.start..mark.range.end - range.start,
            kind: mark.kind,
        };
        Self { text, marks: self.marks.iter().filter(within).map(moved).collect() }
    }

    /// Whether nothing but included tokens is in it.
    pub(in crate::article) fn is_included(&self) -> bool {
        let blank = |range: Range<usize>| self.text.get(range).is_none_or(|t| t.trim().is_empty());
        let mut at = 0;
        for mark in self.marks.iter().filter(|mark| mark.kind == MarkKind::Include) {
            if !blank(at..mark.range.start) {
                return false;
            }
            at = mark.range.end;
        }
        at > 0 && blank(at..self.text.len())
    }

    pub(in crate::article) fn append(&mut self, separator: &str, other: &Self) {
        self.text.push_str(separator);
        let base = self.text.len();
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.iter().map(|mark| Mark {
            range: mark.range.start + base..mark.range.end + base,
            kind: mark.kind,
        }));
    }

    /// The text without white space at its ends.
    pub(in crate::article) fn trimmed(self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        let end = start + self.text.trim().len();
        if start == 0 && end == self.text.len() { self } else { self.slice(start..end) }
    }

    /// The separate lines, trimmed, without the empty ones.
    pub(in crate::article) fn lines(&self) -> Vec<Self> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let end = start + line.len();
            if !line.trim().is_empty() {
                lines.push(self.slice(start..end).trimmed());
            }
            start = end;
        }
        lines
    }
}

impl From<&str> for Inline {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), marks: Vec::new() }
    }
}
