//! The words of the knowledge base by meaning and by spelling: what a question's words may stand for.
//!
//! A shard keeps the list of its words that have a vector, or that a slip or a reading may lead to;
//! a snapshot joins the lists of its shards.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::BuildHasher;

use serde::{Deserialize, Serialize};

use crate::text::{Kind, Spellings, Token, VectorVocabulary, WordVectors};

/// The words of one article that are kept, each once, with their readings.
#[derive(Debug, Clone, Default)]
pub(super) struct NotedWords {
    letters: String,
    /// The hash of a word, and where its letters and those of its reading end.
    words: Vec<(u64, usize, usize)>,
}

impl NotedWords {
    /// Notes a word whose hash is not yet in `seen`.
    pub(super) fn note<S: BuildHasher>(
        &mut self,
        hash: u64,
        token: &Token<'_>,
        seen: &mut HashSet<u64, S>,
    ) {
        if !matches!(token.kind, Kind::Word | Kind::Part) || !seen.insert(hash) {
            return;
        }
        let telling = !token.reading.is_empty()
            || WordVectors::shipped().knows(token.term)
            || token.term.chars().all(|letter| ('ァ'..='ー').contains(&letter));
        if telling && token.term.chars().nth(1).is_some() {
            self.letters.push_str(token.term);
            let end = self.letters.len();
            self.letters.push_str(token.reading);
            self.words.push((hash, end, self.letters.len()));
        }
    }

    /// The words: hash, letters, reading.
    fn iter(&self) -> impl Iterator<Item = (u64, &str, &str)> {
        let starts = [0].into_iter().chain(self.words.iter().map(|&(_, _, end)| end));
        starts.zip(&self.words).map(|(start, &(hash, middle, end))| {
            let part = |range| self.letters.get(range).unwrap_or_default();
            (hash, part(start..middle), part(middle..end))
        })
    }
}

/// The words of one shard, with their readings: of a word that is read in several ways, the reading
/// that comes first in the alphabet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WordList {
    words: BTreeMap<String, String>,
}

impl WordList {
    /// The words of several articles.
    pub(super) fn of<'n>(articles: impl Iterator<Item = &'n NotedWords>) -> Self {
        let mut readings: HashMap<u64, (&str, &str)> = HashMap::new();
        for (hash, word, reading) in articles.flat_map(NotedWords::iter) {
            let known = readings.entry(hash).or_insert((word, reading));
            known.1 = known.1.min(reading);
        }
        let words = readings.into_values();
        Self { words: words.map(|(word, reading)| (word.to_owned(), reading.to_owned())).collect() }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("strings in a map always serialize")
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// Adds the words of another shard.
    pub(crate) fn join(&mut self, other: Self) {
        for (word, reading) in other.words {
            let known = self.words.entry(word).or_insert_with(|| reading.clone());
            if reading < *known {
                *known = reading;
            }
        }
    }
}

/// The words of a snapshot, ready to be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Vocabulary {
    words: Vec<String>,
    vectors: VectorVocabulary,
    spellings: Spellings,
}

/// A word of the knowledge base that a question's word may stand for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Neighbour {
    pub(crate) word: String,
    /// How near it is, in 0..=1; 1 for another spelling.
    pub(crate) nearness: f64,
}

impl Vocabulary {
    pub(crate) fn new(list: WordList) -> Self {
        let (words, readings): (Vec<String>, Vec<String>) = list.words.into_iter().unzip();
        let numbered = || (0u32..).zip(&words);
        let vectors =
            VectorVocabulary::new(numbered().map(|(number, word)| (number, word.as_str())));
        let spellings = Spellings::new(
            numbered()
                .zip(&readings)
                .map(|((number, word), reading)| (number, word.as_str(), reading.as_str())),
        );
        Self { words, vectors, spellings }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("strings in vectors always serialize")
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        postcard::from_bytes(bytes).map_err(|error| error.to_string())
    }

    /// The words nearest in meaning, without the word itself.
    pub(crate) fn near(&self, term: &str, limit: usize, floor: f64) -> Vec<Neighbour> {
        let near = self.vectors.neighbours(term, limit + 1, floor as f32).into_iter();
        let near = near.filter_map(|neighbour| {
            let word = self.word(neighbour.word)?;
            (word != term).then(|| Neighbour { word, nearness: f64::from(neighbour.cosine) })
        });
        near.take(limit).collect()
    }

    /// The loanwords that a misspelt one may stand for.
    pub(crate) fn misspelt(&self, term: &str) -> Vec<String> {
        self.spellings.misspelt(term).into_iter().filter_map(|word| self.word(word)).collect()
    }

    /// The words behind what was typed as it is read, each with its bytes in the text.
    pub(crate) fn read(&self, text: &str) -> Vec<(std::ops::Range<usize>, Vec<String>)> {
        let read = self.spellings.read(text).into_iter();
        read.map(|(range, words)| {
            (range, words.iter().filter_map(|&word| self.word(word)).collect())
        })
        .collect()
    }

    fn word(&self, number: u32) -> Option<String> {
        self.words.get(usize::try_from(number).ok()?).cloned()
    }
}
