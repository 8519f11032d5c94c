//! The one analyzer that serves the index, the query and the templates.
//!
//! 1. the text is brought into its one spelling ([`super::normalize`]);
//! 2. it is cut into sentences ([`sentence_length`]);
//! 3. in each, Latin words and numbers are found first, and one character takes their place, so that
//!    the dictionary's path runs through them without looking into them ([`Sentence::prepare`]);
//! 4. the dictionary cuts what is left into words ([`super::dictionary`]), and particles, auxiliaries
//!    and marks are dropped, and what serves as such in English; a negation is not ([`Pass::words`]);
//! 5. words that are made of words give their parts, too ([`super::compound`]).

mod output;
mod sentence;
mod walk;

use std::sync::Arc;

use super::bigram;
use super::compound::Compounds;
use super::dictionary::{Dictionary, Lexemes, SegmentMode, Segmenter};
use super::normalize::Normalizer;
use super::token::{Token, Tokens};
use crate::source::Warning;
use output::Output;
use sentence::{Sentence, sentence_length};
use walk::Pass;

/// The Japanese analyzer, with the dictionary and the knowledge base's own words. Cloning it is cheap.
///
/// ```
/// use shirube::text::Analyzer;
///
/// let (analyzer, warnings) = Analyzer::new("構成プロファイル,名詞,コウセイプロファイル\n");
/// assert!(warnings.is_empty());
/// let mut worker = analyzer.worker();
/// let terms: Vec<&str> = worker.analyze("構成プロファイルを変更できません").iter().map(|t| t.term).collect();
/// assert_eq!(terms, ["構成プロフアイル", "構成", "プロフアイル", "変更", "出来", "ない"]);
/// ```
#[derive(Clone)]
pub struct Analyzer {
    dictionary: Arc<Dictionary>,
}

impl std::fmt::Debug for Analyzer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Analyzer").finish_non_exhaustive()
    }
}

impl Analyzer {
    /// An analyzer that knows the words of `user_dictionary_csv` beside the embedded dictionary's: one a
    /// row, `surface,part of speech,reading`, the last two as you like; `#` begins a remark. A row that
    /// cannot be read is left out, with a warning.
    pub fn new(user_dictionary_csv: &str) -> (Self, Vec<Warning>) {
        let (dictionary, warnings) = Dictionary::new(user_dictionary_csv);
        (Self { dictionary: Arc::new(dictionary) }, warnings)
    }

    /// A worker: the buffers that one thread analyzes texts with.
    pub fn worker(&self) -> Worker {
        Worker {
            dictionary: Arc::clone(&self.dictionary),
            normalizer: Normalizer::default(),
            segmenter: Segmenter::default(),
            lexemes: Lexemes::default(),
            compounds: Compounds::default(),
            sentence: Sentence::default(),
            output: Output::default(),
        }
    }
}

/// Analyzes texts one after another in buffers that it keeps; one for each thread.
pub struct Worker {
    dictionary: Arc<Dictionary>,
    normalizer: Normalizer,
    segmenter: Segmenter,
    lexemes: Lexemes,
    compounds: Compounds,
    sentence: Sentence,
    output: Output,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Worker").finish_non_exhaustive()
    }
}

impl Worker {
    /// The words of `text`, with their parts, in order.
    pub fn analyze(&mut self, text: &str) -> Tokens<'_> {
        self.output.clear();
        let Self { dictionary, normalizer, segmenter, lexemes, compounds, sentence, output } = self;
        let normalized = normalizer.normalize(text);
        let mut start = 0;
        while let Some(rest) = normalized.text().get(start..)
            && !rest.is_empty()
        {
            let end = start + sentence_length(rest);
            let before = output.len();
            sentence.prepare(dictionary, normalized.text(), start..end);
            let segments = &mut sentence.segments;
            if sentence.has_words {
                segmenter.segment(dictionary, &sentence.text, SegmentMode::Words, segments);
            }
            let mut pass =
                Pass { dictionary, segmenter, lexemes, compounds, output, normalized, text };
            if sentence.has_words {
                pass.words(sentence, start);
            } else {
                sentence.spans.iter().for_each(|span| pass.span(span));
            }
            // A gap keeps the words of two sentences from being neighbours.
            output.position += u32::from(output.len() > before);
            start = end;
        }
        output.tokens()
    }

    /// The terms of the bigrams of at least such a rarity of the text that [`analyze`](Self::analyze) had last, without
    /// normalizing it again.
    pub(crate) fn bigrams_of_last(&self, least_rarity: f32, mut each: impl FnMut(&str)) {
        bigram::terms(self.normalizer.last(), least_rarity, &mut each);
    }

    /// The pairs of neighbouring characters in each run of kana and kanji of `text`; a character that
    /// is alone is a token by itself. Marks, spaces and Latin letters end a run.
    pub fn bigrams(&mut self, text: &str, mut each: impl FnMut(Token<'_>)) {
        bigram::bigrams(self.normalizer.normalize(text), &mut each);
    }
}

#[cfg(test)]
mod tests;
