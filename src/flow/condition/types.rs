//! Errors in names and types of a condition, found before any paste is there.

use std::ops::Range;

use super::super::value::{Type, Value};
use super::model::{
    Comparison, Condition, ConditionError, Expression, Formula, Operator, Sign, Sum, Term, TermKind,
};
use crate::source::{Phrase, phrase};

/// The declaration of a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declared {
    /// It has this type.
    As(Type),
    /// It may be of any type.
    Any,
    /// There is no such label; perhaps this one is meant.
    Unknown(Option<String>),
}

/// The declarations that labels are looked up in.
pub type Schema<'s> = dyn Fn(&str) -> Declared + 's;

impl Condition {
    /// Unknown labels, types that do not go together, and what can never hold.
    pub fn problems(&self, schema: &Schema<'_>) -> Vec<ConditionError> {
        let mut problems = Vec::new();
        for part in self.expression.parts() {
            match part {
                Expression::Compare(comparison) => check(comparison, schema, &mut problems),
                Expression::Is { label, span, .. } => {
                    let _ = kind_of_label(label, span, schema, &mut problems);
                }
                _ => {}
            }
        }
        if problems.is_empty() && super::satisfiable::never_holds(&self.expression) {
            problems.push(ConditionError {
                span: 0..self.written.len(),
                message: Phrase::new(
                    "この条件は、けっして成り立ちません",
                    "this condition can never hold",
                ),
                hint: Phrase::new(
                    "打ち消し合う比較がないかを見て、どちらかを直してください",
                    "look for comparisons that exclude each other, and mend one of them",
                ),
            });
        }
        problems
    }

    /// The type that the condition's own comparisons give a label, where nothing declares it.
    pub(in crate::flow) fn inferred(&self, label: &str) -> Option<Type> {
        self.expression.comparisons().find_map(|comparison| inferred_by(comparison, label))
    }
}

impl Formula {
    /// Unknown labels and types that do not go together.
    pub fn problems(&self, schema: &Schema<'_>) -> Vec<ConditionError> {
        let mut problems = Vec::new();
        let _ = kind_of_sum(&self.sum, schema, &mut problems);
        problems
    }
}

fn inferred_by(comparison: &Comparison, label: &str) -> Option<Type> {
    let names = |sum: &Sum| sum.terms().any(|term| term.label() == Some(label));
    let sums = comparison.sums();
    let own = sums.clone().find(|sum| names(sum))?;
    // 現在 - 登録日時, 登録日時 + 6日
    if own.rest.len() == 1 {
        let other = own.terms().find_map(|term| match &term.kind {
            TermKind::Now | TermKind::Literal(Value::Duration(_) | Value::Time(_), _) => {
                Some(Type::Time)
            }
            _ => None,
        });
        if other.is_some() {
            return other;
        }
    }
    let mut others = sums.filter(|sum| !names(sum)).flat_map(Sum::terms);
    others.find_map(|term| match &term.kind {
        TermKind::Now => Some(Type::Time),
        TermKind::Literal(value, _) if own.rest.is_empty() => kind_of_value(value),
        TermKind::Literal(Value::Duration(_), _) => Some(Type::Time),
        _ => None,
    })
}

/// The type of a value in a comparison, where nothing is a text without letters.
const fn kind_of_value(value: &Value) -> Option<Type> {
    match value {
        Value::Empty | Value::None => Some(Type::Text),
        value => value.kind(),
    }
}

fn check(comparison: &Comparison, schema: &Schema<'_>, problems: &mut Vec<ConditionError>) {
    let left = kind_of_sum(&comparison.left, schema, problems);
    for right in &comparison.right {
        let (Some(a), Some(b)) = (left, kind_of_sum(right, schema, problems)) else { continue };
        let number = |sum: &Sum| {
            matches!(sum.alone(), Some(Term { kind: TermKind::Literal(Value::Number(_), _), .. }))
        };
        let versions = (a == Type::Version && number(right))
            || (b == Type::Version && number(&comparison.left));
        if a != b && !versions {
            problems.push(mismatch(comparison.span.clone(), a, b));
        } else if comparison.operator.orders()
            && (matches!(a, Type::Text | Type::Truth | Type::Messages)
                || (comparison.operator == Operator::Like && a != Type::Time))
        {
            problems.push(no_order(comparison.span.clone(), a, comparison.operator));
        } else if a == Type::Messages {
            problems.push(ConditionError {
                span: comparison.span.clone(),
                message: Phrase::new("文面は比べられません", "messages cannot be compared"),
                hint: Phrase::new(
                    "事象 \"画面に出る文面\" と書いてください",
                    "write 事象 \"the message\"",
                ),
            });
        }
    }
}

fn kind_of_sum(sum: &Sum, schema: &Schema<'_>, problems: &mut Vec<ConditionError>) -> Option<Type> {
    let mut total = kind_of_term(&sum.first, schema, problems);
    for (sign, term) in &sum.rest {
        let (Some(a), Some(b)) = (total, kind_of_term(term, schema, problems)) else {
            total = None;
            continue;
        };
        total = match (a, *sign, b) {
            (Type::Time, Sign::Minus, Type::Time) => Some(Type::Duration),
            (Type::Time, _, Type::Duration) | (Type::Duration, Sign::Plus, Type::Time) => {
                Some(Type::Time)
            }
            (Type::Duration, _, Type::Duration) => Some(Type::Duration),
            (Type::Number, _, Type::Number) => Some(Type::Number),
            _ => {
                problems.push(no_sum(sum.span.clone(), a, *sign, b));
                None
            }
        };
    }
    total
}

fn kind_of_term(
    term: &Term,
    schema: &Schema<'_>,
    problems: &mut Vec<ConditionError>,
) -> Option<Type> {
    match &term.kind {
        TermKind::Fact(label) => kind_of_label(label, &term.span, schema, problems),
        TermKind::Now => Some(Type::Time),
        TermKind::Literal(value, _) => kind_of_value(value),
    }
}

fn kind_of_label(
    label: &str,
    span: &Range<usize>,
    schema: &Schema<'_>,
    problems: &mut Vec<ConditionError>,
) -> Option<Type> {
    match schema(label) {
        Declared::As(kind) => Some(kind),
        Declared::Any => None,
        Declared::Unknown(near) => {
            let hint = match near {
                Some(near) => phrase!(
                    "「{near}」のことでしょうか。新しい項目なら、表に1行足してください",
                    "is 「{near}」 meant? a new fact needs a row in the table"
                ),
                None => Phrase::new(
                    "「使う項目」の表に1行足してください",
                    "add a row to the table of facts",
                ),
            };
            problems.push(ConditionError {
                span: span.clone(),
                message: phrase!(
                    "項目「{label}」は、どこにも決められていません",
                    "the fact 「{label}」 is not declared"
                ),
                hint,
            });
            None
        }
    }
}

fn mismatch(span: Range<usize>, a: Type, b: Type) -> ConditionError {
    let hint = match (a, b) {
        (Type::Time, Type::Duration) | (Type::Duration, Type::Time) => Phrase::new(
            "経過した時間は「現在 - 「登録日時」 > 6日」のように比べます",
            "compare elapsed time as 現在 - 「登録日時」 > 6日",
        ),
        (Type::Text, _) | (_, Type::Text) => Phrase::new(
            "引用符で囲むと文字になります。日時、期間、数は、囲まずに書きます",
            "what is in quotation marks is a text; times, durations and numbers go without",
        ),
        _ => Phrase::new(
            "同じ型どうしを比べるか、表の型を直してください",
            "compare values of one type, or mend the type in the table",
        ),
    };
    ConditionError {
        span,
        message: Phrase::new(
            format!("{}と{}は比べられません", a.name(), b.name()),
            format!("a {} cannot be compared with a {}", a.english(), b.english()),
        ),
        hint,
    }
}

fn no_order(span: Range<usize>, kind: Type, operator: Operator) -> ConditionError {
    ConditionError {
        span,
        message: Phrase::new(
            format!("{}は {} では比べられません", kind.name(), operator.sign()),
            format!("a {} cannot be compared by {}", kind.english(), operator.sign()),
        ),
        hint: if operator == Operator::Like {
            Phrase::new("≒ は日時だけに使えます", "≒ is for times alone")
        } else {
            Phrase::new("= か != を使ってください", "use = or !=")
        },
    }
}

fn no_sum(span: Range<usize>, a: Type, sign: Sign, b: Type) -> ConditionError {
    let sign = if sign == Sign::Plus { "+" } else { "-" };
    ConditionError {
        span,
        message: Phrase::new(
            format!("{} {sign} {} は計算できません", a.name(), b.name()),
            format!("{} {sign} {} cannot be computed", a.english(), b.english()),
        ),
        hint: Phrase::new(
            "計算できるのは、日時 - 日時、日時 ± 期間、期間 ± 期間、数 ± 数です",
            "there are: time - time, time ± duration, duration ± duration, number ± number",
        ),
    }
}
