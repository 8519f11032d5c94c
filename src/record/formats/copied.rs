//! Tables that were copied as text: runs of spaces are between the cells, and empty cells are gone. Under the labels
//! of PowerShell's tables are dashes, which say where a column begins.

use std::borrow::Cow;

use super::row;
use super::table::begins_with_time;
use crate::record::cells::Delimiter;
use crate::record::collect::{Collector, SourceText};
use crate::record::cursor::Cursor;
use crate::record::layout::Layout;
use crate::record::words;

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let Some(line) = cursor.line() else { return false };
    if read_ruled(cursor, collector) {
        return true;
    }
    let mut cells = Vec::new();
    if row::header(line.text, &[Delimiter::Spaces], &mut cells).is_some() && cells.len() >= 3 {
        let layout = Layout::new(Delimiter::Spaces, None, &cells);
        cursor.advance();
        row::read_rows(&layout, cursor, collector);
        return true;
    }
    row::read_all_unlabelled(Delimiter::Spaces, cursor, collector, |line, cells, collector| {
        let timed = || {
            begins_with_time(line.text)
                || cells.iter().take(2).any(|cell| cell.len() < 40 && row::is_moment(cell))
        };
        if cells.len() >= 3 && timed() {
            return row::infer(cells, collector).is_row();
        }
        // 「iPad-03　エラー　…」: a device with its state.
        let first = cells.first().map_or("", AsRef::as_ref);
        let jointed = first.contains('-') && first.bytes().any(|byte| byte.is_ascii_digit());
        cells.len() >= 2
            && jointed
            && words::is_device_name(first)
            && row::infer(cells, collector).tells_state()
    })
}

/// Reads a table whose labels have dashes under them; the name of a group may be over it.
fn read_ruled(cursor: &mut Cursor<'_>, collector: &mut Collector<'_>) -> bool {
    let mut ahead = cursor.clone();
    if ahead.line().is_some_and(|line| line.text.starts_with("   ProviderName: ")) {
        ahead.advance();
        ahead.pass_blank();
    }
    let Some(header) = ahead.line() else { return false };
    let starts = ahead.following().and_then(|rule| columns_of(rule.text));
    let Some(starts) = starts else { return false };
    let labels = cells_at(header.text, &starts);
    if labels.iter().any(|label| label.is_empty()) {
        return false;
    }
    let layout = Layout::new(Delimiter::Spaces, None, &labels);
    ahead.advance();
    ahead.advance();
    while let Some(line) = ahead.line().filter(|line| !line.text.trim().is_empty()) {
        let cells = cells_at(line.text, &starts);
        row::read_row(&layout, &SourceText::from(&line), &cells, collector);
        ahead.advance();
    }
    *cursor = ahead;
    true
}

/// Where the columns begin, in characters, by the dashes under their labels.
fn columns_of(rule: &str) -> Option<Vec<usize>> {
    let plain =
        rule.starts_with(['-', ' ']) && rule.bytes().all(|byte| matches!(byte, b'-' | b' '));
    if !plain {
        return None;
    }
    let dash = |at: usize| rule.as_bytes().get(at) == Some(&b'-');
    let starts = (0..rule.len()).filter(|&at| dash(at) && (at == 0 || !dash(at - 1)));
    let starts: Vec<usize> = starts.collect();
    (starts.len() >= 2).then_some(starts)
}

/// The cells of a line; a number that is wider than its label begins before the dashes.
fn cells_at<'t>(line: &'t str, starts: &[usize]) -> Vec<Cow<'t, str>> {
    let letters: Vec<(usize, char)> = line.char_indices().collect();
    let mut bounds = vec![0];
    for (start, before) in starts.iter().skip(1).zip(starts) {
        let mut at = (*start).min(letters.len());
        while at > *before && letters.get(at - 1).is_some_and(|(_, c)| !c.is_whitespace()) {
            at -= 1;
        }
        bounds.push(letters.get(at).map_or(line.len(), |(byte, _)| *byte));
    }
    let ends = bounds.iter().skip(1).copied().chain([line.len()]);
    let cells = bounds.iter().zip(ends).map(|(start, end)| line.get(*start..end));
    cells.map(|cell| Cow::Borrowed(cell.unwrap_or_default().trim())).collect()
}
