//! `shirube flow [ID [FILE…]]`: the check flows, or one of them with what the screens show.
//!
//! 1. without an id the flows are listed;
//! 2. with one, the flow is walked with what the files or standard input say;
//! 3. at a terminal, what is still open is asked, one question at a time, until the flow has come to
//!    an end or nobody answers; what was answered can be taken back.

use std::io::{self, BufRead as _};

use shirube::flow::{self, Conclusion, Dialogue, Flow, FlowAnswer, Reply, Step};
use shirube::record::Reading;
use shirube::report::{self, TextOptions};
use shirube::source::Phrase;

use super::Context;
use crate::errors::Result;
use crate::output::Output;
use crate::{Outcome, args, input, knowledge};

pub(crate) fn run(context: &Context, arguments: &args::Flow) -> Result<Outcome> {
    let output = &context.output;
    let searcher = knowledge::searcher(context)?;
    let flows = searcher.flows();
    let Some(id) = &arguments.id else { return list(context, arguments, flows) };
    let Some(flow) = flows.iter().find(|flow| flow.id.eq_ignore_ascii_case(id)) else {
        unknown(context, id, flows);
        return Ok(Outcome::Nothing);
    };
    if arguments.mermaid {
        output.data(&flow::mermaid(flow))?;
        return Ok(Outcome::Found);
    }
    let mut options = context.answer_options().with_limit(1);
    options.product.clone_from(&flow.product);
    let asks = context.environment.typed && !arguments.json;
    let mut reading = Reading::default();
    if !asks || !arguments.facts.is_empty() {
        let options = context.answer_options().reading();
        reading = input::read(context, &arguments.facts, &options, searcher.vocabulary())?;
    }
    if asks {
        output.note(&Phrase::new(
            "分からないときは「わからない」か Enter だけ、1つ前に戻るには「戻る」と入力します。Ctrl-D で終わります（Windows では Ctrl-Z と Enter）",
            "type ? or press Enter alone for what you do not know, b to go back; Ctrl-D ends (on Windows Ctrl-Z and Enter)",
        ));
        let mut dialogue = Dialogue::new(flow, &reading.facts, &reading.incidents, options.now);
        converse(&mut dialogue, &context.text_options(false), |told, screen| {
            ask(output, told, screen)
        })?;
        reading.facts = dialogue.facts();
    }
    let answer = searcher.follow(flow, &reading, &options)?;
    if arguments.json {
        output.data(&report::json(&answer, output.language))?;
    } else {
        output.warnings(&answer.warnings);
        context.show(&report::flow_text(&answer, &context.text_options(false)))?;
    }
    let answers = |flow: &FlowAnswer| {
        matches!(flow.conclusion, Conclusion::Cause | Conclusion::Done)
            || flow.steps.iter().any(Step::answers)
    };
    Ok(if answer.flows.iter().any(answers) { Outcome::Found } else { Outcome::Nothing })
}

fn list(context: &Context, arguments: &args::Flow, flows: &[Flow]) -> Result<Outcome> {
    if arguments.json {
        context.output.data(&report::flow_list_json(flows))?;
    } else {
        context.show(&report::flow_list(flows, &context.text_options(false)))?;
    }
    Ok(if flows.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

fn unknown(context: &Context, id: &str, flows: &[Flow]) {
    let ids: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
    context.output.note(&Phrase::new(
        format!("「{id}」という確認フローはありません。あるもの: {}", ids.join("、")),
        format!("there is no check flow `{id}`; there are: {}", ids.join(", ")),
    ));
}

/// Shows a screen on standard error, after what is told of the answer before, and reads a line; `None` at the end.
fn ask(output: &Output, told: Option<&Phrase>, screen: &str) -> Result<Option<String>> {
    if let Some(told) = told {
        output.note(told);
    }
    output.prompt(&format!("\n{screen}"));
    let mut reply = String::new();
    let read = io::stdin().lock().read_line(&mut reply);
    let length = read.map_err(|error| input::unreadable(None, &error))?;
    Ok((length > 0).then_some(reply))
}

/// Asks what is open until nothing is, or until the answers end.
fn converse(
    dialogue: &mut Dialogue<'_>,
    options: &TextOptions<'_>,
    mut ask: impl FnMut(Option<&Phrase>, &str) -> Result<Option<String>>,
) -> Result<()> {
    let mut told = None;
    while let Some(question) = dialogue.question() {
        let screen = report::flow_question(&question, dialogue.given(), options);
        let Some(reply) = ask(told.as_ref(), &screen)? else { return Ok(()) };
        told = match dialogue.reply(&question, &reply) {
            Reply::Unreadable(expected) => Some(expected),
            Reply::AtTheBeginning => Some(Phrase::new(
                "最初の質問です。これより前はありません",
                "this is the first question; there is none before it",
            )),
            // The next screen shows what was answered so far.
            _ => None,
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use shirube::source::Language;

    use super::*;

    /// All screens of a dialogue, and how the checks came out.
    fn screens(flow: &str, replies: &str) -> String {
        let path = format!("flows/{flow}.md");
        let text = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("kb").join(&path);
        let text = std::fs::read_to_string(text).expect("the flow is shipped");
        let flow = flow::parse(&path, &text);
        let now = jiff::civil::date(2026, 11, 28).at(10, 0, 0, 0);
        let options = TextOptions::plain(Language::Ja, 80, now.date());
        let mut dialogue = Dialogue::new(&flow, &[], &[], Some(now));
        let (mut replies, mut shown) = (replies.split(", "), String::new());
        let script = |told: Option<&Phrase>, screen: &str| {
            let told = told.map(|told| format!("! {}\n\n", told.text(Language::Ja)));
            let reply = replies.next().map(|reply| format!("{reply}\n"));
            let typed = reply.as_deref().unwrap_or("(the answers end)");
            shown.push_str(&format!("{}{screen}> {typed}\n", told.unwrap_or_default()));
            Ok(reply)
        };
        converse(&mut dialogue, &options, script).expect("a script can be read");
        shown + &report::flow_text(&shirube::search::Answer::of_flows(dialogue.answers()), &options)
    }

    #[test]
    fn dialogues_go_on_from_answer_to_answer() {
        for line in include_str!("../../../../tests/data/cases/dialogues.tsv").lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let [name, flow, replies] = columns[..] else { panic!("{line}") };
            insta::assert_snapshot!(name, screens(flow, replies));
        }
    }
}
