//! The evidence of words: how much of what is asked a passage and its title hold.

use super::query::Query;
use super::scored::TextEvidence;
use super::term::QueryTerm;
use super::things::Thing;
use super::weights::{
    BESIDE_TELLS, LEAST_BESIDE, LEAST_MASS, SENTENCE_TELLS, THING_HELD, THING_TELLS,
};
use crate::index::StoredArticle;
use crate::text::is_hiragana;

/// How far the words reach that a passage holds, which come to `score`.
pub(super) fn text_evidence(
    query: &Query,
    article: &StoredArticle,
    held: Vec<(u32, f64)>,
    score: f64,
) -> TextEvidence {
    let mut words: Vec<usize> = held.iter().map(|&(word, _)| word as usize).collect();
    words.sort_by(|&a, &b| {
        query.words[b].score.total_cmp(&query.words[a].score).then_with(|| a.cmp(&b))
    });
    let Coverage { coverage, quoted, misses_thing, misses_verb } = coverage(query, article, &held);
    TextEvidence {
        score,
        product: product_mass(query, article, &words),
        coverage,
        quoted,
        misses_thing,
        misses_verb,
        missed_beside_codes: missed_beside_codes(query, &words),
        words,
        held,
        asked: None,
    }
}

/// Whether a word is in a folded text, as it is or by what means the same.
pub(super) fn stands_in(term: &QueryTerm, text: &str) -> bool {
    let same = |terms: &[String]| terms.iter().all(|it| text.contains(it.as_str()));
    text.contains(&term.folded)
        || text.contains(&term.text)
        || term.alternatives.iter().any(|it| same(&it.terms))
}

/// How much of a question a passage and its title hold.
struct Coverage {
    /// The share of what is asked, in 0..=1: of the sentence that they hold most of.
    coverage: f64,
    /// The share of what is quoted; `None` where nothing is.
    quoted: Option<f64>,
    misses_thing: bool,
    misses_verb: bool,
}

/// The shares of a question that passage and title hold, without words of any question and the console's name.
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

/// The share of telling words beside codes that is missing: a table of 300 codes has any word in some row.
fn missed_beside_codes(query: &Query, found: &[usize]) -> f64 {
    let beside = query
        .words
        .iter()
        .enumerate()
        .filter(|(_, term)| !term.code && !term.generic && term.weight >= query.weights.part)
        .filter(|(_, term)| !term.announces && term.score >= BESIDE_TELLS)
        // Verbs and adjectives say what happened, not whose number it is: 「つながりません」.
        .filter(|(_, term)| !term.written.ends_with(is_hiragana));
    let (mut all, mut missed) = (0.0, 0.0);
    for (index, term) in beside {
        all += term.score;
        missed += if found.contains(&index) { 0.0 } else { term.score };
    }
    missed / f64::max(all, LEAST_BESIDE)
}
