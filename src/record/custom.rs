//! Formats that a program brings along: the forms of log that Shirube does not know by itself.

use std::borrow::Cow;
use std::fmt::Debug;

use jiff::civil::DateTime;

use super::collect::{Collector, fact, range_in};
use super::cursor::Cursor;
use crate::facts::{Kind, Moment, Record, Severity};

/// How much of the paste a format is shown at a time, in bytes.
const SHOWN: usize = 64 * 1024;

/// A form of log of one's own, to be put into [`ReadOptions::formats`](super::ReadOptions::formats).
///
/// ```
/// use shirube::record::{CustomFormat, Entry};
///
/// /// `!! E42 !! the disk is full`
/// #[derive(Debug)]
/// struct Alarms;
///
/// impl CustomFormat for Alarms {
///     fn name(&self) -> &'static str {
///         "alarms"
///     }
///
///     fn entry<'t>(&self, text: &'t str) -> Option<Entry<'t>> {
///         let line = text.lines().next()?;
///         line.strip_prefix("!! ").map(Entry::new)
///     }
/// }
/// ```
pub trait CustomFormat: Debug + Send + Sync {
    /// The name that people choose it by; formats of one's own come before the built-in ones.
    fn name(&self) -> &'static str;

    /// Reads the entry that begins with the first line of `text`; `None` where that line begins none. The
    /// text goes on to the end of the paste, or for at least some ten thousand bytes.
    fn entry<'t>(&self, text: &'t str) -> Option<Entry<'t>>;
}

/// One entry of a log, as a [`CustomFormat`] reads it.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Entry<'t> {
    /// The message without time, level and device, which have fields of their own.
    pub message: Cow<'t, str>,
    /// How many lines it takes; at least one is taken.
    pub lines: usize,
    /// When it was written, on the clock of the place.
    pub time: Option<DateTime>,
    /// How bad it is; otherwise the words of the message tell.
    pub severity: Option<Severity>,
    /// The device that it is about.
    pub device: Option<Cow<'t, str>>,
    /// The console that it comes from, as articles name it.
    pub product: Option<&'static str>,
    /// Labels with their values, for check flows and conditions.
    pub facts: Vec<(Cow<'t, str>, Cow<'t, str>)>,
}

impl<'t> Entry<'t> {
    /// An entry of one line that is nothing but a message.
    #[must_use]
    pub fn new(message: impl Into<Cow<'t, str>>) -> Self {
        Self { message: message.into(), lines: 1, ..Self::default() }
    }
}

pub(super) fn read(
    format: &dyn CustomFormat,
    cursor: &mut Cursor<'_>,
    collector: &mut Collector<'_>,
) -> bool {
    let Some(line) = cursor.line() else { return false };
    let Some(entry) = format.entry(cursor.text_from(&line, SHOWN)) else { return false };
    let range = match &entry.message {
        Cow::Borrowed(message) => range_in(line.text, message),
        Cow::Owned(_) => 0..line.text.len(),
    };
    let more = u32::try_from(entry.lines.saturating_sub(1)).unwrap_or(u32::MAX);
    cursor.pass(line.number.saturating_add(more));
    for (label, value) in &entry.facts {
        collector.fact(fact(label, value, entry.device.as_deref(), line.number));
    }
    let mut record = Record::new(Kind::Log, entry.message, line.number, range);
    record.time = entry.time.map(|local| Moment { local, offset: None });
    record.severity = entry.severity;
    record.device = entry.device;
    record.product = entry.product;
    collector.record(record);
    true
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::record::{ReadOptions, Reading, Vocabulary, read};

    /// `#device level` over its indented message. A greedy one claims lines, and a message, that are not there.
    #[derive(Debug)]
    struct Blocks {
        greedy: bool,
    }

    impl CustomFormat for Blocks {
        fn name(&self) -> &'static str {
            "blocks"
        }

        fn entry<'t>(&self, text: &'t str) -> Option<Entry<'t>> {
            if self.greedy {
                return Some(Entry { lines: usize::MAX, ..Entry::new("nowhere in the paste") });
            }
            let mut lines = text.lines();
            let (device, level) = lines.next()?.strip_prefix('#')?.split_once(' ')?;
            let below: Vec<&str> =
                lines.take_while(|line| line.starts_with("  ")).map(str::trim).collect();
            Some(Entry {
                lines: 1 + below.len(),
                device: Some(device.into()),
                severity: (level == "bad").then_some(Severity::Error),
                facts: vec![("状態".into(), level.into())],
                product: Some("Blocks"),
                ..Entry::new(below.join(" "))
            })
        }
    }

    fn reading(paste: &str, greedy: bool) -> Reading {
        let formats: Vec<Arc<dyn CustomFormat>> = vec![Arc::new(Blocks { greedy })];
        let input_format = greedy.then(|| "blocks".to_owned());
        let options = ReadOptions { formats, input_format, ..ReadOptions::default() };
        read(None, paste.as_bytes(), &options, &Vocabulary::default())
    }

    #[test]
    fn a_format_of_ones_own_reads_its_entries_and_leaves_the_rest() {
        let paste = "#A bad\n  (42) 書き込み\n  に失敗しました\n容量が足りません\n#B bad\n";
        let reading = reading(paste, false);
        assert_eq!(reading.formats, ["blocks", "lines"]);
        let first = &reading.incidents[0];
        assert_eq!(first.message, "(42) 書き込み に失敗しました");
        assert_eq!((&*first.devices[0], first.severity), ("A", Severity::Error));
        assert_eq!((first.devices.len(), first.product.as_deref()), (1, Some("Blocks")));
        let lines = reading.incidents.iter().map(|incident| incident.span.location.line);
        assert_eq!(lines.collect::<Vec<u32>>(), [1, 4, 5]);
        assert_eq!((&*reading.facts[0].value, reading.facts[0].location.line), ("bad", 1));
    }

    #[test]
    fn it_can_be_chosen_by_name_and_a_greedy_one_ends() {
        let reading = reading("a\n\nb\n", true);
        assert_eq!(reading.warnings, []);
        assert_eq!(reading.records, 1);
    }
}
