//! Walking a flow with one set of facts.
//!
//! 1. [`sets`] divides the facts of a paste by device and row;
//! 2. [`walk`] takes the checks in order and decides each: the first case that holds, or unknown;
//! 3. after an unknown check the walk goes on wherever it might have led, so that what is known is
//!    shown; but a cause that is found there is only a candidate, unless its check says that it
//!    stands alone: the unknown check might have named another one;
//! 4. the first cause ends the walk.

mod messages;
mod sets;

use jiff::civil::DateTime;

use super::Truth;
use super::condition::{Known, Missing};
use super::document::{Case, Check, Flow, Outcome, When};
use super::value::{self, Value};
pub(super) use messages::{Messages, Paste};
pub use sets::Contradiction;
pub(super) use sets::{FactSet, sets};

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum State {
    /// Nothing wrong there.
    Passed,
    /// The cause is found.
    Cause,
    /// A fact that decides is missing, or two flows disagree.
    Unknown,
    /// The walk did not come here.
    Skipped,
}

/// How the check of one set of facts came out; what groups are made by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Decision {
    pub(super) state: State,
    /// The case that holds.
    pub(super) case: Option<usize>,
    /// Whether it ended the walk.
    pub(super) ends: bool,
    /// What would decide an unknown check, or would confirm an assumed one.
    pub(super) missing: Vec<Missing>,
    /// The labels whose value the flow's premise gave, where that decided.
    pub(super) assumed: Vec<usize>,
    /// Whether the log is asked for.
    pub(super) wants_log: bool,
}

impl Decision {
    fn skipped() -> Self {
        Self {
            state: State::Skipped,
            case: None,
            ends: false,
            missing: Vec::new(),
            assumed: Vec::new(),
            wants_log: false,
        }
    }
}

/// What is known while one set of facts is walked.
pub(super) struct Knowledge<'w, 'f> {
    pub(super) flow: &'w Flow,
    pub(super) set: &'w FactSet<'f>,
    pub(super) messages: &'w Messages<'f>,
    pub(super) now: Option<DateTime>,
    /// Whether the flow's premises count as facts.
    pub(super) assume: bool,
}

impl Knowledge<'_, '_> {
    /// The index of a label's declaration. Conditions name facts as the table writes them; an alias
    /// is found too.
    pub(super) fn index(&self, label: &str) -> Option<usize> {
        let exact = self.flow.facts.iter().position(|fact| fact.label == label);
        exact.or_else(|| {
            let declared = self.flow.fact(label)?;
            self.flow.facts.iter().position(|fact| fact.line == declared.line)
        })
    }

    fn assumed(&self, index: usize) -> Option<&str> {
        let contradicted = || {
            let label = self.flow.facts.get(index).map(|fact| fact.label.as_str());
            self.set.contradictions.iter().any(|it| Some(it.label.as_str()) == label)
        };
        let assumed = self.flow.facts.get(index)?.assumed.as_deref()?;
        (self.assume && self.set.entries.get(index)?.is_none() && !contradicted())
            .then_some(assumed)
    }
}

impl Known for Knowledge<'_, '_> {
    fn fact(&self, label: &str) -> Option<Value> {
        let index = self.index(label)?;
        if let Some(entry) = self.set.entries.get(index)? {
            return Some(entry.value.clone());
        }
        let kind = self.flow.facts.get(index)?.kind;
        self.assumed(index).map(|written| value::read(kind, written))
    }

    fn written(&self, label: &str) -> Option<String> {
        let index = self.index(label)?;
        match self.set.entries.get(index)? {
            Some(entry) => Some(entry.fact.value.trim().to_owned()),
            None => self.assumed(index).map(str::to_owned),
        }
    }

    fn incident(&self, message: &str) -> Truth {
        let shown = self.messages.message(message, self.set.device);
        // A list of messages that says 「なし」 is the one proof that a message is not there.
        let none = shown == Truth::Unknown
            && self.flow.facts.iter().zip(&self.set.entries).any(|(declared, entry)| {
                declared.kind == value::Type::Messages
                    && entry
                        .as_ref()
                        .is_some_and(|entry| matches!(entry.value, Value::Empty | Value::None))
            });
        if none { Truth::False } else { shown }
    }

    fn code(&self, written: &str) -> Truth {
        self.messages.code(written, self.set.device)
    }

    fn now(&self) -> Option<DateTime> {
        self.now
    }
}

/// Whether the flow applies to the set.
pub(super) fn applies(knowledge: &Knowledge<'_, '_>) -> bool {
    let conditions = &knowledge.flow.when;
    if conditions.is_empty() {
        return knowledge.set.entries.iter().any(Option::is_some)
            || !knowledge.set.contradictions.is_empty();
    }
    conditions.iter().all(|condition| condition.value.evaluate(knowledge) == Truth::True)
}

/// Decides every check of the flow.
pub(super) fn walk(knowledge: &Knowledge<'_, '_>) -> Vec<Decision> {
    let checks = &knowledge.flow.checks;
    // Whether a check is reached, and whether the check before it was settled.
    let mut reached: Vec<Option<bool>> = vec![None; checks.len()];
    if let Some(first) = reached.first_mut() {
        *first = Some(true);
    }
    let mut ended = false;
    let mut decisions = Vec::with_capacity(checks.len());
    for (index, check) in checks.iter().enumerate() {
        let Some(settled) = reached.get(index).copied().flatten().filter(|_| !ended) else {
            decisions.push(Decision::skipped());
            continue;
        };
        let (decision, onward) = decide(check, knowledge, settled || check.stands_alone);
        ended = decision.ends;
        for (target, settled) in onward {
            if let Some(slot) = reached.get_mut(target) {
                *slot = Some(slot.unwrap_or(false) || settled);
            }
        }
        decisions.push(decision);
    }
    decisions
}

/// The checks that a decision leads to, each with whether it is settled that it does.
type Onward = Vec<(usize, bool)>;

fn decide(check: &Check, knowledge: &Knowledge<'_, '_>, confirmed: bool) -> (Decision, Onward) {
    let truths: Vec<Truth> = truths(check, knowledge);
    let holding = truths.iter().position(|truth| *truth == Truth::True);
    let Some((number, case)) = holding.and_then(|it| check.cases.get(it).map(|case| (it, case)))
    else {
        return undecided(check, &truths, knowledge);
    };
    let assumed = assumptions(check, number, knowledge);
    let mut decision = Decision { case: Some(number), assumed, ..Decision::skipped() };
    let mut onward = Vec::new();
    match &case.outcome {
        Outcome::Next(target) => {
            decision.state = State::Passed;
            onward.extend(target.map(|target| (target, true)));
        }
        Outcome::Open { .. } => decision.state = State::Unknown,
        _ if !confirmed => decision.state = State::Unknown,
        Outcome::Cause { .. } | Outcome::Log { .. } => {
            decision.state = State::Cause;
            decision.ends = true;
        }
        Outcome::Done { .. } => {
            decision.state = State::Passed;
            decision.ends = true;
        }
    }
    (decision, onward)
}

/// Whether each case holds. 「それ以外」 holds where every other is known not to; that of a log, where
/// the paste has one.
fn truths(check: &Check, knowledge: &Knowledge<'_, '_>) -> Vec<Truth> {
    let of_conditions = |case: &Case| match &case.when {
        When::Condition(condition) => condition.value.evaluate(knowledge),
        When::Unreadable => Truth::Unknown,
        When::Otherwise => Truth::False,
    };
    let mut truths: Vec<Truth> = check.cases.iter().map(of_conditions).collect();
    let none = !truths.iter().fold(Truth::False, |any, truth| any.or(*truth));
    for (truth, case) in truths.iter_mut().zip(&check.cases) {
        if case.when == When::Otherwise {
            *truth = none;
            if matches!(case.outcome, Outcome::Log { .. }) && none != Truth::False {
                let logged = !knowledge.messages.log(knowledge.set.device).is_empty();
                *truth = if logged { Truth::True } else { Truth::Unknown };
            }
        }
    }
    truths
}

fn undecided(check: &Check, truths: &[Truth], knowledge: &Knowledge<'_, '_>) -> (Decision, Onward) {
    let mut decision = Decision { state: State::Unknown, ..Decision::skipped() };
    let mut onward = Vec::new();
    let mut waiting: Vec<(Missing, usize)> = Vec::new();
    for (case, truth) in check.cases.iter().zip(truths) {
        if *truth == Truth::False {
            continue;
        }
        match &case.outcome {
            Outcome::Next(Some(target)) => onward.push((*target, false)),
            Outcome::Log { .. } => decision.wants_log = true,
            _ => {}
        }
        if let When::Condition(condition) = &case.when {
            for missing in condition.value.missing(knowledge) {
                match waiting.iter_mut().find(|(known, _)| *known == missing) {
                    Some((_, cases)) => *cases += 1,
                    None => waiting.push((missing, 1)),
                }
            }
        }
    }
    // What most of the open cases wait for is asked first; the order of the cases breaks ties.
    waiting.sort_by_key(|(_, cases)| std::cmp::Reverse(*cases));
    decision.missing = waiting.into_iter().map(|(missing, _)| missing).collect();
    if decision.missing.is_empty() && !decision.wants_log {
        decision.missing = unforeseen(check, knowledge);
    }
    (decision, onward)
}

/// The facts that no case of the check foresees: a state that the flow does not know.
fn unforeseen(check: &Check, knowledge: &Knowledge<'_, '_>) -> Vec<Missing> {
    let conditions = check.cases.iter().filter_map(|case| match &case.when {
        When::Condition(condition) => Some(&condition.value),
        _ => None,
    });
    let mut labels: Vec<&str> = conditions.flat_map(super::Condition::labels).collect();
    let texts = |label: &&str| matches!(knowledge.fact(label), Some(Value::Text(_)));
    if labels.iter().any(texts) {
        labels.retain(texts);
    }
    labels.first().map(|label| Missing::Fact((*label).to_owned())).into_iter().collect()
}

/// The premises without which the check would not have come out so.
fn assumptions(check: &Check, number: usize, knowledge: &Knowledge<'_, '_>) -> Vec<usize> {
    if !knowledge.assume {
        return Vec::new();
    }
    let strict = Knowledge { assume: false, ..*knowledge };
    let strict_truths = truths(check, &strict);
    if strict_truths.iter().position(|truth| *truth == Truth::True) == Some(number) {
        return Vec::new();
    }
    let mut labels: Vec<usize> = Vec::new();
    for case in &check.cases {
        if let When::Condition(condition) = &case.when {
            let missing = condition.value.missing(&strict);
            labels.extend(missing.iter().filter_map(|missing| match missing {
                Missing::Fact(label) => strict.index(label),
                _ => None,
            }));
        }
    }
    labels.retain(|index| knowledge.assumed(*index).is_some());
    labels.sort_unstable();
    labels.dedup();
    labels
}
