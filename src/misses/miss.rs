//! An incident that was not answered, as it is kept: masked.

use std::borrow::Cow;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::line::{digits, second};
use crate::facts::{
    Code, CodeDictionary, Fact, Groups, Incident, Kind, Names, Record, Severity, Signature,
    error_names, mask_line,
};
use crate::flow::Conclusion;
use crate::index::IndexError;
use crate::record::Reading;
use crate::search::{Answer, AnswerOptions, Searcher, tells_trouble};
use crate::source::{Location, steers};
use crate::text::lexicon::{PRIVATE_WORDS, Section};

/// How many misses of one paste are kept; the answer has those that matter first.
const MOST_OF_ONE_PASTE: usize = 50;
/// How many characters of a message are kept.
const LONGEST_TEXT: usize = 1000;
/// How many labels of a screen are kept, and how many codes of a message.
const MOST_PARTS: usize = 20;
/// A device name that is shorter than this would be found in the middle of words.
const SHORTEST_NAME: usize = 2;

/// An incident that no article answered.
///
/// Its text is masked: names of people, devices, profiles and places are placeholders, codes stay. What
/// people type in their own words has names that no pattern tells; those stay as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Miss {
    /// When it was pasted, on the user's clock.
    #[serde(with = "second")]
    pub at: DateTime,
    #[serde(with = "digits")]
    pub signature: Signature,
    #[serde(with = "KindName")]
    pub kind: Kind,
    /// The message, one line, masked but for its codes.
    pub text: String,
    /// The labels that a screen shows, with the value of the state alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<(String, String)>,
    /// The console, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The MDM command, where the message reports on one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    #[serde(flatten, with = "codes")]
    pub codes: Vec<Code>,
    #[serde(with = "SeverityName")]
    pub severity: Severity,
    /// How many records of the paste it counts.
    pub records: u64,
    /// How many devices of the paste report it.
    pub devices: u64,
    /// The id of the nearest article, which was not sure enough to be claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
    /// The knowledge base that was asked; empty where an older version kept it.
    #[serde(rename = "kb", default, skip_serializing_if = "String::is_empty")]
    pub knowledge_base: String,
}

impl Miss {
    /// The misses among what was answered at a time, those that matter first, at most fifty.
    ///
    /// A message that tells of nothing wrong is none, and neither is a state whose cause a check flow found.
    pub fn among(answer: &Answer, at: DateTime, knowledge_base: &str) -> Vec<Self> {
        let found = answer.flows.iter().any(|flow| flow.conclusion == Conclusion::Cause);
        let missed = answer.incidents.iter().filter(|answer| {
            answer.remedies.is_empty()
                && tells_trouble(&answer.incident)
                && !(found && answer.incident.kind == Kind::Status)
        });
        missed
            .take(MOST_OF_ONE_PASTE)
            .map(|answer| {
                let near = answer.related.first().map(|remedy| remedy.id.clone());
                let knowledge_base = knowledge_base.to_owned();
                Self { knowledge_base, ..Self::of(&answer.incident, near, at) }
            })
            .collect()
    }

    fn of(incident: &Incident, near: Option<String>, at: DateTime) -> Self {
        let labels = match incident.kind {
            // A value beside the state may be anybody's name.
            Kind::Status => incident
                .facts
                .iter()
                .take(MOST_PARTS)
                .map(|fact| {
                    let state = fact.value == incident.message;
                    let value = if state { masked(&fact.value, incident) } else { String::new() };
                    (masked(&fact.label, incident), value)
                })
                .collect(),
            _ => Vec::new(),
        };
        Self {
            at,
            signature: incident.signature,
            kind: incident.kind,
            text: masked(&incident.message, incident),
            labels,
            product: incident.product.clone(),
            command: incident.command.clone(),
            codes: incident.codes.iter().take(MOST_PARTS).cloned().collect(),
            severity: incident.severity,
            records: incident.count,
            devices: incident.device_count,
            near,
            knowledge_base: String::new(),
        }
    }

    /// The incident again, to ask whether it is answered by now.
    pub fn incident(&self, codes: &CodeDictionary) -> Incident {
        let mut groups = Groups::default();
        let mut record = Record::new(self.kind, Cow::Borrowed(&*self.text), 1, 0..self.text.len());
        record.facts = self.labels.iter().map(|(label, value)| fact(label, value)).collect();
        record.severity = (self.severity != Severity::Unknown).then_some(self.severity);
        record.codes.clone_from(&self.codes);
        record.command = self.command.as_deref().map(Cow::Borrowed);
        groups.add(record, codes);
        let mut incidents = groups.finish(&[None]);
        // One record was added, and one record is one incident.
        let incident = incidents.pop().unwrap_or_else(|| unreachable!("one record, one incident"));
        Incident { product: self.product.clone(), signature: self.signature, ..incident }
    }

    /// The id of the article that answers it by now; `None` where none does.
    /// Fails where the index cannot be read.
    pub fn answered_by(
        &self,
        searcher: &Searcher,
        options: &AnswerOptions,
    ) -> Result<Option<String>, IndexError> {
        let incidents = vec![self.incident(searcher.codes())];
        let answer = searcher.answer(&Reading { incidents, ..Reading::default() }, options)?;
        let remedies = answer.incidents.into_iter().flat_map(|answer| answer.remedies);
        Ok(remedies.map(|remedy| remedy.id).next())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Kind", rename_all = "lowercase")]
enum KindName {
    Log,
    Status,
    Question,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Severity", rename_all = "lowercase")]
enum SeverityName {
    Error,
    Warning,
    Info,
    Unknown,
}

/// The codes of a line. Older lines do not say which of them the log states with their domain.
#[derive(Serialize, Deserialize)]
struct CodesLine {
    /// Domain, number, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    codes: Vec<(Option<String>, i64, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stated: Vec<bool>,
}

mod codes {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use super::{Code, CodesLine};

    pub(super) fn serialize<S: Serializer>(codes: &[Code], to: S) -> Result<S::Ok, S::Error> {
        let stated = codes.iter().map(|it| it.stated).collect();
        let codes = codes.iter().map(|it| (it.domain.clone(), it.number, it.written.clone()));
        CodesLine { codes: codes.collect(), stated }.serialize(to)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<Code>, D::Error> {
        let CodesLine { codes, stated } = CodesLine::deserialize(from)?;
        let codes = codes.into_iter().zip(stated.into_iter().chain(std::iter::repeat(false)));
        let code = |((domain, number, written), stated)| Code { domain, number, written, stated };
        Ok(codes.map(code).collect())
    }
}

fn fact(label: &str, value: &str) -> Fact {
    Fact {
        label: label.to_owned(),
        value: value.to_owned(),
        device: None,
        location: Location { file: None, line: 1 },
    }
}

/// The text on one line, not too long, without what belongs to people and places.
fn masked(text: &str, incident: &Incident) -> String {
    let kept = |it: char| KEPT.contains(&u32::from(it));
    let line = text.replace(|it: char| it.is_control() || steers(it) || kept(it), " ");
    let mut names = Names::default();
    for device in incident.devices.iter().filter(|it| it.chars().count() >= SHORTEST_NAME) {
        names.add("device", device);
    }
    // A code that is a device's name is hidden by it.
    let named = names.mask(&line, &[]);
    let (hidden, codes) = hide_codes(&named);
    let masked: String = mask_line(&hidden).chars().take(LONGEST_TEXT).collect();
    show_codes(&masked, &codes).chars().take(LONGEST_TEXT).collect()
}

/// Characters for private use, which stand for the vendor's codes of a message while it is masked: no mask takes them.
const KEPT: std::ops::Range<u32> = 0xE000..0xE014;
static ASSETS: Section = PRIVATE_WORDS.section("beginnings of numbers of devices");
static DEVICES: Section = PRIVATE_WORDS.section("before names of devices");

/// The vendor's codes of a message (`LIC-3301`), which have the form of somebody's id: they say what happened, and of
/// nobody. What names a device, or has the beginning of a company's own numbers, is none.
pub(super) fn vendor_codes(text: &str) -> Vec<&str> {
    let mut codes: Vec<&str> = Vec::new();
    for name in error_names(text).filter(|name| name.contains('-')) {
        let numbered = name.bytes().any(|byte| byte.is_ascii_digit());
        let family = name.split('-').next().unwrap_or_default();
        let before = text.split(name).next().unwrap_or_default().trim_end();
        let before = before.trim_end_matches([':', '：', '「', '"', '=', ' ']);
        let of_device = DEVICES.iter().any(|word| before.to_lowercase().ends_with(word));
        if numbered && !ASSETS.contains(&family) && !of_device && !codes.contains(&name) {
            codes.push(name);
        }
    }
    // A code that begins with another is put in its place first.
    codes.sort_by_key(|code| std::cmp::Reverse(code.len()));
    codes.truncate(KEPT.len());
    codes
}

/// A text with a character for private use in the place of each code, and the codes.
pub(super) fn hide_codes(text: &str) -> (String, Vec<String>) {
    let codes: Vec<String> = vendor_codes(text).into_iter().map(str::to_owned).collect();
    let mut hidden = text.to_owned();
    for (code, mark) in codes.iter().zip(KEPT) {
        let mark = char::from_u32(mark).map(String::from).unwrap_or_default();
        hidden = hidden.replace(code, &mark);
    }
    (hidden, codes)
}

pub(super) fn show_codes(text: &str, codes: &[String]) -> String {
    let shown = |character: char| {
        let place = u32::from(character).checked_sub(KEPT.start);
        let code = place.and_then(|place| codes.get(usize::try_from(place).ok()?));
        code.map_or_else(|| character.to_string(), Clone::clone)
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::civil::date;

    use super::super::line;
    use super::*;

    /// A miss of a log's message.
    pub(crate) fn miss(text: &str) -> Miss {
        read(text, "BizMobile Go!")
    }

    fn read(text: &str, product: &str) -> Miss {
        let codes = CodeDictionary::default();
        let mut groups = Groups::default();
        let record = Record::new(Kind::Log, Cow::Borrowed(text), 1, 0..text.len());
        groups.add(record, &codes);
        let mut incidents = groups.finish(&[None]);
        let mut incident = incidents.pop().expect("one record is one incident");
        incident.product = Some(product.to_owned());
        Miss::of(&incident, None, date(2026, 11, 23).at(9, 30, 0, 0))
    }

    #[test]
    fn every_kind_and_severity_comes_back() {
        for (&kind, &severity) in Kind::ALL.iter().cycle().zip(Severity::ALL) {
            let kept = Miss { kind, severity, ..miss("失敗しました") };
            let lines = line::written(std::slice::from_ref(&kept));
            let (kind, severity) = (kind.name(), severity.name());
            assert!(lines.contains(&format!("\"kind\":\"{kind}\"")), "{lines}");
            assert!(lines.contains(&format!("\"severity\":\"{severity}\"")), "{lines}");
            assert_eq!(line::read(lines.trim_end()), Some(kept));
        }
    }

    crate::source::cases! {
        texts_that_are_kept: |text| miss(text).text;
    }

    #[test]
    fn a_miss_is_its_incident_again() {
        let kept = miss("InstallProfile: (4026) プロファイル\"sales\"を変更できません");
        let again = kept.incident(&CodeDictionary::default());
        assert_eq!(again.signature, kept.signature);
        assert_eq!(again.codes, kept.codes);
        assert_eq!(Miss::of(&again, None, kept.at), kept);
    }

    #[test]
    fn a_message_of_any_length_is_kept_in_bounds() {
        let kept = miss(&format!("失敗しました\u{0}{}", "あ".repeat(100_000)));
        assert_eq!(kept.text.chars().count(), LONGEST_TEXT);
        assert!(!kept.text.contains(char::is_control));
    }
}
