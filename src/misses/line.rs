//! How a miss and a feedback stand in their files: a JSON object a line.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{Asked, Closing, Feedback, Miss};
use crate::facts::{Code, Kind, Severity, Signature};

/// The line of a miss. Keys that are not there have their defaults, keys that are not known are passed
/// over: an older program reads what a newer one wrote.
#[derive(Serialize, Deserialize)]
struct MissLine {
    /// The time on the user's clock, ISO 8601, to the second.
    at: String,
    /// Sixteen hexadecimal digits.
    signature: String,
    /// `log`, `status` or `question`.
    kind: String,
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    labels: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    product: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    command: Option<String>,
    /// Domain, number, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    codes: Vec<(Option<String>, i64, String)>,
    /// Of each code, whether the log states its domain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stated: Vec<bool>,
    /// `error`, `warning`, `info` or `unknown`.
    severity: String,
    records: u64,
    devices: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    near: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    kb: String,
}

/// The line of a closing.
#[derive(Serialize, Deserialize)]
struct ClosingLine {
    at: String,
    signature: String,
    reason: String,
}

/// The line of a feedback.
#[derive(Serialize, Deserialize)]
struct FeedbackLine {
    at: String,
    signature: String,
    article: String,
    helped: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

/// The line of an incident that was asked about.
#[derive(Serialize, Deserialize)]
struct AskedLine {
    at: String,
    signature: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    product: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    answered: bool,
}

const KINDS: [Kind; 3] = [Kind::Log, Kind::Status, Kind::Question];
const SEVERITIES: [Severity; 4] =
    [Severity::Error, Severity::Warning, Severity::Info, Severity::Unknown];

/// Writes the line of a miss.
pub(super) fn write_miss(miss: &Miss, lines: &mut String) {
    let line = MissLine {
        at: format!("{:.0}", miss.at),
        signature: miss.signature.to_string(),
        kind: miss.kind.name().to_owned(),
        text: miss.text.clone(),
        labels: miss.labels.clone(),
        product: miss.product.clone(),
        command: miss.command.clone(),
        codes: miss
            .codes
            .iter()
            .map(|code| (code.domain.clone(), code.number, code.written.clone()))
            .collect(),
        stated: miss.codes.iter().map(|code| code.stated).collect(),
        severity: miss.severity.name().to_owned(),
        records: miss.records,
        devices: miss.devices,
        near: miss.near.clone(),
        kb: miss.knowledge_base.clone(),
    };
    write(&line, lines);
}

/// Reads the line of a miss; `None` where it is none.
pub(super) fn read_miss(line: &str) -> Option<Miss> {
    let line: MissLine = serde_json::from_str(line).ok()?;
    Some(Miss {
        at: line.at.parse().ok()?,
        signature: signature(&line.signature)?,
        kind: KINDS.into_iter().find(|it| it.name() == line.kind)?,
        text: line.text,
        labels: line.labels,
        product: line.product,
        command: line.command,
        codes: line
            .codes
            .into_iter()
            .zip(line.stated.into_iter().chain(std::iter::repeat(false)))
            .map(|((domain, number, written), stated)| Code { domain, number, written, stated })
            .collect(),
        severity: SEVERITIES.into_iter().find(|it| it.name() == line.severity)?,
        records: line.records,
        devices: line.devices,
        near: line.near,
        knowledge_base: line.kb,
    })
}

/// Writes the line of a feedback.
pub(super) fn write_feedback(feedback: &Feedback, lines: &mut String) {
    let line = FeedbackLine {
        at: format!("{:.0}", feedback.at),
        signature: feedback.signature.to_string(),
        article: feedback.article.clone(),
        helped: feedback.helped,
        note: feedback.note.clone(),
    };
    write(&line, lines);
}

/// Writes the line of an incident that was asked about.
pub(super) fn write_asked(asked: &Asked, lines: &mut String) {
    let line = AskedLine {
        at: format!("{:.0}", asked.at),
        signature: asked.signature.to_string(),
        product: asked.product.clone(),
        article: asked.article.clone(),
        answered: asked.answered,
    };
    write(&line, lines);
}

/// Reads the line of an incident that was asked about; `None` where it is none.
pub(super) fn read_asked(line: &str) -> Option<Asked> {
    let line: AskedLine = serde_json::from_str(line).ok()?;
    let (at, signature) = (line.at.parse().ok()?, signature(&line.signature)?);
    let AskedLine { product, article, answered, .. } = line;
    Some(Asked { at, signature, product, article, answered })
}

/// Reads the line of a feedback; `None` where it is none.
pub(super) fn read_feedback(line: &str) -> Option<Feedback> {
    let line: FeedbackLine = serde_json::from_str(line).ok()?;
    Some(Feedback {
        at: line.at.parse().ok()?,
        signature: signature(&line.signature)?,
        article: line.article,
        helped: line.helped,
        note: line.note,
    })
}

/// Writes the line of a closing.
pub(super) fn write_closing(closing: &Closing, lines: &mut String) {
    let line = ClosingLine {
        at: format!("{:.0}", closing.at),
        signature: closing.signature.to_string(),
        reason: closing.reason.clone(),
    };
    write(&line, lines);
}

/// Reads the line of a closing; `None` where it is none.
pub(super) fn read_closing(line: &str) -> Option<Closing> {
    let line: ClosingLine = serde_json::from_str(line).ok()?;
    let (at, signature) = (line.at.parse().ok()?, signature(&line.signature)?);
    Some(Closing { at, signature, reason: line.reason })
}

fn write(line: &impl Serialize, lines: &mut String) {
    let json = serde_json::to_string(line).expect("strings and numbers always serialize");
    // Writing to a string cannot fail.
    let _ = writeln!(lines, "{json}");
}

fn signature(digits: &str) -> Option<Signature> {
    (digits.len() == 16).then(|| u64::from_str_radix(digits, 16).ok().map(Signature)).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::miss::tests::miss;
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let mut kept = miss("Install\"Profile: (4026) 失敗しました");
        kept.labels = vec![("状態".into(), "異常".into())];
        kept.near = Some("bizmobile/a".into());
        kept.knowledge_base = "kb-00ff".into();
        let mut lines = String::new();
        write_miss(&kept, &mut lines);
        assert_eq!(lines.matches('\n').count(), 1, "{lines}");
        assert_eq!(read_miss(lines.trim_end()), Some(kept));
    }

    #[test]
    fn every_kind_and_severity_comes_back() {
        for (kind, severity) in KINDS.into_iter().cycle().zip(SEVERITIES) {
            let mut lines = String::new();
            let kept = Miss { kind, severity, ..miss("失敗しました") };
            write_miss(&kept, &mut lines);
            assert_eq!(read_miss(lines.trim_end()), Some(kept));
        }
    }

    #[test]
    fn what_is_no_line_is_none() {
        let good = r#"{"at":"2026-11-23T09:30:00","signature":"00000000000000ff","article":"a","helped":true}"#;
        assert!(read_feedback(good).is_some());
        for bad in
            ["", "{", "null", "{}", &good.replace("00ff", "zzzz"), &good.replace("2026", "year")]
        {
            assert!(read_feedback(bad).is_none(), "{bad}");
            assert!(read_miss(bad).is_none(), "{bad}");
        }
    }
}
