//! An incident as the search sees it: weighed terms, a message to align, keys.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use super::align::MessageToken;
use super::statistics::Statistics;
use super::weights::{
    BIGRAM, CODE_EXACT, CODE_NUMBER, CODE_SAME, LEAST_RARITY_BY_MEANING, MISSPELT, NEAREST,
    NEIGHBOUR, NEIGHBOURS, NUMBER, PART, SYNONYM, VARIABLE,
};
use crate::facts::{Code, Incident, Kind, Relation};
use crate::index::{Snapshot, Vocabulary, code_keys};
use crate::text::{self, Kind as TokenKind, Synonyms, Worker};

/// A term with what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct QueryTerm {
    pub(super) text: String,
    /// The word as it was written, for the evidence.
    pub(super) written: String,
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
    /// What may stand for it.
    pub(super) alternatives: Vec<Alternative>,
}

/// One or more words that stand for a word of the query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alternative {
    pub(super) terms: Vec<String>,
    /// How much of the written word's weight it brings, below 1.
    pub(super) factor: f64,
}

/// A code of the incident, or an equivalent of it, as the index knows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CodeKey {
    pub(super) key: String,
    pub(super) score: f64,
    /// How the code behind the key relates to the one in the log; `None` where only the number is
    /// the same.
    pub(super) relation: Option<Relation>,
    /// The code of the log.
    pub(super) log: Code,
    /// The number that the key stands for.
    pub(super) number: i64,
}

/// An incident, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Query {
    pub(super) words: Vec<QueryTerm>,
    pub(super) bigrams: Vec<QueryTerm>,
    pub(super) message: Vec<MessageToken>,
    /// Keys of the `code` field, strongest first.
    pub(super) code_keys: Vec<CodeKey>,
    /// Keys of the `label` field: states and messages, folded whole.
    pub(super) labels: Vec<String>,
    pub(super) question: bool,
}

impl Query {
    /// Takes an incident apart and weighs its terms.
    pub(super) fn new(
        incident: &Incident,
        equivalents: &[(Code, Code)],
        words_of: &Words<'_>,
        worker: &mut Worker,
        statistics: &Statistics<'_>,
    ) -> Self {
        let question = incident.kind == Kind::Question;
        let mut text = incident.message.clone();
        for fact in &incident.facts {
            // A state stands in the message already; its label may not.
            if !text.contains(&fact.value) {
                text.push(' ');
                text.push_str(&fact.value);
            }
        }
        let mut words: BTreeMap<String, QueryTerm> = BTreeMap::new();
        let mut message = Vec::new();
        let tokens: Vec<_> = worker.analyze(&text).iter().collect();
        for token in &tokens {
            let variable =
                incident.variables.iter().any(|variable| overlaps(&variable.range, &token.range));
            let code = variable
                && incident.codes.iter().any(|code| {
                    text.get(token.range.clone()).is_some_and(|written| {
                        !written.is_empty() && code.written.contains(written)
                    })
                });
            let mut weight = match token.kind {
                TokenKind::Part => PART,
                TokenKind::Number => NUMBER,
                _ => 1.0,
            };
            if code {
                weight = 1.0;
            } else if variable {
                weight *= VARIABLE;
            }
            let rarity = f64::from(token.rarity);
            if token.kind != TokenKind::Part {
                let weight = if code { VARIABLE } else { weight };
                message.push((token.term.to_owned(), weight, rarity));
            }
            let written = text.get(token.range.clone()).unwrap_or_default();
            insert(&mut words, token.term, written, weight, rarity);
            if code && let Some(term) = words.get_mut(token.term) {
                term.code = true;
            }
        }
        for alternative in words_of.synonyms.expand(&tokens) {
            let replaced = alternative.replaces.iter().filter_map(|&place| tokens.get(place));
            // Of several words that are replaced together the rarest stands for all.
            let rarest = replaced.max_by(|a, b| a.rarity.total_cmp(&b.rarity));
            if let Some(term) = rarest.and_then(|token| words.get_mut(token.term)) {
                let terms = alternative.terms.iter().map(|(term, _)| term.to_string()).collect();
                term.alternatives.push(Alternative { terms, factor: SYNONYM });
            }
        }
        if question {
            for term in words.values_mut() {
                term.alternatives.extend(by_meaning(term, words_of.snapshot.vocabulary()));
            }
        }
        let mut bigrams = BTreeMap::new();
        worker.bigrams(&text, |token| {
            let variable =
                incident.variables.iter().any(|variable| overlaps(&variable.range, &token.range));
            let weight = if variable { BIGRAM * VARIABLE } else { BIGRAM };
            insert(&mut bigrams, token.term, "", weight, f64::from(token.rarity));
        });

        let mut labels: Vec<String> = incident
            .facts
            .iter()
            .map(|fact| fact.value.as_str())
            .chain([incident.message.as_str()])
            .map(text::fold)
            .filter(|label| !label.is_empty())
            .collect();
        labels.sort();
        labels.dedup();

        let fields = statistics.fields();
        let weigh = |mut term: QueryTerm, fields: &[tantivy::schema::Field]| {
            let frequencies = fields.iter().map(|&field| statistics.frequency(field, &term.text));
            let frequency = frequencies.max().unwrap_or(0);
            term.known = frequency > 0;
            term.score = term.weight * statistics.rarity(frequency, term.rarity);
            term
        };
        let words: Vec<QueryTerm> = words
            .into_values()
            .map(|term| weigh(term, &[fields.body, fields.heading, fields.title, fields.template]))
            .collect();
        let message = message
            .into_iter()
            .map(|(term, weight, rarity): (String, f64, f64)| {
                let known = words.binary_search_by(|word| word.text.as_str().cmp(&term)).ok();
                let known = known.and_then(|place| words.get(place));
                let idf = known.map_or(0.0, |word| word.score / word.weight.max(f64::MIN_POSITIVE));
                MessageToken { term: term_hash(&term), weight: weight * rarity, mass: weight * idf }
            })
            .collect();
        Self {
            words,
            bigrams: bigrams
                .into_values()
                .map(|term| weigh(term, &[fields.bigram, fields.title_bigram]))
                .collect(),
            message,
            code_keys: code_keys_of(incident, equivalents),
            labels,
            question,
        }
    }
}

/// What the knowledge base's words are asked for.
pub(super) struct Words<'w> {
    pub(super) synonyms: &'w Synonyms,
    pub(super) snapshot: &'w Snapshot,
}

/// The words of the knowledge base that a question's word may stand for. People ask in their own
/// words; a log has the program's, so only questions are read this way.
fn by_meaning(term: &QueryTerm, vocabulary: &Vocabulary) -> Vec<Alternative> {
    if term.weight < PART || term.rarity < LEAST_RARITY_BY_MEANING {
        return Vec::new();
    }
    let mut alternatives = Vec::new();
    if !vocabulary.holds(&term.text) {
        let misspelt = vocabulary.misspelt(&term.text).into_iter();
        alternatives
            .extend(misspelt.map(|word| Alternative { terms: vec![word], factor: MISSPELT }));
    }
    let near = vocabulary.near(&term.text, NEIGHBOURS, NEAREST).into_iter();
    alternatives.extend(near.map(|neighbour| Alternative {
        terms: vec![neighbour.word],
        factor: NEIGHBOUR * neighbour.nearness,
    }));
    alternatives
}

/// The keys of the incident's codes and their equivalents (pairs of a code of the log and another
/// form of the same error), strongest first.
fn code_keys_of(incident: &Incident, equivalents: &[(Code, Code)]) -> Vec<CodeKey> {
    let own = incident.codes.iter().map(|code| (code, code, Relation::Exact, CODE_EXACT));
    let others = equivalents.iter().map(|(log, other)| (log, other, Relation::Same, CODE_SAME));
    let mut keys: BTreeMap<String, CodeKey> = BTreeMap::new();
    for (log, code, relation, score) in own.chain(others) {
        for key in code_keys(code) {
            // A number alone is the same error only where neither side names a domain.
            let bare = key.starts_with('#');
            let (score, relation) = if bare && relation == Relation::Same {
                continue;
            } else if bare {
                (CODE_NUMBER, None)
            } else {
                (score, Some(relation))
            };
            let new = CodeKey {
                key: key.clone(),
                score,
                relation,
                log: log.clone(),
                number: code.number,
            };
            let known = keys.entry(key).or_insert_with(|| new.clone());
            if known.score < new.score {
                *known = new;
            }
        }
    }
    let mut keys: Vec<_> = keys.into_values().collect();
    keys.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.key.cmp(&b.key)));
    keys
}

/// The hash by which templates and messages compare their terms.
pub(super) fn term_hash(term: &str) -> u64 {
    xxh3_64(term.as_bytes())
}

fn overlaps(a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// A term that comes again keeps its greatest weight.
fn insert(
    terms: &mut BTreeMap<String, QueryTerm>,
    term: &str,
    written: &str,
    weight: f64,
    rarity: f64,
) {
    let entry = terms.entry(term.to_owned()).or_insert_with(|| QueryTerm {
        text: term.to_owned(),
        written: written.to_owned(),
        weight: 0.0,
        rarity,
        score: 0.0,
        known: false,
        code: false,
        alternatives: Vec::new(),
    });
    entry.weight = entry.weight.max(weight);
}
