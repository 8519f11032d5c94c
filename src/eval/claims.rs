//! Claims: how often they are right, and whether the confidence means what it says.
//!
//! A claim is the remedy that a paste is answered with: the surest of the first remedies of its
//! incidents. What is below the threshold is no claim.

use rayon::prelude::*;

use super::trec::{Judgements, Queries};
use crate::index::IndexError;
use crate::record::{self, ReadOptions};
use crate::search::{AnswerOptions, Searcher};

/// How many bins of equal width the confidences 0..=1 fall into.
pub const BINS: usize = 10;

/// The remedy that a query is answered with.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    pub query: String,
    pub article: String,
    /// The passage of it that is shown, as `id#anchor`.
    pub passage: String,
    /// How sure it was, in 0..=1.
    pub confidence: f64,
}

/// The claim for each query; queries without a claim are left out.
/// Fails where the index cannot be read.
pub fn claims(
    searcher: &Searcher,
    queries: &Queries,
    reading: &ReadOptions,
    options: &AnswerOptions,
) -> Result<Vec<Claim>, IndexError> {
    let claims: Result<Vec<_>, IndexError> = queries
        .0
        .par_iter()
        .map(|query| {
            let reading = record::read(None, query.text.as_bytes(), reading, searcher.vocabulary());
            let answer = searcher.answer(&reading, options)?;
            let first =
                answer.incidents.into_iter().filter_map(|it| it.remedies.into_iter().next());
            // Of equally sure ones the incident that was answered first speaks.
            let surest =
                first.rev().max_by(|one, other| one.confidence.total_cmp(&other.confidence));
            Ok(surest.map(|remedy| Claim {
                query: query.id.clone(),
                article: remedy.id,
                passage: remedy.passage_id,
                confidence: remedy.confidence,
            }))
        })
        .collect();
    Ok(claims?.into_iter().flatten().collect())
}

/// How far the claims can be trusted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trust {
    /// How many judged queries there are.
    pub answerable: usize,
    /// For how many of them something is claimed.
    pub claimed: usize,
    /// How many of these claims are relevant.
    pub right: usize,
    /// How many queries there are that no article answers.
    pub unanswerable: usize,
    /// For how many of them something is claimed all the same.
    pub wrongly_claimed: usize,
    /// The claims by their confidence, [`BINS`] of equal width, the lowest first.
    pub bins: Vec<Bin>,
}

/// Claims of like confidence.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bin {
    /// The lowest confidence of the bin; it ends where the next begins.
    pub from: f64,
    pub claims: usize,
    pub right: usize,
    pub confidence: f64,
}

impl Trust {
    /// The expected calibration error: how far the share of right claims is from the mean confidence,
    /// bin by bin, weighed by the number of claims. 0 is perfect; without claims it is 0, too.
    pub fn calibration_error(&self) -> f64 {
        let claims: usize = self.bins.iter().map(|bin| bin.claims).sum();
        let off = self.bins.iter().map(|bin| {
            let right = bin.right as f64 / bin.claims.max(1) as f64;
            bin.claims as f64 * (right - bin.confidence).abs()
        });
        off.sum::<f64>() / claims.max(1) as f64
    }

    /// The share of the queries without an answer for which something is claimed.
    pub fn wrong_claim_rate(&self) -> f64 {
        self.wrongly_claimed as f64 / self.unanswerable.max(1) as f64
    }

    /// The share of the claims on judged queries that are right.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.claimed.max(1) as f64
    }
}

/// Judges claims: those on judged queries by the judgements, those on `unanswerable` queries as wrong. Judgements of
/// passages ([`Judgements::of`]) judge the passage of a claim, those of articles its article.
pub fn trust(judgements: &Judgements, unanswerable: &Queries, claims: &[Claim]) -> Trust {
    let mut trust = Trust {
        answerable: judgements.0.len(),
        unanswerable: unanswerable.0.len(),
        bins: (0..BINS)
            .map(|bin| Bin { from: bin as f64 / BINS as f64, ..Bin::default() })
            .collect(),
        ..Trust::default()
    };
    for claim in claims {
        let judged = judgements.0.get(&claim.query);
        let grades = judged.map(|relevant| {
            [&claim.article, &claim.passage].map(|name| relevant.get(name).copied().unwrap_or(0))
        });
        let right = grades.is_some_and(|grades| grades.iter().any(|grade| *grade > 0));
        if judged.is_some() {
            trust.claimed += 1;
            trust.right += usize::from(right);
        } else if unanswerable.0.iter().any(|query| query.id == claim.query) {
            trust.wrongly_claimed += 1;
        } else {
            continue;
        }
        // A confidence is in 0..=1, so the cast cannot lose anything.
        let place = ((claim.confidence * BINS as f64) as usize).min(BINS - 1);
        if let Some(bin) = trust.bins.get_mut(place) {
            bin.claims += 1;
            bin.right += usize::from(right);
            bin.confidence += claim.confidence;
        }
    }
    for bin in &mut trust.bins {
        bin.confidence /= bin.claims.max(1) as f64;
    }
    trust
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(query: &str, article: &str, confidence: f64) -> Claim {
        let passage = format!("{article}#x");
        Claim { query: query.into(), article: article.into(), passage, confidence }
    }

    #[test]
    fn claims_are_judged_where_something_is_known_of_their_query() {
        let judgements = Judgements::parse("q1 0 a 2\nq2 0 a 0\nq2 0 b 1\n").expect("well-formed");
        let nothing = Queries::parse("u1\tx\nu2\ty\n").expect("well-formed");
        let claims = [
            claim("q1", "a", 0.97),
            claim("q2", "a", 0.91),
            claim("u2", "a", 0.52),
            claim("stranger", "a", 0.99),
        ];
        let trust = trust(&judgements, &nothing, &claims);
        assert_eq!((trust.answerable, trust.claimed, trust.right), (2, 2, 1));
        assert_eq!((trust.unanswerable, trust.wrongly_claimed), (2, 1));
        assert_eq!((trust.precision(), trust.wrong_claim_rate()), (0.5, 0.5));
        let filled: Vec<_> = trust.bins.iter().filter(|bin| bin.claims > 0).collect();
        assert_eq!(filled.len(), 2);
        assert_eq!((filled[1].from, filled[1].claims, filled[1].right), (0.9, 2, 1));
        let expected = (2.0 * (0.94f64 - 0.5).abs() + 0.52) / 3.0;
        assert!((trust.calibration_error() - expected).abs() < 1e-9);
    }

    #[test]
    fn full_confidence_has_a_bin() {
        let judgements = Judgements::parse("q 0 a 1\n").expect("well-formed");
        let trust = trust(&judgements, &Queries::default(), &[claim("q", "a", 1.0)]);
        assert_eq!(trust.bins.last().map(|bin| (bin.claims, bin.right)), Some((1, 1)));
        assert_eq!(trust.calibration_error(), 0.0);
        assert_eq!(Trust::default().calibration_error(), 0.0);
    }
}
