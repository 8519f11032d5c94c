//! A passage as it is shown and as it is indexed.

use std::ops::Range;

use super::super::lines::Lines;
use super::super::markdown::{Row, Segment, SegmentKind, Table, tidy};
use super::rows;

/// How many rows of a table that is also split into rows the passage around it keeps.
const ROWS_KEPT: usize = 12;

/// The first word of a fence's information string; `None` for what is no fence.
fn fence(segment: &Segment) -> Option<&str> {
    let SegmentKind::Code(info) = &segment.kind else { return None };
    Some(first_word(info))
}

fn first_word(info: &str) -> &str {
    info.split([' ', ',', '{']).next().unwrap_or_default()
}

/// Whether the information string of a fence marks what readers do not see: a test (`log`, `log shared`), ways to ask (`asked`).
pub(crate) fn hides(info: &str) -> bool {
    matches!(first_word(info), "log" | "asked")
}

/// Whether a segment is a pasted log that tests the article.
pub(in crate::article) fn is_sample(segment: &Segment) -> bool {
    fence(segment) == Some("log")
}

/// Whether a segment is a fence that readers do not see: a sample, the patterns of its section, the ways to ask for it.
pub(in crate::article) fn is_hidden(segment: &Segment) -> bool {
    is_pattern(segment) || matches!(&segment.kind, SegmentKind::Code(info) if hides(info))
}

/// How people ask for what segments tell: the lines of the fences marked `asked`.
pub(super) fn asked(segments: &[Segment], ranges: &[Range<usize>]) -> Vec<String> {
    let own = ranges.iter().flat_map(|range| segments.get(range.clone()).unwrap_or_default());
    let lines = own.filter(|it| fence(it) == Some("asked")).flat_map(|it| it.text.text.lines());
    lines.map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Whether a segment is a fence with the patterns of its section: marked `pattern`, with one of their forms in it.
pub(in crate::article) fn is_pattern(segment: &Segment) -> bool {
    let marked = matches!(&segment.kind, SegmentKind::Code(info) if info.trim() == "pattern");
    let has_form = |line: &str| {
        let line = line.trim_start_matches(['-', ' ']);
        ["line:", "lines:", "regex:"].iter().any(|form| line.starts_with(form))
    };
    marked && segment.text.text.lines().any(has_form)
}

/// The rows of a table that the passage around it leaves to the rows' own passages.
fn left_out(table: &Table) -> Option<usize> {
    (table.rows.len() > ROWS_KEPT && rows::splits(table)).then_some(ROWS_KEPT)
}

/// The Markdown of a row: its cells under their column's names.
pub(super) fn row(table: &Table, row: &Row) -> (String, String) {
    let mut markdown = String::new();
    let mut text = String::new();
    for (column, cell) in row.cells.iter().enumerate() {
        let content = cell.text.trim();
        if content.is_empty() {
            continue;
        }
        let name = table.column(column);
        markdown.push_str("- ");
        if !name.is_empty() {
            markdown.push_str(&format!("**{name}**: "));
            text.push_str(&format!("{name} "));
        }
        for (number, line) in content.lines().filter(|line| !line.trim().is_empty()).enumerate() {
            if number > 0 {
                markdown.push_str("\\\n  ");
                text.push('\n');
            }
            escape(line.trim(), &mut markdown);
            text.push_str(line.trim());
        }
        markdown.push('\n');
        text.push('\n');
    }
    markdown.truncate(markdown.trim_end().len());
    text.truncate(text.trim_end().len());
    (markdown, text)
}

fn escape(text: &str, markdown: &mut String) {
    for character in text.chars() {
        if matches!(character, '*' | '_' | '`' | '<' | '\\' | '[') {
            markdown.push('\\');
        }
        markdown.push(character);
    }
}

pub(in crate::article) fn text(segments: &[Segment], ranges: &[Range<usize>]) -> String {
    let mut text = String::new();
    for segment in ranges.iter().flat_map(|range| segments.get(range.clone()).unwrap_or_default()) {
        if is_hidden(segment) {
            continue;
        }
        if let SegmentKind::Table(table) = &segment.kind {
            let kept = left_out(table).map_or(table.rows.len(), |_| 0);
            let header = std::iter::once(&table.header);
            for cells in header.chain(table.rows.iter().take(kept).map(|row| &row.cells)) {
                for cell in cells {
                    text.push_str(cell.text.trim());
                    text.push(' ');
                }
                text.truncate(text.trim_end().len());
                text.push('\n');
            }
        } else {
            text.push_str(segment.text.text.trim_end());
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// The Markdown of segments: the lines of the source that they are in, without what readers do not see.
pub(super) fn markdown(segments: &[Segment], ranges: &[Range<usize>], lines: &Lines<'_>) -> String {
    let mut source = String::new();
    for range in ranges {
        let Some(segments) = segments.get(range.clone()).filter(|segments| !segments.is_empty())
        else {
            continue;
        };
        let start = segments.iter().find(|s| s.kind != SegmentKind::TermEnd);
        let Some(start) = start.map(|segment| lines.start(segment.range.start)) else { continue };
        let mut at = start;
        let mut end = start;
        for segment in segments {
            let segment_end = lines.end(segment.range.end);
            end = end.max(segment_end);
            if is_hidden(segment) {
                source.push_str(lines.text(at..lines.start(segment.range.start).max(at)));
                at = segment_end.max(at);
            } else if let SegmentKind::Table(table) = &segment.kind
                && let Some(last) = left_out(table).and_then(|kept| table.rows.get(kept - 1))
            {
                source.push_str(lines.text(at..lines.end(last.range.end).max(at)));
                source.push_str("\n…\n\n");
                at = segment_end.max(at);
            }
        }
        source.push_str(lines.text(at..end.max(at)));
        source.push('\n');
    }
    tidy(&dedent(source.trim_matches(['\n', '\r'])))
}

/// Takes away the indentation that all lines share: a part of a list is shown like a whole one.
fn dedent(text: &str) -> String {
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let filled = || text.lines().filter(|line| !line.trim().is_empty());
    let shared = filled().map(indentation).min().unwrap_or_default();
    if shared == 0 {
        return text.to_owned();
    }
    text.lines().map(|line| line.get(shared..).unwrap_or_default().to_owned() + "\n").collect()
}
