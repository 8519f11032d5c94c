//! The stored fields of an article, beside its terms: everything that ranking and showing need.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::article::{PassageLink, Role};
use crate::facts::Code;

/// The part of an article that all its passages share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredArticle {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) product: Option<String>,
    pub(crate) platforms: Vec<String>,
    pub(crate) codes: Vec<Code>,
    pub(crate) statuses: Vec<String>,
    pub(crate) cautions: Vec<String>,
    /// The conditions over facts under which it applies.
    pub(crate) when: Vec<String>,
    pub(crate) updated: Option<Date>,
    pub(crate) valid_until: Option<Date>,
    pub(crate) source: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) reviewed: Option<Date>,
    /// Whether what it documents needs nothing to be done.
    pub(crate) harmless: bool,
    pub(crate) patterns: Vec<StoredPattern>,
    /// Whether it tells what has changed from one version to the next.
    pub(crate) release_note: bool,
    /// How many passages it has.
    pub(crate) passages: u32,
}

/// A pattern as a regular expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredPattern {
    pub(crate) expression: String,
    /// How many line feeds a match may have at most.
    pub(crate) most_lines: u32,
}

/// The Markdown of an article as its file has it, without the front matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredText {
    pub(crate) markdown: String,
    /// The file's line that the Markdown begins at, 1-based.
    pub(crate) line: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredPassage {
    pub(crate) anchor: String,
    pub(crate) section: Vec<String>,
    pub(crate) question: Option<String>,
    pub(crate) markdown: String,
    pub(crate) cautions: Vec<String>,
    pub(crate) destructive: bool,
    pub(crate) codes: Vec<Code>,
    pub(crate) line: u32,
    pub(crate) role: Role,
    pub(crate) instructs: bool,
    /// Whether it says nothing but where to look.
    pub(crate) points: bool,
    /// Whether it is a row or an item of its section.
    pub(crate) row: bool,
    /// Whether it is a row that stands for an error by a code, a name or a message.
    pub(crate) of_error: bool,
    pub(crate) links: Vec<PassageLink>,
    /// The meaning that a row gives its code.
    pub(crate) meaning: Option<String>,
}

/// A template in analyzed form, ready to be aligned with a message.
///
/// It borrows from the bytes that it is read from: a message is aligned with thousands of templates, of which few are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredTemplate<'t> {
    /// The passage's place among the article's passages.
    pub(crate) passage: u32,
    /// The wording as the article writes it.
    pub(crate) written: &'t str,
    #[serde(borrow)]
    pub(crate) tokens: Vec<TemplateToken<'t>>,
    /// Whether the article names the wording as a message, rather than merely holding it.
    pub(crate) declared: bool,
    /// Whether it is what a program says, rather than the cell of a table or the number of an error.
    pub(crate) wording: bool,
    /// Whether it stands for the whole article: in its front matter or its title.
    pub(crate) of_article: bool,
}

/// A word of a template, or a gap for a variable part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum TemplateToken<'t> {
    /// A word, and its rarity by the dictionary.
    Word {
        #[serde(borrow)]
        term: Cow<'t, str>,
        rarity: f32,
    },
    /// Any words, or none.
    Wildcard,
}
