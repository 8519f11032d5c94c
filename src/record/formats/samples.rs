//! The samples of the formats, and the one macro that tries each format on them.
//!
//! A format's samples come from public documentation of it or from the consoles' own help pages, which
//! each sample names. [`test_format`] makes the tests of a format of them:
//!
//! 1. a sample is recognized, and read to the records that it tells of;
//! 2. it is read the same where the user names the format;
//! 3. whatever is left of it by a cut, and
//! 4. whatever becomes of it by a change, reading does not panic, counts every record once, and every
//!    incident and variable stands where it says.

use crate::facts::Incident;
use crate::record::registry::{BLOCKS, FORMATS, Format};
use crate::record::{ReadOptions, Reading, Vocabulary, read};
use crate::source::lines;

/// A paste with what is read of it.
pub(in crate::record) struct Sample {
    /// Where the form was published.
    pub(in crate::record) source: &'static str,
    pub(in crate::record) paste: &'static str,
    /// The formats that it is recognized as, in order.
    pub(in crate::record) formats: &'static [&'static str],
    /// `time device severity message [codes]` each; `-` is none.
    pub(in crate::record) incidents: &'static [&'static str],
}

/// Makes the tests of a format of its samples.
macro_rules! test_format {
    ($format:expr) => {
        #[test]
        fn samples_are_recognized_and_read() {
            $crate::record::formats::samples::check_read(&$format);
        }

        #[test]
        fn samples_are_read_where_the_format_is_named() {
            $crate::record::formats::samples::check_named(&$format);
        }

        #[test]
        fn samples_may_be_cut_anywhere() {
            $crate::record::formats::samples::check_cut(&$format);
        }

        #[test]
        fn samples_may_be_changed_anywhere() {
            $crate::record::formats::samples::check_changed(&$format);
        }
    };
}
pub(in crate::record) use test_format;

/// Characters that readers stumble over: opening marks, line ends, controls.
const HOSTILE: &[&str] = &["\"", "<", ">", "{", "\t", "\r", "\n", "\0", "\u{1b}[", "…", "（", "0"];

/// The samples of all formats: of those in code, and of those that are data.
pub(in crate::record) fn pastes(vocabulary: &Vocabulary) -> Vec<String> {
    let samples = BLOCKS.iter().chain(FORMATS).flat_map(|format| format.samples());
    let in_code = samples.map(|sample| sample.paste.to_owned());
    in_code.chain(vocabulary.formats.sample_pastes()).collect()
}

pub(in crate::record) fn check_read(format: &dyn Format) {
    assert!(!format.samples().is_empty(), "{} has no samples", format.name());
    for sample in format.samples() {
        assert!(!sample.source.is_empty(), "the sample of {} names no source", format.name());
        assert!(sample.formats.contains(&format.name()), "{}", sample.paste);
        let reading = reading_of(sample.paste, None);
        let found: Vec<String> = reading.incidents.iter().map(shown).collect();
        assert_eq!(found, sample.incidents, "{}", sample.paste);
        assert_eq!(reading.formats, sample.formats, "{}", sample.paste);
        assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
    }
}

pub(in crate::record) fn check_named(format: &dyn Format) {
    for sample in format.samples() {
        let named = reading_of(sample.paste, Some(format.name()));
        let found: Vec<String> = named.incidents.iter().map(shown).collect();
        assert_eq!(found, sample.incidents, "{}", sample.paste);
        assert!(named.formats.contains(&format.name()), "{:?}", named.formats);
    }
}

pub(in crate::record) fn check_cut(format: &dyn Format) {
    for sample in format.samples() {
        for (at, _) in sample.paste.char_indices() {
            let (head, tail) = sample.paste.split_at_checked(at).expect("it is a boundary");
            check_places(head);
            if at % 3 == 0 {
                check_places(tail);
            }
        }
    }
}

pub(in crate::record) fn check_changed(format: &dyn Format) {
    for sample in format.samples() {
        let mut hostile = HOSTILE.iter().cycle();
        for (at, replaced) in sample.paste.char_indices().step_by(3) {
            let (head, tail) = sample.paste.split_at_checked(at).expect("it is a boundary");
            let behind = tail.strip_prefix(replaced).unwrap_or_default();
            let mark = hostile.next().expect("it goes round and round");
            check_places(&format!("{head}{mark}{behind}"));
            check_places(&format!("{head}{behind}"));
        }
        let lines: Vec<&str> = sample.paste.split_inclusive('\n').collect();
        for at in 0..lines.len() {
            let (head, tail) = lines.split_at(at);
            let (line, behind) = tail.split_first().expect("there is a line");
            check_places(&[head, behind].concat().concat());
            check_places(&[head, &[line, line], behind].concat().concat());
            check_places(&[behind, head].concat().concat());
        }
    }
}

pub(in crate::record) fn reading_of(paste: &str, format: Option<&str>) -> Reading {
    let now = jiff::civil::date(2024, 6, 1).at(0, 0, 0, 0);
    let options = ReadOptions {
        now: Some(now),
        input_format: format.map(str::to_owned),
        ..ReadOptions::default()
    };
    read(None, paste.as_bytes(), &options, &Vocabulary::default())
}

/// Every record is counted, and every incident stands where it says.
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

fn shown(incident: &Incident) -> String {
    let time = incident.first_seen.map_or("-".to_owned(), |time| time.to_string());
    let device = incident.devices.first().map_or("-", |device| device.as_str());
    let codes: Vec<i64> = incident.codes.iter().map(|code| code.number).collect();
    format!("{time} {device} {:?} {} {codes:?}", incident.severity, incident.message)
}
