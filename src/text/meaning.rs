//! A text's subject as one vector: a question finds the article that tells the same in other words.
//!
//! 1. each word of a text counts once, by the direction of its vector and as much as it is rare in general
//!    text ([`MeaningReader`]);
//! 2. the sum is brought to one length and rounded to signed bytes ([`Meaning::to_bytes`]);
//! 3. two texts are as near as the directions of their sums ([`similarity`]).

use super::token::{Token, TokenKind};
use super::vectors::{DIMENSIONS, WordVector, add_scaled, product};

/// How many bytes a meaning is stored in.
pub(crate) const MEANING: usize = DIMENSIONS;

/// The length that vectors are rounded at: each of 256 numbers is about a sixteenth, hardly one over 127.
const LENGTH: f32 = 320.0;

/// No two stored meanings are nearer than this: rounding may lengthen each by half of every number, which is 8.
pub(crate) const MOST_SIMILAR: f64 = 1.06;

/// A piece of a compound says less than the compound.
const PART: f32 = 0.4;

/// The sum of words' vectors.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Meaning([f32; DIMENSIONS]);

impl Default for Meaning {
    fn default() -> Self {
        Self([0.0; DIMENSIONS])
    }
}

impl Meaning {
    pub(crate) fn add_word(&mut self, word: WordVector, weight: f32) {
        let (numbers, length) = word.numbers();
        add_scaled(&mut self.0, numbers, weight * length);
    }

    /// Adds what another text is about, `weight` times.
    pub(crate) fn add(&mut self, other: &Self, weight: f32) {
        for (number, other) in self.0.iter_mut().zip(other.0) {
            *number += weight * other;
        }
    }

    /// The direction, as signed bytes; zeros where nothing was added.
    pub(crate) fn to_bytes(&self) -> [u8; MEANING] {
        let length = self.0.iter().map(|number| number * number).sum::<f32>().sqrt();
        let scale = if length > 0.0 { LENGTH / length } else { 0.0 };
        let rounded = self.0.map(|number| number * scale + 0.5_f32.copysign(number));
        #[expect(clippy::cast_possible_truncation, reason = "a float is cut off at the bounds")]
        rounded.map(|number| (number as i8).cast_unsigned())
    }
}

/// How near two stored meanings are: the cosine, about -1..=1, and 0 where either is of nothing.
pub(crate) fn similarity(one: &[u8; MEANING], other: &[u8; MEANING]) -> f64 {
    f64::from(product(one, other) / (LENGTH * LENGTH))
}

/// Adds up what texts are about.
#[derive(Debug, Default)]
pub(crate) struct MeaningReader {
    /// The last text that had the word of each row.
    last: Vec<u32>,
    text: u32,
}

impl MeaningReader {
    /// Begins a text: each word counts again.
    pub(crate) fn begin(&mut self) {
        self.text = self.text.wrapping_add(1);
    }

    /// Adds a word of the text, whose vector is known.
    pub(crate) fn add(&mut self, meaning: &mut Meaning, vector: WordVector, token: &Token<'_>) {
        let weight = match token.kind {
            TokenKind::Word => token.rarity,
            TokenKind::Part => PART * token.rarity,
            TokenKind::Number | TokenKind::Bigram => return,
        };
        if self.last.is_empty() {
            self.last.resize(usize::from(u16::MAX) + 1, 0);
        }
        if let Some(last) = self.last.get_mut(vector.row())
            && *last != self.text
        {
            *last = self.text;
            meaning.add_word(vector, weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Analyzer, WordVectors};

    fn meanings<const N: usize>(texts: [&str; N]) -> [[u8; MEANING]; N] {
        let mut worker = Analyzer::new("").0.worker();
        let mut reader = MeaningReader::default();
        texts.map(|text| {
            let mut meaning = Meaning::default();
            reader.begin();
            for token in worker.analyze(text).iter() {
                if let Some(vector) = WordVectors::shipped().of(token.term) {
                    reader.add(&mut meaning, vector, &token);
                }
            }
            meaning.to_bytes()
        })
    }

    #[test]
    fn a_text_is_nearest_to_itself() {
        let [one, other, nothing] =
            meanings(["端末を紛失したときの手続き", "ごみの収集日", "zqxv_20221110"]);
        assert!((similarity(&one, &one) - 1.0).abs() < 0.02, "{}", similarity(&one, &one));
        assert!(similarity(&one, &other) < 0.5);
        let [asked, told] = meanings(["引っ越しの手続き", "転入の届け出"]);
        assert!(similarity(&asked, &told) > similarity(&asked, &other) + 0.1);
        assert!(similarity(&one, &nothing).abs() < f64::EPSILON && nothing == [0; MEANING]);
    }

    #[test]
    fn a_word_counts_once_and_order_does_not() {
        let [once, often, turned] = meanings(["端末 紛失", "端末 紛失 端末 端末", "紛失 端末"]);
        assert_eq!(once, often);
        assert_eq!(once, turned);
    }

    #[test]
    fn no_number_is_cut_off_wrongly() {
        let mut meaning = Meaning::default();
        meaning.0[3] = 1e9;
        meaning.0[4] = -1e9;
        let bytes = meaning.to_bytes().map(u8::cast_signed);
        assert_eq!((bytes[3], bytes[4], bytes[5]), (127, -128, 0));
    }
}
