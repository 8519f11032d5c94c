//! Reads a long paste in parts, several at a time, to the same result as in one piece.
//!
//! 1. Text is cut into parts of about [`PART`] bytes at line ends.
//! 2. Each part is read by itself, on as many threads as there are. Of what stands before it, a part
//!    needs one thing: the columns of the table that it may begin inside of.
//! 3. Those are guessed to be the columns in force before the whole batch, which they nearly always are.
//!    When the parts are joined in their order, a part whose guess was wrong is read again.
//!
//! A status screen or an error chain that a cut falls into is read as two; cuts are made where that is
//! unlikely. The parts and their order do not depend on the number of threads, so neither does the result.

use rayon::prelude::*;

use super::ReadOptions;
use super::collect::Collector;
use super::formats::Layout;
use super::paste;
use crate::facts::CodeDictionary;

/// How many bytes a part has: small enough to share among threads, large enough that joining costs
/// nothing.
const PART: usize = 1 << 20;
/// How far behind its end a part may look for a line that begins something.
const LOOK_AHEAD: usize = 1 << 14;

/// A paste that is read part by part.
pub(super) struct Parts<'d> {
    options: &'d ReadOptions,
    codes: &'d CodeDictionary,
    collector: Collector<'d>,
    layout: Option<Layout>,
    lines: u32,
}

impl<'d> Parts<'d> {
    pub(super) fn new(options: &'d ReadOptions, codes: &'d CodeDictionary) -> Self {
        let collector = Collector::new(options, codes);
        Self { options, codes, collector, layout: None, lines: 0 }
    }

    /// How many lines have been read.
    pub(super) fn lines(&self) -> u32 {
        self.lines
    }

    /// Reads text that follows what was read before. `whole` says that it is the whole paste.
    pub(super) fn read(&mut self, text: &str, whole: bool) {
        let mut parts = cut(text);
        // The first part of a paste tells the columns of the others.
        if self.lines == 0 && !parts.is_empty() {
            let first = self.read_part(parts.remove(0), whole);
            self.join(first);
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
        let mut collector = Collector::new(self.options, self.codes);
        collector.layout.clone_from(&self.layout);
        let lines = paste::walk(text, self.options, &mut collector, whole);
        (collector, lines)
    }

    fn join(&mut self, (part, lines): (Collector<'d>, u32)) {
        self.layout.clone_from(&part.layout);
        self.collector.merge(part, self.lines);
        self.lines = self.lines.saturating_add(lines);
    }

    /// Everything that was read.
    pub(super) fn finish(self) -> Collector<'d> {
        self.collector
    }
}

/// Cuts a text at line ends, best before a line that does not go on the one before it.
fn cut(mut text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    while text.len() > PART + LOOK_AHEAD {
        let bytes = text.as_bytes();
        let ends = memchr::memchr_iter(b'\n', bytes.get(PART..).unwrap_or_default())
            .map(|at| PART + at + 1);
        let mut first = None;
        let mut chosen = None;
        for end in ends {
            first = first.or(Some(end));
            if !matches!(bytes.get(end), Some(b' ' | b'\t' | b'}' | b')' | b'<')) {
                chosen = Some(end);
                break;
            }
            if end > PART + LOOK_AHEAD {
                break;
            }
        }
        // A line feed is one byte: the cut is a character boundary.
        let Some((part, rest)) = chosen.or(first).and_then(|end| text.split_at_checked(end)) else {
            break;
        };
        parts.push(part);
        text = rest;
    }
    if !text.is_empty() {
        parts.push(text);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of two tables, the second beginning far behind the first cut.
    fn two_tables() -> String {
        let mut text = String::new();
        for (header, rows) in [
            ("日時\t管理番号\t深刻度\t説明\tオペレータ\n", 30_000),
            ("日時\t説明\t管理番号\t深刻度\tオペレータ\n", 30_000),
        ] {
            text.push_str(header);
            for row in 0..rows {
                let device = format!("iPad{}", row % 500);
                let message = format!("アプリ\"app{row}\"の更新に失敗しました。");
                let cells = if header.starts_with("日時\t説明") {
                    [message, device]
                } else {
                    [device, format!("警告\t{message}")]
                };
                let tail = if header.starts_with("日時\t説明") { "警告\t" } else { "" };
                text.push_str(&format!(
                    "2022/11/10 15:43:37\t{}\t{}\t{tail}\n",
                    cells[0], cells[1]
                ));
            }
        }
        text
    }

    #[test]
    fn parts_read_as_the_whole_does() {
        let text = two_tables();
        assert!(text.len() > 3 * PART);
        let options = ReadOptions::default();
        let codes = CodeDictionary::default();
        let mut whole = Collector::new(&options, &codes);
        paste::walk(&text, &options, &mut whole, true);
        let mut parts = Parts::new(&options, &codes);
        parts.read(&text, true);
        let (parts, whole) = (parts.finish().finish(None), whole.finish(None));
        assert_eq!(parts, whole);
        assert_eq!(
            whole.incidents.iter().map(|i| (i.count, i.device_count)).collect::<Vec<_>>(),
            [(60_000, 500)]
        );
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let text = two_tables();
        let read = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .expect("threads start");
            pool.install(|| {
                let (options, codes) = (ReadOptions::default(), CodeDictionary::default());
                let mut parts = Parts::new(&options, &codes);
                parts.read(&text, true);
                parts.finish().finish(None)
            })
        };
        assert_eq!(read(1), read(3));
    }

    #[test]
    fn cuts_lose_nothing() {
        let text = "行\n 続き\n".repeat(200_000) + "\n最後";
        assert_eq!(cut(&text).concat(), text);
        let one_line = "端末".repeat(600_000);
        assert_eq!(cut(&one_line), [one_line.as_str()]);
    }
}
