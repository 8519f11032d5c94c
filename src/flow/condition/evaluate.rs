//! Whether a condition holds for a set of facts, and what decided it.
//!
//! 1. [`Condition::evaluate`] gives the truth;
//! 2. [`Condition::reasons`] gives the comparisons that carry it, with their values;
//! 3. [`Condition::missing`] gives what would have to be known to decide it.

use super::super::Truth;
use super::super::value::{self, Type, Value};
use super::model::{
    Comparison, Condition, Expression, Formula, Operator, Sign, State, Sum, Term, TermKind,
};
use super::model::{Known, Missing};
use super::words;
use crate::source::{Phrase, add_new, phrase};

impl Condition {
    pub(in crate::flow) fn evaluate(&self, known: &dyn Known) -> Truth {
        truth(&self.expression, known)
    }

    /// The comparisons that make the condition hold, or fail, with their values.
    pub(in crate::flow) fn reasons(&self, known: &dyn Known, wanted: Truth) -> Vec<Phrase> {
        let mut reasons = Vec::new();
        if self.evaluate(known) == wanted {
            collect_reasons(&self.expression, known, wanted, &mut reasons);
        }
        reasons
    }

    /// The missing knowledge that would decide the condition; empty where it is decided.
    pub(in crate::flow) fn missing(&self, known: &dyn Known) -> Vec<Missing> {
        let mut missing = Vec::new();
        collect_missing(&self.expression, known, &mut missing);
        missing
    }
}

impl Formula {
    /// The value; `None` where a fact is missing.
    pub(in crate::flow) fn evaluate(&self, known: &dyn Known) -> Option<Value> {
        sum(&self.sum, known)
    }
}

fn truth(expression: &Expression, known: &dyn Known) -> Truth {
    match expression {
        Expression::All(parts) => {
            parts.iter().fold(Truth::True, |all, part| all.and(truth(part, known)))
        }
        Expression::Any(parts) => {
            parts.iter().fold(Truth::False, |any, part| any.or(truth(part, known)))
        }
        Expression::Not(part) => !truth(part, known),
        Expression::Compare(comparison) => compare(comparison, known),
        Expression::Is { label, state: State::Pasted, .. } => known.pasted(label),
        Expression::Is { label, state, .. } => is(known.fact(label).as_ref(), *state),
        Expression::Incident { text, .. } => known.incident(text),
        Expression::Code { written, .. } => known.code(written),
    }
}

fn is(value: Option<&Value>, state: State) -> Truth {
    match (value, state) {
        (_, State::Pasted) => value.is_some().into(),
        (None | Some(Value::Unreadable), _) => Truth::Unknown,
        (Some(value), State::Empty) => (*value == Value::Empty).into(),
        (Some(value), State::None) => matches!(value, Value::Empty | Value::None).into(),
    }
}

fn compare(comparison: &Comparison, known: &dyn Known) -> Truth {
    let any = comparison.right.iter().fold(Truth::False, |any, right| {
        // `!=` of several values means none of them.
        let operator = match comparison.operator {
            Operator::NotEqual => Operator::Equal,
            operator => operator,
        };
        any.or(compare_sums(&comparison.left, operator, right, known))
    });
    if comparison.operator == Operator::NotEqual { !any } else { any }
}

fn compare_sums(left: &Sum, operator: Operator, right: &Sum, known: &dyn Known) -> Truth {
    let (Some(a), Some(b)) = (sum(left, known), sum(right, known)) else { return Truth::Unknown };
    // A number that was written in the condition is a version beside one.
    let version = |sum: &Sum, beside: &Value| match (sum.alone().map(|term| &term.kind), beside) {
        (Some(TermKind::Literal(Value::Number(_), written)), Value::Version(_)) => {
            Some(value::read(Type::Version, written))
        }
        _ => None,
    };
    let (left, right) = (version(left, &b).unwrap_or(a.clone()), version(right, &a).unwrap_or(b));
    compare_values(&left, operator, &right)
}

/// Compares two values; values of two types, and values that are none, decide nothing.
pub(super) fn compare_values(a: &Value, operator: Operator, b: &Value) -> Truth {
    match (a, b) {
        (Value::Time(a), Value::Time(b)) | (Value::Duration(a), Value::Duration(b)) => {
            match operator {
                Operator::Less => a.less(*b),
                Operator::Greater => b.less(*a),
                Operator::LessOrEqual => !b.less(*a),
                Operator::GreaterOrEqual => !a.less(*b),
                Operator::Equal => a.equal(*b),
                Operator::NotEqual => !a.equal(*b),
                Operator::Like => a.overlaps(*b).into(),
            }
        }
        (Value::Number(a), Value::Number(b)) => order(a.partial_cmp(b), operator),
        (Value::Version(a), Value::Version(b)) => order(Some(a.cmp(b)), operator),
        (Value::Truth(a), Value::Truth(b)) => order(Some(a.cmp(b)), operator),
        (Value::Text(a), Value::Text(b)) => order(Some(a.cmp(b)), operator),
        // 「要求識別」が空 and 「要求識別」= "…": a field without a value is no text.
        (Value::Empty | Value::None, Value::Text(_))
        | (Value::Text(_), Value::Empty | Value::None) => match operator {
            Operator::Equal => Truth::False,
            Operator::NotEqual => Truth::True,
            _ => Truth::Unknown,
        },
        _ => Truth::Unknown,
    }
}

pub(super) fn order(order: Option<std::cmp::Ordering>, operator: Operator) -> Truth {
    let Some(order) = order else { return Truth::Unknown };
    match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Equal | Operator::Like => order.is_eq(),
        Operator::NotEqual => order.is_ne(),
        Operator::GreaterOrEqual => order.is_ge(),
        Operator::Greater => order.is_gt(),
    }
    .into()
}

fn sum(sum: &Sum, known: &dyn Known) -> Option<Value> {
    let mut total = term(&sum.first, known)?;
    for (sign, next) in &sum.rest {
        total = add(&total, *sign, &term(next, known)?)?;
    }
    Some(total)
}

fn add(a: &Value, sign: Sign, b: &Value) -> Option<Value> {
    Some(match (a, sign, b) {
        (Value::Time(a), Sign::Minus, Value::Time(b)) => Value::Duration(a.minus(*b)),
        (Value::Time(a), Sign::Minus, Value::Duration(b)) => Value::Time(a.minus(*b)),
        (Value::Time(a), Sign::Plus, Value::Duration(b))
        | (Value::Duration(a), Sign::Plus, Value::Time(b)) => Value::Time(a.plus(*b)),
        (Value::Duration(a), Sign::Plus, Value::Duration(b)) => Value::Duration(a.plus(*b)),
        (Value::Duration(a), Sign::Minus, Value::Duration(b)) => Value::Duration(a.minus(*b)),
        (Value::Number(a), Sign::Plus, Value::Number(b)) => Value::Number(a + b),
        (Value::Number(a), Sign::Minus, Value::Number(b)) => Value::Number(a - b),
        _ => return None,
    })
}

fn term(term: &Term, known: &dyn Known) -> Option<Value> {
    match &term.kind {
        TermKind::Fact(label) => known.fact(label).filter(|value| *value != Value::Unreadable),
        TermKind::Now => known.now().map(value::now),
        TermKind::Literal(value, _) => Some(value.clone()),
    }
}

fn collect_reasons(
    expression: &Expression,
    known: &dyn Known,
    wanted: Truth,
    reasons: &mut Vec<Phrase>,
) {
    let mut add = |reason: Phrase| add_new(reasons, [reason]);
    match expression {
        Expression::All(parts) | Expression::Any(parts) => {
            let every = matches!(expression, Expression::All(_)) == (wanted == Truth::True);
            let mut carrying = parts.iter().filter(|part| truth(part, known) == wanted);
            if every {
                for part in carrying {
                    collect_reasons(part, known, wanted, reasons);
                }
            } else if let Some(part) = carrying.next() {
                collect_reasons(part, known, wanted, reasons);
            }
        }
        Expression::Not(part) => collect_reasons(part, known, !wanted, reasons),
        Expression::Compare(comparison) => {
            add(words::compared(&decisive(comparison, known), known, wanted == Truth::True));
        }
        Expression::Is { label, state, .. } => {
            add(words::state(label, *state, known, wanted == Truth::True));
        }
        Expression::Incident { text, .. } | Expression::Code { written: text, .. } => {
            add(if wanted == Truth::True {
                phrase!("「{text}」が出ている", "\"{text}\" is shown")
            } else {
                phrase!("「{text}」は出ていない", "\"{text}\" is not shown")
            });
        }
    }
}

/// The comparison with the one value on the right that makes it hold, where one does.
fn decisive(comparison: &Comparison, known: &dyn Known) -> Comparison {
    let Comparison { left, operator, .. } = comparison;
    let holds = |right: &&Sum| compare_sums(left, *operator, right, known) == Truth::True;
    let one = comparison.right.iter().find(holds).filter(|_| {
        // Of values that are none of a list, the list is told.
        *operator != Operator::NotEqual
    });
    let right = one.map_or_else(|| comparison.right.clone(), |one| vec![one.clone()]);
    Comparison { right, ..comparison.clone() }
}

fn collect_missing(expression: &Expression, known: &dyn Known, missing: &mut Vec<Missing>) {
    if truth(expression, known) != Truth::Unknown {
        return;
    }
    let mut add = |it: Missing| add_new(missing, [it]);
    match expression {
        Expression::All(parts) | Expression::Any(parts) => {
            for part in parts {
                collect_missing(part, known, missing);
            }
        }
        Expression::Not(part) => collect_missing(part, known, missing),
        Expression::Is { label, .. } => add(Missing::Fact(label.clone())),
        Expression::Incident { text, .. } => add(Missing::Message(text.clone())),
        Expression::Code { written, .. } => add(Missing::Code(written.clone())),
        Expression::Compare(comparison) => {
            let terms = comparison.sums().flat_map(Sum::terms);
            let before = terms.clone().filter(|it| term(it, known).is_none());
            let mut any = false;
            for term in before {
                any = true;
                match &term.kind {
                    TermKind::Fact(label) => add(Missing::Fact(label.clone())),
                    TermKind::Now => add(Missing::Now),
                    TermKind::Literal(..) => {}
                }
            }
            if !any {
                for label in terms.filter_map(Term::label) {
                    let value = known.fact(label);
                    let inexact = matches!(value, Some(Value::Time(it)) if it.low != it.high);
                    let missing = if inexact { Missing::Exactly } else { Missing::Fact };
                    add(missing(label.to_owned()));
                }
            }
        }
    }
}
