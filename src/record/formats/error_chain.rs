//! Apple's error chains: a property list (XML, or the nested text and JSON that consoles print) with
//! `ErrorChain`, an array of `ErrorCode`, `ErrorDomain`, `LocalizedDescription`, `USEnglishDescription`.
//!
//! The last link is the cause: its description is the message, and the codes of all links are kept in
//! their order. Only the four keys matter, so the text is searched for them rather than parsed: a chain
//! that a mail or a ticket has torn still reads. A link alone, with its code and its domain, is a chain of one.
//!
//! An answer without a chain, whole or torn, is one failure where its status or a reason says so; a property list that
//! tells of none says nothing.
//!
//! The keys are those of Apple's MDM Protocol Reference ("ErrorChain").

use std::borrow::Cow;
use std::ops::Range;

use crate::facts::{Code, Kind, Moment, Record, Severity, fold, read_number};
use crate::record::collect::{Collector, range_in};
use crate::record::cursor::Cursor;
use crate::record::leading_time::leading_time;
use crate::source::Line;
use crate::text::lexicon::{self, Section};

/// How many lines an answer of a device may have.
const MOST_LINES: usize = 2000;

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let Some(first) = cursor.line() else { return false };
    let head = first.text.trim_start();
    let opens = ["<?xml", "?xml", "<!DOCTYPE plist", "<plist", "<dict>", "<key>", "{", "("];
    let opens = first.text.contains("ErrorChain")
        || opens.iter().any(|open| head.starts_with(open))
        || is_cut_before_list(cursor)
        || is_assignment(head) && leads_to_chain(cursor);
    if !opens || collector.has_given_up("error-chain", first.number) {
        return false;
    }
    let mut ahead = cursor.clone();
    let mut chain = Chain::default();
    for _ in 0..MOST_LINES {
        let Some(line) = ahead.line() else { break };
        if chain.is_over(line.text) || chain.has_code() && line.text.contains("ErrorChain") {
            break;
        }
        chain.read_line(line);
        ahead.advance();
        if line.text.contains("</plist>") {
            break;
        }
    }
    let alone = chain.links.iter().any(|link| link.code.is_some() && link.domain.is_some());
    if !(chain.begun || alone) || chain.links.iter().all(|link| link.code.is_none()) {
        collector.give_up("error-chain", ahead.line());
        return read_answer(cursor, collector) || skip_property_list(cursor);
    }
    *cursor = ahead;
    chain.time = leading_time(first.text, collector.now).map(|(time, _)| time);
    chain.emit(collector);
    true
}

/// Reads a property list without a chain, whole or a piece of one: what its status and its reasons say is one record.
fn read_answer<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let mut ahead = cursor.clone();
    let first = ahead.line().filter(|line| line.text.trim_start().starts_with('<'));
    let Some(first) = first else { return false };
    let (mut keys, mut key): (usize, Option<&'t str>) = (0, None);
    let (mut reasons, mut status, mut device) = (Vec::new(), None, None);
    for _ in 0..MOST_LINES {
        let Some(line) = ahead.line() else { break };
        let text = line.text.trim();
        if !(text.is_empty() || text.starts_with('<')) {
            break;
        }
        for part in text.split('<').skip(1) {
            let Some((tag, value)) = part.split_once('>') else { continue };
            match tag {
                "key" => {
                    keys += 1;
                    key = Some(value.trim());
                }
                "string" | "integer" => match (key.take(), value.trim()) {
                    (Some("Status"), value) => status = Some(value),
                    (Some("UDID" | "SerialNumber"), value) => device = device.or(Some(value)),
                    (Some(key), value) if key.ends_with("Reason") && !value.is_empty() => {
                        reasons.push(format!("{key}: {value}"));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        ahead.advance();
        if text.contains("</plist>") {
            break;
        }
    }
    if keys == 0 {
        return false;
    }
    *cursor = ahead;
    let failed = status.is_some_and(|status| status.ends_with("Error"));
    if failed || status == Some("NotNow") || !reasons.is_empty() {
        if let Some(status) = status.filter(|_| reasons.is_empty()) {
            reasons.push(format!("Status: {status}"));
        }
        let range = range_in(first.text, first.text.trim());
        let message = Cow::Owned(reasons.join(", "));
        let mut record = Record::new(Kind::Log, message, first.number, range);
        record.severity = Some(if failed { Severity::Error } else { Severity::Warning });
        record.device = device.map(Cow::Borrowed);
        collector.record(record);
    }
    true
}

/// Leaves alone a property list that has no error chain: a profile that was pasted along says nothing.
fn skip_property_list(cursor: &mut Cursor<'_>) -> bool {
    let opens = ["<?xml", "?xml", "<!DOCTYPE plist", "<plist"];
    let head = cursor.line().map_or("", |line| line.text.trim_start());
    let cut = is_cut_before_list(cursor);
    if !cut && !opens.iter().any(|open| head.starts_with(open)) {
        return false;
    }
    let mut ahead = cursor.clone();
    if cut {
        ahead.advance();
    }
    let mut depth = 0_usize;
    let mut lists = 0;
    for _ in 0..MOST_LINES {
        let Some(line) = ahead.line() else { break };
        let text = line.text.trim();
        // The text of a string may go on over lines; anything else that is no tag is no property list.
        if !text.is_empty() && !text.starts_with('<') && depth == 0 && !text.starts_with("?xml") {
            break;
        }
        lists += usize::from(text.contains("<plist"));
        depth = (depth + text.matches("<string>").count() + text.matches("<data>").count())
            .saturating_sub(text.matches("</string>").count() + text.matches("</data>").count());
        ahead.advance();
        if text.contains("</plist>") {
            break;
        }
    }
    if lists == 0 {
        return false;
    }
    *cursor = ahead;
    true
}

/// Whether the line is the end of a tag whose beginning was not copied along, over a property list: `ist version="1.0">`,
/// `DOCTYPE plist PUBLIC "…">`.
fn is_cut_before_list(cursor: &Cursor<'_>) -> bool {
    let opens = ["<!DOCTYPE plist", "<plist", "<dict>"];
    let opens = |it: Line<'_>| opens.iter().any(|open| it.text.trim_start().starts_with(open));
    let cut = |line: Line<'_>| {
        let text = line.text.trim_end();
        (text.ends_with("\">") || text.ends_with("\"?>")) && !text.contains('<')
    };
    cursor.line().is_some_and(cut) && cursor.following().is_some_and(opens)
}

/// `Status = Error;`
fn is_assignment(line: &str) -> bool {
    let key = line.split_once(" = ").map(|(key, _)| key);
    key.is_some_and(|key| key.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        && line.trim_end().ends_with([';', '(', '{'])
}

/// Whether the lines at the cursor are assignments up to one of a chain.
fn leads_to_chain(cursor: &Cursor<'_>) -> bool {
    const MOST: usize = 20;
    let mut lines = cursor.ahead().take(MOST).take_while(|line| is_assignment(line.text.trim()));
    lines.any(|line| line.text.contains("ErrorChain"))
}

#[derive(Debug, Default)]
struct Chain<'t> {
    links: Vec<Link<'t>>,
    begun: bool,
    device: Option<&'t str>,
    command: Option<&'t str>,
    /// A key whose value is on the next line.
    pending: Option<&'static str>,
    /// The time before the chain, where it is on a line of a log.
    time: Option<Moment>,
}

static KEYS: Section = lexicon::MESSAGE_WORDS.section("keys of error chains");

impl<'t> Chain<'t> {
    fn has_code(&self) -> bool {
        self.links.last().is_some_and(|link| link.code.is_some())
    }

    /// Whether a line comes after the chain: it has neither a key nor the brackets of a property list.
    fn is_over(&self, line: &str) -> bool {
        let line = line.trim();
        let structure = line.starts_with(['<', '{', '}', '(', ')', '[', ']', '"', ';', ','])
            || line.ends_with([';', '{', '(', ',', '>']);
        self.has_code() && !structure && !KEYS.iter().any(|key| line.contains(key))
    }

    fn read_line(&mut self, line: Line<'t>) {
        let mut at = 0;
        if let Some(key) = self.pending.take()
            && let Some(range) = element(line.text, 0)
        {
            at = range.end;
            self.take(key, Some(range), line);
        }
        while let Some((key, end)) = next_key(line.text, at) {
            let found = value_after(line.text, end);
            at = found.as_ref().map_or(end, |range| range.end.max(end));
            if found.is_none() && line.text.get(end..).is_some_and(|rest| rest.trim() == "</key>") {
                self.pending = Some(key);
            }
            if found.is_some() || key == "ErrorChain" {
                self.take(key, found, line);
            }
        }
    }

    fn take(&mut self, key: &str, found: Option<Range<usize>>, line: Line<'t>) {
        let text = found.and_then(|range| line.text.get(range));
        let value = text.filter(|text| !text.is_empty()).map(|text| Value { text, line });
        match key {
            "ErrorChain" => self.begun = true,
            "UDID" => self.device = value.map(|value| value.text).or(self.device),
            "RequestType" => self.command = value.map(|value| value.text).or(self.command),
            _ => self.set(key, value),
        }
    }

    fn set(&mut self, key: &str, value: Option<Value<'t>>) {
        let again = self.links.last_mut().is_none_or(|link| slot(link, key).is_some());
        if again {
            self.links.push(Link::default());
        }
        if let Some(link) = self.links.last_mut() {
            *slot(link, key) = value;
        }
    }

    fn emit(&self, collector: &mut Collector<'_>) {
        let codes: Vec<Code> =
            self.links.iter().filter_map(|link| link.read_code(collector)).collect();
        let described = self.links.iter().rev().find_map(|link| link.description.or(link.english));
        let cause = self.links.iter().rev().find_map(|link| link.code);
        let (message, place) = match (described, cause) {
            (Some(value), _) if value.text.contains("\\\"") => {
                (Cow::Owned(value.text.replace("\\\"", "\"")), value)
            }
            (Some(value), _) => (Cow::Borrowed(value.text), value),
            (None, Some(value)) => {
                let domain =
                    self.links.last().and_then(|link| link.domain).map_or("", |value| value.text);
                (Cow::Owned(format!("{domain} {}", value.text).trim().to_owned()), value)
            }
            (None, None) => return,
        };
        let range: Range<usize> = range_in(place.line.text, place.text);
        let mut record = Record::new(Kind::Log, message, place.line.number, range);
        record.severity = Some(Severity::Error);
        record.time = self.time;
        record.codes = codes;
        record.device = self.device.map(Cow::Borrowed);
        record.command = self.command.map(Cow::Borrowed);
        collector.record(record);
    }
}

fn slot<'l, 't>(link: &'l mut Link<'t>, key: &str) -> &'l mut Option<Value<'t>> {
    match key {
        "ErrorCode" => &mut link.code,
        "ErrorDomain" => &mut link.domain,
        "LocalizedDescription" => &mut link.description,
        _ => &mut link.english,
    }
}

/// The next key at or after `from`, as a whole word, and where it ends.
fn next_key(line: &str, from: usize) -> Option<(&'static str, usize)> {
    let bytes = line.as_bytes();
    let found = KEYS.iter().filter_map(|&key| {
        let start = memchr::memmem::find(bytes.get(from..)?, key.as_bytes())? + from;
        let end = start + key.len();
        let whole = |byte: Option<&u8>| !byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        (whole(before) && whole(bytes.get(end))).then_some((key, end))
    });
    found.min_by_key(|&(_, end)| end)
}

/// The value after a key: `</key><integer>4001</integer>`, ` = 4001;`, `": 4001,`.
fn value_after(line: &str, mut at: usize) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    if bytes.get(at..at + 6) == Some(b"</key>") {
        return element(line, at + 6);
    }
    let joint = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'"' | b'\\');
    at += bytes.get(at..)?.iter().take_while(joint).count();
    if !matches!(bytes.get(at), Some(b'=' | b':')) {
        return None;
    }
    at += 1;
    at += bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    if bytes.get(at) == Some(&b'"') {
        // A quotation mark within the text is after a backslash.
        let rest = bytes.get(at + 1..)?;
        let length = memchr::memchr_iter(b'"', rest)
            .find(|&end| end.checked_sub(1).and_then(|at| rest.get(at)) != Some(&b'\\'))?;
        return Some(at + 1..at + 1 + length);
    }
    let rest = bytes.get(at..)?;
    let length = rest.iter().position(|byte| b";,})]([{".contains(byte)).unwrap_or(rest.len());
    Some(at..at + rest.get(..length)?.trim_ascii_end().len())
}

/// The content of `<integer>` or `<string>` at `at`, after spaces.
fn element(line: &str, mut at: usize) -> Option<Range<usize>> {
    let bytes = line.as_bytes();
    at += bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let tag = bytes.get(at..)?;
    if !(tag.starts_with(b"<integer>") || tag.starts_with(b"<string>")) {
        return None;
    }
    let start = at + memchr::memchr(b'>', tag)? + 1;
    let length = memchr::memchr(b'<', bytes.get(start..)?)?;
    Some(start..start + length)
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'t> {
    pub(super) text: &'t str,
    pub(super) line: Line<'t>,
}

/// One error of a chain, as Apple's frameworks tell it.
#[derive(Debug, Default)]
pub(super) struct Link<'t> {
    pub(super) description: Option<Value<'t>>,
    /// The description in English, where it is beside that of the device's language.
    pub(super) english: Option<Value<'t>>,
    pub(super) domain: Option<Value<'t>>,
    pub(super) code: Option<Value<'t>>,
}

impl Link<'_> {
    pub(super) fn read_code(&self, collector: &Collector<'_>) -> Option<Code> {
        let written = self.code?.text;
        let (number, _) = read_number(&fold(written))?;
        Some(collector.codes.identify(self.domain.map(|domain| domain.text), number, written))
    }
}
