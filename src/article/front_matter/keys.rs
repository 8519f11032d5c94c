//! The keys that front matter may have, in every spelling.

/// The meaning of a key in the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Key {
    /// The article's identity.
    Id,
    /// Its title.
    Title,
    /// The console that it is about.
    Product,
    /// The systems that it is about.
    Platforms,
    /// The codes that it treats.
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
    /// Where it comes from.
    Source,
    /// Conditions over facts.
    When,
    /// Whether what it documents needs nothing to be done.
    Harmless,
    /// Wordings with blanks whose values stand in the remedy; read by a reader of their own.
    Patterns,
    /// Whether it stands above the answers of its product while it is valid.
    Pinned,
    /// Whether it is not for readers yet.
    Draft,
    /// Who keeps it.
    Owner,
    /// When somebody last found it right.
    Reviewed,
}

/// A spelling of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownKey {
    /// The key as it is written in the front matter.
    pub name: &'static str,
    /// The key that it spells.
    pub key: Key,
    /// Whether it is Shirube's own: it wins over a site generator's, and its misspellings are told.
    pub own: bool,
}

const fn own(name: &'static str, key: Key) -> KnownKey {
    KnownKey { name, key, own: true }
}

const fn other(name: &'static str, key: Key) -> KnownKey {
    KnownKey { name, key, own: false }
}

/// Shirube's own keys, then those of docfx, Hugo, Jekyll and Docusaurus in the order of preference.
const KEYS: &[KnownKey] = &[
    own("id", Key::Id),
    own("title", Key::Title),
    own("題名", Key::Title),
    own("タイトル", Key::Title),
    own("product", Key::Product),
    own("製品", Key::Product),
    own("platforms", Key::Platforms),
    own("対象OS", Key::Platforms),
    own("codes", Key::Codes),
    own("コード", Key::Codes),
    own("messages", Key::Messages),
    own("文面", Key::Messages),
    own("statuses", Key::Statuses),
    own("状態", Key::Statuses),
    own("keywords", Key::Keywords),
    own("キーワード", Key::Keywords),
    own("description", Key::Description),
    own("概要", Key::Description),
    own("caution", Key::Caution),
    own("注意", Key::Caution),
    own("updated", Key::Updated),
    own("更新日", Key::Updated),
    own("valid_until", Key::ValidUntil),
    own("有効期限", Key::ValidUntil),
    own("source", Key::Source),
    own("出典", Key::Source),
    own("when", Key::When),
    own("条件", Key::When),
    own("harmless", Key::Harmless),
    own("対応不要", Key::Harmless),
    own("patterns", Key::Patterns),
    own("パターン", Key::Patterns),
    own("pinned", Key::Pinned),
    own("お知らせ", Key::Pinned),
    own("draft", Key::Draft),
    own("下書き", Key::Draft),
    own("owner", Key::Owner),
    own("担当", Key::Owner),
    own("reviewed", Key::Reviewed),
    own("確認日", Key::Reviewed),
    other("platform", Key::Platforms),
    other("code", Key::Codes),
    other("tags", Key::Keywords),
    other("cautions", Key::Caution),
    other("lastmod", Key::Updated),
    other("last_modified_at", Key::Updated),
    other("last_update", Key::Updated),
    other("last_updated", Key::Updated),
    other("lastUpdated", Key::Updated),
    other("最終更新日", Key::Updated),
    other("ms.date", Key::Updated),
    other("date", Key::Updated),
    other("canonical_url", Key::Source),
    other("permalink", Key::Source),
    other("expirydate", Key::ValidUntil),
];

/// Every spelling of every key, Shirube's own first.
#[must_use]
pub fn known_keys() -> &'static [KnownKey] {
    KEYS
}

/// The key that is spelt `name`, in any case.
pub(super) fn find(name: &str) -> Option<&'static KnownKey> {
    KEYS.iter().find(|known| known.name.eq_ignore_ascii_case(name))
}
