//! Lines of any kind: a time and a level where there are some, and the message.
//!
//! Lines that go on a message are joined to it (`joining`).

use std::borrow::Cow;

use super::ns_error;
use crate::facts::{Kind, Moment, Record, Severity, read_level, read_wording};
use crate::record::collect::{Collector, SourceText, fact};
use crate::record::cursor::Cursor;
use crate::record::joining::{OpenRecord, continued};
use crate::record::leading_time::leading_time;
use crate::record::{prose, question, sentences, traces, words};

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    if traces::skip_excerpt(cursor) {
        return true;
    }
    let Some(line) = cursor.line() else { return false };
    cursor.advance();
    let (time, rest) = match leading_time(line.text, collector.now) {
        Some((time, rest)) if !rest.is_empty() => (Some(time), rest),
        _ => (None, line.text.trim()),
    };
    if !collector.single_line && !rest.chars().any(char::is_alphanumeric) {
        // Rules, brackets, marks under something: they say nothing.
        return true;
    }
    let source = SourceText::from(&line);
    if collector.single_line && time.is_none() && question::is_question(rest) {
        let (number, range) = source.place_of(rest);
        let mut record = Record::new(Kind::Question, Cow::Borrowed(rest), number, range);
        record.codes.extend(question::bare_code(rest, collector.codes));
        tell(&mut record, collector);
        collector.record(record);
        return true;
    }
    if collector.terms().state(rest).is_some() {
        emit(&source, rest, time, collector);
        return true;
    }
    let (level, message) = level(rest);
    let marked = time.is_some() || level.is_some() || words::command_start(message) == Some(0);
    let open =
        OpenRecord { line: line.text, message, marked, timed: time.is_some() || level.is_some() };
    let (number, range) = source.place_of(message);
    let mut record = Record::new(Kind::Log, Cow::Borrowed(message), number, range);
    record.time = time;
    record.severity = level;
    let mut known = marked;
    if let Some(block) = ns_error::behind(message, cursor, collector) {
        block.complete(&mut record, collector);
        known = true;
    } else if let Some(joined) = continued(open, cursor, collector) {
        record.message = Cow::Owned(joined);
    } else if !marked && !collector.single_line && prose::is_caption(message) {
        return true;
    }
    if collector.single_line && time.is_none() {
        record.codes.extend(question::bare_code(&record.message, collector.codes));
    }
    if !known {
        tell(&mut record, collector);
        // Facts are no incident, in whatever words they are told.
        let stays = says_that_it_stays(&record.message);
        let facts_alone = record.kind == Kind::Log
            // Who says that something stays as it was tells of it.
            && !stays
            && !record.facts.is_empty()
            && record.facts.iter().all(|fact| !fact.value.is_empty())
            && read_wording(&record.message) == Severity::Unknown;
        if facts_alone {
            return true;
        }
    }
    collector.record(record);
    true
}

/// Whether a sentence ends in saying that something stays as it was: 「端末応答待ちのままです。」
fn says_that_it_stays(message: &str) -> bool {
    message.rsplit_once("のまま").is_some_and(|(_, end)| !end.contains('、'))
}

/// Gives a record the facts and the state that its sentences tell.
fn tell(record: &mut Record<'_>, collector: &mut Collector<'_>) {
    let told = sentences::facts(&record.message, collector.terms(), collector.now);
    for fact in &told {
        collector.tell(fact, record.line);
    }
    prose::complete(record, &told, record.line);
    let state = sentences::worst(&told).filter(|severity| *severity != Severity::Info);
    if state.is_some() && record.kind == Kind::Log {
        record.kind = Kind::Status;
        record.severity = state;
        let mut names = record.message.split([' ', '、', '\u{3000}']);
        let device = names.find(|name| words::is_device_name(name)).map(str::to_owned);
        record.device = record.device.take().or(device.map(Cow::Owned));
    }
}

/// Emits a text that no format knows more of: a state, or a message.
pub(super) fn emit_text(source: &SourceText<'_>, text: &str, collector: &mut Collector<'_>) {
    emit(source, text, None, collector);
}

fn emit(source: &SourceText<'_>, text: &str, time: Option<Moment>, collector: &mut Collector<'_>) {
    let (number, range) = source.place_of(text);
    let state = collector.terms().state(text);
    let settled = state.is_some_and(|state| state.severity == Some(Severity::Info));
    if settled && !collector.single_line && time.is_none() {
        // Among other lines 「キャンセル」 is a button, and 「チェックイン済」 tells of nothing wrong.
        return;
    }
    let kind = if state.is_some() { Kind::Status } else { Kind::Log };
    let mut record = Record::new(kind, Cow::Borrowed(text), number, range);
    if let Some(state) = state {
        let fact = fact(state.label, text, None, number);
        collector.fact(fact.clone());
        record.facts.push(fact);
        record.product = state.product;
        record.severity = state.severity;
    }
    record.time = time;
    collector.record(record);
}

/// The level that a text begins with (`[ERROR]`, `WARN:`), and the text after it.
fn level(text: &str) -> (Option<Severity>, &str) {
    let bracketed = text.strip_prefix('[').or_else(|| text.strip_prefix('<')).and_then(|inner| {
        let end = inner.find([']', '>'])?;
        Some((inner.get(..end)?, inner.get(end + 1..)?))
    });
    let plain = || {
        // 「エラー: 107」 keeps its first word: it announces the code.
        let end = text.find([' ', '\t'])?;
        let word = text.get(..end)?;
        // `ERROR CODE: 0` is the label of a code.
        let behind = text.get(end..).unwrap_or_default().trim_start();
        let label =
            ["CODE", "NUMBER", "MESSAGE", "NO."].iter().any(|noun| behind.starts_with(noun));
        let is_level = !word.is_empty()
            && !label
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b':');
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
