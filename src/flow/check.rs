//! Faults of a flow that show before any paste is there.
//!
//! 1. lines that could not be read;
//! 2. conditions that name unknown facts, compare what cannot be compared, or can never hold;
//! 3. links to articles or headings that are not there;
//! 4. facts that no check looks at, checks that no walk reaches.

use std::collections::BTreeSet;
use std::ops::Range;

use super::condition::Declared;
use super::document::{FactDeclaration, Flow, Placed, When, part_of};
use super::remedy::is_article;
use super::{Condition, value};
use crate::article::Article;
use crate::source::{Language, Phrase, phrase};
use crate::text::fold;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gravity {
    /// Something to mend when there is time.
    Warning,
    /// Something that makes the flow answer wrongly, or not at all.
    Error,
}

/// Something that is wrong with a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The flow's file.
    pub path: String,
    /// The file's line, 1-based.
    pub line: u32,
    /// The bytes of that line that are meant, half-open, where they are known.
    pub span: Option<Range<usize>>,
    /// How bad it is.
    pub gravity: Gravity,
    /// The fault.
    pub message: Phrase,
    /// The way to mend it.
    pub hint: Option<Phrase>,
}

/// Finds what is wrong with a flow, ordered by line; `articles` are those that its links may lead to.
pub fn check(flow: &Flow, articles: &[Article]) -> Vec<Problem> {
    let mut finder = Finder { flow, problems: Vec::new() };
    finder.unread();
    finder.conditions();
    finder.links(articles);
    finder.unused();
    finder.problems.sort_by_key(|it| (it.line, it.span.as_ref().map(|span| span.start)));
    finder.problems
}

struct Finder<'f> {
    flow: &'f Flow,
    problems: Vec<Problem>,
}

impl Finder<'_> {
    fn add(&mut self, line: u32, gravity: Gravity, message: Phrase) {
        let path = self.flow.path.clone();
        self.problems.push(Problem { path, line, span: None, gravity, message, hint: None });
    }

    fn unread(&mut self) {
        for warning in &self.flow.warnings {
            self.add(warning.line.unwrap_or(1), Gravity::Error, warning.message.clone());
        }
    }

    fn conditions(&mut self) {
        let flow = self.flow;
        let schema = |label: &str| schema(flow, label);
        for condition in conditions(flow) {
            for error in condition.value.problems(&schema) {
                let span = part_of(condition, &error.span);
                self.error(condition.line, Some(span), error.message, error.hint);
            }
        }
        for computation in flow.checks.iter().flat_map(|check| &check.computations) {
            for error in computation.formula.value.problems(&schema) {
                self.error(computation.formula.line, None, error.message, error.hint);
            }
        }
        for fact in &flow.facts {
            let Some(assumed) = &fact.assumed else { continue };
            if value::read(fact.kind, assumed) == value::Value::Unreadable {
                let (ja, en) = (fact.kind.name(), fact.kind.english());
                let message = phrase!(
                    "想定「{assumed}」は、{ja}として読めません",
                    "the assumed `{assumed}` is no {en}"
                );
                self.add(fact.line, Gravity::Error, message);
            }
        }
    }

    fn error(&mut self, line: u32, span: Option<Range<usize>>, message: Phrase, hint: Phrase) {
        let (path, gravity) = (self.flow.path.clone(), Gravity::Error);
        self.problems.push(Problem { path, line, span, gravity, message, hint: Some(hint) });
    }

    fn links(&mut self, articles: &[Article]) {
        for case in self.flow.checks.iter().flat_map(|check| &check.cases) {
            let Some(link) = &case.verdict.remedy else { continue };
            if link.article.contains("://") {
                continue;
            }
            let article = articles.iter().find(|article| is_article(article, link));
            let named = &link.article;
            let message = match (article, &link.anchor) {
                (None, _) => {
                    phrase!("記事「{named}」がありません", "there is no article `{named}`")
                }
                (Some(article), Some(anchor)) if !has_anchor(article, anchor) => phrase!(
                    "記事「{named}」に、見出し「#{anchor}」がありません",
                    "the article `{named}` has no heading `#{anchor}`"
                ),
                _ => continue,
            };
            let hint = Phrase::new("リンクの先を確かめてください", "look where the link leads");
            self.error(case.line, None, message, hint);
        }
    }

    fn unused(&mut self) {
        let flow = self.flow;
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for condition in conditions(flow) {
            let facts = condition.value.labels().into_iter().filter_map(|label| flow.fact(label));
            used.extend(facts.map(|fact| fact.label.as_str()));
        }
        for fact in &flow.facts {
            if !used.contains(fact.label.as_str()) && fact.kind != value::Type::Messages {
                let label = &fact.label;
                let message = phrase!(
                    "項目「{label}」は、どの確認でも使われていません",
                    "no check looks at the fact 「{label}」"
                );
                self.add(fact.line, Gravity::Warning, message);
            }
        }
        let mut reached = BTreeSet::from([0]);
        for (index, check) in flow.checks.iter().enumerate() {
            if !reached.contains(&index) {
                let message =
                    Phrase::new("この確認へ進む場合がありません", "no case leads to this check");
                self.add(check.line, Gravity::Warning, message);
            }
            if check.cases.is_empty() {
                let message =
                    Phrase::new("この確認には、場合分けがありません", "this check has no cases");
                self.add(check.line, Gravity::Error, message);
            }
            reached.extend(check.cases.iter().filter_map(|case| case.verdict.then));
        }
    }
}

fn has_anchor(article: &Article, anchor: &str) -> bool {
    let anchor = anchor.to_lowercase();
    article.outline.anchors.iter().any(|known| known.to_lowercase() == anchor)
        || article.passages.iter().any(|passage| passage.anchor == anchor)
}

fn conditions(flow: &Flow) -> impl Iterator<Item = &Placed<Condition>> {
    let whens = flow.checks.iter().flat_map(|check| {
        let computations = check.computations.iter().map(|it| &it.when);
        check.cases.iter().map(|case| &case.when).chain(computations)
    });
    let of_facts = flow.facts.iter().filter_map(|fact| fact.none_when.as_ref());
    let of_checks = whens.filter_map(|when| match when {
        When::Condition(condition) => Some(condition.as_ref()),
        _ => None,
    });
    flow.when.iter().chain(of_checks).chain(of_facts)
}

/// The declaration of a label in the flow's table, or the nearest label that is declared.
fn schema(flow: &Flow, label: &str) -> Declared {
    match flow.fact(label) {
        Some(fact) => Declared::As(fact.kind),
        None => Declared::Unknown(nearest(flow, label)),
    }
}

/// The declared label that differs least, if it differs in less than half of its characters.
fn nearest(flow: &Flow, label: &str) -> Option<String> {
    let wanted = fold(label);
    let distance = |fact: &FactDeclaration| strsim::levenshtein(&wanted, &fold(&fact.label));
    let distances = flow.facts.iter().map(|fact| (distance(fact), fact));
    let (distance, fact) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance * 2 < wanted.chars().count().max(2)).then(|| fact.label.clone())
}

impl std::fmt::Display for Problem {
    /// `flows/a.md:12: what is wrong; what to do`, in Japanese.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.message.text(Language::Ja))?;
        self.hint.iter().try_for_each(|hint| write!(formatter, "。{}", hint.text(Language::Ja)))
    }
}
