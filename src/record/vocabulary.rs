//! What reading knows of a knowledge base.

use super::pattern::Formats;
use crate::facts::CodeDictionary;

/// What reading knows of a knowledge base: the one parameter that brings it in.
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
}

impl Vocabulary {
    /// The shipped formats, with the codes of a knowledge base.
    #[must_use]
    pub fn new(codes: CodeDictionary) -> Self {
        Self { codes, ..Self::default() }
    }
}
