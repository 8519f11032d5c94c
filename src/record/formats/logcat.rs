//! Android's logcat (`threadtime`, `time`, `brief`), in the forms of developer.android.com/tools/logcat.
//!
//! 1. The tag is left out of the message: it is the same program on every device.
//! 2. An exception is an entry a line. The entries of one process, thread and tag that are frames or causes,
//!    and what stands between `FATAL EXCEPTION` and them, are one message.

use super::fields::{is_number, said, word};
use super::row;
use crate::facts::{Kind, Moment, Severity};
use crate::record::collect::{Collector, record_at};
#[cfg(test)]
use crate::record::formats::samples::Sample;
use crate::record::joining;
use crate::record::paste::Cursor;
use crate::record::registry::Format;
use crate::source::Line;

/// How many entries one exception may have.
const MOST_ENTRIES: usize = 200;

/// Android's logcat.
pub(in crate::record) struct Logcat;

#[derive(Debug, Clone, Copy)]
struct Entry<'t> {
    time: Option<Moment>,
    severity: Severity,
    /// Process and thread, or the process alone, as they are written.
    origin: &'t str,
    tag: &'t str,
    message: &'t str,
}

impl Format for Logcat {
    fn name(&self) -> &'static str {
        "logcat"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let mut any = false;
        while let Some(line) = cursor.line() {
            if line.text.starts_with("--------- beginning of ") {
                cursor.advance();
            } else {
                let Some(entry) = entry(line.text, collector) else { break };
                cursor.advance();
                hand_over(entry, line, cursor, collector);
            }
            any = true;
        }
        any
    }

    #[cfg(test)]
    fn samples(&self) -> &'static [Sample] {
        tests::SAMPLES
    }
}

/// Hands over an entry with those that go on it, which the cursor leaves behind.
fn hand_over<'t>(
    first: Entry<'t>,
    line: Line<'t>,
    cursor: &mut Cursor<'t>,
    collector: &mut Collector<'_>,
) {
    let mut joined: Option<String> = None;
    let mut heading = first.message.starts_with("FATAL EXCEPTION");
    for _ in 0..MOST_ENTRIES {
        let next = cursor.line().and_then(|line| entry(line.text, collector)).filter(|next| {
            (next.origin, next.tag, next.severity) == (first.origin, first.tag, first.severity)
        });
        let Some(next) = next else { break };
        let framed = joining::is_frame(next.message);
        if !(framed || heading) {
            break;
        }
        // Behind the first frame only frames and causes go on.
        heading &= !framed;
        joining::push(joined.get_or_insert_with(|| first.message.to_owned()), next.message, " ");
        cursor.advance();
    }
    let mut record = record_at(Kind::Log, line.text, first.message, line.number);
    record.time = first.time;
    record.severity = Some(first.severity);
    if let Some(joined) = joined {
        record.message = joined.into();
    }
    collector.record(record);
}

fn entry<'t>(line: &'t str, collector: &Collector<'_>) -> Option<Entry<'t>> {
    if let Some(entry) = brief(line, None) {
        return Some(entry);
    }
    let (time, rest) = row::leading_time(line, collector)?;
    if let Some(entry) = brief(rest, Some(time)) {
        return Some(entry);
    }
    // 1234  5678 E Tag     : message
    let (process, behind) = word(rest)?;
    let (thread, behind) = word(behind)?;
    let (priority, behind) = word(behind)?;
    if !(is_number(process) && is_number(thread)) {
        return None;
    }
    let origin = rest.get(..rest.len() - behind.len() - priority.len() - 1)?.trim();
    let (tag, message) = behind.split_once(": ")?;
    let severity = severity(priority)?;
    Some(Entry { time: Some(time), severity, origin, tag: tag.trim(), message: said(message)? })
}

/// `E/Tag( 1234): message`
fn brief(text: &str, time: Option<Moment>) -> Option<Entry<'_>> {
    let (priority, rest) = text.split_once('/')?;
    let severity = severity(priority)?;
    let (head, message) = rest.split_once("): ")?;
    let (tag, process) = head.rsplit_once('(')?;
    let origin = process.trim();
    is_number(origin).then_some(())?;
    Some(Entry { time, severity, origin, tag: tag.trim(), message: said(message)? })
}

fn severity(priority: &str) -> Option<Severity> {
    match priority {
        "F" | "A" | "E" => Some(Severity::Error),
        "W" => Some(Severity::Warning),
        "V" | "D" | "I" => Some(Severity::Info),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::record::formats::samples::{Sample, test_format};

    test_format!(super::Logcat);

    pub(super) const SAMPLES: &[Sample] = &[
        Sample {
            source: "developer.android.com/tools/logcat (threadtime, brief and time)",
            formats: &["logcat"],
            paste: "--------- beginning of main\n\
                05-08 10:00:01.123  1234  5678 E DevicePolicy: cannot install package\n\
                W/DevicePolicy( 1234): package is old\n\
                05-08 10:00:02.000 I/Sync    (   99): all is well\n",
            incidents: &[
                "2024-05-08T10:00:01.123 - Error cannot install package []",
                "- - Warning package is old []",
                "2024-05-08T10:00:02 - Info all is well []",
            ],
        },
        Sample {
            source: "developer.android.com/topic/performance/vitals/crash (a crash in logcat)",
            formats: &["logcat"],
            paste: "05-08 10:00:01.123  9876  9876 E AndroidRuntime: FATAL EXCEPTION: main\n\
                05-08 10:00:01.123  9876  9876 E AndroidRuntime: Process: com.example.mdm, PID: 9876\n\
                05-08 10:00:01.123  9876  9876 E AndroidRuntime: java.lang.NullPointerException: profile\n\
                05-08 10:00:01.123  9876  9876 E AndroidRuntime: \tat com.example.mdm.Main.onCreate(Main.java:21)\n\
                05-08 10:00:01.123  9876  9876 E AndroidRuntime: Caused by: java.io.IOException\n\
                05-08 10:00:01.124  9876  9876 E AndroidRuntime: next one\n\
                05-08 10:00:01.125  1234  1240 W ActivityManager: force finishing\n",
            incidents: &[
                "2024-05-08T10:00:01.123 - Error FATAL EXCEPTION: main Process: com.example.mdm, PID: 9876 java.lang.NullPointerException: profile at com.example.mdm.Main.onCreate(Main.java:21) Caused by: java.io.IOException []",
                "2024-05-08T10:00:01.124 - Error next one []",
                "2024-05-08T10:00:01.125 - Warning force finishing []",
            ],
        },
    ];
}
