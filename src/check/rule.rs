//! A rule, the context that it looks at, and what it finds.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Age, SampleRank};
use crate::article::Article;
use crate::kb::{Documents, Level};
use crate::source::{Location, Phrase, Warning};

/// Knowledge that the checks are given from outside.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// The day that it is; without it nothing is expired or stale.
    pub today: Option<Date>,
    /// After how long without a change an article is stale; without it none is.
    pub stale: Option<Age>,
    /// Whether each article without a date, a product or a source is a finding of its own, instead of being counted.
    pub all: bool,
    /// The ids of the articles that judged questions bring up; without them none is told as never reached.
    pub reached: Option<BTreeSet<String>>,
}

#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name in `shirube.toml`, in the findings and in `docs/checks.md`.
    pub id: &'static str,
    /// How bad a finding is, unless `shirube.toml` says otherwise.
    pub severity: Level,
    /// The fault that it looks for, in Japanese.
    pub ja: &'static str,
    /// The fault that it looks for, in English.
    pub en: &'static str,
    /// How the fault is mended, in both languages; empty where each finding has a hint of its own.
    pub(super) hint: [&'static str; 2],
    pub(super) check: fn(&mut Context<'_>),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where it is; the file is relative to the knowledge base.
    pub location: Location,
    pub rule: &'static str,
    /// How bad it is: info, warning or error.
    pub severity: Level,
    pub message: Phrase,
    /// The way to mend it.
    pub hint: Phrase,
}

/// The rule of a file: its id, how bad it is, the fault and what mends it in Japanese and English; `check` of the file
/// looks for it.
macro_rules! rule {
    ($id:literal, $severity:ident, $ja:literal, $en:literal) => {
        rule! { $id, $severity, $ja, $en, "", "" }
    };
    ($id:literal, $severity:ident, $ja:literal, $en:literal, $hint_ja:literal, $hint_en:literal) => {
        pub(super) const RULE: $crate::check::Rule = $crate::check::Rule {
            id: $id,
            severity: $crate::kb::Level::$severity,
            ja: $ja,
            en: $en,
            hint: [$hint_ja, $hint_en],
            check,
        };
    };
}

/// The tests of a rule: it finds what is wrong in `failing`, at these places, and nothing in `passing`.
macro_rules! rule_examples {
    (failing: $failing:expr => $places:expr, passing: $passing:expr $(,)?) => {
        #[cfg(test)]
        mod tests {
            use crate::check::found;

            #[test]
            fn the_failing_example_is_found() {
                let places: Vec<(String, u32)> = $places
                    .iter()
                    .map(|(file, line): &(&str, u32)| (file.to_string(), *line))
                    .collect();
                assert_eq!(found(&super::RULE, &$failing), places);
            }

            #[test]
            fn the_passing_example_is_not() {
                assert_eq!(found(&super::RULE, &$passing), []);
            }
        }
    };
}

pub(super) use {rule, rule_examples};

/// The knowledge base that a rule looks at, and the list that it reports to.
pub(super) struct Context<'c> {
    pub(super) base: &'c Documents,
    pub(super) options: &'c CheckOptions,
    pub(super) samples: &'c [SampleRank],
    pub(super) rule: &'c Rule,
    pub(super) severity: Level,
    pub(super) findings: &'c mut Vec<Finding>,
}

impl Context<'_> {
    /// Reports something in a file, with the rule's hint.
    pub(super) fn report(&mut self, path: &str, line: u32, message: Phrase) {
        let [ja, en] = self.rule.hint;
        self.report_with(Phrase::new(ja, en), path, line, message);
    }

    /// Reports each article that is so, in its first line, with the rule's hint.
    pub(super) fn report_articles(&mut self, is_so: impl Fn(&Article) -> bool, ja: &str, en: &str) {
        for article in self.base.articles.iter().filter(|article| is_so(article)) {
            self.report(&article.path, 1, Phrase::new(ja, en));
        }
    }

    /// Reports what reading the files told, with the rule's hint.
    pub(super) fn report_all<'w>(&mut self, warnings: impl IntoIterator<Item = &'w Warning>) {
        for warning in warnings {
            let file = warning.file.as_deref().unwrap_or_default();
            self.report(file, warning.line.unwrap_or(1), warning.message.clone());
        }
    }

    pub(super) fn report_with(&mut self, hint: Phrase, path: &str, line: u32, message: Phrase) {
        self.findings.push(Finding {
            location: Location { file: Some(path.into()), line: line.max(1) },
            rule: self.rule.id,
            severity: self.severity,
            message,
            hint,
        });
    }
}

pub(super) fn line_of_codes(article: &Article) -> u32 {
    line_of_key(article, &["codes", "コード", "code"])
}

/// The line of the front matter that one of the keys is on, or the first.
pub(super) fn line_of_key(article: &Article, names: &[&str]) -> u32 {
    let found = article.outline.keys.iter().find(|(key, _)| names.contains(&key.as_str()));
    found.map_or(1, |(_, line)| *line)
}
