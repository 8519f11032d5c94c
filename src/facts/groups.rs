//! Records of one signature are one incident; a truncated row joins its full one.
//!
//! 1. [`Groups::add`] scans a record's message, makes its key in kept memory, and looks its signature
//!    up: a known one costs no allocation.
//! 2. [`Groups::merge`] joins the groups of later parts of a paste, in the paste's order.
//! 3. [`Groups::finish`] joins what the whole paste shows to be one message, and truncated groups with the full one that they are the beginning of, and
//!    turns groups into incidents.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::devices::Devices;
use super::fold::Folded;
use super::incident::{Fact, Incident, Kind, Severity, Signature};
use super::message::{self, KeyEnd, Message, VARIABLE};
use super::scan::Scan;
use super::severity;
use super::template_mining::{Wording, join};
use super::time::Moment;
use super::{Code, CodeDictionary};
use crate::source::{Location, Span};
use crate::text::lexicon::{MESSAGE_WORDS, Section};

/// How many signatures one paste may have; records of further ones are counted in a warning.
pub(crate) const MOST_SIGNATURES: usize = 200_000;
/// How many places an incident names.
const MOST_LOCATIONS: usize = 20;
/// A longer message is read up to here.
const LONGEST_MESSAGE: usize = 16 * 1024;
/// A truncated wording shorter than this (in key bytes) is the beginning of too much.
const SHORTEST_PREFIX: usize = 8;

/// A line of one of the files of a paste.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct LineNumber {
    /// The place of the file among those that were read.
    file: u32,
    /// 1-based.
    line: u32,
}

impl LineNumber {
    /// The place in a file of what is `lines` lines on from the part that it was read in.
    fn moved(self, file: u32, lines: u32) -> Self {
        Self { file, line: self.line.saturating_add(lines) }
    }
}

/// One record as a format read it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record<'t> {
    pub(crate) kind: Kind,
    pub(crate) message: Cow<'t, str>,
    /// The bytes of the line that the message takes.
    pub(crate) range: std::ops::Range<usize>,
    /// 1-based, counted from the beginning of the part that is read.
    pub(crate) line: u32,
    pub(crate) time: Option<Moment>,
    pub(crate) device: Option<Cow<'t, str>>,
    pub(crate) severity: Option<Severity>,
    pub(crate) product: Option<&'static str>,
    /// The platform whose numbers these are (`Windows`), where the format says so.
    pub(crate) platform: Option<&'static str>,
    /// For [`Kind::Status`]: what besides the message tells it from others.
    pub(crate) distinction: Option<Cow<'t, str>>,
    pub(crate) facts: Vec<Fact>,
    /// Codes that are in a column of their own.
    pub(crate) codes: Vec<Code>,
    /// The MDM command, where it is no part of the message.
    pub(crate) command: Option<Cow<'t, str>>,
}

/// The platform that a message itself bears the marks of, other than Apple's.
fn platform_of(message: &str) -> Option<&'static str> {
    static WINDOWS: Section = MESSAGE_WORDS.section("marks of windows");
    if WINDOWS.iter().any(|mark| message.contains(mark)) {
        return Some("Windows");
    }
    message.contains("android.").then_some("Android")
}

impl<'t> Record<'t> {
    /// A record that is nothing but a message.
    pub(crate) fn new(
        kind: Kind,
        message: Cow<'t, str>,
        line: u32,
        range: std::ops::Range<usize>,
    ) -> Self {
        Self { kind, message, range, line, ..Self::default() }
    }
}

#[derive(Debug, Clone)]
struct Group {
    kind: Kind,
    signature: Signature,
    key: Box<[u8]>,
    codes_at: usize,
    /// The wording with its capitals.
    as_written: Box<[u8]>,
    spelling: u64,
    /// The wordings of messages that were joined to this one.
    other_wordings: Vec<Box<[u8]>>,
    text: String,
    message: Message,
    severity: Severity,
    product: Option<&'static str>,
    facts: Vec<Fact>,
    count: u64,
    first_seen: Option<Moment>,
    last_seen: Option<Moment>,
    devices: Devices,
    places: Vec<LineNumber>,
    range: std::ops::Range<usize>,
    place: LineNumber,
}

/// The identity of a group's messages.
struct Key {
    bytes: Box<[u8]>,
    end: KeyEnd,
    as_written: Box<[u8]>,
}

/// The groups of one part of a paste.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    groups: Vec<Group>,
    by_signature: FxHashMap<u64, usize>,
    /// Records whose signature came after [`MOST_SIGNATURES`] others.
    pub(crate) dropped: u64,
    scan: Scan,
    key: Vec<u8>,
}

impl Groups {
    pub(crate) fn add(&mut self, record: Record<'_>, codes: &CodeDictionary) {
        let text = cut(&record.message, LONGEST_MESSAGE);
        let folded = Folded::new(text);
        let mut scan = std::mem::take(&mut self.scan);
        scan.run(folded.text());
        self.key.clear();
        if record.kind != Kind::Log {
            self.key.push(if record.kind == Kind::Status { 0x03 } else { 0x04 });
            if let Some(distinction) = &record.distinction {
                self.key.extend_from_slice(super::fold::fold(distinction).as_bytes());
                self.key.push(0x03);
            }
        }
        let end = message::write_key(folded.text(), &scan, &mut self.key);
        for code in &record.codes {
            self.key.extend_from_slice(&code.number.to_le_bytes());
        }
        let signature = Signature(message::hash(&self.key));
        let index = match self.by_signature.get(&signature.0) {
            Some(&index) => Some(index),
            None if self.groups.len() >= MOST_SIGNATURES => None,
            None => {
                let mut message = Message::from_scan(text, &folded, &scan, signature, codes);
                if let Some(platform) = record.platform.or_else(|| platform_of(text)) {
                    for code in &mut message.codes {
                        codes.drop_foreign_domain(code, platform);
                    }
                }
                for code in &record.codes {
                    if !message.codes.iter().any(|known| known.number == code.number) {
                        message.codes.push(code.clone());
                    }
                }
                if message.command.is_none() {
                    message.command = record.command.as_deref().map(str::to_owned);
                }
                message.truncated |= text.len() < record.message.len();
                let key = Key {
                    bytes: self.key.as_slice().into(),
                    end,
                    as_written: message::wording_as_written(folded.text(), &scan),
                };
                let group = Group::new(&record, text, key, message);
                self.by_signature.insert(signature.0, self.groups.len());
                self.groups.push(group);
                Some(self.groups.len() - 1)
            }
        };
        match index.and_then(|index| self.groups.get_mut(index)) {
            Some(group) => {
                if group.spelling != end.spelling {
                    group.spell(message::wording_as_written(folded.text(), &scan), end.spelling);
                }
                group.count_in(&record);
            }
            None => self.dropped += 1,
        }
        self.scan = scan;
    }

    /// Replaces the bytes that each message takes of its line (1-based).
    pub(crate) fn map_ranges(
        &mut self,
        origin: impl Fn(u32, std::ops::Range<usize>) -> std::ops::Range<usize>,
    ) {
        for group in &mut self.groups {
            group.range = origin(group.place.line, group.range.clone());
        }
    }

    /// Adds the groups of the part that follows this one, `lines` lines on in the file.
    pub(crate) fn merge(&mut self, later: Self, file: u32, lines: u32) {
        self.dropped += later.dropped;
        for mut group in later.groups {
            group.place = group.place.moved(file, lines);
            for place in &mut group.places {
                *place = place.moved(file, lines);
            }
            for fact in &mut group.facts {
                fact.location.line = fact.location.line.saturating_add(lines);
            }
            match self.by_signature.get(&group.signature.0) {
                Some(&index) => {
                    if let Some(known) = self.groups.get_mut(index) {
                        known.spell(group.as_written.clone(), group.spelling);
                        known.absorb(group);
                    }
                }
                None if self.groups.len() >= MOST_SIGNATURES => self.dropped += group.count,
                None => {
                    self.by_signature.insert(group.signature.0, self.groups.len());
                    self.groups.push(group);
                }
            }
        }
    }

    /// Whether there are at most so many records, all messages of which nothing but their words is known.
    pub(crate) fn are_plain(&self, most: u64) -> bool {
        let plain = |group: &Group| {
            group.kind == Kind::Log
                && group.severity != Severity::Info
                && group.first_seen.is_none()
                && group.message.codes.is_empty()
                && group.message.command.is_none()
                && group.devices.count().0 == 0
        };
        self.groups.iter().map(|group| group.count).sum::<u64>() <= most
            && self.groups.iter().all(plain)
    }

    /// The incidents, in order of appearance. `files` has the names of the files that were read.
    pub(crate) fn finish(mut self, files: &[Option<Arc<str>>]) -> Vec<Incident> {
        self.join_learned();
        self.join_truncated();
        self.groups.into_iter().map(|group| group.into_incident(files)).collect()
    }

    /// Messages that differ in a word which the paste shows to be a variable are one.
    fn join_learned(&mut self) {
        let is_full = |group: &Group| group.kind == Kind::Log && !group.message.truncated;
        let full = self.groups.iter().enumerate().filter(|(_, group)| is_full(group));
        let (full, wordings): (Vec<usize>, Vec<Wording<'_>>) = full
            .map(|(at, it)| (at, Wording { wording: &it.as_written, codes: it.code_bytes() }))
            .unzip();
        let first = join(&wordings);
        let other =
            |(place, target): (usize, &usize)| Some((*full.get(place)?, *full.get(*target)?));
        let joins: Vec<_> = first.iter().enumerate().filter_map(other).collect();
        self.join_each(&joins, |head, member| {
            head.signature = head.signature.min(member.signature);
            head.other_wordings.push(member.wording().into());
            head.absorb(member);
        });
    }

    /// Puts groups into the ones that they are one with.
    fn join_each(&mut self, joins: &[(usize, usize)], join: impl Fn(&mut Group, Group)) {
        let mut removed = vec![false; self.groups.len()];
        for &(index, target) in joins.iter().filter(|(index, target)| index != target) {
            let Some(member) = self.groups.get(index).cloned() else { continue };
            if let (Some(head), Some(flag)) = (self.groups.get_mut(target), removed.get_mut(index))
            {
                join(head, member);
                *flag = true;
            }
        }
        let mut removed = removed.into_iter();
        self.groups.retain(|_| !removed.next().unwrap_or_default());
    }

    /// A truncated message that is the beginning of exactly one full message of the paste is that.
    fn join_truncated(&mut self) {
        let mut full: Vec<(&[u8], usize)> = Vec::new();
        for (index, group) in self.groups.iter().enumerate() {
            if !group.message.truncated {
                full.push((group.wording(), index));
                full.extend(group.other_wordings.iter().map(|wording| (wording.as_ref(), index)));
            }
        }
        full.sort_unstable();
        let mut joins = Vec::new();
        for (index, group) in self.groups.iter().enumerate().filter(|(_, g)| g.message.truncated) {
            let prefix = group.certain_prefix();
            if prefix.len() < SHORTEST_PREFIX {
                continue;
            }
            let first = full.partition_point(|(key, _)| *key < prefix);
            let candidates = full.get(first..).unwrap_or_default();
            let begun = candidates.iter().take_while(|(key, _)| key.starts_with(prefix));
            let may_be = |at: usize| self.groups.get(at).is_some_and(|full| group.may_be(full));
            let mut fitting = begun.filter(|(_, other)| may_be(*other));
            if let Some(&(_, target)) = fitting.next()
                && fitting.all(|(_, other)| *other == target)
            {
                joins.push((index, target));
            }
        }
        // The incident appears where its first record does.
        self.join_each(&joins, Group::absorb_earlier_or_later);
        self.groups.sort_by_key(|group| group.places.first().copied());
        self.by_signature.clear();
    }
}

impl Group {
    fn new(record: &Record<'_>, text: &str, key: Key, message: Message) -> Self {
        Self {
            kind: record.kind,
            signature: message.signature,
            key: key.bytes,
            codes_at: key.end.codes_at,
            as_written: key.as_written,
            spelling: key.end.spelling,
            other_wordings: Vec::new(),
            text: text.to_owned(),
            // The severity of a question is not that of a log.
            severity: match record.kind {
                Kind::Question => Severity::Unknown,
                _ => record.severity.unwrap_or_else(|| severity::read_wording(text)),
            },
            message,
            product: record.product,
            facts: record.facts.clone(),
            count: 0,
            first_seen: None,
            last_seen: None,
            devices: Devices::default(),
            places: Vec::new(),
            range: record.range.clone(),
            place: LineNumber { file: 0, line: record.line },
        }
    }

    /// Of the ways to write one message the smallest counts: the order of records does not matter.
    fn spell(&mut self, as_written: Box<[u8]>, spelling: u64) {
        if as_written < self.as_written {
            (self.as_written, self.spelling) = (as_written, spelling);
        }
    }

    fn count_in(&mut self, record: &Record<'_>) {
        self.count += 1;
        self.see(record.time, record.time);
        self.severity = self.severity.max(record.severity.unwrap_or_default());
        if let Some(device) = record.device.as_deref().filter(|name| !name.is_empty()) {
            self.devices.add(device);
        }
        if self.places.len() < MOST_LOCATIONS {
            self.places.push(LineNumber { file: 0, line: record.line });
        }
        self.product = self.product.or(record.product);
    }

    fn see(&mut self, first: Option<Moment>, last: Option<Moment>) {
        self.first_seen = self.first_seen.into_iter().chain(first).min();
        self.last_seen = self.last_seen.max(last);
    }

    /// Takes the records of a group that is later in the paste.
    fn absorb(&mut self, later: Self) {
        self.count += later.count;
        self.see(later.first_seen, later.last_seen);
        self.severity = self.severity.max(later.severity);
        self.devices.merge(later.devices);
        self.places.extend(later.places);
        self.places.truncate(MOST_LOCATIONS);
        self.product = self.product.or(later.product);
    }

    fn absorb_earlier_or_later(&mut self, mut other: Self) {
        if other.places.first() < self.places.first() {
            std::mem::swap(&mut self.devices, &mut other.devices);
        }
        self.absorb(other);
        self.places.sort_unstable();
    }

    fn wording(&self) -> &[u8] {
        self.key.get(..self.codes_at).unwrap_or_default()
    }

    fn code_bytes(&self) -> &[u8] {
        self.key.get(self.codes_at + 1..).unwrap_or_default()
    }

    /// The part of a truncated wording without a last word or variable that the cut went through.
    fn certain_prefix(&self) -> &[u8] {
        let wording = self.wording();
        if wording.last() == Some(&VARIABLE) {
            return wording.get(..wording.len() - 1).unwrap_or_default();
        }
        let joins = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-/:@".contains(byte);
        let cut = wording.iter().rposition(|byte| !joins(byte)).map_or(0, |at| at + 1);
        // Japanese is cut between characters, not within words.
        wording.get(..cut).unwrap_or_default()
    }

    /// Whether the full message's codes go on from the truncated one's.
    fn may_be(&self, full: &Self) -> bool {
        full.code_bytes().starts_with(self.code_bytes()) && full.kind == self.kind
    }

    fn into_incident(mut self, files: &[Option<Arc<str>>]) -> Incident {
        let file = |place: LineNumber| files.get(place.file as usize).cloned().flatten();
        let location = |place: LineNumber| Location { file: file(place), line: place.line };
        let (device_count, exact) = self.devices.count();
        for fact in &mut self.facts {
            fact.location.file = file(self.place);
        }
        Incident {
            signature: self.signature,
            kind: self.kind,
            masked: self.message.masked,
            variables: self.message.variables,
            truncated: self.message.truncated,
            command: self.message.command,
            codes: self.message.codes,
            message: self.text,
            facts: self.facts,
            severity: self.severity,
            product: self.product.map(str::to_owned),
            count: self.count,
            exact,
            first_seen: self.first_seen,
            last_seen: self.last_seen,
            device_count,
            devices: self.devices.into_names(),
            locations: self.places.iter().map(|&place| location(place)).collect(),
            span: Span { location: location(self.place), range: self.range },
        }
    }
}

/// The beginning of a text, at most `most` bytes.
fn cut(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
