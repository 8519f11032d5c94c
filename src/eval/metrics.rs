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

    crate::source::cases! {
        // Judgements, an empty line, and what was found: the id of a query, and its articles.
        measures: |it| {
            let (judgements, found) = it.split_once("\n\n").expect("an empty line is between");
            let judgements = Judgements::parse(judgements).expect("well-formed");
            let found: Vec<Vec<&str>> = found.lines().map(|it| it.split(' ').collect()).collect();
            let found: Vec<(&str, &[&str])> = found.iter().map(|it| (it[0], &it[1..])).collect();
            let it = evaluate(&judgements, &run(&found));
            let Measures { queries, success_at_1, reciprocal_rank, recall, ndcg } = it;
            format!("{queries}: {success_at_1} {reciprocal_rank} {recall} {ndcg:.12}")
        };
    }
}
