//! An evaluation as JSON, `shirube.eval/1`.
//!
//! | field | value |
//! |---|---|
//! | `schema` | `"shirube.eval/1"`; a change that breaks the shape raises the number |
//! | `measures` | `queries`, `success_at_1`, `mrr_at_10`, `ndcg_at_10`, `recall_at_10` |
//! | `claims` | `answerable`, `claimed`, `right`, `precision`, `unanswerable`, `wrongly_claimed`, `wrong_claim_rate`, `calibration_error`, and `bins` of `from`, `to`, `claims`, `right`, `confidence`; `null` where no claims were made |
//! | `comparison` | `before`, `now` (measures), `better`, `worse` (`query`, `before`, `now`: nDCG@10), `chance_success_at_1`, `chance_ndcg_at_10` (paired randomization test); `null` without an older run |

use serde::Serialize;

use super::json::{document, each, object, rounded};
use crate::eval::{Change, Comparison, Evaluation, Measures, Trust};

/// The evaluation as one JSON document with a line feed at its end.
#[must_use]
pub fn evaluation_json(evaluation: &Evaluation) -> String {
    document(&object! {
        schema: "shirube.eval/1",
        measures: measures(&evaluation.measures),
        claims: evaluation.trust.as_ref().map(claims),
        comparison: evaluation.comparison.as_ref().map(comparison),
    })
}

fn measures(measures: &Measures) -> impl Serialize {
    object! {
        queries: measures.queries,
        success_at_1: rounded(measures.success_at_1),
        mrr_at_10: rounded(measures.reciprocal_rank),
        ndcg_at_10: rounded(measures.ndcg),
        recall_at_10: rounded(measures.recall),
    }
}

fn claims(trust: &Trust) -> impl Serialize {
    let width = 1.0 / trust.bins.len().max(1) as f64;
    let bins = each(&trust.bins, |bin| {
        object! {
            from: rounded(bin.from),
            to: rounded(bin.from + width),
            claims: bin.claims,
            right: bin.right,
            confidence: rounded(bin.confidence),
        }
    });
    object! {
        answerable: trust.answerable,
        claimed: trust.claimed,
        right: trust.right,
        precision: rounded(trust.precision()),
        unanswerable: trust.unanswerable,
        wrongly_claimed: trust.wrongly_claimed,
        wrong_claim_rate: rounded(trust.wrong_claim_rate()),
        calibration_error: rounded(trust.calibration_error()),
        bins: bins,
    }
}

fn comparison(comparison: &Comparison) -> impl Serialize {
    let changes = |changes| {
        each(changes, |change: &Change| {
            let (before, now) = (rounded(change.before.ndcg), rounded(change.now.ndcg));
            object! { query: &change.query, before: before, now: now, }
        })
    };
    object! {
        before: measures(&comparison.before),
        now: measures(&comparison.now),
        better: changes(&comparison.better),
        worse: changes(&comparison.worse),
        chance_success_at_1: rounded(comparison.chance_success_at_1),
        chance_ndcg_at_10: rounded(comparison.chance_ndcg),
    }
}
