//! Check flows on the page: each result as a path of checks, with the case that decided.

use crate::flow::value::Type;
use crate::flow::{
    Case, Check, Expects, Flow, FlowAnswer, FlowRemedy, NOT_KNOWN, Question, State, Step, Verdict,
};
use crate::report::view::flow::{disputed, premises, shown};
use crate::report::view::sanitized;
use crate::search::Answer;
use crate::source::Language;

/// How many results of one flow are shown with their steps; the first line of each is shown of all.
const MOST_RESULTS: usize = 5;

pub(super) struct FlowView<'a> {
    /// The facts that the answers have in common.
    pub(super) first: &'a FlowAnswer,
    /// The results; of the first ones, more than their first lines.
    pub(super) results: Vec<(&'a FlowAnswer, Option<WholeView<'a>>)>,
}

pub(super) struct WholeView<'a> {
    pub(super) steps: Vec<StepView<'a>>,
    /// The value to be filled in, where it can be.
    pub(super) walk: Option<WalkView<'a>>,
    pub(super) leading: Option<&'a Step>,
    /// The passage that it leads to, where it is one.
    pub(super) remedy: Option<&'a FlowRemedy>,
}

/// A value that a person reads off a screen and fills in: a line of the paste.
pub(super) struct WalkView<'a> {
    pub(super) question: &'a Question,
    /// The label before a typed value.
    pub(super) label: &'a str,
    /// The message that the screen may show, where it is asked for one.
    pub(super) message: Option<&'a str>,
    /// The answers to choose from, as shown, and the line that each becomes; empty where a value is typed.
    pub(super) choices: Vec<(String, String)>,
    /// The line of who does not know; `None` where that was said already, and there is nothing else to ask.
    pub(super) unknown: Option<String>,
}

pub(super) struct StepView<'a> {
    pub(super) step: &'a Step,
    pub(super) class: &'static str,
    pub(super) reasons: Vec<String>,
    pub(super) taken: Option<CaseView>,
    /// The others; all of them where none has decided.
    pub(super) cases: Vec<CaseView>,
}

/// When a case holds, and what it comes to.
type CaseView = (String, String);

/// The views of all flows of an answer, the results of one flow together.
pub(super) fn views<'a>(
    answer: &'a Answer,
    flows: &'a [Flow],
    language: Language,
) -> Vec<FlowView<'a>> {
    let of_one_flow = answer.flows.chunk_by(|one, other| one.id == other.id);
    let view = |results: &'a [FlowAnswer]| {
        let first = results.first()?;
        let flow = flows.iter().find(|flow| flow.id == first.id);
        let view =
            |(index, it)| (it, (index < MOST_RESULTS).then(|| whole(it, flow, answer, language)));
        Some(FlowView { first, results: results.iter().enumerate().map(view).collect() })
    };
    of_one_flow.filter_map(view).collect()
}

fn whole<'a>(
    result: &'a FlowAnswer,
    flow: Option<&'a Flow>,
    answer: &'a Answer,
    language: Language,
) -> WholeView<'a> {
    // The remedy of a cause or, where none is stated, of the first candidate.
    let with_remedy = || result.steps.iter().filter(|step| step.remedy.is_some());
    let decided = with_remedy()
        .find(|step| step.state == State::Cause)
        .or_else(|| with_remedy().find(|step| step.candidate));
    let leads = |step: &&Step| step.dispute.as_ref().is_none_or(|dispute| !dispute.leads);
    let remedy = decided.filter(leads).and_then(|step| answer.passage_of(step.remedy.as_ref()?));
    let steps = result.steps.iter().enumerate().filter(|(_, step)| step.state != State::Skipped);
    WholeView {
        steps: steps.map(|(index, it)| step(it, flow, index, language)).collect(),
        walk: result.next.as_ref().and_then(|next| walk(next, language)),
        leading: decided,
        remedy,
    }
}

/// How the value that a question wants is filled in; `None` where nothing can be.
fn walk(question: &Question, language: Language) -> Option<WalkView<'_>> {
    let shown = |text: &str| sanitized(text);
    let label = question.answers.as_deref()?;
    let line = |value: &str| format!("{}\t{}", shown(label), shown(value));
    let yes_or_no = |yes: String, no: &str| {
        vec![
            (language.pick("はい", "Yes").to_owned(), yes),
            (language.pick("いいえ", "No").to_owned(), line(no)),
        ]
    };
    let (message, choices) = match &question.expects {
        // The message itself, so that it is looked up as well.
        Expects::Message(message) => (Some(message.as_str()), yes_or_no(shown(message), "なし")),
        Expects::Value(Type::Truth) => (None, yes_or_no(line("はい"), "いいえ")),
        Expects::Value(_) => {
            let choices = question.choices.iter().map(|it| (shown(it), line(it)));
            (None, choices.collect())
        }
        _ => return None,
    };
    Some(WalkView {
        question,
        label,
        message,
        choices,
        unknown: (!question.declined).then(|| line(NOT_KNOWN)),
    })
}

fn step<'a>(step: &'a Step, flow: Option<&Flow>, index: usize, language: Language) -> StepView<'a> {
    let checks = flow.map_or(&[][..], |flow| &flow.checks);
    let reasons = step.reasons.iter().map(|reason| reason.text(language).to_owned());
    let dispute = step.dispute.as_ref().map(|dispute| disputed(dispute, language));
    let computed = step.computed.iter().map(|computed| shown(computed, language));
    let asked = step.ask.as_ref().map(|ask| ask.text.text(language).to_owned());
    let premises = premises(&step.assumed, language);
    let told = reasons.chain(premises).chain(dispute).chain(computed).chain(asked);
    // The cases are the flow's own, where it is the one that was walked.
    let check = checks.get(index).filter(|check| check.title == step.title);
    let cases = check.map_or(&[][..], |check| &check.cases);
    let view = |case: &Case| -> CaseView {
        // The condition in words.
        let when = flow.map(|flow| sanitized(case.when.in_words(flow).text(language)));
        (when.unwrap_or_default(), sanitized(&outcome(&case.verdict, checks, language)))
    };
    let others = cases.iter().enumerate().filter(|(number, _)| step.case != Some(*number));
    StepView {
        step,
        class: match step.state {
            _ if step.dispute.is_some() || step.candidate => "disputed",
            State::Passed => "passed",
            State::Cause => "cause",
            State::Unknown | State::Skipped => "unknown",
        },
        reasons: told.map(|reason| sanitized(&reason)).collect(),
        taken: step.case.and_then(|number| cases.get(number)).map(view),
        cases: others.map(|(_, case)| view(case)).collect(),
    }
}

fn outcome(verdict: &Verdict, checks: &[Check], language: Language) -> String {
    if let Some([ja, en]) = verdict.kind.name() {
        return format!("{}: {}", language.pick(ja, en), verdict.text);
    }
    let next = verdict.then.and_then(|then| checks.get(then));
    next.map_or_else(
        || language.pick("終わり", "end").to_owned(),
        |check| format!("{} {}", check.number, check.title).trim().to_owned(),
    )
}
