//! The syntax tree of a condition.

use std::ops::Range;

use jiff::civil::DateTime;

use super::super::Truth;
use super::super::value::{Type, Value};
use crate::source::Phrase;

/// A condition, read from its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The text as written.
    pub written: String,
    pub(in crate::flow) expression: Expression,
}

/// A value that is computed from facts: `「登録日時」 + 6日`.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// The text as written.
    pub written: String,
    pub(in crate::flow) sum: Sum,
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::flow) enum Expression {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Compare(Comparison),
    Is { label: String, state: State, span: Range<usize> },
    Incident { text: String, span: Range<usize> },
    Code { written: String, span: Range<usize> },
}

/// A comparison; with several values on the right it holds where one of them does.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::flow) struct Comparison {
    pub(in crate::flow) left: Sum,
    pub(in crate::flow) operator: Operator,
    pub(in crate::flow) right: Vec<Sum>,
    pub(in crate::flow) span: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::flow) enum Operator {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
    /// As far as both were written, they are one time: `≒`.
    Like,
}

impl Operator {
    pub(in crate::flow) const fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::GreaterOrEqual => ">=",
            Self::Greater => ">",
            Self::Like => "≒",
        }
    }

    /// The operator that holds where this one does not; `≒` has none.
    pub(in crate::flow) const fn negated(self) -> Option<Self> {
        match self {
            Self::Less => Some(Self::GreaterOrEqual),
            Self::LessOrEqual => Some(Self::Greater),
            Self::Equal => Some(Self::NotEqual),
            Self::NotEqual => Some(Self::Equal),
            Self::GreaterOrEqual => Some(Self::Less),
            Self::Greater => Some(Self::LessOrEqual),
            Self::Like => None,
        }
    }

    pub(in crate::flow) const fn orders(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// A state of a label that needs no comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::flow) enum State {
    /// It is there without a value.
    Empty,
    /// It says that there is none, or is there without a value.
    None,
    /// It was pasted, whatever it says.
    Pasted,
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::flow) struct Sum {
    pub(in crate::flow) first: Term,
    pub(in crate::flow) rest: Vec<(Sign, Term)>,
    pub(in crate::flow) span: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::flow) enum Sign {
    Plus,
    Minus,
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::flow) struct Term {
    pub(in crate::flow) kind: TermKind,
    pub(in crate::flow) span: Range<usize>,
}

impl Term {
    pub(in crate::flow) fn label(&self) -> Option<&str> {
        match &self.kind {
            TermKind::Fact(label) => Some(label),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::flow) enum TermKind {
    Fact(String),
    Now,
    /// A time, a duration, a number, a version, a truth or a text, with what was written: a number may
    /// be meant as a version.
    Literal(Value, String),
}

impl Comparison {
    /// Both sides, with each of the values on the right.
    pub(in crate::flow) fn sums(&self) -> impl Iterator<Item = &Sum> + Clone {
        std::iter::once(&self.left).chain(&self.right)
    }
}

impl Sum {
    pub(in crate::flow) fn terms(&self) -> impl Iterator<Item = &Term> + Clone {
        std::iter::once(&self.first).chain(self.rest.iter().map(|(_, term)| term))
    }

    pub(in crate::flow) fn alone(&self) -> Option<&Term> {
        self.rest.is_empty().then_some(&self.first)
    }

    pub(in crate::flow) fn literal(&self) -> Option<&Value> {
        match &self.alone()?.kind {
            TermKind::Literal(value, _) => Some(value),
            _ => None,
        }
    }
}

impl Expression {
    /// The expression and all within it, from the outside in.
    pub(in crate::flow) fn parts(&self) -> Vec<&Self> {
        let mut all = vec![self];
        match self {
            Self::All(parts) | Self::Any(parts) => all.extend(parts.iter().flat_map(Self::parts)),
            Self::Not(part) => all.extend(part.parts()),
            _ => {}
        }
        all
    }

    pub(in crate::flow) fn comparisons(&self) -> impl Iterator<Item = &Comparison> {
        self.parts().into_iter().filter_map(|part| match part {
            Self::Compare(comparison) => Some(comparison),
            _ => None,
        })
    }
}

impl Condition {
    /// The labels that the condition names, in order, each once.
    pub fn labels(&self) -> Vec<&str> {
        let mut labels = Vec::new();
        for part in self.expression.parts() {
            match part {
                Expression::Compare(comparison) => {
                    labels.extend(comparison.sums().flat_map(Sum::terms).filter_map(Term::label));
                }
                Expression::Is { label, .. } => labels.push(label),
                _ => {}
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        labels.retain(|label| seen.insert(*label));
        labels
    }

    /// The messages of which the condition asks whether they are there.
    pub fn messages(&self) -> Vec<&str> {
        let messages = self.expression.parts().into_iter().filter_map(|part| match part {
            Expression::Incident { text, .. } => Some(text.as_str()),
            _ => None,
        });
        messages.collect()
    }

    /// The texts that the condition compares a label with, in order.
    pub fn texts_beside(&self, label: &str) -> Vec<&str> {
        let of_label = |it: &&Comparison| it.left.alone().and_then(Term::label) == Some(label);
        let right = self.expression.comparisons().filter(of_label).flat_map(|it| &it.right);
        let texts = right.filter_map(|sum| match &sum.alone()?.kind {
            TermKind::Literal(Value::Text(_), written) => Some(written.as_str()),
            _ => None,
        });
        texts.collect()
    }

    /// Whether the condition compares the label with the present: it says until when something holds.
    pub fn is_limit(&self, label: &str) -> bool {
        self.expression.comparisons().any(|comparison| {
            let mut alone = comparison.sums().filter_map(Sum::alone);
            alone.clone().any(|term| term.kind == TermKind::Now)
                && alone.any(|term| term.label() == Some(label))
        })
    }

    /// The codes of which the condition asks whether they are there, as written.
    pub fn codes(&self) -> Vec<&str> {
        let codes = self.expression.parts().into_iter().filter_map(|part| match part {
            Expression::Code { written, .. } => Some(written.as_str()),
            _ => None,
        });
        codes.collect()
    }
}

/// Something that is wrong with a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionError {
    /// The bytes of the condition that are meant, half-open.
    pub span: Range<usize>,
    /// The error.
    pub message: Phrase,
    /// The correction.
    pub hint: Phrase,
}

/// The facts, computed values, messages and the time that conditions are evaluated on.
pub(in crate::flow) trait Known {
    /// The value of a label; `None` where it was not pasted, or has two values.
    fn fact(&self, label: &str) -> Option<Value>;
    fn pasted(&self, label: &str) -> Truth {
        self.fact(label).is_some().into()
    }
    fn kind(&self, _label: &str) -> Option<Type> {
        None
    }
    /// The value of a label as it was pasted.
    fn written(&self, label: &str) -> Option<String>;
    fn incident(&self, message: &str) -> Truth;
    fn code(&self, written: &str) -> Truth;
    fn now(&self) -> Option<DateTime>;
}

/// A piece of knowledge without which a condition stays undecided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// The value of a label.
    Fact(String),
    /// The value of a label, to the second.
    Exactly(String),
    /// Whether the message is shown.
    Message(String),
    /// Whether the code is shown.
    Code(String),
    /// The current time.
    Now,
}
