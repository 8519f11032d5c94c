//! Takes what formats read: records into groups, facts, warnings.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::DateTime;

use super::correspondence::Correspondence;
use super::layout::Layout;
use super::sentences::Told;
use super::terms::Terms;
use super::unquote::Unquoted;
use super::{ReadOptions, Reading, Vocabulary};
use crate::facts::{
    CodeDictionary, Fact, Groups, Incident, Kind, MOST_SIGNATURES, Names, Record, Severity,
    read_level, resolve_time,
};
use crate::source::{Line, Location, Phrase, Warning, add_new, lines};

/// How many facts of one paste are kept.
const MOST_FACTS: usize = 20_000;

/// How many incidents of one paste are answered.
const MOST_INCIDENTS: usize = 1000;

/// Of how many lines a question is at most.
const MOST_ASKED: u64 = 3;

/// How many warnings one part of a paste gives.
const MOST_WARNINGS: usize = 100;

/// The names of devices that have a line of their own.
#[derive(Debug, Default)]
enum Lone {
    #[default]
    None,
    One(String),
    Several,
}

/// The records read so far, and the state of reading.
#[derive(Debug)]
pub(super) struct Collector<'d> {
    pub(super) vocabulary: &'d Vocabulary,
    pub(super) codes: &'d CodeDictionary,
    pub(super) now: Option<DateTime>,
    /// Whether the paste is one line: only then it may be a typed question.
    pub(super) single_line: bool,
    /// The columns in force where the text begins, and where it ended.
    pub(super) layout: Option<Layout>,
    /// Names of devices and people, where they are asked for.
    pub(super) names: Option<Names>,
    /// The reading so far, but for its incidents, which are grouped at the end.
    pub(super) reading: Reading,
    /// The frame of the paste, where it is a mail or a chat.
    pub(super) around: Correspondence,
    pub(super) said: Said,
    /// The device of the ticket whose head was read.
    pub(super) ticket: Option<String>,
    lone: Lone,
    groups: Groups,
    levels: Vec<(String, Option<Severity>)>,
    facts_left_out: u64,
    warned_of_header: bool,
    /// Whether an entry of a log has told its level.
    leveled: bool,
    /// Up to which line (1-based) a format has looked ahead in vain.
    in_vain: Vec<(&'static str, u32)>,
    warned_of_time: bool,
}

impl<'d> Collector<'d> {
    pub(super) fn new(options: &ReadOptions, vocabulary: &'d Vocabulary) -> Self {
        Self {
            vocabulary,
            codes: &vocabulary.codes,
            now: options.now,
            single_line: false,
            layout: None,
            names: None,
            reading: Reading::default(),
            around: Correspondence::default(),
            said: Said::default(),
            ticket: None,
            lone: Lone::default(),
            groups: Groups::default(),
            levels: Vec::new(),
            facts_left_out: 0,
            warned_of_header: false,
            leveled: false,
            in_vain: Vec::new(),
            warned_of_time: false,
        }
    }

    pub(super) fn record(&mut self, record: Record<'_>) {
        self.reading.records += 1;
        self.leveled |= record.kind == Kind::Log && record.severity.is_some();
        if let (Some(names), Some(device)) = (&mut self.names, record.device.as_deref()) {
            names.add("device", device);
        }
        self.groups.add(record, self.codes);
    }

    pub(super) fn terms(&self) -> &'d Terms {
        self.vocabulary.terms()
    }

    pub(super) fn has_only(&self, format: &str) -> bool {
        self.reading.formats.iter().all(|name| *name == format)
    }

    /// Whether anything was found besides facts.
    pub(super) fn has_records(&self) -> bool {
        self.reading.records > 0
    }

    /// Whether nothing but facts was found, and no person wrote it.
    pub(super) fn tells_nothing(&self) -> bool {
        self.reading.records == 0 && !self.reading.formats.is_empty() && !self.around.found
    }

    /// Whether what was read may be a question: a line or a few that no format but the last knows, that have no time,
    /// no level and no code, and that do not report that all is well.
    pub(super) fn may_be_question(&self) -> bool {
        !self.leveled
            && self.reading.formats.iter().all(|name| *name == "lines")
            && self.groups.are_plain(MOST_ASKED)
    }

    pub(super) fn user(&mut self, name: &str) {
        if let Some(names) = &mut self.names {
            names.add("user", name);
        }
    }

    /// The severity that a cell names. Columns repeat a few words: those are remembered.
    pub(super) fn level(&mut self, cell: &str) -> Option<Severity> {
        if let Some((_, severity)) = self.levels.iter().find(|(known, _)| known == cell) {
            return *severity;
        }
        let severity = read_level(cell);
        if self.levels.len() < 16 {
            self.levels.push((cell.to_owned(), severity));
        }
        severity
    }

    pub(super) fn fact(&mut self, fact: Fact) {
        if self.reading.facts.len() < MOST_FACTS {
            self.reading.facts.push(fact);
        } else {
            self.facts_left_out += 1;
        }
    }

    /// A value with its time resolved by the clock, where the time has no year or counts back from the present
    /// (11/12 10:03, 3日前); that it was is told once a paste, with the first such time. `line` is 1-based.
    pub(super) fn resolved<'v>(&mut self, value: &'v str, line: u32) -> Cow<'v, str> {
        let now = self.now.filter(|_| value.len() <= 60);
        let Some(resolved) = now.and_then(|now| resolve_time(value, now)) else {
            return Cow::Borrowed(value);
        };
        self.warn_of_time(value, &resolved, line);
        Cow::Owned(resolved)
    }

    /// Takes the name of a device that is all of a line.
    pub(super) fn name_device(&mut self, name: &str) {
        self.lone = match std::mem::take(&mut self.lone) {
            Lone::None => Lone::One(name.to_owned()),
            Lone::One(known) if known == name => Lone::One(known),
            _ => Lone::Several,
        };
    }

    /// The device that what is around a line names: the sentence over the machine's words, the ticket that the line is of,
    /// or the one line of the screen that is a name and nothing else.
    pub(super) fn device_around(&self) -> Option<&str> {
        let introduced = self.said.text.ends_with([':', '：']);
        let said = self.said.device.as_deref().filter(|_| introduced);
        let lone = if let Lone::One(name) = &self.lone { Some(name.as_str()) } else { None };
        said.or(self.ticket.as_deref()).or(lone)
    }

    /// Takes a fact that a sentence in a line (1-based) tells.
    pub(super) fn tell(&mut self, told: &Told, line: u32) {
        if let Some(written) = &told.resolved_from {
            self.warn_of_time(written, &told.value, line);
        }
        self.fact(fact(&told.label, &told.value, None, line));
    }

    /// Tells that a time was resolved by the clock; once is enough.
    fn warn_of_time(&mut self, written: &str, resolved: &str, line: u32) {
        if !std::mem::replace(&mut self.warned_of_time, true) {
            self.warn(
                line,
                format!("年のない日時は、いまの日時から補いました（「{written}」は {resolved}）"),
                format!(
                    "times without a year were completed by the clock (\"{written}\" is {resolved})"
                ),
            );
        }
    }

    /// Warns that the header does not fit a row (1-based line); once is enough.
    pub(super) fn warn_of_header(&mut self, line: u32) {
        if !std::mem::replace(&mut self.warned_of_header, true) {
            self.warn(
                line,
                "見出しの列が行と合いません。合わない行は見出しを使わずに読みました",
                "the columns of the header do not fit the row; such rows were read without the header",
            );
        }
    }

    /// Warns that of a long line (1-based) only the beginning was read.
    pub(super) fn warn_of_length(&mut self, line: u32) {
        if self.reading.warnings.len() < MOST_WARNINGS {
            self.warn(
                line,
                "長すぎる行です。先頭だけを読みました",
                "the line is too long; only its beginning was read",
            );
        }
    }

    /// Warns that from a line (1-based) on a paste was read as plain lines, as its forms cost too much.
    pub(super) fn warn_of_work(&mut self, line: u32) {
        self.warn(
            line,
            "読むのに手間のかかりすぎる形です。この行から先は、行ごとの文面として読みました",
            "the form takes too much work to read; from this line on it was read as plain lines",
        );
    }

    fn warn(&mut self, line: impl Into<Option<u32>>, ja: impl Into<String>, en: impl Into<String>) {
        let message = Phrase::new(ja, en);
        self.reading.warnings.push(Warning { file: None, line: line.into(), message });
    }

    /// Remembers that a format has looked ahead in vain from one line up to another, or to the end. What it looked
    /// through need not be looked through again for the lines between: looking ahead is paid once a text.
    pub(super) fn give_up(&mut self, format: &'static str, until: Option<Line<'_>>) {
        let until = until.map_or(u32::MAX, |line| line.number);
        match self.in_vain.iter_mut().find(|(known, _)| *known == format) {
            Some((_, line)) => *line = until.max(*line),
            None => self.in_vain.push((format, until)),
        }
    }

    /// Whether a format has looked through the lines from this one on already, and found nothing.
    pub(super) fn has_given_up(&self, format: &'static str, line: u32) -> bool {
        self.in_vain.iter().any(|(known, until)| *known == format && line < *until)
    }

    /// Takes note of what the paste, or a part of it, was taken for; returns whether it was for anything.
    pub(super) fn note_format(&mut self, name: Option<&'static str>) -> bool {
        add_new(&mut self.reading.formats, name);
        name.is_some()
    }

    /// Takes what was read of the part that follows, `lines` lines on in the last of the files.
    pub(super) fn merge(&mut self, later: Self, files: &[Option<Arc<str>>], lines: u32) {
        let place = u32::try_from(files.len().saturating_sub(1)).unwrap_or(u32::MAX);
        self.groups.merge(later.groups, place, lines);
        for mut fact in later.reading.facts {
            fact.location.file = files.last().cloned().flatten();
            fact.location.line = fact.location.line.saturating_add(lines);
            self.fact(fact);
        }
        for mut warning in later.reading.warnings {
            // One that the header does not fit is enough, whichever part it is in.
            if !(self.warned_of_header && later.warned_of_header) {
                warning.file = files.last().cloned().flatten();
                warning.line = warning.line.map(|line| line.saturating_add(lines));
                self.reading.warnings.push(warning);
            }
        }
        self.warned_of_header |= later.warned_of_header;
        self.warned_of_time |= later.warned_of_time;
        self.facts_left_out += later.facts_left_out;
        // Several files are no question.
        self.reading.again = later.reading.again.filter(|_| files.len() == 1);
        self.reading.records += later.reading.records;
        add_new(&mut self.reading.formats, later.reading.formats);
    }

    /// Turns the places of what was read in unquoted text into those of the text as pasted.
    pub(super) fn restore_places(&mut self, unquoted: &Unquoted) {
        self.groups.map_ranges(|line, range| unquoted.origin(line, range));
    }

    pub(super) fn finish(mut self, files: &[Option<Arc<str>>]) -> Reading {
        if self.groups.dropped > 0 {
            let dropped = self.groups.dropped;
            self.warn(
                None,
                format!("文面が{MOST_SIGNATURES}種類を超えました。以降の{dropped}件は数えていません"),
                format!("there are more than {MOST_SIGNATURES} different messages; {dropped} further records are not counted"),
            );
        }
        if self.facts_left_out > 0 {
            let left_out = self.facts_left_out;
            self.warn(
                None,
                format!("項目が{MOST_FACTS}を超えました。以降の{left_out}項目は読んでいません"),
                format!(
                    "there are more than {MOST_FACTS} labels; {left_out} further ones are not read"
                ),
            );
        }
        let mut incidents = std::mem::take(&mut self.groups).finish(files);
        if let Some((kinds, records)) = keep_what_matters(&mut incidents) {
            self.warn(
                None,
                format!("文面が多すぎます。深刻なもの、端末の多いものから{MOST_INCIDENTS}種類を調べました。残りは{kinds}種類、{records}件です"),
                format!("there are too many different messages; the {MOST_INCIDENTS} most severe, of most devices, are answered; {kinds} others with {records} records are left"),
            );
        }
        Reading { incidents, ..self.reading }
    }
}

/// Keeps the incidents that matter most, in their order: the severe before others, of those the ones of most devices,
/// then the first. Returns how many others there were, and how many records they have.
fn keep_what_matters(incidents: &mut Vec<Incident>) -> Option<(usize, u64)> {
    let others = incidents.len().checked_sub(MOST_INCIDENTS).filter(|others| *others > 0)?;
    let rank =
        |(place, it): (usize, &Incident)| (it.severity.urgency(), it.device_count, Reverse(place));
    let mut ranked: Vec<_> = incidents.iter().enumerate().map(rank).collect();
    ranked.sort_unstable_by_key(|rank| Reverse(*rank));
    let first = ranked.into_iter().take(MOST_INCIDENTS);
    let kept: BTreeSet<usize> = first.map(|(_, _, Reverse(place))| place).collect();
    let (mut records, mut places) = (0, 0..);
    incidents.retain(|incident| {
        let keeps = places.next().is_some_and(|place| kept.contains(&place));
        records += if keeps { 0 } else { incident.count };
        keeps
    });
    Some((others, records))
}

pub(super) fn fact(label: &str, value: &str, device: Option<&str>, line: u32) -> Fact {
    Fact {
        label: label.to_owned(),
        value: value.to_owned(),
        device: device.map(str::to_owned),
        location: Location { file: None, line },
    }
}

/// Where the text of a row is: in a line, or over several, from a column on.
#[derive(Debug, Clone, Copy)]
pub(super) struct SourceText<'t> {
    pub(super) text: &'t str,
    /// The line that it begins in, 1-based.
    pub(super) line: u32,
    /// The byte of that line that it begins at.
    pub(super) column: usize,
}

impl<'t> SourceText<'t> {
    /// The line, and the bytes of it, that a part takes. Of a part that is no piece of the text (a cell
    /// that had to be unescaped), or that goes on over lines, it is the line that it begins in.
    pub(super) fn place_of(&self, part: &str) -> (u32, std::ops::Range<usize>) {
        let at = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let inside = at <= self.text.len() && at + part.len() <= self.text.len();
        let (start, end) = if inside { (at, at + part.len()) } else { (0, 0) };
        let before = self.text.get(..start).unwrap_or_default();
        let (mut line, mut begin, mut column) = (self.line, 0, self.column);
        for passed in lines(before) {
            let behind = passed.start + passed.text.len();
            if behind < before.len() {
                let crlf = self.text.get(behind..behind + 2) == Some("\r\n");
                (line, begin, column) =
                    (line.saturating_add(1), behind + if crlf { 2 } else { 1 }, 0);
            }
        }
        let rest = self.text.get(start..).unwrap_or_default();
        let to_line_end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let length = if inside { (end - start).min(to_line_end) } else { to_line_end };
        let start = column + start - begin;
        (line, start..start + length)
    }
}

impl<'t> From<&Line<'t>> for SourceText<'t> {
    fn from(line: &Line<'t>) -> Self {
        Self { text: line.text, line: line.number, column: 0 }
    }
}

/// Where a part of a line is in it; both are pieces of one string.
pub(super) fn range_in(line: &str, part: &str) -> std::ops::Range<usize> {
    let start = (part.as_ptr() as usize).wrapping_sub(line.as_ptr() as usize);
    if start <= line.len() && start + part.len() <= line.len() {
        start..start + part.len()
    } else {
        // A cell that had to be unescaped is not a piece of the line.
        0..line.len()
    }
}

pub(super) fn record_at<'t>(kind: Kind, line: &'t str, part: &'t str, number: u32) -> Record<'t> {
    Record::new(kind, Cow::Borrowed(part), number, range_in(line, part))
}

pub(super) fn one_line(message: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'\n', b'\r', message.as_bytes()).is_none() {
        return Cow::Borrowed(message);
    }
    let parts = message.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty());
    Cow::Owned(parts.collect::<Vec<_>>().join(" "))
}

/// The most that is kept of what people say.
const MOST_BYTES: usize = 2048;

/// The sentences of people in a paste.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) text: String,
    /// Where it begins: the line (1-based) and its bytes.
    pub(super) place: Option<(u32, Range<usize>)>,
    pub(super) facts: Vec<Told>,
    pub(super) asks: bool,
    /// Whether all of it is quoted from an older mail.
    pub(super) quoted: bool,
    /// The subject of the mail, with its place.
    pub(super) subject: Option<(String, (u32, Range<usize>))>,
    /// The device that it names first, and whether it holds a code.
    pub(super) device: Option<String>,
    pub(super) coded: bool,
    /// Whether it tells of anything besides asking.
    pub(super) tells: bool,
    /// The sentences before, where they tell of no trouble by themselves.
    left: Vec<(String, (u32, Range<usize>))>,
}

/// How many sentences before are taken up: what somebody did, and what for.
const MOST_LEFT: usize = 2;

impl Said {
    /// Leaves a sentence out, unless the next speaks of it.
    pub(super) fn leave(&mut self, sentence: &str, place: (u32, Range<usize>)) {
        if sentence.len() <= MOST_BYTES {
            self.keep_near(place.0);
            self.left.push((sentence.to_owned(), place));
            let first = self.left.len().saturating_sub(MOST_LEFT);
            self.left.drain(..first);
        }
    }

    /// Takes up the sentences before, where they are on this line or on the one above.
    pub(super) fn take_up(&mut self, line: u32) {
        self.keep_near(line);
        for (sentence, place) in std::mem::take(&mut self.left) {
            self.add(&sentence, place, Vec::new(), false);
        }
    }

    /// Forgets what was left out, unless it is on a line or on the one above.
    fn keep_near(&mut self, line: u32) {
        if self.left.last().is_some_and(|(_, (last, _))| line.saturating_sub(*last) > 1) {
            self.left.clear();
        }
    }

    pub(super) fn add(
        &mut self,
        sentence: &str,
        place: (u32, Range<usize>),
        facts: Vec<Told>,
        asks: bool,
    ) {
        if self.text.len() + sentence.len() > MOST_BYTES {
            return;
        }
        self.left.clear();
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(sentence);
        self.place.get_or_insert(place);
        self.facts.extend(facts);
        self.asks |= asks;
    }
}
