//! Japanese text as people write it: one spelling, the one analyzer, pairs of characters, synonyms.
//!
//! 1. `normalize` brings a text into its one spelling and leads back to what was written; [`fold`]
//!    does it for labels and states, which match whole;
//! 2. [`Analyzer`] cuts a text into words, with [`Worker::bigrams`] for what the dictionary splits badly;
//! 3. `lexicon` holds the word lists that are data;
//! 4. [`Synonyms`] and the [`Thesaurus`] give a query the words that stand for its own, [`VectorVocabulary`] those that mean much
//!    the same; `Meaning` says what a whole text is about.

mod analyzer;
mod bigram;
mod compound;
mod dictionary;
mod hash;
mod latin;
pub(crate) mod lexicon;
mod meaning;
mod normalize;
mod number;
mod spelling;
mod stem;
mod synonyms;
mod thesaurus;
mod token;
mod vectors;
mod words;

pub use analyzer::{Analyzer, Worker};
pub(crate) use meaning::{MEANING, MOST_SIMILAR, Meaning, MeaningReader, similarity};
pub(crate) use normalize::character::{Script, half_width, is_hiragana, is_kanji, is_katakana};
pub(crate) use normalize::spell::spelled_alone;
pub use normalize::{Normalized, fold, normalize};
pub use spelling::Spellings;
pub use synonyms::{Alternative, Synonyms};
pub use thesaurus::Thesaurus;
pub use token::{Token, TokenKind, Tokens};
pub(crate) use vectors::WordVector;
pub use vectors::{Neighbour, VectorVocabulary, WordVectors};
