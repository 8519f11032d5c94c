//! Answers of the flows to a paste, before they are written as text or JSON.

use jiff::civil::Date;

use super::document::Link;
use super::question::Question;
use super::value::Value;
use super::walk::{Contradiction, State};
use crate::facts::Operation;
use crate::source::{Language, Location, Phrase, add_new, named};

/// A flow's answer for the devices that came to the same conclusion.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowAnswer {
    /// The flow's id.
    pub id: String,
    /// The flow's title.
    pub title: String,
    /// The console that the flow is about.
    pub product: Option<String>,
    /// The symptom that the flow starts from.
    pub symptom: Option<String>,
    /// When the flow's document was last changed.
    pub updated: Option<Date>,
    /// Where the flow comes from, a link.
    pub source: Option<String>,
    /// How many devices came out alike; a row of a paste that names no device counts as one.
    pub device_count: u64,
    /// The devices that the paste names, in order of appearance.
    pub devices: Vec<String>,
    /// How many rows came out alike; a device may have several.
    pub row_count: u64,
    /// An operation that waits for the devices: told before anything that brings them online.
    pub waiting: Option<Operation>,
    /// How the walk ended.
    pub conclusion: Conclusion,
    /// The checks, in order. The values are those of the first device.
    pub steps: Vec<Step>,
    /// The one thing to look at next, where something is left open.
    pub next: Option<Question>,
    /// Labels that say two things, the first twenty.
    pub contradictions: Vec<Contradiction>,
}

impl FlowAnswer {
    /// Everything that is left to look at: the next thing first, then what the other open checks ask.
    #[must_use]
    pub fn open_questions(&self) -> Vec<&Question> {
        let mut questions: Vec<&Question> = self.next.iter().collect();
        add_new(&mut questions, self.steps.iter().filter_map(|step| step.ask.as_ref()));
        questions
    }
}

named! {
    /// How a walk ended.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum Conclusion {
        /// A cause was found.
        Cause = "cause",
        /// Two flows of one symptom disagree.
        Disputed = "disputed",
        /// A fact that decides is missing.
        Open = "open",
        /// Nothing is left to do.
        Done = "done",
    }
}

/// A check with how it came out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    /// The number of the check: `3`, `3-c`.
    pub number: String,
    /// The title of the check.
    pub title: String,
    /// The question of the check.
    pub question: String,
    /// How it came out.
    pub state: State,
    /// The case of the check that decided, counted from 0; `None` where none did.
    pub case: Option<usize>,
    /// The comparisons that decided, with their values.
    pub reasons: Vec<Phrase>,
    /// The facts that decided, as pasted.
    pub facts: Vec<DecidingFact>,
    /// The cause, the candidate, or what to do to find out, in the flow's words.
    pub text: Option<String>,
    /// Whether `text` and `remedy` are of a cause that no pasted value has decided yet: a premise of the flow
    /// or an open case is after it, an earlier unknown check may still name another one, or another
    /// flow disputes it.
    pub candidate: bool,
    /// The labels whose value the flow's premise gave to the candidate, each with that value.
    pub assumed: Vec<(String, String)>,
    /// The article that tells what to do.
    pub remedy: Option<Link>,
    /// The check to go on with where the remedy does not help.
    pub then: Option<String>,
    /// The question to ask, where the check is unknown.
    pub ask: Option<Question>,
    /// Whether the step is the search of the log in the manual.
    pub searches_log: bool,
    /// The incidents whose remedies belong here, where the step is that search: indices of what
    /// `evaluate` was given.
    pub incidents: Vec<usize>,
    /// Values that are computed at this check.
    pub computed: Vec<Computed>,
    /// The flow of the same symptom that comes to another result here.
    pub dispute: Option<Dispute>,
}

impl Step {
    /// Whether the step tells what to do: a cause or a candidate with its remedy, what is done, or the log
    /// that was pasted.
    #[must_use]
    pub fn answers(&self) -> bool {
        let found = match self.state {
            State::Cause => true,
            State::Passed => {
                self.text.is_some() && (!self.searches_log || !self.incidents.is_empty())
            }
            State::Unknown => self.candidate,
            State::Skipped => false,
        };
        found && self.remedy.is_some()
    }
}

/// A fact that decided a check.
#[derive(Debug, Clone, PartialEq)]
pub struct DecidingFact {
    /// The label as the flow declares it.
    pub label: String,
    /// The value, read as its type.
    pub value: Value,
    /// The value as pasted.
    pub written: String,
    /// Where it is; `None` where the flow's premise gave it.
    pub location: Option<Location>,
}

impl DecidingFact {
    /// The value for a person: times as `2024-05-08 17:19:30`, texts as pasted.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        match &self.value {
            Value::Text(_) | Value::Unreadable => self.written.clone(),
            value => value.text(language),
        }
    }
}

/// A value that a flow computes: when a job times out.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// The value's name in the flow.
    pub name: String,
    /// The least value of the devices that came out alike: a time or a duration.
    pub least: Value,
    /// The greatest of them.
    pub greatest: Value,
    /// The labels whose value the flow's premise gave, each with that value.
    pub assumed: Vec<(String, String)>,
}

/// Another flow's differing result for the same question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The other flow.
    pub flow: String,
    /// When its document was last changed.
    pub updated: Option<Date>,
    /// The result.
    pub state: State,
    /// Its comparisons, with their values.
    pub reasons: Vec<Phrase>,
    /// Whether the other flow is the newer one, which leads.
    pub leads: bool,
}
