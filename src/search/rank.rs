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

use std::collections::BTreeSet;

use super::align::{Aligner, Alignment};
use super::asked::Asked;
use super::pointer;
use super::query::Query;
use super::retrieve::passage_scorer::{Parted, PassageScorer};
use super::retrieve::retriever::Candidates;
use super::retrieve::statistics::Statistics;
use super::scored::{
    AlignedTemplate, KeyEvidence, MessageEvidence, Scored, StatusEvidence, TextEvidence,
};
use super::term::QueryTerm;
use super::things::Thing;
use super::work::{Held, Summed, Work, parts, sum_up, text_score};
use crate::article::Role;
use crate::index::{Address, Field, IndexError, Snapshot, StoredArticle, StoredPassage};

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
            codes: Held::default(),
            messages: Held::default(),
            statuses: Held::default(),
        })
        .collect();
    score_codes(snapshot, query, statistics, &mut works)?;
    score_messages(snapshot, query, candidates, &mut works)?;

    let articles = parted(snapshot, candidates, works.iter())?;
    let mut words = PassageScorer::new(query, statistics, &articles);
    let mut summed = Vec::with_capacity(works.len());
    for (place, (work, (article, parts))) in (0..).zip(works.into_iter().zip(&articles)) {
        let words = words.at(place, article);
        summed.push(sum_up(query, work, article, parts, words, &[]));
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
) -> Result<Vec<Parted<'s>>, IndexError> {
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
) -> Result<(), IndexError> {
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
        let passages: Vec<StoredPassage> = snapshot
            .passages_of(work.address)?
            .take_while(|_| article.passages <= READ_FOR_QUESTION)
            .collect::<Result<_, _>>()?;
        let title = crate::text::fold(&snapshot.article(work.address)?.title);
        let mut worth = asked.worth(query, &passages, &title, words.ground());
        // A title's words stand for all passages; the keywords beside it name what one of them is about.
        let is_keyword =
            |word: usize| query.words.get(word).is_some_and(|term| !stands_in(term, &title));
        let more = words.without_title(worth.len(), &query.weights, is_keyword);
        for ((worth, more), passage) in worth.iter_mut().zip(more).zip(&passages) {
            // A passage that tells how a trouble shows has the words of whoever tells it, and no answer.
            *worth += if passage.role == Role::Symptom { 0.0 } else { more };
        }
        // Words have chosen the article; what is asked for chooses within it.
        let chosen = sum_up(query, work, article, parts, words, &worth);
        // Of the articles that have the words, the one that tells just what is asked for is meant.
        let told = passages.get(chosen.passage as usize);
        let told = told.is_some_and(|it| asked.is_told(query, &title, it));
        let score = score + if told { query.weights.asked } else { 0.0 };
        summed.push(Summed { score, ..chosen });
    }
    Ok(())
}

/// Whether a word is in a folded text, as it is or by what means the same.
fn stands_in(term: &QueryTerm, text: &str) -> bool {
    let same = |terms: &[String]| terms.iter().all(|it| text.contains(it.as_str()));
    text.contains(&crate::text::fold(&term.written))
        || text.contains(&term.text)
        || term.alternatives.iter().any(|it| same(&it.terms))
}

/// Reads what is stored of the best articles, until there are `depth` with different ids. Equals are in order of
/// id and path.
fn decode(
    snapshot: &Snapshot,
    query: &Query,
    summed: Vec<Summed>,
    depth: usize,
) -> Result<Vec<Scored>, IndexError> {
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
) -> Result<(), IndexError> {
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
            if key.of_article > 0.0 && postings.articles.of(work.address.number).is_some() {
                let stronger =
                    work.codes.of_article.as_ref().is_none_or(|known| known.score < key.of_article);
                if stronger {
                    work.codes.of_article = Some(evidence(false, key.of_article));
                }
            }
            let article = snapshot.extent(work.address)?;
            for posting in postings.passages.from(article.first).iter() {
                let passage = posting.number() - article.first;
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
        let Some((similarity, score)) = likeness(&alignment, query) else { return Ok(()) };
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
                let status = StatusEvidence { score, written, declared: true };
                work.statuses.of_article = Some(status);
            }
        }
    }
    Ok(())
}

/// The power of its similarity that a wording counts by.
const LIKENESS: f64 = 2.0;
/// The same for a question: who asks quotes a wording or does not, and half a wording is words in common.
const LIKENESS_OF_QUESTION: f64 = 3.0;

/// How alike both sides of an alignment are, in 0..=1, and its score: the weight in common, as far as it covers them.
fn likeness(alignment: &Alignment, query: &Query) -> Option<(f64, f64)> {
    let w = &query.weights;
    if alignment.matched <= 0.0 || alignment.template <= 0.0 {
        return None;
    }
    let of_template = (alignment.covered / alignment.template).min(1.0);
    let of_message = alignment.matched
        / (alignment.inside + w.outside * alignment.outside).max(f64::MIN_POSITIVE);
    let similarity = 2.0 * of_template * of_message / (of_template + of_message);
    let power = if query.question { LIKENESS_OF_QUESTION } else { LIKENESS };
    let frame = if alignment.frame && query.documented { w.frame } else { 1.0 };
    let score = w.message * frame * alignment.mass * similarity.powf(power);
    Some((similarity, score))
}

/// Reads what is stored of an article, and says what its score rests on.
fn finish(snapshot: &Snapshot, query: &Query, summed: Summed) -> Result<Scored, IndexError> {
    let Summed { work, passage, words, score, .. } = summed;
    let article = snapshot.article(work.address)?;
    let mut found: Vec<usize> = words.found.iter().map(|&(word, _)| word as usize).collect();
    found.sort_by(|&a, &b| {
        query.words[b].score.total_cmp(&query.words[a].score).then_with(|| a.cmp(&b))
    });
    let product = product_mass(query, &article, &found);
    let Coverage { coverage, quoted, misses_thing, misses_verb } =
        coverage(query, &article, &words.found);
    let text = TextEvidence {
        score: text_score(&words, &query.weights),
        product,
        coverage,
        quoted,
        misses_thing,
        misses_verb,
        missed_beside_codes: missed_beside_codes(query, &found),
        words: found,
    };
    Ok(Scored {
        address: work.address,
        passage,
        score,
        text,
        message: work.messages.at(passage, |it| it.score).cloned(),
        code: work.codes.at(passage, |it| it.score).cloned(),
        status: work.statuses.at(passage, |it| it.score).cloned(),
        pointer: None,
        article,
    })
}

/// An article by its remedy, with no evidence of words: for one that is known otherwise.
pub(super) fn unscored(snapshot: &Snapshot, address: Address) -> Result<Scored, IndexError> {
    let article = snapshot.article(address)?;
    let mut passage = 0;
    for place in 0..article.passages.min(READ_FOR_QUESTION) {
        if snapshot.passage(snapshot.place(address, place)?)?.instructs {
            passage = place;
            break;
        }
    }
    Ok(Scored {
        address,
        passage,
        score: 0.0,
        text: TextEvidence::default(),
        message: None,
        code: None,
        status: None,
        pointer: None,
        article,
    })
}

/// Less than this many nats are no words.
const LEAST_MASS: f64 = 0.5;
/// A sentence that tells this much, in nats, may be what is asked; the others are the story around it.
const SENTENCE_TELLS: f64 = 10.0;
/// A thing that tells less, in nats, may go by another name.
const THING_TELLS: f64 = 3.0;
/// A thing is there where half of it is: neighbours in meaning bring less.
const THING_HELD: f64 = 0.5;

/// How much of a question a passage and its title hold.
struct Coverage {
    /// The share of what is asked, in 0..=1: of the sentence that they hold most of.
    coverage: f64,
    /// The share of what is quoted; `None` where nothing is.
    quoted: Option<f64>,
    misses_thing: bool,
    misses_verb: bool,
}

/// The shares of a question that a passage and its title hold. Words of any question, and the name of the console, are no
/// part of it.
fn coverage(query: &Query, article: &StoredArticle, found: &[(u32, f64)]) -> Coverage {
    let product = article.product.as_deref().map(crate::text::fold).unwrap_or_default();
    let tells = |term: &QueryTerm| {
        let named = !product.is_empty() && product.contains(&term.text);
        !term.generic && !named
    };
    let weigh = |words: &mut dyn Iterator<Item = usize>, counts: &dyn Fn(&QueryTerm) -> bool| {
        let (mut all, mut held) = (0.0, 0.0);
        for word in words {
            let Some(term) = query.words.get(word).filter(|term| counts(term)) else { continue };
            all += term.score;
            let place = found.binary_search_by_key(&word, |&(found, _)| found as usize);
            held += place.ok().and_then(|place| found.get(place)).map_or(0.0, |&(_, held)| held);
        }
        (all, held)
    };
    let share = |words: &mut dyn Iterator<Item = usize>, least: f64| {
        let (all, held) = weigh(words, &tells);
        if all > least { (held / all).clamp(0.0, 1.0) } else { 0.0 }
    };
    let whole = share(&mut (0..query.words.len()), LEAST_MASS);
    let sentences = query.sentences.iter();
    let coverage =
        sentences.map(|it| share(&mut it.iter().copied(), SENTENCE_TELLS)).fold(whole, f64::max);
    let quoted = query.quoted.as_ref().map(|it| share(&mut it.iter().copied(), LEAST_MASS));
    // 連絡先 is a thing; 連絡 alone occurs in any question.
    let lacks = |words: &[usize]| {
        let (all, held) = weigh(&mut words.iter().copied(), &|_| true);
        let (telling, _) = weigh(&mut words.iter().copied(), &tells);
        telling >= THING_TELLS && held < THING_HELD * all
    };
    let misses = |thing: &Thing| lacks(&thing.words) || lacks(thing.head.as_slice());
    let misses_thing = query.things.iter().any(misses);
    let misses_verb = lacks(query.wished_verb.as_slice());
    Coverage { coverage, quoted, misses_thing, misses_verb }
}

/// The weight of the found words that name the article's product: they say where, not what.
fn product_mass(query: &Query, article: &StoredArticle, found: &[usize]) -> f64 {
    let Some(product) = &article.product else { return 0.0 };
    let product = crate::text::fold(product);
    let found = found.iter().filter_map(|&word| query.words.get(word));
    found.filter(|term| product.contains(&term.text)).map(|term| term.score).sum()
}

/// Words beside a code that come to less, in nats, bear nothing out: 「が出ます」.
const LEAST_BESIDE: f64 = 12.0;

/// The share of the words beside the codes that the passage lacks: a table of three hundred codes holds any
/// word in some row.
fn missed_beside_codes(query: &Query, found: &[usize]) -> f64 {
    let beside = query
        .words
        .iter()
        .enumerate()
        .filter(|(_, term)| !term.code && term.weight >= query.weights.part)
        .filter(|(_, term)| !term.announces);
    let (mut all, mut missed) = (0.0, 0.0);
    for (index, term) in beside {
        all += term.score;
        let held = found.contains(&index);
        missed += if held { 0.0 } else { term.score };
    }
    missed / all.max(LEAST_BESIDE)
}
