//! Whether a wording says something that a log or a screen could say.
//!
//! It does where it has a predicate or is a state (`…しました`, `PUSH送信中`, `有効期限切れ`), where it has a
//! variable part and words around it, or where it is simply long. The label of a button is none.

use super::super::{Part, TemplateOrigin};
use crate::text::lexicon::{self, Section};

static PREDICATES: Section = lexicon::ARTICLE_PHRASES.section("predicates");

#[derive(Default)]
struct Weight {
    /// Kana, kanji and other letters that are words by themselves.
    letters: usize,
    /// Words of Latin letters.
    words: usize,
    /// The letters of these.
    latin: usize,
    wildcards: usize,
}

fn weigh(parts: &[Part]) -> Weight {
    let mut weight = Weight::default();
    for part in parts {
        let Part::Literal(text) = part else {
            weight.wildcards += 1;
            continue;
        };
        // An address or a path is one word, whatever is between its letters.
        let mut in_word = false;
        for character in text.chars() {
            if character.is_ascii_alphabetic() {
                weight.latin += 1;
                weight.words += usize::from(!in_word);
                in_word = true;
            } else if !character.is_ascii() {
                weight.letters += usize::from(character.is_alphabetic() || character == 'ー');
                in_word = false;
            } else if character.is_ascii_whitespace() {
                in_word = false;
            }
        }
    }
    weight
}

/// Whether the wording ends as a sentence or a state does.
fn is_predicate(parts: &[Part]) -> bool {
    let last = parts.iter().rev().find_map(|part| match part {
        Part::Literal(text) => Some(text.trim_end_matches(|c: char| !c.is_alphanumeric())),
        Part::Wildcard(_) => None,
    });
    // `エラー` alone says nothing.
    last.is_some_and(|text| {
        PREDICATES.iter().any(|ending| {
            text.strip_suffix(ending).is_some_and(|rest| parts.len() > 1 || !rest.trim().is_empty())
        })
    })
}

/// Whether the wording is the name of a state: short, and it says how something is.
pub(super) fn is_state(parts: &[Part]) -> bool {
    const SHORTEST: usize = 3;
    const LONGEST: usize = 24;
    let weight = weigh(parts);
    let units = weight.letters + 2 * weight.words;
    weight.letters > 0 && (SHORTEST..=LONGEST).contains(&units) && is_predicate(parts)
}

/// Whether the wording tells enough to be looked for in a log.
pub(super) fn tells(parts: &[Part], origin: TemplateOrigin) -> bool {
    let weight = weigh(parts);
    let heading = matches!(origin, TemplateOrigin::Heading | TemplateOrigin::Title);
    let units = weight.letters + 2 * weight.words;
    if weight.letters == 0 {
        // English: a phrase of three words, a variable part counting for one.
        let enough = if heading { 4 } else { 3 };
        return weight.latin >= 8 && weight.words + usize::from(weight.wildcards > 0) >= enough;
    }
    let shortest = if heading { 8 } else { 3 };
    let long = if heading { 16 } else { 12 };
    units >= shortest && is_predicate(parts) || units >= 5 && weight.wildcards > 0 || units >= long
}

#[cfg(test)]
crate::source::cases! {
    messages_and_labels: |text| {
        let text = super::super::super::markdown::Inline::from(text);
        tells(&super::super::parts(&text), TemplateOrigin::Quote)
    };
}
