//! Whether the conditions of an article's `when:` hold for a paste.

use jiff::civil::DateTime;

use super::document::{FactDeclaration, Flow};
use super::value::{self, Type, Value};
use super::walk::{FactSet, Knowledge, Messages, Paste, sets};
use super::{Condition, Placed, Truth};
use crate::facts::{Fact, Incident};
use crate::text::fold;

/// Whether all conditions hold for what was pasted; with several devices, for one of them.
///
/// Nothing declares the labels of an article's conditions: their types are those that the conditions
/// themselves give them, or else that their values have. A text that is no condition is unknown.
pub fn applies(
    conditions: &[String],
    facts: &[Fact],
    incidents: &[Incident],
    now: Option<DateTime>,
) -> Truth {
    let parsed: Vec<Condition> =
        conditions.iter().filter_map(|written| Condition::parse(written).ok()).collect();
    let readable = if parsed.len() == conditions.len() { Truth::True } else { Truth::Unknown };
    let flow = undeclared(parsed, facts);
    let messages = Messages::new(&flow, &Paste::new(facts, incidents));
    let mut all = sets(&flow, facts);
    if all.is_empty() {
        all.push(FactSet::empty(&flow));
    }
    let one = all.iter().fold(Truth::False, |any, set| {
        let knowledge = Knowledge {
            flow: &flow,
            set,
            messages: &messages,
            now,
            assume: false,
            applying: true,
            derive: true,
        };
        let conditions = flow.when.iter().map(|it| it.value.evaluate(&knowledge));
        any.or(conditions.fold(Truth::True, Truth::and))
    });
    one.and(readable)
}

/// A flow of conditions alone, with a declaration for each label that they name.
fn undeclared(conditions: Vec<Condition>, facts: &[Fact]) -> Flow {
    let mut flow = Flow::default();
    for condition in &conditions {
        for label in condition.labels() {
            if flow.facts.iter().any(|fact| fact.label == label) {
                continue;
            }
            let inferred = conditions.iter().find_map(|condition| condition.inferred(label));
            flow.facts.push(FactDeclaration {
                label: label.to_owned(),
                kind: inferred.unwrap_or_else(|| kind_of_values(label, facts)),
                ..FactDeclaration::default()
            });
        }
    }
    let placed = |value| Placed { value, line: 0, span: 0..0 };
    flow.when = conditions.into_iter().map(placed).collect();
    flow
}

fn kind_of_values(label: &str, facts: &[Fact]) -> Type {
    let folded = fold(label);
    let fact =
        facts.iter().find(|fact| fold(&fact.label) == folded && !fact.value.trim().is_empty());
    match fact.map(|fact| value::read_any(&fact.value)) {
        Some(Value::Time(_)) => Type::Time,
        Some(Value::Number(_)) => Type::Number,
        _ => Type::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Location;

    #[test]
    fn the_conditions_of_an_article_hold_or_not() {
        let fact = |label: &str, value: &str, device: Option<&str>| Fact {
            label: label.into(),
            value: value.into(),
            device: device.map(str::to_owned),
            location: Location { file: None, line: 1 },
        };
        let facts = [
            fact("最終アクセス", "2024/05/08 10:00", Some("a")),
            fact("セキュリティチェック", "2024/05/06 10:00", Some("a")),
            fact("最終アクセス", "2024/05/08 10:00", Some("b")),
            fact("応答無", "236", None),
            fact("登録日時", "2024/05/01 10:00", None),
        ];
        let now = Some(jiff::civil::date(2024, 5, 8).at(12, 0, 0, 0));
        crate::source::cases::check("conditions-of-articles", |text| {
            let conditions: Vec<String> = text.lines().map(str::to_owned).collect();
            format!("{:?}", applies(&conditions, &facts, &[], now))
        });
    }
}
