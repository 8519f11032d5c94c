//! Scores the candidates: every kind of evidence in one unit, summed by one table of weights.
//!
//! 1. the words of the message in titles, headings and texts (BM25 over fields, per passage, and
//!    with the passages near it);
//! 2. the message aligned with the templates;
//! 3. codes, states and labels by their keys;
//! 4. per article the best passage; articles by score, ties by the shorter passage, then by id.
//!
//! Sums run over terms, fields and passages in a fixed order, so that neither threads nor the
//! division into shards move a score.

use std::collections::BTreeMap;

use super::align::{Aligner, Alignment};
use super::candidates::Candidates;
use super::query::Query;
use super::statistics::Statistics;
use super::weights::Weights;
use super::words;
use crate::facts::Relation;
use crate::index::{
    Address, IndexError, Snapshot, Space, StoredArticle, StoredPassage, StoredTemplate,
};

/// How far apart two passages of an article may stand to be about one thing, in passages.
const NEAR: u32 = 4;

/// What an article's rank rests on.
#[derive(Debug, Clone)]
pub(super) struct Scored {
    pub(super) address: Address,
    pub(super) article: StoredArticle,
    /// The best passage, as its place among the article's passages.
    pub(super) passage: u32,
    pub(super) score: f64,
    pub(super) text: TextEvidence,
    pub(super) message: Option<MessageEvidence>,
    pub(super) code: Option<KeyEvidence>,
    pub(super) status: Option<StatusEvidence>,
}

/// How far the words reach.
#[derive(Debug, Clone, Default)]
pub(super) struct TextEvidence {
    /// The best passage's sum, with the title.
    pub(super) score: f64,
    /// The weight of the found words that merely name the article's product.
    pub(super) product: f64,
    /// The share of the query's weight, without the name of the article's product, that the passage and
    /// the title hold, in 0..=1.
    pub(super) coverage: f64,
    /// The share of the weight of all words but the codes that the passage lacks, in 0..=1; 0 where the
    /// message is nothing but a code.
    pub(super) missed_beside_codes: f64,
    /// The terms that were found, as places in the query's words, weightiest first.
    pub(super) words: Vec<usize>,
}

/// The best template.
#[derive(Debug, Clone)]
pub(super) struct MessageEvidence {
    pub(super) alignment: Alignment,
    /// Coverage of both sides, in 0..=1.
    pub(super) similarity: f64,
    pub(super) score: f64,
    pub(super) template: StoredTemplate,
}

/// The best code.
#[derive(Debug, Clone)]
pub(super) struct KeyEvidence {
    /// The place among the query's code keys.
    pub(super) key: usize,
    pub(super) score: f64,
    /// Whether the passage itself has the code, rather than the article for all of its passages.
    own: bool,
}

/// A state or label that matches whole.
#[derive(Debug, Clone)]
pub(super) struct StatusEvidence {
    pub(super) score: f64,
    pub(super) written: String,
    /// Whether the article declares the state as its own.
    pub(super) declared: bool,
}

/// An article under consideration, with its sums.
pub(super) struct Work {
    pub(super) address: Address,
    pub(super) article: StoredArticle,
    /// The number, in its shard, of its first passage.
    pub(super) first: u32,
    /// Per passage, by the words of the query.
    pub(super) words: Vec<PassageWords>,
    /// What each term comes to in each passage, term by term.
    pub(super) shares: Vec<Share>,
    codes: Vec<Option<KeyEvidence>>,
    messages: BTreeMap<u32, MessageEvidence>,
    status: Option<StatusEvidence>,
}

/// What one term of the query comes to in one passage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) term: u32,
    pub(super) passage: u32,
    pub(super) score: f64,
}

impl Work {
    /// Around a passage: of each term the best of the passages near it. A log's words may stand in the
    /// table of messages and the remedy below it; what stands far away is about something else, and a release
    /// history of a thousand passages holds every word somewhere.
    fn around(&self, passage: u32) -> f64 {
        let near = |share: &&Share| share.passage.abs_diff(passage) <= NEAR;
        let terms = self.shares.chunk_by(|one, other| one.term == other.term);
        terms.map(|shares| shares.iter().filter(near).map(|it| it.score).fold(0.0, f64::max)).sum()
    }
}

/// What the words of the query come to in one passage.
#[derive(Debug, Clone, Default)]
pub(super) struct PassageWords {
    /// The sum over words and bigrams.
    pub(super) score: f64,
    /// The weight of the words that the passage or the title holds.
    pub(super) held: f64,
    /// Those words, as places in the query's words.
    pub(super) found: Vec<u32>,
}

/// Scores the candidates, best first.
pub(super) fn rank(
    snapshot: &Snapshot,
    query: &Query,
    statistics: &Statistics<'_>,
    candidates: &Candidates,
) -> Result<Vec<Scored>, IndexError> {
    let mut works = Vec::with_capacity(candidates.articles.len());
    for &address in &candidates.articles {
        let article = snapshot.article(address)?;
        let passages = article.passages as usize;
        works.push(Work {
            address,
            first: snapshot.first_passage(address)?,
            words: vec![PassageWords::default(); passages.max(1)],
            shares: Vec::new(),
            codes: vec![None; passages.max(1)],
            messages: BTreeMap::new(),
            status: None,
            article,
        });
    }
    words::score(snapshot, query, statistics, &mut works);
    score_codes(query, statistics, &mut works);
    score_messages(snapshot, query, candidates, &mut works)?;

    let mass: f64 = query.words.iter().map(|term| term.score).sum::<f64>().max(f64::MIN_POSITIVE);
    let mut scored = Vec::with_capacity(works.len());
    for work in works {
        scored.push(finish(snapshot, query, work, mass)?);
    }
    scored.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| passage_length(snapshot, a).cmp(&passage_length(snapshot, b)))
            .then_with(|| a.article.id.cmp(&b.article.id))
            .then_with(|| a.article.path.cmp(&b.article.path))
    });
    Ok(scored)
}

/// Notes which passages and articles hold one of the query's codes.
fn score_codes(query: &Query, statistics: &Statistics<'_>, works: &mut [Work]) {
    for (index, key) in query.code_keys.iter().enumerate() {
        let places = statistics.places(Space::Code, &key.key);
        let evidence = |own| KeyEvidence { key: index, score: key.score, own };
        let better = |known: &Option<KeyEvidence>, own| {
            known.as_ref().is_none_or(|known| (known.score, known.own) < (key.score, own))
        };
        for work in works.iter_mut() {
            let Some(holders) = places.in_shard(work.address.shard) else { continue };
            let of_article = holders.articles.from(work.address.number).iter().next();
            if of_article.is_some_and(|posting| posting.number() == work.address.number) {
                // The article names the code for all of its passages.
                for known in work.codes.iter_mut().filter(|known| better(known, false)) {
                    *known = Some(evidence(false));
                }
            }
            for posting in holders.passages.from(work.first).iter() {
                let place = (posting.number() - work.first) as usize;
                let Some(known) = work.codes.get_mut(place) else { break };
                if better(known, true) {
                    *known = Some(evidence(true));
                }
            }
        }
    }
}

/// Aligns the message with the candidate templates, and notes labels that match whole.
fn score_messages(
    snapshot: &Snapshot,
    query: &Query,
    candidates: &Candidates,
    works: &mut [Work],
) -> Result<(), IndexError> {
    let w = &query.weights;
    let mut aligner = Aligner::default();
    let mut note = |address: Address, works: &mut [Work]| -> Result<(), IndexError> {
        let article = snapshot.article_of_template(address)?;
        let Ok(place) = works.binary_search_by(|work| work.address.cmp(&article)) else {
            return Ok(());
        };
        let work = &mut works[place];
        let template = snapshot.template(address)?;
        if candidates.labelled.contains(&address) {
            let better = work.status.as_ref().is_none_or(|known| known.score < w.status);
            if better {
                work.status = Some(StatusEvidence {
                    score: w.status,
                    written: template.written.clone(),
                    declared: false,
                });
            }
        }
        let alignment = aligner.align(&query.message, &template.tokens);
        let passage = template.passage;
        let code = work
            .codes
            .get(passage as usize)
            .and_then(|code| query.code_keys.get(code.as_ref()?.key));
        let agrees = code.is_some_and(|code| code.relation == Some(Relation::Exact));
        if let Some(evidence) = message_evidence(alignment, template, agrees, w) {
            let known = work.messages.get(&passage);
            if known.is_none_or(|known| known.score < evidence.score) {
                work.messages.insert(passage, evidence);
            }
        }
        Ok(())
    };
    for &address in &candidates.templates {
        note(address, works)?;
    }
    for work in works {
        if candidates.declaring.contains(&work.address) {
            let status = work
                .article
                .statuses
                .iter()
                .find(|status| query.labels.binary_search(&crate::text::fold(status)).is_ok());
            if let Some(status) = status {
                work.status = Some(StatusEvidence {
                    score: w.status_declared,
                    written: status.clone(),
                    declared: true,
                });
            }
        }
    }
    Ok(())
}

/// What an alignment is worth: the weight in common, as far as it covers both sides. What it does not cover
/// costs less where the passage has the log's code, too.
fn message_evidence(
    alignment: Alignment,
    template: StoredTemplate,
    code_agrees: bool,
    w: &Weights,
) -> Option<MessageEvidence> {
    if alignment.matched <= 0.0 || alignment.template <= 0.0 {
        return None;
    }
    let of_template = (alignment.covered / alignment.template).min(1.0);
    let of_message = alignment.matched
        / (alignment.inside + w.outside * alignment.outside).max(f64::MIN_POSITIVE);
    let similarity = 2.0 * of_template * of_message / (of_template + of_message);
    let power = if code_agrees { 2.0 - w.agreement } else { 2.0 };
    let score = w.message * alignment.mass * similarity.powf(power);
    Some(MessageEvidence { alignment, similarity, score, template })
}

/// Chooses the passage and sums up.
fn finish(snapshot: &Snapshot, query: &Query, work: Work, mass: f64) -> Result<Scored, IndexError> {
    let w = &query.weights;
    let best_message = work.messages.values().max_by(|a, b| {
        a.score.total_cmp(&b.score).then_with(|| b.template.passage.cmp(&a.template.passage))
    });
    let message_score = best_message.map_or(0.0, |message| message.score);
    let status_score = work.status.as_ref().map_or(0.0, |status| status.score);

    let passage = best_passage(snapshot, &work);
    let place = passage as usize;
    let code = work.codes[place].clone();
    let text_score = (1.0 - w.article) * work.words[place].score + w.article * work.around(passage);
    let score =
        text_score + code.as_ref().map_or(0.0, |code| code.score) + message_score + status_score;
    let mut words: Vec<usize> = work.words[place].found.iter().map(|&word| word as usize).collect();
    words.sort_by(|&a, &b| {
        query.words[b].score.total_cmp(&query.words[a].score).then_with(|| a.cmp(&b))
    });
    let product = product_mass(query, &work, place);
    let coverage = (work.words[place].held - product) / (mass - product).max(f64::MIN_POSITIVE);
    let text = TextEvidence {
        score: text_score,
        product,
        coverage: coverage.clamp(0.0, 1.0),
        missed_beside_codes: missed_beside_codes(query, &work.words[place]),
        words,
    };
    Ok(Scored {
        address: work.address,
        passage,
        score,
        text,
        message: best_message.cloned(),
        code,
        status: work.status,
        article: work.article,
    })
}

/// The weight of the words in a passage that name the article's product: they say where, not what.
fn product_mass(query: &Query, work: &Work, place: usize) -> f64 {
    let Some(product) = &work.article.product else { return 0.0 };
    let product = crate::text::fold(product);
    let found = work.words[place].found.iter().filter_map(|&word| query.words.get(word as usize));
    found.filter(|term| product.contains(&term.text)).map(|term| term.score).sum()
}

/// The passage that tells most; of those that tell as much one that has the code itself, and of these the
/// shortest: a row is more to the point than its table.
fn best_passage(snapshot: &Snapshot, work: &Work) -> u32 {
    let length = |passage| words_of(snapshot, work.address.shard, work.first + passage);
    let mut best = (f64::NEG_INFINITY, false, 0);
    for (passage, (words, code)) in (0..).zip(work.words.iter().zip(&work.codes)) {
        let message = work.messages.get(&passage).map_or(0.0, |message| message.score);
        let (code, own) = code.as_ref().map_or((0.0, false), |code| (code.score, code.own));
        let total = words.score + code + message;
        let more = (total, own) > (best.0, best.1);
        let level = (total, own) == (best.0, best.1) && total > 0.0;
        if more || level && length(passage) < length(best.2) {
            best = (total, own, passage);
        }
    }
    best.2
}

/// How many words the best passage of a scored article has.
fn passage_length(snapshot: &Snapshot, scored: &Scored) -> u32 {
    let first = snapshot.first_passage(scored.address).unwrap_or(u32::MAX);
    words_of(snapshot, scored.address.shard, first.saturating_add(scored.passage))
}

/// How many words a passage has, by its number in its shard.
fn words_of(snapshot: &Snapshot, shard: u32, passage: u32) -> u32 {
    let shard = snapshot.shards().get(shard as usize);
    let record = shard.and_then(|shard| shard.passage_record(passage));
    record.map_or(u32::MAX, |record| record.words)
}

/// The share of the words beside the codes that the passage lacks: a table of three hundred codes holds any
/// word in some row.
fn missed_beside_codes(query: &Query, passage: &PassageWords) -> f64 {
    let beside = query
        .words
        .iter()
        .enumerate()
        .filter(|(_, term)| !term.code && term.weight >= query.weights.part);
    let (mut all, mut missed) = (0.0, 0.0);
    for (index, term) in beside {
        all += term.score;
        let held = passage.found.contains(&(index as u32));
        missed += if held { 0.0 } else { term.score };
    }
    if all > 0.0 { missed / all } else { 0.0 }
}

/// The best passage of a scored article.
pub(super) fn passage(snapshot: &Snapshot, scored: &Scored) -> Result<StoredPassage, IndexError> {
    let number = snapshot.first_passage(scored.address)? + scored.passage;
    snapshot.passage(Address { number, ..scored.address })
}

/// How far from the documented wording its remedy is looked for, in passages.
const REMEDY_WITHIN: usize = 40;

/// The passage to show: the one that scored best, or, where that one documents the wording without
/// telling what to do, the next one of the article that does.
pub(super) fn shown(snapshot: &Snapshot, scored: &Scored) -> Result<StoredPassage, IndexError> {
    let first = snapshot.first_passage(scored.address)?;
    let address = |place: u32| Address { number: first + place, ..scored.address };
    let best = scored.passage;
    let documents = scored.message.as_ref().is_some_and(|message| message.template.passage == best);
    if documents && !snapshot.is_remedial(address(best))? {
        let behind = best + 1..scored.article.passages;
        for place in behind.chain(0..best).take(REMEDY_WITHIN) {
            if snapshot.is_remedial(address(place))? {
                return snapshot.passage(address(place));
            }
        }
    }
    snapshot.passage(address(best))
}
