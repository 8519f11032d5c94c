//! One spelling for what people write in several, with the way back to what they wrote.
//!
//! 1. [`compose`]: compatibility forms and letter case (NFKC, lower-case), one letter after another,
//!    each with the bytes it came from;
//! 2. [`spell`]: the letters that Japanese spells in several ways (dashes for the long mark, repeated
//!    long marks, ヴ, small kana, old kanji, iteration marks, middle dots inside loanwords);
//! 3. [`Normalized`]: the text, and a list of runs that leads from its bytes to the original's.
//!
//! Most letters are spelled in one way whatever is beside them. Stretches of these are copied; only what is between them goes
//! the way of 1 and 2, letter by letter.
//!
//! The dictionary is compiled from entries that went through the same steps, so that a text is never
//! compared with a spelling that it cannot have.

pub(crate) mod character;
mod compose;
mod kanji;
pub(crate) mod spell;

use std::cell::RefCell;
use std::ops::Range;

use character::LONG_MARK;
use compose::{Letter, joins_the_letter_before};
use spell::spelled_alone;

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
        self.go_on(letter.start, !letter.shared && letter.end - letter.start == length);
        self.text.push(letter.character);
    }

    /// Says that what is written next stands for the original from `start` on.
    fn go_on(&mut self, start: usize, linear: bool) {
        let normalized = self.text.len();
        let continues = self.runs.last().is_some_and(|run| {
            let at = if linear { normalized - run.normalized } else { 0 };
            run.linear == linear && run.original + at == start
        });
        if !continues {
            self.runs.push(Run { normalized, original: start, linear });
        }
    }

    /// Copies the letters at the beginning of `rest`, which begins at byte `start` of the original, that are spelled alone, and
    /// says how many bytes they are.
    fn copy_stretch(&mut self, rest: &str, start: usize) -> usize {
        self.go_on(start, true);
        let mut before = self.text.chars().next_back();
        let (mut copied, mut end) = (0, 0);
        for (at, letter) in rest.char_indices() {
            let kept = match letter {
                LONG_MARK => (before != Some(LONG_MARK)).then_some(letter),
                _ => spelled_alone(letter.to_ascii_lowercase()),
            };
            let Some(kept) = kept else { break };
            end = at + letter.len_utf8();
            if kept != letter {
                self.text.push_str(rest.get(copied..at).unwrap_or_default());
                self.text.push(kept);
                copied = end;
            }
            before = Some(kept);
        }
        self.text.push_str(rest.get(copied..end).unwrap_or_default());
        // A mark is composed with the letter before it.
        let joined = rest.get(end..).and_then(|rest| rest.chars().next());
        if end > 0 && joined.is_some_and(joins_the_letter_before) {
            end -= self.text.pop().map_or(0, char::len_utf8);
        }
        if self.runs.last().is_some_and(|run| run.normalized == self.text.len()) {
            self.runs.pop();
        }
        end
    }
}

/// How many bytes of a text are spelled together: up to the first letter that is spelled alone, and that letter, which one
/// before it may take up.
fn spelled_together(text: &str) -> usize {
    let mut alone = false;
    for (at, letter) in text.char_indices() {
        if alone && !joins_the_letter_before(letter) {
            return at;
        }
        alone = spelled_alone(letter.to_ascii_lowercase()).is_some();
    }
    text.len()
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
            let mut start = 0;
            while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
                let copied = output.copy_stretch(rest, start);
                let end = copied + spelled_together(rest.get(copied..).unwrap_or_default());
                let together = rest.get(copied..end).unwrap_or_default();
                self.letters.clear();
                compose::compose(together, start + copied, &mut self.letters);
                spell::spell(&self.letters, output);
                start += end;
            }
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
