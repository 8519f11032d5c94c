//! How sure it is that a remedy is the right one.
//!
//! Confidence rests on evidence that does not depend on the size of the knowledge base: how much
//! of both wordings is covered, how the codes relate, whether a state matches whole, how much of
//! the question is answered, and how far the next article is behind.

use super::query::Query;
use super::rank::Scored;
use crate::facts::{Incident, Kind, Relation};

/// Below this nothing is claimed.
pub(super) const THRESHOLD: f64 = 0.5;

/// A wording that tells less than this many nats (by the dictionary) is too common to rest on.
const LEAST_WORDING: f64 = 14.0;

/// The confidence in `scored`, where the best other article has the score `next`.
pub(super) fn confidence(incident: &Incident, query: &Query, scored: &Scored, next: f64) -> f64 {
    let message = scored.message.as_ref().map_or(0.0, |message| {
        let telling = (message.alignment.matched / LEAST_WORDING).min(1.0);
        logistic(message.similarity, 0.62, 14.0) * telling
    });
    let code = scored.code.as_ref().map_or(0.0, |code| {
        match query.code_keys.get(code.key).and_then(|key| key.relation) {
            Some(Relation::Exact) => 0.8,
            Some(Relation::Same) => 0.75,
            _ => 0.1,
        }
    });
    let status = scored.status.as_ref().map_or(0.0, |status| {
        if status.score >= super::weights::STATUS_DECLARED { 0.95 } else { 0.85 }
    });
    let text = match incident.kind {
        Kind::Question => 0.9 * logistic(scored.text.coverage, 0.55, 10.0),
        _ => 0.7 * logistic(scored.text.coverage, 0.85, 20.0),
    };
    let doubt = (1.0 - message) * (1.0 - code) * (1.0 - status) * (1.0 - text);
    // Two articles that rest on the same evidence cannot both be the answer.
    let lead = if scored.score > 0.0 { (scored.score - next) / scored.score } else { 0.0 };
    let lead = 1.0 - 0.25 * (1.0 - (lead / 0.15).clamp(0.0, 1.0));
    ((1.0 - doubt) * lead).clamp(0.0, 0.99)
}

/// A smooth step from 0 to 1 around `middle`.
fn logistic(value: f64, middle: f64, steepness: f64) -> f64 {
    1.0 / (1.0 + (-(value - middle) * steepness).exp())
}

#[cfg(test)]
mod tests {
    use super::logistic;

    #[test]
    fn the_step_is_half_way_at_its_middle() {
        assert!((logistic(0.6, 0.6, 12.0) - 0.5).abs() < 1e-12);
        assert!(logistic(1.0, 0.6, 12.0) > 0.98 && logistic(0.2, 0.6, 12.0) < 0.02);
    }
}
