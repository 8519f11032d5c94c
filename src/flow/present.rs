//! From decisions to what is told: values, questions, computed times.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::answer::{Computed, Conclusion, DecidingFact, Dispute, FlowAnswer, Step};
use super::condition::{Known, Missing};
use super::document::{Check, Flow, Verdict, VerdictKind, When};
use super::question::{Question, advice, question};
use super::walk::{Decision, Knowledge, State};
use super::walked::{DecidedSet, Disputed, Walked, range};
use super::{Condition, Truth};
use crate::source::{Language, Phrase, add_new, phrase};

const MOST_CONTRADICTIONS: usize = 20;

pub(super) fn answer(
    walked: &[Walked<'_, '_>],
    it: &Walked<'_, '_>,
    rows: &[&DecidedSet<'_>],
    now: Option<DateTime>,
) -> Option<FlowAnswer> {
    let first = *rows.first()?;
    let knowledge = it.knowledge(first, now);
    let mut steps = Vec::with_capacity(it.flow.checks.len());
    for (index, (check, decision)) in it.flow.checks.iter().zip(&first.decisions).enumerate() {
        let mut step = step(check, decision, &knowledge);
        if decision.state != State::Skipped {
            step.computed = computed(check, it, rows, &knowledge);
        }
        if let Some((_, other)) = first.disputes.iter().find(|(at, _)| *at == index) {
            dispute(&mut step, it.flow, *other, walked, now);
        }
        steps.push(step);
    }
    let conclusion = conclusion(&steps, &first.decisions);
    let next = next(&steps, conclusion, &first.decisions);
    // After the step that ended the walk there is nothing to tell.
    let came = steps.iter().rposition(|step| step.state != State::Skipped);
    steps.truncate(came.map_or(0, |last| last + 1));
    let mut seen = BTreeSet::new();
    let mut devices = Vec::new();
    let mut unnamed = 0_u64;
    for row in rows {
        match row.set.device {
            Some(device) if seen.insert(device) => devices.push(device.to_owned()),
            Some(_) => {}
            None => unnamed += 1,
        }
    }
    Some(FlowAnswer {
        id: it.flow.id.clone(),
        title: it.flow.title.clone(),
        product: it.flow.product.clone(),
        symptom: it.flow.symptom.clone(),
        updated: it.flow.updated,
        source: it.flow.source.clone(),
        device_count: devices.len() as u64 + unnamed,
        devices,
        row_count: rows.len() as u64,
        waiting: first.set.waiting(),
        conclusion,
        steps,
        next,
        contradictions: rows
            .iter()
            .flat_map(|row| row.set.contradictions.iter().cloned())
            .take(MOST_CONTRADICTIONS)
            .collect(),
    })
}

fn step(check: &Check, decision: &Decision, knowledge: &Knowledge<'_, '_>) -> Step {
    let mut step = Step {
        number: check.number.clone(),
        title: check.title.clone(),
        question: check.question.clone(),
        state: decision.state,
        case: decision.case,
        ..Step::default()
    };
    let pasted = Knowledge { assume: false, ..*knowledge };
    if let Some(case) = decision.case_of(check) {
        step.facts = deciding(check, decision, &pasted);
        step.reasons = reasons(check, decision, knowledge);
        let verdict = &case.verdict;
        step.remedy.clone_from(&verdict.remedy);
        if verdict.kind != VerdictKind::Next {
            step.text = Some(verdict.text.clone());
            let then = verdict.then.and_then(|then| knowledge.flow.checks.get(then));
            step.then = then.map(|check| check.title.clone());
        }
        match verdict.kind {
            VerdictKind::Next => {}
            VerdictKind::Cause | VerdictKind::Done => {
                step.candidate = decision.state == State::Unknown;
            }
            VerdictKind::Open => {
                let text = verdict.text.clone();
                step.ask = Some(advice(Phrase::new(text.clone(), text), None).at(check));
            }
            VerdictKind::Log => {
                step.searches_log = true;
                step.incidents = knowledge.messages.log(knowledge.set.device);
            }
        }
        step.assumed = assumed(decision, knowledge.flow);
        if step.candidate {
            step.ask = ask(check, decision, knowledge);
        }
    } else if decision.state == State::Unknown {
        step.facts = known_facts(check, &pasted);
        step.searches_log = decision.wants_log;
        if decision.wants_log {
            step.remedy = log_of(check).and_then(|log| log.remedy.clone());
        }
        step.ask = ask(check, decision, knowledge);
    }
    step
}

fn log_of(check: &Check) -> Option<&Verdict> {
    let mut verdicts = check.cases.iter().map(|case| &case.verdict);
    verdicts.find(|verdict| verdict.kind == VerdictKind::Log)
}

/// The comparisons of the case that holds; where no case was left but 「それ以外」, those that the
/// others fail by.
fn reasons(check: &Check, decision: &Decision, knowledge: &Knowledge<'_, '_>) -> Vec<Phrase> {
    match decision.case_of(check).map(|case| &case.when) {
        Some(When::Condition(condition)) => {
            let mut reasons = condition.value.reasons(knowledge, Truth::True);
            // Assumptions are told as such, and are no reasons.
            for (label, _) in assumed(decision, knowledge.flow) {
                let label = format!("「{label}」");
                reasons.retain(|reason| !reason.text(Language::Ja).contains(&label));
            }
            reasons
        }
        Some(When::Otherwise) => {
            let mut reasons = Vec::new();
            for condition in check.conditions() {
                add_new(&mut reasons, condition.reasons(knowledge, Truth::False));
            }
            reasons
        }
        _ => Vec::new(),
    }
}

/// The facts that the case that holds names.
fn deciding(
    check: &Check,
    decision: &Decision,
    knowledge: &Knowledge<'_, '_>,
) -> Vec<DecidingFact> {
    match decision.case_of(check).and_then(|case| case.when.condition()) {
        Some(condition) => facts(condition.labels(), knowledge),
        None => known_facts(check, knowledge),
    }
}

fn known_facts(check: &Check, knowledge: &Knowledge<'_, '_>) -> Vec<DecidingFact> {
    facts(check.conditions().flat_map(Condition::labels), knowledge)
}

fn facts<'l>(
    labels: impl IntoIterator<Item = &'l str>,
    knowledge: &Knowledge<'_, '_>,
) -> Vec<DecidingFact> {
    let mut facts: Vec<DecidingFact> = Vec::new();
    for label in labels {
        let Some(value) = knowledge.fact(label) else { continue };
        if facts.iter().any(|fact| fact.label == label) {
            continue;
        }
        let index = knowledge.index(label);
        let entry = index.and_then(|index| knowledge.set.entries.get(index)?.as_ref());
        facts.push(DecidingFact {
            label: label.to_owned(),
            written: knowledge.written(label).unwrap_or_default(),
            value,
            location: entry.map(|entry| entry.fact.location.clone()),
        });
    }
    facts
}

/// The premises that a candidate rests on: label and value.
fn assumed(decision: &Decision, flow: &Flow) -> Vec<(String, String)> {
    let declared = decision.assumed.iter().filter_map(|index| flow.facts.get(*index));
    declared.filter_map(|fact| Some((fact.label.clone(), fact.assumed.clone()?))).collect()
}

/// The question of an unknown check: the first thing that would decide it and that somebody may know.
fn ask(check: &Check, decision: &Decision, knowledge: &Knowledge<'_, '_>) -> Option<Question> {
    let declined = |question: &Question| {
        let index = question.answers.as_deref().and_then(|label| knowledge.index(label));
        index.is_some_and(|index| knowledge.set.declined.contains(&index))
    };
    let asked = decision.missing.iter().map(|missing| {
        let question = question(missing, knowledge.flow).at(check);
        Question { declined: declined(&question), ..question }
    });
    let mut asked: Vec<Question> = asked.collect();
    // The sort is stable: what nobody knows is asked last.
    asked.sort_by_key(|question| question.declined);
    if let Some(first) = asked.into_iter().next() {
        return Some(first);
    }
    if decision.wants_log {
        let log = log_of(check)?.text.clone();
        return Some(advice(Phrase::new(log.clone(), log), None).at(check));
    }
    None
}

pub(super) fn holds(when: &When, knowledge: &Knowledge<'_, '_>) -> bool {
    match when {
        When::Condition(condition) => condition.value.evaluate(knowledge) == Truth::True,
        When::Otherwise => true,
        When::Unreadable => false,
    }
}

fn computed(
    check: &Check,
    it: &Walked<'_, '_>,
    rows: &[&DecidedSet<'_>],
    knowledge: &Knowledge<'_, '_>,
) -> Vec<Computed> {
    check
        .computations
        .iter()
        .filter(|computation| holds(&computation.when, knowledge))
        .filter_map(|computation| {
            let (least, greatest) = range(it, rows, knowledge.now, &computation.formula.value)?;
            let premises = premises(&computation.when, knowledge);
            Some(Computed { name: computation.name.clone(), least, greatest, assumed: premises })
        })
        .collect()
}

/// The premises of the flow without which a computation would not be made.
fn premises(when: &When, knowledge: &Knowledge<'_, '_>) -> Vec<(String, String)> {
    let pasted = Knowledge { assume: false, ..*knowledge };
    let missing = when.condition().map(|condition| condition.missing(&pasted)).unwrap_or_default();
    let labels = missing.iter().filter_map(|missing| match missing {
        Missing::Fact(label) => knowledge.flow.fact(label),
        _ => None,
    });
    labels.filter_map(|fact| Some((fact.label.clone(), fact.assumed.clone()?))).collect()
}

/// Opens a step that another flow answers otherwise.
fn dispute(
    step: &mut Step,
    flow: &Flow,
    other: Disputed,
    walked: &[Walked<'_, '_>],
    now: Option<DateTime>,
) {
    let Some(there) = walked.get(other.flow) else { return };
    let Some(row) = there.rows.get(other.row) else { return };
    let Some((check, decision)) =
        there.flow.checks.get(other.check).zip(row.decisions.get(other.check))
    else {
        return;
    };
    let leads = (there.flow.updated, &flow.id) > (flow.updated, &there.flow.id);
    step.dispute = Some(Dispute {
        flow: there.flow.id.clone(),
        updated: there.flow.updated,
        state: decision.state,
        reasons: reasons(check, decision, &there.knowledge(row, now)),
        leads,
    });
    step.candidate |= step.state == State::Cause;
    step.state = State::Unknown;
    let place = step.facts.iter().find_map(|fact| flow.fact(&fact.label)?.place.clone());
    let title = &step.title;
    let text = phrase!(
        "「{title}」は、2つの確認フローで判断が分かれます。もう一度同期し、日時を見直してください",
        "two flows disagree about \"{title}\": sync again and look at the times again"
    );
    step.ask = Some(advice(text, place));
}

fn conclusion(steps: &[Step], decisions: &[Decision]) -> Conclusion {
    if steps.iter().any(|step| step.dispute.is_some()) {
        return Conclusion::Disputed;
    }
    if steps.iter().any(|step| step.state == State::Cause) {
        return Conclusion::Cause;
    }
    // The log that ends a walk tells what is wrong: nothing is done by that.
    let in_the_log = steps.iter().any(|step| step.searches_log && step.state == State::Passed);
    let ended = decisions.iter().any(|decision| decision.ends);
    let open = steps.iter().any(|step| step.state == State::Unknown);
    if !in_the_log && (ended || !open) { Conclusion::Done } else { Conclusion::Open }
}

/// The next question: the one that decides the first candidate, or else the first open check. Where the walk has
/// come to an end, only a candidate before it is left to decide.
fn next(steps: &[Step], conclusion: Conclusion, decisions: &[Decision]) -> Option<Question> {
    let disputed = steps.iter().find(|step| step.dispute.is_some());
    if conclusion == Conclusion::Disputed {
        return disputed.and_then(|step| step.ask.clone());
    }
    let ended = decisions.iter().any(|decision| decision.ends);
    let asked = || steps.iter().filter_map(|step| Some((step, step.ask.as_ref()?)));
    let of_candidates = asked().filter(|(step, _)| step.candidate);
    let open = asked().filter(|_| !ended && conclusion == Conclusion::Open);
    let mut questions: Vec<&Question> = of_candidates.chain(open).map(|(_, ask)| ask).collect();
    // The sort is stable: what nobody knows comes last, and is what is left to find out.
    questions.sort_by_key(|question| question.declined);
    questions.first().map(|question| (*question).clone())
}
