//! The keys that front matter may have, in every spelling.

use std::sync::LazyLock;

use crate::text::lexicon::FRONT_MATTER_KEYS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// The sections of the list with the keys that they spell, Shirube's own first.
const SECTIONS: [(&str, Key, bool); 27] = [
    ("id", Key::Id, true),
    ("title", Key::Title, true),
    ("product", Key::Product, true),
    ("platforms", Key::Platforms, true),
    ("codes", Key::Codes, true),
    ("messages", Key::Messages, true),
    ("statuses", Key::Statuses, true),
    ("keywords", Key::Keywords, true),
    ("description", Key::Description, true),
    ("caution", Key::Caution, true),
    ("updated", Key::Updated, true),
    ("valid until", Key::ValidUntil, true),
    ("source", Key::Source, true),
    ("when", Key::When, true),
    ("harmless", Key::Harmless, true),
    ("patterns", Key::Patterns, true),
    ("pinned", Key::Pinned, true),
    ("draft", Key::Draft, true),
    ("owner", Key::Owner, true),
    ("reviewed", Key::Reviewed, true),
    ("platforms elsewhere", Key::Platforms, false),
    ("codes elsewhere", Key::Codes, false),
    ("keywords elsewhere", Key::Keywords, false),
    ("caution elsewhere", Key::Caution, false),
    ("updated elsewhere", Key::Updated, false),
    ("source elsewhere", Key::Source, false),
    ("valid until elsewhere", Key::ValidUntil, false),
];

/// Every spelling of every key, Shirube's own first.
pub(crate) fn known_keys() -> &'static [KnownKey] {
    static KEYS: LazyLock<Vec<KnownKey>> = LazyLock::new(|| {
        let spelt = |(section, key, own): (&'static str, Key, bool)| {
            let names = FRONT_MATTER_KEYS.written().filter(move |(of, _)| *of == section);
            names.map(move |(_, name)| KnownKey { name, key, own })
        };
        SECTIONS.into_iter().flat_map(spelt).collect()
    });
    &KEYS
}

/// The key that is spelt `name`, in any case.
pub(super) fn find(name: &str) -> Option<&'static KnownKey> {
    known_keys().iter().find(|known| known.name.eq_ignore_ascii_case(name))
}
