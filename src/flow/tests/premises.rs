//! More facts never take back a cause, and nothing states none: for every shipped flow.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;

use super::paste::{fact, now};
use crate::facts::Fact;
use crate::flow::value::Type;
use crate::flow::{Check, Flow, FlowAnswer, State, walk_through};

const NOW: &str = "2024-05-08T18:00:00";

/// The values that tell the cases of a flow apart, for one of its labels.
fn values(flow: &Flow, index: usize) -> Vec<String> {
    let fact = &flow.facts[index];
    let conditions: Vec<_> = flow.checks.iter().flat_map(Check::conditions).collect();
    let mut values: BTreeSet<String> = BTreeSet::new();
    let mut add = |written: &str| {
        values.insert(written.to_owned());
    };
    match fact.kind {
        Type::Time => {
            let days = "2024/05/06 08:00|2024/05/01 10:00|2024/03/01 10:00|2024/12/31|";
            days.split('|').for_each(&mut add);
            for time in ["17:19:29", "17:19", "17:50"] {
                add(&format!("2024/05/08 {time}"));
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

/// A world: a value for each label of the flow. An alarm may be shown beside counts of zero.
fn world(flow: &Flow, picks: &[Index]) -> Vec<Fact> {
    let value = |index: usize| picks[index % picks.len()].get(&values(flow, index)).clone();
    let declared = flow.facts.iter().enumerate();
    declared.map(|(index, declared)| fact(index + 1, &declared.label, &value(index))).collect()
}

fn walked(flow: &Flow, facts: &[Fact]) -> FlowAnswer {
    let mut answers = walk_through(flow, facts, &[], now(NOW));
    assert_eq!(answers.len(), 1, "one set of facts has one answer");
    answers.remove(0)
}

#[test]
fn what_nobody_knows_is_asked_once_and_states_nothing() {
    for flow in super::flows() {
        let mut facts: Vec<Fact> = Vec::new();
        for _ in 0..40 {
            let answer = walked(flow, &facts);
            let guesses = answer.steps.iter().any(|step| step.candidate);
            assert!(!(facts.is_empty() && guesses), "{}", flow.id);
            assert!(answer.steps.iter().all(|step| step.state != State::Cause), "{}", flow.id);
            let next = answer.next.expect("what nobody knows is left to find out");
            assert_eq!(next.answered(" ", 1), None);
            let Some(label) = next.answers.filter(|_| !next.declined) else { break };
            let known = facts.iter().any(|fact| fact.label == label);
            assert!(!known, "{label} is asked twice in {}", flow.id);
            facts.push(fact(facts.len() + 1, &label, crate::flow::NOT_KNOWN));
        }
        assert!(facts.len() > 1, "{} goes on to its next question", flow.id);
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
            // A check that is alone is not even reached where one before it decides.
            let alone = flow.checks.iter().take(index + 1).any(|check| check.stands_alone);
            let agrees = of_all.state == State::Cause && of_all.case == part.case;
            // Nobody decides on a screen that contradicts itself: it is told, and states no other cause.
            let contradicted = of_all.state == State::Unknown
                && all.contradictions.len() > some.contradictions.len();
            prop_assert!(
                agrees || contradicted || alone && of_all.state == State::Skipped,
                "{} {}: {:?} states case {:?}, {:?} comes to {:?} {:?}",
                flow.id, part.number, subset, part.case, whole, of_all.state, of_all.case
            );
        }
    }
}
