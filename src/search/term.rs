//! A term of a query with what may stand for it.

use std::collections::BTreeMap;

use crate::text::fold;

/// A term with what it is worth.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct QueryTerm {
    pub(super) text: String,
    /// The word as it was written, for the evidence.
    pub(super) written: String,
    pub(super) folded: String,
    /// How it is read, in katakana, where the dictionary knows.
    pub(super) reading: String,
    /// The factor for its kind: 1 for a word, less for pieces, synonyms, variable parts.
    pub(super) weight: f64,
    /// Nats per word by the dictionary.
    pub(super) rarity: f64,
    /// `weight` times its rarity over the live passages.
    pub(super) score: f64,
    /// Whether any document holds it.
    pub(super) known: bool,
    /// Whether it is (part of) a code of the log.
    pub(super) code: bool,
    /// Whether it is like AV-8023, TP-401-07: mostly a variable, the name of an error where it is known.
    pub(super) identifier: bool,
    /// Whether it is a word that people put into any question.
    pub(super) generic: bool,
    /// Whether it is told of as done or as well: 「証明書は更新しましたが」.
    pub(super) settled: bool,
    /// Whether it is the name of a host or a range of addresses: it varies in most messages, and is what a question is about
    /// where the knowledge base holds it.
    pub(super) host: bool,
    /// Whether it is a part of a console's name: PANEL of CLOMO PANEL.
    pub(super) of_console: bool,
    /// Whether it merely announces the code beside it.
    pub(super) announces: bool,
    pub(super) alternatives: Vec<Expansion>,
}

impl QueryTerm {
    /// Whether the word names an error: an identifier in capitals that the knowledge base holds.
    pub(super) fn names_error(&self) -> bool {
        let letters = || self.written.chars().filter(|letter| letter.is_alphabetic());
        self.identifier && self.known && letters().count() >= 2 && letters().all(char::is_uppercase)
    }
}

/// The places of the words within a part of the text.
pub(super) fn words_in(part: &str, words: &[QueryTerm]) -> Vec<usize> {
    let words = words.iter().enumerate();
    words.filter(|(_, term)| part.contains(&term.written)).map(|(place, _)| place).collect()
}

/// One or more words that stand for a word of the query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expansion {
    pub(super) terms: Vec<String>,
    /// How much of the written word's weight it brings, below 1.
    pub(super) factor: f64,
}

/// A term that comes again keeps its greatest weight.
pub(super) fn insert<'t>(
    terms: &'t mut BTreeMap<String, QueryTerm>,
    term: &str,
    written: &str,
    weight: f64,
    rarity: f64,
) -> &'t mut QueryTerm {
    let entry = terms.entry(term.to_owned()).or_insert_with(|| QueryTerm {
        text: term.to_owned(),
        written: written.to_owned(),
        folded: fold(written),
        rarity,
        ..QueryTerm::default()
    });
    entry.weight = entry.weight.max(weight);
    entry
}
