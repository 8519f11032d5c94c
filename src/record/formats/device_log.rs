//! Logs of devices themselves: Android's logcat (`threadtime`, `time`, `brief`) and Apple's unified log
//! as `log show` prints it (default and `--style compact`).
//!
//! The forms are those of developer.android.com/tools/logcat and of log(1) of macOS. The tag, process or
//! library in front is left out of the message: it is the same program on every device.

use super::row;
use crate::facts::{Kind, Moment, Severity};
use crate::record::collect::{Collector, record_at};
use crate::record::paste::Cursor;
use crate::record::registry::Format;

type Entry<'t> = (Option<Moment>, Severity, &'t str);

/// Android's logcat.
pub(in crate::record) struct Logcat;

/// Apple's unified log.
pub(in crate::record) struct UnifiedLog;

impl Format for Logcat {
    fn name(&self) -> &'static str {
        "logcat"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        read_entries(cursor, collector, "--------- beginning of ", logcat)
    }
}

impl Format for UnifiedLog {
    fn name(&self) -> &'static str {
        "unified-log"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        read_entries(cursor, collector, "Timestamp    ", unified)
    }
}

/// Reads entries of a line each; lines that begin with `header` are none.
fn read_entries(
    cursor: &mut Cursor<'_>,
    collector: &mut Collector<'_>,
    header: &str,
    entry: impl for<'t> Fn(&'t str, &Collector<'_>) -> Option<Entry<'t>>,
) -> bool {
    let mut any = false;
    while let Some(line) = cursor.line() {
        if !line.text.starts_with(header) {
            let Some((time, severity, message)) = entry(line.text, collector) else { break };
            let mut record = record_at(Kind::Log, line.text, message, line.number);
            record.time = time;
            record.severity = Some(severity);
            collector.record(record);
        }
        any = true;
        cursor.advance();
    }
    any
}

fn logcat<'t>(line: &'t str, collector: &Collector<'_>) -> Option<Entry<'t>> {
    if let Some((severity, message)) = brief(line) {
        return Some((None, severity, message));
    }
    let (time, rest) = row::leading_time(line, collector)?;
    if let Some((severity, message)) = brief(rest) {
        return Some((Some(time), severity, message));
    }
    // 1234  5678 E Tag     : message
    let (process, rest) = word(rest)?;
    let (thread, rest) = word(rest)?;
    let (priority, rest) = word(rest)?;
    if !(is_number(process) && is_number(thread)) {
        return None;
    }
    let (_tag, message) = rest.split_once(": ")?;
    Some((Some(time), android_priority(priority)?, said(message)?))
}

/// `E/Tag( 1234): message`
fn brief(text: &str) -> Option<(Severity, &str)> {
    let (priority, rest) = text.split_once('/')?;
    let severity = android_priority(priority)?;
    let (head, message) = rest.split_once("): ")?;
    let (_tag, process) = head.rsplit_once('(')?;
    is_number(process.trim()).then_some(())?;
    Some((severity, said(message)?))
}

fn android_priority(letter: &str) -> Option<Severity> {
    match letter {
        "F" | "A" | "E" => Some(Severity::Error),
        "W" => Some(Severity::Warning),
        "V" | "D" | "I" => Some(Severity::Info),
        _ => None,
    }
}

fn unified<'t>(line: &'t str, collector: &Collector<'_>) -> Option<Entry<'t>> {
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

fn word(text: &str) -> Option<(&str, &str)> {
    text.trim_start().split_once(' ').filter(|(word, _)| !word.is_empty())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn said(message: &str) -> Option<&str> {
    Some(message.trim()).filter(|message| !message.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::record::formats::samples::{Sample, check};

    const SAMPLES: &[Sample] = &[
        // logcat -v threadtime, brief and time.
        Sample {
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
        // log show, and log show --style compact.
        Sample {
            formats: &["unified-log"],
            paste: "Timestamp                       Thread     Type        Activity             PID    TTL\n\
                2024-05-08 10:00:01.123456+0900 0x1a2b     Error       0x0                  123    0    mdmclient: (ManagedClient) [com.apple.ManagedClient:MDM] profile was rejected\n\
                2024-05-08 10:00:02.123 Df mdmclient[123:1a2b] (ManagedClient) [com.apple.ManagedClient:MDM] asking again\n",
            incidents: &[
                "2024-05-08T10:00:01.123456+09:00 - Error profile was rejected []",
                "2024-05-08T10:00:02.123 - Info asking again []",
            ],
        },
    ];

    #[test]
    fn samples_are_read() {
        check(SAMPLES);
    }
}
