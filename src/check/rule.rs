//! What a rule is, and what it looks at.

use jiff::civil::Date;

use super::Finding;
use crate::article::{Article, KnowledgeBase, Level};
use crate::source::{Location, Phrase};

/// What the checks cannot know by themselves.
#[derive(Debug, Clone, Copy, Default)]
pub struct CheckOptions {
    /// The day that it is; without it nothing is expired or stale.
    pub today: Option<Date>,
    /// After how many months without a change an article is stale; without it none is.
    pub stale_months: Option<u32>,
}

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name in `shirube.toml`, in the findings and in `docs/checks.md`.
    pub id: &'static str,
    /// How bad a finding is, unless `shirube.toml` says otherwise.
    pub severity: Level,
    /// What it looks for, in Japanese.
    pub ja: &'static str,
    /// What it looks for, in English.
    pub en: &'static str,
    pub(super) check: fn(&mut Context<'_>),
}

/// Gives the ids of the articles that a paste brings up, best first.
pub type Search<'s> = dyn FnMut(&str) -> Vec<String> + 's;

/// What a rule looks at, and where it reports.
pub(super) struct Context<'c> {
    pub(super) base: &'c KnowledgeBase,
    pub(super) options: &'c CheckOptions,
    pub(super) search: Option<&'c mut Search<'c>>,
    pub(super) rule: &'c Rule,
    pub(super) severity: Level,
    pub(super) findings: &'c mut Vec<Finding>,
}

impl Context<'_> {
    /// Reports something in an article.
    pub(super) fn report(&mut self, article: &Article, line: u32, message: Phrase, hint: Phrase) {
        self.report_at(&article.path, line, message, hint);
    }

    /// Reports something in a file.
    pub(super) fn report_at(&mut self, path: &str, line: u32, message: Phrase, hint: Phrase) {
        self.findings.push(Finding {
            location: Location { file: Some(path.into()), line: line.max(1) },
            rule: self.rule.id,
            severity: self.severity,
            message,
            hint,
        });
    }
}

/// The line of the front matter that one of the keys stands on, or the first.
pub(super) fn line_of_key(article: &Article, names: &[&str]) -> u32 {
    let found = article.outline.keys.iter().find(|(key, _)| names.contains(&key.as_str()));
    found.map_or(1, |(_, line)| *line)
}
