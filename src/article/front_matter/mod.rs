//! The YAML at the head of an article.
//!
//! 1. [`split`] takes it off the text;
//! 2. [`yaml`] reads it into a tree with lines;
//! 3. [`keys`] says what each key means, in every generator's spelling;
//! 4. [`date`] reads the dates.
//!
//! Unknown keys are left alone, and what does not parse is a warning: the text is still read.

mod date;
mod keys;
mod yaml;

use super::Article;
use crate::source::{Phrase, phrase};

pub(crate) use date::date;
pub(super) use date::{date_of_text, sole_date};
pub use keys::Key;
use keys::KnownKey;
pub(crate) use keys::known_keys;
pub(crate) use yaml::{Scalar, Yaml};

/// The values of the front matter, with the line of the file beside those that may be wrong.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    /// The article, as far as the front matter alone settles it.
    pub(super) article: Article,
    pub(super) codes: Vec<Scalar>,
    pub(super) messages: Vec<Scalar>,
    /// Errors of parsing, with their lines.
    pub(super) problems: Vec<(u32, Phrase)>,
}

/// The longest front matter that is read; a longer one is no front matter.
const LONGEST: usize = 256 * 1024;

/// The front matter's YAML and the bytes at which the text begins.
pub(super) fn split(source: &str) -> (Option<&str>, usize) {
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = source.get(start..).unwrap_or_default();
    let mut at = 0;
    for (number, line) in body.split_inclusive('\n').enumerate() {
        let mark = line.trim_end();
        if number == 0 && mark != "---" || at > LONGEST {
            break;
        }
        if number > 0 && (mark == "---" || mark == "...") {
            let first = body.find('\n').map_or(0, |end| end + 1);
            return (body.get(first..at), start + at + line.len());
        }
        at += line.len();
    }
    (None, start)
}

/// Reads the YAML of [`split`]; its first line is the file's second.
pub(super) fn read(yaml: &str) -> FrontMatter {
    let mut matter = FrontMatter::default();
    let (tree, error) = Yaml::of(yaml, 2);
    let error = error.or_else(|| {
        let Yaml::Scalar(text) = &tree else { return None };
        (!text.text.trim().is_empty()).then(|| (text.line, "no `key: value`".to_owned()))
    });
    if let Some((line, reason)) = error {
        let message = phrase!(
            "フロントマターをYAMLとして読めません（{reason}）。本文だけを読みました。\
             値に「: 」「#」「{{」「\"」などがあるときは '…' で囲んでください",
            "the front matter is not YAML ({reason}); only the text was read. \
             Put values that hold `: `, `#`, `{{` or `\"` between single quotes"
        );
        matter.problems.push((line, message));
    }
    for (key, value) in tree.entries() {
        matter.article.outline.keys.push((key.text.clone(), key.line));
        if let Some(known) = keys::find(&key.text) {
            matter.take(known, value, key.line);
        }
    }
    matter
}

impl FrontMatter {
    /// Takes the value of a known key; a generator's key does not override the project's own.
    fn take(&mut self, known: &KnownKey, value: &Yaml, line: u32) {
        let scalars = value.scalars();
        let texts = || scalars.iter().map(|scalar| scalar.text.clone()).collect::<Vec<String>>();
        let first = || scalars.first().map(|scalar| scalar.text.clone());
        let fill = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() || known.own {
                *slot = value.or_else(|| slot.take());
            }
        };
        let article = &mut self.article;
        match known.key {
            Key::Id => fill(&mut self.id, first().filter(|_| known.own)),
            Key::Title => fill(&mut self.title, first()),
            Key::Product => fill(&mut article.product, first()),
            Key::Platforms => article.platforms.extend(split_list(texts())),
            Key::Codes => self.codes.extend(scalars),
            Key::Messages => self.messages.extend(scalars),
            Key::Statuses => article.statuses.extend(texts()),
            Key::Keywords => article.keywords.extend(split_list(texts())),
            Key::Description => fill(&mut article.description, first()),
            Key::Caution => article.cautions.extend(texts()),
            Key::When => article.when.extend(texts()),
            Key::Patterns => {}
            Key::Harmless => article.harmless = says_yes(first()),
            Key::Pinned => article.pinned = says_yes(first()),
            Key::Draft => article.draft = says_yes(first()),
            Key::Source => {
                let link = first().filter(|link| known.own || link.contains("://"));
                fill(&mut article.source, link);
            }
            Key::Owner => fill(&mut article.owner, first()),
            Key::Updated | Key::ValidUntil | Key::Reviewed => {
                let Some(written) = first() else { return };
                let Some(day) = date(&written) else {
                    if known.own {
                        self.problems.push((line, not_a_date(&written)));
                    }
                    return;
                };
                let slot = match known.key {
                    Key::Updated => &mut article.updated,
                    Key::Reviewed => &mut article.reviewed,
                    _ => &mut article.valid_until,
                };
                if slot.is_none() || known.own {
                    *slot = Some(day);
                }
            }
        }
    }
}

fn says_yes(said: Option<String>) -> bool {
    let said = said.unwrap_or_default().to_ascii_lowercase();
    matches!(said.as_str(), "true" | "yes" | "はい")
}

fn not_a_date(written: &str) -> Phrase {
    phrase!(
        "「{written}」は日付として読めません。2018-07-31 の形で書いてください",
        "`{written}` is not a date; write it as 2018-07-31"
    )
}

/// A list that was written as one text, `iOS, iPadOS`.
fn split_list(texts: Vec<String>) -> Vec<String> {
    let parts = texts.iter().flat_map(|text| text.split([',', '、', '，'])).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
crate::source::cases! {
    front_matter: |source| {
        let (yaml, start) = split(source);
        format!("{} | {}", shown(yaml), source.get(start..).unwrap_or_default())
    };
}
