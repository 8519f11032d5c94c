//! Reading tables: rows and cells as they open and close.

use super::SegmentKind;
use super::inline::Inline;
use super::reader::DocumentReader;
use super::table::Row;

impl DocumentReader {
    pub(super) fn open_row(&mut self, header: bool) {
        let at = self.at;
        self.close_row();
        if let Some(open) = &mut self.table {
            open.header = header;
            open.row = Row { cells: Vec::new(), range: at..at };
        }
    }

    pub(super) fn open_cell(&mut self) {
        self.line = Inline::default();
        self.line_start = None;
        if let Some(open) = &mut self.table {
            open.in_cell = true;
        }
    }

    pub(super) fn close_cell(&mut self) {
        let Some(open) = &mut self.table else { return };
        if std::mem::take(&mut open.in_cell) {
            open.row.cells.push(std::mem::take(&mut self.line).trimmed());
        }
        self.line_start = None;
        self.marks.iter_mut().for_each(|(_, start)| *start = 0);
    }

    pub(super) fn close_row(&mut self) {
        self.close_cell();
        let end = self.end;
        let Some(open) = &mut self.table else { return };
        let mut row = std::mem::take(&mut open.row);
        if row.cells.is_empty() {
            return;
        }
        row.range.end = end.max(row.range.start);
        if open.header && open.table.header.is_empty() {
            open.table.header = row.cells;
        } else {
            open.table.rows.push(row);
        }
        open.header = false;
    }

    /// Whether the table at hand is Markdown's own; one within a cell of HTML is text.
    pub(super) fn in_markdown_table(&self) -> bool {
        self.table.as_ref().is_some_and(|open| !open.html)
    }

    pub(super) fn close_table(&mut self) {
        self.close_row();
        let Some(open) = self.table.take() else { return };
        self.line_start = None;
        self.line_end = self.end;
        self.line = Inline::default();
        if open.table.header.is_empty() && open.table.rows.is_empty() {
            return;
        }
        let range = open.start..self.end.max(open.start);
        self.add_segment(SegmentKind::Table(open.table), range, Inline::default());
        self.line_end = 0;
        self.block += 1;
    }
}
