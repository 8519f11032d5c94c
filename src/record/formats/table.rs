//! Tables of any console: tab-separated, CSV (RFC 4180), with semicolons, or Markdown.

use super::{row, screen};
use crate::facts::{fold, read_time};
use crate::record::cells::Delimiter;
use crate::record::collect::Collector;
use crate::record::cursor::Cursor;
use crate::record::layout::Layout;

/// Tables whose cells are kept apart by a character.
pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let Some(line) = cursor.line() else { return false };
    let mut cells = Vec::new();
    let delimiters = [Delimiter::Tab, Delimiter::Comma, Delimiter::Semicolon, Delimiter::Pipe];
    if let Some(delimiter) = row::header(line.text, &delimiters, &mut cells) {
        let layout = Layout::new(delimiter, None, &cells);
        cursor.advance();
        row::read_rows(&layout, cursor, collector);
        return true;
    }
    row::read_all_unlabelled(Delimiter::Tab, cursor, collector, |line, cells, _| {
        // Two cells are a label with its value, unless the first is a time.
        cells.len() >= 2
            && (cells.len() > 2 || begins_with_time(line.text))
            && !screen::is_labelled_run(line)
            && row::header(line.text, &delimiters, &mut Vec::new()).is_none()
    })
}

pub(super) fn begins_with_time(line: &str) -> bool {
    let head = line.trim_start();
    let end = head.char_indices().nth(48).map_or(head.len(), |(at, _)| at);
    read_time(&fold(head.get(..end).unwrap_or_default()), None).is_some()
}
