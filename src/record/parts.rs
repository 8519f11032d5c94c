//! Reads a long paste in parts, several at a time, to the same result as in one piece.
//!
//! 1. Text is cut into parts of about [`PART`] bytes at line ends.
//! 2. Each part is read by itself, on as many threads as there are. Of what is before it, a part
//!    needs one thing: the columns of the table that it may begin inside of.
//! 3. Those are guessed to be the columns in force before the whole batch, which they nearly always are.
//!    When the parts are joined in their order, a part whose guess was wrong is read again.
//!
//! A status screen or an error chain that a cut falls into is read as two; cuts are made where that is
//! unlikely. The parts and their order do not depend on the number of threads, so neither does the result.

use std::sync::Arc;

use rayon::prelude::*;

use super::collect::Collector;
use super::layout::Layout;
use super::{ReadOptions, Reading, Vocabulary, paste};

/// How many bytes a part has: few enough to share among threads, enough that joining costs nothing.
const PART: usize = 1 << 20;
/// How CMTrace's entries begin, which may have many lines.
const ENTRY: &[u8] = b"<![LOG[";
/// How far after its end a part may look for a line that begins something.
const LOOK_AHEAD: usize = 1 << 14;

/// Pastes that are read part by part.
#[derive(Debug)]
pub(super) struct Parts<'d> {
    options: &'d ReadOptions,
    vocabulary: &'d Vocabulary,
    collector: Collector<'d>,
    /// The names of the files, in the order that they are read.
    files: Vec<Option<Arc<str>>>,
    /// Of the last file: the columns in force, and how many lines have been read.
    layout: Option<Layout>,
    lines: u32,
}

impl<'d> Parts<'d> {
    pub(super) fn new(options: &'d ReadOptions, vocabulary: &'d Vocabulary) -> Self {
        let collector = Collector::new(options, vocabulary);
        Self { options, vocabulary, collector, files: Vec::new(), layout: None, lines: 0 }
    }

    pub(super) fn begin(&mut self, file: Option<Arc<str>>) {
        self.files.push(file);
        self.layout = None;
        self.lines = 0;
    }

    /// Says that the line read last goes on: what is read next begins in it.
    pub(super) fn go_on_in_line(&mut self) {
        self.lines = self.lines.saturating_sub(1);
    }

    /// How many lines of the file have been read.
    pub(super) fn lines(&self) -> u32 {
        self.lines
    }

    /// Reads parts that follow what was read before. `whole` says that they are the whole file.
    pub(super) fn read(&mut self, mut parts: &[&str], whole: bool) {
        // The first part of a file tells the columns of the others.
        if self.lines == 0
            && let Some((first, rest)) = parts.split_first()
        {
            let first = self.read_part(first, whole && rest.is_empty());
            self.join(first);
            parts = rest;
        }
        let guess = self.layout.clone();
        let read: Vec<(Collector<'d>, u32)> =
            parts.par_iter().map(|part| self.read_part(part, false)).collect();
        for (part, read) in parts.iter().zip(read) {
            let read = if self.layout == guess { read } else { self.read_part(part, false) };
            self.join(read);
        }
    }

    fn read_part(&self, text: &str, whole: bool) -> (Collector<'d>, u32) {
        let mut collector = Collector::new(self.options, self.vocabulary);
        collector.layout.clone_from(&self.layout);
        let lines = paste::walk(text, self.options, &mut collector, whole);
        (collector, lines)
    }

    fn join(&mut self, (part, lines): (Collector<'d>, u32)) {
        self.layout.clone_from(&part.layout);
        self.collector.merge(part, &self.files, self.lines);
        self.lines = self.lines.saturating_add(lines);
    }

    pub(super) fn finish(self) -> Reading {
        self.collector.finish(&self.files)
    }
}

/// Cuts bytes at line ends, best before a line that does not go on the one before it. In an encoding
/// whose line feed is one byte that stands for nothing else, every part is text of its own.
pub(super) fn cut(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    while bytes.len() > PART + LOOK_AHEAD {
        let ends = memchr::memchr_iter(b'\n', bytes.get(PART..).unwrap_or_default())
            .map(|at| PART + at + 1);
        let mut first = None;
        let mut chosen = None;
        // A log that is begun by a mark of its own is cut before that alone.
        let marked = bytes.starts_with(ENTRY);
        for end in ends {
            first = first.or(Some(end));
            let line = bytes.get(end..).unwrap_or_default();
            if line.starts_with(ENTRY) || !marked && begins_something(line) {
                chosen = Some(end);
                break;
            }
            if end > PART + LOOK_AHEAD {
                break;
            }
        }
        let Some((part, rest)) = chosen.or(first).and_then(|end| bytes.split_at_checked(end))
        else {
            break;
        };
        parts.push(part);
        bytes = rest;
    }
    if !bytes.is_empty() {
        parts.push(bytes);
    }
    parts
}

/// Whether a line is not indented, closes nothing and is no tag, but for those of rows and events.
fn begins_something(line: &[u8]) -> bool {
    let tag = line.trim_ascii_start();
    !matches!(line.first(), Some(b' ' | b'\t' | b'}' | b')' | b'<'))
        || tag.starts_with(b"<tr")
        || tag.starts_with(b"<Event ")
}

pub(super) fn cut_text(text: &str) -> Vec<&str> {
    let mut rest = text;
    let mut parts = Vec::new();
    for part in cut(text.as_bytes()) {
        // A line feed is one byte: the cut is a character boundary.
        let (part, behind) = rest.split_at_checked(part.len()).unwrap_or((rest, ""));
        parts.push(part);
        rest = behind;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of two tables, the second beginning far after the first cut.
    fn two_tables() -> String {
        let table = |head: &str, cells: fn(String, String) -> String| -> String {
            let row = |row| {
                let device = format!("iPad{}", row % 500);
                let cells = cells(device, format!("アプリ\"app{row}\"の更新に失敗しました。"));
                format!("2022/11/10 15:43:37\t{cells}\n")
            };
            std::iter::once(head.to_owned()).chain((0..30_000).map(row)).collect()
        };
        let (one, other) = (
            "日時\t管理番号\t深刻度\t説明\tオペレータ\n",
            "日時\t説明\t管理番号\t深刻度\tオペレータ\n",
        );
        table(one, |device, message| format!("{device}\t警告\t{message}\t"))
            + &table(other, |device, message| format!("{message}\t{device}\t警告\t"))
    }

    #[test]
    fn parts_read_as_the_whole_does_on_any_number_of_threads() {
        let text = two_tables();
        assert!(text.len() > 3 * PART);
        let (options, vocabulary) = (ReadOptions::default(), Vocabulary::default());
        let mut whole = Collector::new(&options, &vocabulary);
        paste::walk(&text, &options, &mut whole, true);
        let whole = whole.finish(&[None]);
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let parts = pool.expect("threads start").install(|| {
                let mut parts = Parts::new(&options, &vocabulary);
                parts.begin(None);
                parts.read(&cut_text(&text), true);
                parts.finish()
            });
            assert_eq!(parts, whole, "{threads}");
        }
        let counts: Vec<_> = whole.incidents.iter().map(|i| (i.count, i.device_count)).collect();
        assert_eq!(counts, [(60_000, 500)]);
    }

    #[test]
    fn no_entry_of_many_lines_is_cut() {
        let entry = "<![LOG[the service did not answer\nat Agent.Wait()\nat Agent.Run()]LOG]!>\n";
        let text = entry.repeat(PART / 30);
        let parts = cut_text(&text);
        assert!(parts.len() > 1);
        assert!(parts.iter().all(|part| part.starts_with("<![LOG[")), "a part begins in an entry");
    }

    #[test]
    fn cuts_lose_nothing() {
        let text = "行\n 続き\n".repeat(200_000) + "\n最後";
        assert_eq!(cut_text(&text).concat(), text);
        let one_line = "端末".repeat(600_000);
        assert_eq!(cut_text(&one_line), [one_line.as_str()]);
    }
}
