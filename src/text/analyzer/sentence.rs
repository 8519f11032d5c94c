//! A sentence as the dictionary reads it: without the Latin words, the numbers and the marks that it would
//! only stumble over.

use std::ops::Range;

use super::super::dictionary::{Dictionary, LONGEST_SENTENCE, Segment};
use super::super::normalize::character::is_kanji_numeral;
use super::super::{latin, number};

/// Stands for a Latin word in the lattice; a noun in `dict/lexicon.rs`.
const LATIN: char = '\u{e000}';
/// Stands for a number in the lattice; a number in `dict/lexicon.rs`.
const NUMBER: char = '\u{e001}';

/// A sentence as the dictionary reads it.
#[derive(Default)]
pub(super) struct Sentence {
    /// The text that the dictionary reads.
    pub(super) text: String,
    /// The spans that it does not read, in order.
    pub(super) spans: Vec<Span>,
    /// Whether there is anything for it to read beside the spans.
    pub(super) has_words: bool,
    pub(super) segments: Vec<Segment>,
}

/// A part of a sentence that the dictionary does not look into.
#[derive(Debug, Clone)]
pub(super) struct Span {
    /// Its bytes in what the dictionary reads: a placeholder, or the word itself where a word of the
    /// knowledge base may have it.
    pub(super) read: Range<usize>,
    pub(super) normalized: Range<usize>,
    pub(super) content: Content,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Latin,
    /// A number, in digits or in kanji.
    Number,
    /// Several ASCII marks and spaces side by side.
    Marks,
}

/// How many bytes of `text` are its first sentence, with the mark that ends it.
pub(super) fn sentence_length(text: &str) -> usize {
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if matches!(c, '\n' | '\r' | '\t' | '。' | '、' | '!' | '?' | ';')
            || end >= LONGEST_SENTENCE
        {
            return end;
        }
    }
    text.len()
}

impl Sentence {
    /// Finds the Latin words, numbers and marks of `text[range]`, and writes the rest for the dictionary
    /// with a placeholder for each. A Latin word that is beside kanji in a word of the knowledge base
    /// (`Push証明書`) is left as it is.
    pub(super) fn prepare(&mut self, dictionary: &Dictionary, text: &str, range: Range<usize>) {
        self.text.clear();
        self.spans.clear();
        self.has_words = false;
        let mut at = range.start;
        while let Some(rest) = text.get(at..range.end)
            && let Some(first) = rest.chars().next()
        {
            let read = self.text.len();
            let Some((length, content)) = span(rest, first) else {
                self.has_words |= !first.is_ascii();
                // A private-use character must not pass for a placeholder; three spaces are as long.
                match first {
                    LATIN | NUMBER => self.text.push_str("   "),
                    _ => self.text.push(first),
                }
                at += first.len_utf8();
                continue;
            };
            let word = rest.get(..length).unwrap_or_default();
            match content {
                Content::Latin if dictionary.mixes(word) => {
                    self.has_words = true;
                    self.text.push_str(word);
                }
                Content::Latin => self.text.push(LATIN),
                Content::Number => self.text.push(NUMBER),
                Content::Marks => self.text.push(' '),
            }
            let (read, normalized) = (read..self.text.len(), at..at + length);
            self.spans.push(Span { read, normalized, content });
            at += length;
        }
    }
}

/// How many bytes at the start of `rest` the dictionary does not look into, and what they are.
fn span(rest: &str, first: char) -> Option<(usize, Content)> {
    if is_kanji_numeral(first) {
        return number::mixed_length(rest).map(|length| (length, Content::Number));
    }
    if !first.is_ascii() {
        return None;
    }
    if !first.is_ascii_alphanumeric() {
        let marks = rest.bytes().take_while(|b| b.is_ascii() && !b.is_ascii_alphanumeric()).count();
        return (marks > 1).then_some((marks, Content::Marks));
    }
    let length = latin::word_length(rest);
    if !rest.get(..length).is_some_and(latin::is_number) {
        return Some((length, Content::Latin));
    }
    Some((number::mixed_length(rest).map_or(length, |longer| longer.max(length)), Content::Number))
}
