//! A table of messages: CSV or TSV with a row a message, what it means, what to do, how bad it is.
//!
//! 1. the separator is the one that divides the head into the most known columns; the head may stand
//!    below some lines of title;
//! 2. the columns are known by their names, in either language, whatever their order;
//! 3. every message is an article; rows of one message are parts of one article.

use csv::ReaderBuilder;
use xxhash_rust::xxh3::xxh3_64;

use super::{Draft, Reader, Source, escape};
use crate::source::Phrase;
use crate::text::lexicon::{MESSAGE_COLUMNS, Section};

pub(super) const SOURCE: Source = Source { recognizes, read };

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Message,
    Meaning,
    Cause,
    Remedy,
    Severity,
    Code,
    Product,
    Platform,
    Updated,
    Link,
    /// The number of the row: it says nothing, and changes with every row above.
    Row,
}

/// The names of the columns, as they are compared: in lower case, without white space and marks.
static NAMES: [(Column, Section); 11] = [
    (Column::Message, MESSAGE_COLUMNS.section("message")),
    (Column::Meaning, MESSAGE_COLUMNS.section("meaning")),
    (Column::Cause, MESSAGE_COLUMNS.section("cause")),
    (Column::Remedy, MESSAGE_COLUMNS.section("remedy")),
    (Column::Severity, MESSAGE_COLUMNS.section("severity")),
    (Column::Code, MESSAGE_COLUMNS.section("code")),
    (Column::Product, MESSAGE_COLUMNS.section("product")),
    (Column::Platform, MESSAGE_COLUMNS.section("platform")),
    (Column::Updated, MESSAGE_COLUMNS.section("updated")),
    (Column::Row, MESSAGE_COLUMNS.section("row")),
    (Column::Link, MESSAGE_COLUMNS.section("link")),
];

/// Among the first so many rows stands the head.
const HEAD: usize = 20;

fn recognizes(name: &str, text: &str) -> bool {
    let table = [".csv", ".tsv", ".tab", ".txt"].iter().any(|ending| name.ends_with(ending))
        || !name.contains('.');
    table && layout(text).is_some()
        // A table with a head that nobody knows is told of, not taken for something else.
        || name.ends_with(".csv")
        || name.ends_with(".tsv")
}

/// How a table is to be read.
struct Layout {
    separator: u8,
    /// The rows before the head.
    above: usize,
    columns: Vec<Option<Column>>,
    names: Vec<String>,
}

/// The layout of a text that is a table of messages: it has messages, and something about them.
fn layout(text: &str) -> Option<Layout> {
    let layouts = [b'\t', b',', b';'].into_iter().filter_map(|separator| {
        let rows = rows(text, separator).take(HEAD);
        rows.enumerate().find_map(|(above, (_, names))| {
            let columns: Vec<Option<Column>> = names.iter().map(|name| column(name)).collect();
            let has = |column| columns.contains(&Some(column));
            let about = [Column::Meaning, Column::Remedy, Column::Cause, Column::Code];
            (has(Column::Message) && about.into_iter().any(has)).then_some(Layout {
                separator,
                above,
                columns,
                names,
            })
        })
    });
    layouts.max_by_key(|layout| layout.columns.iter().flatten().count())
}

/// The content of a column of this name.
fn column(name: &str) -> Option<Column> {
    let name = name.split(['（', '(', '\n']).next().unwrap_or_default();
    let name: String = name
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == 'ー')
        .flat_map(char::to_lowercase)
        .collect();
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column)
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

fn read(reader: &mut Reader<'_>, file: &str, text: &str) {
    let Some(layout) = layout(text) else {
        let what = Phrase::new(
            "列の見出しの分からない表（「表示内容」と、「説明」「対応方法」「原因」「コード」のどれかが要ります）",
            "tables with unknown headings (a column `Message`, and one of `Description`, `Action`, `Cause`, `Code`)",
        );
        return reader.leave_out(file, what, Some(String::new()));
    };
    let mut last = String::new();
    for (line, cells) in rows(text, layout.separator).skip(layout.above + 1) {
        let row = Row { layout: &layout, cells: &cells };
        let message = row.first(Column::Message);
        // A merged cell of a spreadsheet is exported once, above its rows.
        let message = if message.is_empty() && !row.is_blank() { last.clone() } else { message };
        if message.is_empty() {
            if !row.is_blank() {
                let what = Phrase::new("文面のない行", "rows without a message");
                reader.leave_out(file, what, Some(format!("{line}: {}", cells.join(" "))));
            }
            continue;
        }
        last.clone_from(&message);
        take(reader, file, &row, &message);
    }
}

/// A row with what its columns hold.
struct Row<'r> {
    layout: &'r Layout,
    cells: &'r [String],
}

impl Row<'_> {
    fn all(&self, column: Column) -> impl Iterator<Item = &str> {
        self.layout
            .columns
            .iter()
            .zip(self.cells)
            .filter(move |(held, cell)| **held == Some(column) && !cell.is_empty())
            .map(|(_, cell)| cell.as_str())
    }

    fn first(&self, column: Column) -> String {
        self.all(column).next().unwrap_or_default().to_owned()
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    /// The cells of columns that are told as they are, with their headings.
    fn others(&self) -> Vec<(&str, &str)> {
        let told =
            |at: usize| matches!(self.layout.columns.get(at), Some(None | Some(Column::Severity)));
        self.cells
            .iter()
            .enumerate()
            .filter(|(at, cell)| told(*at) && !cell.is_empty())
            .map(|(at, cell)| (self.layout.names.get(at).map_or("", String::as_str), cell.as_str()))
            .collect()
    }
}

fn take(reader: &mut Reader<'_>, file: &str, row: &Row<'_>, message: &str) {
    let wording = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let product = Some(row.first(Column::Product)).filter(|it| !it.is_empty());
    let product = product.or_else(|| reader.options.product.clone());
    let named = product.clone().unwrap_or_default();
    let key = format!("message:{:016x}", xxh3_64(format!("{named}\0{wording}").as_bytes()));
    let body = body(row);
    if let Some(draft) = reader.imported.drafts.iter_mut().find(|draft| draft.key == key) {
        draft.body.push_str(&format!("\n{body}"));
        add_codes(draft, row);
        return;
    }
    let mut draft = reader.draft(key, wording.clone());
    draft.file = file.to_owned();
    draft.product = product;
    draft.messages = vec![wording];
    let platforms: Vec<String> = row
        .all(Column::Platform)
        .flat_map(|cell| cell.split(['、', ',', '/', '\n']))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    draft.platforms.extend(platforms);
    draft.updated = row.all(Column::Updated).find_map(super::html::day);
    draft.source = row.all(Column::Link).find(|link| link.contains("://")).map(str::to_owned);
    add_codes(&mut draft, row);
    draft.body = body;
    draft.sort_messages();
    reader.imported.drafts.push(draft);
}

fn add_codes(draft: &mut Draft, row: &Row<'_>) {
    for cell in row.all(Column::Code) {
        for code in cell.split(['、', ',', '\n']).map(str::trim) {
            let counts = code.chars().any(|c| c.is_ascii_digit());
            if counts && !draft.codes.iter().any(|known| known == code) {
                draft.codes.push(code.to_owned());
            }
        }
    }
}

/// The sections of a row: what to do comes first, since it is what the reader came for.
fn body(row: &Row<'_>) -> String {
    // The headings are in the language of the table's own.
    let japanese = !row.layout.names.iter().all(|name| name.is_ascii());
    let sections = [
        (Column::Remedy, "対処", "Action"),
        (Column::Meaning, "説明", "Description"),
        (Column::Cause, "原因", "Cause"),
    ];
    let mut out = String::new();
    for (column, ja, en) in sections {
        let text = row.all(column).map(escape::plain).collect::<Vec<_>>().join("\n\n");
        if !text.trim().is_empty() {
            let heading = if japanese { ja } else { en };
            out.push_str(&format!("## {heading}\n\n{text}\n\n"));
        }
    }
    let others = row.others();
    if !others.is_empty() {
        let heading = if japanese { "その他" } else { "Other" };
        out.push_str(&format!("## {heading}\n\n"));
        for (name, text) in others {
            let text = escape::line(&text.replace('\n', " "));
            out.push_str(&format!("- {}: {text}\n", escape::line(name)));
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
