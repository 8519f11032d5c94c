//! An article as it was scored: the evidence of each kind, and what it sums to.

use super::align::Alignment;
use super::query::{CodeKey, KeyKind, Query};
use super::term::QueryTerm;
use super::weights::{NAMED_WORDING, SENTENCE_WORDING, TELLING};
use crate::facts::Relation;
use crate::index::{Address, Result, Snapshot, StoredArticle, StoredPassage, StoredTemplate};

/// The signals that an article's rank rests on.
#[derive(Debug, Clone)]
pub(super) struct Scored {
    pub(super) address: Address,
    pub(super) article: StoredArticle,
    /// The best passage, as its place among the article's passages.
    pub(super) passage: u32,
    pub(super) score: f64,
    pub(super) text: TextEvidence,
    /// The same without what is of a way to ask; `None` where nothing is.
    pub(super) own_text: Option<Box<TextEvidence>>,
    pub(super) message: Option<MessageEvidence>,
    pub(super) code: Option<KeyEvidence>,
    pub(super) status: Option<StatusEvidence>,
    /// The pointer that led here, where the evidence is the pointer's: an article, and the place of its passage.
    pub(super) pointer: Option<(Address, u32)>,
}

impl Scored {
    /// The article and the place of the passage that the evidence is of.
    pub(super) fn matched(&self) -> (Address, u32) {
        self.pointer.unwrap_or((self.address, self.passage))
    }

    /// The same article by another of its passages, which has no wording of its own.
    pub(super) fn by(&self, passage: u32) -> Self {
        Self { passage, message: None, ..self.clone() }
    }

    pub(super) fn key<'q>(&self, query: &'q Query) -> Option<&'q CodeKey> {
        query.code_keys.get(self.code.as_ref()?.key)
    }

    /// The words that were found, the weightiest first.
    pub(super) fn words<'q>(&self, query: &'q Query) -> impl Iterator<Item = &'q QueryTerm> {
        self.text.words.iter().filter_map(|&word| query.words.get(word))
    }

    /// Whether a heading that was typed whole led here.
    pub(super) fn is_named(&self, query: &Query) -> bool {
        self.key(query).is_some_and(|key| key.kind == KeyKind::Heading)
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct TextEvidence {
    /// The best passage's sum, with the title.
    pub(super) score: f64,
    /// The weight of the found words that merely name the article's product.
    pub(super) product: f64,
    /// The share of the query's weight, without the name of the article's product, that the passage and
    /// the title hold, in 0..=1.
    pub(super) coverage: f64,
    /// The share that they hold of what a question quotes; `None` where it quotes nothing.
    pub(super) quoted: Option<f64>,
    /// Whether they hold nothing to speak of a thing that the question is about.
    pub(super) misses_thing: bool,
    /// Whether they hold nothing to speak of the verb that a question wishes to be done.
    pub(super) misses_verb: bool,
    /// The share of the weight of all words but the codes that the passage lacks, in 0..=1; 0 where the
    /// message is nothing but a code.
    pub(super) missed_beside_codes: f64,
    /// The terms that were found, as places in the query's words, weightiest first.
    pub(super) words: Vec<usize>,
    /// The same in order of place, with the weight that the passage holds of each.
    pub(super) held: Vec<(u32, f64)>,
    /// The way to ask for the passage that some of the words are of, where they are not the passage's own.
    pub(super) asked: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct MessageEvidence {
    pub(super) alignment: Alignment,
    /// Coverage of both sides, in 0..=1.
    pub(super) similarity: f64,
    pub(super) score: f64,
    pub(super) template: AlignedTemplate,
}

/// A template beyond its words: what the index stores of it, kept.
#[derive(Debug, Clone)]
pub(super) struct AlignedTemplate {
    /// The passage's place among the article's passages.
    pub(super) passage: u32,
    /// The wording as the article writes it.
    pub(super) written: String,
    /// Whether the article names the wording as a message, rather than merely holding it.
    pub(super) declared: bool,
    /// Whether it is what a program says, rather than the cell of a table or the number of an error.
    pub(super) wording: bool,
    /// Whether it stands for the whole article: in its front matter or its title.
    pub(super) of_article: bool,
}

impl From<&StoredTemplate<'_>> for AlignedTemplate {
    fn from(stored: &StoredTemplate<'_>) -> Self {
        Self {
            passage: stored.passage,
            written: stored.written.to_owned(),
            declared: stored.declared,
            wording: stored.wording,
            of_article: stored.of_article,
        }
    }
}

impl MessageEvidence {
    /// Whether the message is this wording, rather than a sentence with words in common, a cell of a table or the
    /// frame around all codes.
    pub(super) fn is_wording(&self, question: bool) -> bool {
        let least =
            if self.template.declared && !question { NAMED_WORDING } else { SENTENCE_WORDING };
        // A heading that a question was typed in is found as a name.
        let said = self.template.declared || !question;
        self.template.wording
            && said
            && !self.alignment.frame
            && self.similarity >= least
            && self.alignment.mass >= TELLING
    }
}

#[derive(Debug, Clone)]
pub(super) struct KeyEvidence {
    /// The place among the query's code keys.
    pub(super) key: usize,
    pub(super) score: f64,
    /// Whether the passage itself has the code, rather than the article for all of its passages.
    pub(super) own: bool,
    pub(super) kind: KeyKind,
    pub(super) relation: Option<Relation>,
}

/// A state or label that matches whole.
#[derive(Debug, Clone)]
pub(super) struct StatusEvidence {
    pub(super) score: f64,
    pub(super) written: String,
    /// Whether the article declares the state as its own.
    pub(super) declared: bool,
}

pub(super) fn passage(snapshot: &Snapshot, scored: &Scored) -> Result<StoredPassage> {
    snapshot.passage(snapshot.place(scored.address, scored.passage)?)
}
