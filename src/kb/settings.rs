//! `shirube.toml`: what the documentation team sets for its knowledge base.
//!
//! ```toml
//! language = "ja"            # the language of answers: ja, en
//! base = true                # the shipped articles and check flows belong to it, too
//! samples = true             # fences marked `log` are samples, which must bring up their article
//!
//! [severity]                 # rule of `shirube check` = off, info, warning or error
//! stale = "warning"
//!
//! [aliases]                  # labels and states that are one and the same
//! "Push送信中" = ["PUSH送信中"]
//!
//! [products]                 # consoles by the name that articles give them, with the other names they go by
//! "CLOMO" = ["クロモ"]
//! ```

use std::collections::BTreeMap;

use toml::{Spanned, Value};

use crate::source::{Language, Phrase, Warning, line_of, named, phrase};

named! {
    /// How bad a finding of a check is; `Off` silences the rule.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Level {
        /// The rule does not run.
        Off = "off",
        /// Worth knowing.
        Info = "info",
        /// Something to mend when there is time.
        Warning = "warning",
        /// Something that misleads a reader.
        Error = "error",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleLevel {
    pub level: Level,
    /// The line of `shirube.toml`, 1-based.
    pub line: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    pub language: Option<Language>,
    /// Whether the shipped articles and check flows belong to the knowledge base.
    pub base: bool,
    /// Whether the fences marked `log` are samples, which must bring up their article, and no documentation.
    pub samples: bool,
    /// The severity of a rule of the checks, by its id; rules that are not named keep their own.
    pub severity: BTreeMap<String, RuleLevel>,
    /// Labels and states with the other names that they go by.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Consoles with the other names that they go by, those that no article is about among them.
    pub products: BTreeMap<String, Vec<String>>,
}

impl Settings {
    /// Takes over what another file says, which is read after this one.
    pub(super) fn add(&mut self, later: Self) {
        self.language = later.language.or(self.language);
        self.base |= later.base;
        self.samples |= later.samples;
        self.severity.extend(later.severity);
        self.aliases.extend(later.aliases);
        self.products.extend(later.products);
    }

    /// Reads `shirube.toml`; what makes no sense is a warning, and the rest is still read.
    pub fn parse(path: &str, text: &str) -> (Self, Vec<Warning>) {
        let mut reader = Reader { path, text, settings: Self::default(), warnings: Vec::new() };
        match toml::from_str::<BTreeMap<Spanned<String>, Spanned<Value>>>(text) {
            Ok(entries) => {
                for (key, value) in entries {
                    reader.entry(&key, value);
                }
            }
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let reason = error.message().to_owned();
                let message = phrase!(
                    "TOMLとして読めません（{reason}）。この設定ファイルは使われません",
                    "not TOML ({reason}); this file is not used"
                );
                reader.warn(at, message);
            }
        }
        (reader.settings, reader.warnings)
    }
}

struct Reader<'t> {
    path: &'t str,
    text: &'t str,
    settings: Settings,
    warnings: Vec<Warning>,
}

impl Reader<'_> {
    fn entry(&mut self, key: &Spanned<String>, value: Spanned<Value>) {
        let at = value.span().start;
        match (key.get_ref().as_str(), value.into_inner()) {
            ("language", Value::String(tag)) if matches!(tag.as_str(), "ja" | "en") => {
                self.settings.language = Language::from_tag(&tag);
            }
            ("language", other) => self.no_choice(at, "language", &other, "ja, en"),
            ("base", Value::Boolean(base)) => self.settings.base = base,
            ("samples", Value::Boolean(samples)) => self.settings.samples = samples,
            (name @ ("base" | "samples"), other) => {
                self.no_choice(at, name, &other, "true, false");
            }
            ("severity", Value::Table(rules)) => {
                for (rule, level) in rules {
                    let at = self.place(at, &rule);
                    match level.as_str().and_then(Level::from_name) {
                        Some(level) => {
                            let line = line_of(self.text, at);
                            self.settings.severity.insert(rule, RuleLevel { level, line });
                        }
                        None => {
                            self.no_choice(at, &rule, &level, "off, info, warning, error");
                        }
                    }
                }
            }
            ("aliases", Value::Table(names)) => self.settings.aliases = self.names(at, names),
            ("products", Value::Table(names)) => self.settings.products = self.names(at, names),
            ("severity" | "aliases" | "products", _) => {
                let name = key.get_ref();
                self.warn(
                    at,
                    phrase!("「{name}」は表です。[{name}] の下に書いてください", "`{name}` is a table; write its entries under [{name}]"),
                );
            }
            (unknown, _) => self.warn(
                key.span().start,
                phrase!("「{unknown}」という設定はありません。使えるもの: language, base, samples, severity, aliases, products", "there is no setting `{unknown}`; there are language, base, samples, severity, aliases, products"),
            ),
        }
    }

    /// Names with their other names; what is no list of names is told.
    fn names(&mut self, at: usize, names: toml::Table) -> BTreeMap<String, Vec<String>> {
        let mut read = BTreeMap::new();
        for (name, others) in names {
            let others: Option<Vec<String>> = match &others {
                Value::String(one) => Some(vec![one.clone()]),
                Value::Array(many) => {
                    many.iter().map(|value| value.as_str().map(str::to_owned)).collect()
                }
                _ => None,
            };
            if let Some(others) = others {
                read.insert(name, others);
                continue;
            }
            let at = self.place(at, &name);
            let message = phrase!(
                "「{name}」の別名は文字列の配列で書いてください",
                "write the aliases of `{name}` as an array of strings"
            );
            self.warn(at, message);
        }
        read
    }

    /// Where `name` is after `from`: the table's own values carry no place.
    fn place(&self, from: usize, name: &str) -> usize {
        self.text.get(from..).and_then(|rest| rest.find(name)).map_or(from, |at| from + at)
    }

    fn no_choice(&mut self, at: usize, name: &str, value: &Value, choices: &str) {
        let message = phrase!(
            "{name} = {value} は使えません。使えるもの: {choices}",
            "{name} = {value} is no choice; there are {choices}"
        );
        self.warn(at, message);
    }

    fn warn(&mut self, at: usize, message: Phrase) {
        let line = Some(line_of(self.text, at));
        self.warnings.push(Warning { file: Some(self.path.into()), line, message });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_and_nonsense_is_told_with_its_line() {
        let text = "language = \"en\"\ncolour = true\n\n[severity]\nstale = \"warning\"\nexpired = \"loud\"\n\n[aliases]\n\"Push送信中\" = [\"PUSH送信中\"]\n\n[products]\nCLOMO = [\"クロモ\"]\nJamf = []\nACME = 3\n";
        insta::assert_debug_snapshot!(Settings::parse("shirube.toml", text));
    }

    #[test]
    fn a_file_that_is_no_toml_is_told() {
        let (settings, warnings) = Settings::parse("shirube.toml", "language = \n");
        assert_eq!(settings, Settings::default());
        assert_eq!(warnings.first().and_then(|warning| warning.line), Some(1));
    }
}
