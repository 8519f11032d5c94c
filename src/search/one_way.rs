//! The words of one way to ask.
//!
//! An article notes how people ask for a passage (its fences marked `asked`), and the words of these lines are indexed with the
//! passage's (document expansion). Of ten ways a word each is nothing that anybody asked: before anything is claimed, the
//! evidence of the words is narrowed to those that the passage itself has, and those of the way that has most of them; what the
//! others have counts little, and nothing where a step loses something. A log is no question, and has none of them.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::query::Query;
use super::scored::{Scored, TextEvidence};
use super::term::QueryTerm;
use super::weights::{
    ANOTHER_WAY, ASKED_AT_MOST, ASKED_BAR, EXPIRED_WORDS, NEARLY_ALL, UNCLAIMED, WORDED,
};
use super::{coverage, folded, lead};
use crate::index::{Result, Snapshot};

/// Narrows the evidence of an article's words to those of its passage and one way to ask.
pub(super) fn narrow(snapshot: &Snapshot, query: &Query, scored: &mut Scored) -> Result<()> {
    let place = snapshot.place(scored.address, scored.passage)?;
    if !snapshot.is_asked_for(place) {
        return Ok(());
    }
    let passage = snapshot.passage(place)?;
    let held = std::mem::take(&mut scored.text.held);
    // The words of each way, which the passage itself may have in another form.
    let own = LazyCell::new(|| folded::whole(&scored.article, &passage));
    let of_line = |terms: &BTreeSet<&str>| -> BTreeSet<u32> {
        let of_it = |term: &&QueryTerm| is_one_of(term, terms) && !coverage::stands_in(term, &own);
        let words = held.iter().map(|&(word, _)| word);
        words.filter(|&word| query.words.get(word as usize).filter(of_it).is_some()).collect()
    };
    let lines = passage.asked.iter().map(|(line, terms)| (line, of_line(&terms.collect())));
    let lines: Vec<(&str, BTreeSet<u32>)> = lines.filter(|(_, words)| !words.is_empty()).collect();
    let foreign: BTreeSet<u32> = lines.iter().flat_map(|(_, words)| words).copied().collect();
    if foreign.is_empty() {
        scored.text.held = held;
        scored.own_text = query.question.then(|| Box::new(scored.text.clone()));
        return Ok(());
    }
    let mass = |words: &BTreeSet<u32>| -> f64 {
        held.iter().filter(|(word, _)| words.contains(word)).map(|(_, mass)| mass).sum()
    };
    let mut one: Option<(f64, &str, &BTreeSet<u32>)> = None;
    for (line, words) in &lines {
        let mass = mass(words);
        if query.question && one.is_none_or(|(most, ..)| mass > most) {
            one = Some((mass, line, words));
        }
    }
    // A step that loses something is for those who ask for it in one way.
    let loses = lead::lead(snapshot, query, scored)?.shown.destructive;
    let of_others = if loses { 0.0 } else { ANOTHER_WAY };
    let text = |of_one: f64, of_others: f64| {
        let counts = |word: &u32| match one {
            _ if !foreign.contains(word) => 1.0,
            Some((.., words)) if words.contains(word) => of_one,
            _ => of_others,
        };
        let counted = held.iter().map(|(word, mass)| (*word, counts(word) * mass));
        let counted: Vec<(u32, f64)> = counted.filter(|(_, mass)| *mass > 0.0).collect();
        let sum = |held: &[(u32, f64)]| held.iter().map(|(_, mass)| mass).sum::<f64>();
        let dropped = (1.0 - query.weights.article) * (sum(&held) - sum(&counted));
        let score = scored.text.score - dropped;
        coverage::text_evidence(query, &scored.article, counted, score)
    };
    let own = text(0.0, 0.0);
    let of_way = one.map(|(_, line, _)| {
        let asked = Some(line.to_owned());
        TextEvidence { asked, ..text(1.0, of_others) }
    });
    let before = scored.text.score;
    (scored.text, scored.own_text) = match of_way {
        Some(of_way) => (of_way, Some(Box::new(own))),
        None => (own, None),
    };
    scored.score -= before - scored.text.score;
    Ok(())
}

/// How sure of an article, which was narrowed, its passage's own words make, or else those of a way to ask, which make it
/// `sure`. How people ask is the writer's guess: where the passage lacks much of a question, nobody is sure.
pub(super) fn surer(sure: f64, scored: &mut Scored, confidence: impl Fn(&Scored) -> f64) -> f64 {
    let Some(own) = scored.own_text.take() else { return sure };
    let keyed = scored.code.is_some() || scored.status.is_some();
    let worded = scored.message.as_ref().is_some_and(|it| it.similarity >= WORDED);
    let most = match scored.article.valid_until {
        _ if keyed || worded || own.coverage >= NEARLY_ALL => 1.0,
        // It must be so sure to be told once it has expired.
        Some(_) => EXPIRED_WORDS,
        None => ASKED_AT_MOST,
    };
    let (asked, score) = (std::mem::replace(&mut scored.text, *own), scored.score);
    scored.score -= asked.score - scored.text.score;
    let of_own = confidence(scored);
    scored.score = score;
    if of_own < sure {
        scored.text = asked;
    }
    let of_ways = if sure < ASKED_BAR { sure.min(UNCLAIMED) } else { sure };
    of_ways.max(of_own).min(most)
}

/// Whether a word, or what stands for it, is one of some terms.
fn is_one_of(term: &QueryTerm, terms: &BTreeSet<&str>) -> bool {
    let holds = |text: &String| terms.contains(text.as_str());
    holds(&term.text) || term.alternatives.iter().any(|it| it.terms.iter().any(holds))
}
