//! Retrieval: from a query to tantivy's posting lists and back.
//!
//! 1. `statistics` looks terms up and counts who holds them;
//! 2. `expansion` gives a query what may stand for its words;
//! 3. `retriever` adds up the rarest terms in whole numbers (`accumulators`) and proposes the best (`top_k`);
//! 4. `passage_scorer` reads what all terms come to in the passages of an article.

mod accumulators;
pub(super) mod expansion;
pub(super) mod passage_scorer;
pub(super) mod retriever;
pub(super) mod statistics;
mod top_k;
