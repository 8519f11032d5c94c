//! Lines of any kind: a time and a level where there are some, and the message.
//!
//! Lines that go on a message are joined to it: stack frames, causes, and what is indented under a line
//! that begins with a time.

use std::borrow::Cow;

use super::row;
use crate::facts::{Kind, read_level};
use crate::record::collect::{Collector, range_in, record_at};
use crate::record::paste::Cursor;
use crate::record::registry::Format;
use crate::record::{question, words};

/// How many lines one message may have, and how many bytes of them are kept.
const MOST_LINES: usize = 200;
const MOST_BYTES: usize = 4096;

/// Lines of any kind.
pub(in crate::record) struct Lines;

impl Format for Lines {
    fn name(&self) -> &'static str {
        "lines"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let Some(line) = cursor.line() else { return false };
        cursor.advance();
        let (time, rest) = match row::leading_time(line.text, collector) {
            Some((time, rest)) if !rest.is_empty() => (Some(time), rest),
            _ => (None, line.text.trim()),
        };
        if collector.alone && time.is_none() && question::is_question(rest) {
            let record = record_at(Kind::Question, line.text, rest, line.number);
            collector.record(record);
            return true;
        }
        if let Some(severity) = words::state(rest) {
            let mut record = record_at(Kind::Status, line.text, rest, line.number);
            let fact = crate::record::collect::fact("ステータス", rest, None, line.number);
            collector.fact(fact.clone());
            record.facts.push(fact);
            record.severity = Some(severity);
            record.time = time;
            collector.record(record);
            return true;
        }
        let (level, message) = level(rest);
        let mut record = record_at(Kind::Log, line.text, message, line.number);
        record.time = time;
        record.severity = level;
        if let Some(joined) = continued(cursor, message, time.is_some()) {
            record.range = range_in(line.text, message);
            record.message = Cow::Owned(joined);
        }
        collector.record(record);
        true
    }
}

/// The level that a text begins with (`[ERROR]`, `WARN:`), and the text behind it.
fn level(text: &str) -> (Option<crate::facts::Severity>, &str) {
    let bracketed = text.strip_prefix('[').or_else(|| text.strip_prefix('<')).and_then(|inner| {
        let end = inner.find([']', '>'])?;
        Some((inner.get(..end)?, inner.get(end + 1..)?))
    });
    let plain = || {
        // 「エラー: 107」 keeps its first word: it announces the code.
        let end = text.find([' ', '\t'])?;
        let word = text.get(..end)?;
        let is_level =
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b':');
        is_level.then(|| (word.trim_end_matches(':'), text.get(end..).unwrap_or_default()))
    };
    match bracketed.or_else(plain) {
        Some((word, rest)) if !rest.trim().is_empty() => match read_level(word) {
            Some(severity) => (Some(severity), keep_announcement(text, rest)),
            None => (None, text),
        },
        _ => (None, text),
    }
}

/// The text without its level, unless a number follows that the level announces as a code.
fn keep_announcement<'t>(text: &'t str, rest: &'t str) -> &'t str {
    let rest = rest.trim_start_matches([' ', '\t', ':', '-']);
    if rest.starts_with(|c: char| c.is_ascii_digit()) { text } else { rest }
}

/// The message with the lines that go on it, which the cursor leaves behind; `None` where none do.
fn continued(cursor: &mut Cursor<'_>, message: &str, timed: bool) -> Option<String> {
    let mut joined: Option<String> = None;
    for _ in 0..MOST_LINES {
        let Some(line) = cursor.line() else { break };
        let text = line.text.trim();
        let indented = line.text.starts_with([' ', '\t']) && timed;
        if text.is_empty() || !(is_frame(text) || indented) {
            break;
        }
        let joined = joined.get_or_insert_with(|| message.to_owned());
        if joined.len() + text.len() < MOST_BYTES {
            joined.push(' ');
            joined.push_str(text);
        }
        cursor.advance();
    }
    joined
}

/// Lines that stack traces consist of (Java, .NET, Python, Rust, JavaScript).
fn is_frame(text: &str) -> bool {
    let framed =
        text.starts_with("at ") && (text.contains('(') || text.contains(':') || text.contains('.'));
    framed
        || text.starts_with("Caused by: ")
        || text.starts_with("Suppressed: ")
        || (text.starts_with("... ") && text.ends_with(" more"))
        || (text.starts_with("File \"") && text.contains(", line "))
        || text.starts_with("--- End of ")
}
