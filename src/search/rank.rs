//! Scores the candidates: every kind of evidence in one unit, summed by one table of weights.
//!
//! 1. the words of the message in titles, headings and texts (BM25 over fields, per passage, and
//!    with the passages near it);
//! 2. the message aligned with the templates;
//! 3. codes, states and labels by their keys;
//! 4. for a question, what the passage is about as a whole;
//! 5. per article the best passage; articles by score, ties by the shorter passage, then by id; the best are narrowed to
//!    what one way to ask has.
//!
//! Sums run over terms, fields and passages in a fixed order, so that neither threads nor the
//! division into shards move a score.

use std::collections::BTreeSet;

use super::align::{Aligner, Alignment};
use super::asked::Asked;
use super::query::Query;
use super::retrieve::passage_scorer::{Parted, PassageScorer};
use super::retrieve::retriever::Candidates;
use super::retrieve::statistics::Statistics;
use super::scored::{
    AlignedTemplate, KeyEvidence, MessageEvidence, Scored, StatusEvidence, TextEvidence,
};
use super::weights::{LIKENESS, LIKENESS_OF_QUESTION};
use super::work::{EvidenceByPlace, Summed, Work, parts, sum_up, text_score};
use super::{coverage, one_way, pointer};
use crate::article::Role;
use crate::index::{Address, Field, Result, Snapshot};

/// Scores the candidates: the `depth` best, one an id, best first.
pub(super) fn rank(
    snapshot: &Snapshot,
    query: &Query,
    statistics: &Statistics<'_>,
    candidates: &Candidates,
    depth: usize,
) -> Result<Vec<Scored>> {
    let mut works: Vec<Work> = candidates
        .articles
        .iter()
        .map(|&address| Work {
            address,
            codes: EvidenceByPlace::default(),
            messages: EvidenceByPlace::default(),
            statuses: EvidenceByPlace::default(),
        })
        .collect();
    score_codes(snapshot, query, statistics, &mut works)?;
    score_messages(snapshot, query, candidates, &mut works)?;

    let articles = parted(snapshot, candidates, works.iter())?;
    let mut words = PassageScorer::new(query, statistics, &articles);
    let mut summed = Vec::with_capacity(works.len());
    for (place, (work, (article, parts))) in (0..).zip(works.into_iter().zip(&articles)) {
        summed.push(sum_up(query, work, article, parts, words.at(place, article), &[]));
    }
    let ahead =
        |a: &Summed, b: &Summed| b.score.total_cmp(&a.score).then_with(|| a.length.cmp(&b.length));
    summed.sort_by(ahead);
    if let Some(asked) = &query.asked {
        reconsider(snapshot, query, statistics, candidates, asked, &mut summed)?;
        summed.sort_by(ahead);
    }
    decode(snapshot, query, summed, depth)
}

/// The articles under consideration with the parts of them where the best passage may be.
fn parted<'s, 'w>(
    snapshot: &'s Snapshot,
    candidates: &Candidates,
    works: impl Iterator<Item = &'w Work>,
) -> Result<Vec<Parted<'s>>> {
    let part = |work: &Work| {
        let article = snapshot.extent(work.address)?;
        let parts = parts(work, &article, candidates);
        Ok((article, parts))
    };
    works.map(part).collect()
}

/// How many of the best articles are read for what a question asks for, and how many passages of each.
const RECONSIDERED: usize = 3;
/// How many they may be with their equals. Where more are level none of these is read: which of them is looked at must not
/// depend on where they are in the index.
const RECONSIDERED_WITH_EQUALS: usize = 12;
const READ_FOR_QUESTION: u32 = 64;

/// Chooses the passages of the best articles anew, by what the question asks for.
fn reconsider(
    snapshot: &Snapshot,
    query: &Query,
    statistics: &Statistics<'_>,
    candidates: &Candidates,
    asked: &Asked,
    summed: &mut Vec<Summed>,
) -> Result<()> {
    let level = summed.get(RECONSIDERED - 1).map(|last| (last.score, last.length));
    let of_level = |it: &Summed| Some((it.score, it.length)) == level;
    let equal = summed.iter().filter(|it| of_level(it)).count();
    let better = summed.iter().position(of_level).unwrap_or(summed.len());
    let all = if better + equal > RECONSIDERED_WITH_EQUALS { better } else { better + equal };
    let mut best: Vec<Summed> = summed.drain(..all).collect();
    // Lists are only followed onwards.
    best.sort_by_key(|it| it.work.address);
    let articles = parted(snapshot, candidates, best.iter().map(|it| &it.work))?;
    let mut words = PassageScorer::new(query, statistics, &articles);
    for (place, (Summed { work, score, .. }, (article, parts))) in
        (0..).zip(best.into_iter().zip(&articles))
    {
        let words = words.at(place, article);
        let address = work.address;
        let read = |place: u32| snapshot.passage(snapshot.place(address, place)?);
        let all = if article.passages <= READ_FOR_QUESTION { article.passages } else { 0 };
        let head = |place| snapshot.head(snapshot.place(address, place)?);
        let heads = (0..all).map(head).collect::<Result<Vec<_>, _>>()?;
        let title = crate::text::fold(&snapshot.article(address)?.title);
        let mut worth = asked.worth(query, &heads, read, &title, words.ground())?;
        // A title's words stand for all passages; the keywords beside it name what one of them is about.
        let is_keyword = |word: usize| {
            query.words.get(word).is_some_and(|term| !coverage::stands_in(term, &title))
        };
        let more = words.without_title(worth.len(), &query.weights, is_keyword);
        for ((worth, more), head) in worth.iter_mut().zip(more).zip(&heads) {
            // A passage that tells how a trouble shows has the words of whoever tells it, and no answer.
            *worth += if head.role == Role::Symptom { 0.0 } else { more };
        }
        // Words have chosen the article; what is asked for chooses within it.
        let chosen = sum_up(query, work, article, parts, words, &worth);
        // Of the articles that have the words, the one that tells just what is asked for is meant.
        let told = match heads.get(chosen.passage as usize) {
            Some(head) => asked.is_told(query, &title, head, || read(chosen.passage))?,
            None => false,
        };
        let score = score + if told { query.weights.asked } else { 0.0 };
        summed.push(Summed { score, ..chosen });
    }
    Ok(())
}

/// How many of the best articles are narrowed to one way to ask.
const NARROWED: usize = 16;

/// Reads the best articles, until `depth` have different ids. Equals are in order of id and path.
fn decode(
    snapshot: &Snapshot,
    query: &Query,
    summed: Vec<Summed>,
    depth: usize,
) -> Result<Vec<Scored>> {
    let mut best: Vec<Scored> = Vec::with_capacity(depth.min(summed.len()));
    let mut seen = BTreeSet::new();
    let mut rest = summed.into_iter().peekable();
    while let Some(first) = rest.next() {
        let level = (first.score, first.length);
        let mut equals = vec![finish(snapshot, query, first)?];
        while let Some(next) = rest.next_if(|next| (next.score, next.length) == level) {
            equals.push(finish(snapshot, query, next)?);
        }
        let name = |scored: &Scored| (scored.article.id.clone(), scored.article.path.clone());
        equals.sort_by_cached_key(name);
        // One remedy an article, even where two documents share an id.
        best.extend(equals.into_iter().filter(|scored| seen.insert(scored.article.id.clone())));
        if best.len() >= depth {
            break;
        }
    }
    // Release notes name everything and treat nothing, unless they were asked for by name.
    for scored in &mut best {
        if scored.article.release_note && !scored.is_named(query) {
            scored.score *= query.weights.release_note;
        }
    }
    for scored in best.iter_mut().take(NARROWED) {
        one_way::narrow(snapshot, query, scored)?;
    }
    pointer::follow(snapshot, query, &mut best)?;
    // The sort is stable: equals stay in order.
    best.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(best)
}

/// Notes which passages and articles hold one of the query's codes.
fn score_codes(
    snapshot: &Snapshot,
    query: &Query,
    statistics: &Statistics<'_>,
    works: &mut [Work],
) -> Result<()> {
    // The strongest come first, and hold their places.
    for (index, key) in query.code_keys.iter().enumerate() {
        let info = statistics.term(Field::Code, &key.key);
        let evidence = |own, score| KeyEvidence {
            key: index,
            score,
            own,
            kind: key.kind,
            relation: key.relation,
        };
        for work in works.iter_mut() {
            let Some(postings) = info.in_shard(work.address.shard) else { continue };
            if key.of_article > 0.0 && postings.articles().holds(work.address.number) {
                let stronger =
                    work.codes.of_article.as_ref().is_none_or(|known| known.score < key.of_article);
                if stronger {
                    work.codes.of_article = Some(evidence(false, key.of_article));
                }
            }
            let article = snapshot.extent(work.address)?;
            let passages = postings.passages();
            for number in passages.numbers().skip(passages.seek(0, article.first)) {
                let passage = number - article.first;
                if passage >= article.passages {
                    break;
                }
                work.codes.of_passages.entry(passage).or_insert(evidence(true, key.score));
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
) -> Result<()> {
    let w = &query.weights;
    let mut aligner = Aligner::default();
    let mut note = |address: Address, works: &mut [Work]| -> Result<()> {
        let article = snapshot.article_of_template(address)?;
        let Ok(place) = works.binary_search_by(|work| work.address.cmp(&article)) else {
            return Ok(());
        };
        let work = &mut works[place];
        let template = snapshot.template(address)?;
        let passage = template.passage;
        if candidates.labelled.contains(&address) {
            let written = template.written.to_owned();
            let status = StatusEvidence { score: w.status, written, declared: false };
            if template.of_article {
                work.statuses.of_article.get_or_insert(status);
            } else {
                work.statuses.of_passages.entry(passage).or_insert(status);
            }
        }
        let alignment = aligner.align(&query.message, &template.tokens);
        let likeness = likeness(&alignment, query, query.quotes(template.written));
        let Some((similarity, score)) = likeness else { return Ok(()) };
        let messages = &mut work.messages;
        let known = if template.of_article {
            messages.of_article.as_ref()
        } else {
            messages.of_passages.get(&passage)
        };
        if known.is_none_or(|known| known.score < score) {
            let template = AlignedTemplate::from(&template);
            let of_article = template.of_article;
            let evidence = MessageEvidence { alignment, similarity, score, template };
            if of_article {
                messages.of_article = Some(evidence);
            } else {
                messages.of_passages.insert(passage, evidence);
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
                work.statuses.of_article = Some(StatusEvidence { score, written, declared: true });
            }
        }
    }
    Ok(())
}

/// How alike both sides of an alignment are, in 0..=1, and its score: the weight in common, as far as it covers them.
fn likeness(alignment: &Alignment, query: &Query, is_quoted: bool) -> Option<(f64, f64)> {
    let w = &query.weights;
    if alignment.matched <= 0.0 || alignment.template <= 0.0 {
        return None;
    }
    let of_template = (alignment.covered / alignment.template).min(1.0);
    let of_message = alignment.matched
        / (alignment.inside + w.outside * alignment.outside).max(f64::MIN_POSITIVE);
    let similarity = 2.0 * of_template * of_message / (of_template + of_message);
    let similarity = if is_quoted { 1.0 } else { similarity };
    let power = if query.question { LIKENESS_OF_QUESTION } else { LIKENESS };
    let frame = if alignment.frame && query.documented { w.frame } else { 1.0 };
    let score = w.message * frame * alignment.mass * similarity.powf(power);
    Some((similarity, score))
}

/// Reads what is stored of an article, and says what its score rests on.
fn finish(snapshot: &Snapshot, query: &Query, summed: Summed) -> Result<Scored> {
    let Summed { work, passage, words, score, .. } = summed;
    let text_score = text_score(&words, &query.weights);
    let article = snapshot.article(work.address)?;
    let text = coverage::text_evidence(query, &article, words.found, text_score);
    Ok(Scored {
        address: work.address,
        passage,
        score,
        text,
        own_text: None,
        message: work.messages.at(passage, |it| it.score).cloned(),
        code: work.codes.at(passage, |it| it.score).cloned(),
        status: work.statuses.at(passage, |it| it.score).cloned(),
        pointer: None,
        article,
    })
}

/// An article by its remedy, with no evidence of words: for one that is known otherwise.
pub(super) fn unscored(snapshot: &Snapshot, address: Address) -> Result<Scored> {
    let article = snapshot.article(address)?;
    let mut passage = 0;
    for place in 0..article.passages.min(READ_FOR_QUESTION) {
        if snapshot.head(snapshot.place(address, place)?)?.instructs {
            passage = place;
            break;
        }
    }
    Ok(Scored {
        address,
        passage,
        score: 0.0,
        text: TextEvidence::default(),
        own_text: None,
        message: None,
        code: None,
        status: None,
        pointer: None,
        article,
    })
}
