//! Scores the candidates: every kind of evidence in one unit, summed by one table of weights.
//!
//! 1. the words of the message in titles, headings and texts (BM25 over fields, per passage, and
//!    with the passages near it);
//! 2. the message aligned with the templates;
//! 3. codes, states and labels by their keys;
//! 4. for a question, what the passage is about as a whole;
//! 5. per article the best passage; articles by score, ties by the shorter passage, then by id.
//!
//! Sums run over terms, fields and passages in a fixed order, so that neither threads nor the
//! division into shards move a score.

use std::collections::{BTreeMap, BTreeSet};

use super::align::{Aligner, Alignment};
use super::query::Query;
use super::retrieve::passage_scorer::PassageScorer;
use super::retrieve::retriever::Candidates;
use super::retrieve::statistics::Statistics;
use super::work::{Codes, Summed, Work, best_message, parts, sum_up, text_score};
use crate::facts::Relation;
use crate::index::{
    Address, IndexError, Snapshot, Space, StoredArticle, StoredPassage, StoredTemplate,
};

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
    pub(super) own: bool,
}

/// A state or label that matches whole.
#[derive(Debug, Clone)]
pub(super) struct StatusEvidence {
    pub(super) score: f64,
    pub(super) written: String,
    /// Whether the article declares the state as its own.
    pub(super) declared: bool,
}

/// Scores the candidates: the `depth` best, one an id, best first.
pub(super) fn rank(
    snapshot: &Snapshot,
    query: &Query,
    statistics: &Statistics<'_>,
    candidates: &Candidates,
    depth: usize,
) -> Result<Vec<Scored>, IndexError> {
    let mut works: Vec<Work> = candidates
        .articles
        .iter()
        .map(|&address| Work {
            address,
            codes: Codes::default(),
            messages: BTreeMap::new(),
            status: None,
        })
        .collect();
    score_codes(snapshot, query, statistics, &mut works)?;
    score_messages(snapshot, query, candidates, &mut works)?;

    let mut words = PassageScorer::new(query, statistics);
    let mut summed = Vec::with_capacity(works.len());
    for work in works {
        let article = snapshot.extent(work.address)?;
        let parts = parts(&work, &article, candidates);
        let words = words.read(&article, &parts);
        summed.push(sum_up(query, work, &article, &parts, words));
    }
    let ahead =
        |a: &Summed, b: &Summed| b.score.total_cmp(&a.score).then_with(|| a.length.cmp(&b.length));
    summed.sort_by(ahead);
    decode(snapshot, query, summed, depth)
}

/// Reads what is stored of the best articles, until there are `depth` with different ids. Equals are in order of
/// id and path.
fn decode(
    snapshot: &Snapshot,
    query: &Query,
    summed: Vec<Summed>,
    depth: usize,
) -> Result<Vec<Scored>, IndexError> {
    let mass: f64 = query.words.iter().map(|term| term.score).sum::<f64>().max(f64::MIN_POSITIVE);
    let mut best: Vec<Scored> = Vec::with_capacity(depth.min(summed.len()));
    let mut seen = BTreeSet::new();
    let mut rest = summed.into_iter().peekable();
    while let Some(first) = rest.next() {
        let level = (first.score, first.length);
        let mut equals = vec![finish(snapshot, query, first, mass)?];
        while let Some(next) = rest.next_if(|next| (next.score, next.length) == level) {
            equals.push(finish(snapshot, query, next, mass)?);
        }
        let name = |scored: &Scored| (scored.article.id.clone(), scored.article.path.clone());
        equals.sort_by_cached_key(name);
        // One remedy an article, even where two documents share an id.
        best.extend(equals.into_iter().filter(|scored| seen.insert(scored.article.id.clone())));
        if best.len() >= depth {
            break;
        }
    }
    Ok(best)
}

/// Notes which passages and articles hold one of the query's codes.
fn score_codes(
    snapshot: &Snapshot,
    query: &Query,
    statistics: &Statistics<'_>,
    works: &mut [Work],
) -> Result<(), IndexError> {
    // The strongest come first, and hold their places.
    for (index, key) in query.code_keys.iter().enumerate() {
        let places = statistics.places(Space::Code, &key.key);
        let evidence = |own| KeyEvidence { key: index, score: key.score, own };
        for work in works.iter_mut() {
            let Some(holders) = places.in_shard(work.address.shard) else { continue };
            if holders.articles.of(work.address.number).is_some() {
                work.codes.of_article.get_or_insert(evidence(false));
            }
            let article = snapshot.extent(work.address)?;
            for posting in holders.passages.from(article.first).iter() {
                let passage = posting.number() - article.first;
                if passage >= article.passages {
                    break;
                }
                work.codes.of_passages.entry(passage).or_insert(evidence(true));
            }
        }
    }
    Ok(())
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
        let code = work.codes.at(passage).and_then(|code| query.code_keys.get(code.key));
        let agrees = code.is_some_and(|code| code.relation == Some(Relation::Exact));
        if let Some(evidence) = message_evidence(alignment, template, agrees, query) {
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
            let mut statuses = snapshot.article(work.address)?.statuses.into_iter();
            let asked =
                |status: &String| query.labels.binary_search(&crate::text::fold(status)).is_ok();
            if let Some(written) = statuses.find(asked) {
                let score = w.status_declared;
                work.status = Some(StatusEvidence { score, written, declared: true });
            }
        }
    }
    Ok(())
}

/// The power of its similarity that a wording counts by.
const LIKENESS: f64 = 2.0;
/// The same for a question: who asks quotes a wording or does not, and half a wording is words in common.
const LIKENESS_OF_QUESTION: f64 = 3.0;

/// What an alignment is worth: the weight in common, as far as it covers both sides. What it does not cover
/// costs less where the passage has the log's code, too.
fn message_evidence(
    alignment: Alignment,
    template: StoredTemplate,
    code_agrees: bool,
    query: &Query,
) -> Option<MessageEvidence> {
    let w = &query.weights;
    if alignment.matched <= 0.0 || alignment.template <= 0.0 {
        return None;
    }
    let of_template = (alignment.covered / alignment.template).min(1.0);
    let of_message = alignment.matched
        / (alignment.inside + w.outside * alignment.outside).max(f64::MIN_POSITIVE);
    let similarity = 2.0 * of_template * of_message / (of_template + of_message);
    let power = if query.question { LIKENESS_OF_QUESTION } else { LIKENESS };
    let power = power - if code_agrees { w.agreement } else { 0.0 };
    let score = w.message * alignment.mass * similarity.powf(power);
    Some(MessageEvidence { alignment, similarity, score, template })
}

/// Reads what is stored of an article, and says what its score rests on.
fn finish(
    snapshot: &Snapshot,
    query: &Query,
    summed: Summed,
    mass: f64,
) -> Result<Scored, IndexError> {
    let Summed { work, passage, words, score, .. } = summed;
    let article = snapshot.article(work.address)?;
    let mut found: Vec<usize> = words.found.iter().map(|&word| word as usize).collect();
    found.sort_by(|&a, &b| {
        query.words[b].score.total_cmp(&query.words[a].score).then_with(|| a.cmp(&b))
    });
    let product = product_mass(query, &article, &found);
    let coverage = (words.held - product) / (mass - product).max(f64::MIN_POSITIVE);
    let text = TextEvidence {
        score: text_score(&words, &query.weights),
        product,
        coverage: coverage.clamp(0.0, 1.0),
        missed_beside_codes: missed_beside_codes(query, &found),
        words: found,
    };
    Ok(Scored {
        address: work.address,
        passage,
        score,
        text,
        message: best_message(&work).cloned(),
        code: work.codes.at(passage).cloned(),
        status: work.status,
        article,
    })
}

/// The weight of the found words that name the article's product: they say where, not what.
fn product_mass(query: &Query, article: &StoredArticle, found: &[usize]) -> f64 {
    let Some(product) = &article.product else { return 0.0 };
    let product = crate::text::fold(product);
    let found = found.iter().filter_map(|&word| query.words.get(word));
    found.filter(|term| product.contains(&term.text)).map(|term| term.score).sum()
}

/// The share of the words beside the codes that the passage lacks: a table of three hundred codes holds any
/// word in some row.
fn missed_beside_codes(query: &Query, found: &[usize]) -> f64 {
    let beside = query
        .words
        .iter()
        .enumerate()
        .filter(|(_, term)| !term.code && term.weight >= query.weights.part);
    let (mut all, mut missed) = (0.0, 0.0);
    for (index, term) in beside {
        all += term.score;
        let held = found.contains(&index);
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
