//! One spelling for what people write in several, with the way back to what they wrote.
//!
//! 1. [`compose`]: compatibility forms and letter case (NFKC, lower-case), one letter after another,
//!    each with the bytes it came from;
//! 2. [`spell`]: the letters that Japanese spells in several ways (dashes for the long mark, repeated
//!    long marks, ヴ, small kana, old kanji, iteration marks, middle dots inside loanwords);
//! 3. [`Normalized`]: the text, and a list of runs that leads from its bytes to the original's.
//!
//! The dictionary is compiled from entries that went through the same steps, so that a text is never
//! compared with a spelling that it cannot have.

pub(crate) mod character;
mod compose;
mod kanji;
pub(crate) mod spell;

use std::cell::RefCell;
use std::ops::Range;

use compose::Letter;

/// A text in its one spelling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Normalized {
    text: String,
    runs: Vec<Run>,
    boundaries: Vec<usize>,
    original_length: usize,
}

/// Bytes that lead to the original's, up to the next run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// Where the run begins in the normalized text.
    normalized: usize,
    original: usize,
    /// Whether byte follows byte on both sides; otherwise the run stands for the whole.
    linear: bool,
}

impl Normalized {
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that `range` of the normalized text stands for, half-open. A part
    /// of a letter that was written as one character (`㍿`) leads to the whole character.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.run_at(range.start).map_or(range.start, |(run, _)| {
            if run.linear { run.original + (range.start - run.normalized) } else { run.original }
        });
        if range.is_empty() {
            return start..start;
        }
        let end = self.run_at(range.end - 1).map_or(range.end, |(run, next)| {
            if run.linear { run.original + (range.end - run.normalized) } else { next }
        });
        start..end.max(start)
    }

    /// Where, in the normalized text, a middle dot was taken out: the writer split the word there.
    pub fn boundaries(&self) -> &[usize] {
        &self.boundaries
    }

    /// The run that byte `at` belongs to, and where the next one begins in the original.
    fn run_at(&self, at: usize) -> Option<(Run, usize)> {
        let after = self.runs.partition_point(|run| run.normalized <= at);
        let run = *self.runs.get(after.checked_sub(1)?)?;
        let next = self.runs.get(after).map_or(self.original_length, |run| run.original);
        Some((run, next))
    }

    fn push(&mut self, letter: &Letter) {
        let length = letter.character.len_utf8();
        let linear = !letter.shared && letter.end - letter.start == length;
        let continues = self.runs.last().is_some_and(|run| {
            if linear {
                run.linear && run.original + (self.text.len() - run.normalized) == letter.start
            } else {
                !run.linear && run.original == letter.start
            }
        });
        if !continues {
            self.runs.push(Run { normalized: self.text.len(), original: letter.start, linear });
        }
        self.text.push(letter.character);
    }
}

/// Buffers that [`Normalizer::normalize`] keeps from one text to the next.
#[derive(Debug, Default)]
pub(crate) struct Normalizer {
    letters: Vec<Letter>,
    output: Normalized,
}

impl Normalizer {
    pub(crate) fn last(&self) -> &Normalized {
        &self.output
    }

    /// Normalizes `text`, in buffers that are used again.
    pub(crate) fn normalize(&mut self, text: &str) -> &Normalized {
        let output = &mut self.output;
        output.text.clear();
        output.runs.clear();
        output.boundaries.clear();
        output.original_length = text.len();
        if text.is_ascii() {
            output.text.push_str(text);
            output.text.make_ascii_lowercase();
            if !text.is_empty() {
                output.runs.push(Run { normalized: 0, original: 0, linear: true });
            }
        } else {
            self.letters.clear();
            compose::compose(text, &mut self.letters);
            spell::spell(&self.letters, output);
        }
        output
    }
}

/// Brings `text` into its one spelling.
///
/// ```
/// let normalized = shirube::text::normalize("ｻｰﾊﾞｰの（４０２６）");
/// assert_eq!(normalized.text(), "サーバーの(4026)");
/// let number = normalized.text().find("4026").map(|at| normalized.original(at..at + 4));
/// assert_eq!(number.map(|range| &"ｻｰﾊﾞｰの（４０２６）"[range]), Some("４０２６"));
/// ```
pub fn normalize(text: &str) -> Normalized {
    let mut normalizer = Normalizer::default();
    normalizer.normalize(text);
    normalizer.output
}

/// Brings a label or a state into the form that two of them are compared in: [`normalize`], with
/// every stretch of white space as one space, and none at the ends.
///
/// ```
/// assert_eq!(shirube::text::fold("アップル・ＩＤ  "), shirube::text::fold("アップルID"));
/// ```
pub fn fold(text: &str) -> String {
    thread_local! {
        static NORMALIZER: RefCell<Normalizer> = RefCell::default();
    }
    NORMALIZER.with_borrow_mut(|normalizer| {
        let normalized = normalizer.normalize(text).text();
        let mut folded = String::with_capacity(normalized.len());
        for word in normalized.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        if text.len() > LONG {
            *normalizer = Normalizer::default();
        }
        folded
    })
}

/// The buffers of a longer text, in bytes, are given back.
const LONG: usize = 1 << 16;

#[cfg(test)]
mod tests;
