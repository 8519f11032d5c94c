//! How good the ranking is: judged queries in, measures and a TREC run out.
//!
//! 1. [`Queries`] and [`Judgements`] are read from the usual forms (`id<TAB>text`, TREC qrels);
//! 2. each query is ranked a hundred articles deep, without the threshold;
//! 3. [`Measures`] holds the measures, and [`Run`] what `trec_eval` and its like read.

mod metrics;
mod run;
mod trec;

pub use metrics::{Measures, evaluate};
pub use run::{DEPTH, run};
pub use trec::{Judgements, Queries, Query, Ranked, Run, TrecError};
