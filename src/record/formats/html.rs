//! Tables of web pages: what a console's "save as" and "copy as HTML" give, and the HTML that exports with
//! the ending `.xls` really are.
//!
//! 1. Lines are taken a row at a time, from `<tr` to `</tr>`: a table may be longer than memory, and all of
//!    it may be in one line.
//! 2. A row's cells are what its `td` and `th` hold, without tags, with the references (`&amp;`) resolved.
//! 3. Cells that are labels are the columns of the rows under them. Rows of two cells without such are a
//!    screen: a label with its value.
//! 4. Text between tables is read as lines are; styles, scripts and the head say nothing.
//!
//! Only tags matter, not whether they are closed: pages are rarely whole when they are pasted.

use std::borrow::Cow;

use super::row;
use super::screen::Labelled;
use super::{bizmobile, line, mobiconnect, screen};
use crate::record::cells::Delimiter;
use crate::record::collect::{Collector, SourceText};
use crate::record::columns;
use crate::record::cursor::Cursor;
use crate::record::layout::Layout;
use crate::source::markup::{Piece, Tag, piece_at, tag_at};
use crate::source::{Line, looked_at, resolve_references};

/// Over how many lines a row may go.
const MOST_LINES: usize = 200;
/// A longer tag is text.
const LONGEST_TAG: usize = 4096;
/// How many label-value rows are kept before they are emitted as a screen.
const MOST_PAIRS: usize = 500;

/// Whether a pasted page may begin with an element.
fn is_opening(name: &str) -> bool {
    const OPENINGS: &[&str] =
        &["html", "head", "body", "table", "thead", "tbody", "tr", "div", "meta", "style"];
    name == "!doctype" || OPENINGS.contains(&name)
}

/// Whether an element is a block: its text is in a line of its own.
fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "hr", "body",
    ];
    matches!(name, "section" | "blockquote") || BLOCKS.contains(&name)
}

/// Elements whose text is for programs.
const SILENT: &[&str] = &["style", "script", "head", "title", "colgroup"];

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let Some(first) = cursor.line() else { return false };
    let head = first.text.trim_start();
    let opens =
        tag_at(head, LONGEST_TAG).is_some_and(|(tag, _)| is_opening(&tag.name) && !tag.closes);
    if !opens || !has_row(cursor, &first) {
        return false;
    }
    read_rows(None, cursor, collector);
    true
}

/// The text of a page without a table, as a mail in HTML is: a line for each that a reader sees. `None` where a text is
/// no such page.
pub(in crate::record) fn plain_text(page: &str) -> Option<String> {
    let head = page.trim_start_matches('\u{feff}').trim_start();
    let (first, _) = tag_at(head, LONGEST_TAG)?;
    let opens = is_opening(&first.name) || is_block(&first.name);
    if first.closes || !opens || count_tags(page, b"<tr") > 0 {
        return None;
    }
    let line = Line { text: page, number: 1, start: 0 };
    let mut markup = Markup::of(line);
    let mut text = String::new();
    while let Some(piece) = markup.next() {
        match piece {
            Piece::Text(said) => text.push_str(&resolve_references(said)),
            Piece::Tag(tag) if is_block(&tag.name) && !text.ends_with('\n') => text.push('\n'),
            Piece::Tag(_) => {}
        }
    }
    Some(text)
}

/// Whether a row begins within the lines that a page may have before its first table.
fn has_row<'t>(cursor: &Cursor<'t>, first: &Line<'t>) -> bool {
    const HEAD: usize = 1 << 14;
    let text = cursor.text_from(first, HEAD).as_bytes();
    memchr::memchr_iter(b'<', text).any(|at| {
        text.get(at + 1..at + 3).is_some_and(|name| name.eq_ignore_ascii_case(b"tr"))
            && text.get(at + 3).is_some_and(|byte| matches!(byte, b' ' | b'>' | b'\r' | b'\n'))
    })
}

/// Reads the rows at the cursor, `columns` being those in force, up to the end of the table and the page.
pub(in crate::record) fn read_rows(
    columns: Option<Layout>,
    cursor: &mut Cursor<'_>,
    collector: &mut Collector<'_>,
) {
    let mut table = Table { columns, pairs: Vec::new(), ended: false };
    while let Some(first) = cursor.line() {
        let text = first.text.trim();
        let marked = tag_at(text, LONGEST_TAG).is_some();
        if table.ended && !text.is_empty() && !marked {
            break;
        }
        let last = last_line_of_row(cursor, &first);
        let whole = Line { text: cursor.text_between(&first, &last), ..first };
        cursor.pass(last.number);
        read_markup(&whole, &mut table, collector);
    }
    table.emit_pairs(collector);
    if !table.ended && cursor.line().is_none() {
        collector.layout = table.columns;
    }
}

fn last_line_of_row<'t>(cursor: &Cursor<'t>, first: &Line<'t>) -> Line<'t> {
    let mut ahead = cursor.clone();
    let mut last = *first;
    let mut open = 0_i32;
    for _ in 0..MOST_LINES {
        let Some(line) = ahead.line() else { break };
        let begins = line.number > first.number && open > 0 && count_tags(line.text, b"<tr") > 0;
        if begins {
            // The row before was not closed.
            break;
        }
        open += count_tags(line.text, b"<tr") - count_tags(line.text, b"</tr");
        last = line;
        if open <= 0 || count_tags(line.text, b"</table") > 0 {
            break;
        }
        ahead.advance();
    }
    last
}

fn count_tags(text: &str, tag: &[u8]) -> i32 {
    let bytes = text.as_bytes();
    let count = memchr::memchr_iter(b'<', bytes).filter(|&at| {
        bytes.get(at..at + tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag))
            && !bytes.get(at + tag.len()).is_some_and(u8::is_ascii_alphabetic)
    });
    i32::try_from(count.count()).unwrap_or(i32::MAX)
}

struct Table {
    columns: Option<Layout>,
    /// Rows of a label and a value.
    pairs: Vec<Labelled>,
    ended: bool,
}

impl Table {
    fn take_row(
        &mut self,
        source: &SourceText<'_>,
        cells: &[Cow<'_, str>],
        collector: &mut Collector<'_>,
    ) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let is_header = cells.len() >= 2 && columns::is_header(cells.iter().map(AsRef::as_ref));
        match (&self.columns, cells) {
            (_, cells) if is_header => {
                let product =
                    bizmobile::product_of(cells).or_else(|| mobiconnect::product_of(cells));
                self.columns = Some(Layout::new(Delimiter::Elements, product, cells));
            }
            (None, [label, value]) => {
                self.pairs.push(Labelled {
                    label: label.trim().to_owned(),
                    value: value.trim().to_owned(),
                    shown: format!("{}: {}", label.trim(), value.trim()),
                    line: source.line,
                    column: source.column,
                });
                if self.pairs.len() >= MOST_PAIRS {
                    self.emit_pairs(collector);
                }
            }
            (_, [only]) => line::emit_text(source, only.trim(), None, collector),
            (Some(columns), cells) => row::read_row(columns, source, cells, collector),
            (None, cells) => row::read_unlabelled(source, cells, None, None, collector),
        }
    }

    fn emit_pairs(&mut self, collector: &mut Collector<'_>) {
        let pairs = std::mem::take(&mut self.pairs);
        if !pairs.is_empty() {
            screen::emit_labelled(&pairs, collector);
        }
    }
}

/// Reads the rows and the text of a piece of markup.
fn read_markup(line: &Line<'_>, table: &mut Table, collector: &mut Collector<'_>) {
    let mut markup = Markup::of(*line);
    let mut row: Option<Vec<Cow<'_, str>>> = None;
    let mut cell: Option<Cell<'_>> = None;
    let mut outside = Cell::default();
    let mut start = markup;
    // The end closes what is open.
    let mut end = Some(Piece::Tag(Tag { name: "tr".to_owned(), closes: true, inner: "tr" }));
    while let Some(piece) = markup.next().or_else(|| end.take()) {
        let (name, closes) = match piece {
            Piece::Text(text) => {
                cell.as_mut().unwrap_or(&mut outside).push(text);
                continue;
            }
            Piece::Tag(Tag { name, closes, .. }) => (name, closes),
        };
        if matches!(name.as_str(), "td" | "th" | "tr" | "table") {
            if let Some(done) = cell.take() {
                row.get_or_insert_default().push(done.finish());
            }
            if matches!(name.as_str(), "tr" | "table")
                && let Some(cells) = row.take()
            {
                table.take_row(&start.source_to(&markup), &cells, collector);
            }
            flush(&mut outside, &start.source_to(&markup), collector);
        }
        match (name.as_str(), closes) {
            ("td" | "th", false) => cell = Some(Cell::default()),
            ("tr", false) => row = Some(Vec::new()),
            ("table", closes) => {
                table.emit_pairs(collector);
                table.columns = None;
                table.ended = closes;
            }
            ("p" | "div" | "br" | "li" | "h1" | "h2" | "h3", _) => match &mut cell {
                Some(cell) => cell.push(" "),
                None => flush(&mut outside, &start.source_to(&markup), collector),
            },
            _ => {}
        }
        if row.as_ref().is_none_or(Vec::is_empty) && cell.is_none() {
            start = markup;
        }
    }
}

/// Goes through a piece of markup, and knows at which line and column it is.
#[derive(Clone, Copy)]
struct Markup<'t> {
    line: Line<'t>,
    /// The byte to read next.
    at: usize,
    /// The line that it is in, and the byte that this line begins at.
    number: u32,
    begin: usize,
    /// The element whose text is for programs.
    silent: Option<&'static str>,
}

impl<'t> Markup<'t> {
    fn of(line: Line<'t>) -> Self {
        Self { line, at: 0, number: line.number, begin: 0, silent: None }
    }

    /// The next tag, or the next text that is for people.
    fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            match self.any()? {
                Piece::Text(_) if self.silent.is_some() => {}
                piece => return Some(piece),
            }
        }
    }

    fn any(&mut self) -> Option<Piece<'t>> {
        let rest = self.line.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let (piece, length) = piece_at(rest, LONGEST_TAG);
        let read = rest.get(..length)?;
        for passed in crate::source::lines(read) {
            let end = passed.start + passed.text.len();
            if end < read.len() {
                self.number = self.number.saturating_add(1);
                let ending = if read.get(end..end + 2) == Some("\r\n") { 2 } else { 1 };
                self.begin = self.at + end + ending;
            }
        }
        self.at += length;
        if let Piece::Tag(tag) = &piece {
            if tag.closes {
                self.silent = self.silent.filter(|silent| *silent != tag.name);
            } else if self.silent.is_none() {
                self.silent = SILENT.iter().copied().find(|silent| *silent == tag.name);
            }
        }
        Some(piece)
    }

    /// The source text between this place and a later one.
    fn source_to(&self, later: &Self) -> SourceText<'t> {
        let text = self.line.text.get(self.at..later.at).unwrap_or_default();
        SourceText { text, line: self.number, column: self.at - self.begin }
    }
}

fn flush(outside: &mut Cell<'_>, source: &SourceText<'_>, collector: &mut Collector<'_>) {
    let text = std::mem::take(outside).finish();
    if !text.trim().is_empty() {
        line::emit_text(source, text.trim(), None, collector);
    }
}

/// The text of a cell; a piece of the page as long as it is one.
#[derive(Debug, Default)]
struct Cell<'t> {
    text: Cow<'t, str>,
    /// Whether there is more than spaces in it.
    says: bool,
}

impl<'t> Cell<'t> {
    fn push(&mut self, text: &'t str) {
        let plain = !text.contains(['&', '\n', '\r']);
        if !self.says && plain {
            if !text.trim().is_empty() {
                self.text = Cow::Borrowed(text);
                self.says = true;
            }
            return;
        }
        looked_at(text.len());
        let resolved = resolve_references(text);
        if self.says || !resolved.trim().is_empty() {
            self.says = true;
            self.text.to_mut().push_str(&resolved);
        }
    }

    fn finish(self) -> Cow<'t, str> {
        match self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        }
    }
}
