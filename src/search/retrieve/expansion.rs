//! Expansions of a query's word: another spelling, a general synonym, a neighbour in meaning, the
//! word that was typed as it is read.
//!
//! An alternative takes its word's place where it is found, and never counts beside it; what it brings is
//! below what the written word would bring.

use std::collections::BTreeMap;
use std::ops::Range;

use super::statistics::Statistics;
use crate::index::{Field, Vocabulary};
use crate::search::term::{Expansion, QueryTerm, insert};
use crate::search::weights::{LEAST_RARITY_BY_MEANING, NEAREST, NEIGHBOURS, Weights};
use crate::text::{
    Synonyms, Thesaurus, Token, TokenKind, WordVectors, Worker, is_hiragana, is_kanji,
};

/// How rare a word is that the list of words by frequency lacks, as the analyzer says it.
const UNKNOWN_RARITY: f64 = 11.0;

/// The loanwords of the knowledge base that a word differs from by a slip. Manuals have slips, too
/// (セレクトティブワイプ), so a word that the knowledge base holds may still be another's misspelling.
pub(in crate::search) fn misspelt(
    term: &QueryTerm,
    vocabulary: &Vocabulary,
    w: &Weights,
) -> Vec<Expansion> {
    let words = vocabulary.misspelt(&term.text).into_iter();
    words.map(|word| Expansion { terms: vec![word], factor: w.misspelt }).collect()
}

/// The words of the knowledge base that are read like one that it lacks: 動機 for 同期 is a slip of who chose the kanji.
pub(in crate::search) fn misconverted(
    term: &QueryTerm,
    vocabulary: &Vocabulary,
    w: &Weights,
) -> Vec<Expansion> {
    if term.reading.is_empty() || !term.written.chars().all(is_kanji) {
        return Vec::new();
    }
    let words = vocabulary.homophones(&term.reading).into_iter().filter(|it| *it != term.text);
    words.map(|word| Expansion { terms: vec![word], factor: w.misspelt }).collect()
}

/// The words of the knowledge base that mean much the same. People ask in their own words; a log has the
/// program's, so only questions are read this way. `held` is whether the knowledge base has the word itself.
pub(in crate::search) fn by_meaning(
    term: &QueryTerm,
    held: bool,
    vocabulary: &Vocabulary,
    w: &Weights,
) -> Vec<Expansion> {
    if term.weight < w.part || term.rarity < LEAST_RARITY_BY_MEANING {
        return Vec::new();
    }
    let near = vocabulary.near(&term.text, NEIGHBOURS, NEAREST).into_iter();
    let factor = if held { w.neighbour_held } else { w.neighbour };
    let near = near.map(|neighbour| Expansion {
        terms: vec![neighbour.word],
        factor: factor * neighbour.nearness,
    });
    near.collect()
}

/// Adds the words of the knowledge base that are in `text` as they are read (どうき for 同期): words that
/// were typed and never turned into kanji.
pub(in crate::search) fn add_read(
    text: &str,
    vocabulary: &Vocabulary,
    w: &Weights,
    words: &mut BTreeMap<String, QueryTerm>,
) {
    let found = vocabulary.read(text);
    // The pieces that the kana were cut into are no words, nor are those across two words of a compound.
    let of_one_run = |a: &(Range<usize>, _), b: &(Range<usize>, _)| {
        text.get(a.0.end..b.0.start).is_some_and(|between| between.chars().all(is_hiragana))
    };
    for run in found.chunk_by(of_one_run) {
        let (Some((first, _)), Some((last, _))) = (run.first(), run.last()) else { continue };
        let written = text.get(first.start..last.end).unwrap_or_default();
        let pieces = words.values_mut().filter(|it| !it.written.is_empty());
        pieces.filter(|it| written.contains(&it.written)).for_each(|it| it.generic = true);
    }
    for (range, read) in found {
        let mut read = read.into_iter();
        let Some(first) = read.next() else { continue };
        let rarity = WordVectors::shipped().rarity(&first).map_or(UNKNOWN_RARITY, f64::from);
        let written = text.get(range).unwrap_or_default();
        let term = insert(words, &first, written, w.misspelt, rarity);
        term.alternatives
            .extend(read.map(|word| Expansion { terms: vec![word], factor: w.misspelt }));
    }
}

/// How many neighbouring words make up a phrase at most.
const LONGEST_PHRASE: usize = 4;

/// A phrase of the query that the thesaurus knows.
pub(in crate::search) struct QueryPhrase {
    /// The rarest of its words: what stands for the phrase takes that one's place.
    term: String,
    others: Vec<&'static str>,
}

impl QueryPhrase {
    /// The phrases among the words of `text`, single words first. What varies is no word.
    pub(in crate::search) fn of(
        tokens: &[Token<'_>],
        text: &str,
        varies: impl Fn(&Range<usize>) -> bool,
    ) -> Vec<Self> {
        let thesaurus = Thesaurus::shipped();
        let words: Vec<&Token<'_>> = tokens
            .iter()
            .filter(|token| token.kind == TokenKind::Word && !varies(&token.range))
            .collect();
        let mut phrases = Vec::new();
        for length in 1..=LONGEST_PHRASE {
            for phrase in words.windows(length) {
                let adjoin = |pair: &[&Token<'_>]| pair[0].range.end == pair[1].range.start;
                if !phrase.windows(2).all(adjoin) {
                    continue;
                }
                let rarest = phrase.iter().max_by(|a, b| a.rarity.total_cmp(&b.rarity));
                let (Some(first), Some(last), Some(rarest)) =
                    (phrase.first(), phrase.last(), rarest)
                else {
                    continue;
                };
                let written = text.get(first.range.start..last.range.end).unwrap_or_default();
                let mut others: Vec<_> = thesaurus.others(written).collect();
                if others.is_empty() && length == 1 {
                    // An inflected word is listed in its base form.
                    others = thesaurus.others(first.term).collect();
                }
                if !others.is_empty() {
                    phrases.push(Self { term: rarest.term.to_owned(), others });
                }
            }
        }
        phrases
    }

    /// Adds what stands for the phrase, as far as the knowledge base has it. Where the team's synonyms say
    /// something of a word, it is theirs alone: アップデート and 更新 are two things to them.
    pub(in crate::search) fn expand(
        &self,
        team: &Synonyms,
        statistics: &Statistics<'_>,
        w: &Weights,
        worker: &mut Worker,
        words: &mut BTreeMap<String, QueryTerm>,
    ) {
        if team.treats(&self.term) {
            return;
        }
        let holds = |term: &str| statistics.frequency(Field::Word, term) > 0;
        for other in &self.others {
            let tokens = worker.analyze(other);
            let own = tokens.iter().filter(|token| token.kind != TokenKind::Part);
            let terms: Vec<String> = own.map(|token| token.term.to_owned()).collect();
            let known = !terms.is_empty()
                && terms.iter().all(|term| !team.treats(term) && holds(term))
                && !terms.contains(&self.term);
            if let Some(word) = words.get_mut(&self.term).filter(|_| known) {
                let alternative = Expansion { terms, factor: w.thesaurus };
                if !word.alternatives.iter().any(|known| known.terms == alternative.terms) {
                    word.alternatives.push(alternative);
                }
            }
        }
    }
}
