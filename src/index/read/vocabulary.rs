//! The words of the knowledge base by meaning and by spelling: what a question's words may stand for.
//!
//! It is made of the lists of a snapshot's shards (`words`).

use serde::{Deserialize, Serialize};

use crate::text::{Spellings, VectorVocabulary};

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
    /// The vocabulary of some words with their readings, each word once and in order.
    pub(crate) fn new(words: &[(&str, &str)]) -> Self {
        let numbered = || (0u32..).zip(words);
        let vectors = VectorVocabulary::new(numbered().map(|(number, &(word, _))| (number, word)));
        let spellings = numbered().map(|(number, &(word, reading))| (number, word, reading));
        let spellings = Spellings::new(spellings);
        Self { words: words.iter().map(|&(word, _)| word.to_owned()).collect(), vectors, spellings }
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

    /// The words that are read like another.
    pub(crate) fn homophones(&self, reading: &str) -> Vec<String> {
        self.spellings.homophones(reading).iter().filter_map(|&word| self.word(word)).collect()
    }

    /// The words meant by kana that were typed, each with its bytes in the text.
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
