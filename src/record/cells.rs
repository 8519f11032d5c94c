//! Splits a line into cells.

use std::borrow::Cow;

use crate::source::looked_at;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    Tab,
    /// Commas, with quotes as RFC 4180 has them.
    Comma,
    /// Semicolons, as spreadsheets write where the comma is the decimal mark.
    Semicolon,
    /// Two or more spaces, or a wide one.
    Spaces,
    /// `|`, as Markdown has it.
    Pipe,
    /// HTML's elements: `formats::html` takes such rows apart, and a line of them is one cell.
    Elements,
}

/// The cells of a line, in `cells`, which keeps its memory.
pub(super) fn split<'t>(line: &'t str, delimiter: Delimiter, cells: &mut Vec<Cow<'t, str>>) {
    cells.clear();
    looked_at(line.len());
    match delimiter {
        Delimiter::Tab => by_byte(line, b'\t', cells),
        Delimiter::Comma => by_byte(line, b',', cells),
        Delimiter::Semicolon => by_byte(line, b';', cells),
        Delimiter::Pipe => {
            let inner = line.trim();
            let inner = inner.strip_prefix('|').unwrap_or(inner);
            let inner = inner.strip_suffix('|').unwrap_or(inner);
            cells.extend(inner.split('|').map(|cell| Cow::Borrowed(cell.trim())));
        }
        Delimiter::Spaces => by_runs(line, cells),
        Delimiter::Elements => cells.push(Cow::Borrowed(line)),
    }
}

fn by_byte<'t>(line: &'t str, delimiter: u8, cells: &mut Vec<Cow<'t, str>>) {
    let bytes = line.as_bytes();
    let quoted = memchr::memchr(b'"', bytes).is_some();
    let mut next = Some(0);
    while let Some(start) = next {
        if quoted
            && bytes.get(start) == Some(&b'"')
            && let Some((cell, behind)) = quoted_cell(line, start, delimiter)
        {
            cells.push(cell);
            next = behind;
            continue;
        }
        let rest = bytes.get(start..).unwrap_or_default();
        let end = memchr::memchr(delimiter, rest).map(|length| start + length);
        cells.push(Cow::Borrowed(line.get(start..end.unwrap_or(line.len())).unwrap_or_default()));
        next = end.map(|end| end + 1);
    }
}

/// A cell in quotes at `start`, and where the next begins. `None` where the quotes are a part of the
/// text: a tab-separated message may begin with a quotation.
fn quoted_cell(line: &str, start: usize, delimiter: u8) -> Option<(Cow<'_, str>, Option<usize>)> {
    let bytes = line.as_bytes();
    let mut at = start + 1;
    let mut doubled = false;
    loop {
        at += memchr::memchr(b'"', bytes.get(at..)?)?;
        match bytes.get(at + 1) {
            Some(b'"') => {
                doubled = true;
                at += 2;
            }
            Some(&byte) if byte == delimiter => break,
            None => break,
            Some(_) => return None,
        }
    }
    let inside = line.get(start + 1..at)?;
    let cell =
        if doubled { Cow::Owned(inside.replace("\"\"", "\"")) } else { Cow::Borrowed(inside) };
    Some((cell, bytes.get(at + 1).map(|_| at + 2)))
}

fn by_runs<'t>(line: &'t str, cells: &mut Vec<Cow<'t, str>>) {
    let mut rest = line.trim();
    while !rest.is_empty() {
        let end = run_start(rest);
        cells.push(Cow::Borrowed(rest.get(..end).unwrap_or(rest)));
        rest = rest.get(end..).unwrap_or_default().trim_start();
    }
}

/// Where the first gap between columns is: two spaces, a tab, or a wide space.
pub(super) fn run_start(text: &str) -> usize {
    let mut previous_space = None;
    for (at, character) in text.char_indices() {
        match character {
            '\t' | '\u{3000}' => return previous_space.unwrap_or(at),
            ' ' | '\u{A0}' if let Some(start) = previous_space => return start,
            ' ' | '\u{A0}' => previous_space = Some(at),
            _ => previous_space = None,
        }
    }
    text.len()
}

#[cfg(test)]
crate::source::cases! {
    cells_of_lines: |line| {
        let (kind, line) = line.split_once(' ').unwrap_or_default();
        let delimiter = match kind {
            "tab" => Delimiter::Tab,
            "comma" => Delimiter::Comma,
            "pipe" => Delimiter::Pipe,
            _ => Delimiter::Spaces,
        };
        let mut cells = Vec::new();
        split(line, delimiter, &mut cells);
        listed(cells)
    };
}
