//! Pairs of characters, for what the dictionary splits badly.

use std::ops::Range;

use super::normalize::Normalized;
use super::normalize::character::{LONG_MARK, is_hiragana, is_kana, is_kanji, is_katakana};
use super::token::{Token, TokenKind};

/// The katakana a word must have, with its long mark, to lose it; as in [`super::stem`].
const SHORTEST: usize = 4;

#[derive(Clone, Copy)]
struct Letter {
    start: usize,
    end: usize,
    character: char,
}

/// Hands out the pairs of neighbouring characters of each run.
pub(super) fn bigrams(normalized: &Normalized, each: &mut impl FnMut(Token<'_>)) {
    let mut term = String::with_capacity(8);
    pairs(normalized, &mut |pair| {
        each(Token {
            term: pair.term(&mut term),
            range: normalized.original(pair.range()),
            position: pair.position,
            position_length: 1,
            kind: TokenKind::Bigram,
            rarity: pair.rarity(),
            reading: "",
        });
    });
}

/// The same without where they are, of those that are so rare.
pub(super) fn terms(normalized: &Normalized, least_rarity: f32, each: &mut impl FnMut(&str)) {
    let mut term = String::with_capacity(8);
    pairs(normalized, &mut |pair| {
        if pair.rarity() >= least_rarity {
            each(pair.term(&mut term));
        }
    });
}

/// A pair, or a character that is alone.
struct Pair {
    first: Letter,
    second: Option<Letter>,
    position: u32,
}

impl Pair {
    fn term<'b>(&self, buffer: &'b mut String) -> &'b str {
        buffer.clear();
        buffer.push(self.first.character);
        buffer.extend(self.second.map(|second| second.character));
        buffer
    }

    /// Its bytes in the normalized text; between the two may be a long mark.
    fn range(&self) -> Range<usize> {
        self.first.start..self.second.map_or(self.first.end, |second| second.end)
    }

    fn rarity(&self) -> f32 {
        rarity(self.first.character, self.second.map(|second| second.character))
    }
}

fn pairs(normalized: &Normalized, each: &mut impl FnMut(Pair)) {
    let text = normalized.text();
    let mut position = 0;
    let mut before: Option<Letter> = None;
    let mut paired = false;
    let mut katakana = 0;
    let mut emit = |first: Letter, second: Option<Letter>, position: &mut u32| {
        each(Pair { first, second, position: *position });
        *position += 1;
    };
    let mut letters = text.char_indices().peekable();
    while let Some((start, character)) = letters.next() {
        if !(is_kana(character) || is_kanji(character)) {
            if let Some(alone) = before.take()
                && !paired
            {
                emit(alone, None, &mut position);
            }
            (paired, katakana) = (false, 0);
            position += 1;
            continue;
        }
        katakana = if is_katakana(character) { katakana + 1 } else { 0 };
        let ends = letters.peek().is_none_or(|&(_, next)| !is_katakana(next));
        if character == LONG_MARK && katakana >= SHORTEST && ends {
            continue;
        }
        let letter = Letter { start, end: start + character.len_utf8(), character };
        if let Some(before) = before {
            emit(before, Some(letter), &mut position);
            paired = true;
        }
        before = Some(letter);
    }
    if let Some(alone) = before
        && !paired
    {
        emit(alone, None, &mut position);
    }
}

/// How rare a pair is, in nats: hiragana are the endings of everything.
fn rarity(first: char, second: Option<char>) -> f32 {
    match (is_hiragana(first), second.map(is_hiragana)) {
        (true, Some(true) | None) => 0.5,
        (true, _) | (_, Some(true)) => 3.0,
        (false, None) => 4.0,
        (false, Some(false)) => 6.0,
    }
}
