//! S@1, MRR@10, nDCG@10 and recall@10, each judged query counted, answered or not.

use super::trec::{Judgements, Ranked, Run};

/// How deep the measures look.
const DEPTH: usize = 10;

/// Means over the judged queries, each in 0..=1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measures {
    /// How many queries were judged.
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

/// Measures a run against judgements.
///
/// ```
/// use shirube::eval::{Judgements, Ranked, Run, evaluate};
///
/// let judgements = Judgements::parse("q 0 a 1")?;
/// let run = Run(vec![("q".into(), vec![Ranked { article: "a".into(), score: 1.0 }])]);
/// assert_eq!(evaluate(&judgements, &run).success_at_1, 1.0);
/// # Ok::<(), shirube::eval::TrecError>(())
/// ```
#[must_use]
pub fn evaluate(judgements: &Judgements, run: &Run) -> Measures {
    let mut sum = Measures { queries: judgements.0.len(), ..Measures::default() };
    for (query, relevant) in &judgements.0 {
        let found = run.0.iter().find(|(id, _)| id == query).map_or(&[][..], |(_, found)| found);
        let found: &[Ranked] = found.get(..DEPTH).unwrap_or(found);
        let grade =
            |ranked: &Ranked| f64::from(relevant.get(&ranked.article).copied().unwrap_or(0));

        let first = found.iter().position(|ranked| grade(ranked) > 0.0);
        sum.success_at_1 += f64::from(first == Some(0));
        sum.reciprocal_rank += first.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));

        let mut ideal: Vec<f64> = relevant.values().map(|&grade| f64::from(grade)).collect();
        ideal.sort_by(|a, b| b.total_cmp(a));
        ideal.truncate(DEPTH);
        let ideal = gain(ideal.into_iter());
        if ideal > 0.0 {
            sum.ndcg += gain(found.iter().map(grade)) / ideal;
        }
        if !relevant.is_empty() {
            let hits = found.iter().filter(|ranked| relevant.contains_key(&ranked.article)).count();
            sum.recall += hits as f64 / relevant.len() as f64;
        }
    }
    let count = sum.queries.max(1) as f64;
    Measures {
        queries: sum.queries,
        success_at_1: sum.success_at_1 / count,
        reciprocal_rank: sum.reciprocal_rank / count,
        ndcg: sum.ndcg / count,
        recall: sum.recall / count,
    }
}

/// The discounted cumulative gain of grades in order.
fn gain(grades: impl Iterator<Item = f64>) -> f64 {
    grades.enumerate().map(|(rank, grade)| grade / (rank as f64 + 2.0).log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(articles: &[&str]) -> Run {
        let ranked = articles
            .iter()
            .map(|article| Ranked { article: (*article).to_owned(), score: 1.0 })
            .collect();
        Run(vec![("q".to_owned(), ranked)])
    }

    #[test]
    fn second_place() {
        let judgements = Judgements::parse("q 0 a 1\nq 0 b 2\n").expect("well-formed");
        let measures = evaluate(&judgements, &run(&["x", "b"]));
        assert_eq!(measures.success_at_1, 0.0);
        assert_eq!(measures.reciprocal_rank, 0.5);
        assert_eq!(measures.recall, 0.5);
        let expected = (2.0 / 3f64.log2()) / (2.0 + 1.0 / 3f64.log2());
        assert!((measures.ndcg - expected).abs() < 1e-12);
    }

    #[test]
    fn an_unanswered_query_counts() {
        let judgements = Judgements::parse("q 0 a 1\np 0 a 1\n").expect("well-formed");
        let measures = evaluate(&judgements, &run(&["a"]));
        assert_eq!((measures.queries, measures.success_at_1), (2, 0.5));
    }
}
