//! Tables whose rows stand for a code or a status: each row is an answer of its own.
//!
//! A row is an answer where a column says what the reader has before the eyes: a code or a state. A
//! table of a thing's attributes (属性, 値) tells about one thing and stays whole.
//!
//! Items of a list that explain a code or a state each (`- 「実行中」: 端末が処理しています。`) are read alike, where every item
//! of the list begins with such a name. The passage around the list keeps them too: a short list is read as a whole.

use std::ops::Range;

use super::super::codes::{self, codes_of_text};
use super::super::markdown::{MarkKind, Row, Segment, SegmentKind, Table};
use super::super::{Role, template};
use crate::facts::{Code, CodeDictionary, error_names, may_name_error};
use crate::source::add_new;
use crate::text::lexicon::{self, Section};

static CODE_HEADERS: Section = lexicon::ARTICLE_PHRASES.section("headers of codes");

static STATUS_HEADERS: Section = lexicon::ARTICLE_PHRASES.section("headers of states");

static MESSAGE_HEADERS: Section = lexicon::ARTICLE_PHRASES.section("headers of messages");

static NAME_HEADERS: Section = lexicon::ARTICLE_PHRASES.section("headers of names");

/// How many rows are looked at for what a column holds.
const ROWS_LOOKED_AT: usize = 64;

/// The name of a column or of an attribute without what does not matter.
fn normal(name: &str) -> String {
    name.trim().to_lowercase().replace('　', " ")
}

pub(in crate::article) fn is_message_column(name: &str) -> bool {
    let name = normal(name);
    MESSAGE_HEADERS.iter().any(|header| name.ends_with(header) || name.starts_with(header))
}

/// A column of a table: what its name, or its cells, say is there. Every row asks again.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Column {
    pub(super) role: Role,
    pub(super) codes: bool,
    pub(super) messages: bool,
    pub(super) names: bool,
}

/// The columns of a table that have a name.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns(Vec<Column>);

impl Columns {
    pub(super) fn of(table: &Table) -> Self {
        let column = |at: usize| {
            let name = table.column(at);
            let plain = normal(name);
            Column {
                role: Role::of_heading(name),
                codes: CODE_HEADERS.iter().any(|header| plain.ends_with(header)),
                messages: is_message_column(name),
                names: is_name_column(table, at),
            }
        };
        Self((0..table.header.len()).map(column).collect())
    }

    pub(super) fn get(&self, column: usize) -> Column {
        self.0.get(column).copied().unwrap_or_default()
    }
}

fn width(table: &Table) -> usize {
    table.header.len().max(table.rows.first().map_or(0, |row| row.cells.len()))
}

fn is_code_column(table: &Table, column: usize) -> bool {
    let name = normal(table.column(column));
    let named = CODE_HEADERS.iter().any(|header| {
        name == *header
            || (header.chars().count() > 2 && !matches!(*header, "エラー" | "error" | "番号"))
                && name.ends_with(header)
    });
    let (mut filled, mut weak, mut strong) = (0_usize, 0_usize, 0_usize);
    for row in &table.rows {
        let Some(cell) = row.cells.get(column).map(|cell| cell.text.trim()) else { continue };
        if cell.is_empty() {
            continue;
        }
        filled += 1;
        match codes::shape(cell) {
            Some(codes::Shape::Strong) => strong += 1,
            Some(codes::Shape::Weak) => weak += 1,
            None => {}
        }
    }
    // Half of the cells: headings within a table and "none" are between codes.
    filled > 0 && (named && 2 * (weak + strong) >= filled || filled > 1 && 2 * strong > filled)
}

/// Whether the column holds the names of errors, by its name and by the form of half of its cells; the others are names,
/// too.
fn is_name_column(table: &Table, column: usize) -> bool {
    let name = normal(table.column(column));
    if !NAME_HEADERS.iter().any(|header| name.ends_with(header)) {
        return false;
    }
    // The first tell what the column holds, however long the table is.
    let cells = || table.rows.iter().take(ROWS_LOOKED_AT).filter_map(|row| row.cells.get(column));
    let named = cells().filter(|cell| {
        let text = cell.text.trim();
        is_one_word(text) && (error_names(text).next().is_some() || text.contains('_'))
    });
    let filled = cells().filter(|cell| !cell.text.trim().is_empty()).count();
    filled > 0 && 2 * named.count() >= filled
}

/// Whether a cell holds one word that may be a name, and nothing else.
pub(super) fn is_one_word(text: &str) -> bool {
    let joins = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(joins)
}

/// Whether the column says which state a row is about.
fn is_status_column(table: &Table, column: usize) -> bool {
    let name = normal(table.column(column));
    let is_message = is_message_column(&name);
    let is_status = STATUS_HEADERS.iter().any(|header| name.ends_with(header));
    let is_filled = |row: &&Row| row.cells.get(column).is_some_and(|it| !it.text.trim().is_empty());
    (is_status && column == 0 || is_message)
        && 2 * table.rows.iter().filter(is_filled).count() > table.rows.len()
}

pub(in crate::article) fn splits(table: &Table) -> bool {
    let columns = width(table);
    columns >= 2
        && !table.rows.is_empty()
        && (0..columns).any(|column| {
            is_code_column(table, column)
                || is_name_column(table, column)
                || is_status_column(table, column)
        })
}

/// The name of a row: its code, or its first cell.
pub(super) fn name(row: &Row) -> String {
    let cells = || row.cells.iter().map(|cell| cell.text.trim());
    let code = cells().find(|cell| codes::shape(cell).is_some());
    code.or_else(|| cells().find(|cell| !cell.is_empty())).unwrap_or_default().to_owned()
}

/// Whether a row stands for an error by a name, or by what a program says.
pub(super) fn names_error(columns: &Columns, row: &Row) -> bool {
    row.cells.iter().enumerate().any(|(at, cell)| {
        let (text, column) = (cell.text.trim(), columns.get(at));
        at == 0 && may_name_error(text)
            || !text.is_empty() && column.messages
            || column.names && is_one_word(text)
    })
}

/// The cell that says what the row's code means.
pub(super) fn meaning(columns: &Columns, row: &Row) -> Option<String> {
    let cells = row.cells.iter().enumerate();
    let named = |role| {
        let of = move |(column, _): &(usize, _)| columns.get(*column).role == role;
        cells.clone().find(of).map(|(_, cell)| cell.text.trim())
    };
    let text = named(Role::Explanation).or_else(|| named(Role::Cause));
    text.filter(|it| !it.is_empty()).map(str::to_owned)
}

/// The codes of a row: whole cells that are codes, and what is in the others.
pub(super) fn codes(columns: &Columns, row: &Row, dictionary: &CodeDictionary) -> Vec<Code> {
    let mut found: Vec<Code> = Vec::new();
    for (column, cell) in row.cells.iter().enumerate() {
        let text = cell.text.trim();
        let is_code = columns.get(column).codes && codes::shape(text).is_some();
        let whole = codes::first_code(text).filter(|_| is_code).and_then(|it| dictionary.read(it));
        add_new(&mut found, whole.into_iter().chain(codes_of_text(text, dictionary)));
    }
    found
}

/// The items of `body` that are answers of their own, each with what is nested in it.
pub(super) fn items(segments: &[Segment], body: Range<usize>) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut at = body.start;
    while at < body.end {
        let Some(first) = segments.get(at).filter(|segment| segment.item) else {
            at += 1;
            continue;
        };
        let depth = first.depth;
        let end = (at..body.end)
            .find(|index| segments.get(*index).is_none_or(|segment| segment.depth < depth))
            .unwrap_or(body.end);
        let starts: Vec<usize> = (at..end)
            .filter(|index| segments.get(*index).is_some_and(|s| s.item && s.depth == depth))
            .collect();
        let named = starts.iter().all(|index| segments.get(*index).is_some_and(is_named));
        if starts.len() >= 2 && named {
            let ends = starts.iter().skip(1).copied().chain([end]);
            items.extend(starts.iter().copied().zip(ends).map(|(start, end)| start..end));
        }
        at = end.max(at + 1);
    }
    items
}

/// Whether an item begins with the name of a code or a state, and goes on to explain it.
fn is_named(segment: &Segment) -> bool {
    if segment.kind != SegmentKind::Line {
        return false;
    }
    let text = segment.text.text.as_str();
    let marked = segment.text.marks.iter().find(|mark| {
        mark.range.start == 0 && matches!(mark.kind, MarkKind::Code | MarkKind::Strong)
    });
    let (name, after) = if let Some(mark) = marked {
        (text.get(mark.range.clone()), text.get(mark.range.end..))
    } else if let Some(quoted) = text.strip_prefix(['「', '『']) {
        quoted.split_once(['」', '』']).unzip()
    } else {
        match text.split_once([':', '：']) {
            Some((name, after)) if codes::shape(name) == Some(codes::Shape::Strong) => {
                return !after.trim().is_empty();
            }
            _ => return false,
        }
    };
    let (Some(name), Some(after)) = (name, after) else { return false };
    let after = after.trim_start();
    let explained = after.is_empty()
        || after.starts_with([':', '：', '-', '–', '—', '→', '…', '、', '（', '(', 'は', '=']);
    let name = name.trim_end_matches([':', '：']);
    explained && (codes::shape(name) == Some(codes::Shape::Strong) || template::is_state(name))
}

#[cfg(test)]
crate::source::cases! {
    tables_of_answers: |text| {
        use super::super::super::markdown::Inline;
        let cells = |line: &str| line.split(" | ").map(Inline::from).collect();
        let row = |line| Row { cells: cells(line), range: 0..0 };
        let mut lines = text.lines();
        let header = lines.next().map(cells).unwrap_or_default();
        splits(&Table { header, rows: lines.map(row).collect() })
    };
}
