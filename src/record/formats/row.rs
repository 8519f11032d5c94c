//! A table's rows: by the labels of its columns, or by what the cells hold.

use std::borrow::Cow;

use crate::facts::{
    Code, Kind, Moment, Operation, Record, Severity, denies, fold, is_domain, read_level,
    read_number, read_time, resolve_time, whole_time,
};
use crate::record::cells::{self, Delimiter};
use crate::record::collect::{Collector, SourceText, fact, one_line};
use crate::record::columns::{self, Role};
use crate::record::cursor::Cursor;
use crate::record::layout::Layout;
use crate::record::leading_time::without_time;
use crate::record::terms::severity_of_value;
use crate::record::words;
use crate::source::Line;
use crate::text::lexicon::{SEVERITY, Section};

/// The most cells of a row without labels that are looked at.
const MOST_CELLS: usize = 200;

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

/// The columns of a table whose labels are a console's own.
pub(super) fn layout_of(line: &str, product_of: Owner) -> Option<Layout> {
    let delimiters = [Delimiter::Tab, Delimiter::Comma, Delimiter::Spaces];
    let mut cells = Vec::new();
    let delimiter = header(line, &delimiters, &mut cells)?;
    Some(Layout::new(delimiter, Some(product_of(&cells)?), &cells))
}

/// Whose a table with these labels is.
type Owner = fn(&[Cow<'_, str>]) -> Option<&'static str>;

pub(super) fn is_timed(cells: &[Cow<'_, str>]) -> bool {
    cells.first().is_some_and(|cell| is_moment(cell))
}

/// Whether a cell is a time with a clock and nothing else.
pub(super) fn is_moment(cell: &str) -> bool {
    whole_time(cell, None).is_some_and(|timed| timed.has_clock)
}

/// Reads the rows without labels at the cursor, as long as they are `fits`; returns whether there were any.
pub(in crate::record) fn read_all_unlabelled<'t>(
    delimiter: Delimiter,
    cursor: &mut Cursor<'t>,
    collector: &mut Collector<'_>,
    fits: impl Fn(&Line<'t>, &[Cow<'t, str>], &Collector<'_>) -> bool,
) -> bool {
    let (mut any, mut cells) = (false, Vec::new());
    while let Some(line) = cursor.line() {
        // Who writes a list puts a mark before each row.
        let marked = delimiter == Delimiter::Spaces;
        let text = if marked { words::without_list_mark(line.text) } else { line.text };
        cells::split(text, delimiter, &mut cells);
        if !fits(&line, &cells, collector) {
            break;
        }
        read_unlabelled(&SourceText::from(&line), &cells, None, None, collector);
        any = true;
        cursor.advance();
    }
    any
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
        let first = cells.first().map(|cell| cell.trim());
        let is_again_header = enough && first == layout.labels.first().map(String::as_str);
        if !enough || is_again_header {
            return;
        }
        // A gap at the end of a line shows that the last cell is empty.
        if layout.delimiter == Delimiter::Spaces
            && cells.len() + 1 == layout.labels.len()
            && line.text.ends_with("  ")
        {
            cells.push(Cow::Borrowed(""));
        }
        // Empty cells vanish with the spaces between them: only whole rows are read by their labels.
        let source = SourceText::from(&line);
        if layout.delimiter == Delimiter::Spaces && cells.len() != layout.labels.len() {
            read_unlabelled(&source, &cells, layout.product, None, collector);
        } else {
            read_row(layout, &source, &cells, collector);
        }
        cursor.advance();
    }
    collector.layout = Some(layout.clone());
}

/// Joins the lines of a quoted cell (RFC 4180) to `line`, and leaves the cursor at the last.
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

pub(in crate::record) fn read_row(
    layout: &Layout,
    source: &SourceText<'_>,
    cells: &[Cow<'_, str>],
    collector: &mut Collector<'_>,
) {
    let time = read_times(layout.cells(Role::Time, cells), collector);
    if time.is_none() && layout.is_wrong_for(cells, collector.now) {
        collector.warn_of_header(source.line);
        read_unlabelled(source, cells, layout.product, None, collector);
        return;
    }
    let device = layout.cells(Role::Device, cells).next();
    let time = time.or_else(|| layout.other_time(cells, collector.now));
    for user in layout.cells(Role::User, cells) {
        collector.user(user);
    }
    let severity = layout.cells(Role::Severity, cells).next();
    let severity =
        severity.and_then(|cell| collector.level(cell)).or_else(|| layout.other_level(cells));
    let mut codes = codes_of(layout.codes(cells), collector);
    if codes.is_empty() {
        // A code with its domain is one under any label.
        let named = cells.iter().map(|cell| cell.trim());
        codes = codes_of(named.filter(|cell| is_domain_with_number(cell)), collector);
    }
    let state = layout.cells(Role::State, cells).next();
    // A number is no state of anything.
    let state = state.filter(|state| !columns::is_row_number(state));
    let message = layout.message(cells);
    let mut record = match (message, state) {
        (Some(message), state) => {
            let mut record = record_in(Kind::Log, source, message);
            let said = state.and_then(|state| severity_of_value(collector.terms(), state));
            record.severity = said.filter(|severity| *severity == Severity::Error);
            record
        }
        (None, Some(state)) if codes.is_empty() => {
            let mut record = record_in(Kind::Status, source, state);
            record.severity = severity_of_value(collector.terms(), state);
            record
        }
        (None, _) => {
            let (line, range) = source.place_of(source.text);
            Record::new(Kind::Log, Cow::Owned(layout.telling(cells)), line, range)
        }
    };
    // A level wins over words: the program knew.
    let alarms = matches!(severity, Some(Severity::Error | Severity::Warning));
    let mut tells = !codes.is_empty() || message.is_some_and(|message| alarms || !denies(message));
    // A firewall tells in one word what it did with a packet.
    tells |= message.is_none() && state.is_none() && cells.iter().any(|cell| is_refusal(cell));
    if record.kind == Kind::Status || layout.tells_facts() {
        for (label, cell) in layout.labels.iter().zip(cells) {
            if label.is_empty() || (cell.trim().is_empty() && columns::role(label) == Role::Unknown)
            {
                continue;
            }
            let value = collector.resolved(cell.trim(), source.line);
            let fact = fact(label, &value, device, source.line);
            if record.kind == Kind::Status {
                record.facts.push(fact.clone());
            }
            collector.fact(fact);
        }
    }
    if record.kind == Kind::Status {
        let command = layout.cells(Role::Command, cells).next();
        // Rows are told apart by their answers of yes and no, not by their names.
        let answers = || cells.iter().filter(|cell| is_answer(cell)).map(AsRef::as_ref).collect();
        let apart = command.map(|command| Cow::Borrowed(words::apart(command)));
        record.distinction = apart.or_else(|| Some(Cow::Owned(answers())));
        // A row in order is a fact, and facts are no incidents.
        tells = record.severity != Some(Severity::Info) || severity.is_some();
    }
    if !tells {
        return;
    }
    record.time = time;
    record.device = device.map(Cow::Borrowed);
    record.severity = severity.or(record.severity);
    record.product = layout.product;
    record.codes = codes;
    collector.record(record);
}

/// The codes of the cells of a row; one that is written in two ways (hexadecimal and signed) is one, and 0 is none.
fn codes_of<'c>(cells: impl Iterator<Item = &'c str>, collector: &Collector<'_>) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    // One cell may have both forms: `-2016281112 (0x87D1FDE8)`.
    let read = |cell: &str| {
        let first = || cell.split(['(', '（']).next().filter(|first| first.len() < cell.len());
        collector.codes.read(cell).or_else(|| collector.codes.read(first()?))
    };
    for code in cells.filter_map(read).filter(|code| code.number != 0) {
        if !codes.iter().any(|known| is_same_code(known, &code)) {
            codes.push(code);
        }
    }
    codes
}

/// Whether two codes of one row are the same number of 32 bits.
fn is_same_code(known: &Code, other: &Code) -> bool {
    let bits = |code: &Code| {
        let written = fold(&code.written);
        let number = read_number(written.trim_matches(['(', ')', '[', ']', ' ']));
        number.map_or(code.number, |(number, _)| number) & 0xFFFF_FFFF
    };
    known.number == other.number && known.domain == other.domain || bits(known) == bits(other)
}

/// A record of a cell; one that goes on over lines becomes one line.
fn record_in<'c>(kind: Kind, source: &SourceText<'_>, message: &'c str) -> Record<'c> {
    let (line, range) = source.place_of(message);
    Record::new(kind, one_line(message), line, range)
}

static REFUSALS: Section = SEVERITY.section("refusals");

/// Whether a cell says that something was not let through.
fn is_refusal(cell: &str) -> bool {
    let cell = cell.trim();
    cell.len() <= 16 && REFUSALS.iter().any(|word| word.eq_ignore_ascii_case(cell))
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
    let Some(timed) = read_time(&folded, collector.now) else {
        // 11/17 under 発生日 is a day, of the year that the clock tells.
        let day =
            collector.now.filter(|_| folded.len() <= 12).and_then(|now| resolve_time(&folded, now));
        return read_time(&day?, collector.now).map(|timed| timed.moment);
    };
    if timed.has_clock {
        return Some(timed.moment);
    }
    let together = cells.next().map(|clock| format!("{folded} {}", fold(clock)));
    let both = together.and_then(|text| read_time(&text, collector.now));
    Some(both.map_or(timed.moment, |both| both.moment))
}

/// The contents of a row's cells without labels.
#[derive(Debug, Default)]
pub(in crate::record) struct Inferred {
    pub(in crate::record) time: Option<Moment>,
    pub(in crate::record) severity: Option<Severity>,
    pub(in crate::record) state: Option<usize>,
    pub(in crate::record) message: Option<usize>,
    /// The first cell that holds a code and nothing else.
    code: Option<usize>,
}

impl Inferred {
    /// Whether the cells are those of a log or a job list: a time, with a message or a state.
    pub(in crate::record) fn is_row(&self) -> bool {
        self.time.is_some() && (self.message.is_some() || self.state.is_some())
    }

    /// Whether a cell is a state or a level.
    pub(in crate::record) fn tells_state(&self) -> bool {
        self.state.is_some() || self.severity.is_some()
    }

    /// Whether a row of which no cell is a message tells of anything: names and counts beside each other do not.
    fn says_something(&self, text: &str) -> bool {
        self.message.is_some()
            || self.code.is_some()
            || self.time.is_some()
            || crate::facts::read_wording(text) != Severity::Unknown
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
        if inferred.time.is_none()
            && index <= 1
            && let Some(timed) = whole_time(cell, collector.now)
        {
            inferred.time = Some(timed.moment);
            continue;
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
        if is_code_cell(cell) {
            inferred.code = inferred.code.or(Some(index));
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

/// Emits a row without labels. `device` is the cell that the format's order gives the device.
pub(in crate::record) fn read_unlabelled(
    source: &SourceText<'_>,
    cells: &[Cow<'_, str>],
    product: Option<&'static str>,
    device: Option<usize>,
    collector: &mut Collector<'_>,
) {
    let inferred = infer(cells, collector);
    let cell =
        |index: Option<usize>| index.and_then(|index| cells.get(index)).map(|cell| cell.trim());
    let device = match device {
        Some(_) => cell(device),
        None => {
            let cells = || cells.iter().take(MOST_CELLS).map(|cell| cell.trim());
            let named = cells().find(|it| words::is_device_name(it));
            named.or_else(|| {
                // Of a row with a time and a message, the one cell that is the name of some thing.
                let whole = inferred.time.is_some() && inferred.message.is_some();
                let mut things = cells().filter(|it| whole && words::is_thing(it));
                things.next().filter(|_| things.next().is_none())
            })
        }
    };
    let device = device.filter(|name| !name.is_empty() && !words::is_sentence(name));
    waiting_operation(source, cells, device, collector);
    let mut record = match (cell(inferred.message), cell(inferred.state)) {
        (Some(message), _) => record_in(Kind::Log, source, message),
        (None, Some(state)) if inferred.code.is_none() => record_in(Kind::Status, source, state),
        (None, _) => {
            let text = without_time(source.text, collector.now);
            // The device has a field of its own.
            let text = device.and_then(|device| text.strip_prefix(device)).unwrap_or(text);
            record_in(Kind::Log, source, text.trim())
        }
    };
    if record.kind == Kind::Status {
        let value = record.message.clone().into_owned();
        let fact = fact("ステータス", &value, device, source.line);
        record.facts.push(fact.clone());
        collector.fact(fact);
        if inferred.severity == Some(Severity::Info) {
            return;
        }
    } else if !inferred.says_something(&record.message) {
        return;
    }
    let settled = inferred.severity == Some(Severity::Info);
    if settled && inferred.time.is_none() && inferred.message.is_none() && inferred.code.is_none() {
        return;
    }
    record.codes =
        codes_of(cells.iter().map(|cell| cell.trim()).filter(|cell| is_code_cell(cell)), collector);
    record.time = inferred.time;
    record.severity = inferred.severity;
    record.device = device.map(Cow::Borrowed);
    record.product = product;
    collector.record(record);
}

/// Emits an operation that waits for its device: a row of a console's list of commands tells nothing else.
fn waiting_operation(
    source: &SourceText<'_>,
    cells: &[Cow<'_, str>],
    device: Option<&str>,
    collector: &mut Collector<'_>,
) {
    let cells = || cells.iter().take(MOST_CELLS).map(|cell| cell.trim());
    let Some(state) = cells().find(|cell| Operation::is_waiting(cell)) else { return };
    let Some(operation) = cells().find(|cell| Operation::of_field(cell).is_some()) else { return };
    for (label, value) in [("操作", operation), ("状態", state)] {
        collector.fact(fact(label, value, device, source.line));
    }
}

/// `MCMDMErrorDomain (12025)`. Most cells are told by how they begin and end, which costs less than to fold them.
fn is_domain_with_number(cell: &str) -> bool {
    let ends = |c: char| c.is_numeric() || matches!(c, ')' | ']' | '）' | '］');
    if !cell.starts_with(char::is_alphabetic) || !cell.ends_with(ends) || !cell.contains("rror") {
        return false;
    }
    let cell = fold(cell);
    let cell = cell.trim_end_matches([')', ']', ' ']);
    let head = cell.trim_end_matches(|c: char| c.is_ascii_digit());
    let name = head.trim_end_matches([' ', ':', '/', '=', '(', '[', '#', '-']);
    head.len() < cell.len() && name.len() < head.len() && !name.contains(' ') && is_domain(name)
}

/// Whether a cell is a code and nothing else, in a form that nothing else has.
fn is_code_cell(cell: &str) -> bool {
    if cell.contains("rror") {
        return is_domain_with_number(cell.trim());
    }
    // Most cells are told by their first letter.
    if !cell.starts_with(['0', '(', '-', '０', '（', '－']) {
        return false;
    }
    let folded = fold(cell.trim());
    let all = |text: &str, digit: fn(&u8) -> bool| text.bytes().all(|byte| digit(&byte));
    if let Some(digits) = folded.strip_prefix("0x").or_else(|| folded.strip_prefix("0X")) {
        return (4..=8).contains(&digits.len()) && all(digits, u8::is_ascii_hexdigit);
    }
    let bracketed = folded.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    if let Some(digits) = bracketed {
        return (3..=10).contains(&digits.len()) && all(digits, u8::is_ascii_digit);
    }
    // A negative HRESULT; the greatest (0xC…) have a digit less.
    let digits = folded.strip_prefix('-').unwrap_or_default();
    matches!(digits.len(), 9 | 10) && all(digits, u8::is_ascii_digit)
}
