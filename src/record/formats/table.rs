//! Tables of any console: tab-separated, CSV, Markdown, or copied with runs of spaces.

use super::row::{self, Layout};
use crate::facts::{fold, read_time};
use crate::record::cells::{self, Delimiter};
use crate::record::collect::Collector;
use crate::record::paste::Cursor;
use crate::record::registry::Format;

/// Tables whose cells are kept apart by a character.
pub(in crate::record) struct Delimited;

impl Format for Delimited {
    fn name(&self) -> &'static str {
        "table"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let Some(line) = cursor.line() else { return false };
        let mut cells = Vec::new();
        let delimiters = [Delimiter::Tab, Delimiter::Comma, Delimiter::Semicolon, Delimiter::Pipe];
        if let Some(delimiter) = row::header(line.text, &delimiters, &mut cells) {
            let layout = Layout::new(delimiter, None, &cells);
            cursor.advance();
            row::read_rows(&layout, cursor, collector);
            return true;
        }
        let mut any = false;
        while let Some(line) = cursor.line() {
            cells::split(line.text, Delimiter::Tab, &mut cells);
            // Two cells are a label with its value, unless the first is a time.
            if cells.len() < 2
                || (cells.len() == 2 && !begins_with_time(line.text))
                || row::header(line.text, &delimiters, &mut Vec::new()).is_some()
            {
                break;
            }
            row::read_unlabelled(&line, &cells, None, None, collector);
            any = true;
            cursor.advance();
        }
        any
    }
}

/// Tables that were copied as text, with runs of spaces between the cells.
pub(in crate::record) struct Copied;

impl Format for Copied {
    fn name(&self) -> &'static str {
        "columns"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let Some(line) = cursor.line() else { return false };
        let mut cells = Vec::new();
        if row::header(line.text, &[Delimiter::Spaces], &mut cells).is_some() && cells.len() >= 3 {
            let layout = Layout::new(Delimiter::Spaces, None, &cells);
            // Empty cells vanish with the spaces: only whole rows are read by their labels.
            cursor.advance();
            while let Some(line) = cursor.line() {
                cells::split(line.text, Delimiter::Spaces, &mut cells);
                if cells.len() < 2 {
                    break;
                }
                if cells.len() == layout.labels.len() {
                    row::read_labelled(&layout, &line, &cells, collector);
                } else {
                    row::read_unlabelled(&line, &cells, None, None, collector);
                }
                cursor.advance();
            }
            return true;
        }
        let mut any = false;
        while let Some(line) = cursor.line() {
            if !begins_with_time(line.text) {
                break;
            }
            cells::split(line.text, Delimiter::Spaces, &mut cells);
            if cells.len() < 3 || !row::infer(&cells, collector).is_row() {
                break;
            }
            row::read_unlabelled(&line, &cells, None, None, collector);
            any = true;
            cursor.advance();
        }
        any
    }
}

fn begins_with_time(line: &str) -> bool {
    let head = line.trim_start();
    let end = head.char_indices().nth(48).map_or(head.len(), |(at, _)| at);
    read_time(&fold(head.get(..end).unwrap_or_default()), None).is_some()
}
