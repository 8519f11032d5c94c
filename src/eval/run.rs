//! Ranks judged queries.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::trec::{Queries, Ranked, Run};
use crate::index::IndexError;
use crate::record::{self, ReadOptions};
use crate::search::Searcher;

/// How many articles a run holds for each query.
pub const DEPTH: usize = 100;

/// Ranks the articles for each query, [`DEPTH`] deep, without the threshold.
///
/// A query is read as a paste. Where it holds several incidents, an article counts with the best of
/// its scores.
pub fn run(
    searcher: &Searcher,
    queries: &Queries,
    options: &ReadOptions,
) -> Result<Run, IndexError> {
    let ranked: Result<Vec<_>, IndexError> = queries
        .0
        .par_iter()
        .map(|query| {
            let reading = record::read(None, query.text.as_bytes(), options, searcher.codes());
            let mut best: BTreeMap<String, f64> = BTreeMap::new();
            for incident in &reading.incidents {
                for (article, score) in searcher.ranking(incident, DEPTH)? {
                    let known = best.entry(article).or_insert(score);
                    *known = known.max(score);
                }
            }
            let mut ranked: Vec<_> =
                best.into_iter().map(|(article, score)| Ranked { article, score }).collect();
            ranked.sort_by(|a, b| {
                b.score.total_cmp(&a.score).then_with(|| a.article.cmp(&b.article))
            });
            ranked.truncate(DEPTH);
            Ok((query.id.clone(), ranked))
        })
        .collect();
    Ok(Run(ranked?))
}
