//! Lines of any kind: a time and a level where there are some, and the message.
//!
//! Lines that go on a message are joined to it (`joining`).

use std::borrow::Cow;

use super::ns_error;
use super::screen::NONE;
use crate::facts::{
    Kind, Moment, Record, Severity, denies, fold, is_person, read_level, read_spoken, read_time,
    read_wording, resolve_time,
};
use crate::record::collect::{Collector, SourceText, fact};
use crate::record::columns;
use crate::record::cursor::Cursor;
use crate::record::joining::{OpenRecord, begins_something, continued};
use crate::record::leading_time::{leading_time, listed_device};
use crate::record::terms::severity_of_value;
use crate::record::{prose, question, sentences, traces, words};
use crate::source::Line;
use crate::text::lexicon::{MESSAGE_WORDS, Section};

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
    let head = time.and_then(|_| read_level(rest));
    let headed = head.and_then(|level| Some((level, below_head(cursor, collector)?)));
    let (headed, line, rest) = match headed {
        Some((level, below)) => (Some(level), below, below.text.trim()),
        None => (None, line, rest),
    };
    let in_list = time.is_none() && !collector.single_line;
    let listed = if in_list { listed_device(line.text, collector.now) } else { None };
    let (time, rest) = listed.map_or((time, rest), |(_, time, rest)| (time, rest));
    // A quotation that is all of a line is the machine's own message.
    let rest = words::quoted(rest).unwrap_or(rest);
    if !collector.single_line && time.is_none() && says_nothing(rest, &line, collector) {
        return true;
    }
    if !collector.single_line && (is_over_quotation(rest, cursor) || prose::is_history(rest)) {
        return true;
    }
    let source = SourceText::from(&line);
    if collector.single_line && time.is_none() && question::is_question(rest) {
        let (number, range) = source.place_of(rest);
        let mut record = Record::new(Kind::Question, Cow::Borrowed(rest), number, range);
        record.codes.extend(question::bare_codes(rest, collector.codes));
        record.device = words::device_in(rest).map(Cow::Borrowed);
        tell(&mut record, collector);
        collector.record(record);
        return true;
    }
    if collector.terms().state(rest).is_some() {
        emit_text(&source, rest, time, collector);
        return true;
    }
    let (level, message) = level(rest);
    let level = error_value(message).or(level).or(headed);
    let marked = time.is_some() || level.is_some() || words::command_start(message) == Some(0);
    let open =
        OpenRecord { line: line.text, message, marked, timed: time.is_some() || level.is_some() };
    let (number, range) = source.place_of(message);
    let mut record = Record::new(Kind::Log, Cow::Borrowed(message), number, range);
    // 「令和8年11月20日 午前9時15分に…」 tells when, in a sentence.
    record.time = time.or_else(|| {
        let folded = fold(message);
        let told = read_time(&folded, collector.now).filter(|timed| timed.has_clock);
        // 「今朝9時ごろ、…」
        let spoken = || read_spoken(&folded, collector.now?)?.moment();
        told.map(|it| it.moment).or_else(spoken).filter(|_| !message.is_ascii())
    });
    record.severity = level;
    let device = listed.map(|(device, ..)| device).or_else(|| words::device_in(message));
    let device = device.or_else(|| words::device_at_beginning(message).filter(|_| time.is_some()));
    // A row that is all of a paste keeps the name of its device as a cell.
    let first = || listed_device(line.text, collector.now).map(|(device, ..)| device);
    let device = device.or_else(|| first().filter(|_| collector.single_line));
    let named = || collector.device_around().map(|device| Cow::Owned(device.to_owned()));
    record.device = device.map(Cow::Borrowed).or_else(named);
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
        record.codes.extend(question::bare_codes(&record.message, collector.codes));
    }
    if !known {
        tell(&mut record, collector);
        // Facts are no incident, in whatever words they are told.
        let stays = words::says_that_it_stays(&record.message);
        let facts_alone = record.kind == Kind::Log
            // Who says that something stays as it was tells of it.
            && !stays
            && !record.facts.is_empty()
            && record.facts.iter().all(|fact| !fact.value.is_empty())
            && read_wording(&record.message) == Severity::Unknown;
        // Who says beside other things that all went well tells of nothing wrong.
        let settled = !collector.single_line
            && record.kind == Kind::Log
            && record.device.is_none()
            && !stays
            && words::is_sentence(&record.message)
            && read_wording(&record.message) == Severity::Info;
        if facts_alone || settled {
            return true;
        }
    }
    collector.record(record);
    true
}

/// The message under a line that is nothing but its time and its level, which the cursor passes.
fn below_head<'t>(cursor: &mut Cursor<'t>, collector: &Collector<'_>) -> Option<Line<'t>> {
    let below = cursor.line()?;
    let text = below.text.trim();
    let message = !text.is_empty() && !begins_something(text, collector);
    message.then(|| cursor.advance())?;
    Some(below)
}

/// Whether a line among others says nothing: rules, brackets and marks under something; a time, a name or an address
/// alone; a label whose value is a time, an answer, an address, or that all is as it should be, which are facts; that
/// there is no error.
fn says_nothing(text: &str, line: &Line<'_>, collector: &mut Collector<'_>) -> bool {
    if !text.chars().any(char::is_alphanumeric) || words::is_value(text) || denies(text) {
        if words::is_device_name(text) {
            collector.name_device(text);
        }
        return true;
    }
    // The count of something beside: `0`, 「👍 2」. A number in brackets may be a code.
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    if digits <= 3 && !text.chars().any(|c| c.is_alphabetic() || "()[]（）-".contains(c)) {
        return true;
    }
    if is_amount(text)
        || is_progress(text)
        || words::is_status_bar(text)
        || SERVERS.iter().any(|server| server.eq_ignore_ascii_case(text))
        || prose::is_notice(text) && !prose::tells_trouble_besides_notice(text)
        || is_number_of_ticket(text)
    {
        return true;
    }
    // A level alone is the title of a dialog, or the name of a count.
    let declared =
        text.starts_with("<?xml ") || text.contains(". . . :") || text.contains(". . .:");
    if is_heading(text) || read_level(text).is_some() || is_property(text) || declared {
        return true;
    }
    // A list of the devices that it is about: `1) mori_iPad_05`.
    let item = words::without_list_mark(text);
    if item.len() < text.len() && words::is_device_name(item) {
        return true;
    }
    if leading_time(text, collector.now).is_some_and(|(_, behind)| behind.is_empty())
        || collector.now.is_some_and(|now| resolve_time(text, now).is_some())
    {
        return true;
    }
    let Some((label, value)) = fact_of(text, collector) else { return false };
    // The facts of a sentence have labels and states that are known, and are told by it.
    if !sentences::facts(text, collector.terms(), collector.now).is_empty() {
        return false;
    }
    collector.fact(fact(label, value, None, line.number));
    true
}

/// Whether a line says only that what is quoted on the next was shown: `The profile fails with:`
fn is_over_quotation(text: &str, cursor: &Cursor<'_>) -> bool {
    let quoted = |line: Line<'_>| line.text.trim().starts_with(['"', '“', '「']);
    text.ends_with([':', '：']) && cursor.line().is_some_and(quoted)
}

/// Whether a line is the number of a ticket, with its title or not: `Ticket #90217`, `#48213  Profiles keep failing`.
fn is_number_of_ticket(text: &str) -> bool {
    const LEAST: usize = 4;
    let Some((before, rest)) = text.split_once('#') else { return false };
    let title = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let long = rest.len() - title.len() >= LEAST;
    let named =
        matches!(before.trim(), "" | "Ticket" | "Case" | "Incident" | "Request" | "チケット");
    named && long && (title.is_empty() || title.starts_with("  "))
}

static SERVERS: Section = MESSAGE_WORDS.section("names of servers");

/// Whether a line is an amount with its unit and nothing else: `38.6 GB`, `64%`.
fn is_amount(text: &str) -> bool {
    if text.len() > 24 {
        return false;
    }
    let folded = fold(text);
    let unit = folded.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let units = ["%", "B", "KB", "MB", "GB", "TB", "mAh", "dBm", "台", "件"];
    unit.len() < folded.len() && units.contains(&unit.trim())
}

/// Whether a line says only what a program is doing: 「アカウントを設定しています...」, `Setting up your device…`. What was cut
/// ends so, too, but in the midst of something.
fn is_progress(text: &str) -> bool {
    let Some(doing) = text.strip_suffix("...").or_else(|| text.strip_suffix('…')) else {
        return false;
    };
    let first = doing.split(' ').next().unwrap_or_default();
    let english = doing.is_ascii() && first.ends_with("ing");
    (english || doing.ends_with("ています") || doing.ends_with('中'))
        && read_wording(text) == Severity::Unknown
}

/// Whether a line is over what follows (`Enrollment configuration:`), or a property of a list of Apple's
/// (`AllowPairing = 1;`), which are no messages where they tell of nothing wrong.
fn is_property(text: &str) -> bool {
    const LONGEST: usize = 80;
    let plain = |name: &str| {
        // `Traceback (most recent call last):` begins something.
        let word = |byte: u8| byte.is_ascii_alphanumeric() || b" -".contains(&byte);
        !name.is_ascii() || name.contains(' ') && name.bytes().all(word)
    };
    let over = || text.strip_suffix([':', '：']).is_some_and(plain) && text.len() <= LONGEST;
    let property = || {
        let (name, value) = text.split_once(" = ")?;
        let named = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        (named && value.ends_with([';', '{', '('])).then_some(())
    };
    (over() || property().is_some()) && read_wording(text) == Severity::Unknown
}

/// Whether a line is a heading of Markdown (`### Describe the bug`) that tells of nothing wrong.
fn is_heading(text: &str) -> bool {
    let name = text.trim_start_matches('#');
    let level = text.len() - name.len();
    (1..=6).contains(&level) && name.starts_with(' ') && read_wording(name) == Severity::Unknown
}

/// `Last refreshed 11/27/2026, 6:00:02 AM`: words, and what begins with a digit.
fn name_before_digits(text: &str) -> Option<(&str, &str)> {
    const MOST_WORDS: usize = 4;
    let (name, value) = text.split_at_checked(text.find(|c: char| c.is_ascii_digit())?)?;
    let words = name.trim_end();
    let plain = words.len() < name.len()
        && words.split(' ').count() <= MOST_WORDS
        && words.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    plain.then_some((words, value))
}

/// A label and its value, of a line that is nothing else.
fn fact_of<'t>(text: &'t str, collector: &Collector<'_>) -> Option<(&'t str, &'t str)> {
    const LONGEST: usize = 120;
    if text.len() > LONGEST {
        return None;
    }
    let (label, value) = match text.split_once([':', '：']) {
        Some((label, value)) if !label.bytes().any(|byte| byte.is_ascii_digit()) => (label, value),
        _ => name_before_digits(text).or_else(|| text.split_once([' ', '　']))?,
    };
    let (label, value) = (label.trim(), value.trim());
    let plain = || {
        read_level(label).is_none()
            && (label.is_ascii() && label.split(' ').count() <= 5 || !words::is_sentence(label))
            && read_wording(label) == Severity::Unknown
    };
    let timed = || leading_time(value, collector.now).is_some_and(|(_, behind)| behind.is_empty());
    // `Yes (User Approved)`
    let answer = value.split_once(" (").map_or(value, |(answer, _)| answer);
    // `profiles: Bootstrap Token supported on server: YES`
    let answer = answer.rsplit_once(": ").map_or(answer, |(_, answer)| answer);
    let address = ["http://", "https://"].iter().any(|scheme| value.starts_with(scheme));
    let joined = text.contains([':', '：']);
    let told = timed()
        || joined
            && (words::is_value(value) && !value.contains('.')
                || is_person(value)
                || matches!(answer, "Yes" | "No" | "YES" | "NO" | "はい" | "いいえ")
                || NONE.contains(&fold(value).to_lowercase().as_str())
                || address && !value.contains(' ')
                || !label.is_ascii()
                    && severity_of_value(collector.terms(), value) == Some(Severity::Info));
    (!label.is_empty() && told && plain()).then_some((label, value))
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
        let device = columns::device_behind_label(&record.message)
            .or_else(|| names.find(|name| words::is_device_name(name)))
            .map(str::to_owned);
        record.device = record.device.take().or(device.map(Cow::Owned));
    }
}

/// Emits a text that no format knows more of: a state, or a message.
pub(super) fn emit_text(
    source: &SourceText<'_>,
    text: &str,
    time: Option<Moment>,
    collector: &mut Collector<'_>,
) {
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

/// How bad the value of `err=` or `error=` says that it is: where there is none, all is well.
fn error_value(message: &str) -> Option<Severity> {
    let value = ["err=", "error="].iter().find_map(|key| {
        let at = memchr::memmem::find(message.as_bytes(), key.as_bytes())?;
        let whole = at == 0 || message.as_bytes().get(at - 1) == Some(&b' ');
        message.get(at + key.len()..).filter(|_| whole)
    })?;
    let word = value.trim_start_matches(['"', '\'', '<']);
    let word = word.split([' ', ',', '"', '\'', '>']).next().unwrap_or_default();
    match word.to_ascii_lowercase().as_str() {
        "" | "null" | "nil" | "none" => Some(Severity::Info),
        "0" | "false" => None,
        _ => Some(Severity::Error),
    }
}

/// The level that a text begins with (`[ERROR]`, `WARN:`), and the text after it; of two the inner one counts.
fn level(text: &str) -> (Option<Severity>, &str) {
    // PowerShell begins its warnings so; 「エラー: 107」 announces a code.
    if ["警告: ", "警告： "].iter().any(|level| text.starts_with(level)) {
        return (Some(Severity::Warning), text);
    }
    let (outer, rest) = outer_level(text);
    let nested = rest.strip_prefix('(').and_then(|inner| inner.split_once(") "));
    let nested = nested.filter(|_| outer.is_some());
    let inner = nested.and_then(|(word, rest)| Some((Some(read_level(word)?), rest.trim_start())));
    inner.unwrap_or((outer, rest))
}

fn outer_level(text: &str) -> (Option<Severity>, &str) {
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
    let begun = bracketed.or_else(plain).filter(|(_, rest)| !rest.trim().is_empty());
    let level = begun.and_then(|(word, rest)| Some((read_level(word)?, rest)));
    let kept = level.map(|(severity, rest)| (Some(severity), keep_announcement(text, rest)));
    kept.unwrap_or((None, text))
}

/// The text without its level, unless a number follows that the level announces as a code.
fn keep_announcement<'t>(text: &'t str, rest: &'t str) -> &'t str {
    let rest = rest.trim_start_matches([' ', '\t', ':', '-']);
    if rest.starts_with(|c: char| c.is_ascii_digit()) { text } else { rest }
}
