//! Where lines begin.

use std::ops::Range;

/// The lines of an article's text, below its front matter.
pub(super) struct Lines<'s> {
    source: &'s str,
    starts: Vec<usize>,
    /// How many lines are above the text.
    above: u32,
}

impl<'s> Lines<'s> {
    pub(super) fn new(source: &'s str, above: u32) -> Self {
        let starts = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', source.as_bytes()).map(|at| at + 1))
            .collect();
        Self { source, starts, above }
    }

    /// The file's line that the byte is in, 1-based.
    pub(super) fn number(&self, offset: usize) -> u32 {
        let index = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(index).unwrap_or(u32::MAX).saturating_add(self.above)
    }

    /// Where the line of the byte begins.
    pub(super) fn start(&self, offset: usize) -> usize {
        let index = self.starts.partition_point(|start| *start <= offset);
        self.starts.get(index.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// Where the line of the byte ends, after its line ending; a byte that begins a line ends the
    /// one before, because ranges are half-open.
    pub(super) fn end(&self, offset: usize) -> usize {
        let index = self.starts.partition_point(|start| *start < offset);
        self.starts.get(index).copied().unwrap_or(self.source.len())
    }

    pub(super) fn text(&self, range: Range<usize>) -> &'s str {
        self.source.get(range).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_found_in_their_lines() {
        let lines = Lines::new("a\nbc\n\nd", 10);
        assert_eq!(
            [lines.number(0), lines.number(2), lines.number(4), lines.number(6)],
            [11, 12, 12, 14]
        );
        assert_eq!([lines.start(3), lines.start(6)], [2, 6]);
        assert_eq!([lines.end(2), lines.end(3), lines.end(5), lines.end(7)], [2, 5, 5, 7]);
    }
}
