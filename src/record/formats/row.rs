//! A table's rows: by the labels of its columns, or by what the cells hold.

use std::borrow::Cow;

use crate::facts::{Code, Kind, Moment, Record, Severity, fold, read_level, read_time};
use crate::record::cells::{self, Delimiter};
use crate::record::collect::{Collector, Stretch, fact};
use crate::record::columns::{self, Role};
use crate::record::paste::Cursor;
use crate::record::words;
use crate::source::Line;
use crate::text::is_hiragana;

/// What stands behind so many cells of a row without labels is not looked at.
const MOST_CELLS: usize = 200;

/// A table's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::record) struct Layout {
    pub(in crate::record) delimiter: Delimiter,
    pub(in crate::record) product: Option<&'static str>,
    pub(in crate::record) labels: Vec<String>,
    roles: Vec<Role>,
}

impl Layout {
    /// The columns that a header names.
    pub(in crate::record) fn new(
        delimiter: Delimiter,
        product: Option<&'static str>,
        labels: &[Cow<'_, str>],
    ) -> Self {
        let labels: Vec<String> = labels.iter().map(|label| label.trim().to_owned()).collect();
        let mut roles: Vec<Role> = labels.iter().map(|label| columns::role(label)).collect();
        // 詳細 of a job list names what was sent; only where nothing else tells, it is the message.
        let told = roles.contains(&Role::State)
            || roles.iter().filter(|role| **role == Role::Message).count() > 1;
        for (role, label) in roles.iter_mut().zip(&labels) {
            if told
                && *role == Role::Message
                && matches!(label.as_str(), "詳細" | "概要" | "detail" | "details")
            {
                *role = Role::Known;
            }
        }
        Self { delimiter, product, labels, roles }
    }

    /// Whether a row without a time in its place was written for other columns: a time stands in one that
    /// the header calls something else.
    fn is_wrong_for(&self, cells: &[Cow<'_, str>], collector: &Collector<'_>) -> bool {
        let mut labelled = self.cells(Role::Time, cells).peekable();
        let is_time = |cell: &str| {
            let folded = fold(cell);
            read_time(&folded, collector.now)
                .is_some_and(|timed| timed.has_clock && timed.len == folded.len())
        };
        let others = self.roles.iter().zip(cells).filter(|(role, _)| {
            !matches!(role, Role::Time | Role::Known | Role::Unknown | Role::State)
        });
        labelled.peek().is_some() && others.map(|(_, cell)| cell.trim()).any(is_time)
    }

    fn cells<'c>(&self, role: Role, cells: &'c [Cow<'_, str>]) -> impl Iterator<Item = &'c str> {
        self.roles
            .iter()
            .zip(cells)
            .filter(move |(known, _)| **known == role)
            .map(|(_, cell)| cell.trim())
            .filter(|cell| !cell.is_empty())
    }
}

/// The header that a line is, if its cells are labels.
pub(in crate::record) fn header<'t>(
    line: &'t str,
    delimiters: &[Delimiter],
    cells: &mut Vec<Cow<'t, str>>,
) -> Option<Delimiter> {
    delimiters.iter().copied().find(|&delimiter| {
        cells::split(line, delimiter, cells);
        cells.len() >= 2 && columns::is_header(cells.iter().map(AsRef::as_ref))
    })
}

/// Reads the rows under a header, up to the first line that is none. Where the text ends before that,
/// the columns stay in force for the text that follows.
pub(in crate::record) fn read_rows(
    layout: &Layout,
    cursor: &mut Cursor<'_>,
    collector: &mut Collector<'_>,
) {
    let mut cells = Vec::with_capacity(layout.labels.len());
    while let Some(mut line) = cursor.line() {
        cells::split(line.text, layout.delimiter, &mut cells);
        if cells.last().is_some_and(|cell| cell.starts_with('"')) {
            join_quoted_lines(layout.delimiter, &mut line, cursor);
            cells::split(line.text, layout.delimiter, &mut cells);
        }
        let rule = cells.iter().all(|cell| cell.trim_matches([' ', '-', ':', '=']).is_empty());
        if rule && !line.text.trim().is_empty() {
            cursor.advance();
            continue;
        }
        let enough = cells.len() >= 2 && cells.len() * 2 >= layout.labels.len();
        let is_again_header = enough
            && cells
                .first()
                .is_some_and(|cell| layout.labels.first().is_some_and(|l| *l == cell.trim()));
        if !enough || is_again_header {
            return;
        }
        // Empty cells vanish with the spaces between them: only whole rows are read by their labels.
        let stretch = Stretch::from(&line);
        if layout.delimiter == Delimiter::Spaces && cells.len() != layout.labels.len() {
            read_unlabelled(&stretch, &cells, layout.product, None, collector);
        } else {
            read_row(layout, &stretch, &cells, collector);
        }
        cursor.advance();
    }
    collector.layout = Some(layout.clone());
}

/// A cell in quotes may go on over several lines (RFC 4180): joins them to `line`, and leaves the cursor
/// at the last.
fn join_quoted_lines<'t>(delimiter: Delimiter, line: &mut Line<'t>, cursor: &mut Cursor<'t>) {
    const MOST_LINES: usize = 200;
    // Where a quote never closes, every row below would be tried as its end.
    const MOST_TRIED: usize = 4;
    let mut ahead = cursor.clone();
    let mut tried = 0;
    for _ in 0..MOST_LINES {
        ahead.advance();
        let Some(last) = ahead.line() else { return };
        if !last.text.contains('"') {
            continue;
        }
        tried += 1;
        if tried > MOST_TRIED {
            return;
        }
        let joined = cursor.text_between(line, &last);
        let mut cells = Vec::new();
        cells::split(joined, delimiter, &mut cells);
        if !cells.last().is_some_and(|cell| cell.starts_with('"')) {
            line.text = joined;
            *cursor = ahead;
            return;
        }
    }
}

/// Reads a row by the labels of its columns.
pub(in crate::record) fn read_row(
    layout: &Layout,
    stretch: &Stretch<'_>,
    cells: &[Cow<'_, str>],
    collector: &mut Collector<'_>,
) {
    let time = read_times(layout.cells(Role::Time, cells), collector);
    if time.is_none() && layout.is_wrong_for(cells, collector) {
        collector.warn_of_header(stretch.line);
        read_unlabelled(stretch, cells, layout.product, None, collector);
        return;
    }
    let device = layout.cells(Role::Device, cells).next();
    for user in layout.cells(Role::User, cells) {
        collector.user(user);
    }
    let severity =
        layout.cells(Role::Severity, cells).next().and_then(|cell| collector.level(cell));
    let mut codes: Vec<Code> = Vec::new();
    for code in layout.cells(Role::Code, cells).filter_map(|cell| collector.codes.read(cell)) {
        // One code in two cells: hexadecimal and decimal.
        if !codes.iter().any(|known| known.number == code.number) {
            codes.push(code);
        }
    }
    let state = layout.cells(Role::State, cells).next();
    let message = layout.cells(Role::Message, cells).next();
    let mut record = match (message, state) {
        (Some(message), _) => record_in(Kind::Log, stretch, message),
        (None, Some(state)) if codes.is_empty() => {
            let mut record = record_in(Kind::Status, stretch, state);
            record.severity = words::state(state);
            record
        }
        (None, _) => {
            let kind = if codes.is_empty() { Kind::Status } else { Kind::Log };
            match layout.delimiter {
                // Tags are no part of what the row says.
                Delimiter::Elements => {
                    let (line, range) = stretch.place_of(stretch.text);
                    Record::new(kind, Cow::Owned(cells.join("\t")), line, range)
                }
                _ => record_in(kind, stretch, stretch.text.trim()),
            }
        }
    };
    if record.kind == Kind::Status {
        let command = layout.cells(Role::Command, cells).next();
        // Rows without a state are told apart by their answers of yes and no, not by their names.
        let answers: String =
            cells.iter().filter(|cell| is_answer(cell)).map(AsRef::as_ref).collect();
        record.distinction = Some(match (command, state) {
            (Some(command), _) => Cow::Owned(command.to_owned()),
            (None, Some(_)) => Cow::Owned(answers),
            (None, None) => Cow::Owned(layout.labels.concat() + &answers),
        });
        for (label, cell) in layout.labels.iter().zip(cells) {
            if label.is_empty() || (cell.trim().is_empty() && columns::role(label) == Role::Unknown)
            {
                continue;
            }
            let fact = fact(label, cell.trim(), device, stretch.line);
            record.facts.push(fact.clone());
            collector.fact(fact);
        }
    }
    record.time = time;
    record.device = device.map(Cow::Borrowed);
    record.severity = severity.or(record.severity);
    record.product = layout.product;
    record.codes = codes;
    collector.record(record);
}

/// A record of a cell; one that goes on over lines becomes one line.
fn record_in<'c>(kind: Kind, stretch: &Stretch<'_>, message: &'c str) -> Record<'c> {
    let (line, range) = stretch.place_of(message);
    let shown = if message.contains(['\n', '\r']) {
        let parts = message.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty());
        Cow::Owned(parts.collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(message)
    };
    Record::new(kind, shown, line, range)
}

fn is_answer(cell: &str) -> bool {
    matches!(
        cell.trim(),
        "TRUE" | "FALSE" | "true" | "false" | "はい" | "いいえ" | "○" | "×" | "有効" | "無効"
    )
}

/// The time of a row; a date and a clock may have a column each.
fn read_times<'c>(
    mut cells: impl Iterator<Item = &'c str>,
    collector: &Collector<'_>,
) -> Option<Moment> {
    let first = cells.next()?;
    let folded = fold(first);
    let timed = read_time(&folded, collector.now)?;
    if timed.has_clock {
        return Some(timed.moment);
    }
    let together = cells.next().map(|clock| format!("{folded} {}", fold(clock)));
    let both = together.and_then(|text| read_time(&text, collector.now));
    Some(both.map_or(timed.moment, |both| both.moment))
}

/// What the cells of a row without labels hold.
#[derive(Debug, Default)]
pub(in crate::record) struct Inferred {
    pub(in crate::record) time: Option<Moment>,
    pub(in crate::record) severity: Option<Severity>,
    /// The cell that holds a state.
    pub(in crate::record) state: Option<usize>,
    /// The cell that holds a message.
    pub(in crate::record) message: Option<usize>,
}

impl Inferred {
    /// Whether the cells are those of a log or a job list: a time, with a message or a state.
    pub(in crate::record) fn is_row(&self) -> bool {
        self.time.is_some() && (self.message.is_some() || self.state.is_some())
    }
}

/// Tells what the cells of a row hold by what they look like.
pub(in crate::record) fn infer(cells: &[Cow<'_, str>], collector: &Collector<'_>) -> Inferred {
    let mut inferred = Inferred::default();
    let mut best = 0;
    for (index, cell) in cells.iter().enumerate().take(MOST_CELLS) {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        if inferred.time.is_none() && index <= 1 {
            let folded = fold(cell);
            if let Some(timed) = read_time(&folded, collector.now)
                && timed.len == folded.len()
            {
                inferred.time = Some(timed.moment);
                continue;
            }
        }
        if words::is_log_type(cell) {
            continue;
        }
        if let Some(severity) = words::state(cell) {
            inferred.state = Some(index);
            inferred.severity = inferred.severity.or(Some(severity));
            continue;
        }
        if let Some(severity) = read_level(cell) {
            inferred.severity = Some(severity);
            continue;
        }
        let truncated = cell.ends_with('…') || cell.ends_with("...");
        let score = if words::command_start(cell).is_some() {
            3
        } else if words::is_sentence(cell) {
            2
        } else {
            usize::from(truncated)
        };
        if score > best {
            best = score;
            inferred.message = Some(index);
        }
    }
    inferred
}

/// Hands over a row without labels. `device` is the cell that the format's order gives the device.
pub(in crate::record) fn read_unlabelled(
    stretch: &Stretch<'_>,
    cells: &[Cow<'_, str>],
    product: Option<&'static str>,
    device: Option<usize>,
    collector: &mut Collector<'_>,
) {
    let inferred = infer(cells, collector);
    let cell =
        |index: Option<usize>| index.and_then(|index| cells.get(index)).map(|cell| cell.trim());
    let device = cell(device).filter(|name| !name.is_empty() && !words::is_sentence(name));
    let mut record = match (cell(inferred.message), cell(inferred.state)) {
        (Some(message), _) => record_in(Kind::Log, stretch, message),
        (None, Some(state)) => record_in(Kind::Status, stretch, state),
        (None, None) => record_in(Kind::Log, stretch, without_time(stretch.text, collector)),
    };
    if record.kind == Kind::Status {
        let value = record.message.clone().into_owned();
        let fact = fact("ステータス", &value, device, stretch.line);
        record.facts.push(fact.clone());
        collector.fact(fact);
    }
    record.time = inferred.time;
    record.severity = inferred.severity;
    record.device = device.map(Cow::Borrowed);
    record.product = product;
    collector.record(record);
}

/// The text behind the time that a line begins with.
pub(in crate::record) fn without_time<'t>(line: &'t str, collector: &Collector<'_>) -> &'t str {
    leading_time(line, collector).map_or(line.trim(), |(_, rest)| rest)
}

/// The time that a line begins with, in brackets or not, and the text behind it.
pub(in crate::record) fn leading_time<'t>(
    line: &'t str,
    collector: &Collector<'_>,
) -> Option<(Moment, &'t str)> {
    let trimmed = line.trim_start();
    let opened = trimmed.strip_prefix('[');
    let text = opened.unwrap_or(trimmed);
    let head_end = text.char_indices().nth(64).map_or(text.len(), |(at, _)| at);
    let head = text.get(..head_end).unwrap_or(text);
    let folded = crate::facts::Folded::new(head);
    let timed = read_time(folded.text(), collector.now)?;
    let end = folded.origin(0..timed.len).end;
    let mut rest = text.get(end..).unwrap_or_default();
    // 「11月22日の夜に」 is a sentence, not a time before one.
    if rest.starts_with(is_hiragana) {
        return None;
    }
    if opened.is_some() {
        rest = rest.strip_prefix(']')?;
    }
    let rest = rest.trim_start_matches([',', ':', ';', '|']).trim();
    Some((timed.moment, rest))
}
