//! The walk along the words of a sentence: what is kept of each, and which parts it has.

use std::borrow::Cow;
use std::ops::Range;

use super::super::compound::Compounds;
use super::super::dictionary::{Class, Dictionary, Lexeme, Lexemes, Segment, Segmenter};
use super::super::normalize::Normalized;
use super::super::normalize::character::{
    half_width, is_hiragana, is_kana, is_kanji_numeral, to_katakana,
};
use super::super::stem::stem;
use super::super::token::{Token, TokenKind};
use super::super::{latin, number};
use super::output::Output;
use super::sentence::{Content, Sentence, Span};
use crate::text::words::unknown_rarity;

/// One walk along the words of a sentence.
pub(super) struct Pass<'p> {
    pub(super) dictionary: &'p Dictionary,
    pub(super) segmenter: &'p mut Segmenter,
    pub(super) lexemes: &'p mut Lexemes,
    pub(super) compounds: &'p mut Compounds,
    pub(super) output: &'p mut Output,
    pub(super) normalized: &'p Normalized,
    pub(super) text: &'p str,
}

impl Pass<'_> {
    /// Adds the words of a sentence that begins at byte `start` of the normalized text.
    pub(super) fn words(&mut self, sentence: &Sentence, start: usize) {
        let mut spans = sentence.spans.iter().peekable();
        let (mut done, mut read, mut normalized) = (0, 0, start);
        let mut numerals: Range<usize> = 0..0;
        for segment in &sentence.segments {
            if segment.start < done {
                continue;
            }
            // The text between two spans is as long on both sides.
            while let Some(span) = spans.next_if(|span| span.read.end <= segment.start) {
                (read, normalized) = (span.read.end, span.normalized.end);
            }
            let from = normalized + (segment.start - read);
            let span = spans.peek().filter(|span| span.read.contains(&segment.start));
            let whole = span.is_none_or(|span| segment.is_user() && segment.end >= span.read.end);
            if !whole && let Some(span) = span {
                self.numeral(&mut numerals);
                self.span(span);
                done = span.read.end;
                continue;
            }
            while let Some(span) = spans.next_if(|span| span.read.end <= segment.end) {
                (read, normalized) = (span.read.end, span.normalized.end);
            }
            let to = normalized + (segment.end - read);
            done = segment.end;
            let lexeme = self.lexemes.lexeme(self.dictionary, segment);
            let written = self.normalized.text().get(from..to);
            let is_numeral = written.is_some_and(|text| text.chars().all(is_kanji_numeral));
            if lexeme.class == Class::Number && is_numeral {
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

    /// Adds the kanji numerals that were gathered, as one number.
    fn numeral(&mut self, range: &mut Range<usize>) {
        let range = std::mem::take(range);
        let Some(text) = self.normalized.text().get(range.clone()).filter(|text| !text.is_empty())
        else {
            return;
        };
        match number::parse(text) {
            Some(value) => self.number(&value.to_string(), range),
            None => self.simple(text, range, TokenKind::Word, unknown_rarity(text)),
        }
    }

    /// Adds what the dictionary did not look into.
    pub(super) fn span(&mut self, span: &Span) {
        let range = span.normalized.clone();
        let Some(text) = self.normalized.text().get(range.clone()) else { return };
        match span.content {
            Content::Marks => {}
            Content::Latin => self.latin(text, range),
            Content::Number if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
                self.number(text, range);
            }
            Content::Number if text.is_ascii() => {
                let digits: String = text.chars().filter(|&c| c != ',').collect();
                self.number(&digits, range);
            }
            Content::Number => match number::parse(text) {
                Some(value) => self.number(&value.to_string(), range),
                None => self.number(text, range),
            },
        }
    }

    fn latin(&mut self, word: &str, range: Range<usize>) {
        let written = self.written(range.clone());
        if latin::is_function_word(&written) {
            return;
        }
        let pieces = latin::pieces(if written.len() == word.len() { &written } else { word });
        let length = u32::try_from(pieces.len()).unwrap_or(u32::MAX).max(1);
        self.add(word, range.clone(), TokenKind::Word, latin::rarity(word), length, 0);
        for (ahead, piece) in (0..).zip(pieces) {
            let Some(part) = word.get(piece.clone()) else { continue };
            let bytes = range.start + piece.start..range.start + piece.end;
            let rarity =
                if latin::is_number(part) { number::rarity(part) } else { latin::rarity(part) };
            self.add(part, bytes, TokenKind::Part, rarity, 1, ahead);
        }
        self.output.position += length;
    }

    /// The word as it was written, with its capitals, in half-width letters.
    fn written(&self, range: Range<usize>) -> Cow<'_, str> {
        let original = self.text.get(self.normalized.original(range)).unwrap_or_default();
        if original.is_ascii() {
            return Cow::Borrowed(original);
        }
        original.chars().map(half_width).collect()
    }

    fn number(&mut self, digits: &str, range: Range<usize>) {
        self.simple(digits, range, TokenKind::Number, number::rarity(digits));
    }

    /// Adds a token without parts.
    fn simple(&mut self, term: &str, range: Range<usize>, kind: TokenKind, rarity: f32) {
        self.add(term, range, kind, rarity, 1, 0);
        self.output.position += 1;
    }

    /// Adds a word of the dictionary, or one that it does not know, with its parts.
    fn word(&mut self, segment: &Segment, lexeme: &Lexeme<'_>, range: Range<usize>) {
        let Some(surface) = self.normalized.text().get(range.clone()) else { return };
        // Kana and kanji, most of a Japanese text, are told without the table.
        let says =
            |c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿') || char::is_alphanumeric(c);
        if lexeme.class == Class::Function || !surface.chars().any(says) {
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
        let boundaries = self.normalized.boundaries();
        let inside = boundaries.partition_point(|&boundary| boundary <= range.start)
            ..boundaries.partition_point(|&boundary| boundary < range.end);
        let boundaries = boundaries.get(inside).unwrap_or_default();
        let parts = self.compounds.parts(
            self.dictionary,
            self.segmenter,
            surface,
            segment,
            boundaries,
            range.start,
        );
        let length = u32::try_from(parts.len()).unwrap_or(u32::MAX).max(1);
        let token = Token {
            term,
            range: self.normalized.original(range.clone()),
            position: 0,
            position_length: length,
            kind: TokenKind::Word,
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
                kind: TokenKind::Part,
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
        kind: TokenKind,
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
