//! Tables: one that holds data becomes a table of Markdown, one that only lays out a page its blocks.

use scraper::ElementRef;

use super::Writer;
use crate::import::messages;

/// Spans beyond this are slips or attacks.
const WIDEST: usize = 50;
/// So many cells are read of a table.
const MOST_CELLS: usize = 20_000;

/// A row in the making: its cells as Markdown of one line.
struct TableRow {
    cells: Vec<String>,
    head: bool,
}

pub(super) fn blocks(writer: &mut Writer<'_>, table: ElementRef<'_>, depth: usize) -> Vec<String> {
    let elements = rows(table);
    let widest = elements.iter().map(|row| cells(*row).len()).max().unwrap_or_default();
    let nested = table.descendent_elements().skip(1).any(|inner| inner.value().name() == "table");
    let layout = table.value().attr("role") == Some("presentation");
    let mut blocks = Vec::new();
    if widest <= 1 || nested || layout {
        for cell in elements.iter().flat_map(|row| cells(*row)) {
            blocks.extend(writer.blocks(cell, depth));
        }
        return blocks;
    }
    let caption = table.child_elements().find(|child| child.value().name() == "caption");
    if let Some(caption) = caption {
        blocks.extend(writer.blocks(caption, depth));
    }
    let mut rows = filled(writer, &elements, depth);
    if let [first, others @ ..] = rows.as_mut_slice()
        && !others.is_empty()
        && looks_like_head(&elements, first)
    {
        first.head = true;
        for cell in &mut first.cells {
            let bare = cell.strip_prefix("**").and_then(|cell| cell.strip_suffix("**"));
            if let Some(bare) = bare {
                *cell = bare.to_owned();
            }
        }
    }
    blocks.push(written(&rows));
    blocks
}

/// Whether the first row of a table without `<th>` is its head: it is set off from the second, in bold or by its
/// ground, or has the names of columns.
fn looks_like_head(elements: &[ElementRef<'_>], first: &TableRow) -> bool {
    let has_th = elements.iter().flat_map(|row| cells(*row)).any(|it| it.value().name() == "th");
    if has_th || first.cells.len() < 2 || first.cells.iter().any(String::is_empty) {
        return false;
    }
    let [head, body, ..] = elements else { return false };
    let all =
        |row: &ElementRef<'_>, is: fn(ElementRef<'_>) -> bool| cells(*row).into_iter().all(is);
    let set_off = |is| all(head, is) && !all(body, is);
    let named = first.cells.iter().filter(|cell| messages::named(&cell.replace('*', "")).is_some());
    set_off(is_bold) || set_off(has_ground) || named.count() == first.cells.len()
}

fn is_bold(cell: ElementRef<'_>) -> bool {
    let mut texts = cell
        .descendants()
        .filter(|node| node.value().as_text().is_some_and(|text| !text.trim().is_empty()));
    texts.all(|text| {
        let within = text.ancestors().filter_map(ElementRef::wrap);
        within
            .take_while(|it| it.id() != cell.id())
            .any(|it| matches!(it.value().name(), "b" | "strong"))
    })
}

fn has_ground(cell: ElementRef<'_>) -> bool {
    let value = cell.value();
    value.attr("bgcolor").is_some()
        || value.attr("style").is_some_and(|style| style.contains("background"))
        || value.classes().any(|class| class.contains("head") || class.contains("highlight"))
}

/// The rows of this table, not those of tables within.
fn rows(table: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let mut rows = Vec::new();
    for child in table.child_elements() {
        match child.value().name() {
            "tr" => rows.push(child),
            "thead" | "tbody" | "tfoot" => {
                rows.extend(child.child_elements().filter(|row| row.value().name() == "tr"));
            }
            _ => {}
        }
    }
    rows
}

fn cells(row: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")).collect()
}

/// The rows with every cell in its column. A cell that spans rows is repeated in each, so that every row
/// says all of it; one that spans columns is followed by empty ones.
fn filled(writer: &mut Writer<'_>, elements: &[ElementRef<'_>], depth: usize) -> Vec<TableRow> {
    let mut rows: Vec<TableRow> = Vec::new();
    // Cells that span into the next rows: column, rows left, text.
    let mut hanging: Vec<(usize, usize, String)> = Vec::new();
    let mut count = 0;
    for row in elements {
        let mut line: Vec<String> = Vec::new();
        let mut own = cells(*row).into_iter();
        let head = cells(*row).iter().all(|cell| cell.value().name() == "th") && own.len() > 0;
        let mut next = Vec::new();
        loop {
            if let Some(at) = hanging.iter().position(|(column, ..)| *column == line.len()) {
                let (column, left, text) = hanging.swap_remove(at);
                line.push(text.clone());
                if left > 1 {
                    next.push((column, left - 1, text));
                }
                continue;
            }
            let Some(cell) = own.next() else { break };
            let span = |name| cell.value().attr(name).and_then(|n| n.trim().parse::<usize>().ok());
            let text = writer.blocks(cell, depth).join(" ");
            let text = one_line(&text);
            let down = span("rowspan").unwrap_or(1).min(elements.len());
            if down > 1 {
                next.push((line.len(), down - 1, text.clone()));
            }
            line.push(text);
            for _ in 1..span("colspan").unwrap_or(1).min(WIDEST) {
                line.push(String::new());
            }
        }
        // A cell that spans beside the row's own cells goes on past it.
        let past = hanging.into_iter().filter(|(_, left, _)| *left > 1);
        next.extend(past.map(|(at, left, text)| (at, left - 1, text)));
        hanging = next;
        count += line.len();
        rows.push(TableRow { cells: line, head });
        if count > MOST_CELLS {
            break;
        }
    }
    rows
}

/// A cell's Markdown on one line.
fn one_line(text: &str) -> String {
    let text = text.replace("\\\n", " ");
    let lines = text.lines().map(|line| {
        let line = line.trim_start();
        line.strip_prefix("- ").map_or_else(|| line.to_owned(), |item| format!("・{item}"))
    });
    let fenced = lines.filter(|line| !line.starts_with("```"));
    let text = fenced.collect::<Vec<_>>().join(" ");
    // A bar within a code span would end the cell.
    let mut out = String::with_capacity(text.len());
    for character in text.trim().chars() {
        if character == '|' && !out.ends_with('\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn written(rows: &[TableRow]) -> String {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default().min(WIDEST * 4);
    let line = |cells: &[String]| {
        let cell = |at: usize| format!(" {} |", cells.get(at).map_or("", String::as_str));
        format!("|{}", (0..width).map(cell).collect::<String>())
    };
    let (head, body) = match rows.split_first() {
        Some((first, rest)) if first.head => (line(&first.cells), rest),
        _ => (line(&[]), rows),
    };
    let rule = format!("|{}", "---|".repeat(width));
    let mut out = vec![head, rule];
    out.extend(body.iter().filter(|row| !row.cells.is_empty()).map(|row| line(&row.cells)));
    out.join("\n")
}
