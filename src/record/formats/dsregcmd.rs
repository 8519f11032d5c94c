//! `dsregcmd /status` of Windows: one screen of values under headings in frames.
//!
//! Values are facts. What failed (an error code, a test with `FAIL`) is one incident, whatever number of
//! lines tells of it; a screen on which nothing failed tells of none.
//! The keys are those of learn.microsoft.com, "Troubleshoot devices by using the dsregcmd command".

use std::borrow::Cow;

use crate::facts::{Fact, Kind, Record, Severity, fold, read_number, read_time};
use crate::record::collect::{Collector, fact, range_in};
use crate::record::cursor::Cursor;
use crate::source::Line;
use crate::text::lexicon::{COLUMN_LABELS, Section};

/// How many lines a screen may have.
const MOST_LINES: usize = 400;
static KEYS: Section = COLUMN_LABELS.section("dsregcmd");

pub(in crate::record) fn read<'t>(cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
    let Some(first) = cursor.line() else { return false };
    let head = first.text.trim_start();
    let opens =
        head.starts_with("+--") || pair(first.text).is_some_and(|(key, _)| KEYS.contains(&key));
    if !opens || collector.has_given_up("dsregcmd", first.number) {
        return false;
    }
    let mut ahead = cursor.clone();
    let mut pairs: Vec<(&'t str, &'t str, Line<'t>)> = Vec::new();
    for _ in 0..MOST_LINES {
        let Some(line) = ahead.line() else { break };
        let text = line.text.trim();
        if let Some((key, value)) = pair(text) {
            pairs.push((key, value, line));
        } else if !is_frame(text) {
            break;
        }
        ahead.advance();
    }
    if !pairs.iter().any(|(key, _, _)| KEYS.contains(key)) || pairs.len() < 2 {
        collector.give_up("dsregcmd", ahead.line());
        return false;
    }
    *cursor = ahead;
    emit(&pairs, collector);
    true
}

/// `Key : value`
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(" :")?;
    let key = key.trim();
    let plain = !key.is_empty()
        && key.len() <= 40
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b" -_./()".contains(&b));
    plain.then_some((key, value.trim()))
}

/// Whether a line frames the values: borders, headings in them, empty lines, the link at the end.
fn is_frame(line: &str) -> bool {
    line.is_empty()
        || line.starts_with("+-")
        || line.starts_with('|') && line.ends_with('|')
        || line.starts_with("For more information")
}

fn failed(key: &str, value: &str) -> bool {
    let codes = ["ErrorCode", "Error Code", "Attempt Status"];
    let is_code = codes.iter().any(|end| key.ends_with(end));
    let zero = value.trim_start_matches("0x").bytes().all(|byte| byte == b'0');
    (is_code && !zero && value.starts_with(|c: char| c == '0' || c == '-' || c.is_ascii_digit()))
        || value.starts_with("FAIL")
        || value.starts_with("ERROR")
}

fn emit(pairs: &[(&str, &str, Line<'_>)], collector: &mut Collector<'_>) {
    let value = |wanted: &[&str]| {
        pairs.iter().find(|(key, value, _)| wanted.contains(key) && !value.is_empty())
    };
    let device = value(&["Device Name", "DeviceName"]).map(|(_, value, _)| *value);
    let time =
        value(&["Client Time", "Attempt Time", "Previous Registration", "Previous Prt Attempt"])
            .and_then(|(_, value, _)| read_time(&fold(value), collector.now))
            .map(|timed| timed.moment);
    let facts = pairs.iter().map(|(key, value, line)| fact(key, value, device, line.number));
    let facts: Vec<Fact> = facts.collect();
    facts.iter().cloned().for_each(|fact| collector.fact(fact));
    let wrong: Vec<_> = pairs.iter().filter(|(key, value, _)| failed(key, value)).collect();
    let Some((_, _, line)) = wrong.last().copied() else { return };
    let telling =
        ["Error Phase", "Server Message", "Server Error Description", "Server ErrorSubCode"];
    let tells = |key: &str, value: &str| telling.contains(&key) && !value.is_empty();
    let told = pairs.iter().filter(|(key, value, _)| failed(key, value) || tells(key, value));
    let told: Vec<String> = told.map(|(key, value, _)| format!("{key} : {value}")).collect();
    let range = range_in(line.text, line.text.trim());
    let mut record = Record::new(Kind::Log, Cow::Owned(told.join(" ")), line.number, range);
    for (_, value, _) in &wrong {
        // `FAIL [0x801c0021/0x801c000c]`
        for written in value.split(['[', ']', '(', ')', ' ', '/']) {
            if let Some((number, true)) = read_number(written) {
                record.codes.push(collector.codes.identify(None, number, written));
            }
        }
    }
    record.severity = Some(Severity::Error);
    record.device = device.map(Cow::Borrowed);
    record.time = time;
    record.platform = Some("Windows");
    record.facts = facts;
    collector.record(record);
}
