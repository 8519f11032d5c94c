//! Tables of error codes as Microsoft documents them, in Markdown: a row a code, in hexadecimal and in decimal.
//!
//! Every row is an article of its own, known by its code; a row whose two forms are not one number is told.

use super::messages::{self, Column, Layout};
use super::{Collector, Source};
use crate::facts::bits_of_code;
use crate::source::{Phrase, lines, phrase};

pub(super) const SOURCE: Source = Source { recognizes, read };

fn recognizes(name: &str, text: &str) -> bool {
    name.ends_with(".md") && text.contains("0x")
}

fn read(reader: &mut Collector<'_>, file: &str, text: &str) {
    let mut layout: Option<Layout> = None;
    let mut found = false;
    for line in lines(text) {
        let written = line.text.trim();
        let Some(inner) = written.strip_prefix('|') else {
            layout = None;
            continue;
        };
        let cells = cells(inner.strip_suffix('|').unwrap_or(inner));
        if cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | ' '))) {
            continue;
        }
        let Some(open) = &layout else {
            layout = Layout::of_codes(cells, reader.options);
            continue;
        };
        let row = messages::MessageRow { layout: open, cells: &cells };
        let codes: Vec<&str> = row.all(Column::Code).collect();
        let hexadecimal = codes.iter().find(|code| bits_of_code(code, true).is_some());
        let decimal = codes.iter().find(|code| bits_of_code(code, false).is_some());
        if let (Some(hex), Some(dec)) = (hexadecimal, decimal)
            && bits_of_code(hex, true) != bits_of_code(dec, false)
        {
            let right = bits_of_code(hex, true).unwrap_or_default().cast_signed();
            let what = phrase!(
                "{hex} と {dec} は同じ番号ではありません（{hex} は {right}）",
                "{hex} and {dec} are not the same number ({hex} is {right})"
            );
            reader.warn(file, Some(line.number), what);
        }
        let Some(name) = hexadecimal.or_else(|| codes.first()) else { continue };
        let name = (*name).to_owned();
        messages::take(reader, file, &row, Column::Code, "intune", &name);
        found = true;
    }
    if !found {
        let what = Phrase::new("コードの表のない文書", "documents without a table of codes");
        reader.leave_out(file, what, Some(String::new()));
    }
}

/// The cells of a row, without marks of emphasis and code; a bar after a backslash is a letter.
fn cells(row: &str) -> Vec<String> {
    let row = row.replace("\\|", "\u{1}");
    let plain = |cell: &str| cell.replace(['*', '`'], "").replace('\u{1}', "|").trim().to_owned();
    row.split('|').map(plain).collect()
}
