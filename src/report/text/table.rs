//! Lays a table out for a terminal.
//!
//! 1. Every column gets what its widest cell needs, where the line is wide enough for all.
//! 2. Otherwise the widest columns give way, and their cells are broken into lines.
//! 3. Where even that leaves columns too narrow to read, every row becomes a list of
//!    `heading: cell`.

use super::style::{Fragment, Role};
use super::wrap::{columns, wrap};

/// The cells of a row, the first row being the table's head.
pub(crate) type TableRow = Vec<Vec<Fragment>>;

pub(crate) fn cell(text: impl Into<String>) -> Vec<Fragment> {
    vec![Fragment::plain(text)]
}

/// A column narrower than this breaks Japanese text into single words.
const NARROWEST: usize = 8;

const GAP: &str = " │ ";

pub(crate) fn render(rows: &[TableRow], width: usize) -> Vec<Vec<Fragment>> {
    let Some((head, body)) = rows.split_first() else { return Vec::new() };
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let needed: Vec<usize> = (0..count)
        .map(|column| rows.iter().map(|row| cell_columns(row, column)).max().unwrap_or(0))
        .collect();
    let available = width.saturating_sub(columns(GAP) * count.saturating_sub(1));
    let Some(widths) = share(&needed, available) else {
        return as_list(head, body, width);
    };
    let mut lines = grid_row(head, &widths, Role::Strong);
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    lines.push(vec![Fragment::new(rule.join("─┼─"), Role::Faint)]);
    for row in body {
        lines.extend(grid_row(row, &widths, Role::Plain));
    }
    lines
}

/// The width of each column, or `None` where the columns would become too narrow.
fn share(needed: &[usize], available: usize) -> Option<Vec<usize>> {
    let mut widths = needed.to_vec();
    while widths.iter().sum::<usize>() > available {
        let widest = widths.iter_mut().max()?;
        if *widest <= NARROWEST {
            return None;
        }
        *widest -= 1;
    }
    Some(widths)
}

fn cell_columns(row: &TableRow, column: usize) -> usize {
    let cell = row.get(column).map(Vec::as_slice).unwrap_or_default();
    let text: String = cell.iter().map(|part| part.text.as_str()).collect();
    text.split('\n').map(columns).max().unwrap_or(0)
}

fn grid_row(row: &TableRow, widths: &[usize], role: Role) -> Vec<Vec<Fragment>> {
    let cells = widths.iter().enumerate();
    let cells = cells.map(|(column, width)| wrap(&with_role(row.get(column), role), *width));
    let cells: Vec<Vec<Vec<Fragment>>> = cells.collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|line| {
            let mut whole = Vec::new();
            for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
                if column > 0 {
                    whole.push(Fragment::new(GAP, Role::Faint));
                }
                let parts = cell.get(line).map(Vec::as_slice).unwrap_or_default();
                let used: usize = parts.iter().map(|part| columns(&part.text)).sum();
                whole.extend_from_slice(parts);
                whole.push(Fragment::plain(" ".repeat(width.saturating_sub(used))));
            }
            whole
        })
        .collect()
}

fn as_list(head: &TableRow, body: &[TableRow], width: usize) -> Vec<Vec<Fragment>> {
    let mut lines = Vec::new();
    for row in body {
        for (column, cell) in row.iter().enumerate() {
            if cell.is_empty() {
                continue;
            }
            let mut parts = with_role(head.get(column), Role::Strong);
            if !parts.is_empty() {
                parts.push(Fragment::plain(": "));
            }
            parts.extend_from_slice(cell);
            for (index, line) in wrap(&parts, width.saturating_sub(2)).into_iter().enumerate() {
                let mark = if column == 0 && index == 0 { "・" } else { "  " };
                lines.push([vec![Fragment::plain(mark)], line].concat());
            }
        }
    }
    lines
}

/// The fragments of a cell, the plain ones in `role`.
fn with_role(cell: Option<&Vec<Fragment>>, role: Role) -> Vec<Fragment> {
    let parts = cell.map(Vec::as_slice).unwrap_or_default();
    let of = |part: &Fragment| if part.role == Role::Plain { role } else { part.role };
    parts.iter().map(|part| Fragment::new(part.text.as_str(), of(part))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::style::write_line;
    use super::*;

    fn laid_out(rows: &[&[&str]], width: usize) -> String {
        let rows: Vec<TableRow> = rows
            .iter()
            .map(|row| row.iter().map(|cell| vec![Fragment::plain(*cell)]).collect())
            .collect();
        let mut out = String::new();
        for line in render(&rows, width) {
            write_line(&line, false, &mut out);
        }
        out
    }

    const ROWS: &[&[&str]] = &[
        &["ステータス", "タイムアウト", "意味"],
        &["PUSH送信中", "6日", "端末へ通知を送っている"],
        &["実行中", "30分", "端末が処理している。結果が届かないまま終わることがある"],
    ];

    crate::source::cases! {
        tables_at_widths: |width| laid_out(ROWS, width.parse().expect("a number"));
    }

    #[test]
    fn an_empty_table_is_nothing() {
        assert_eq!(render(&[], 40), Vec::<Vec<Fragment>>::new());
    }
}
