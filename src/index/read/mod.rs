//! A snapshot as a search reads it: shards, the postings of a term, what is stored, the vocabulary.

pub(in crate::index) mod address;
pub(in crate::index) mod bm25f;
pub(in crate::index) mod field_lengths;
pub(in crate::index) mod posting;
pub(in crate::index) mod reader;
pub(in crate::index) mod snapshot;
pub(in crate::index) mod term_lists;
pub(in crate::index) mod term_postings;
pub(in crate::index) mod vocabulary;
