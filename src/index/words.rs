//! The words of a shard that a question's words may stand for, with their readings.
//!
//! 1. an article notes its words that have a vector, or that a slip or a reading may lead to;
//! 2. a shard keeps every word with each of its readings once, and of each article which of these it
//!    has: so what one article brought can be told from what the others did;
//! 3. what a snapshot joins is the list of each shard, in which a word has one reading.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::posting::Space;
use crate::text::{Kind, Token, WordVector, WordVectors};

/// The words of one article that are kept, each once, with their readings.
#[derive(Debug, Clone, Default)]
pub(super) struct NotedWords {
    letters: String,
    /// The hash of a word, and where its letters and those of its reading end.
    words: Vec<(u64, usize, usize)>,
}

/// The words of an article that were noted already, by their hashes, with their vectors.
pub(super) type Seen = HashMap<u64, Option<WordVector>, BuildHasherDefault<Hashed>>;

/// Hashes what is a hash already.
#[derive(Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl NotedWords {
    /// Notes a word whose hash is not yet in `seen`, and says which vector it has.
    pub(super) fn note(
        &mut self,
        hash: u64,
        token: &Token<'_>,
        seen: &mut Seen,
    ) -> Option<WordVector> {
        if !matches!(token.kind, Kind::Word | Kind::Part) {
            return None;
        }
        *seen.entry(hash).or_insert_with(|| {
            let vector = WordVectors::shipped().of(token.term);
            let telling = !token.reading.is_empty()
                || vector.is_some()
                || token.term.chars().all(|letter| ('ァ'..='ー').contains(&letter));
            if telling && token.term.chars().nth(1).is_some() {
                self.push(hash, token.term, token.reading);
            }
            vector
        })
    }

    fn push(&mut self, hash: u64, word: &str, reading: &str) {
        self.letters.push_str(word);
        let end = self.letters.len();
        self.letters.push_str(reading);
        self.words.push((hash, end, self.letters.len()));
    }

    fn iter(&self) -> impl Iterator<Item = Pair<'_>> {
        let starts = [0].into_iter().chain(self.words.iter().map(|&(_, _, end)| end));
        starts.zip(&self.words).map(|(start, &(hash, middle, end))| {
            let part = |range| self.letters.get(range).unwrap_or_default();
            Pair { hash, letters: (part(start..middle), part(middle..end)) }
        })
    }
}

/// A word with its hash and one of its readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair<'w> {
    hash: u64,
    letters: (&'w str, &'w str),
}

impl Hash for Pair<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// The words of one shard.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShardWords<'w> {
    /// Every word with each reading that an article has it with, in order, each pair once.
    #[serde(borrow)]
    pairs: Vec<(&'w str, &'w str)>,
    /// Which pairs each article has, in order: the number of the first, and for each other one how many
    /// numbers it stands behind the one before.
    articles: Vec<Vec<u32>>,
}

impl<'w> ShardWords<'w> {
    /// The words of several articles.
    pub(super) fn of(articles: impl Iterator<Item = &'w NotedWords>) -> Self {
        let mut numbers: HashMap<Pair<'w>, u32, BuildHasherDefault<Hashed>> = HashMap::default();
        let mut pairs: Vec<((&str, &str), u32)> = Vec::new();
        let mut articles: Vec<Vec<u32>> = articles
            .map(|words| {
                let number = |pair: Pair<'w>| {
                    *numbers.entry(pair).or_insert_with(|| {
                        let number = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
                        pairs.push((pair.letters, number));
                        number
                    })
                };
                words.iter().map(number).collect()
            })
            .collect();
        // They were numbered as they came; now they are by their letters.
        pairs.sort_unstable();
        let mut places = vec![0; pairs.len()];
        for (place, &(_, number)) in (0..).zip(&pairs) {
            if let Some(of_number) = places.get_mut(number as usize) {
                *of_number = place;
            }
        }
        for numbers in &mut articles {
            for number in &mut *numbers {
                *number = places.get(*number as usize).copied().unwrap_or(0);
            }
            numbers.sort_unstable();
            let mut before = 0;
            for number in numbers {
                (*number, before) = (*number - before, *number);
            }
        }
        Self { pairs: pairs.into_iter().map(|(letters, _)| letters).collect(), articles }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("strings and numbers in vectors always serialize")
    }

    pub(super) fn from_bytes(bytes: &'w [u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// What each article noted.
    pub(super) fn noted(&self) -> Option<Vec<NotedWords>> {
        let hashes: Vec<u64> = self.pairs.iter().map(|(word, _)| Space::Word.key(word)).collect();
        let articles = self.articles.iter().map(|gaps| {
            let mut noted = NotedWords::default();
            let mut number = 0_usize;
            for &gap in gaps {
                number = number.checked_add(gap as usize)?;
                let (word, reading) = self.pairs.get(number)?;
                noted.push(*hashes.get(number)?, word, reading);
            }
            Some(noted)
        });
        articles.collect()
    }
}

/// The words of a shard in order, by the bytes of [`ShardWords`]: of a word that is read in several ways, the
/// reading that comes first in the alphabet.
pub(super) fn list(bytes: &[u8]) -> Option<Vec<(&str, &str)>> {
    // They stand at the beginning; which article has which is passed over.
    let (mut pairs, _) = postcard::take_from_bytes::<Vec<(&str, &str)>>(bytes).ok()?;
    pairs.dedup_by_key(|(word, _)| *word);
    Some(pairs)
}

/// The list of all shards, of the lists of each.
pub(super) fn join<'w>(lists: Vec<Vec<(&'w str, &'w str)>>) -> Vec<(&'w str, &'w str)> {
    let mut words = lists.concat();
    // Runs that are in order already are merged.
    words.par_sort();
    words.dedup_by_key(|(word, _)| *word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(words: &[(&str, &str)]) -> NotedWords {
        let mut noted = NotedWords::default();
        for (word, reading) in words {
            noted.push(Space::Word.key(word), word, reading);
        }
        noted
    }

    #[test]
    fn what_an_article_noted_comes_back() {
        let articles = [
            noted(&[("端末", "タンマツ"), ("更新", "コウシン")]),
            noted(&[]),
            noted(&[("更新", "アップデート"), ("サーバー", ""), ("端末", "タンマツ")]),
        ];
        let bytes = ShardWords::of(articles.iter()).to_bytes();
        let words = ShardWords::from_bytes(&bytes).expect("it was just written");
        let back = words.noted().expect("it was just written");
        assert_eq!(back.len(), articles.len());
        for (article, back) in articles.iter().zip(&back) {
            let mut letters: Vec<_> = article.iter().map(|pair| pair.letters).collect();
            letters.sort_unstable();
            assert_eq!(back.iter().map(|pair| pair.letters).collect::<Vec<_>>(), letters);
            assert!(back.iter().all(|pair| pair.hash == Space::Word.key(pair.letters.0)));
        }
        // Neither does it show that they came back.
        assert_eq!(ShardWords::of(back.iter()).to_bytes(), bytes);
        let list = list(&bytes).expect("it was just written");
        assert_eq!(list, [("サーバー", ""), ("更新", "アップデート"), ("端末", "タンマツ")]);
    }

    #[test]
    fn a_word_without_its_first_reading_has_the_next() {
        let (one, other) = (noted(&[("更新", "アップデート")]), noted(&[("更新", "コウシン")]));
        let bytes = ShardWords::of([&one, &other].into_iter()).to_bytes();
        let words = ShardWords::from_bytes(&bytes).expect("it was just written");
        let back = words.noted().expect("it was just written");
        let bytes = ShardWords::of(back.iter().skip(1)).to_bytes();
        assert_eq!(list(&bytes), Some(vec![("更新", "コウシン")]));
    }

    #[test]
    fn the_shards_do_not_show_in_the_list_of_all() {
        let lists = [vec![("端末", "タンマツ"), ("更新", "コ")], vec![("更新", "ア")]];
        let joined = [("更新", "ア"), ("端末", "タンマツ")];
        assert_eq!(join(lists.to_vec()), joined);
        assert_eq!(join(lists.into_iter().rev().collect()), joined);
    }

    #[test]
    fn numbers_beyond_the_pairs_are_damage() {
        for gaps in [vec![1], vec![0, 1], vec![u32::MAX, u32::MAX]] {
            let words =
                ShardWords { pairs: vec![("端末", "タンマツ")], articles: vec![gaps] };
            assert!(words.noted().is_none(), "{words:?}");
        }
    }
}
