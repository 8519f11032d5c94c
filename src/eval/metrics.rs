//! S@1, MRR@10, nDCG@10 and recall@10, each judged query counted, answered or not.

use std::collections::BTreeMap;

use super::trec::{Judgements, Ranked, Run};

/// How deep the measures look.
const DEPTH: usize = 10;

/// The measures of one query, or their means over several, each in 0..=1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measures {
    pub queries: usize,
    /// The share of queries whose first article is relevant.
    pub success_at_1: f64,
    /// The mean of one over the rank of the first relevant article, 0 beyond the tenth.
    pub reciprocal_rank: f64,
    /// Graded nDCG at 10, with the grade itself as gain (linear).
    pub ndcg: f64,
    /// The share of the relevant articles among the first ten.
    pub recall: f64,
}

impl Measures {
    /// The means over the queries, in the order of their ids.
    pub fn mean<'m>(each: impl Iterator<Item = &'m Self> + Clone) -> Self {
        let queries = each.clone().map(|it| it.queries).sum::<usize>();
        let mean = |of: fn(&Self) -> f64| {
            each.clone().fold(0.0, |sum, it| sum + of(it)) / queries.max(1) as f64
        };
        Self {
            queries,
            success_at_1: mean(|it| it.success_at_1),
            reciprocal_rank: mean(|it| it.reciprocal_rank),
            ndcg: mean(|it| it.ndcg),
            recall: mean(|it| it.recall),
        }
    }
}

pub fn evaluate(judgements: &Judgements, run: &Run) -> Measures {
    Measures::mean(evaluate_each(judgements, run).values())
}

pub(super) fn evaluate_each(judgements: &Judgements, run: &Run) -> BTreeMap<String, Measures> {
    let runs: BTreeMap<&str, &[Ranked]> =
        run.0.iter().map(|(id, found)| (id.as_str(), found.as_slice())).collect();
    let judged = judgements.0.iter();
    judged
        .map(|(query, relevant)| {
            let found = runs.get(query.as_str()).copied().unwrap_or_default();
            (query.clone(), measure(relevant, found))
        })
        .collect()
}

fn measure(relevant: &BTreeMap<String, u32>, found: &[Ranked]) -> Measures {
    let found = found.get(..DEPTH).unwrap_or(found);
    let grade = |ranked: &Ranked| f64::from(relevant.get(&ranked.article).copied().unwrap_or(0));
    let first = found.iter().position(|ranked| grade(ranked) > 0.0);
    let mut ideal: Vec<f64> = relevant.values().map(|&grade| f64::from(grade)).collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    ideal.truncate(DEPTH);
    let ideal = gain(ideal.into_iter());
    let wanted = relevant.values().filter(|grade| **grade > 0).count();
    let hits = found.iter().filter(|ranked| grade(ranked) > 0.0).count();
    Measures {
        queries: 1,
        success_at_1: f64::from(first == Some(0)),
        reciprocal_rank: first.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0)),
        ndcg: if ideal > 0.0 { gain(found.iter().map(grade)) / ideal } else { 0.0 },
        recall: if wanted > 0 { hits as f64 / wanted as f64 } else { 0.0 },
    }
}

/// The discounted cumulative gain of grades in order.
fn gain(grades: impl Iterator<Item = f64>) -> f64 {
    grades.enumerate().map(|(rank, grade)| grade / (rank as f64 + 2.0).log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::super::trec::tests::run;
    use super::*;

    #[test]
    fn second_place() {
        let judgements = Judgements::parse("q 0 a 1\nq 0 b 2\n").expect("well-formed");
        let measures = evaluate(&judgements, &run(&[("q", &["x", "b"])]));
        assert_eq!(measures.success_at_1, 0.0);
        assert_eq!(measures.reciprocal_rank, 0.5);
        assert_eq!(measures.recall, 0.5);
        let expected = (2.0 / 3f64.log2()) / (2.0 + 1.0 / 3f64.log2());
        assert!((measures.ndcg - expected).abs() < 1e-12);
    }

    #[test]
    fn an_unanswered_query_counts() {
        let judgements = Judgements::parse("q 0 a 1\np 0 a 1\n").expect("well-formed");
        let measures = evaluate(&judgements, &run(&[("q", &["a"])]));
        assert_eq!((measures.queries, measures.success_at_1), (2, 0.5));
    }

    #[test]
    fn what_is_judged_useless_is_not_asked_for() {
        let judgements = Judgements::parse("q 0 a 1\nq 0 b 0\n").expect("well-formed");
        assert_eq!(evaluate(&judgements, &run(&[("q", &["a"])])).recall, 1.0);
        assert_eq!(evaluate(&judgements, &run(&[("q", &["b", "a"])])).success_at_1, 0.0);
    }
}
