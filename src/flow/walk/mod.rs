//! Walking a flow with one set of facts.
//!
//! 1. [`sets`] divides the facts of a paste by device and row;
//! 2. [`walk`] takes the checks in order and decides each by the values that were pasted: the first case
//!    that holds, where no open case before it leads elsewhere; else the check is unknown;
//! 3. what a premise of the flow (想定) or an open case before it would decide is a candidate: it is shown
//!    with the question that decides, and states nothing;
//! 4. after an unknown check the walk goes on wherever it might have led, so that what is known is
//!    shown; but a cause that is found there is only a candidate, unless its check says that it
//!    is alone and a pasted value decides it: the unknown check might have named another one;
//! 5. the first cause ends the walk.
//!
//! So more facts never take back a cause: what is decided by some values is decided alike by these and more.

mod messages;
mod sets;

use jiff::civil::DateTime;

use super::Truth;
use super::condition::{Known, Missing};
use super::document::{Case, Check, Flow, VerdictKind, When};
use super::value::{self, Value};
use crate::source::named;
pub(super) use messages::{Messages, Paste};
pub use sets::Contradiction;
pub(super) use sets::{FactSet, sets};

named! {
    /// How a check came out.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
    #[non_exhaustive]
    pub enum State {
        /// It is decided, and the walk goes on: to another check, to the log, or to its good end.
        Passed = "passed",
        /// The cause is found.
        Cause = "cause",
        /// A fact that decides is missing, or two flows disagree.
        #[default]
        Unknown = "unknown",
        /// The walk did not come here.
        Skipped = "skipped",
    }
}

/// How the check of one set of facts came out; what groups are made by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Decision {
    pub(super) state: State,
    /// The case that holds or, of an unknown check, that is the candidate.
    pub(super) case: Option<usize>,
    pub(super) ends: bool,
    pub(super) missing: Vec<Missing>,
    /// The labels whose value the flow's premise gave, where that made the candidate.
    pub(super) assumed: Vec<usize>,
    pub(super) wants_log: bool,
}

impl Decision {
    pub(super) fn case_of<'c>(&self, check: &'c Check) -> Option<&'c Case> {
        check.cases.get(self.case?)
    }
}

/// The knowledge that one set of facts is walked with.
pub(super) struct Knowledge<'w, 'f> {
    pub(super) flow: &'w Flow,
    pub(super) set: &'w FactSet<'f>,
    pub(super) messages: &'w Messages<'f>,
    pub(super) now: Option<DateTime>,
    /// Whether the flow's premises count as facts.
    pub(super) assume: bool,
    /// Whether it is asked if the flow applies: there, what was not pasted is known not to be there. In
    /// a check it may still come.
    pub(super) applying: bool,
    /// Whether what follows from the pasted values counts, too.
    pub(super) derive: bool,
}

impl Knowledge<'_, '_> {
    /// The index of a label's declaration. Conditions name it as the table does; aliases work too.
    pub(super) fn index(&self, label: &str) -> Option<usize> {
        let exact = self.flow.facts.iter().position(|fact| fact.label == label);
        exact.or_else(|| {
            let declared = self.flow.fact(label)?;
            self.flow.facts.iter().position(|fact| fact.line == declared.line)
        })
    }

    /// Whether other facts say that there is nothing after a label: alarms, where all counts are zero.
    fn is_none(&self, index: usize) -> bool {
        let declared = self.flow.facts.get(index);
        let Some(condition) = declared.and_then(|fact| fact.none_when.as_ref()) else {
            return false;
        };
        // The counts themselves are pasted or not: nothing follows from what follows from another.
        condition.value.evaluate(&Self { derive: false, ..*self }) == Truth::True
    }

    /// The list of messages that tells which are shown now: the first that the flow declares.
    fn list_of_messages(&self) -> Option<usize> {
        self.flow.facts.iter().position(|fact| fact.kind == value::Type::Messages)
    }

    /// Whether that list says that no message is shown, and whether one is nevertheless.
    fn quiet(&self, list: usize) -> Quiet {
        let entry = self.set.entries.get(list).and_then(Option::as_ref);
        let empty =
            |entry: &sets::DeclaredValue<'_>| matches!(entry.value, Value::Empty | Value::None);
        let says_none = entry.is_some_and(empty) || self.is_none(list);
        let shows = entry.is_some_and(|entry| !empty(entry))
            || self.messages.any(self.set.device).is_some();
        match (says_none, shows) {
            (true, true) => Quiet::Disputed,
            (true, false) => Quiet::Yes,
            (false, _) => Quiet::NotSaid,
        }
    }

    /// The contradiction of a list that says that no message is shown beside one that is: yesterday's alarm
    /// beside counts of zero. Which of them is true now nobody but whoever looks can tell.
    pub(super) fn disputed_quiet(&self) -> Option<Contradiction> {
        let list = self.list_of_messages()?;
        if self.quiet(list) != Quiet::Disputed {
            return None;
        }
        let declared = self.flow.facts.get(list)?;
        let written = |index: usize| self.set.entries.get(index)?.as_ref().map(|it| it.fact);
        let counts = declared.none_when.iter().flat_map(|condition| condition.value.labels());
        let count = || counts.clone().find_map(|label| written(self.index(label)?));
        let told = |fact: &crate::facts::Fact| (fact.value.clone(), fact.location.clone());
        let entry = written(list);
        let quiet = entry.filter(|fact| {
            matches!(value::read(declared.kind, &fact.value), Value::Empty | Value::None)
        });
        let none = quiet.map(told).or_else(|| {
            let fact = count()?;
            Some((format!("{} {}", fact.label, fact.value), fact.location.clone()))
        });
        let shown = entry.filter(|_| quiet.is_none()).map(told).or_else(|| {
            let (message, place) = self.messages.any(self.set.device)?;
            Some((message.to_owned(), place.clone()))
        });
        Some(Contradiction {
            label: declared.label.clone(),
            device: self.set.device.map(str::to_owned),
            values: none.into_iter().chain(shown).collect(),
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quiet {
    Yes,
    NotSaid,
    /// It says so, and one is shown.
    Disputed,
}

impl Known for Knowledge<'_, '_> {
    fn fact(&self, label: &str) -> Option<Value> {
        let index = self.index(label)?;
        let is_list = || self.derive && self.list_of_messages() == Some(index);
        if is_list() && self.quiet(index) == Quiet::Disputed {
            return None;
        }
        if let Some(entry) = self.set.entries.get(index)? {
            return Some(entry.value.clone());
        }
        if !self.derive {
            return None;
        }
        if self.is_none(index) {
            return Some(Value::None);
        }
        let kind = self.flow.facts.get(index)?.kind;
        self.assumed(index).map(|written| value::read(kind, written))
    }

    fn pasted(&self, label: &str) -> Truth {
        match self.fact(label) {
            Some(_) => Truth::True,
            None if self.applying || !self.derive => Truth::False,
            None => Truth::Unknown,
        }
    }

    fn kind(&self, label: &str) -> Option<value::Type> {
        Some(self.flow.fact(label)?.kind)
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
        let list = self.list_of_messages().filter(|_| self.derive);
        match (list.map(|list| self.quiet(list)), shown) {
            (Some(Quiet::Disputed), _) => Truth::Unknown,
            (Some(Quiet::Yes), Truth::Unknown) => Truth::False,
            _ => shown,
        }
    }

    fn code(&self, written: &str) -> Truth {
        self.messages.code(written, self.set.device)
    }

    fn now(&self) -> Option<DateTime> {
        self.now
    }
}

pub(super) fn applies(knowledge: &Knowledge<'_, '_>) -> bool {
    let conditions = &knowledge.flow.when;
    if conditions.is_empty() {
        return knowledge.set.entries.iter().any(Option::is_some)
            || !knowledge.set.contradictions.is_empty();
    }
    conditions.iter().all(|condition| condition.value.evaluate(knowledge) == Truth::True)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Arrival {
    /// Whether every check on the way here was decided.
    settled: bool,
    /// Whether a pasted value decided one of them: the last but one, where the last was left open.
    supported: bool,
}

pub(super) fn walk(knowledge: &Knowledge<'_, '_>) -> Vec<Decision> {
    let checks = &knowledge.flow.checks;
    let mut reached: Vec<Option<Arrival>> = vec![None; checks.len()];
    if let Some(first) = reached.first_mut() {
        *first = Some(Arrival { settled: true, supported: false });
    }
    let mut ended = false;
    let mut decisions = Vec::with_capacity(checks.len());
    for (index, check) in checks.iter().enumerate() {
        let Some(arrival) = reached.get(index).copied().flatten().filter(|_| !ended) else {
            decisions.push(Decision { state: State::Skipped, ..Decision::default() });
            continue;
        };
        let (decision, onward) = decide(check, knowledge, arrival);
        ended = decision.ends;
        for (target, arrival) in onward {
            if let Some(slot) = reached.get_mut(target) {
                let known = slot.unwrap_or(arrival);
                *slot = Some(Arrival {
                    settled: known.settled || arrival.settled,
                    supported: known.supported || arrival.supported,
                });
            }
        }
        decisions.push(decision);
    }
    decisions
}

/// The checks that a decision leads to, each with how it is reached.
type Onward = Vec<(usize, Arrival)>;

fn decide(check: &Check, knowledge: &Knowledge<'_, '_>, arrival: Arrival) -> (Decision, Onward) {
    let pasted = Knowledge { assume: false, ..*knowledge };
    let truths: Vec<Truth> = truths(check, &pasted);
    let Some((number, case)) = decided(check, &truths) else {
        return undecided(check, &truths, knowledge, arrival);
    };
    let supported = is_supported(check, case, &pasted);
    let confirmed =
        arrival.settled && (supported || arrival.supported) || check.stands_alone && supported;
    let mut decision = Decision { case: Some(number), ..Decision::default() };
    let mut onward = Vec::new();
    match case.verdict.kind {
        VerdictKind::Next => {
            decision.state = State::Passed;
            let onto = Arrival {
                settled: arrival.settled || check.stands_alone && supported,
                supported: arrival.supported || supported,
            };
            onward.extend(case.verdict.then.map(|target| (target, onto)));
        }
        VerdictKind::Open => {}
        // Who comes here by an open check alone knows nothing of it.
        _ if !supported && !arrival.supported => {
            decision.case = None;
            decision.wants_log = case.verdict.kind == VerdictKind::Log;
        }
        _ if !confirmed => {}
        VerdictKind::Cause => {
            decision.state = State::Cause;
            decision.ends = true;
        }
        VerdictKind::Log | VerdictKind::Done => {
            decision.state = State::Passed;
            decision.ends = true;
        }
    }
    (decision, onward)
}

/// The first case that holds, where no open case before it leads elsewhere. A log that was pasted is looked
/// into whatever is open before it: that states nothing.
fn decided<'c>(check: &'c Check, truths: &[Truth]) -> Option<(usize, &'c Case)> {
    let number = truths.iter().position(|truth| *truth == Truth::True)?;
    let case = check.cases.get(number)?;
    let mut before = check.cases.iter().zip(truths).take(number);
    let elsewhere =
        before.any(|(other, truth)| *truth == Truth::Unknown && other.verdict != case.verdict);
    let in_the_log = case.verdict.kind == VerdictKind::Log;
    (!elsewhere || in_the_log).then_some((number, case))
}

/// Whether a pasted value decides: one that the case names or, of 「それ以外」, that another fails by.
fn is_supported(check: &Check, case: &Case, pasted: &Knowledge<'_, '_>) -> bool {
    let names_pasted = |condition: &super::Condition| {
        condition.labels().into_iter().any(|label| pasted.fact(label).is_some())
            || condition.messages().into_iter().any(|it| pasted.incident(it) != Truth::Unknown)
            || condition.codes().into_iter().any(|it| pasted.code(it) != Truth::Unknown)
    };
    match &case.when {
        When::Condition(condition) => names_pasted(&condition.value),
        When::Otherwise if case.verdict.kind == VerdictKind::Log => {
            !pasted.messages.log(pasted.set.device).is_empty()
        }
        When::Otherwise => check.conditions().any(names_pasted),
        When::Unreadable => false,
    }
}

/// Whether each case holds: 「それ以外」 where others are known not to; a log's, where one is pasted.
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
            if case.verdict.kind == VerdictKind::Log && none != Truth::False {
                let logged = !knowledge.messages.log(knowledge.set.device).is_empty();
                *truth = if logged { Truth::True } else { Truth::Unknown };
            }
        }
    }
    truths
}

/// A check that the pasted values leave open: what would decide it, where it may lead, and the case
/// that a premise, or the pasted values but for an open case before it, speak for.
fn undecided(
    check: &Check,
    truths: &[Truth],
    knowledge: &Knowledge<'_, '_>,
    arrival: Arrival,
) -> (Decision, Onward) {
    let pasted = Knowledge { assume: false, ..*knowledge };
    let mut decision = Decision::default();
    let mut onward = Vec::new();
    let mut waiting: Vec<(Missing, usize)> = Vec::new();
    // One open check may be between a pasted value and a candidate, not a chain of them.
    let onto = Arrival { settled: false, supported: arrival.settled && arrival.supported };
    for (case, truth) in check.cases.iter().zip(truths) {
        if *truth == Truth::False {
            continue;
        }
        match case.verdict.kind {
            VerdictKind::Next => onward.extend(case.verdict.then.map(|target| (target, onto))),
            VerdictKind::Log => decision.wants_log = true,
            _ => {}
        }
        if let When::Condition(condition) = &case.when {
            for missing in condition.value.missing(&pasted) {
                match waiting.iter_mut().find(|(known, _)| *known == missing) {
                    Some((_, cases)) => *cases += 1,
                    None => waiting.push((missing, 1)),
                }
            }
        }
    }
    // The question that most open cases wait for is asked first; the order of the cases breaks ties.
    waiting.sort_by_key(|(_, cases)| std::cmp::Reverse(*cases));
    decision.missing = waiting.into_iter().map(|(missing, _)| missing).collect();
    candidate(check, truths, knowledge, &mut decision);
    if decision.missing.is_empty() && !decision.wants_log {
        decision.missing = unforeseen(check, knowledge);
    }
    (decision, onward)
}

/// Makes a candidate of the case that the premises of the flow decide or, without them, of the first
/// that holds after open ones; what is between it and a decision is asked first.
fn candidate(
    check: &Check,
    truths: &[Truth],
    knowledge: &Knowledge<'_, '_>,
    decision: &mut Decision,
) {
    let pasted = Knowledge { assume: false, ..*knowledge };
    let assumed = self::truths(check, knowledge);
    let by_premise = decided(check, &assumed);
    let behind = truths.iter().position(|truth| *truth == Truth::True);
    let behind = behind.and_then(|number| Some((number, check.cases.get(number)?)));
    let Some((number, case)) = by_premise.or(behind) else { return };
    if case.verdict.kind == VerdictKind::Next || !is_supported(check, case, &pasted) {
        return;
    }
    decision.case = Some(number);
    let labels = decision.missing.iter().filter_map(|missing| match missing {
        Missing::Fact(label) => pasted.index(label),
        _ => None,
    });
    decision.assumed = labels.filter(|index| knowledge.assumed(*index).is_some()).collect();
    decision.missing.sort_by_key(|missing| match missing {
        Missing::Fact(label) => {
            pasted.index(label).is_none_or(|index| !decision.assumed.contains(&index))
        }
        _ => true,
    });
}

/// The facts that no case of the check foresees: a state that the flow does not know.
fn unforeseen(check: &Check, knowledge: &Knowledge<'_, '_>) -> Vec<Missing> {
    let mut labels: Vec<&str> = check.conditions().flat_map(super::Condition::labels).collect();
    let texts = |label: &&str| matches!(knowledge.fact(label), Some(Value::Text(_)));
    if labels.iter().any(texts) {
        labels.retain(texts);
    }
    labels.first().map(|label| Missing::Fact((*label).to_owned())).into_iter().collect()
}
