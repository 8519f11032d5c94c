//! Pieces of a line: links, labels before a colon, cells of a table.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinkText<'l> {
    pub(super) range: Range<usize>,
    pub(super) label: &'l str,
    pub(super) target: &'l str,
}

pub(super) fn links(line: &str) -> Vec<LinkText<'_>> {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[([^\[\]]*)\]\(([^)]*)\)").expect("it is a pattern"));
    let links = LINK.captures_iter(line).map(|found| {
        let range = found.get_match().range();
        let (_, [label, target]) = found.extract();
        LinkText { range, label, target: target.trim() }
    });
    links.collect()
}

/// The text after one of `names` and a colon.
pub(super) fn labelled<'l>(line: &'l str, names: &[&str]) -> Option<&'l str> {
    let line = line.trim();
    names.iter().find_map(|name| {
        let rest = line.strip_prefix(name)?.trim_start();
        rest.strip_prefix([':', '：']).map(str::trim)
    })
}

/// The cells of a table's row, `\|` being a bar inside a cell.
pub(super) fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.replace("\\|", "\0");
    let mut cells: Vec<String> =
        inner.split('|').map(|cell| cell.trim().replace('\0', "|")).collect();
    // The text after the last bar is no cell.
    cells.pop_if(|last| last.is_empty());
    Some(cells)
}

/// Whether the cells are the line under a table's head.
pub(super) fn is_rule(cells: &[String]) -> bool {
    !cells.is_empty()
        && cells.iter().all(|cell| {
            cell.contains('-') && cell.chars().all(|character| matches!(character, '-' | ':' | ' '))
        })
}

/// A heading's number and what follows it: `3-c. 応答` is `3-c` and `応答`.
pub(super) fn numbered(heading: &str) -> (&str, &str) {
    let heading = heading.trim();
    let part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '.');
    match heading.split_once([' ', '　']) {
        Some((number, title))
            if number.starts_with(|it: char| it.is_ascii_digit()) && number.chars().all(part) =>
        {
            (number.trim_end_matches('.'), title.trim())
        }
        _ => ("", heading),
    }
}

#[cfg(test)]
crate::source::cases! {
    links_of_lines: |line| listed(links(line).iter().map(|it| format!("{} {}", it.label, it.target)));
    premises_of_lines: |line| shown(labelled(line, &["前提"]));
    cells_of_flows: |line| {
        let cells = cells(line);
        format!("{cells:?} {}", cells.as_deref().is_some_and(is_rule))
    };
    numbers_of_checks: |heading| listed(<[&str; 2]>::from(numbered(heading)));
}
