//! Syslog: RFC 5424 (`<165>1 2003-10-11T22:14:15.003Z host app 7 ID47 - text`), RFC 3164
//! (`<34>Oct 11 22:14:15 host app[7]: text`), and the files that daemons write of it, without `<34>`.
//!
//! The number in front is the facility times 8 and the severity: 0 to 3 are errors, 4 is a warning.

use std::borrow::Cow;

use super::row;
use crate::facts::{Kind, Moment, Severity, read_level};
use crate::record::collect::{Collector, record_at};
#[cfg(test)]
use crate::record::formats::samples::Sample;
use crate::record::joining::{Begun, continued};
use crate::record::paste::Cursor;
use crate::record::registry::Format;

/// The highest facility with the lowest severity.
const HIGHEST_PRIORITY: u8 = 191;

/// Syslog.
pub(in crate::record) struct Syslog;

#[derive(Debug)]
struct Entry<'t> {
    time: Option<Moment>,
    host: Option<&'t str>,
    severity: Option<Severity>,
    message: &'t str,
}

impl Format for Syslog {
    fn name(&self) -> &'static str {
        "syslog"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let mut any = false;
        while let Some(line) = cursor.line() {
            let Some(entry) = entry(line.text.trim(), collector) else { break };
            let mut record = record_at(Kind::Log, line.text, entry.message, line.number);
            record.time = entry.time;
            record.severity = entry.severity;
            record.device = entry.host.map(Cow::Borrowed);
            any = true;
            cursor.advance();
            let begun =
                Begun { line: line.text, message: entry.message, marked: true, timed: true };
            if let Some(joined) = continued(begun, cursor, collector) {
                record.message = Cow::Owned(joined);
            }
            collector.record(record);
        }
        any
    }

    #[cfg(test)]
    fn samples(&self) -> &'static [Sample] {
        tests::SAMPLES
    }
}

fn entry<'t>(line: &'t str, collector: &Collector<'_>) -> Option<Entry<'t>> {
    let (severity, rest) = match priority(line) {
        Some((priority, rest)) => (Some(severity(priority)), rest),
        None => (None, line),
    };
    if severity.is_some()
        && let Some(rest) = rest.strip_prefix("1 ")
    {
        return Some(Entry { severity, ..new_entry(rest, collector)? });
    }
    Some(Entry { severity, ..old_entry(rest, severity.is_some(), collector)? })
}

fn priority(line: &str) -> Option<(u8, &str)> {
    let (digits, rest) = line.strip_prefix('<')?.split_once('>')?;
    let priority = digits.parse().ok().filter(|priority| *priority <= HIGHEST_PRIORITY)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some((priority, rest))
}

fn severity(priority: u8) -> Severity {
    match priority % 8 {
        0..=3 => Severity::Error,
        4 => Severity::Warning,
        _ => Severity::Info,
    }
}

/// RFC 5424, behind its version.
fn new_entry<'t>(rest: &'t str, collector: &Collector<'_>) -> Option<Entry<'t>> {
    let mut fields = rest.splitn(6, ' ');
    let (time, host) = (fields.next()?, fields.next()?);
    let (_app, _process, _message_id) = (fields.next()?, fields.next()?, fields.next()?);
    let behind = fields.next()?;
    let message = behind.strip_prefix('-').or_else(|| behind_data(behind))?;
    let message = message.trim_start_matches([' ', '\u{FEFF}']);
    let time = row::leading_time(time, collector).map(|(time, _)| time);
    // Some senders have data and no text.
    let message = if message.is_empty() { behind } else { message };
    Some(Entry { time, host: (host != "-").then_some(host), severity: None, message })
}

/// What stands behind the structured data `[id name="value"][id …]`.
fn behind_data(text: &str) -> Option<&str> {
    text.strip_prefix('[')?;
    let (mut quoted, mut escaped) = (false, false);
    let mut characters = text.char_indices().peekable();
    while let Some((_, character)) = characters.next() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ']' if !quoted => match characters.peek() {
                Some((_, '[')) => {}
                Some((at, _)) => return text.get(*at..),
                None => return Some(""),
            },
            _ => {}
        }
    }
    None
}

/// RFC 3164, behind its priority; where there is none, only what cannot be another log.
fn old_entry<'t>(rest: &'t str, prioritized: bool, collector: &Collector<'_>) -> Option<Entry<'t>> {
    let named_month = rest.starts_with(|c: char| c.is_ascii_uppercase());
    let (time, behind) = row::leading_time(rest, collector)?;
    let (host, behind) = behind.split_once(' ')?;
    let is_host = |host: &str| {
        !host.is_empty()
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:".contains(&b))
            && !host.ends_with(':')
            && read_level(host).is_none()
    };
    if !is_host(host) {
        return None;
    }
    let tagged = tag(behind);
    let sure = prioritized || tagged.is_some_and(|(_, numbered)| numbered || named_month);
    let message = tagged.map_or(behind, |(message, _)| message);
    (sure && !message.is_empty()).then_some(Entry {
        time: Some(time),
        host: Some(host),
        severity: None,
        message,
    })
}

/// The text behind `app: ` or `app[7]: `, and whether the process has its number.
fn tag(text: &str) -> Option<(&str, bool)> {
    let (tag, message) = text.split_once(": ")?;
    let (name, numbered) = match tag.strip_suffix(']').and_then(|tag| tag.split_once('[')) {
        Some((name, number)) => (name, number.bytes().all(|byte| byte.is_ascii_digit())),
        None => (tag, false),
    };
    let named = !name.is_empty()
        && name.len() <= 64
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./()".contains(&b));
    named.then_some((message.trim(), numbered))
}

#[cfg(test)]
mod tests {
    use crate::record::formats::samples::{Sample, test_format};

    test_format!(super::Syslog);

    pub(super) const SAMPLES: &[Sample] = &[
        Sample {
            source: "RFC 3164, section 5.4, example 1, and a file of the same kind",
            formats: &["syslog"],
            paste: "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8\n\
                Oct 11 22:14:16 mymachine kernel: disk sda is gone\n\
                Oct 11 22:14:17 mymachine app[7]: java.io.IOException: gone\n\tat a.b.C.d(C.java:4026)\n",
            incidents: &[
                "2023-10-11T22:14:15 mymachine Error 'su root' failed for lonvick on /dev/pts/8 []",
                "2023-10-11T22:14:16 mymachine Unknown disk sda is gone []",
                "2023-10-11T22:14:17 mymachine Error java.io.IOException: gone at a.b.C.d(C.java:4026) []",
            ],
        },
        Sample {
            source: "RFC 5424, section 6.5, examples 1 and 3",
            formats: &["syslog"],
            paste: "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \u{FEFF}'su root' failed for lonvick on /dev/pts/8\n\
                <165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut=\"3\" eventSource=\"Appli]cation\" eventID=\"1011\"] An application event log entry...\n",
            incidents: &[
                "2003-10-11T22:14:15.003+00:00 mymachine.example.com Error 'su root' failed for lonvick on /dev/pts/8 []",
                "2003-10-11T22:14:15.003+00:00 mymachine.example.com Info An application event log entry... []",
            ],
        },
    ];
}
