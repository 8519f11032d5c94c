//! Reads the entries of pattern formats.

use std::borrow::Cow;
use std::ops::Range;

use super::Formats;
use super::compile::{Field, Gives, Pattern, PatternFormat};
use crate::facts::{Code, Kind, Moment, Record, Severity, fold, read_level, read_time};
use crate::record::collect::{Collector, fact, one_line, range_in};
use crate::record::cursor::Cursor;
use crate::record::formats::ns_error;
use crate::record::joining::{self, OpenRecord};
use crate::record::traces;
use crate::source::{Line, looked_at};

/// How many lines an entry may have, and how many bytes.
const MOST_LINES: usize = 2000;
const MOST_BYTES: usize = 1 << 16;
/// How many entries one exception may have.
const MOST_JOINED: usize = 200;

/// Reads the entries at the cursor that are of a pattern format; of the one that is named, where one is.
/// Returns the format's name.
pub(in crate::record) fn read<'t>(
    formats: &Formats,
    chosen: Option<&str>,
    cursor: &mut Cursor<'t>,
    collector: &mut Collector<'_>,
) -> Option<&'static str> {
    if let Some(name) = chosen {
        let format = formats.get(name)?;
        return read_entries(format, cursor, collector).then_some(format.name);
    }
    let line = cursor.line()?;
    looked_at(2 * line.text.len());
    let mut may_have = formats.that_may_have(line.text.trim()).into_iter();
    may_have.find(|format| read_entries(format, cursor, collector)).map(|format| format.name)
}

/// Reads entries of one format as long as they follow one another.
fn read_entries<'t>(
    format: &PatternFormat,
    cursor: &mut Cursor<'t>,
    collector: &mut Collector<'_>,
) -> bool {
    let mut any = false;
    let mut entry = None;
    loop {
        any |= format.skip_ignored(cursor);
        let Some(next) = entry.take().or_else(|| format.entry(cursor, collector)) else { break };
        any = true;
        entry = format.emit(next, cursor, collector);
    }
    any
}

#[derive(Debug, Clone)]
pub(super) struct MatchedEntry<'t> {
    pub(super) first: Line<'t>,
    pub(super) last: Line<'t>,
    fields: [Option<&'t str>; Field::ALL.len()],
    facts: Vec<(usize, &'t str)>,
    pub(super) time: Option<Moment>,
    pub(super) severity: Option<Severity>,
}

impl<'t> MatchedEntry<'t> {
    fn get(&self, field: Field) -> Option<&'t str> {
        self.fields.get(field as usize).copied().flatten()
    }

    fn message(&self) -> &'t str {
        self.get(Field::Message).unwrap_or_default()
    }

    fn take(&mut self, pattern: &Pattern, captures: &regex::Captures<'t>) {
        for (number, gives) in pattern.groups() {
            let Some(found) = captures.get(*number) else { continue };
            let value = found.as_str().trim();
            if value.is_empty() {
                continue;
            }
            match *gives {
                Gives::Field { field, over } => {
                    if let Some(slot) = self.fields.get_mut(field as usize)
                        && (over || slot.is_none())
                    {
                        *slot = Some(value);
                    }
                }
                Gives::Fact(place) => self.facts.push((place, value)),
            }
        }
    }
}

impl PatternFormat {
    /// The patterns that the first line of an entry fits.
    pub(super) fn openings(&self) -> impl Iterator<Item = &Pattern> {
        let patterns = if self.begins.is_some() { &[] } else { self.patterns.as_slice() };
        self.begins.iter().chain(patterns).chain(&self.ignored)
    }

    fn skip_ignored(&self, cursor: &mut Cursor<'_>) -> bool {
        let mut any = false;
        let Some(ignored) = &self.ignored else { return false };
        while cursor.line().is_some_and(|line| ignored.is_match(line.text.trim())) {
            any = true;
            cursor.advance();
        }
        any
    }

    /// The entry at the cursor, which does not move.
    pub(super) fn entry<'t>(
        &self,
        cursor: &Cursor<'t>,
        collector: &Collector<'_>,
    ) -> Option<MatchedEntry<'t>> {
        let first = cursor.line()?;
        let empty = MatchedEntry {
            first,
            last: first,
            fields: [None; Field::ALL.len()],
            facts: Vec::new(),
            time: None,
            severity: None,
        };
        // Most entries are one line, which is looked through once.
        let line = first.text.trim();
        looked_at(line.len());
        let (empty, text, enclosed) = match self.enclosed(line, &empty) {
            Some(entry) => (empty, line, Some(entry)),
            None => {
                let last = self.last_line(cursor, &first)?;
                let text = cursor.text_between(&first, &last).trim();
                let empty = MatchedEntry { last, ..empty };
                let enclosed = (last != first).then(|| self.enclosed(text, &empty)).flatten();
                (empty, text, enclosed)
            }
        };
        let complete = |mut entry: MatchedEntry<'t>| {
            for also in &self.also {
                if let Some(captures) = also.captures(text) {
                    entry.take(also, &captures);
                }
            }
            self.complete(entry, collector)
        };
        looked_at(text.len());
        let enclosed = enclosed.and_then(complete);
        let fits = |pattern: &Pattern| {
            looked_at(text.len());
            let captures = pattern.captures(text)?;
            let mut entry = empty.clone();
            entry.take(pattern, &captures);
            complete(entry)
        };
        enclosed.or_else(|| self.patterns.iter().find_map(fits))
    }

    /// The entry whose message is between its beginning and its end, where the end has all groups: what a message may
    /// hold is not looked at letter by letter.
    fn enclosed<'t>(&self, text: &'t str, empty: &MatchedEntry<'t>) -> Option<MatchedEntry<'t>> {
        let (begins, ends) = self.begins.as_ref().zip(self.ends.as_ref())?;
        let groups = ends.groups();
        let begun = begins.find(text).filter(|_| !groups.is_empty())?;
        let rest = text.get(begun.end()..)?;
        let end = ends.captures(rest)?;
        groups.iter().all(|(number, _)| end.get(*number).is_some()).then_some(())?;
        let message = rest.get(..end.get(0)?.start())?.trim();
        let mut entry = empty.clone();
        entry.take(ends, &end);
        if let Some(slot) = entry.fields.get_mut(Field::Message as usize) {
            *slot = Some(message).filter(|message| !message.is_empty());
        }
        Some(entry)
    }

    /// The last line of the entry that begins with the line at the cursor. Where an entry is not closed
    /// before the next begins, its first line is all of it.
    fn last_line<'t>(&self, cursor: &Cursor<'t>, first: &Line<'t>) -> Option<Line<'t>> {
        let (Some(begins), Some(ends)) = (&self.begins, &self.ends) else { return Some(*first) };
        begins.is_match(first.text.trim()).then_some(())?;
        let mut ahead = cursor.clone();
        let mut line = *first;
        for _ in 0..MOST_LINES {
            if ends.is_match(line.text) {
                return Some(line);
            }
            ahead.advance();
            let Some(next) = ahead.line() else { break };
            // So each line is looked at for one entry alone.
            if begins.is_match(next.text.trim()) || next.start > first.start + MOST_BYTES {
                break;
            }
            line = next;
        }
        Some(*first)
    }

    /// The entry with its fields read; `None` where one of them cannot be what it is called.
    fn complete<'t>(
        &self,
        mut entry: MatchedEntry<'t>,
        collector: &Collector<'_>,
    ) -> Option<MatchedEntry<'t>> {
        let written = entry.get(Field::Time).map(fold);
        if let Some(written) = &written {
            entry.time = Some(read_time(written, collector.now)?.moment);
        } else if let Some(date) = entry.get(Field::Date) {
            let clock = entry.get(Field::Clock).unwrap_or_default();
            let both = format!("{} {}", fold(date), fold(clock));
            entry.time = Some(read_time(both.trim(), collector.now)?.moment);
        }
        // No device is called ERROR.
        if entry.get(Field::Device).is_some_and(|device| read_level(device).is_some()) {
            return None;
        }
        if self.continued.is_none() && entry.message().is_empty() {
            return None;
        }
        entry.severity = self.severity_of(&entry);
        Some(entry)
    }

    fn severity_of(&self, entry: &MatchedEntry<'_>) -> Option<Severity> {
        let level = entry.get(Field::Level).and_then(|level| self.severity(level));
        let level = level.or_else(|| entry.get(Field::Priority).and_then(of_priority));
        match entry.get(Field::Error).map(|error| error.trim_matches(['"', '\''])) {
            // The log says that there was no error: its word `error` tells nothing.
            Some("" | "null" | "nil" | "<nil>" | "none" | "None") => level.or(Some(Severity::Info)),
            Some(_) => Some(Severity::Error),
            None => level,
        }
    }

    /// Hands an entry over with the lines that go on it; returns the one after if it had to read it.
    fn emit<'t>(
        &self,
        entry: MatchedEntry<'t>,
        cursor: &mut Cursor<'t>,
        collector: &mut Collector<'_>,
    ) -> Option<MatchedEntry<'t>> {
        cursor.pass(entry.last.number);
        let mut next = None;
        let mut joined = None;
        if !self.joins.is_empty() {
            (joined, next) = self.join(&entry, cursor, collector);
        }
        let mut record = self.record(&entry, collector);
        if next.is_none() {
            let message = entry.message();
            if let Some(found) = ns_error::behind(message, cursor, collector) {
                found.complete(&mut record, collector);
            } else if let Some(text) = self.continued(&entry, cursor, collector) {
                joined = Some(
                    joined.map_or(text.clone(), |before: String| before + " " + text.trim_start()),
                );
            }
        }
        if let Some(joined) = joined {
            record.message = joined.into();
        }
        if !record.message.trim().is_empty() {
            collector.record(record);
        }
        next
    }

    fn record<'t>(&self, entry: &MatchedEntry<'t>, collector: &mut Collector<'_>) -> Record<'t> {
        let message = entry.message();
        let place = place_of(message, entry);
        let mut record = Record::new(Kind::Log, one_line(message), place.0, place.1);
        record.time = entry.time;
        record.severity = entry.severity;
        record.device = entry.get(Field::Device).map(Cow::Borrowed);
        record.product = self.product;
        record.platform = self.platform;
        record.command = entry.get(Field::Command).map(Cow::Borrowed);
        record.codes = self.code(entry, collector).into_iter().collect();
        if let Some(user) = entry.get(Field::User) {
            collector.user(user);
        }
        for (place, value) in &entry.facts {
            let label = self.labels.get(*place).map_or("", String::as_str);
            collector.fact(fact(label, value, entry.get(Field::Device), entry.first.number));
        }
        record
    }

    /// The code of a column of its own; 0 is none.
    fn code(&self, entry: &MatchedEntry<'_>, collector: &Collector<'_>) -> Option<Code> {
        let written = entry.get(Field::Code)?;
        let domain = entry.get(Field::Domain);
        if self.code_radix == 16 || domain.is_some() {
            let digits = written.trim_start_matches("0x").trim_start_matches("0X");
            let radix = if digits.len() < written.len() { 16 } else { self.code_radix };
            let number = i64::from_str_radix(digits, radix).ok().filter(|number| *number != 0)?;
            return Some(collector.codes.identify(domain, number, written));
        }
        collector.codes.read(written).filter(|code| code.number != 0)
    }

    /// Joins the frames and causes of the same exception after it; returns the entry after them.
    fn join<'t>(
        &self,
        first: &MatchedEntry<'t>,
        cursor: &mut Cursor<'t>,
        collector: &Collector<'_>,
    ) -> (Option<String>, Option<MatchedEntry<'t>>) {
        let mut joined: Option<String> = None;
        let mut heading =
            self.joins_from.as_ref().is_some_and(|head| head.is_match(first.message()));
        for _ in 0..MOST_JOINED {
            let Some(next) = self.entry(cursor, collector) else { return (joined, None) };
            let same = self.joins.iter().all(|field| next.get(*field) == first.get(*field));
            let framed = traces::is_frame(next.message());
            if !same || !(framed || heading) {
                return (joined, Some(next));
            }
            // After the first frame only frames and causes go on.
            heading &= !framed;
            let text = joined.get_or_insert_with(|| first.message().to_owned());
            joining::push(text, next.message(), " ");
            cursor.pass(next.last.number);
        }
        (joined, None)
    }

    /// The message with the lines that go on it.
    fn continued<'t>(
        &self,
        entry: &MatchedEntry<'t>,
        cursor: &mut Cursor<'t>,
        collector: &Collector<'_>,
    ) -> Option<String> {
        let (line, message) = (entry.last.text, entry.message());
        let open = OpenRecord { line, message, marked: true, timed: true };
        let mut joined = joining::continued(open, cursor, collector);
        let Some(continued) = &self.continued else { return joined };
        let goes_on = |text: &str| continued.is_match(text) || traces::is_frame(text.trim());
        for _ in 0..MOST_LINES {
            let Some(line) = cursor.line().filter(|line| goes_on(line.text)) else { break };
            let text = joined.get_or_insert_with(|| message.to_owned());
            // Logs repeat the text of a dialog.
            if !text.contains(line.text.trim()) {
                joining::push(text, line.text.trim(), if text.is_empty() { "" } else { " " });
            }
            cursor.advance();
        }
        joined
    }
}

/// The line that a message begins in, and the bytes of it that the message takes.
fn place_of(message: &str, entry: &MatchedEntry<'_>) -> (u32, Range<usize>) {
    let line = entry.first.text;
    let from = (message.as_ptr() as usize).wrapping_sub(line.as_ptr() as usize);
    let end = message.find(['\n', '\r']).unwrap_or(message.len());
    let shown = message.get(..end).unwrap_or(message);
    if from + shown.len() <= line.len() {
        return (entry.first.number, range_in(line, shown));
    }
    (entry.first.number, 0..line.len())
}

/// Syslog's severity: 0 to 3 are errors, 4 is a warning.
fn of_priority(digits: &str) -> Option<Severity> {
    match digits.parse::<u8>().ok()? % 8 {
        0..=3 => Some(Severity::Error),
        4 => Some(Severity::Warning),
        _ => Some(Severity::Info),
    }
}
