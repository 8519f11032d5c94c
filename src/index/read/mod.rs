//! A snapshot as a search reads it: shards, the postings of a term, what is stored, the vocabulary.
//!
//! 1. `snapshot` opens the one that holds, and `reader` maps its shards;
//! 2. `term_lists` finds where a term's postings are, `term_postings` decodes them into `posting`s, with the BM25F
//!    frequency (`bm25f`, `field_lengths`) of each, and its score (`saturation`);
//! 3. `address` finds what is stored of an article, a passage or a template;
//! 4. `vocabulary` has the words that are near a word in meaning or in spelling.

pub(in crate::index) mod address;
pub(in crate::index) mod bm25f;
pub(in crate::index) mod field_lengths;
pub(in crate::index) mod posting;
pub(in crate::index) mod reader;
pub(in crate::index) mod saturation;
pub(in crate::index) mod snapshot;
pub(in crate::index) mod term_lists;
pub(in crate::index) mod term_postings;
pub(in crate::index) mod vocabulary;
