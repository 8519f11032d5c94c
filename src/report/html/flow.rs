//! Check flows on the page: each result as a path of checks, with the case that decided.

use super::{Html, HtmlOptions, address, cautions, html};
use crate::flow::value::Type;
use crate::flow::{
    Case, Check, Expects, Flow, FlowAnswer, Link, NOT_KNOWN, Question, State, Step, Verdict,
};
use crate::report::view::flow::{
    asked, contradicted, disputed, goes_on, named, premises, scope, shown, state, verdict,
};
use crate::report::view::markdown::Around;
use crate::report::view::remedy::{expiry, place, section};
use crate::report::view::sanitized;
use crate::search::Answer;
use crate::source::Language;

/// How many results of one flow are shown with their steps; the first line of each is shown of all.
const MOST_RESULTS: usize = 5;

pub(super) struct FlowView {
    pub(super) title: String,
    pub(super) scope: Vec<String>,
    pub(super) results: Vec<ResultView>,
}

pub(super) struct ResultView {
    pub(super) verdict: String,
    pub(super) conclusion: &'static str,
    pub(super) devices: String,
    pub(super) device_count: u64,
    pub(super) steps: Vec<StepView>,
    pub(super) next: Option<String>,
    /// The question of the check, and the answers that it knows.
    pub(super) asked: Vec<String>,
    /// The value to be filled in, where it can be.
    pub(super) walk: Option<WalkView>,
    pub(super) waiting: Option<String>,
    pub(super) contradictions: Vec<String>,
    pub(super) remedy: Option<FlowRemedyView>,
    pub(super) link: Option<(String, String)>,
}

/// A value that a person reads off a screen and fills in: a line of the paste.
pub(super) struct WalkView {
    /// The label before a typed value.
    pub(super) label: String,
    /// The object of the question, as it is shown.
    pub(super) shown: String,
    /// Whether it is asked if the screen shows a message.
    pub(super) of_message: bool,
    /// The answers to choose from, as shown, and the line that each becomes; empty where a value is typed.
    pub(super) choices: Vec<(String, String)>,
    /// The line of who does not know; `None` where that was said already, and there is nothing else to ask.
    pub(super) unknown: Option<String>,
    pub(super) example: String,
    pub(super) place: String,
}

pub(super) struct StepView {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) word: &'static str,
    pub(super) class: &'static str,
    pub(super) reasons: Vec<String>,
    /// The case that decided.
    pub(super) taken: Option<CaseView>,
    /// The others; all of them where none has decided.
    pub(super) cases: Vec<CaseView>,
}

/// When a case holds, and what it comes to.
type CaseView = (String, String);

pub(super) struct FlowRemedyView {
    pub(super) title: String,
    pub(super) address: String,
    pub(super) candidate: bool,
    pub(super) expired: Option<String>,
    pub(super) cautions: Vec<Html>,
    pub(super) section: String,
    pub(super) passage: Html,
    pub(super) then: Option<String>,
    pub(super) place: String,
}

/// The views of all flows of an answer, the results of one flow together.
pub(super) fn views(answer: &Answer, flows: &[Flow], options: &HtmlOptions) -> Vec<FlowView> {
    let language = options.language;
    let of_one_flow = answer.flows.chunk_by(|one, other| one.id == other.id);
    let view = |results: &[FlowAnswer]| {
        let first = results.first()?;
        let flow = flows.iter().find(|flow| flow.id == first.id);
        let results = results.iter().enumerate();
        Some(FlowView {
            title: sanitized(&first.title),
            scope: scope(first, language, options.today),
            results: results
                .map(|(index, it)| result(it, flow, index < MOST_RESULTS, answer, options))
                .collect(),
        })
    };
    of_one_flow.filter_map(view).collect()
}

fn result(
    result: &FlowAnswer,
    flow: Option<&Flow>,
    whole: bool,
    answer: &Answer,
    options: &HtmlOptions,
) -> ResultView {
    let language = options.language;
    // The remedy of a cause or, where none is stated, of the first candidate.
    let with_remedy = || result.steps.iter().filter(|step| step.remedy.is_some());
    let decided = with_remedy()
        .find(|step| step.state == State::Cause)
        .or_else(|| with_remedy().find(|step| step.candidate));
    let leads = |step: &&Step| step.dispute.as_ref().is_none_or(|dispute| !dispute.leads);
    let remedy = decided.filter(leads).and_then(|step| remedy(step, answer, options));
    let link = decided.filter(|_| remedy.is_none()).and_then(|step| step.remedy.as_ref()).map(link);
    let steps = result.steps.iter().enumerate().filter(|(_, step)| step.state != State::Skipped);
    let next = result.next.as_ref().map(|next| sanitized(next.text.text(language)));
    let contradictions = result.contradictions.iter();
    let contradictions = contradictions.map(|it| sanitized(&contradicted(it, language)));
    ResultView {
        verdict: sanitized(&verdict(result, language)),
        conclusion: result.conclusion.name(),
        devices: sanitized(&named(result, language)),
        device_count: result.device_count,
        steps: if whole {
            steps.map(|(index, it)| step(it, flow, index, language)).collect()
        } else {
            Vec::new()
        },
        asked: next.as_ref().and(result.next.as_ref()).map_or_else(Vec::new, |next| {
            asked(next, language).iter().map(|line| sanitized(line)).collect()
        }),
        walk: result.next.as_ref().filter(|_| whole).and_then(|next| walk(next, language)),
        next: next.filter(|_| whole),
        waiting: result.waiting.map(|it| it.warning().text(language).to_owned()),
        contradictions: contradictions.collect(),
        remedy: remedy.filter(|_| whole),
        link: link.filter(|_| whole),
    }
}

/// How the value that a question wants is filled in; `None` where nothing can be.
fn walk(question: &Question, language: Language) -> Option<WalkView> {
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
        Expects::Message(message) => (Some(message), yes_or_no(shown(message), "なし")),
        Expects::Value(Type::Truth) => (None, yes_or_no(line("はい"), "いいえ")),
        Expects::Value(_) => {
            let choices = question.choices.iter().map(|it| (shown(it), line(it)));
            (None, choices.collect())
        }
        _ => return None,
    };
    Some(WalkView {
        label: shown(label),
        shown: shown(message.map_or(label, String::as_str)),
        of_message: message.is_some(),
        choices,
        unknown: (!question.declined).then(|| line(NOT_KNOWN)),
        example: shown(question.example.as_deref().unwrap_or_default()),
        place: shown(question.place.as_deref().unwrap_or_default()),
    })
}

fn step(step: &Step, flow: Option<&Flow>, index: usize, language: Language) -> StepView {
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
        number: sanitized(&step.number),
        title: sanitized(&step.title),
        word: state(step, language),
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

fn remedy(step: &Step, answer: &Answer, options: &HtmlOptions) -> Option<FlowRemedyView> {
    let remedy = answer.passage_of(step.remedy.as_ref()?)?;
    let language = options.language;
    let around = Around::of(&remedy.path, &remedy.section, &remedy.cautions);
    let expired = remedy.valid_until.filter(|last| *last < options.today);
    Some(FlowRemedyView {
        title: sanitized(&remedy.title),
        address: address(&remedy.id, ""),
        candidate: step.candidate,
        expired: expired.map(|last| expiry(last, language)),
        cautions: cautions(&remedy.cautions, remedy.destructive, &remedy.path, language),
        section: section(&remedy.section),
        passage: html(&remedy.passage, around, 4),
        then: goes_on(step, language).map(|said| sanitized(&said)),
        place: place(&remedy.path, remedy.line),
    })
}

/// A link that leads to no passage, as its address and its words.
fn link(link: &Link) -> (String, String) {
    let address = address(&link.article, link.anchor.as_deref().unwrap_or_default());
    (address, sanitized(&link.label))
}
