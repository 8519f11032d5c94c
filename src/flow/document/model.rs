//! The parts of a check flow.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use super::super::value::Type;
use super::super::{Condition, Formula};
use crate::source::{Phrase, Warning};

/// An ordered list of checks that narrows a cause down from facts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flow {
    /// The front matter's `id`, or the file's name without its ending.
    pub id: String,
    /// The file, as it was named.
    pub path: String,
    /// The title.
    pub title: String,
    /// The console that the flow is about.
    pub product: Option<String>,
    /// The systems that the flow is about.
    pub platforms: Vec<String>,
    /// When the document of the flow was last changed; of two flows of one symptom the newer leads.
    pub updated: Option<Date>,
    /// Where the flow comes from, a link.
    pub source: Option<String>,
    /// The symptom that the flow starts from; flows of one symptom are compared with each other.
    pub symptom: Option<String>,
    /// When the flow applies; without it, where one of its facts was pasted.
    pub when: Vec<Placed<Condition>>,
    /// The facts that the checks look at.
    pub facts: Vec<FactDeclaration>,
    /// The checks, in order; a check leads only to a later one.
    pub checks: Vec<Check>,
    /// Faults found while reading the document.
    pub warnings: Vec<Warning>,
}

/// Something with its place in the flow's file.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    /// The text on that line, read.
    pub value: T,
    /// The file's line, 1-based.
    pub line: u32,
    /// The bytes of the line that it takes, half-open.
    pub span: Range<usize>,
}

/// A fact that the checks look at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FactDeclaration {
    /// The label as the console writes it.
    pub label: String,
    /// Other labels of the same fact.
    pub aliases: Vec<String>,
    /// The type of its values.
    pub kind: Type,
    /// Where it is on the console.
    pub place: Option<String>,
    /// The value that the flow's own premise gives it while nothing else was pasted.
    pub assumed: Option<String>,
    /// The answers that are offered where it is asked for, beside those that the conditions name.
    pub choices: Vec<String>,
    /// When there is nothing after the label although it was not pasted: no alarms, where all counts are zero.
    pub none_when: Option<Placed<Condition>>,
    /// The file's line, 1-based.
    pub line: u32,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Check {
    /// The number of its heading: `3`, `3-c`; may be empty.
    pub number: String,
    /// The heading without its number. Checks of one title, in flows of one symptom, ask the same.
    pub title: String,
    /// The heading's anchor.
    pub anchor: String,
    /// The text between the heading and the cases.
    pub question: String,
    /// Whether a cause may be told although the check before it is not settled (`前提: なし`).
    pub stands_alone: bool,
    /// The cases; the first that holds decides.
    pub cases: Vec<Case>,
    /// The values that are computed when the check is reached.
    pub computations: Vec<Computation>,
    /// The file's line, 1-based.
    pub line: u32,
}

impl Check {
    /// The conditions of its cases.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.cases.iter().filter_map(|case| case.when.condition())
    }
}

/// A case of a check with what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// When it holds.
    pub when: When,
    /// The verdict where the condition holds.
    pub verdict: Verdict,
    /// The file's line, 1-based.
    pub line: u32,
}

/// When a case holds.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// Where the condition holds.
    Condition(Box<Placed<Condition>>),
    /// Where no other case of the check does.
    Otherwise,
    /// No condition could be read: it is never known to hold.
    Unreadable,
}

impl When {
    /// The condition, where there is one.
    #[must_use]
    pub fn condition(&self) -> Option<&Condition> {
        match self {
            Self::Condition(condition) => Some(&condition.value),
            _ => None,
        }
    }

    /// The condition in words, as the flow declares its labels.
    #[must_use]
    pub fn in_words(&self, flow: &Flow) -> Phrase {
        match self {
            Self::Condition(condition) => {
                condition.value.in_words(&|label| Some(flow.fact(label)?.kind))
            }
            Self::Otherwise => Phrase::new("それ以外", "otherwise"),
            Self::Unreadable => Phrase::new("?", "?"),
        }
    }
}

/// The outcome of a case that holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Verdict {
    /// The kind.
    pub kind: VerdictKind,
    /// It in words; empty where the walk goes on.
    pub text: String,
    /// The article that tells what to do, or more.
    pub remedy: Option<Link>,
    /// The check to go on with: after a cause or a log, where that does not help. `None` where there is none.
    pub then: Option<usize>,
}

/// The kinds of verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VerdictKind {
    /// The check is passed; the walk goes on.
    #[default]
    Next,
    /// This is the cause.
    Cause,
    /// Nothing is left to do.
    Done,
    /// It cannot be told from these facts: an instruction that finds out.
    Open,
    /// The log tells; its messages are searched in the knowledge base.
    Log,
}

impl VerdictKind {
    /// The kinds that a case names, each with its name in both languages.
    pub const NAMES: [(Self, [&'static str; 2]); 4] = [
        (Self::Cause, ["原因", "cause"]),
        (Self::Done, ["完了", "done"]),
        (Self::Open, ["未確認", "unknown"]),
        (Self::Log, ["ログを調べる", "search the log"]),
    ];

    /// The name, where it has one.
    #[must_use]
    pub fn name(self) -> Option<[&'static str; 2]> {
        Self::NAMES.into_iter().find(|(kind, _)| *kind == self).map(|(_, name)| name)
    }
}

/// A link to an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The article's id: its path without `.md`.
    pub article: String,
    /// The heading's anchor.
    pub anchor: Option<String>,
    /// The words of the link.
    pub label: String,
}

/// `article#anchor`
impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.article)?;
        self.anchor.iter().try_for_each(|anchor| write!(formatter, "#{anchor}"))
    }
}

/// A value that is computed when its check is reached: when a job will time out.
#[derive(Debug, Clone, PartialEq)]
pub struct Computation {
    /// When it is computed.
    pub when: When,
    /// The value's name.
    pub name: String,
    /// How it is computed.
    pub formula: Placed<Formula>,
}

impl Flow {
    /// The declaration of a label or of an alias of it; both are compared in their one spelling.
    #[must_use]
    pub fn fact(&self, label: &str) -> Option<&FactDeclaration> {
        let folded = crate::text::fold(label);
        self.facts.iter().find(|fact| {
            std::iter::once(&fact.label)
                .chain(&fact.aliases)
                .any(|name| crate::text::fold(name) == folded)
        })
    }

    /// Whether a case compares the label with the present: it says until when something holds, and may lie in
    /// the past as well as in the future.
    #[must_use]
    pub fn is_limit(&self, label: &str) -> bool {
        self.checks.iter().flat_map(Check::conditions).any(|condition| condition.is_limit(label))
    }

    /// Adds the aliases that the knowledge base's settings declare: a label with its other names.
    pub fn add_aliases(&mut self, aliases: &std::collections::BTreeMap<String, Vec<String>>) {
        for fact in &mut self.facts {
            for (label, others) in aliases {
                let names = || std::iter::once(label).chain(others);
                let folded = crate::text::fold(&fact.label);
                if names().any(|name| crate::text::fold(name) == folded) {
                    fact.aliases.extend(names().cloned());
                }
            }
        }
    }
}
