//! Words by meaning, without a neural network: static word vectors, embedded in the library.
//!
//! 1. chiVe's vectors (20,000 rows of 256 numbers, in signed bytes; `scripts/build_vectors.py` says what was done
//!    to them) and the words that have them are compiled into a table that is read in place, so that nothing
//!    is loaded;
//! 2. a [`VectorVocabulary`] says which rows the knowledge base's words have;
//! 3. [`VectorVocabulary::neighbours`] compares a query word's row with each of those rows.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::words;

pub(super) const DIMENSIONS: usize = 256;

/// The word vectors that are embedded in the library.
#[derive(Debug, Clone, Copy)]
pub struct WordVectors(());

impl WordVectors {
    /// The vectors that ship with Shirube.
    pub const fn shipped() -> Self {
        Self(())
    }

    /// The vector of `term`, an analyzer's term; `None` where it has none.
    pub(crate) fn of(self, term: &str) -> Option<WordVector> {
        words::find(term).map(|entry| WordVector(entry.row()))
    }

    /// How rare `term` is in general text, in nats, as [`Token::rarity`](super::Token::rarity) says it; `None`
    /// where it has no vector.
    pub fn rarity(self, term: &str) -> Option<f32> {
        words::find(term).map(words::KnownWord::rarity)
    }

    /// The cosine of two terms' vectors, in -1..=1; `None` where one has none. Rare words share the
    /// vector of the nearest common word.
    pub fn cosine(self, one: &str, other: &str) -> Option<f32> {
        Some(self.of(one)?.cosine(self.of(other)?))
    }
}

/// The vector of a word, as its row in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WordVector(u16);

impl WordVector {
    /// The numbers, and one over the vector's length.
    pub(super) fn numbers(self) -> (&'static [u8], f32) {
        words::vector(self.0).unwrap_or_default()
    }

    pub(super) fn row(self) -> usize {
        usize::from(self.0)
    }

    fn cosine(self, other: Self) -> f32 {
        let ((one, length), (other, other_length)) = (self.numbers(), other.numbers());
        product(one, other) * length * other_length
    }
}

/// The words of a knowledge base that have a vector. It is made once, when the index is built, and can
/// be stored: it holds numbers of rows, not the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VectorVocabulary {
    /// The rows that occur, in order.
    rows: Vec<u16>,
    /// Where the words of each row begin in `words`; one more than there are rows.
    starts: Vec<u32>,
    /// The caller's numbers of the words.
    words: Vec<u32>,
    #[serde(skip)]
    known: Known,
}

/// Neighbours by the rows of words that were asked for before: people repeat questions, and rows are few.
#[derive(Default)]
struct Known(OnceLock<Box<[OnceLock<Neighbourhood>]>>);

/// The neighbours of a row, as they were asked for.
struct Neighbourhood {
    limit: usize,
    floor: f32,
    words: Box<[Neighbour]>,
}

impl Known {
    /// The neighbours of a vector, which `find` finds where they are not known.
    fn of(
        &self,
        vector: WordVector,
        limit: usize,
        floor: f32,
        find: impl Fn() -> Vec<Neighbour>,
    ) -> Vec<Neighbour> {
        let rows = || (0..=u16::MAX).map(|_| OnceLock::new()).collect();
        let Some(known) = self.0.get_or_init(rows).get(vector.row()) else { return find() };
        let known = known.get_or_init(|| Neighbourhood { limit, floor, words: find().into() });
        let asked = known.limit == limit && known.floor.to_bits() == floor.to_bits();
        if asked { known.words.to_vec() } else { find() }
    }
}

/// Cached questions are no part of the vocabulary: a copy begins without them.
impl Clone for Known {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Known {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Known {}

impl fmt::Debug for Known {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Known").finish_non_exhaustive()
    }
}

/// A word of the vocabulary that is near a query word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// The caller's number of the word.
    pub word: u32,
    /// The cosine of the two vectors, in 0..=1.
    pub cosine: f32,
}

impl VectorVocabulary {
    /// The vocabulary of the given terms, each with a number of the caller's. Terms without a vector
    /// are left out.
    pub fn new<'w>(terms: impl IntoIterator<Item = (u32, &'w str)>) -> Self {
        let vectors = WordVectors::shipped();
        let known = terms.into_iter().filter_map(|(it, term)| Some((vectors.of(term)?.0, it)));
        let known: BTreeSet<(u16, u32)> = known.collect();
        let mut vocabulary = Self::default();
        for (row, number) in known {
            if vocabulary.rows.last() != Some(&row) {
                vocabulary.rows.push(row);
                vocabulary.starts.push(vocabulary.end());
            }
            vocabulary.words.push(number);
        }
        vocabulary.starts.push(vocabulary.end());
        vocabulary
    }

    fn end(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(u32::MAX)
    }

    /// The words nearest to `term`, an analyzer's term: at most `limit`, with a cosine of at least `floor`, the
    /// nearest first, equal ones by their numbers. The term itself is among them where the vocabulary has
    /// it.
    pub fn neighbours(&self, term: &str, limit: usize, floor: f32) -> Vec<Neighbour> {
        let Some(vector) = WordVectors::shipped().of(term) else { return Vec::new() };
        self.known.of(vector, limit, floor, || self.find(vector, limit, floor))
    }

    fn find(&self, vector: WordVector, limit: usize, floor: f32) -> Vec<Neighbour> {
        let cosines = self.rows.iter().map(|&row| vector.cosine(WordVector(row))).zip(0..);
        let mut near: Vec<(f32, usize)> = cosines.filter(|(cosine, _)| *cosine >= floor).collect();
        near.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut neighbours = Vec::new();
        for (cosine, index) in near {
            let range = self.starts.get(index..index + 2);
            let Some(&[start, end]) = range.and_then(|range| range.first_chunk::<2>()) else {
                continue;
            };
            let words = self.words.get(start as usize..end as usize).unwrap_or_default();
            neighbours
                .extend(words.iter().map(|&word| Neighbour { word, cosine: cosine.min(1.0) }));
            if neighbours.len() >= limit {
                break;
            }
        }
        neighbours.truncate(limit);
        neighbours
    }
}

/// The scalar product of two rows of signed bytes.
pub(super) fn product(one: &[u8], other: &[u8]) -> f32 {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        #[allow(
            unsafe_code,
            reason = "the only way to call code that not every processor can run"
        )]
        // SAFETY: this processor can.
        return unsafe { product_with_avx2(one, other) };
    }
    product_of(one, other)
}

/// The same loop, compiled for processors that multiply sixteen numbers at once.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn product_with_avx2(one: &[u8], other: &[u8]) -> f32 {
    product_of(one, other)
}

#[inline(always)]
fn product_of(one: &[u8], other: &[u8]) -> f32 {
    let sum: i32 = one
        .iter()
        .zip(other)
        .map(|(&one, &other)| i32::from(one.cast_signed()) * i32::from(other.cast_signed()))
        .sum();
    // At most 256 × 128², which a float holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "below 2^24")]
    let product = sum as f32;
    product
}

/// Adds a row of signed bytes, each times `factor`.
pub(super) fn add_scaled(sum: &mut [f32; DIMENSIONS], row: &[u8], factor: f32) {
    for (sum, &number) in sum.iter_mut().zip(row) {
        *sum += factor * f32::from(number.cast_signed());
    }
}

#[cfg(test)]
mod tests {
    use super::{DIMENSIONS, VectorVocabulary, WordVectors};

    const WORDS: [&str; 8] =
        ["端末", "デバイス", "証明書", "猫", "更新", "引っ越す", "料金", "ログイン"];

    fn nearest(term: &str, floor: f32) -> Vec<&'static str> {
        let vocabulary = VectorVocabulary::new((0..).zip(WORDS));
        let found = vocabulary.neighbours(term, 15, floor);
        found.iter().filter_map(|near| WORDS.get(near.word as usize).copied()).collect()
    }

    #[test]
    fn words_of_one_meaning_are_near() {
        assert_eq!(nearest("デバイス", 0.3).get(..2), Some(&["デバイス", "端末"][..]));
        assert_eq!(nearest("サインイン", 0.45).first(), Some(&"ログイン"));
        assert!(!nearest("猫", 0.45).contains(&"証明書"));
    }

    #[test]
    fn the_table_has_as_many_numbers_as_is_counted_on() {
        let vector = WordVectors::shipped().of("端末").expect("it is in the table");
        assert_eq!(vector.numbers().0.len(), DIMENSIONS);
    }

    #[test]
    fn an_unknown_word_has_no_neighbours() {
        assert_eq!(nearest("mori_20221110", 0.0), [""; 0]);
        assert_eq!(WordVectors::shipped().cosine("端末", "mori_20221110"), None);
    }

    #[test]
    fn the_limit_holds_the_nearest_come_first_and_again_as_before() {
        let vocabulary = VectorVocabulary::new((0..).zip(WORDS));
        let asked = |limit, floor| vocabulary.neighbours("端末", limit, floor);
        let first = (asked(3, -1.0), asked(2, -1.0), asked(3, 0.9));
        assert_eq!((first.0.len(), first.1.len()), (3, 2));
        assert!(first.0.is_sorted_by(|one, other| one.cosine >= other.cosine));
        assert_eq!((asked(3, -1.0), asked(2, -1.0), asked(3, 0.9)), first);
    }

    #[test]
    fn a_vocabulary_can_be_stored() {
        let vocabulary = VectorVocabulary::new((0..).zip(WORDS));
        let bytes = postcard::to_stdvec(&vocabulary).expect("numbers can be written");
        assert_eq!(postcard::from_bytes(&bytes), Ok(vocabulary));
    }
}
