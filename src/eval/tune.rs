//! Tries other weights, one after another.
//!
//! 1. Each weight of the table is multiplied by each of [`FACTORS`], the others as they are;
//! 2. the best of these is taken where it raises nDCG@10 and the randomization test leaves chance less
//!    than `CHANCE`, so that no weight is chosen by a query or two;
//! 3. the walk goes on with the next weight, and over the table again, until nothing changes any more.
//!
//! The result is a proposal: it holds for the queries that chose it, and has to be judged on others.

use super::compare::compare;
use super::metrics::{Measures, evaluate};
use super::trec::{Judgements, Run};
use crate::index::IndexError;
use crate::search::Weights;

/// The factors that each weight is multiplied by.
pub const FACTORS: [f64; 4] = [0.5, 0.8, 1.25, 2.0];
/// A change is taken where chance makes it less often than this.
const CHANCE: f64 = 0.1;
/// How often the walk goes over the table at most.
const ROUNDS: usize = 3;

/// The trials of one weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The weight.
    pub name: &'static str,
    /// Its value before.
    pub before: f64,
    /// Its value now; the same where no other was better.
    pub now: f64,
    /// The measures without it, where it is 0.
    pub without: Measures,
    /// The measures with each of [`FACTORS`], in their order.
    pub measures: Vec<Measures>,
}

/// Walks over the table from `weights` on; `rank` ranks the queries with a table.
///
/// The last trial of each weight is given back in the order of the table, with the weights that came out.
///
/// # Errors
///
/// Where the index cannot be read.
pub fn tune(
    weights: Weights,
    judgements: &Judgements,
    rank: impl Fn(&Weights) -> Result<Run, IndexError>,
) -> Result<(Weights, Vec<Trial>), IndexError> {
    let mut weights = weights;
    let mut current = rank(&weights)?;
    let mut trials = Vec::new();
    for _ in 0..ROUNDS {
        let mut changed = false;
        trials.clear();
        for &name in Weights::NAMES {
            let Some(before) = weights.get(name) else { continue };
            let with = |value: f64| {
                let mut other = weights.clone();
                other.set(name, value);
                other
            };
            let without = evaluate(judgements, &rank(&with(0.0))?);
            let mut trial = Trial { name, before, now: before, without, measures: Vec::new() };
            let mut best: Option<(f64, Run)> = None;
            for factor in FACTORS {
                let run = rank(&with(before * factor))?;
                let comparison = compare(judgements, &current, &run);
                trial.measures.push(comparison.now);
                let better = comparison.now.ndcg > comparison.before.ndcg
                    && comparison.chance_ndcg < CHANCE
                    && best.as_ref().is_none_or(|(_, known)| {
                        comparison.now.ndcg > evaluate(judgements, known).ndcg
                    });
                if better {
                    best = Some((before * factor, run));
                }
            }
            if let Some((value, run)) = best {
                trial.now = value;
                weights.set(name, value);
                current = run;
                changed = true;
            }
            trials.push(trial);
        }
        if !changed {
            break;
        }
    }
    Ok((weights, trials))
}

#[cfg(test)]
mod tests {
    use super::super::trec::Ranked;
    use super::*;

    /// Twelve queries, each answered where `title` is at least 4, whatever the others are.
    #[test]
    fn a_weight_moves_where_more_than_chance_is_gained() {
        let qrels: String = (0..12).map(|query| format!("q{query} 0 a 1\n")).collect();
        let judgements = Judgements::parse(&qrels).expect("well-formed");
        let rank = |weights: &Weights| {
            let good = weights.get("title").is_some_and(|title| title >= 4.0);
            let article = if good { "a" } else { "b" };
            let ranked = |_| vec![Ranked { article: article.into(), score: 1.0 }];
            Ok(Run((0..12).map(|query| (format!("q{query}"), ranked(query))).collect()))
        };
        let (weights, trials) =
            tune(Weights::default(), &judgements, rank).expect("nothing is read");
        let title = Weights::default().get("title").expect("a weight");
        assert!(weights.get("title").is_some_and(|now| now >= 4.0 && now > title));
        let moved: Vec<_> = Weights::NAMES
            .iter()
            .filter(|name| weights.get(name) != Weights::default().get(name))
            .collect();
        assert_eq!(moved, [&"title"]);
        assert_eq!(trials.len(), Weights::NAMES.len());
    }

    #[test]
    fn a_single_query_moves_nothing() {
        let judgements = Judgements::parse("q0 0 a 1\nq1 0 a 1\n").expect("well-formed");
        let rank = |weights: &Weights| {
            let good = weights.get("title").is_some_and(|title| title >= 4.0);
            let article = if good { "a" } else { "b" };
            let first = vec![Ranked { article: article.into(), score: 1.0 }];
            Ok(Run(vec![("q0".into(), first)]))
        };
        let (weights, _) = tune(Weights::default(), &judgements, rank).expect("nothing is read");
        assert_eq!(weights, Weights::default());
    }
}
