//! Ranks judged queries.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use rayon::prelude::*;

use super::trec::{Judgements, Queries, Query, Ranked, Run, Unit};
use crate::index::IndexError;
use crate::record::{self, ReadOptions, Reading};
use crate::search::{AnswerOptions, Remedy, Searcher};

/// How many articles a run holds for each query.
pub const DEPTH: usize = 100;

/// How many of the best articles are shown with their evidence.
const SHOWN: usize = 5;

/// Ranks the articles for each query, or the passages that they are shown by, [`DEPTH`] deep, without the threshold.
///
/// A query is read as a paste. Where it holds several incidents, an article counts with the best of
/// its scores; where it is a screen of values, the check flows lead to the articles.
/// Fails where the index cannot be read.
pub fn run(
    searcher: &Searcher,
    queries: &Queries,
    options: &ReadOptions,
    unit: Unit,
) -> Result<Run, IndexError> {
    let ranked: Result<Vec<_>, IndexError> = queries
        .0
        .par_iter()
        .map(|query| {
            let reading = record::read(None, query.text.as_bytes(), options, searcher.vocabulary());
            let mut best: BTreeMap<String, f64> = BTreeMap::new();
            for incident in &reading.incidents {
                let ranking = match unit {
                    Unit::Article => searcher.ranking(incident, DEPTH)?,
                    Unit::Passage => searcher.passage_ranking(incident, DEPTH)?,
                };
                for (article, score) in ranking {
                    let known = best.entry(article).or_insert(score);
                    *known = known.max(score);
                }
            }
            if reading.incidents.is_empty() {
                best.extend(led_to(searcher, &reading, options, unit)?);
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

/// Where the check flows lead from a screen of values, which is no incident: the first link first.
fn led_to(
    searcher: &Searcher,
    reading: &Reading,
    options: &ReadOptions,
    unit: Unit,
) -> Result<BTreeMap<String, f64>, IndexError> {
    let today = options.now.map(DateTime::date).unwrap_or_default();
    let mut search = AnswerOptions::on(today).with_limit(1);
    search.now = options.now;
    let answer = searcher.answer(reading, &search)?;
    let mut led_to = BTreeMap::new();
    for (place, (link, remedy)) in answer.reached.iter().enumerate() {
        let name = match unit {
            Unit::Article => remedy.id.clone(),
            Unit::Passage => {
                format!("{}#{}", remedy.id, link.anchor.as_deref().unwrap_or_default())
            }
        };
        led_to.entry(name).or_insert(1.0 / (place as f64 + 1.0));
    }
    Ok(led_to)
}

/// The judged ids that no article, or no passage of its article, has: `query` and id, in order.
/// Fails where the index cannot be read.
pub fn unknown_ids(
    searcher: &Searcher,
    judgements: &Judgements,
) -> Result<Vec<(String, String)>, IndexError> {
    let mut known = BTreeSet::new();
    for article in searcher.articles()? {
        // A run has no spaces in its ids.
        let id = article.id.replace(char::is_whitespace, "_");
        for anchor in searcher.anchors(&article.id)? {
            known.insert(format!("{id}#{anchor}").replace(char::is_whitespace, "_"));
        }
        known.insert(id);
    }
    let judged = judgements
        .0
        .iter()
        .flat_map(|(query, judged)| judged.keys().map(move |id| (query.clone(), id.clone())));
    Ok(judged.filter(|(_, id)| !known.contains(id)).collect())
}

/// An article that was found for a query, with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedRemedy {
    /// Its place in the ranking, from 1.
    pub rank: usize,
    /// Its grade; `None` where it is not judged.
    pub grade: Option<u32>,
    pub remedy: Remedy,
}

/// The best articles for each incident of one query, and below them every judged one that was found.
/// Fails where the index cannot be read.
pub fn show(
    searcher: &Searcher,
    query: &Query,
    judgements: &Judgements,
    reading: &ReadOptions,
    options: &AnswerOptions,
) -> Result<Vec<(String, Vec<RankedRemedy>)>, IndexError> {
    let grades = judgements.0.get(&query.id);
    let reading = record::read(None, query.text.as_bytes(), reading, searcher.vocabulary());
    let mut shown = Vec::new();
    for incident in &reading.incidents {
        let ranked = searcher.ranked(&reading, incident, options, DEPTH)?;
        let found = (1..).zip(ranked).map(|(rank, remedy)| {
            let grade = grades
                .and_then(|grades| {
                    grades.get(&remedy.passage_id).or_else(|| grades.get(&remedy.id))
                })
                .copied();
            RankedRemedy { rank, grade, remedy }
        });
        let found = found.filter(|found| found.rank <= SHOWN || found.grade.is_some());
        shown.push((incident.masked.clone(), found.collect()));
    }
    Ok(shown)
}
