//! CLOMO's Reports screen: `[success] …`, `[APNS push] Command DeviceInformation was pushed to APNs.`

use std::borrow::Cow;

use super::row;
use crate::facts::{Kind, Severity, read_level};
use crate::record::collect::{Collector, record_at};
#[cfg(test)]
use crate::record::formats::samples::Sample;
use crate::record::paste::Cursor;
use crate::record::registry::Format;

const PRODUCT: &str = "CLOMO";

/// The reports.
pub(in crate::record) struct Reports;

impl Format for Reports {
    fn name(&self) -> &'static str {
        "clomo"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let mut any = false;
        while let Some(line) = cursor.line() {
            let (time, text) = match row::leading_time(line.text, collector) {
                Some((time, rest)) => (Some(time), rest),
                None => (None, line.text.trim()),
            };
            let Some((head, tag)) = tagged(text) else { break };
            let mut record = record_at(
                Kind::Log,
                line.text,
                text.get(head.len()..).unwrap_or(text).trim(),
                line.number,
            );
            record.time = time;
            record.severity =
                if tag == "APNS push" { Some(Severity::Info) } else { read_level(tag) };
            let device = head.trim();
            record.device = (!device.is_empty()).then_some(Cow::Borrowed(device));
            record.product = Some(PRODUCT);
            collector.record(record);
            any = true;
            cursor.advance();
        }
        any
    }

    #[cfg(test)]
    fn samples(&self) -> &'static [Sample] {
        tests::SAMPLES
    }
}

/// What stands before the tag (at most a device's name), and the tag.
fn tagged(text: &str) -> Option<(&str, &str)> {
    ["[success]", "[failure]", "[failed]", "[APNS push]"].into_iter().find_map(|tag| {
        let at = text.find(tag)?;
        let head = text.get(..at)?;
        // A sentence that speaks of [success] is no report.
        let alone = head.split_whitespace().count() <= 2
            && !head.contains(['。', '、', 'に', 'の', 'を', 'が', 'は']);
        let behind = text.get(at + tag.len()..)?;
        let says = behind.starts_with(' ')
            && behind.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric() || c == '"')
            || (head.is_empty() && !behind.trim().is_empty());
        (alone && says).then_some((head, tag.trim_matches(['[', ']'])))
    })
}

#[cfg(test)]
mod tests {
    use crate::record::formats::samples::{Sample, test_format};

    test_format!(super::Reports);

    pub(super) const SAMPLES: &[Sample] = &[Sample {
        source: "the seed 002 (CLOMO: Reports 画面, [success]〜) and its lines about the push service",
        formats: &["clomo"],
        paste: "2024/05/08 10:00:01 iPad-03 [APNS push] Command DeviceInformation was pushed to APNs.\n\
            [success] DeviceLock was executed.\n2024/05/08 10:00:03 iPad-03 [failure] ClearPasscode has failed.\n",
        incidents: &[
            "2024-05-08T10:00:01 iPad-03 Info [APNS push] Command DeviceInformation was pushed to APNs. []",
            "- - Info [success] DeviceLock was executed. []",
            "2024-05-08T10:00:03 iPad-03 Error [failure] ClearPasscode has failed. []",
        ],
    }];
}
