//! Apple's unified log, as `log show` prints it (default and `--style compact`) and as it is copied out of
//! Console.
//!
//! The forms are those of log(1) of macOS and of Console's columns. The process or library in front is left
//! out of the message: it is the same program on every device.

use super::fields::{is_number, said, word};
use super::row;
use crate::facts::{Kind, Moment, Severity};
use crate::record::collect::{Collector, record_at};
#[cfg(test)]
use crate::record::formats::samples::Sample;
use crate::record::joining::{Begun, continued};
use crate::record::paste::Cursor;
use crate::record::registry::Format;

type Entry<'t> = (Option<Moment>, Severity, &'t str);

/// Apple's unified log.
pub(in crate::record) struct UnifiedLog;

impl Format for UnifiedLog {
    fn name(&self) -> &'static str {
        "unified-log"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let mut any = false;
        while let Some(line) = cursor.line() {
            let is_header = line.text.starts_with("Timestamp    ");
            let entry = entry(line.text, collector).filter(|_| !is_header);
            if entry.is_none() && !is_header {
                break;
            }
            any = true;
            cursor.advance();
            let Some((time, severity, message)) = entry else { continue };
            let mut record = record_at(Kind::Log, line.text, message, line.number);
            record.time = time;
            record.severity = Some(severity);
            let begun = Begun { line: line.text, message, marked: true, timed: true };
            if let Some(joined) = continued(begun, cursor, collector) {
                record.message = joined.into();
            }
            collector.record(record);
        }
        any
    }

    #[cfg(test)]
    fn samples(&self) -> &'static [Sample] {
        tests::SAMPLES
    }
}

fn entry<'t>(line: &'t str, collector: &Collector<'_>) -> Option<Entry<'t>> {
    let (time, rest) = row::leading_time(line, collector)?;
    let (first, behind) = word(rest)?;
    // Compact: `E  process[7:1a2b] …`. Default: `0x1a2b  Error  0x0  7  0  process: …`.
    let (severity, behind) = match apple_type(first) {
        Some(severity) => {
            let (process, behind) = behind.split_once(']')?;
            let (_, numbers) = process.split_once('[')?;
            let (number, thread) = numbers.split_once(':')?;
            let hexadecimal = thread.bytes().all(|byte| byte.is_ascii_hexdigit());
            (is_number(number) && hexadecimal).then_some((severity, behind))?
        }
        None => {
            first.strip_prefix("0x")?;
            let (kind, behind) = word(behind)?;
            let (activity, behind) = word(behind)?;
            let (process, behind) = word(behind)?;
            let (left, behind) = word(behind)?;
            let numbered = activity.starts_with("0x") && is_number(process) && is_number(left);
            let (_process, behind) = behind.split_once(": ").filter(|_| numbered)?;
            (apple_type(kind)?, behind)
        }
    };
    Some((Some(time), severity, said(without_origin(behind))?))
}

fn apple_type(word: &str) -> Option<Severity> {
    match word {
        "E" | "F" | "Error" | "Fault" => Some(Severity::Error),
        "A" | "I" | "Db" | "Df" | "Default" | "Info" | "Debug" | "Activity" => Some(Severity::Info),
        _ => None,
    }
}

/// The text behind `(library)` and `[subsystem:category]`.
fn without_origin(text: &str) -> &str {
    let text = text.trim_start();
    let behind_library =
        text.strip_prefix('(').and_then(|inner| inner.split_once(") ")).map(|(_, rest)| rest);
    let text = behind_library.unwrap_or(text).trim_start();
    let behind_subsystem = text
        .strip_prefix('[')
        .and_then(|inner| inner.split_once("] "))
        .filter(|(name, _)| name.contains(':') && !name.contains(' '))
        .map(|(_, rest)| rest);
    behind_subsystem.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use crate::record::formats::samples::{Sample, test_format};

    test_format!(super::UnifiedLog);

    pub(super) const SAMPLES: &[Sample] = &[Sample {
        source: "log(1) of macOS: log show, and log show --style compact",
        formats: &["unified-log"],
        paste: "Timestamp                       Thread     Type        Activity             PID    TTL\n\
            2024-05-08 10:00:01.123456+0900 0x1a2b     Error       0x0                  123    0    mdmclient: (ManagedClient) [com.apple.ManagedClient:MDM] profile was rejected\n\
            2024-05-08 10:00:02.123 Df mdmclient[123:1a2b] (ManagedClient) [com.apple.ManagedClient:MDM] asking again {\n    Status = Idle;\n}\n\
            2024-05-08 10:00:03.123 E  mdmclient[123:1a2b] gone\n",
        incidents: &[
            "2024-05-08T10:00:01.123456+09:00 - Error profile was rejected []",
            "2024-05-08T10:00:02.123 - Info asking again { Status = Idle; } []",
            "2024-05-08T10:00:03.123 - Error gone []",
        ],
    }];
}
