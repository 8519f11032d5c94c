//! `shirube flow [ID [FILE…]]`: the check flows, or one of them with what the screens show.
//!
//! 1. without an id the flows are listed;
//! 2. with one, the flow is walked with what the files or standard input say;
//! 3. at a terminal, what is still open is asked, one question at a time, until the flow has come to
//!    an end or nobody answers.

use std::io::{self, BufRead};

use shirube::flow::value::{Value, read};
use shirube::flow::{self, Conclusion, Expects, Flow, FlowAnswer, Question};
use shirube::record::Reading;
use shirube::report;
use shirube::search::{Answer, SearchOptions, Searcher};
use shirube::source::Phrase;

use super::Context;
use crate::args;
use crate::errors::CommandError;
use crate::{Outcome, input, knowledge};

/// Lists the flows, draws one, or goes through one.
pub(crate) fn run(context: &Context, arguments: &args::Flow) -> Result<Outcome, CommandError> {
    let output = &context.output;
    let searcher = knowledge::searcher(context)?;
    let flows = searcher.flows();
    let Some(id) = &arguments.id else { return list(context, arguments, flows) };
    let Some(flow) = named(flows, id) else {
        unknown(context, id, flows);
        return Ok(Outcome::Nothing);
    };
    if arguments.mermaid {
        output.data(&flow::mermaid(flow))?;
        return Ok(Outcome::Found);
    }
    let options = SearchOptions {
        product: flow.product.clone(),
        limit: 1,
        now: Some(context.environment.now()),
        today: context.environment.today(),
    };
    let asks = context.environment.typed && !arguments.json;
    let mut reading = Reading::default();
    if !asks || !arguments.facts.is_empty() {
        let options = context.read_options(None, searcher.vocabulary())?;
        reading = input::read(context, &arguments.facts, &options, searcher.vocabulary())?;
    }
    let answer = if asks {
        output.note(&Phrase::new(
            "分からないものは Enter だけを押します。Ctrl-D で終わります（Windows では Ctrl-Z と Enter）",
            "press Enter alone for what you do not know; Ctrl-D ends (on Windows Ctrl-Z and Enter)",
        ));
        let walk = Walk { context, searcher: &searcher, flow, options: &options };
        walk.converse(reading, &mut io::stdin().lock())?
    } else {
        searcher.follow(flow, &reading, &options).map_err(|error| knowledge::unopened(&error))?
    };
    if arguments.json {
        output.data(&report::json(&answer, output.language))?;
    } else {
        output.warnings(&answer.warnings);
        context.show(&report::flow_text(&answer, &context.text_options(false)))?;
    }
    let ended = |flow: &FlowAnswer| matches!(flow.conclusion, Conclusion::Cause | Conclusion::Done);
    Ok(if answer.flows.iter().any(ended) { Outcome::Found } else { Outcome::Nothing })
}

fn list(
    context: &Context,
    arguments: &args::Flow,
    flows: &[Flow],
) -> Result<Outcome, CommandError> {
    if arguments.json {
        context.output.data(&report::flow_list_json(flows))?;
    } else {
        context.show(&report::flow_list(flows, &context.text_options(false)))?;
    }
    Ok(if flows.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// The flow of an id, however its letters are written.
fn named<'f>(flows: &'f [Flow], id: &str) -> Option<&'f Flow> {
    flows.iter().find(|flow| flow.id.eq_ignore_ascii_case(id))
}

fn unknown(context: &Context, id: &str, flows: &[Flow]) {
    let ids: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
    context.output.note(&Phrase::new(
        format!("「{id}」という確認フローはありません。あるもの: {}", ids.join("、")),
        format!("there is no check flow `{id}`; there are: {}", ids.join(", ")),
    ));
}

/// A flow that is gone through with somebody at the keyboard.
struct Walk<'w> {
    context: &'w Context,
    searcher: &'w Searcher,
    flow: &'w Flow,
    options: &'w SearchOptions,
}

impl Walk<'_> {
    /// Asks what is open until nothing is, or until the answers end. No question is asked twice,
    /// except where the answer to it could not be read.
    fn converse(
        &self,
        mut reading: Reading,
        answers: &mut dyn BufRead,
    ) -> Result<Answer, CommandError> {
        let mut asked: Vec<Question> = Vec::new();
        // The typed answers stand behind what was pasted.
        let mut line = 0;
        loop {
            let answer = self
                .searcher
                .follow(self.flow, &reading, self.options)
                .map_err(|error| knowledge::unopened(&error))?;
            let Some(question) = next(&answer, &asked).cloned() else { return Ok(answer) };
            self.context.output.prompt(&question.text);
            let mut reply = String::new();
            let length = answers.read_line(&mut reply).map_err(|error| {
                CommandError::new(Phrase::new("標準入力を読めません", "cannot read standard input"))
                    .because(&error)
            })?;
            if length == 0 {
                return Ok(answer);
            }
            line += 1;
            match question.answered(self.flow, &reply, line) {
                Some(fact) if is_readable(&question, &fact.value) => {
                    // An exact time replaces the one that was too coarse to decide.
                    let typed = |known: &shirube::facts::Fact| {
                        known.label == fact.label && known.location.file.is_none()
                    };
                    if matches!(question.expects, Expects::Value(_)) {
                        reading.facts.retain(|known| !typed(known));
                    }
                    reading.facts.push(fact);
                    asked.push(question);
                }
                None if reply.trim().is_empty() => asked.push(question),
                _ => self.context.output.note(&expected(&question)),
            }
        }
    }
}

/// The first question that can be answered by typing and was not asked yet, of a flow that has come
/// to no end.
fn next<'a>(answer: &'a Answer, asked: &[Question]) -> Option<&'a Question> {
    let open = answer.flows.iter().filter(|flow| flow.conclusion == Conclusion::Open);
    open.flat_map(FlowAnswer::open_questions)
        .find(|question| question.expects != Expects::Nothing && !asked.contains(question))
}

fn is_readable(question: &Question, value: &str) -> bool {
    match question.expects {
        Expects::Value(kind) => read(kind, value) != Value::Unreadable,
        _ => true,
    }
}

/// What an answer must look like.
fn expected(question: &Question) -> Phrase {
    match question.expects {
        Expects::Value(kind) => Phrase::new(
            format!("{}として読めません。画面にあるとおりに入力してください", kind.name()),
            format!("that is no {}; type it as the screen shows it", kind.english()),
        ),
        _ => Phrase::new("はい か いいえ で答えてください", "answer y or n"),
    }
}
