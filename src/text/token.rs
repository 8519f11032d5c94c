//! Tokens: words, subwords, numbers, pairs of characters.

use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// A word in its base form.
    Word,
    /// A part of the word before it in the list, whose positions it shares.
    Part,
    /// A number, in ASCII digits.
    Number,
    /// Two characters that are beside each other, or one that is alone.
    Bigram,
}

/// A word of a text, as the index, the query and the templates know it.
#[derive(Debug, Clone, PartialEq)]
pub struct Token<'t> {
    /// The word: normalized, in its base form, in the one way of writing it.
    pub term: &'t str,
    /// The bytes of the original text, half-open.
    pub range: Range<usize>,
    /// The word's number in the text. Words of two sentences do not follow one another.
    pub position: u32,
    /// How many positions the word takes: as many as it has parts.
    pub position_length: u32,
    /// Word, subword, number or pair of characters.
    pub kind: TokenKind,
    /// How rare the word is, in nats: about the `ln(N / n)` of a word that is in `n` of `N` passages
    /// of a hundred words on any subject. It comes from the word's place in a list of Japanese words by
    /// frequency (chiVe's, 200,000 words of the web), not from the knowledge base, and tells words apart
    /// where there are too few articles to count.
    ///
    /// Words of little meaning (こと, これ, なる) have 0.5 to 1.5, a negation 2, the words of the list 1.5 to
    /// 10.2, words of the dictionary that the list lacks and words that neither knows 11; a Latin word that
    /// the list lacks has 9, an identifier 11, a number 3 to 9 by its length (a year 5), a word of the knowledge base's
    /// own dictionary 9 where the list lacks it. Pairs of characters have 0.5 (hiragana) to 6.
    pub rarity: f32,
    /// How the word is read, in katakana, where the dictionary knows; empty otherwise.
    pub reading: &'t str,
}

/// The tokens of one text, in the buffers of the worker that made them.
#[derive(Debug, Clone, Copy)]
pub struct Tokens<'t> {
    pub(super) arena: &'t str,
    pub(super) records: &'t [Record],
}

/// A token whose term is in an arena.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) term: Range<usize>,
    pub(super) reading: Range<usize>,
    pub(super) range: Range<usize>,
    pub(super) position: u32,
    pub(super) position_length: u32,
    pub(super) kind: TokenKind,
    pub(super) rarity: f32,
}

impl<'t> Tokens<'t> {
    /// The tokens, in the order of the text; a word comes before its parts.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Token<'t>> + use<'t> {
        let arena = self.arena;
        self.records.iter().map(move |record| Token {
            term: arena.get(record.term.clone()).unwrap_or_default(),
            range: record.range.clone(),
            position: record.position,
            position_length: record.position_length,
            kind: record.kind,
            rarity: record.rarity,
            reading: arena.get(record.reading.clone()).unwrap_or_default(),
        })
    }

    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether the text has no word at all.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}
