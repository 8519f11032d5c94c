//! The keys that front matter may have, in every spelling.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::lexicon::{FRONT_MATTER_KEYS, variant};

/// The keys, each with sections of the list that are named after it: its own spellings, and those of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Key {
    /// The article's identity.
    Id,
    Title,
    /// The console that it is about.
    Product,
    /// The systems that it is about.
    Platforms,
    Codes,
    /// The wordings that it documents.
    Messages,
    /// The states that it explains.
    Statuses,
    /// Words that people search it by.
    Keywords,
    /// A sentence about it.
    Description,
    /// A caution before acting.
    Caution,
    /// When it was last changed.
    Updated,
    /// The last day that its procedure works on.
    ValidUntil,
    Source,
    /// Conditions over facts.
    When,
    /// Whether what it documents needs nothing to be done.
    Harmless,
    /// Wordings with blanks whose values are in the remedy; read by a reader of their own.
    Patterns,
    /// Whether it is above the answers of its product while it is valid.
    Pinned,
    /// Whether it is not for readers yet.
    Draft,
    /// Who keeps it.
    Owner,
    /// When somebody last found it right.
    Reviewed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KnownKey {
    pub(crate) name: &'static str,
    pub(crate) key: Key,
    /// Whether it is Shirube's own: it wins over a site generator's, and its misspellings are told.
    pub(crate) own: bool,
}

/// Every spelling of every key, Shirube's own first.
pub(crate) fn known_keys() -> &'static [KnownKey] {
    static KEYS: LazyLock<Vec<KnownKey>> = LazyLock::new(|| {
        let spelt = |(section, name): (&'static str, &'static str)| {
            let elsewhere = section.strip_suffix(" elsewhere");
            let key = variant(elsewhere.unwrap_or(section))?;
            Some(KnownKey { name, key, own: elsewhere.is_none() })
        };
        FRONT_MATTER_KEYS.written().filter_map(spelt).collect()
    });
    &KEYS
}

/// The key that is spelt `name`, in any case.
pub(super) fn find(name: &str) -> Option<&'static KnownKey> {
    known_keys().iter().find(|known| known.name.eq_ignore_ascii_case(name))
}
