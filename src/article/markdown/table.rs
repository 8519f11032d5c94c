//! Tables, from Markdown and from HTML.

use std::ops::Range;

use super::Inline;

/// A row with the bytes of the source that it is in.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::article) struct Row {
    pub(in crate::article) cells: Vec<Inline>,
    pub(in crate::article) range: Range<usize>,
}

impl Row {
    pub(in crate::article) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.trim().is_empty())
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::article) struct Table {
    pub(in crate::article) header: Vec<Inline>,
    pub(in crate::article) rows: Vec<Row>,
}

impl Table {
    /// The name of a column; empty where the header has none.
    pub(in crate::article) fn column(&self, index: usize) -> &str {
        self.header.get(index).map_or("", |cell| cell.text.trim())
    }
}

/// A table that is being read.
#[derive(Default)]
pub(super) struct OpenTable {
    pub(super) table: Table,
    pub(super) row: Row,
    pub(super) start: usize,
    /// Whether the row at hand is the header.
    pub(super) header: bool,
    /// Tables within a cell are read as its text.
    pub(super) nested: usize,
    pub(super) html: bool,
    pub(super) in_cell: bool,
}
