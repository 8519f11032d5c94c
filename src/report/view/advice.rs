//! One advice for one symptom: what two flows have in common is told once, then where they differ.
//!
//! The newer flow leads. A result of another flow of its symptom belongs to the result of the leading one
//! for the same devices; checks of one title that came out alike are common.

use crate::flow::{Conclusion, FlowAnswer, State, Step};
use crate::text::fold;

/// The advice of one symptom's flows for the devices that came out alike.
#[derive(Debug)]
pub(crate) struct Advice<'a> {
    pub(crate) lead: &'a FlowAnswer,
    pub(crate) others: Vec<&'a FlowAnswer>,
}

/// The advices of an answer, those of one leading flow together.
pub(crate) fn blocks(flows: &[FlowAnswer]) -> Vec<Vec<Advice<'_>>> {
    let mut taken = vec![false; flows.len()];
    let mut blocks: Vec<Vec<Advice<'_>>> = Vec::new();
    for (index, lead) in flows.iter().enumerate() {
        if taken.get(index) == Some(&true) {
            continue;
        }
        let mut others: Vec<&FlowAnswer> = Vec::new();
        for (at, other) in flows.iter().enumerate().skip(index + 1) {
            let fits = taken.get(at) == Some(&false)
                && other.id != lead.id
                && lead.symptom.is_some()
                && other.symptom == lead.symptom
                && (&other.devices, other.row_count) == (&lead.devices, lead.row_count)
                && others.iter().all(|known| known.id != other.id);
            if fits && let Some(slot) = taken.get_mut(at) {
                *slot = true;
                others.push(other);
            }
        }
        let advice = Advice { lead, others };
        match blocks.last_mut().filter(|it| it.first().is_some_and(|it| it.lead.id == lead.id)) {
            Some(block) => block.push(advice),
            None => blocks.push(vec![advice]),
        }
    }
    blocks
}

/// The leading flow of an answer that another flow's advice takes along.
pub(crate) fn leads<'a>(flows: &'a [FlowAnswer], answer: &FlowAnswer) -> Option<&'a str> {
    let advices = blocks(flows).into_iter().flatten();
    let mut with =
        advices.filter(|advice| advice.others.iter().any(|it| std::ptr::eq(*it, answer)));
    with.next().map(|advice| advice.lead.id.as_str())
}

impl<'a> Advice<'a> {
    /// All flows, the leading one first.
    pub(crate) fn flows(&self) -> impl Iterator<Item = &'a FlowAnswer> + '_ {
        std::iter::once(self.lead).chain(self.others.iter().copied())
    }

    /// The checks that several flows came out with alike, each as the flow tells it that is surest of it.
    pub(crate) fn common(&self) -> Vec<&'a Step> {
        let same = |step: &'a Step| {
            let others = self.others.iter().flat_map(|other| shown(other));
            let other = others.into_iter().find(|it| are_alike(it, step))?;
            let surer = step.state != State::Cause && other.state == State::Cause;
            Some(if surer { other } else { step })
        };
        shown(self.lead).filter_map(same).collect()
    }

    /// The checks of one of the flows that no other came out with alike.
    pub(crate) fn own(&self, flow: &'a FlowAnswer) -> Vec<&'a Step> {
        let common = |step: &Step| {
            self.flows()
                .filter(|other| !std::ptr::eq(*other, flow))
                .any(|other| shown(other).any(|it| are_alike(it, step)))
        };
        shown(flow).filter(|step| self.others.is_empty() || !common(step)).collect()
    }

    /// The flow whose result is the advice's: the first that states a cause, or else the leading one.
    pub(crate) fn deciding(&self) -> &'a FlowAnswer {
        let disputed = self.lead.conclusion == Conclusion::Disputed;
        let cause = self.flows().find(|flow| flow.conclusion == Conclusion::Cause);
        cause.filter(|_| !disputed).unwrap_or(self.lead)
    }

    /// The steps whose remedies are shown, the cause before what is a candidate; one of each title.
    pub(crate) fn remedies(&self) -> Vec<&'a Step> {
        let with_remedy =
            || self.flows().flat_map(|flow| &flow.steps).filter(|step| step.remedy.is_some());
        let causes = with_remedy().filter(|step| step.state == State::Cause);
        let candidates = with_remedy()
            .filter(|step| step.candidate && step.dispute.as_ref().is_none_or(|it| !it.leads));
        let mut told: Vec<&'a Step> = Vec::new();
        for next in causes.chain(candidates) {
            if !told.iter().any(|known| same_title(known, next)) {
                told.push(next);
            }
        }
        if told.is_empty() {
            // The last finished step, and the way to find out the open ones.
            told.extend(with_remedy().filter(|step| step.state != State::Skipped).last());
        }
        told
    }
}

/// The checks of a flow that are told: those that the walk came to, but not what lies after a candidate
/// without a word of its own.
pub(crate) fn shown(answer: &FlowAnswer) -> impl Iterator<Item = &Step> {
    let candidate = answer.steps.iter().position(|step| step.candidate);
    answer.steps.iter().enumerate().filter_map(move |(index, step)| {
        let behind = candidate.is_some_and(|candidate| index > candidate);
        let silent = step.state == State::Unknown && step.text.is_none() && step.dispute.is_none();
        (step.state != State::Skipped && !(behind && silent)).then_some(step)
    })
}

fn same_title(one: &Step, other: &Step) -> bool {
    fold(&one.title) == fold(&other.title)
}

/// Whether two flows came out alike with one question. A cause and a candidate for it are alike.
fn are_alike(one: &Step, other: &Step) -> bool {
    let blames = |step: &Step| step.state == State::Cause || step.candidate;
    same_title(one, other)
        && one.dispute.is_none()
        && other.dispute.is_none()
        && (blames(one), one.searches_log) == (blames(other), other.searches_log)
        && (blames(one) || one.state == other.state)
}
