//! An article under consideration, and which of its passages is the best.

use std::collections::BTreeMap;
use std::ops::Range;

use super::polarity;
use super::query::{KeyKind, Query};
use super::retrieve::passage_scorer::{ArticleWords, NEAR, PassageWords};
use super::retrieve::retriever::Candidates;
use super::scored::{KeyEvidence, MessageEvidence, StatusEvidence};
use super::weights::{POINTER_BESIDE, Weights};
use crate::index::{Address, Extent};
use crate::text::{MOST_SIMILAR, similarity};

/// An article under consideration.
pub(super) struct Work {
    pub(super) address: Address,
    /// Which of the query's codes it has.
    pub(super) codes: EvidenceByPlace<KeyEvidence>,
    /// The best wordings.
    pub(super) messages: EvidenceByPlace<MessageEvidence>,
    /// States and labels that match whole.
    pub(super) statuses: EvidenceByPlace<StatusEvidence>,
}

/// Evidence of one kind: of the article for all of its passages alike, of a passage for it alone.
#[derive(Debug)]
pub(super) struct EvidenceByPlace<T> {
    pub(super) of_article: Option<T>,
    pub(super) of_passages: BTreeMap<u32, T>,
}

impl<T> Default for EvidenceByPlace<T> {
    fn default() -> Self {
        Self { of_article: None, of_passages: BTreeMap::new() }
    }
}

impl<T> EvidenceByPlace<T> {
    /// The score in a passage: whichever is greater, of equals the passage's own.
    pub(super) fn at(&self, passage: u32, score: impl Fn(&T) -> f64) -> Option<&T> {
        if self.of_passages.is_empty() {
            return self.of_article.as_ref();
        }
        let both = self.of_article.iter().chain(self.of_passages.get(&passage));
        both.max_by(|a, b| score(a).total_cmp(&score(b)))
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

/// The parts of an article where its best passage may be, as ranges of its passages: of a long one, where a
/// passage was retrieved, and what is near. What was not retrieved among thousands of rows is not the best of them.
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
    led_to.extend(work.messages.of_passages.keys());
    led_to.extend(work.statuses.of_passages.keys());
    led_to.extend(work.messages.of_article.as_ref().map(|message| message.template.passage));
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

/// Chooses the passage and sums up. `asked` is what passages are worth for having what a question asks for, as far as
/// they were read for that.
pub(super) fn sum_up(
    query: &Query,
    work: Work,
    article: &Extent<'_>,
    parts: &[Range<u32>],
    words: &ArticleWords,
    asked: &[f64],
) -> Summed {
    let w = &query.weights;
    let passage = best_passage(query, &work, article, parts, words, asked);
    let words = words.at(passage, query.words.len());
    let meaning = meaning(query, article, passage);
    let score = text_score(&words, w) + meaning + keyed(&work, passage);
    Summed { length: length(article, passage), work, passage, words, score }
}

/// The score of codes, wordings and labels in a passage.
fn keyed(work: &Work, passage: u32) -> f64 {
    let code = work.codes.at(passage, |it| it.score).map_or(0.0, |it| it.score);
    let message = work.messages.at(passage, |it| it.score).map_or(0.0, |it| it.score);
    let status = work.statuses.at(passage, |it| it.score).map_or(0.0, |it| it.score);
    code + message + status
}

/// The words of the best passage, and of those near it.
pub(super) fn text_score(words: &PassageWords, w: &Weights) -> f64 {
    (1.0 - w.article) * words.score + w.article * words.around
}

/// How a passage answers, before anything is weighed; the order is from weak to strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// It shares words.
    Words,
    /// It is about the very code.
    Code,
    /// It has the very wording, or is its remedy; or the very label.
    Wording,
    /// It was named by its heading.
    Heading,
}

impl Claim {
    /// A label or an utterance is one of a question's own words, and may be in several passages.
    fn for_best(self, query: &Query) -> Self {
        if query.question && self == Self::Wording { Self::Words } else { self }
    }
}

/// The claim of a passage; `coded` where the article has a row of the very code, beside which words that tell of no trouble
/// are the name of a screen or a button.
fn claim(query: &Query, work: &Work, passage: u32, coded: bool) -> Claim {
    let code = work.codes.of_passages.get(&passage);
    if code.is_some_and(|code| code.kind == KeyKind::Heading) {
        return Claim::Heading;
    }
    let tells = |written: &str| !coded || polarity::tells_trouble(written);
    let is_wording = |message: &MessageEvidence| {
        let template = &message.template;
        let tells = template.of_article || tells(&template.written);
        tells && message.is_wording(query.question)
    };
    let own = work.messages.of_passages.get(&passage).is_some_and(is_wording);
    // A code in the front matter is answered by the article's remedy.
    let of_article = || {
        let message = work.messages.of_article.as_ref();
        message.is_some_and(|it| is_wording(it) && it.template.passage == passage)
    };
    let label = work.statuses.of_passages.get(&passage);
    let labelled = label.is_some_and(|label| label.declared || tells(&label.written));
    if own || labelled || of_article() {
        return Claim::Wording;
    }
    if code.is_some_and(is_about) { Claim::Code } else { Claim::Words }
}

/// Whether a passage is about a code, rather than mentioning it.
fn is_about(code: &KeyEvidence) -> bool {
    matches!(code.kind, KeyKind::Subject | KeyKind::Name | KeyKind::Domain)
}

/// Whether a passage says nothing but where to look.
fn points(article: &Extent<'_>, passage: u32) -> bool {
    let record = article.shard.passage_record(article.first.saturating_add(passage));
    record.is_some_and(|record| !record.remedial)
}

/// The passage that answers best: the one that was named, that has the wording, that is about the code; of several
/// the one that tells most; of those that tell as much the shortest: a row is more to the point than its table.
fn best_passage(
    query: &Query,
    work: &Work,
    article: &Extent<'_>,
    parts: &[Range<u32>],
    words: &ArticleWords,
    asked: &[f64],
) -> u32 {
    // Any passage may be what a question is about.
    let mut telling: Vec<u32> = match query.meaning {
        Some(_) => parts.iter().cloned().flatten().collect(),
        None => words.passages().to_vec(),
    };
    telling.extend((0..article.passages).take(asked.len()));
    telling.extend(work.codes.of_passages.keys());
    telling.extend(work.messages.of_passages.keys());
    telling.extend(work.statuses.of_passages.keys());
    telling.extend(work.messages.of_article.as_ref().map(|message| message.template.passage));
    telling.sort_unstable();
    telling.dedup();
    // All others come to what the title tells, and what the article has.
    let ground = words.ground() + keyed(work, u32::MAX);
    let total = |passage, meaning| {
        let asked = asked.get(passage as usize).copied().unwrap_or_default();
        words.sum(passage) + meaning + keyed(work, passage) + asked
    };
    let come_to = |passage| {
        let total = total(passage, meaning(query, article, passage));
        ground + if points(article, passage) { POINTER_BESIDE } else { 1.0 } * (total - ground)
    };
    // A passage that would not come so far as another, were it about the very same thing, is not looked at.
    let nearest = if query.meaning.is_some() { query.weights.meaning * MOST_SIMILAR } else { 0.0 };
    let most = |passage| {
        let above = total(passage, nearest) - ground;
        ground + if above < 0.0 { POINTER_BESIDE * above } else { above }
    };
    let likely = telling.iter().copied().max_by(|&a, &b| total(a, 0.0).total_cmp(&total(b, 0.0)));
    let likely = likely.filter(|_| query.meaning.is_some());
    let coded = work.codes.of_passages.values().any(is_about);
    // Of the rows of several codes the cause's is meant, whatever is said beside them.
    let strength = |passage| {
        let claim = claim(query, work, passage, coded).for_best(query);
        let code = work.codes.of_passages.get(&passage).filter(|_| claim == Claim::Code);
        (claim, code.map_or(0.0, |code| code.score))
    };
    let compare = |a: (Claim, f64), b: (Claim, f64)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1));
    let bar = likely.map(|passage| (strength(passage), come_to(passage)));
    let mut best = ((Claim::Words, 0.0), ground, None);
    for &passage in &telling {
        let strength = strength(passage);
        if bar.is_some_and(|bar| compare(strength, bar.0).is_le() && most(passage) < bar.1) {
            continue;
        }
        let total = come_to(passage);
        let order = compare(strength, best.0).then(total.total_cmp(&best.1));
        let length = |passage| length(article, passage);
        let shorter = || best.2.is_some_and(|best| length(passage) < length(best));
        if order.is_gt() || order.is_eq() && shorter() {
            best = (strength, total, Some(passage));
        }
    }
    // Where no passage has anything of its own, the article begins with what it is about.
    best.2.unwrap_or(0)
}

/// The score of a passage for being about the subject of a question.
fn meaning(query: &Query, article: &Extent<'_>, passage: u32) -> f64 {
    let Some(question) = &query.meaning else { return 0.0 };
    let passage = article.shard.meaning(article.first.saturating_add(passage));
    passage.map_or(0.0, |passage| query.weights.meaning * similarity(question, passage).max(0.0))
}

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
