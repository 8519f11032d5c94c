//! A table: CSV, TSV or a workbook with a row a message, a code, a question or a subject, and what is known of it.
//!
//! 1. the separator is the one that divides the head into the most known columns; the head may be
//!    below some lines of title, and each sheet of a workbook has its own;
//! 2. the columns are known by their names, in either language, whatever their order, or as the options say;
//! 3. every message (code, question, subject) is an article; rows of one are parts of one article.

use std::collections::HashMap;
use std::sync::LazyLock;

use csv::ReaderBuilder;
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use super::{Collector, Draft, ImportOptions, Source, escape};
use crate::source::{Phrase, add_new};
use crate::text::lexicon::{MESSAGE_COLUMNS, variant};

pub(super) const SOURCE: Source = Source { recognizes, read };

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Column {
    Message,
    Meaning,
    /// Why it comes.
    Cause,
    Remedy,
    Severity,
    Code,
    Product,
    Platform,
    /// When the row was last changed.
    Updated,
    Link,
    /// The number of the row: it says nothing, and changes with every row above.
    Row,
    Question,
    Answer,
    /// The subject of a text.
    Title,
    Body,
    /// Words to find it by.
    Keyword,
}

/// Headings with their columns, as they are compared: in lower case, without white space and marks.
static HEADINGS: LazyLock<HashMap<&str, Column>> =
    LazyLock::new(|| MESSAGE_COLUMNS.of_variants().collect());

/// The columns by their names, in the order of the list.
pub fn column_names() -> impl Iterator<Item = (&'static str, Column)> {
    let mut names: Vec<&str> = MESSAGE_COLUMNS.written().map(|(name, _)| name).collect();
    names.dedup();
    names.into_iter().filter_map(|name| Some((name, variant(name)?)))
}

/// The columns that an article can be named by, the surest first, with the beginning of its key.
const NAMING: [(Column, &str); 4] = [
    (Column::Message, "message"),
    (Column::Question, "question"),
    (Column::Title, "title"),
    (Column::Code, "code"),
];

/// The sections of an article: what to do comes first, since it is what the reader came for.
const SECTIONS: [(Column, &str, &str); 5] = [
    (Column::Remedy, "対処", "Action"),
    (Column::Answer, "回答", "Answer"),
    (Column::Body, "本文", "Text"),
    (Column::Meaning, "説明", "Description"),
    (Column::Cause, "原因", "Cause"),
];

/// Among the first so many rows is the head.
const HEAD: usize = 20;

fn recognizes(name: &str, text: &str) -> bool {
    let table = [".csv", ".tsv", ".tab", ".txt"].iter().any(|ending| name.ends_with(ending))
        || !name.contains('.');
    // A table with a head that nobody knows is told of, not taken for something else.
    [".csv", ".tsv", ".xlsx"].iter().any(|ending| name.ends_with(ending))
        || table && layout(text, &ImportOptions::default()).is_some()
}

/// How a table is to be read.
pub(super) struct Layout {
    separator: u8,
    /// The rows before the head.
    above: usize,
    columns: Vec<Option<Column>>,
    names: Vec<String>,
}

impl Layout {
    /// The layout of a table of codes with these headings; what names the error in words says what its code means.
    pub(super) fn of_codes(names: Vec<String>, options: &ImportOptions) -> Option<Self> {
        let mut columns = head(&names, options)?;
        if !columns.contains(&Some(Column::Code)) {
            return None;
        }
        for column in columns.iter_mut().filter(|it| **it == Some(Column::Message)) {
            *column = Some(Column::Meaning);
        }
        Some(Self { separator: b'|', above: 0, columns, names })
    }

    /// The column that names the articles, with the beginning of their keys.
    fn named(&self) -> Option<(Column, &'static str)> {
        NAMING.iter().find(|(column, _)| self.columns.contains(&Some(*column))).copied()
    }
}

/// The layout of a text that is a table with rows to make articles of.
fn layout(text: &str, options: &ImportOptions) -> Option<Layout> {
    let layouts = [b'\t', b',', b';'].into_iter().filter_map(|separator| {
        let rows = rows(text, separator).take(HEAD);
        rows.enumerate().find_map(|(above, (_, names))| {
            let columns = head(&names, options)?;
            Some(Layout { separator, above, columns, names })
        })
    });
    layouts.max_by_key(|layout| layout.columns.iter().flatten().count())
}

/// The columns of a row that is a head: it names an article, and something about it.
fn head(names: &[String], options: &ImportOptions) -> Option<Vec<Option<Column>>> {
    let columns: Vec<Option<Column>> = names.iter().map(|name| column(name, options)).collect();
    let has = |column: &Column| columns.contains(&Some(*column));
    let named = NAMING.iter().find(|(column, _)| has(column)).map(|(column, _)| *column)?;
    // Somebody who names a column knows that it is one; the rest is told as it is.
    let given = options.columns.iter().any(|(column, _)| has(column));
    let about = SECTIONS.iter().any(|(column, ..)| has(column))
        || named != Column::Code && has(&Column::Code);
    (about || given).then_some(columns)
}

fn column(name: &str, options: &ImportOptions) -> Option<Column> {
    let written = comparable(name);
    let given = options.columns.iter().find(|(_, given)| comparable(given) == written);
    let given = given.filter(|_| !written.is_empty()).map(|(column, _)| *column);
    given.or_else(|| named(name))
}

/// The content of what has this name in a table, or among the properties of a page.
pub(super) fn named(name: &str) -> Option<Column> {
    let name = comparable(name.split(['（', '(', '\n']).next().unwrap_or_default());
    HEADINGS.get(name.as_str()).copied()
}

fn comparable(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric() || *c == 'ー');
    kept.flat_map(char::to_lowercase).collect()
}

/// The rows of a table, each with its line; a row that is broken is read as far as it goes.
fn rows(text: &str, separator: u8) -> impl Iterator<Item = (u32, Vec<String>)> + '_ {
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    reader.into_records().map_while(Result::ok).map(|record| {
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(|cell| cell.trim().to_owned()).collect();
        (u32::try_from(line).unwrap_or(u32::MAX), cells)
    })
}

fn read(reader: &mut Collector<'_>, file: &str, text: &str) {
    let Some(mut layout) = layout(text, reader.options) else {
        let what = Phrase::new(
            "列の見出しの分からない表（文面・コード・質問・件名のどれかと、説明・対処・原因・回答・本文のどれかが要ります。--columns message=見出し,remedy=見出し で教えられます）",
            "tables with unknown headings (a column of messages, codes, questions or subjects, and one of descriptions, actions, causes, answers or texts; --columns message=HEADING,remedy=HEADING tells which)",
        );
        return reader.leave_out(file, what, Some(String::new()));
    };
    let mut last = String::new();
    for (line, cells) in rows(text, layout.separator).skip(layout.above + 1) {
        let next_sheet = || head(&cells, reader.options).filter(|_| file.ends_with(".xlsx"));
        if let Some(columns) = next_sheet() {
            (layout.columns, layout.names) = (columns, cells);
            last.clear();
            continue;
        }
        let row = MessageRow { layout: &layout, cells: &cells };
        let Some((column, kind)) = layout.named() else { continue };
        let name = row.first(column);
        // A merged cell of a spreadsheet is exported once, above its rows.
        let name = if name.is_empty() && !row.is_blank() { last.clone() } else { name };
        if name.is_empty() {
            if !row.is_blank() {
                let what = Phrase::new("文面のない行", "rows without a message");
                reader.leave_out(file, what, Some(format!("{line}: {}", cells.join(" "))));
            }
            continue;
        }
        last.clone_from(&name);
        take(reader, file, &row, column, kind, &name);
    }
}

pub(super) struct MessageRow<'r> {
    pub(super) layout: &'r Layout,
    pub(super) cells: &'r [String],
}

impl MessageRow<'_> {
    pub(super) fn all(&self, column: Column) -> impl Iterator<Item = &str> {
        let cells = self.layout.columns.iter().zip(self.cells);
        let held = cells.filter(move |(held, it)| **held == Some(column) && !it.is_empty());
        held.map(|(_, cell)| cell.as_str())
    }

    fn first(&self, column: Column) -> String {
        self.all(column).next().unwrap_or_default().to_owned()
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    /// The cells of columns that are told as they are, with their headings.
    fn others(&self) -> Vec<(&str, &str)> {
        let named = self.layout.named().map(|(column, _)| column);
        let told = |at: usize| match self.layout.columns.get(at) {
            Some(None | Some(Column::Severity)) => true,
            // A second name is told as it is; a code is one of the article's.
            Some(Some(column)) => {
                Some(*column) != named
                    && *column != Column::Code
                    && NAMING.iter().any(|(naming, _)| naming == column)
            }
            None => false,
        };
        let name = |at: usize| self.layout.names.get(at).map_or("", String::as_str);
        let cells = self.cells.iter().map(String::as_str).enumerate();
        let told = cells.filter(|(at, cell)| told(*at) && !cell.is_empty());
        told.map(|(at, cell)| (name(at), cell)).collect()
    }
}

pub(super) fn take(
    reader: &mut Collector<'_>,
    file: &str,
    row: &MessageRow<'_>,
    column: Column,
    kind: &str,
    name: &str,
) {
    let wording = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let product = Some(row.first(Column::Product)).filter(|it| !it.is_empty());
    let product = product.or_else(|| reader.options.product.clone());
    let named = product.clone().unwrap_or_default();
    let key = format!("{kind}:{:016x}", xxh3_64(format!("{named}\0{wording}").as_bytes()));
    let body = body(row, column, &wording);
    if let Some(draft) = reader.imported.drafts.iter_mut().find(|draft| draft.key == key) {
        draft.body.push_str(&format!("\n{body}"));
        add_codes(draft, row);
        return;
    }
    // A code alone is no title: what it means is.
    let meaning = row.first(Column::Meaning);
    let title = match column {
        Column::Code if !meaning.is_empty() => {
            let meaning: String = meaning.split(['。', '\n']).take(1).collect();
            format!("{wording}: {meaning}")
        }
        _ => wording.clone(),
    };
    let mut draft = reader.draft(file, key, title);
    draft.product = product;
    if column == Column::Message {
        draft.messages = vec![wording];
    }
    draft.platforms.extend(listed(row, Column::Platform));
    draft.keywords.extend(listed(row, Column::Keyword));
    draft.updated = row.all(Column::Updated).find_map(crate::article::date);
    draft.source = row.all(Column::Link).find(|link| link.contains("://")).map(str::to_owned);
    add_codes(&mut draft, row);
    draft.body = body;
    draft.sort_messages();
    reader.imported.drafts.push(draft);
}

/// The names of a column that holds several in a cell.
fn listed(row: &MessageRow<'_>, column: Column) -> Vec<String> {
    let names = row.all(column).flat_map(|cell| cell.split(['、', ',', '/', '\n'])).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn add_codes(draft: &mut Draft, row: &MessageRow<'_>) {
    for cell in row.all(Column::Code) {
        for code in cell.split(['、', ',', '\n']).map(str::trim) {
            let counts = code.chars().any(|c| c.is_ascii_digit());
            add_new(&mut draft.codes, counts.then(|| code.to_owned()));
        }
    }
}

/// The sections of a row. An answer is below its question, and a text by itself.
fn body(row: &MessageRow<'_>, named: Column, wording: &str) -> String {
    // The headings are in the language of the table's own.
    let japanese = !row.layout.names.iter().all(|name| name.is_ascii());
    let mut out = String::new();
    for (column, ja, en) in SECTIONS {
        let text = row.all(column).map(escape::plain).collect::<Vec<_>>().join("\n\n");
        if text.trim().is_empty() {
            continue;
        }
        match column {
            Column::Answer if named == Column::Question => {
                out.push_str(&format!("Q. {}\n\nA. {text}\n\n", escape::line(wording)));
            }
            Column::Body => out.push_str(&format!("{text}\n\n")),
            _ => {
                let heading = if japanese { ja } else { en };
                out.push_str(&format!("## {heading}\n\n{text}\n\n"));
            }
        }
    }
    out.push_str(&others(&row.others(), japanese));
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The section of what is told as it is: names and values.
pub(super) fn others(others: &[(&str, &str)], japanese: bool) -> String {
    if others.is_empty() {
        return String::new();
    }
    let mut out = format!("## {}\n\n", if japanese { "その他" } else { "Other" });
    for (name, text) in others {
        let text = escape::line(&text.replace('\n', " "));
        out.push_str(&format!("- {}: {text}\n", escape::line(name)));
    }
    out.push('\n');
    out
}
