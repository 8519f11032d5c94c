//! The samples of the formats that are code: `tests/data/formats/NAME.toml`, one file a format, from public
//! documentation of it or from the consoles' own help pages; and pastes of people in `tests/data/pastes/`.
//!
//! 1. a sample is recognized, and read to the incidents and facts that it tells of;
//! 2. a format's own is read the same where the user names the format;
//! 3. whatever is left of it by a cut, and
//! 4. whatever becomes of it by a change, reading does not panic, counts every record once, and every
//!    incident and variable is where it says.

use include_dir::{Dir, include_dir};
use jiff::civil::DateTime;
use rayon::prelude::*;
use serde::Deserialize;

use crate::facts::Incident;
use crate::record::registry::{BLOCKS, FORMATS};
use crate::record::{ReadOptions, Reading, Vocabulary, read};
use crate::source::cases::{cases, listed};
use crate::source::lines;

static OF_FORMATS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/tests/data/formats");
static OF_PEOPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/tests/data/pastes");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The clock beside which they were written; where none is told, [`NOW`].
    now: Option<String>,
    sample: Vec<Sample>,
}

/// A paste with what is read of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    /// Where the form was published.
    source: Option<String>,
    text: String,
    /// The formats that it is recognized as, in order.
    formats: Vec<String>,
    /// `kind severity time device message [codes]` each; `-` is none.
    incidents: Vec<String>,
    /// Labels with their values that must be among the facts.
    #[serde(default)]
    facts: Vec<(String, String)>,
}

const NOW: DateTime = DateTime::constant(2024, 6, 1, 0, 0, 0, 0);

/// Characters that readers stumble over: opening marks, line ends, controls.
const HOSTILE: &[&str] = &["\"", "<", ">", "{", "\t", "\r", "\n", "\0", "\u{1b}[", "…", "（", "0"];

/// The files of a folder: the name of each, the clock, and the samples.
fn files(folder: &Dir<'static>) -> Vec<(String, DateTime, Vec<Sample>)> {
    let read = |file: &include_dir::File<'static>| {
        let name = file.path().file_stem().and_then(|name| name.to_str()).expect("it has a name");
        let text = file.contents_utf8().expect("it is text");
        let file: File = toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let now = file.now.map_or(NOW, |now| now.parse().expect("it is a time"));
        (name.to_owned(), now, file.sample)
    };
    folder.files().map(read).collect()
}

/// The samples of all formats: of those in code, and of those that are data.
pub(in crate::record) fn pastes(vocabulary: &Vocabulary) -> Vec<String> {
    let in_code = files(&OF_FORMATS).into_iter().flat_map(|(_, _, samples)| samples);
    in_code.map(|it| it.text).chain(vocabulary.formats.sample_pastes()).collect()
}

#[test]
fn every_format_has_samples_that_name_their_source() {
    let mut names: Vec<&str> = BLOCKS.iter().chain(FORMATS).map(|format| format.name).collect();
    names.sort_unstable();
    let mut files = files(&OF_FORMATS);
    files.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    assert_eq!(files.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>(), names);
    for (name, _, samples) in files {
        assert!(!samples.is_empty(), "{name} has no samples");
        for sample in samples {
            assert!(sample.source.is_some(), "{}", sample.text);
            assert!(sample.formats.contains(&name), "{}", sample.text);
        }
    }
}

#[test]
fn samples_are_recognized_and_read() {
    for (_, now, samples) in files(&OF_FORMATS).into_iter().chain(files(&OF_PEOPLE)) {
        for sample in samples {
            let reading = reading_at(&sample.text, None, now);
            assert_eq!(shown(&reading), sample.incidents, "{}", sample.text);
            assert_eq!(reading.formats, sample.formats, "{}", sample.text);
            for (label, value) in &sample.facts {
                let told = reading.facts.iter().any(|it| it.label == *label && it.value == *value);
                assert!(told, "{label} {value} of {} in {:#?}", sample.text, reading.facts);
            }
            let clocked = sample.facts.is_empty() && now == NOW;
            assert!(reading.warnings.is_empty() || !clocked, "{:?}", reading.warnings);
        }
    }
}

#[test]
fn samples_are_read_where_the_format_is_named() {
    for (name, now, samples) in files(&OF_FORMATS) {
        for sample in samples {
            let named = reading_at(&sample.text, Some(&name), now);
            assert_eq!(shown(&named), sample.incidents, "{}", sample.text);
            assert!(named.formats.contains(&name.as_str()), "{:?}", named.formats);
        }
    }
}

#[test]
fn samples_may_be_cut_anywhere() {
    pastes(&Vocabulary::default()).par_iter().for_each(|text| {
        for (at, _) in text.char_indices() {
            let (head, tail) = text.split_at_checked(at).expect("it is a boundary");
            check_places(head);
            if at % 3 == 0 {
                check_places(tail);
            }
        }
    });
}

#[test]
fn samples_may_be_changed_anywhere() {
    pastes(&Vocabulary::default()).par_iter().for_each(|text| {
        let mut hostile = HOSTILE.iter().cycle();
        for (at, replaced) in text.char_indices().step_by(3) {
            let (head, tail) = text.split_at_checked(at).expect("it is a boundary");
            let behind = tail.strip_prefix(replaced).unwrap_or_default();
            let mark = hostile.next().expect("it goes round and round");
            check_places(&format!("{head}{mark}{behind}"));
            check_places(&format!("{head}{behind}"));
        }
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in 0..lines.len() {
            let (head, tail) = lines.split_at(at);
            let (line, behind) = tail.split_first().expect("there is a line");
            check_places(&[head, behind].concat().concat());
            check_places(&[head, &[line, line], behind].concat().concat());
            check_places(&[behind, head].concat().concat());
        }
    });
}

pub(in crate::record) fn reading_of(paste: &str, format: Option<&str>) -> Reading {
    reading_at(paste, format, NOW)
}

fn reading_at(paste: &str, format: Option<&str>, now: DateTime) -> Reading {
    let input_format = format.map(str::to_owned);
    let options = ReadOptions { now: Some(now), input_format, ..ReadOptions::default() };
    read(None, paste.as_bytes(), &options, &Vocabulary::default())
}

/// Every record is counted, and every incident is where it says.
pub(in crate::record) fn check_places(paste: &str) {
    let reading = reading_of(paste, None);
    // The places of a page without a table are those of its text, as with a mail.
    let text = crate::record::reading::page_text(paste.as_bytes());
    let text = text.as_deref().unwrap_or(paste);
    let counted: u64 = reading.incidents.iter().map(|incident| incident.count).sum();
    assert_eq!(counted, reading.records, "{paste:?}");
    for incident in reading.incidents {
        let number = incident.span.location.line as usize;
        let line = lines(text).nth(number.saturating_sub(1));
        let stands = line.and_then(|line| line.text.get(incident.span.range.clone()));
        assert!(stands.is_some(), "{:?} of {paste:?}", incident.span);
        for variable in incident.variables {
            let stands = incident.message.get(variable.range.clone());
            assert!(stands.is_some(), "{:?} of {paste:?}", variable.range);
        }
    }
}

fn shown(reading: &Reading) -> Vec<String> {
    let shown = |incident: &Incident| {
        let time = incident.first_seen.map_or("-".to_owned(), |time| time.to_string());
        let device = incident.devices.first().map_or("-", |device| device.as_str());
        let codes: Vec<i64> = incident.codes.iter().map(|code| code.number).collect();
        let (kind, severity, message) = (incident.kind, incident.severity, &incident.message);
        format!("{kind:?} {severity:?} {time} {device} {message} {codes:?}")
    };
    reading.incidents.iter().map(shown).collect()
}

/// The messages that are read, each with how often and when.
fn messages(paste: &str) -> String {
    listed(reading_of(paste, None).incidents.into_iter().map(|incident| {
        let times = [incident.first_seen, incident.last_seen].into_iter().flatten();
        let mut times: Vec<String> = times.map(|time| time.to_string()).collect();
        times.dedup();
        format!("{}× {} {}", incident.count, times.join("–"), incident.message)
    }))
}

/// A reading in one line: its formats, incidents, facts, and the lines that are warned of.
fn whole(paste: &str) -> String {
    let reading = reading_of(paste, None);
    let incidents = reading.incidents.iter().map(|it| {
        let codes = it.codes.iter().map(|code| shown_code(code.domain.as_deref(), code.number));
        let lines: Vec<u32> = it.locations.iter().map(|it| it.line).collect();
        let (count, devices, cut) = (it.count, it.devices.join(","), it.truncated);
        let (kind, message, codes) = (it.kind, &it.message, codes.collect::<String>());
        format!("{kind:?} {count}×{devices} {message}{codes} @{lines:?} cut={cut}")
    });
    let facts = reading.facts.iter();
    let facts = facts.map(|it| format!("{}={} @{}", it.label, it.value, it.location.line));
    let warned = reading.warnings.iter().map(|it| format!("warned at {:?}", it.line));
    listed(std::iter::once(reading.formats.join(" ")).chain(incidents).chain(facts).chain(warned))
}

fn shown_code(domain: Option<&str>, number: i64) -> String {
    format!(" ({}{number})", domain.map(|domain| format!("{domain} ")).unwrap_or_default())
}

cases! {
    formats_of_pastes: |paste| reading_of(paste, None).formats.join(" ");
    messages_of_pastes: messages;
    readings_of_pastes: whole;
    pastes_that_ask: |paste| format!("{:?}", reading_of(paste, None).again);
}
