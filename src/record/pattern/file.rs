//! The form of `formats/NAME.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// One file: a log format.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The name that people choose it by (`--input-format`), and that overrides a shipped one.
    pub(super) name: Spanned<String>,
    /// Its name, in both languages.
    pub(super) ja: String,
    pub(super) en: String,
    /// Where its form is published.
    #[expect(dead_code, reason = "it is for those who write and read the file")]
    pub(super) source: Option<String>,
    /// The console that it comes from, as articles name it.
    pub(super) product: Option<String>,
    /// The platform that its codes belong to: `Windows`, `Android`, `Apple`.
    pub(super) platform: Option<Spanned<String>>,
    /// Names of formats that it is tried before.
    #[serde(default)]
    pub(super) before: Vec<String>,
    /// The patterns of an entry, tried in their order.
    pub(super) pattern: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) patterns: Vec<Spanned<String>>,
    /// Patterns that are looked for anywhere in an entry, for fields that may be in any order.
    #[serde(default)]
    pub(super) also: Vec<Spanned<String>>,
    /// How the first line of an entry looks that goes on up to the line that `ends` fits. Where `ends` has groups and all of
    /// them are there, the message is the text between the two, and no pattern is asked.
    pub(super) begins: Option<Spanned<String>>,
    pub(super) ends: Option<Spanned<String>>,
    /// How a line looks that goes on the entry before it, besides what is indented and frames of traces.
    pub(super) continued: Option<Spanned<String>>,
    /// How a line looks that belongs to the format and says nothing.
    pub(super) ignored: Option<Spanned<String>>,
    /// Groups that are the same in all entries of one exception.
    #[serde(default)]
    pub(super) joins: Vec<Spanned<String>>,
    /// How the message of an exception's first entry looks.
    pub(super) joins_from: Option<Spanned<String>>,
    /// 16 where codes are written hexadecimally without `0x`.
    pub(super) code_radix: Option<Spanned<u32>>,
    /// Words of the log with the level that they stand for.
    #[serde(default)]
    pub(super) levels: BTreeMap<String, Spanned<String>>,
    /// Groups whose values are facts, with their labels.
    #[serde(default)]
    pub(super) facts: BTreeMap<Spanned<String>, String>,
    #[serde(default)]
    pub(super) sample: Vec<Spanned<SampleText>>,
}

/// A piece of a log with what must come out of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleText {
    pub(super) text: String,
    #[serde(default)]
    pub(super) entry: Vec<SampleEntry>,
}

/// The expected result of one entry; fields that are not named are absent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleEntry {
    pub(super) message: String,
    pub(super) time: Option<String>,
    pub(super) level: Option<String>,
    pub(super) device: Option<String>,
    #[serde(default)]
    pub(super) codes: Vec<String>,
}
