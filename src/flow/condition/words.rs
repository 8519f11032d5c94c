//! A condition in words, for people who never wrote one: 「失効日」が現在より前.
//!
//! 1. Negations are drawn inwards (De Morgan), so that they fall on one comparison each;
//! 2. each comparison is said in the words of what it compares: times are earlier or later, numbers less
//!    or more;
//! 3. where values are known, they are after their labels.

use super::super::value::{self, Type, Value};
use super::model::Known;
use super::model::{Comparison, Condition, Expression, Operator, Sign, State, Sum, Term, TermKind};
use crate::source::{Language, Phrase};

impl Condition {
    /// The condition in words; `kind` tells the type that a label is declared with.
    pub fn in_words(&self, kind: &dyn Fn(&str) -> Option<Type>) -> Phrase {
        Phrase::in_both(|language| {
            InWords { kind, known: None, language }.expression(&self.expression, true, false)
        })
    }
}

/// A comparison in words, values after its labels; where it does not hold, what holds instead.
pub(super) fn compared(comparison: &Comparison, known: &dyn Known, holds: bool) -> Phrase {
    let kind = |label: &str| known.kind(label).or_else(|| known.fact(label)?.kind());
    Phrase::in_both(|language| {
        InWords { kind: &kind, known: Some(known), language }.comparison(comparison, holds)
    })
}

pub(super) fn state(label: &str, state: State, known: &dyn Known, holds: bool) -> Phrase {
    let kind = |label: &str| known.kind(label);
    Phrase::in_both(|language| {
        InWords { kind: &kind, known: Some(known), language }.state(label, state, holds)
    })
}

/// The words between two sides of a comparison, and after them.
type Around = (&'static str, &'static str);

/// How an operator is said, in Japanese and in English.
struct Wording {
    times: [Around; 2],
    amounts: [Around; 2],
    /// Of the time that has passed until now; in Japanese until then, in English until either.
    since: [&'static str; 3],
}

impl Wording {
    const fn of(operator: Operator) -> Self {
        match operator {
            Operator::Less => Self {
                times: [("が", "より前"), (" is before ", "")],
                amounts: [("が", "より小さい"), (" is less than ", "")],
                since: ["たっていない", "より短い", "less than"],
            },
            Operator::LessOrEqual => Self {
                times: [("が", "と同じか、それより前"), (" is ", " or before it")],
                amounts: [("が", "以下"), (" is at most ", "")],
                since: ["までしかたっていない", "以内", "at most"],
            },
            Operator::Equal | Operator::Like => Self {
                times: [("が", "と同じ"), (" is ", "")],
                amounts: [("が", ""), (" is ", "")],
                since: ["ちょうどたっている", "ちょうど", "exactly"],
            },
            Operator::NotEqual => Self {
                times: [("が", "と違う"), (" is not ", "")],
                amounts: [("が", "でない"), (" is not ", "")],
                since: ["ちょうどではない", "ちょうどではない", "not exactly"],
            },
            Operator::GreaterOrEqual => Self {
                times: [("が", "と同じか、それより後"), (" is ", " or after it")],
                amounts: [("が", "以上"), (" is at least ", "")],
                since: ["以上たっている", "以上", "at least"],
            },
            Operator::Greater => Self {
                times: [("が", "より後"), (" is after ", "")],
                amounts: [("が", "より大きい"), (" is more than ", "")],
                since: ["より長くたっている", "より長い", "more than"],
            },
        }
    }
}

struct InWords<'w> {
    kind: &'w dyn Fn(&str) -> Option<Type>,
    /// The values, where they are to be told.
    known: Option<&'w dyn Known>,
    language: Language,
}

impl InWords<'_> {
    fn expression(&self, expression: &Expression, holds: bool, inner: bool) -> String {
        match expression {
            Expression::All(parts) => self.joined(parts, holds, holds, inner),
            Expression::Any(parts) => self.joined(parts, !holds, holds, inner),
            Expression::Not(part) => self.expression(part, !holds, inner),
            Expression::Compare(comparison) => self.comparison(comparison, holds),
            Expression::Is { label, state, .. } => self.state(label, *state, holds),
            Expression::Incident { text, .. } => self.shown(&self.quoted(text), holds),
            Expression::Code { written, .. } => match self.language {
                Language::Ja => self.shown(&format!("コード {written} "), holds),
                Language::En => self.shown(&format!("the code {written}"), holds),
            },
        }
    }

    fn shown(&self, what: &str, holds: bool) -> String {
        let (ja, en) = if holds {
            ("が出ている", " is shown")
        } else {
            ("が出ていない", " is not shown")
        };
        format!("{what}{}", self.language.pick(ja, en))
    }

    fn joined(&self, parts: &[Expression], all: bool, holds: bool, inner: bool) -> String {
        let parts: Vec<String> =
            parts.iter().map(|part| self.expression(part, holds, true)).collect();
        let (ja, en) = if all { ("、かつ", ", and ") } else { ("、または", ", or ") };
        let joined = parts.join(self.language.pick(ja, en));
        match (inner, self.language) {
            (false, _) => joined,
            (true, Language::Ja) => format!("（{joined}）"),
            (true, Language::En) => format!("({joined})"),
        }
    }

    fn state(&self, label: &str, state: State, holds: bool) -> String {
        let (is, is_not, english) = match state {
            State::Empty => ("空欄", "空欄でない", "empty"),
            State::Pasted => ("分かっている", "分かっていない", "known"),
            State::None => ("ない", "ある", ""),
        };
        let said = if holds { is } else { is_not };
        match (self.language, state, holds) {
            (Language::Ja, ..) => format!("「{label}」が{said}"),
            (Language::En, State::None, true) => format!("there is no \"{label}\""),
            (Language::En, State::None, false) => format!("there is \"{label}\""),
            (Language::En, _, true) => format!("\"{label}\" is {english}"),
            (Language::En, _, false) => format!("\"{label}\" is not {english}"),
        }
    }

    fn comparison(&self, comparison: &Comparison, holds: bool) -> String {
        let Comparison { left, operator, right, .. } = comparison;
        let (operator, like) = match (operator, holds) {
            (Operator::Like, holds) => (Operator::Equal, Some(holds)),
            (operator, true) => (*operator, None),
            (operator, false) => (operator.negated().unwrap_or(*operator), None),
        };
        if let Some(holds) = like {
            return self.same_as_written(&self.sum(left), &self.any_of(right), holds);
        }
        if let [length] = right.as_slice()
            && let Some(told) = self.since(left, operator, length)
        {
            return told;
        }
        match self.kind_of(left).or_else(|| right.iter().find_map(|sum| self.kind_of(sum))) {
            Some(Type::Time) => {
                self.compared(Wording::of(operator).times, &self.sum(left), &self.any_of(right))
            }
            Some(Type::Number | Type::Duration | Type::Version) => {
                self.compared(Wording::of(operator).amounts, &self.sum(left), &self.any_of(right))
            }
            _ => self.texts(left, operator, right),
        }
    }

    fn same_as_written(&self, left: &str, right: &str, holds: bool) -> String {
        match (self.language, holds) {
            (Language::Ja, true) => format!("{left}が{right}と、書かれているところまで同じ"),
            (Language::Ja, false) => format!("{left}が{right}と違う"),
            (Language::En, true) => format!("{left} is {right} as far as both are written"),
            (Language::En, false) => format!("{left} is not {right}"),
        }
    }

    /// `現在 - 「登録日時」 >= 6日`: 「登録日時」から6日以上たっている.
    fn since(&self, left: &Sum, operator: Operator, length: &Sum) -> Option<String> {
        let [(Sign::Minus, before)] = left.rest.as_slice() else { return None };
        if self.kind_of(length) != Some(Type::Duration) {
            return None;
        }
        let (after, before) = (self.term(&left.first), self.term(before));
        let length = self.sum(length);
        let now = matches!(left.first.kind, TermKind::Now);
        let [passed, between, english] = Wording::of(operator).since;
        Some(match (self.language, now) {
            (Language::Ja, true) => {
                let shown = self.now().map(|now| format!("（現在 {now}）")).unwrap_or_default();
                format!("{before}から{length}{passed}{shown}")
            }
            (Language::Ja, false) => format!("{before}から{after}までが{length}{between}"),
            (Language::En, _) => format!("from {before} to {after} it is {english} {length}"),
        })
    }

    /// A comparison as one of the pairs of a [`Wording`] says it.
    fn compared(&self, [ja, en]: [Around; 2], left: &str, right: &str) -> String {
        let (between, behind) = self.language.pick(ja, en);
        format!("{left}{between}{right}{behind}")
    }

    /// Texts and truths: the value says it all, where it is known.
    fn texts(&self, left: &Sum, operator: Operator, right: &[Sum]) -> String {
        if right.iter().all(|sum| sum.literal().is_some())
            && let Some(told) = self.says(left)
        {
            return told;
        }
        let left = self.sum(left);
        let denied = operator == Operator::NotEqual;
        let several = right.len() > 1;
        let right = self.any_of(right);
        match (self.language, several, denied) {
            (Language::Ja, false, false) => format!("{left}が{right}"),
            (Language::Ja, false, true) => format!("{left}が{right}でない"),
            (Language::Ja, true, false) => format!("{left}が{right}のどれか"),
            (Language::Ja, true, true) => format!("{left}が{right}のどれでもない"),
            (Language::En, false, false) => format!("{left} is {right}"),
            (Language::En, false, true) => format!("{left} is not {right}"),
            (Language::En, true, false) => format!("{left} is one of {right}"),
            (Language::En, true, true) => format!("{left} is none of {right}"),
        }
    }

    /// 「ステータス」は「PUSH送信中」: what a label says, where it is known.
    fn says(&self, sum: &Sum) -> Option<String> {
        let TermKind::Fact(label) = &sum.alone()?.kind else { return None };
        let value = match self.known?.fact(label)? {
            Value::Text(_) => self.quoted(&self.value(label)?),
            _ => self.value(label)?,
        };
        let label = self.quoted(label);
        Some(match self.language {
            Language::Ja => format!("{label}は{value}"),
            Language::En => format!("{label} is {value}"),
        })
    }

    fn any_of(&self, sums: &[Sum]) -> String {
        let shown: Vec<String> = sums.iter().map(|sum| self.sum(sum)).collect();
        // Brackets part the texts of a list; whatever else is listed wants a mark.
        let quoted = sums.iter().all(|sum| matches!(sum.literal(), Some(Value::Text(_))));
        shown.join(match self.language {
            Language::Ja if quoted => "",
            Language::Ja => "か",
            Language::En => ", ",
        })
    }

    fn sum(&self, sum: &Sum) -> String {
        let mut told = self.term(&sum.first);
        for (sign, term) in &sum.rest {
            let other = self.term(term);
            let is_length = matches!(&term.kind, TermKind::Literal(Value::Duration(_), _));
            told = match (self.language, sign, is_length) {
                (Language::Ja, Sign::Plus, true) => format!("{told}の{other}後"),
                (Language::Ja, Sign::Minus, true) => format!("{told}の{other}前"),
                (Language::Ja, Sign::Plus, false) => format!("{told}と{other}の合計"),
                (Language::Ja, Sign::Minus, false) => format!("{told}から{other}を引いた値"),
                (Language::En, Sign::Plus, true) => format!("{other} after {told}"),
                (Language::En, Sign::Minus, true) => format!("{other} before {told}"),
                (Language::En, Sign::Plus, false) => format!("the sum of {told} and {other}"),
                (Language::En, Sign::Minus, false) => format!("{told} less {other}"),
            };
        }
        told
    }

    fn term(&self, term: &Term) -> String {
        match &term.kind {
            TermKind::Fact(label) => self.fact(label),
            TermKind::Now => self.with_value(self.language.pick("現在", "now"), self.now()),
            TermKind::Literal(Value::Text(_) | Value::Truth(_), written) => self.quoted(written),
            TermKind::Literal(Value::Number(_), written) => written.clone(),
            TermKind::Literal(literal, _) => literal.text(self.language),
        }
    }

    fn now(&self) -> Option<String> {
        let now = self.known.and_then(Known::now)?;
        Some(value::now(now).text(self.language))
    }

    fn quoted(&self, text: &str) -> String {
        match self.language {
            Language::Ja => format!("「{text}」"),
            Language::En => format!("\"{text}\""),
        }
    }

    /// A label with its value after it, texts as they were pasted.
    fn fact(&self, label: &str) -> String {
        let name = self.quoted(label);
        if self.known.is_none() {
            return name;
        }
        self.with_value(&name, Some(self.value(label).unwrap_or_else(|| "?".to_owned())))
    }

    fn value(&self, label: &str) -> Option<String> {
        let known = self.known?;
        Some(match known.fact(label)? {
            Value::Text(folded) => known.written(label).unwrap_or(folded),
            // はい or TRUE, as it was written.
            value @ Value::Truth(_) => {
                known.written(label).unwrap_or_else(|| value.text(self.language))
            }
            Value::Empty => self.language.pick("空欄", "empty").to_owned(),
            value => value.text(self.language),
        })
    }

    fn with_value(&self, name: &str, value: Option<String>) -> String {
        match (self.language, value) {
            (_, None) => name.to_owned(),
            (Language::Ja, Some(value)) => format!("{name}（{value}）"),
            (Language::En, Some(value)) => format!("{name} ({value})"),
        }
    }

    /// The type of a sum: a difference of two times is a length, a time and a length are a time.
    fn kind_of(&self, sum: &Sum) -> Option<Type> {
        let of = |term: &Term| match &term.kind {
            TermKind::Fact(label) => (self.kind)(label),
            TermKind::Now => Some(Type::Time),
            TermKind::Literal(value, _) => value.kind(),
        };
        let first = of(&sum.first)?;
        let differs = sum
            .rest
            .iter()
            .any(|(sign, term)| *sign == Sign::Minus && of(term) == Some(Type::Time));
        Some(if first == Type::Time && differs { Type::Duration } else { first })
    }
}

#[cfg(test)]
crate::source::cases! {
    conditions_in_words: |written| {
        let kind = |label: &str| match label {
            "失効日" | "登録日時" | "a" | "b" => Some(Type::Time),
            "台数" => Some(Type::Number),
            "版" => Some(Type::Version),
            _ => None,
        };
        let words = Condition::parse(written).expect("it is a condition").in_words(&kind);
        listed([Language::Ja, Language::En].map(|it| words.text(it).to_owned()))
    };
}
