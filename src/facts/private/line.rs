//! A line as characters, and what kinds of characters names and values are made of.

pub(super) use crate::text::{is_hiragana, is_katakana};

/// A line, folded, as characters with the bytes that they begin at.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) chars: Vec<char>,
    /// Where each character begins, and the length of the text.
    offsets: Vec<usize>,
}

impl Line {
    pub(super) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let ends = std::iter::once(text.len());
        let offsets = text.char_indices().map(|(at, _)| at).chain(ends).collect();
        Self { chars, offsets }
    }

    /// The byte that the character at `index` begins at.
    pub(super) fn byte(&self, index: usize) -> usize {
        self.offsets.get(index).or(self.offsets.last()).copied().unwrap_or_default()
    }

    /// The index of the character that byte `byte` is in.
    pub(super) fn index(&self, byte: usize) -> usize {
        self.offsets.partition_point(|&offset| offset < byte)
    }

    pub(super) fn get(&self, index: usize) -> Option<char> {
        self.chars.get(index).copied()
    }

    pub(super) fn before(&self, index: usize) -> Option<char> {
        index.checked_sub(1).and_then(|before| self.get(before))
    }

    pub(super) fn text(&self, start: usize, end: usize) -> String {
        self.chars.get(start..end.min(self.chars.len())).unwrap_or_default().iter().collect()
    }

    /// The same in lower case.
    pub(super) fn lower(&self, start: usize, end: usize) -> String {
        self.text(start, end).to_lowercase()
    }

    /// Whether the characters at `index` are `expected`, regardless of case.
    pub(super) fn starts_with(&self, index: usize, expected: &str) -> bool {
        let mut letters = (index..).zip(expected.chars());
        letters.all(|(at, letter)| self.get(at).is_some_and(|it| same(it, letter)))
    }

    /// How many characters from `index` on fulfil a condition, at most `most`.
    pub(super) fn run(&self, index: usize, most: usize, holds: impl Fn(char) -> bool) -> usize {
        let rest = self.chars.get(index..).unwrap_or_default();
        rest.iter().take(most).take_while(|character| holds(**character)).count()
    }

    /// Where the first character from `index` on is that stops what began there, at most `most` further.
    pub(super) fn until(
        &self,
        index: usize,
        most: usize,
        stops: impl Fn(usize, char) -> bool,
    ) -> usize {
        let end = (index + most).min(self.chars.len());
        let stop = (index..end).find(|&at| self.get(at).is_some_and(|it| stops(at, it)));
        stop.unwrap_or(end.max(index))
    }

    /// The end of the characters from `index` on that fulfil a condition, at most `most`, and their text.
    pub(super) fn piece(
        &self,
        index: usize,
        most: usize,
        holds: impl Fn(char) -> bool,
    ) -> (usize, String) {
        let end = index + self.run(index, most, holds);
        (end, self.text(index, end))
    }

    /// How many characters before `at` fulfil a condition, at most `most`.
    pub(super) fn run_before(&self, at: usize, most: usize, holds: impl Fn(char) -> bool) -> usize {
        let head = self.chars.get(..at).unwrap_or_default();
        head.iter().rev().take(most).take_while(|character| holds(**character)).count()
    }

    /// Where the spaces at `index` end.
    pub(super) fn skip_spaces(&self, index: usize) -> usize {
        index + self.run(index, MOST_SPACES, |character| matches!(character, ' ' | '\t'))
    }

    /// Whether a label with its colon begins at `index`: `電話：`.
    pub(super) fn is_label(&self, index: usize) -> bool {
        let letter = |it| is_kanji(it) || is_katakana(it) || is_word(it) || it == '-';
        let length = self.run(index, 16, letter);
        length > 0 && matches!(self.get(self.skip_spaces(index + length)), Some(':' | '='))
    }

    /// Whether only spaces and a full stop follow from `index` on.
    pub(super) fn ends(&self, index: usize) -> bool {
        let rest = self.chars.get(index..).unwrap_or_default();
        let ends = |it: &char| it.is_whitespace() || matches!(it, '。' | '.');
        rest.len() <= MOST_SPACES && rest.iter().all(ends)
    }
}

/// More spaces than this between a label and its value are a gap in a layout.
const MOST_SPACES: usize = 60;

/// Whether two characters are one letter regardless of case; only Latin letters have any.
pub(super) fn same(one: char, other: char) -> bool {
    one == other || one.eq_ignore_ascii_case(&other)
}

pub(super) fn is_kanji(character: char) -> bool {
    matches!(character, '一'..='鿿' | '㐀'..='䶿' | '々' | 'ヶ' | '\u{20000}'..='\u{3ffff}')
}

pub(super) fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// The digits of Japanese, as numbers are spelled out one by one.
pub(super) fn is_kanji_digit(character: char) -> bool {
    "〇零一二三四五六七八九".contains(character)
}

pub(super) fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || is_kanji_digit(character)
}
