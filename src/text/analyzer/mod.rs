//! The one analyzer that serves the index, the query and the templates.
//!
//! 1. the text is brought into its one spelling ([`super::normalize`]);
//! 2. it is cut into sentences ([`sentence_length`]);
//! 3. in each, Latin words and numbers are found first, and one character takes their place, so that
//!    the dictionary's path runs through them without looking into them ([`Worker::prepare`]);
//! 4. the dictionary cuts what is left into words ([`super::dictionary`]), and particles, auxiliaries
//!    and marks are dropped; a negation is not;
//! 5. words that are made of words give their parts, too ([`super::compound`]).

use std::ops::Range;
use std::sync::Arc;

use super::bigram;
use super::compound::Compounds;
use super::dictionary::{Class, Cut, Cutter, Dictionary, LONGEST_SENTENCE, Lexeme, Segment};
use super::normalize::character::{is_hiragana, is_kana, is_kanji_numeral, to_katakana};
use super::normalize::{Normalized, Normalizer};
use super::stem::stem;
use super::token::{Kind, Record, Token, Tokens};
use super::{latin, number, words};
use crate::source::Warning;

/// Stands for a Latin word in the lattice; a noun in `dict/lexicon.rs`.
const LATIN: char = '\u{e000}';
/// Stands for a number in the lattice; a number in `dict/lexicon.rs`.
const NUMBER: char = '\u{e001}';
/// How rare a word is that no dictionary knows, in nats.
const UNKNOWN_RARITY: f32 = 11.0;

/// How rare a word is that the dictionary's path knows nothing of.
pub(super) fn unknown_rarity(term: &str) -> f32 {
    words::find(term).map_or(UNKNOWN_RARITY, words::Entry::rarity)
}

/// The Japanese analyzer, with the dictionary and the knowledge base's own words. Cloning it is cheap.
///
/// ```
/// use shirube::text::Analyzer;
///
/// let (analyzer, warnings) = Analyzer::new("構成プロファイル,名詞,コウセイプロファイル\n");
/// assert!(warnings.is_empty());
/// let mut worker = analyzer.worker();
/// let terms: Vec<&str> = worker.analyze("構成プロファイルを変更できません").iter().map(|t| t.term).collect();
/// assert_eq!(terms, ["構成プロフアイル", "構成", "プロフアイル", "変更", "できる", "ない"]);
/// ```
#[derive(Clone)]
pub struct Analyzer {
    dictionary: Arc<Dictionary>,
}

impl std::fmt::Debug for Analyzer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Analyzer").finish_non_exhaustive()
    }
}

impl Analyzer {
    /// An analyzer that knows the words of `user_dictionary_csv` beside the embedded dictionary's: one a
    /// row, `surface,part of speech,reading`, the last two as you like; `#` begins a remark. A row that
    /// cannot be read is left out, with a warning.
    #[must_use]
    pub fn new(user_dictionary_csv: &str) -> (Self, Vec<Warning>) {
        let (dictionary, warnings) = Dictionary::new(user_dictionary_csv);
        (Self { dictionary: Arc::new(dictionary) }, warnings)
    }

    /// A worker: the buffers that one thread analyzes texts with.
    #[must_use]
    pub fn worker(&self) -> Worker {
        Worker {
            dictionary: Arc::clone(&self.dictionary),
            normalizer: Normalizer::default(),
            cutter: Cutter::default(),
            compounds: Compounds::default(),
            sentence: Sentence::default(),
            output: Output::default(),
        }
    }
}

/// Analyzes texts one after another in buffers that it keeps; one for each thread.
pub struct Worker {
    dictionary: Arc<Dictionary>,
    normalizer: Normalizer,
    cutter: Cutter,
    compounds: Compounds,
    sentence: Sentence,
    output: Output,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Worker").finish_non_exhaustive()
    }
}

/// A sentence as the dictionary reads it.
#[derive(Default)]
struct Sentence {
    text: String,
    spans: Vec<Span>,
    segments: Vec<Segment>,
}

/// A Latin word or a number of a sentence.
#[derive(Debug, Clone)]
struct Span {
    /// Its bytes in the sentence that the dictionary reads.
    read: Range<usize>,
    /// Its bytes in the normalized text.
    normalized: Range<usize>,
}

/// The tokens of a text as they are made.
#[derive(Default)]
pub(super) struct Output {
    arena: String,
    records: Vec<Record>,
    position: u32,
}

impl Output {
    fn clear(&mut self) {
        self.arena.clear();
        self.records.clear();
        self.position = 0;
    }

    /// Writes `term` into the arena.
    fn intern(&mut self, term: &str) -> Range<usize> {
        let start = self.arena.len();
        self.arena.push_str(term);
        start..self.arena.len()
    }

    /// Adds a token that begins `ahead` positions behind the current one.
    fn add(&mut self, token: &Token<'_>, ahead: u32) {
        let record = Record {
            term: self.intern(token.term),
            reading: self.intern(token.reading),
            range: token.range.clone(),
            position: self.position + ahead,
            position_length: token.position_length,
            kind: token.kind,
            rarity: token.rarity,
        };
        self.records.push(record);
    }
}

impl Worker {
    /// The words of `text`, with their parts, in order.
    pub fn analyze(&mut self, text: &str) -> Tokens<'_> {
        self.output.clear();
        let Self { dictionary, normalizer, cutter, compounds, sentence, output } = self;
        let normalized = normalizer.normalize(text);
        let mut start = 0;
        while let Some(rest) = normalized.text().get(start..)
            && !rest.is_empty()
        {
            let end = start + sentence_length(rest);
            let before = output.records.len();
            sentence.prepare(dictionary, normalized.text(), start..end);
            if !sentence.text.is_empty() {
                let mut segments = std::mem::take(&mut sentence.segments);
                cutter.cut(dictionary, &sentence.text, Cut::Words, &mut segments);
                sentence.segments = segments;
                let mut pass = Pass { dictionary, cutter, compounds, output, normalized, text };
                pass.words(sentence, start);
            }
            // A gap keeps the words of two sentences from being neighbours.
            output.position += u32::from(output.records.len() > before);
            start = end;
        }
        Tokens { arena: &output.arena, records: &output.records }
    }

    /// The pairs of neighbouring characters in each run of kana and kanji of `text`; a character that
    /// stands alone is a token by itself. Marks, spaces and Latin letters end a run.
    pub fn bigrams(&mut self, text: &str, mut each: impl FnMut(Token<'_>)) {
        bigram::bigrams(self.normalizer.normalize(text), &mut each);
    }
}

/// How many bytes of `text` are its first sentence, with the mark that ends it.
fn sentence_length(text: &str) -> usize {
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
    /// Finds the Latin words and numbers of `text[range]`, and writes the rest for the dictionary with
    /// a placeholder for each. A Latin word that stands beside kanji in a word of the knowledge base
    /// (`Push証明書`) is left as it is.
    fn prepare(&mut self, dictionary: &Dictionary, text: &str, range: Range<usize>) {
        self.text.clear();
        self.spans.clear();
        let mut at = range.start;
        while let Some(rest) = text.get(at..range.end)
            && let Some(first) = rest.chars().next()
        {
            let (length, is_number) = span_length(rest, first);
            let read = self.text.len();
            if length == 0 {
                self.text.push(if matches!(first, LATIN | NUMBER) { ' ' } else { first });
                // A foreign private-use character is as long as the space that takes its place is not.
                if matches!(first, LATIN | NUMBER) {
                    self.text.push_str("  ");
                }
                at += first.len_utf8();
                continue;
            }
            let word = rest.get(..length).unwrap_or_default();
            if !is_number && dictionary.mixes(word) {
                self.text.push_str(word);
            } else {
                self.text.push(if is_number { NUMBER } else { LATIN });
            }
            self.spans.push(Span { read: read..self.text.len(), normalized: at..at + length });
            at += length;
        }
    }
}

/// How many bytes at the start of `rest` are a Latin word or a number, and whether it is a number.
fn span_length(rest: &str, first: char) -> (usize, bool) {
    if is_kanji_numeral(first) {
        return (number::mixed_length(rest).unwrap_or(0), true);
    }
    if !(first.is_ascii_alphanumeric() || first == '_') {
        return (0, false);
    }
    let length = latin::word_length(rest);
    let word = rest.get(..length).unwrap_or_default();
    let is_number = latin::is_number(word);
    match number::mixed_length(rest) {
        Some(longer) if is_number && longer > length => (longer, true),
        _ => (length, is_number),
    }
}

/// One walk along the words of a sentence.
struct Pass<'p> {
    dictionary: &'p Dictionary,
    cutter: &'p mut Cutter,
    compounds: &'p mut Compounds,
    output: &'p mut Output,
    normalized: &'p Normalized,
    text: &'p str,
}

impl Pass<'_> {
    /// Adds the words of a sentence that begins at byte `start` of the normalized text.
    fn words(&mut self, sentence: &Sentence, start: usize) {
        let mut spans = sentence.spans.iter().peekable();
        let (mut done, mut read, mut normalized) = (0, 0, start);
        let mut numerals: Range<usize> = 0..0;
        for segment in &sentence.segments {
            if segment.start < done {
                continue;
            }
            // What lies between two spans is as long on both sides.
            while let Some(span) = spans.next_if(|span| span.read.end <= segment.start) {
                (read, normalized) = (span.read.end, span.normalized.end);
            }
            let from = normalized + (segment.start - read);
            let span = spans.peek().filter(|span| span.read.contains(&segment.start));
            let whole = span.is_none_or(|span| segment.is_user() && segment.end >= span.read.end);
            if !whole && let Some(span) = span {
                self.numeral(&mut numerals);
                self.latin(span.normalized.clone());
                done = span.read.end;
                continue;
            }
            while let Some(span) = spans.next_if(|span| span.read.end <= segment.end) {
                (read, normalized) = (span.read.end, span.normalized.end);
            }
            let to = normalized + (segment.end - read);
            done = segment.end;
            let lexeme = self.dictionary.lexeme(segment);
            if lexeme.class == Class::Number && self.is_numeral(from..to) {
                numerals = if numerals.end == from {
                    numerals.start..to
                } else {
                    self.numeral(&mut numerals);
                    from..to
                };
            } else {
                self.numeral(&mut numerals);
                self.word(segment, &lexeme, from..to);
            }
        }
        self.numeral(&mut numerals);
    }

    /// Whether the bytes of the normalized text are kanji numerals.
    fn is_numeral(&self, range: Range<usize>) -> bool {
        self.normalized.text().get(range).is_some_and(|text| text.chars().all(is_kanji_numeral))
    }

    /// Adds the kanji numerals that were gathered, as one number.
    fn numeral(&mut self, range: &mut Range<usize>) {
        let range = std::mem::take(range);
        let Some(text) = self.normalized.text().get(range.clone()).filter(|text| !text.is_empty())
        else {
            return;
        };
        match number::parse(text) {
            Some(value) => self.number(&value.to_string(), range),
            None => self.simple(text, range, Kind::Word, unknown_rarity(text)),
        }
    }

    /// Adds a Latin word or a number with its parts.
    fn latin(&mut self, range: Range<usize>) {
        let Some(word) = self.normalized.text().get(range.clone()) else { return };
        if !word.is_ascii() || word.bytes().all(|byte| byte.is_ascii_digit()) {
            match number::parse(word) {
                Some(value) if !word.is_ascii() => self.number(&value.to_string(), range),
                _ => self.number(word, range),
            }
            return;
        }
        if latin::is_number(word) {
            let digits: String = word.chars().filter(|&c| c != ',').collect();
            self.number(&digits, range);
            return;
        }
        let written = self.written(range.clone());
        let pieces = latin::pieces(if written.len() == word.len() { &written } else { word });
        let length = u32::try_from(pieces.len()).unwrap_or(u32::MAX).max(1);
        self.add(word, range.clone(), Kind::Word, latin::rarity(word), length, 0);
        for (ahead, piece) in (0..).zip(pieces) {
            let Some(part) = word.get(piece.clone()) else { continue };
            let bytes = range.start + piece.start..range.start + piece.end;
            let rarity = if latin::is_number(part) {
                number::rarity(part.len())
            } else {
                latin::rarity(part)
            };
            self.add(part, bytes, Kind::Part, rarity, 1, ahead);
        }
        self.output.position += length;
    }

    /// The word as it was written, with its capitals, in half-width letters.
    fn written(&self, range: Range<usize>) -> String {
        let original = self.text.get(self.normalized.original(range)).unwrap_or_default();
        original
            .chars()
            .map(|c| match c {
                '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
                _ => c,
            })
            .collect()
    }

    /// Adds a number.
    fn number(&mut self, digits: &str, range: Range<usize>) {
        self.simple(digits, range, Kind::Number, number::rarity(digits.len()));
    }

    /// Adds a token without parts.
    fn simple(&mut self, term: &str, range: Range<usize>, kind: Kind, rarity: f32) {
        self.add(term, range, kind, rarity, 1, 0);
        self.output.position += 1;
    }

    /// Adds a word of the dictionary, or one that it does not know, with its parts.
    fn word(&mut self, segment: &Segment, lexeme: &Lexeme<'_>, range: Range<usize>) {
        let Some(surface) = self.normalized.text().get(range.clone()) else { return };
        if lexeme.class == Class::Function || !surface.chars().any(char::is_alphanumeric) {
            return;
        }
        let katakana: String;
        let (term, rarity) = if !lexeme.term.is_empty() {
            (lexeme.term, lexeme.rarity)
        } else if segment.is_unknown()
            && surface.chars().all(is_kana)
            && surface.chars().any(is_hiragana)
        {
            katakana = surface.chars().map(to_katakana).collect();
            (stem(&katakana), unknown_rarity(stem(&katakana)))
        } else {
            (stem(surface), unknown_rarity(stem(surface)))
        };
        let joints = self.normalized.joints();
        let inside = joints.partition_point(|&joint| joint <= range.start)
            ..joints.partition_point(|&joint| joint < range.end);
        let joints = joints.get(inside).unwrap_or_default();
        let parts = self.compounds.parts(
            self.dictionary,
            self.cutter,
            surface,
            segment,
            joints,
            range.start,
        );
        let length = u32::try_from(parts.len()).unwrap_or(u32::MAX).max(1);
        let token = Token {
            term,
            range: self.normalized.original(range.clone()),
            position: 0,
            position_length: length,
            kind: Kind::Word,
            rarity,
            reading: lexeme.reading,
        };
        self.output.add(&token, 0);
        for (ahead, part) in (0..).zip(parts.iter()) {
            if part.term.is_empty() {
                continue;
            }
            let bytes = range.start + part.range.start..range.start + part.range.end;
            let token = Token {
                term: &part.term,
                range: self.normalized.original(bytes),
                position: 0,
                position_length: 1,
                kind: Kind::Part,
                rarity: part.rarity,
                reading: &part.reading,
            };
            self.output.add(&token, ahead);
        }
        self.output.position += length;
    }

    /// Adds a token whose bytes are those of the normalized text.
    fn add(
        &mut self,
        term: &str,
        range: Range<usize>,
        kind: Kind,
        rarity: f32,
        length: u32,
        ahead: u32,
    ) {
        let range = self.normalized.original(range);
        let token =
            Token { term, range, position: 0, position_length: length, kind, rarity, reading: "" };
        self.output.add(&token, ahead);
    }
}

#[cfg(test)]
mod tests;
