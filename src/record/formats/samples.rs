//! Samples of the formats, and what each must pass: it is recognized and read to the incidents that it
//! tells of, and nothing that is left of it by a cut or a change makes reading panic or lose its place.

use crate::facts::{CodeDictionary, Incident};
use crate::record::{ReadOptions, Reading, read};

/// A paste with what is read of it.
pub(in crate::record) struct Sample {
    pub(in crate::record) paste: &'static str,
    /// What it is taken for, in order.
    pub(in crate::record) formats: &'static [&'static str],
    /// `time device severity message [codes]` each; `-` is none.
    pub(in crate::record) incidents: &'static [&'static str],
}

/// Checks the samples of a format.
pub(in crate::record) fn check(samples: &[Sample]) {
    for sample in samples {
        let reading = reading(sample.paste);
        let found: Vec<String> = reading.incidents.iter().map(shown).collect();
        assert_eq!(found, sample.incidents, "{}", sample.paste);
        assert_eq!(reading.formats, sample.formats, "{}", sample.paste);
        for (at, _) in sample.paste.char_indices() {
            let (head, tail) = sample.paste.split_at_checked(at).expect("it is a boundary");
            check_places(head);
            if at % 3 == 0 {
                check_places(tail);
            }
            for hostile in ["\"", "<", "\0", "\u{1b}["] {
                let mut behind = tail.chars();
                behind.next();
                if at % 5 == 0 {
                    check_places(&format!("{head}{hostile}{}", behind.as_str()));
                }
            }
        }
    }
}

fn reading(paste: &str) -> Reading {
    let now = jiff::civil::date(2024, 6, 1).at(0, 0, 0, 0);
    let options = ReadOptions { now: Some(now), ..ReadOptions::default() };
    read(None, paste.as_bytes(), &options, &CodeDictionary::default())
}

/// Every incident stands where it says.
fn check_places(paste: &str) {
    for incident in reading(paste).incidents {
        let number = incident.span.location.line as usize;
        let line = crate::source::lines(paste).nth(number.saturating_sub(1));
        let stands = line.and_then(|line| line.text.get(incident.span.range.clone()));
        assert!(stands.is_some(), "{:?} of {paste:?}", incident.span);
    }
}

fn shown(incident: &Incident) -> String {
    let time = incident.first_seen.map_or("-".to_owned(), |time| time.to_string());
    let device = incident.devices.first().map_or("-", |device| device.as_str());
    let codes: Vec<i64> = incident.codes.iter().map(|code| code.number).collect();
    format!("{time} {device} {:?} {} {codes:?}", incident.severity, incident.message)
}
