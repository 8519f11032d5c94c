//! From the facts of a paste to what the flows say.
//!
//! 1. every flow is walked with every set of facts that says something of it;
//! 2. flows of one symptom are compared: where the same question was answered in two ways, both
//!    answers are open, and the newer flow leads;
//! 3. sets that came out alike are one answer; what is computed for each is kept as a range;
//! 4. answers are ordered: by the flow's place, causes first, many devices before few.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::civil::DateTime;

use super::answer::{Conclusion, FlowAnswer};
use super::document::{Flow, VerdictKind};
use super::walk::{Decision, Knowledge, Paste, State};
use super::walked::{DecidedSet, Disputed, Walked};
use super::{Condition, present};
use crate::facts::{Fact, Incident, Operation};
use crate::source::Location;

/// Walks the flows with what was pasted. A flow of which no fact was pasted is not in the answer.
///
/// `now` is the clock in the place where the times were written.
pub fn evaluate(
    flows: &[Flow],
    facts: &[Fact],
    incidents: &[Incident],
    now: Option<DateTime>,
) -> Vec<FlowAnswer> {
    let order = leading_order(flows);
    let paste = Paste::new(facts, incidents);
    let mut walked: Vec<Walked<'_, '_>> = order
        .iter()
        .filter_map(|index| flows.get(*index))
        .map(|flow| Walked::new(flow, &paste, now, false))
        .collect();
    let disputes = disputes(&walked);
    for (flow, row, check, dispute) in disputes {
        if let Some(slot) = walked.get_mut(flow).and_then(|it| it.rows.get_mut(row)) {
            slot.disputes.push((check, dispute));
        }
    }
    let mut answers = Vec::new();
    for index in 0..walked.len() {
        answers.extend(groups(&walked, index, now));
    }
    answers
}

/// Walks one flow with what is known so far, whether it applies or not: with nothing pasted, the
/// answer asks the flow's first question. Several devices may give several answers.
pub(crate) fn walk_through(
    flow: &Flow,
    facts: &[Fact],
    incidents: &[Incident],
    now: Option<DateTime>,
) -> Vec<FlowAnswer> {
    groups(&[Walked::new(flow, &Paste::new(facts, incidents), now, true)], 0, now)
}

/// Flows of one symptom are together, the newest first, where the first of them is.
fn leading_order(flows: &[Flow]) -> Vec<usize> {
    let first_of_symptom = |flow: &Flow, index: usize| {
        let same = |other: &Flow| flow.symptom.is_some() && other.symptom == flow.symptom;
        flows.iter().position(same).unwrap_or(index)
    };
    let mut order: Vec<usize> = (0..flows.len()).collect();
    order.sort_by_cached_key(|index| {
        flows.get(*index).map(|flow| {
            (first_of_symptom(flow, *index), Reverse(flow.updated), flow.id.clone(), *index)
        })
    });
    order
}

/// Which device and which of its rows a set is.
type SetKey<'f> = (Option<&'f str>, Option<&'f Location>);

/// Where two flows of one symptom come to two results for one set: flow, set, check, and the other.
fn disputes(walked: &[Walked<'_, '_>]) -> Vec<(usize, usize, usize, Disputed)> {
    let mut disputes = Vec::new();
    let places = places(walked);
    for (a, first) in walked.iter().enumerate() {
        for (b, (second, by_set)) in walked.iter().zip(&places).enumerate().skip(a + 1) {
            if first.flow.symptom.is_none() || first.flow.symptom != second.flow.symptom {
                continue;
            }
            let questions = same_questions(first.flow, second.flow);
            for (row, it) in first.rows.iter().enumerate() {
                let Some(&other) = by_set.get(&(it.set.device, it.set.row)) else { continue };
                let Some(other_row) = second.rows.get(other) else { continue };
                for &(check, other_check) in &questions {
                    let states = it.decisions.get(check).zip(other_row.decisions.get(other_check));
                    let Some((one, two)) = states else { continue };
                    let blames =
                        (blames(first.flow, check, one), blames(second.flow, other_check, two));
                    let opposed = matches!(
                        (blames, one.state, two.state),
                        ((true, false), _, State::Passed) | ((false, true), State::Passed, _)
                    );
                    // Answers that rest on different facts do not contradict each other: that an app needs no
                    // unlocking does not say that the device is unlocked.
                    let theirs = || labels(second.flow, other_check, two);
                    let shared = |ours: &[String]| theirs().iter().any(|it| ours.contains(it));
                    if opposed && shared(&labels(first.flow, check, one)) {
                        let there = Disputed { flow: b, row: other, check: other_check };
                        disputes.push((a, row, check, there));
                        disputes.push((b, other, other_check, Disputed { flow: a, row, check }));
                    }
                }
            }
        }
    }
    disputes
}

/// Whether the check names a cause, or a candidate for one.
fn blames(flow: &Flow, check: usize, decision: &Decision) -> bool {
    let case = flow.checks.get(check).and_then(|check| decision.case_of(check));
    decision.assumed.is_empty() && case.is_some_and(|case| case.verdict.kind == VerdictKind::Cause)
}

/// The labels of the case that holds, in their one spelling.
fn labels(flow: &Flow, check: usize, decision: &Decision) -> Vec<String> {
    let case = flow.checks.get(check).and_then(|check| decision.case_of(check));
    let labels = case.and_then(|case| case.when.condition()).map(Condition::labels);
    labels.unwrap_or_default().into_iter().map(crate::text::fold).collect()
}

/// The checks of two flows that have one title.
fn same_questions(first: &Flow, second: &Flow) -> Vec<(usize, usize)> {
    let mut questions = Vec::new();
    for (a, one) in first.checks.iter().enumerate() {
        for (b, two) in second.checks.iter().enumerate() {
            if crate::text::fold(&one.title) == crate::text::fold(&two.title) {
                questions.push((a, b));
            }
        }
    }
    questions
}

/// The key by which sets of facts share one answer.
#[derive(PartialEq, Eq, Hash)]
struct GroupKey<'r> {
    decisions: &'r [Decision],
    /// The checks that are disputed, each with the other flow's check.
    disputes: Vec<(usize, usize, usize)>,
    contradictions: Vec<&'r str>,
    /// A job that erases or locks a device is never told together with others.
    waiting: Option<Operation>,
    /// The decisions of the symptom's other flows on the same set: their results are told as one.
    partners: Vec<&'r [Decision]>,
    /// Which computations are made: jobs of two kinds time out at different times.
    computations: Vec<bool>,
    incidents: Vec<usize>,
}

fn groups(walked: &[Walked<'_, '_>], index: usize, now: Option<DateTime>) -> Vec<FlowAnswer> {
    let Some(it) = walked.get(index) else { return Vec::new() };
    let places = places(walked);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_key: HashMap<GroupKey<'_>, usize> = HashMap::new();
    for (number, row) in it.rows.iter().enumerate() {
        let of_log = row.decisions.iter().zip(&it.flow.checks).any(|(decision, check)| {
            decision.case_of(check).is_some_and(|case| case.verdict.kind == VerdictKind::Log)
        });
        let key = GroupKey {
            decisions: &row.decisions,
            disputes: row.disputes.iter().map(|(at, it)| (*at, it.flow, it.check)).collect(),
            contradictions: row.set.contradictions.iter().map(|it| it.label.as_str()).collect(),
            waiting: row.set.waiting(),
            partners: partners(walked, index, row, &places),
            computations: computations(it, &it.knowledge(row, now)),
            incidents: if of_log { it.messages.log(row.set.device) } else { Vec::new() },
        };
        let group = *by_key.entry(key).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(rows) = groups.get_mut(group) {
            rows.push(number);
        }
    }
    let mut answers: Vec<FlowAnswer> = groups
        .iter()
        .filter_map(|rows| {
            let rows: Vec<&DecidedSet<'_>> =
                rows.iter().filter_map(|row| it.rows.get(*row)).collect();
            present::answer(walked, it, &rows, now)
        })
        .collect();
    // An operation that waits for a device is told first. The order of appearance breaks ties: the sort is stable.
    let rank = |conclusion: Conclusion| match conclusion {
        Conclusion::Cause => 0,
        Conclusion::Disputed => 1,
        Conclusion::Open => 2,
        Conclusion::Done => 3,
    };
    answers.sort_by_key(|answer| {
        (answer.waiting.is_none(), rank(answer.conclusion), Reverse(answer.row_count))
    });
    answers
}

fn places<'r>(walked: &'r [Walked<'_, '_>]) -> Vec<HashMap<SetKey<'r>, usize>> {
    let of_flow = |it: &'r Walked<'_, '_>| {
        it.rows.iter().enumerate().map(|(row, it)| ((it.set.device, it.set.row), row)).collect()
    };
    walked.iter().map(of_flow).collect()
}

fn partners<'r>(
    walked: &'r [Walked<'_, '_>],
    index: usize,
    row: &DecidedSet<'_>,
    places: &[HashMap<SetKey<'_>, usize>],
) -> Vec<&'r [Decision]> {
    let symptom = walked.get(index).and_then(|it| it.flow.symptom.as_ref());
    let others = walked.iter().zip(places).enumerate().filter(|(other, (it, _))| {
        *other != index && symptom.is_some() && it.flow.symptom.as_ref() == symptom
    });
    let decisions = others.filter_map(|(_, (it, places))| {
        let row = places.get(&(row.set.device, row.set.row))?;
        Some(it.rows.get(*row)?.decisions.as_slice())
    });
    decisions.collect()
}

fn computations(it: &Walked<'_, '_>, knowledge: &Knowledge<'_, '_>) -> Vec<bool> {
    let all = it.flow.checks.iter().flat_map(|check| &check.computations);
    all.map(|computation| present::holds(&computation.when, knowledge)).collect()
}
