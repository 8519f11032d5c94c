//! Whether a condition can hold at all.
//!
//! Operands are given every order there is (`a < b`, `a = b` …), labels are given the state of
//! being empty where the condition asks for it, and messages are there or not. If the condition holds
//! for none of these worlds, it contradicts itself. Conditions of many operands are not tried: the
//! worlds multiply, and a condition of that size is a matter for a reader.

use super::super::Truth;
use super::super::value::Value;
use super::evaluate::{compare_values, order};
use super::model::{Expression, Operator, State, Sum, TermKind};

const MOST_WORLDS: usize = 50_000;

pub(super) fn never_holds(expression: &Expression) -> bool {
    let mut subjects = Subjects::default();
    subjects.collect(expression);
    let sizes: Vec<usize> = subjects.sizes();
    let worlds = sizes.iter().try_fold(1_usize, |product, size| product.checked_mul(*size));
    let Some(worlds) = worlds.filter(|worlds| *worlds <= MOST_WORLDS) else { return false };
    (0..worlds).all(|number| {
        let mut rest = number;
        let world: Vec<usize> = sizes
            .iter()
            .map(|size| {
                let choice = rest % size;
                rest /= size;
                choice
            })
            .collect();
        !subjects.is_possible(&world) || !subjects.holds(expression, &world)
    })
}

/// The subjects that a world gives values to: operands first, then messages.
#[derive(Default)]
struct Subjects<'e> {
    operands: Vec<Operand<'e>>,
    messages: Vec<&'e str>,
}

struct Operand<'e> {
    key: String,
    literal: Option<&'e Value>,
    may_be_empty: bool,
}

impl<'e> Subjects<'e> {
    fn collect(&mut self, expression: &'e Expression) {
        for part in expression.parts() {
            match part {
                Expression::Compare(comparison) => {
                    for sum in comparison.sums() {
                        self.add(key(sum), sum.literal(), false);
                    }
                }
                Expression::Is { label, .. } => self.add(label_key(label), None, true),
                Expression::Incident { text, .. } | Expression::Code { written: text, .. }
                    if !self.messages.contains(&text.as_str()) =>
                {
                    self.messages.push(text);
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, key: String, literal: Option<&'e Value>, may_be_empty: bool) {
        match self.operands.iter_mut().find(|operand| operand.key == key) {
            Some(operand) => operand.may_be_empty |= may_be_empty,
            None => self.operands.push(Operand { key, literal, may_be_empty }),
        }
    }

    /// How many values each subject may have: a rank among the operands, and one more for empty.
    fn sizes(&self) -> Vec<usize> {
        let ranks = self.operands.len();
        let operands = self.operands.iter().map(|it| ranks + usize::from(it.may_be_empty));
        operands.chain(self.messages.iter().map(|_| 2)).collect()
    }

    /// The rank of an operand, or `None` where it is empty.
    fn rank(&self, key: &str, world: &[usize]) -> Option<usize> {
        let index = self.operands.iter().position(|operand| operand.key == key)?;
        world.get(index).copied().filter(|rank| *rank < self.operands.len())
    }

    /// Whether the literals keep their own order in the world.
    fn is_possible(&self, world: &[usize]) -> bool {
        let literals: Vec<(&Value, usize)> = self
            .operands
            .iter()
            .zip(world)
            .filter_map(|(operand, rank)| operand.literal.map(|value| (value, *rank)))
            .collect();
        literals.iter().enumerate().all(|(index, (a, rank_a))| {
            literals.iter().skip(index + 1).all(|(b, rank_b)| {
                let holds = |operator| compare_values(a, operator, b) == Truth::True;
                match rank_a.cmp(rank_b) {
                    std::cmp::Ordering::Less => !holds(Operator::GreaterOrEqual),
                    std::cmp::Ordering::Greater => !holds(Operator::LessOrEqual),
                    std::cmp::Ordering::Equal => !holds(Operator::NotEqual),
                }
            })
        })
    }

    fn holds(&self, expression: &Expression, world: &[usize]) -> bool {
        match expression {
            Expression::All(parts) => parts.iter().all(|part| self.holds(part, world)),
            Expression::Any(parts) => parts.iter().any(|part| self.holds(part, world)),
            Expression::Not(part) => !self.holds(part, world),
            Expression::Compare(comparison) => {
                let left = self.rank(&key(&comparison.left), world);
                let mut right = comparison.right.iter().map(|sum| self.rank(&key(sum), world));
                let holds = |right: Option<usize>| {
                    let ranks = left.zip(right).map(|(a, b)| a.cmp(&b));
                    order(ranks, comparison.operator) == Truth::True
                };
                match comparison.operator {
                    Operator::NotEqual => right.all(holds),
                    _ => right.any(holds),
                }
            }
            Expression::Is { label, state, .. } => {
                self.rank(&label_key(label), world).is_none() || *state == State::Pasted
            }
            Expression::Incident { text, .. } | Expression::Code { written: text, .. } => {
                let index = self.messages.iter().position(|message| message == text);
                let index = index.map(|index| self.operands.len() + index);
                index.and_then(|index| world.get(index)).is_some_and(|shown| *shown == 1)
            }
        }
    }
}

fn label_key(label: &str) -> String {
    format!("「{label}」")
}

fn key(sum: &Sum) -> String {
    let mut key = String::new();
    for term in sum.terms() {
        match &term.kind {
            TermKind::Fact(label) => key.push_str(&label_key(label)),
            TermKind::Now => key.push_str("現在"),
            TermKind::Literal(value, written) => {
                key.push('"');
                key.push_str(&value.to_string());
                key.push_str(written);
            }
        }
        key.push('±');
    }
    if sum.rest.is_empty() {
        key.pop();
    } else {
        for (sign, _) in &sum.rest {
            key.push(if *sign == super::Sign::Plus { '+' } else { '-' });
        }
    }
    key
}
