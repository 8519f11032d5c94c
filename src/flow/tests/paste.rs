//! Pastes as facts, written the way a screen shows them.

use jiff::civil::DateTime;

use crate::facts::{CodeDictionary, Fact, Incident, Kind};
use crate::flow::{FlowAnswer, State, evaluate};
use crate::record::question;
use crate::source::{Language, Location};

/// The facts of a screen: `label<TAB>value`, a line each; a line `# device` names the device.
pub(super) fn screen(text: &str) -> Vec<Fact> {
    let mut device = None;
    let mut facts = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_start();
        if let Some(name) = line.strip_prefix("# ") {
            device = Some(name.to_owned());
        } else if let Some((label, value)) = line.split_once('\t') {
            facts.push(Fact { device: device.clone(), ..fact(index + 1, label, value) });
        }
    }
    facts
}

/// The facts of a table: the first line names the labels, `device` is the column of the device.
pub(super) fn table(text: &str, device: &str) -> Vec<Fact> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let labels: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let mut facts = Vec::new();
    for (index, line) in lines.enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        let name = labels.iter().position(|label| *label == device);
        let name = name.and_then(|at| cells.get(at)).map(|name| (*name).to_owned());
        for (label, cell) in labels.iter().zip(&cells) {
            facts.push(Fact { device: name.clone(), ..fact(index + 2, label, cell) });
        }
    }
    facts
}

pub(super) fn fact(line: usize, label: &str, value: &str) -> Fact {
    let location = Location { file: None, line: u32::try_from(line).unwrap_or(u32::MAX) };
    Fact { label: label.to_owned(), value: value.to_owned(), device: None, location }
}

/// A line of a log, of these devices.
pub(super) fn incident(message: &str, devices: &[&str]) -> Incident {
    Incident {
        kind: Kind::Log,
        device_count: u64::try_from(devices.len()).unwrap_or(u64::MAX),
        devices: devices.iter().map(|device| (*device).to_owned()).collect(),
        ..question(message, &CodeDictionary::default())
    }
}

pub(super) fn now(text: &str) -> Option<DateTime> {
    Some(text.parse().expect("a time"))
}

pub(super) fn answers(facts: &[Fact], incidents: &[Incident], clock: &str) -> Vec<FlowAnswer> {
    evaluate(super::flows(), facts, incidents, now(clock))
}

pub(super) fn of<'a>(answers: &'a [FlowAnswer], id: &str) -> &'a FlowAnswer {
    answers.iter().find(|it| it.id == id).unwrap_or_else(|| panic!("{id} is not in the answer"))
}

/// An answer in short: `1=passed 3=cause` …, skipped steps left out.
pub(super) fn states(answer: &FlowAnswer) -> String {
    let shown = answer.steps.iter().filter(|step| step.state != State::Skipped).map(|step| {
        let state = match (step.state, step.candidate) {
            (State::Passed, _) => "passed",
            (State::Cause, _) => "cause",
            (State::Unknown, true) => "candidate",
            (State::Unknown, false) => "unknown",
            (State::Skipped, _) => "skipped",
        };
        format!("{}={state}", step.number)
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// The remedy of the cause, of the first candidate, or of the last step that names one, `article#anchor`.
pub(super) fn remedy(answer: &FlowAnswer) -> String {
    let with_remedy = || answer.steps.iter().filter(|step| step.remedy.is_some());
    let step = with_remedy()
        .find(|step| step.state == State::Cause)
        .or_else(|| with_remedy().find(|step| step.candidate))
        .or_else(|| with_remedy().next_back());
    step.and_then(|step| step.remedy.as_ref()).map(ToString::to_string).unwrap_or_default()
}

/// The comparisons of the last step that has some.
pub(super) fn reasons(answer: &FlowAnswer) -> String {
    let step = answer.steps.iter().rev().find(|step| !step.reasons.is_empty());
    let reasons = step.map(|step| step.reasons.iter().map(|it| it.text(Language::Ja)).collect());
    reasons.map(|reasons: Vec<&str>| reasons.join(" / ")).unwrap_or_default()
}

pub(super) fn next(answer: &FlowAnswer) -> String {
    answer.next.as_ref().map(|it| it.text.text(Language::Ja).to_owned()).unwrap_or_default()
}
