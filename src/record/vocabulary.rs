//! The part of a knowledge base that reading uses.

use std::sync::Arc;

use super::pattern::Formats;
use super::terms::Terms;
use crate::facts::CodeDictionary;

/// The part of a knowledge base that reading uses: the one parameter that brings it in.
///
/// Masks and signatures see the message alone, so that a signature is the same whatever the vocabulary.
/// The default one knows the shipped formats, and no codes.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Vocabulary {
    /// Domains, meanings, commands and written forms of codes.
    pub codes: CodeDictionary,
    /// The log formats that are data: the shipped ones, overridden by the knowledge base's own.
    pub formats: Formats,
    /// The labels and states of a knowledge base's own; `None` where there are only those of the consoles.
    pub(super) terms: Option<Arc<Terms>>,
}

impl Vocabulary {
    /// The shipped formats, with the codes of a knowledge base.
    #[must_use]
    pub fn new(codes: CodeDictionary) -> Self {
        Self { codes, ..Self::default() }
    }

    /// Makes labels and states known that a knowledge base declares, beside those of the consoles.
    pub fn declare<'n>(
        &mut self,
        labels: impl IntoIterator<Item = &'n str>,
        states: impl IntoIterator<Item = &'n str>,
    ) {
        self.terms = Some(Arc::new(Terms::and(labels, states)));
    }

    /// The labels and states that are known.
    pub(super) fn terms(&self) -> &Terms {
        self.terms.as_deref().unwrap_or(Terms::base())
    }
}
