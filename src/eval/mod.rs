//! How good the ranking is: judged queries in, measures and a TREC run out.
//!
//! 1. [`Queries`] and [`Judgements`] are read from the usual forms (`id<TAB>text`, TREC qrels); judged are articles or, as
//!    `id#anchor`, passages ([`Unit`]);
//! 2. each query is ranked a hundred articles deep, without the threshold (`run`), and answered as a
//!    user's would be (`claims`);
//! 3. [`Measures`] holds the measures of the ranking, [`Trust`] those of the claims, and [`Run`] what
//!    `trec_eval` and its like read;
//! 4. [`Comparison`] sets two runs side by side, and [`show`] tells why one query was answered as it was;
//! 5. [`rank_changes`] says where an article is now and was before, query by query;
//! 6. `judge` judges all that a person is shown, by banks of judged pastes ([`cases`]).

mod bank;
mod claims;
mod compare;
mod judge;
mod metrics;
mod rank_change;
mod run;
mod trec;

pub use bank::{Case, Count, Expect, ExpectedRecord, cases};
pub use claims::{BINS, Bin, Claim, Trust, claims, trust};
pub use compare::{Change, Comparison, FLIPS, compare};
pub use judge::{Failure, Figures, Judged, READINGS, Share, judge, judged_without_answer};
pub use metrics::{Measures, evaluate};
pub use rank_change::{RankChange, rank_changes};
pub use run::{DEPTH, RankedRemedy, run, show, unknown_ids};
pub use trec::{Judgements, Queries, Query, Ranked, Run, TrecError, Unit};

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evaluation {
    pub measures: Measures,
    /// How far the claims can be trusted; `None` where no claims were made.
    pub trust: Option<Trust>,
    /// The difference to an older run.
    pub comparison: Option<Comparison>,
}
