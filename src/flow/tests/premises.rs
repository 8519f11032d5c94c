//! More facts never take back a cause, and nothing states none: for every shipped flow.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;

use super::paste::{now, place};
use crate::facts::Fact;
use crate::flow::document::When;
use crate::flow::value::Type;
use crate::flow::{Flow, FlowAnswer, State, walk_through};

const NOW: &str = "2024-05-08T18:00:00";

/// The values that tell the cases of a flow apart, for one of its labels.
fn values(flow: &Flow, index: usize) -> Vec<String> {
    let fact = &flow.facts[index];
    let conditions: Vec<_> = flow
        .checks
        .iter()
        .flat_map(|check| &check.cases)
        .filter_map(|case| match &case.when {
            When::Condition(condition) => Some(&condition.value),
            _ => None,
        })
        .collect();
    let mut values: BTreeSet<String> = BTreeSet::new();
    let mut add = |written: &str| {
        values.insert(written.to_owned());
    };
    match fact.kind {
        Type::Time => {
            for written in [
                "",
                "2024/05/08 17:19:29",
                "2024/05/08 17:19",
                "2024/05/08 17:50",
                "2024/05/06 08:00",
                "2024/05/01 10:00",
                "2024/03/01 10:00",
                "2024/12/31",
            ] {
                add(written);
            }
        }
        Type::Truth => ["はい", "いいえ"].into_iter().for_each(add),
        Type::Number => ["0", "1"].into_iter().for_each(add),
        Type::Version => ["8.4.1", "9.1"].into_iter().for_each(add),
        Type::Text => {
            add("ほかの値");
            add("");
            for text in conditions.iter().flat_map(|it| it.texts_beside(&fact.label)) {
                add(text);
            }
        }
        Type::Messages => {
            add("なし");
            add("ほかのアラーム");
            for text in conditions.iter().flat_map(|it| it.messages()) {
                add(text);
            }
        }
        Type::Duration => add("3日"),
    }
    values.into_iter().collect()
}

/// A world: a value for each label of the flow. An alarm is shown where the counts are not all zero alone, and none is where
/// they are: a screen on which both stand contradicts itself.
fn world(flow: &Flow, picks: &[Index]) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for (index, declared) in flow.facts.iter().enumerate() {
        let values = values(flow, index);
        let value = picks[index % picks.len()].get(&values).clone();
        facts.push(Fact {
            label: declared.label.clone(),
            value,
            device: None,
            location: place(index + 1),
        });
    }
    let is_count = |label: &str| {
        flow.facts.iter().any(|fact| {
            fact.none_when.as_ref().is_some_and(|it| it.value.labels().contains(&label))
        })
    };
    let counts: Vec<&Fact> = facts.iter().filter(|fact| is_count(&fact.label)).collect();
    let quiet = !counts.is_empty() && counts.iter().all(|fact| fact.value == "0");
    for fact in &mut facts {
        if quiet && flow.fact(&fact.label).is_some_and(|it| it.kind == Type::Messages) {
            fact.value = "なし".to_owned();
        }
    }
    let counted =
        |label: &str| flow.facts.iter().any(|it| it.label == label && it.none_when.is_some());
    if facts.iter().any(|fact| counted(&fact.label) && fact.value == "なし") {
        for fact in &mut facts {
            if is_count(&fact.label) {
                fact.value = "0".to_owned();
            } else if flow.fact(&fact.label).is_some_and(|it| it.kind == Type::Messages) {
                // The record of an alarm is that alarm.
                fact.value = "なし".to_owned();
            }
        }
    }
    facts
}

fn walked(flow: &Flow, facts: &[Fact]) -> FlowAnswer {
    let mut answers = walk_through(flow, facts, &[], now(NOW));
    assert_eq!(answers.len(), 1, "one set of facts has one answer");
    answers.remove(0)
}

#[test]
fn nothing_states_no_cause() {
    for flow in super::flows() {
        let answer = walked(flow, &[]);
        for step in &answer.steps {
            assert_ne!(step.state, State::Cause, "{} {}", flow.id, step.number);
            assert!(!step.candidate, "{} {}", flow.id, step.number);
        }
        assert!(answer.next.is_some(), "{} asks", flow.id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn no_subset_states_what_the_whole_decides_otherwise(
        which in 0_usize..5,
        picks in prop::collection::vec(any::<Index>(), 16),
        kept in prop::collection::vec(any::<bool>(), 16),
    ) {
        let flow = &super::flows()[which];
        let whole = world(flow, &picks);
        let subset: Vec<Fact> = whole
            .iter()
            .enumerate()
            .filter(|(index, _)| kept[index % kept.len()])
            .map(|(_, fact)| fact.clone())
            .collect();
        let (some, all) = (walked(flow, &subset), walked(flow, &whole));
        for (index, (part, of_all)) in some.steps.iter().zip(&all.steps).enumerate() {
            if part.state != State::Cause {
                continue;
            }
            // A check that stands alone is not even reached where one before it decides.
            let alone = flow.checks.iter().take(index + 1).any(|check| check.stands_alone);
            let agrees = of_all.state == State::Cause && of_all.case == part.case;
            prop_assert!(
                agrees || alone && of_all.state == State::Skipped,
                "{} {}: {:?} states case {:?}, {:?} comes to {:?} {:?}",
                flow.id, part.number, subset, part.case, whole, of_all.state, of_all.case
            );
        }
    }
}
