//! An evaluation as JSON, `shirube.eval/1`.
//!
//! | field | value |
//! |---|---|
//! | `schema` | `"shirube.eval/1"`; a change that breaks the shape raises the number |
//! | `measures` | `queries`, `success_at_1`, `mrr_at_10`, `ndcg_at_10`, `recall_at_10` |
//! | `claims` | `answerable`, `claimed`, `right`, `precision`, `unanswerable`, `wrongly_claimed`, `wrong_claim_rate`, `calibration_error`, and `bins` of `from`, `to`, `claims`, `right`, `confidence`; `null` where no claims were made |
//! | `comparison` | `before`, `now` (measures), `better`, `worse` (`query`, `before`, `now`: nDCG@10), `chance_success_at_1`, `chance_ndcg_at_10` (paired randomization test); `null` without an older run |

use serde::Serialize;

use super::json::{document, rounded};
use crate::eval::{Change, Comparison, Evaluation, Measures, Trust};

/// The name and version of the shape.
const SCHEMA: &str = "shirube.eval/1";

/// The evaluation as one JSON document with a line feed at its end.
#[must_use]
pub fn evaluation_json(evaluation: &Evaluation) -> String {
    let wire = Wire {
        schema: SCHEMA,
        measures: measures(&evaluation.measures),
        claims: evaluation.trust.as_ref().map(claims),
        comparison: evaluation.comparison.as_ref().map(comparison),
    };
    document(&wire)
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    measures: WireMeasures,
    claims: Option<WireClaims>,
    comparison: Option<WireComparison<'a>>,
}

#[derive(Serialize)]
struct WireMeasures {
    queries: usize,
    success_at_1: f64,
    mrr_at_10: f64,
    ndcg_at_10: f64,
    recall_at_10: f64,
}

#[derive(Serialize)]
struct WireClaims {
    answerable: usize,
    claimed: usize,
    right: usize,
    precision: f64,
    unanswerable: usize,
    wrongly_claimed: usize,
    wrong_claim_rate: f64,
    calibration_error: f64,
    bins: Vec<WireBin>,
}

#[derive(Serialize)]
struct WireBin {
    from: f64,
    to: f64,
    claims: usize,
    right: usize,
    confidence: f64,
}

#[derive(Serialize)]
struct WireComparison<'a> {
    before: WireMeasures,
    now: WireMeasures,
    better: Vec<WireChange<'a>>,
    worse: Vec<WireChange<'a>>,
    chance_success_at_1: f64,
    chance_ndcg_at_10: f64,
}

#[derive(Serialize)]
struct WireChange<'a> {
    query: &'a str,
    before: f64,
    now: f64,
}

fn measures(measures: &Measures) -> WireMeasures {
    WireMeasures {
        queries: measures.queries,
        success_at_1: rounded(measures.success_at_1),
        mrr_at_10: rounded(measures.reciprocal_rank),
        ndcg_at_10: rounded(measures.ndcg),
        recall_at_10: rounded(measures.recall),
    }
}

fn claims(trust: &Trust) -> WireClaims {
    let width = 1.0 / trust.bins.len().max(1) as f64;
    WireClaims {
        answerable: trust.answerable,
        claimed: trust.claimed,
        right: trust.right,
        precision: rounded(trust.precision()),
        unanswerable: trust.unanswerable,
        wrongly_claimed: trust.wrongly_claimed,
        wrong_claim_rate: rounded(trust.wrong_claim_rate()),
        calibration_error: rounded(trust.calibration_error()),
        bins: trust
            .bins
            .iter()
            .map(|bin| WireBin {
                from: rounded(bin.from),
                to: rounded(bin.from + width),
                claims: bin.claims,
                right: bin.right,
                confidence: rounded(bin.confidence),
            })
            .collect(),
    }
}

fn comparison(comparison: &Comparison) -> WireComparison<'_> {
    WireComparison {
        before: measures(&comparison.before),
        now: measures(&comparison.now),
        better: comparison.better.iter().map(change).collect(),
        worse: comparison.worse.iter().map(change).collect(),
        chance_success_at_1: rounded(comparison.chance_success_at_1),
        chance_ndcg_at_10: rounded(comparison.chance_ndcg),
    }
}

fn change(change: &Change) -> WireChange<'_> {
    WireChange {
        query: &change.query,
        before: rounded(change.before.ndcg),
        now: rounded(change.now.ndcg),
    }
}
