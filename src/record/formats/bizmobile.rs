//! BizMobile Go!'s operation log: ログ > オペレーション, copied from the screen or exported as CSV.
//!
//! Its columns are 日時, テンプレート, ユーザ, 管理番号, 深刻度, 登録情報名, 説明, オペレータ, タイプ. Copied without the
//! header, or through a mail that turned tabs into spaces and dropped empty cells, the order still tells
//! which cell is the device.

use std::borrow::Cow;

use super::row;
use crate::facts::{Folded, Kind, read_level};
use crate::record::cells::{self, Delimiter};
use crate::record::collect::{Collector, SourceText, record_at};
use crate::record::cursor::Cursor;
use crate::record::joining::{OpenRecord, begins_something, continued, joint, push};
use crate::record::leading_time::leading_time;
use crate::record::words;
use crate::source::Line;

const PRODUCT: &str = "BizMobile Go!";

/// Labels that together no other console has.
const LABELS: &[&str] = &["テンプレート", "管理番号", "深刻度", "登録情報名", "オペレータ"];

/// Where ユーザ, 管理番号 and 説明 are.
const USER: usize = 2;
const DEVICE: usize = 3;
const MESSAGE: usize = 6;
/// How many of a row's names a line break leaves beside its message: the device, the severity.
const MOST_BROKEN_OFF: usize = 3;

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let Some(line) = cursor.line() else { return false };
    if let Some(layout) = row::layout_of(line.text, product_of) {
        let spaced = layout.delimiter == Delimiter::Spaces;
        cursor.advance();
        if !spaced {
            row::read_rows(&layout, cursor, collector);
        }
        read_without_header(cursor, collector, spaced);
        return true;
    }
    read_without_header(cursor, collector, false)
}

/// The console, where the labels of a table are its own.
pub(super) fn product_of(labels: &[Cow<'_, str>]) -> Option<&'static str> {
    let known = labels.iter().filter(|label| LABELS.contains(&label.trim())).count();
    (known >= 2).then_some(PRODUCT)
}

/// Reads rows that no header explains; `known` says that this log had a header before them.
fn read_without_header(
    cursor: &mut Cursor<'_>,
    collector: &mut Collector<'_>,
    known: bool,
) -> bool {
    let mut any = false;
    while let Some(line) = cursor.line() {
        if read_cells(&line, collector) {
            cursor.advance();
        } else if !read_copied(cursor, known, collector) {
            break;
        }
        any = true;
    }
    any
}

/// A row whose empty cells are still there.
fn read_cells(line: &Line<'_>, collector: &mut Collector<'_>) -> bool {
    let mut cells = Vec::new();
    for delimiter in [Delimiter::Tab, Delimiter::Comma] {
        cells::split(line.text, delimiter, &mut cells);
        if (MESSAGE + 1..=MESSAGE + 4).contains(&cells.len()) && is_row(&cells) {
            let source = SourceText::from(line);
            collector.user(cells.get(USER).map_or("", AsRef::as_ref));
            row::read_unlabelled(&source, &cells, Some(PRODUCT), Some(DEVICE), collector);
            return true;
        }
    }
    false
}

fn is_row(cells: &[Cow<'_, str>]) -> bool {
    let message = cells.get(MESSAGE).map_or("", AsRef::as_ref).trim();
    let kind = cells.iter().skip(MESSAGE + 1).any(|cell| words::is_log_type(cell.trim()));
    row::is_timed(cells) && !message.is_empty() && (kind || words::command_start(message).is_some())
}

/// A row with spaces between its cells: the message begins with its command, and the device is before
/// the severity, or before the message. The message may be on the next line, and go on over others.
fn read_copied(cursor: &mut Cursor<'_>, known: bool, collector: &mut Collector<'_>) -> bool {
    let Some(row) = cursor.line() else { return false };
    let Some((time, rest)) = leading_time(row.text, collector.now) else { return false };
    let (head, message, line) = match split_at_command(rest) {
        Some((head, message)) => (Cow::Borrowed(head), message, row),
        // A mail may have broken the row before its command, or between its names.
        None => {
            let Some(line) = cursor.following() else { return false };
            let Some((names, message)) = split_at_command(line.text) else { return false };
            if words::is_sentence(rest) || names.split_whitespace().count() > MOST_BROKEN_OFF {
                return false;
            }
            (Cow::Owned(format!("{rest} {names}")), message, line)
        }
    };
    let command = message.split(':').next().unwrap_or_default().trim();
    if !collector.codes.may_be_command(command) {
        return false;
    }
    let mut names: Vec<&str> = head.split_whitespace().collect();
    let severity = names.last().and_then(|word| read_level(word));
    if severity.is_some() {
        names.pop();
    }
    if names.len() < 3 && !known {
        return false;
    }
    cursor.pass(line.number);
    let gap = message.find("  ").or_else(|| message.find('\t'));
    let message = gap.and_then(|at| message.get(..at)).unwrap_or(message).trim_end();
    let kind = message.rsplit_once(' ').filter(|(_, last)| words::is_log_type(last));
    let message = kind.map_or(message, |(before, _)| before.trim_end());
    let mut record = record_at(Kind::Log, line.text, message, line.number);
    let open = OpenRecord { line: line.text, message, marked: true, timed: false };
    let wrapped = if kind.is_none() { wrapped(message, cursor, collector) } else { None };
    if let Some(joined) = wrapped.or_else(|| continued(open, cursor, collector)) {
        record.message = Cow::Owned(without_type(joined));
    }
    record.time = Some(time);
    record.severity = severity;
    record.device = names.get(2).copied().map(Cow::Borrowed);
    if let [_, user, _, ..] = names.as_slice() {
        collector.user(user);
    }
    record.product = Some(PRODUCT);
    collector.record(record);
    true
}

/// The names before the message of a row, and the message, which begins with its command.
fn split_at_command(text: &str) -> Option<(&str, &str)> {
    let folded = Folded::new(text);
    let start = words::command_start(folded.text())?;
    text.split_at_checked(folded.origin(start..start).start)
}

/// The message of a wrapped row, up to the line that ends with the row's type, which the cursor passes.
fn wrapped(message: &str, cursor: &mut Cursor<'_>, collector: &Collector<'_>) -> Option<String> {
    const MOST_LINES: usize = 6;
    let (mut ahead, mut joined) = (cursor.clone(), message.to_owned());
    for _ in 0..MOST_LINES {
        let text = ahead.line()?.text.trim();
        if text.is_empty() || begins_something(text, collector) {
            return None;
        }
        let last = text.rsplit(' ').next().is_some_and(words::is_log_type);
        let between = if words::is_log_type(text) { " " } else { joint(&joined, text) };
        push(&mut joined, text, between);
        ahead.advance();
        if last {
            *cursor = ahead;
            return Some(joined);
        }
    }
    None
}

fn without_type(mut message: String) -> String {
    if let Some((before, last)) = message.rsplit_once(' ')
        && words::is_log_type(last)
    {
        message.truncate(before.trim_end().len());
    }
    message
}
