//! Error codes and the dictionary that knows them.

use crate::source::{Phrase, Warning};

/// An error code with its identity: domain and number, whatever form it was written in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The domain that the number counts in (`MCInstallationErrorDomain`); `None` where neither the
    /// text nor the dictionary tells.
    pub domain: Option<String>,
    /// The number, with hexadecimal and signed forms turned into the domain's own.
    pub number: i64,
    /// The code as it was written: `(4026)`, `0x87D136CA`.
    pub written: String,
}

/// How a code of a log relates to a code of an article; the order is from strong to weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Relation {
    /// The same domain and number.
    Exact,
    /// Another number or form of the same error, as the dictionary's equivalences say.
    Same,
    /// Another error of the same domain or command.
    Near,
}

/// Domains, meanings, equivalences and written forms of codes, read from `codes/*.toml`.
#[derive(Debug, Clone, Default)]
pub struct CodeDictionary {}

impl CodeDictionary {
    /// Reads the dictionary's files, given as pairs of path and text; a later file overrides.
    pub fn parse<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> (Self, Vec<Warning>) {
        let _ = files.into_iter().count();
        (Self {}, Vec::new())
    }

    /// The code that a person wrote, in any form: `4026`, `（４０２６）`, `0x87D136CA`,
    /// `MCInstallationErrorDomain 4027`, `InstallProfile/4026`. `None` where the text is no code.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Code> {
        let _ = text;
        None
    }

    /// What the code means.
    #[must_use]
    pub fn meaning(&self, code: &Code) -> Option<&Phrase> {
        let _ = code;
        None
    }

    /// How `log` relates to `article`, where the log's message is `wording`.
    #[must_use]
    pub fn relation(&self, log: &Code, article: &Code, wording: &str) -> Option<Relation> {
        let _ = wording;
        (log.number == article.number && log.domain == article.domain).then_some(Relation::Exact)
    }
}
