//! The format of `codes/*.toml`.

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct File {
    pub(super) source: Option<String>,
    pub(super) domain: Vec<Domain>,
    pub(super) code: Vec<CodeEntry>,
    pub(super) equivalence: Vec<Equivalence>,
    pub(super) command: Vec<Command>,
    pub(super) encoding: Vec<Encoding>,
    pub(super) range_alias: Vec<RangeAlias>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Domain {
    pub(super) name: String,
    #[serde(default)]
    pub(super) platforms: Vec<String>,
    pub(super) first: Option<i64>,
    pub(super) last: Option<i64>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    pub(super) ja: String,
    pub(super) en: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeEntry {
    pub(super) domain: String,
    pub(super) number: i64,
    pub(super) name: Option<String>,
    pub(super) ja: String,
    pub(super) en: String,
}

/// Codes that are one error where the message has one of the wordings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Equivalence {
    pub(super) codes: Vec<String>,
    #[serde(default)]
    pub(super) wording: Vec<String>,
    pub(super) ja: String,
    pub(super) en: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Command {
    pub(super) name: String,
    #[serde(default)]
    pub(super) platforms: Vec<String>,
    pub(super) ja: String,
    pub(super) en: String,
}

/// A way to write the numbers `first..=last` as `offset + number`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Encoding {
    pub(super) name: String,
    pub(super) offset: i64,
    /// Numbers as written, `offset` included, that have meanings of their own.
    #[serde(default)]
    pub(super) except: Vec<i64>,
    pub(super) first: i64,
    pub(super) last: i64,
}

/// A range of numbers that means the same as another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RangeAlias {
    pub(super) from_first: i64,
    pub(super) from_last: i64,
    pub(super) to_first: i64,
    pub(super) domain: String,
}
