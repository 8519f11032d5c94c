//! The synonyms that the documentation team keeps (`synonyms.txt`, Solr's format).
//!
//! 1. [`Synonyms::parse`] reads `端末, デバイス` (each stands for the others) and `垢 => アカウント` (the left
//!    finds the right, not the other way round); `#` begins a remark, `\` takes a mark's meaning away;
//! 2. every phrase goes through the analyzer, so that it meets a text in any spelling;
//! 3. [`Synonyms::expand`] finds the phrases in a query and gives what stands for them.
//!
//! The written word stays in the query: an alternative takes its place beside it, never instead of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::analyzer::{Analyzer, Worker};
use super::token::{Token, TokenKind};
use crate::source::{Phrase, Warning};

/// The synonyms of a knowledge base.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    /// The rules by the first word of what they stand for.
    rules: BTreeMap<Arc<str>, Vec<Rule>>,
}

/// A phrase and what stands for it.
#[derive(Debug, Clone)]
struct Rule {
    words: Arc<[Word]>,
    alternatives: Vec<Arc<[Word]>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Word {
    term: Arc<str>,
    rarity: f32,
}

/// An equivalent of one or more neighbouring words of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Which tokens of the query it stands for, as indices into the slice that was expanded, in order.
    pub replaces: Vec<usize>,
    pub position: u32,
    /// How many positions they take.
    pub position_length: u32,
    /// The words in their order, each with its rarity.
    pub terms: Vec<(Arc<str>, f32)>,
}

impl Synonyms {
    /// Reads a synonym file. A line that cannot be used is left out, with a warning.
    pub fn parse(text: &str, analyzer: &Analyzer) -> (Self, Vec<Warning>) {
        let mut worker = analyzer.worker();
        let mut synonyms = Self::default();
        let mut warnings = Vec::new();
        for (line, written) in (1..).zip(text.lines()) {
            let written = written.trim();
            if written.is_empty() || written.starts_with('#') {
                continue;
            }
            let sides = split(written, "=>");
            let phrases = |side: &str, worker: &mut Worker| -> Vec<Arc<[Word]>> {
                split(side, ",").iter().filter_map(|phrase| analyze(phrase, worker)).collect()
            };
            let (from, to) = match sides.as_slice() {
                [both] => (phrases(both, &mut worker), None),
                [from, to] => (phrases(from, &mut worker), Some(phrases(to, &mut worker))),
                _ => (Vec::new(), None),
            };
            if from.len() + to.as_ref().map_or(0, Vec::len) < 2
                || to.as_ref().is_some_and(Vec::is_empty)
            {
                warnings.push(unusable(line));
                continue;
            }
            for phrase in &from {
                let others = to.as_ref().unwrap_or(&from);
                synonyms.add(phrase, others.iter().filter(|other| *other != phrase));
            }
        }
        (synonyms, warnings)
    }

    fn add<'w>(&mut self, phrase: &Arc<[Word]>, others: impl Iterator<Item = &'w Arc<[Word]>>) {
        let Some(first) = phrase.first() else { return };
        let rules = self.rules.entry(Arc::clone(&first.term)).or_default();
        let known = rules.iter().position(|rule| same(&rule.words, phrase));
        let at = known.unwrap_or_else(|| {
            rules.push(Rule { words: Arc::clone(phrase), alternatives: Vec::new() });
            rules.len() - 1
        });
        let Some(rule) = rules.get_mut(at) else { return };
        for other in others {
            if !rule.alternatives.iter().any(|known| same(known, other)) {
                rule.alternatives.push(Arc::clone(other));
            }
        }
    }

    /// The equivalents of a query's words, in the order of the words. Parts of words count, too.
    pub fn expand(&self, tokens: &[Token<'_>]) -> Vec<Alternative> {
        let mut alternatives = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            for rule in self.rules.get(token.term).into_iter().flatten() {
                let Some(replaces) = follow(tokens, index, &rule.words) else { continue };
                let last = replaces.last().and_then(|&last| tokens.get(last)).unwrap_or(token);
                let end = last.position + last.position_length;
                for words in &rule.alternatives {
                    alternatives.push(Alternative {
                        replaces: replaces.clone(),
                        position: token.position,
                        position_length: end - token.position,
                        terms: words.iter().map(|w| (Arc::clone(&w.term), w.rarity)).collect(),
                    });
                }
            }
        }
        alternatives
    }

    /// Whether the file says something of a phrase that begins with `term`.
    pub fn treats(&self, term: &str) -> bool {
        self.rules.contains_key(term)
    }

    /// Whether there is no synonym at all.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

/// The tokens that make up `words` from token `first` on, one after the other.
fn follow(tokens: &[Token<'_>], first: usize, words: &[Word]) -> Option<Vec<usize>> {
    let mut replaces = vec![first];
    let mut next = tokens.get(first).map(|token| token.position + token.position_length)?;
    for word in words.iter().skip(1) {
        let following = tokens.iter().enumerate().skip(first);
        let mut near = following.take_while(|(_, token)| token.position <= next);
        let (index, token) = near.find(|(_, it)| it.position == next && *it.term == *word.term)?;
        replaces.push(index);
        next = token.position + token.position_length;
    }
    Some(replaces)
}

fn same(one: &[Word], other: &[Word]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.term == other.term)
}

/// The words of a phrase; `None` where it has none.
fn analyze(phrase: &str, worker: &mut Worker) -> Option<Arc<[Word]>> {
    let word = |token: Token<'_>| Word { term: token.term.into(), rarity: token.rarity };
    let whole = worker.analyze(phrase).iter().filter(|token| token.kind != TokenKind::Part);
    let words: Arc<[Word]> = whole.map(word).collect();
    (!words.is_empty()).then_some(words)
}

/// The pieces between unescaped marks; escapes stay in the sides of an arrow, for its commas.
fn split(text: &str, mark: &str) -> Vec<String> {
    let keeps = mark != ",";
    let mut pieces = vec![String::new()];
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(behind) = rest.strip_prefix(mark) {
            pieces.push(String::new());
            rest = behind;
            continue;
        }
        let mut letters = rest.chars();
        letters.next();
        if let Some(piece) = pieces.last_mut() {
            if c != '\\' || keeps {
                piece.push(c);
            }
            if c == '\\' {
                piece.extend(letters.next());
            }
        }
        rest = letters.as_str();
    }
    let pieces = pieces.iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty());
    pieces.map(str::to_owned).collect()
}

/// A line of the synonym file that says nothing.
fn unusable(line: u32) -> Warning {
    let message = Phrase::new(
        "この行からは同義語を読み取れません。「端末, デバイス」または「垢 => アカウント」の形で書いてください",
        "this line gives no synonym; write `a, b, c` or `a => b`",
    );
    Warning { file: Some("synonyms.txt".into()), line: Some(line), message }
}

#[cfg(test)]
mod tests {
    use super::Synonyms;
    use crate::source::cases::{cases, listed};
    use crate::text::{Analyzer, Token};

    /// The words that stand for those of a query, by the lines of a file before it.
    fn expanded(text: &str) -> String {
        let (file, query) = text.rsplit_once('\n').expect("a query is after the file");
        let (analyzer, _) = Analyzer::new("");
        let (synonyms, _) = Synonyms::parse(file, &analyzer);
        let mut worker = analyzer.worker();
        let tokens: Vec<Token<'_>> = worker.analyze(query).iter().collect();
        let expansions = synonyms.expand(&tokens).into_iter();
        listed(expansions.map(|it| {
            let terms: Vec<&str> = it.terms.iter().map(|(term, _)| &**term).collect();
            format!("{:?} {}", it.replaces, terms.join(" "))
        }))
    }

    cases! {
        synonyms: expanded;
    }

    #[test]
    fn a_line_without_two_phrases_is_told() {
        let (analyzer, _) = Analyzer::new("");
        let (synonyms, warnings) = Synonyms::parse("端末\n端末 =>\n、, 。\n", &analyzer);
        assert!(synonyms.is_empty());
        assert_eq!(
            warnings.iter().map(|warning| warning.line).collect::<Vec<_>>(),
            [Some(1), Some(2), Some(3)]
        );
    }
}
