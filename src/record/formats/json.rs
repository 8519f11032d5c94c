//! JSON and JSON lines (RFC 8259, jsonlines.org): a value that is an entry, or an array of entries, by
//! itself or in a field of an object.
//!
//! 1. A value is read from the line at the cursor on; it may go on over lines.
//! 2. An entry is an object with a message. Names of fields are those of Elastic Common Schema
//!    (`@timestamp`, `log.level`, `host.name`), of bunyan, pino, zap, logrus and Python's logging, of
//!    journald, and whatever labels a table's columns have.
//! 3. Answers of APIs are entries too: the errors of a list (RFC 9457, OData, Jamf Pro), objects whose code is not zero. What
//!    names an error is one.
//!    The constant beside a message (`"reason":"MissingTopic"`) says which error it is: the message has it at its end.
//! 4. A label may be before a value of one line: `response: {…}`.
//! 5. Objects without a message whose fields are labels that are known are screens (`screen`); any other is left to the
//!    other formats, and so are error chains.

use std::borrow::Cow;

use jiff::{Timestamp, tz::Offset};
use serde_json::{Map, Value};

use super::screen::{self, Labelled};
use crate::facts::{
    Code, Kind, Moment, Record, Severity, fold, may_name_error, read_level, read_time, read_wording,
};
use crate::record::collect::{Collector, one_line};
use crate::record::columns::{self, Role};
use crate::record::cursor::Cursor;
use crate::source::{Line, looked_at};
use crate::text::lexicon::{JSON_FIELDS, Section};

/// A value in one line is read up to here.
const LONGEST_LINE: usize = 1 << 21;
/// A value that goes on over lines is read up to here.
const LONGEST: usize = 1 << 16;
const LONGEST_CONSTANT: usize = 64;

static TIMES: Section = JSON_FIELDS.section("times");
static LEVELS: Section = JSON_FIELDS.section("levels");
static MESSAGES: Section = JSON_FIELDS.section("messages");
static DEVICES: Section = JSON_FIELDS.section("devices");
static CODES: Section = JSON_FIELDS.section("codes");
static ERRORS: Section = JSON_FIELDS.section("errors");
/// Fields whose value may be the constant that tells which error it is.
static CONSTANTS: Section = JSON_FIELDS.section("constants");
static ANSWERS: Section = JSON_FIELDS.section("answers");
static TITLES: Section = JSON_FIELDS.section("titles");
static ARRAYS: Section = JSON_FIELDS.section("arrays");

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let mut any = false;
    while let Some(mut ahead) = read_value(cursor, collector) {
        // The separator of entries that were copied out of an array.
        if ahead.line().is_some_and(|line| line.text.trim() == ",") {
            ahead.advance();
        }
        *cursor = ahead;
        any = true;
    }
    any
}

/// Reads the value at the cursor; returns the cursor after it.
fn read_value<'t>(cursor: &Cursor<'t>, collector: &mut Collector<'_>) -> Option<Cursor<'t>> {
    let first = cursor.line()?;
    if !first.text.trim_start().starts_with(['{', '[']) {
        return read_labelled(&first, cursor, collector);
    }
    // A value in one line is read for itself alone.
    let alone = collector.has_given_up("json", first.number);
    if alone && !first.text.trim_end().ends_with(['}', ']', ',']) {
        return None;
    }
    // An export may be in one line.
    let most = LONGEST.max(first.text.len().min(LONGEST_LINE));
    let rest = if alone { first.text } else { cursor.text_from(&first, most) };
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
    let next = values.next()?;
    looked_at(match &next {
        Ok(_) => values.byte_offset(),
        Err(error) => rest.split_inclusive('\n').take(error.line()).map(str::len).sum(),
    });
    let value = match next {
        Ok(value) => value,
        Err(error) => {
            // The lines up to where it breaks off are no value from here on.
            let passed = u32::try_from(error.line()).unwrap_or(u32::MAX).saturating_sub(1);
            let number = first.number.saturating_add(passed);
            collector.give_up("json", Some(Line { number, ..first }));
            return None;
        }
    };
    let text = rest.get(..values.byte_offset())?;
    if text.contains("ErrorChain") {
        return None;
    }
    let mut ahead = cursor.clone();
    let mut last = first;
    while let Some(line) = ahead.line().filter(|line| line.start < first.start + text.len()) {
        last = line;
        ahead.advance();
    }
    // Text after a value shows that it was none: `[1] "started"`.
    let behind = cursor.text_between(&first, &last).get(text.len()..)?.trim();
    if !matches!(behind, "" | ",") {
        return None;
    }
    let place = JsonCursor { first, cursor: cursor.clone(), from: 0, last };
    let told = take(&value, place.clone(), collector) || take_screens(&value, place, collector);
    told.then_some(ahead)
}

/// Takes objects that tell how things are, and returns whether they do: each has two labels at least that are known, and
/// nothing that went wrong under another.
fn take_screens(value: &Value, mut place: JsonCursor<'_>, collector: &mut Collector<'_>) -> bool {
    const LEAST: usize = 2;
    let array = match value {
        Value::Object(object) => {
            // A list that is empty is no list of anything.
            let filled = |it: &&Value| it.as_array().is_some_and(|array| !array.is_empty());
            ARRAYS.iter().filter_map(|name| object.get(*name)).find(filled)
        }
        other => Some(other),
    };
    let listed = array.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let objects: Vec<&Map<String, Value>> = match value {
        Value::Object(object) if array.is_none() => vec![object],
        _ => listed.collect(),
    };
    let mut screens: Vec<Vec<(&str, Cow<'_, str>)>> = Vec::new();
    for object in objects {
        let mut fields = Vec::new();
        push_fields(object, &mut fields);
        let known = fields.iter().filter(|(it, _)| columns::role(it) != Role::Unknown).count();
        let wrong = |(label, value): &(&str, Cow<'_, str>)| {
            // A code that is nought is none.
            let told = !matches!(value.trim(), "" | "0" | "0x0" | "null");
            told && matches!(columns::role(label), Role::Message | Role::Code)
                || read_wording(value) == Severity::Error
        };
        if known < LEAST || fields.iter().any(wrong) {
            return false;
        }
        screens.push(fields);
    }
    for fields in &screens {
        let labelled = fields.iter().map(|(label, value)| {
            let (line, at) = place.of(value);
            let shown = format!("{label}: {value}");
            Labelled {
                label: (*label).to_owned(),
                value: value.clone().into_owned(),
                shown,
                line: line.number,
                column: at.unwrap_or(0),
            }
        });
        screen::emit_labelled(&labelled.collect::<Vec<_>>(), collector);
    }
    !screens.is_empty()
}

/// The fields of an object, and of the objects in it, whose values are texts, numbers or truths.
fn push_fields<'v>(object: &'v Map<String, Value>, fields: &mut Vec<(&'v str, Cow<'v, str>)>) {
    for (name, value) in object {
        match value {
            Value::Object(inner) => push_fields(inner, fields),
            Value::String(text) => fields.push((name, one_line(text))),
            Value::Number(_) | Value::Bool(_) => fields.push((name, Cow::Owned(value.to_string()))),
            Value::Array(values) => {
                for inner in values.iter().filter_map(Value::as_object) {
                    push_fields(inner, fields);
                }
            }
            Value::Null => {}
        }
    }
}

/// Reads the value after a label of one line: `response: {"error": …}`.
fn read_labelled<'t>(
    line: &Line<'t>,
    cursor: &Cursor<'t>,
    collector: &mut Collector<'_>,
) -> Option<Cursor<'t>> {
    const LONGEST_LABEL: usize = 40;
    let text = line.text.trim_end();
    text.ends_with('}').then_some(())?;
    let (label, _) = text.split_at_checked(text.find('{')?)?;
    let named = label.trim_end().ends_with([':', '：', '='])
        && label.len() <= LONGEST_LABEL
        && !label.bytes().any(|byte| byte.is_ascii_digit());
    named.then_some(())?;
    let json = text.get(label.len()..)?;
    looked_at(json.len());
    let value: Value = serde_json::from_str(json).ok()?;
    let place = JsonCursor { first: *line, cursor: cursor.clone(), from: 0, last: *line };
    let mut behind = cursor.clone();
    behind.advance();
    take(&value, place, collector).then_some(behind)
}

/// Takes the entries of a value, and returns whether there were any. Of a list of errors all are.
fn take(value: &Value, mut place: JsonCursor<'_>, collector: &mut Collector<'_>) -> bool {
    let listed = value.get("errors").is_some();
    let mut any = false;
    let texts = value.get("errors").and_then(Value::as_array).map(Vec::as_slice);
    for (outer, entry) in entries(value) {
        // A list may hold the texts alone.
        for said in texts.unwrap_or_default().iter().filter_map(Value::as_str) {
            emit((outer, entry), said, true, place.of(said), collector);
            any = true;
        }
        let told = message(entry).map(Cow::Borrowed).or_else(|| telling(entry));
        let Some(message) = told else { continue };
        any = true;
        let failed = listed || outer.contains_key("errors") || has_failed(entry);
        emit((outer, entry), &message, failed, place.of(&message), collector);
    }
    if !any {
        let mut found = Vec::new();
        coded(value, &mut found);
        for (entry, message) in found {
            any = true;
            emit((entry, entry), message, true, place.of(message), collector);
        }
    }
    any
}

/// Whether a field of an entry says that something went wrong.
fn has_failed(entry: &Map<String, Value>) -> bool {
    let wrong = |value: &Value| match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !matches!(text.trim(), "" | "0" | "null" | "none" | "0x0"),
        Value::Array(values) => !values.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
    };
    let named = ERRORS.iter().filter_map(|name| entry.get(*name)).any(wrong);
    // A server of pushes answers with the reason alone.
    named || entry.contains_key("reason") && message(entry) == entry.get("reason").and_then(text)
}

/// The message of an object that has none, where its code is not zero: its states and its code.
fn telling(entry: &Map<String, Value>) -> Option<Cow<'_, str>> {
    let is_code = |name: &str| CODES.contains(&name);
    let code = entry.iter().find(|(name, _)| is_code(name)).map(|(_, value)| value)?;
    let written = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
    if matches!(written.as_str(), "" | "0" | "null" | "0x0") || code.is_object() || code.is_array()
    {
        return None;
    }
    let is_state = |name: &str| name.ends_with("tate") || name.ends_with("tatus");
    let states = entry.iter().filter(|(name, _)| is_state(name)).filter_map(|(_, v)| v.as_str());
    let told: Vec<&str> = states.chain([written.as_str()]).collect();
    Some(Cow::Owned(told.join(" ")))
}

/// An entry, after the object that owns it: where the errors of a thing are listed, the thing.
type OwnedEntry<'v> = (&'v Map<String, Value>, &'v Map<String, Value>);

/// The objects of a value that may be entries.
fn entries(value: &Value) -> Vec<OwnedEntry<'_>> {
    let has_objects =
        |value: &&Value| value.as_array().is_some_and(|array| array.iter().any(Value::is_object));
    let array = match value {
        Value::Object(object) => {
            let array = ARRAYS.iter().filter_map(|name| object.get(*name)).find(has_objects);
            let mut named = MESSAGES.iter().filter(|name| !TITLES.contains(*name));
            let says = |name: &&str| object.get(*name).is_some_and(|value| text(value).is_some());
            // The errors of a list tell more than what it is called.
            let errors = listed_errors(object);
            if errors.is_empty() && (array.is_none() || named.any(says)) {
                return vec![(object, object)];
            }
            array
        }
        other => Some(other),
    };
    let array = array.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let held =
        array.iter().filter_map(Value::as_object).map(|object| match listed_errors(object) {
            errors if message(object).is_none() && !errors.is_empty() => {
                errors.into_iter().map(|error| (object, error)).collect()
            }
            _ => vec![(object, object)],
        });
    held.flatten().collect()
}

/// The errors that an object lists, if each has a text.
fn listed_errors(object: &Map<String, Value>) -> Vec<&Map<String, Value>> {
    let errors = object.get("errors").and_then(Value::as_array).map(Vec::as_slice);
    let errors = errors.unwrap_or_default().iter();
    let told = errors.map(|error| error.as_object().filter(|error| message(error).is_some()));
    told.collect::<Option<_>>().unwrap_or_default()
}

/// Where the next message is looked for.
#[derive(Clone)]
struct JsonCursor<'t> {
    /// The first line of the value, and the last.
    first: Line<'t>,
    last: Line<'t>,
    /// The line to look from on, and the byte of it.
    cursor: Cursor<'t>,
    from: usize,
}

impl<'t> JsonCursor<'t> {
    /// The next line that a message is in as it is, or the first, and where in it; the place goes on after the message,
    /// so that what is passed is passed once. A message that is written with escapes is found nowhere: it is looked for
    /// no further than an entry reaches.
    fn of(&mut self, message: &str) -> (Line<'t>, Option<usize>) {
        const FURTHEST: usize = 1 << 12;
        const MOST_LINES: usize = 100;
        let (mut ahead, mut from) = (self.cursor.clone(), self.from);
        for _ in 0..MOST_LINES {
            let within = ahead.line().filter(|line| line.number <= self.last.number);
            let Some(line) = within else { break };
            let end = line.text.floor_char_boundary(from.saturating_add(message.len() + FURTHEST));
            let text = line.text.get(from..end).unwrap_or_default();
            let found = memchr::memmem::find(text.as_bytes(), message.as_bytes());
            looked_at(found.unwrap_or(text.len()));
            if let Some(at) = found {
                (self.cursor, self.from) = (ahead, from + at + message.len());
                return (line, Some(from + at));
            }
            if end < line.text.len() {
                return (line, None);
            }
            ahead.advance();
            from = 0;
        }
        (self.first, None)
    }
}

fn emit(
    (outer, entry): OwnedEntry<'_>,
    message: &str,
    failed: bool,
    (line, at): (Line<'_>, Option<usize>),
    collector: &mut Collector<'_>,
) {
    let range = at.map_or(0..line.text.len(), |at| at..at + message.len());
    let constant = constant(entry).filter(|constant| !message.contains(&**constant));
    let message = match constant {
        Some(constant) => Cow::Owned(format!("{} ({constant})", one_line(message))),
        None => one_line(message),
    };
    let mut record = Record::new(Kind::Log, message, line.number, range);
    let within = || field(entry.get("error")?.as_object()?, &TIMES, Role::Time);
    let time = field(entry, &TIMES, Role::Time).or_else(within);
    record.time = time.and_then(|value| moment(value, collector));
    let level = field(entry, &LEVELS, Role::Severity).and_then(severity);
    record.severity = if failed { Some(Severity::Error) } else { level };
    let device = field(entry, &DEVICES, Role::Device);
    let device = device.or_else(|| field(outer, &DEVICES, Role::Device)).and_then(text);
    record.device = device.map(|device| Cow::Owned(device.to_owned()));
    record.codes = code(entry, collector).into_iter().collect();
    collector.record(record);
}

/// The field with one of the names, `log.level` also as an object in an object; else the field whose
/// name would label such a column.
fn field<'v>(entry: &'v Map<String, Value>, names: &[&str], role: Role) -> Option<&'v Value> {
    let named = names.iter().find_map(|name| {
        entry.get(*name).or_else(|| {
            let (outer, inner) = name.split_once('.')?;
            inner.split('.').try_fold(entry.get(outer)?, |value, part| value.get(part))
        })
    });
    named.or_else(|| entry.iter().find(|(name, _)| columns::role(name) == role).map(|(_, v)| v))
}

fn message(entry: &Map<String, Value>) -> Option<&str> {
    // RFC 6749, 5.2: `error` is one word, and `error_description` tells of it.
    let described = entry.get("error_description").and_then(text);
    let word = || entry.get("error").and_then(Value::as_str).is_some_and(|it| !it.contains(' '));
    let named = || MESSAGES.iter().filter_map(|name| entry.get(*name)).find_map(text);
    let labelled = || {
        let labelled = entry.iter().filter(|(name, _)| columns::listed(name) == Role::Message);
        labelled.filter_map(|(_, value)| text(value)).next()
    };
    described.filter(|_| word()).or_else(named).or_else(labelled)
}

/// A text, or the text that an object has for its name or message (`"host": {"name": …}`).
fn text(value: &Value) -> Option<&str> {
    let inner = || ["message", "detail", "name"].iter().find_map(|name| value.get(name)?.as_str());
    value.as_str().or_else(inner).map(str::trim).filter(|text| !text.is_empty())
}

/// The constant that a field of an entry, or of an answer within it, holds and nothing else.
fn constant(entry: &Map<String, Value>) -> Option<Cow<'_, str>> {
    let answers = ANSWERS.iter().filter_map(|name| match entry.get(*name)? {
        Value::Object(answer) => Some(Cow::Borrowed(answer)),
        // A log quotes the body as it came: `"responseBody":"{\"reason\":\"BadDeviceToken\"}"`.
        Value::String(body) if body.starts_with('{') => serde_json::from_str(body).ok(),
        _ => None,
    });
    let own = constant_of(entry).map(Cow::Borrowed);
    own.or_else(|| answers.filter_map(|it| Some(constant_of(&it)?.to_owned().into())).next())
}

/// Words that are joined by capitals, underscores or dots, as the only value of a field of an object.
fn constant_of(object: &Map<String, Value>) -> Option<&str> {
    CONSTANTS.iter().filter_map(|name| object.get(*name)?.as_str()).find(|value| {
        let plain = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'.');
        value.len() <= LONGEST_CONSTANT
            && value.bytes().all(plain)
            && (value.contains('_') || value.split('.').any(may_name_error))
    })
}

/// The constant in capitals that a field whose name ends in `Reason` holds. Of several the longest name tells the most:
/// `specificNonComplianceReason` narrows `nonComplianceReason`.
fn held_reason(object: &Map<String, Value>) -> Option<&str> {
    let constant = |value: &&str| {
        value.len() <= LONGEST_CONSTANT
            && value.len() > 3
            && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    };
    let reasons = object.iter().filter(|(name, _)| name.ends_with("Reason"));
    let constants = reasons.filter_map(|(name, value)| Some((name, value.as_str()?)));
    let constants = constants.filter(|(_, value)| constant(value));
    constants.max_by_key(|(name, _)| name.len()).map(|(_, value)| value)
}

/// The objects in a value that have a constant beside a text, as those have that tell why something does not apply.
fn coded<'v>(value: &'v Value, found: &mut Vec<(&'v Map<String, Value>, &'v str)>) {
    match value {
        Value::Object(object) => match message(object).filter(|_| constant(object).is_some()) {
            Some(message) => found.push((object, message)),
            // `nonComplianceReason` of the Android Management API has the constant alone.
            None if held_reason(object).is_some() => {
                found.extend(held_reason(object).map(|reason| (object, reason)));
            }
            None => object.values().for_each(|value| coded(value, found)),
        },
        Value::Array(values) => values.iter().for_each(|value| coded(value, found)),
        _ => {}
    }
}

fn code(entry: &Map<String, Value>, collector: &Collector<'_>) -> Option<Code> {
    let value = CODES.iter().find_map(|name| entry.get(*name));
    // The errors of Apple have a domain beside their number.
    let domain =
        ["domain", "errorDomain", "ErrorDomain"].iter().find_map(|name| entry.get(*name)?.as_str());
    let number =
        ["code", "errorCode", "ErrorCode"].iter().find_map(|name| entry.get(*name)?.as_i64());
    if let (Some(domain), Some(number)) = (domain, number) {
        return collector.codes.read(&format!("{domain} {number}"));
    }
    // The error that a field holds has a code of its own.
    let within = || {
        let error = entry.get("error")?;
        CODES.iter().find_map(|name| error.get(*name)).or_else(|| error.get("code"))
    };
    match value.or_else(within)? {
        Value::String(written) => collector.codes.read(written),
        Value::Number(number) => collector.codes.read(&number.to_string()),
        _ => None,
    }
}

fn moment(value: &Value, collector: &Collector<'_>) -> Option<Moment> {
    match value {
        Value::String(written) if written.bytes().all(|byte| byte.is_ascii_digit()) => {
            since_1970(written.parse().ok()?)
        }
        Value::String(written) => {
            read_time(&fold(written.trim()), collector.now).map(|timed| timed.moment)
        }
        Value::Number(number) => since_1970(number.as_f64()?),
        _ => None,
    }
}

/// A time in seconds, milliseconds, microseconds or nanoseconds since 1970: which, its size tells, since
/// logs are younger than 2001.
fn since_1970(count: f64) -> Option<Moment> {
    let mut units = [1.0, 1e3, 1e6, 1e9].iter().map(|unit| count / unit);
    let seconds = units.find(|seconds| (1e9..1e10).contains(seconds))?;
    #[expect(clippy::cast_possible_truncation, reason = "it is below 1e13")]
    let timestamp = Timestamp::from_millisecond((seconds * 1e3).round() as i64).ok()?;
    Some(Moment { local: Offset::UTC.to_datetime(timestamp), offset: Some(Offset::UTC) })
}

/// A level by its name, or by the numbers of bunyan and pino: 30 is info, 40 warning, 50 error.
fn severity(value: &Value) -> Option<Severity> {
    match value {
        Value::String(word) => read_level(word),
        Value::Number(number) => match number.as_u64()? {
            10 | 20 | 30 => Some(Severity::Info),
            40 => Some(Severity::Warning),
            50 | 60 => Some(Severity::Error),
            _ => None,
        },
        _ => None,
    }
}
