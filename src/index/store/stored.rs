//! The stored fields of an article, beside its terms: everything that ranking and showing need.

use std::borrow::Cow;
use std::ops::Deref;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de};

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
    pub(crate) passages: u32,
}

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

/// A passage, which begins with its [`PassageHead`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredPassage {
    pub(crate) head: PassageHead,
    #[serde(deserialize_with = "long_text")]
    pub(crate) markdown: String,
    pub(crate) cautions: Vec<String>,
    pub(crate) codes: Vec<Code>,
    pub(crate) line: u32,
    /// Whether it is a row that stands for an error by a code, a name or a message.
    pub(crate) of_error: bool,
    pub(crate) links: Vec<PassageLink>,
    /// The meaning that a row gives its code.
    pub(crate) meaning: Option<String>,
    /// How people ask for it.
    pub(crate) asked: AskedLines,
}

/// A text that may be long, written by Postcard as bytes: the standard library took a tenth of an answer to read Japanese.
fn long_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = simdutf8::basic::from_utf8(<&[u8]>::deserialize(deserializer)?);
    text.map(str::to_owned).map_err(de::Error::custom)
}

/// The kind of a passage, without its text: of many that are near, few are read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PassageHead {
    pub(crate) anchor: String,
    pub(crate) section: Vec<String>,
    pub(crate) question: Option<String>,
    pub(crate) role: Role,
    pub(crate) destructive: bool,
    pub(crate) instructs: bool,
    /// Whether it says nothing but where to look.
    pub(crate) points: bool,
    /// Whether it is a row or an item of its section.
    pub(crate) row: bool,
}

impl Deref for StoredPassage {
    type Target = PassageHead;

    fn deref(&self) -> &PassageHead {
        &self.head
    }
}

/// How people ask for a passage: a line each, with those of its terms that neither the passage nor the title has.
///
/// One string, since passages are read far more often than their lines: in each line the way to ask, and after it the terms, all
/// with a tab between them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct AskedLines(String);

impl AskedLines {
    pub(crate) fn push<'t>(&mut self, line: &str, terms: impl Iterator<Item = &'t str>) {
        // A tab in the line would end it.
        self.0.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
        for term in terms {
            self.0.push('\t');
            self.0.push_str(term);
        }
        self.0.push('\n');
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
        self.0.lines().filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?, fields))
        })
    }
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

#[cfg(test)]
mod tests {
    use super::AskedLines;

    #[test]
    fn lines_come_out_with_their_terms() {
        let mut asked = AskedLines::default();
        asked.push("まだ使えてる\tのに", ["使える", "まだ"].into_iter());
        asked.push("消えない", [].into_iter());
        let lines: Vec<(&str, Vec<&str>)> =
            asked.iter().map(|(line, terms)| (line, terms.collect())).collect();
        assert_eq!(lines, [("まだ使えてる のに", vec!["使える", "まだ"]), ("消えない", vec![])]);
    }
}
