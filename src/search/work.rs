//! An article under consideration, and which of its passages is the best.

use std::collections::BTreeMap;
use std::ops::Range;

use super::query::Query;
use super::rank::{KeyEvidence, MessageEvidence, StatusEvidence};
use super::retrieve::passage_scorer::{ArticleWords, NEAR, PassageWords};
use super::retrieve::retriever::Candidates;
use super::weights::Weights;
use crate::index::{Address, Extent};
use crate::text::nearness;

/// An article under consideration.
pub(super) struct Work {
    pub(super) address: Address,
    pub(super) codes: Codes,
    /// The best wording of each passage that has one.
    pub(super) messages: BTreeMap<u32, MessageEvidence>,
    pub(super) status: Option<StatusEvidence>,
}

/// Which of the query's codes an article has.
#[derive(Debug, Default)]
pub(super) struct Codes {
    /// For all of its passages.
    pub(super) of_article: Option<KeyEvidence>,
    /// In passages of its own.
    pub(super) of_passages: BTreeMap<u32, KeyEvidence>,
}

impl Codes {
    /// The code that counts in a passage: the one that is worth most, of equals the passage's own.
    pub(super) fn at(&self, passage: u32) -> Option<&KeyEvidence> {
        let both = self.of_article.iter().chain(self.of_passages.get(&passage));
        both.max_by(|a, b| a.score.total_cmp(&b.score))
    }
}

/// An article with what its best passage comes to, before anything that is stored of it is read.
pub(super) struct Summed {
    pub(super) work: Work,
    pub(super) passage: u32,
    /// How many words the passage has.
    pub(super) length: u32,
    pub(super) words: PassageWords,
    pub(super) score: f64,
}

/// Articles of up to so many passages are read whole.
const WHOLE: u32 = 64;

/// The parts of an article where its best passage may be, as ranges of its passages: of a long one, where a road
/// led to a passage, and what is near. What no road led to in thousands of rows is not the best of them.
pub(super) fn parts(work: &Work, article: &Extent<'_>, candidates: &Candidates) -> Vec<Range<u32>> {
    let whole = 0..article.passages;
    if article.passages <= WHOLE {
        return vec![whole];
    }
    let address = |number| Address { number, ..work.address };
    let end = article.first.saturating_add(article.passages);
    let proposed = candidates.passages.range(address(article.first)..address(end));
    let mut led_to: Vec<u32> = proposed.map(|passage| passage.number - article.first).collect();
    led_to.extend(work.codes.of_passages.keys());
    led_to.extend(work.messages.keys());
    led_to.sort_unstable();
    let parts = around(&led_to, article.passages);
    if parts.is_empty() { vec![whole] } else { parts }
}

/// Some passages, in order, and those near them; of `all` passages.
fn around(passages: &[u32], all: u32) -> Vec<Range<u32>> {
    let mut parts: Vec<Range<u32>> = Vec::new();
    for &passage in passages {
        let (start, end) =
            (passage.saturating_sub(NEAR), passage.saturating_add(NEAR + 1).min(all));
        match parts.last_mut() {
            Some(last) if start <= last.end => last.end = end.max(last.end),
            _ => parts.push(start..end),
        }
    }
    parts
}

/// Chooses the passage and sums up.
pub(super) fn sum_up(
    query: &Query,
    work: Work,
    article: &Extent<'_>,
    parts: &[Range<u32>],
    words: &ArticleWords,
) -> Summed {
    let w = &query.weights;
    let passage = best_passage(query, &work, article, parts, words);
    let words = words.at(passage, query.words.len());
    let meaning = meaning(query, article, passage);
    let message = best_message(&work).map_or(0.0, |message| message.score);
    let status = work.status.as_ref().map_or(0.0, |status| status.score);
    let code = work.codes.at(passage).map_or(0.0, |code| code.score);
    let score = text_score(&words, w) + meaning + code + message + status;
    Summed { length: length(article, passage), work, passage, words, score }
}

/// The words of the best passage, and of those near it.
pub(super) fn text_score(words: &PassageWords, w: &Weights) -> f64 {
    (1.0 - w.article) * words.score + w.article * words.around
}

pub(super) fn best_message(work: &Work) -> Option<&MessageEvidence> {
    work.messages.values().max_by(|a, b| {
        a.score.total_cmp(&b.score).then_with(|| b.template.passage.cmp(&a.template.passage))
    })
}

/// The passage that tells most; of those that tell as much one that has the code itself, and of these the
/// shortest: a row is more to the point than its table.
fn best_passage(
    query: &Query,
    work: &Work,
    article: &Extent<'_>,
    parts: &[Range<u32>],
    words: &ArticleWords,
) -> u32 {
    let mut telling: Vec<u32> = words.passages().to_vec();
    if query.meaning.is_some() {
        // Any passage may be about it.
        telling.extend(parts.iter().cloned().flatten());
    }
    telling.extend(work.codes.of_passages.keys());
    telling.extend(work.messages.keys());
    telling.sort_unstable();
    telling.dedup();
    let mut best = (f64::NEG_INFINITY, false, 0);
    for &passage in &telling {
        let message = work.messages.get(&passage).map_or(0.0, |message| message.score);
        let (code, own) =
            work.codes.at(passage).map_or((0.0, false), |code| (code.score, code.own));
        let total = words.sum(passage) + meaning(query, article, passage) + code + message;
        let more = (total, own) > (best.0, best.1);
        let level = (total, own) == (best.0, best.1);
        if more || level && length(article, passage) < length(article, best.2) {
            best = (total, own, passage);
        }
    }
    // All others come to what the title tells, and the codes of the article.
    let total = words.ground() + work.codes.of_article.as_ref().map_or(0.0, |code| code.score);
    if (total, false) < (best.0, best.1) {
        return best.2;
    }
    let others = (0..article.passages).filter(|passage| telling.binary_search(passage).is_err());
    let level = ((total, false) == (best.0, best.1)).then_some(best.2);
    if total <= 0.0 {
        return others.chain(level).min().unwrap_or(0);
    }
    let shortest = others.chain(level).min_by_key(|&passage| (length(article, passage), passage));
    shortest.unwrap_or(best.2)
}

/// What it is worth that a passage is about what a question is about.
fn meaning(query: &Query, article: &Extent<'_>, passage: u32) -> f64 {
    let number = article.first.saturating_add(passage) as usize;
    let asked = query.meaning.as_ref().zip(article.shard.meanings().get(number));
    asked.map_or(0.0, |(question, passage)| {
        query.weights.meaning * nearness(question, passage).max(0.0)
    })
}

/// How many words a passage has.
fn length(article: &Extent<'_>, passage: u32) -> u32 {
    let record = article.shard.passage_record(article.first.saturating_add(passage));
    record.map_or(u32::MAX, |record| record.words)
}

#[cfg(test)]
mod tests {
    use super::super::retrieve::passage_scorer::NEAR;
    use super::around;

    #[test]
    fn parts_are_in_order_and_apart() {
        let around = |passages: &[u32]| -> Vec<(u32, u32)> {
            around(passages, 1000).into_iter().map(|part| (part.start, part.end)).collect()
        };
        assert_eq!(around(&[]), []);
        assert_eq!(around(&[0]), [(0, NEAR + 1)]);
        assert_eq!(around(&[998, 999]), [(998 - NEAR, 1000)]);
        let next = 501 + 2 * NEAR;
        assert_eq!(around(&[500, next]), [(500 - NEAR, next + NEAR + 1)]);
        let (end, start) = (500 + NEAR + 1, next + 1 - NEAR);
        assert_eq!(around(&[500, next + 1]), [(500 - NEAR, end), (start, next + NEAR + 2)]);
    }
}
