//! Answers of the check flows, as a support person reads them on a terminal.
//!
//! 1. A head for each flow: its title, its console, how old it is.
//! 2. Where devices came out in more than one way, a table: a row a result, with its devices.
//! 3. For each result the steps, each with its state and the values that decided, what the flows of one
//!    symptom have in common once; after a cause or a candidate its cautions and what to do; where
//!    something is open, the next thing to look at.
//! 4. Labels that say two things, with their lines.

use super::remedy::{INDENT, write_cautions, write_passage};
use super::table::{self, TableRow, cell};
use super::wrap::columns;
use super::{Fragment, Role, Screen, TextOptions};
use crate::flow::{Conclusion, FlowRemedy, Link, Question, State, Step};
use crate::report::view::advice::{self, Advice};
use crate::report::view::flow::{
    asked, contradicted, disputed, goes_on, named, of_one, premises, scope, shown, state, verdict,
};
use crate::report::view::markdown::Around;
use crate::report::view::remedy::{cautions, past};
use crate::report::view::{incident, say};
use crate::search::{Answer, IncidentAnswer, Remedy};
use crate::source::Language;

/// How many results of one flow are shown with their steps; the table has them all.
const MOST_RESULTS: usize = 5;
/// How many devices, or remedies of a log, a result names.
const NAMED: usize = 5;
/// How many columns the state of a step takes: six characters of Japanese and a gap.
const STATE: usize = 14;

/// The answers of the flows as text for a terminal; nothing in it can steer the terminal but the
/// colours that `options` asks for.
#[must_use]
pub fn flow_text(answer: &Answer, options: &TextOptions) -> String {
    let mut screen = Screen::new(options);
    for advices in advice::blocks(&answer.flows) {
        write_flow(&mut screen, &advices, answer);
        screen.blank();
    }
    screen.finish()
}

fn write_flow(screen: &mut Screen<'_>, advices: &[Advice<'_>], answer: &Answer) {
    let language = screen.language();
    let Some(first) = advices.first() else { return };
    let label = language.pick("確認フロー: ", "Check flow: ");
    for flow in first.flows() {
        screen.labelled(0, label, Role::Strong, &[Fragment::new(&flow.title, Role::Strong)]);
        screen.facts(INDENT, &scope(flow, language, screen.options.today));
    }
    write_answered(screen, first, answer);
    let several = advices.len() > 1;
    if several {
        screen.blank();
        let width = screen.width_after(INDENT);
        screen.lines(INDENT, table::render(&overview(advices, language), width));
    }
    for (index, advice) in advices.iter().take(MOST_RESULTS).enumerate() {
        screen.blank();
        if several || advice.lead.device_count > 1 {
            let number = if several { format!("{} ", index + 1) } else { String::new() };
            let head = format!("{number}{}", verdict(advice.deciding(), language));
            screen.text(INDENT, &head, Role::Strong);
        }
        if !advice.lead.devices.is_empty() {
            let label = language.pick("端末: ", "Devices: ");
            screen.entry(INDENT, label, named(advice.lead, language));
        }
        write_advice(screen, advice, answer);
    }
    write_rest(screen, advices);
}

/// The incidents of the paste that the flow answers, a line each.
fn write_answered(screen: &mut Screen<'_>, advice: &Advice<'_>, answer: &Answer) {
    let language = screen.language();
    let by_flow = |it: &&IncidentAnswer| {
        let by = it.answered_by.as_deref();
        it.incident.count > 1 && advice.flows().any(|flow| by == Some(flow.id.as_str()))
    };
    for answered in answer.incidents.iter().filter(by_flow) {
        let label = language.pick("事象: ", "Incident: ");
        let message = Fragment::new(incident::message(&answered.incident), Role::Code);
        screen.labelled(INDENT, label, Role::Plain, &[message]);
        screen.facts(INDENT * 2, &incident::circumstances(answered, language));
    }
}

/// How to see what was cut off.
fn write_rest(screen: &mut Screen<'_>, advices: &[Advice<'_>]) {
    let language = screen.language();
    let results = advices.len().saturating_sub(MOST_RESULTS);
    let names = advices.iter().any(|advice| advice.lead.devices.len() > NAMED);
    if results == 0 && !names {
        return;
    }
    screen.blank();
    let results = match (language, results) {
        (_, 0) => String::new(),
        (Language::Ja, rest) => format!("結果は、ほかに{rest}件あります。"),
        (Language::En, rest) => format!("There are {rest} more results. "),
    };
    let said = language.pick("端末の一覧をファイルに書くには、--devices 端末.csv を付けます（Excelで開けます）。",
        "To write the list of devices into a file, add --devices devices.csv (a spreadsheet opens it).",
    );
    screen.text(INDENT, &format!("{results}{said}"), Role::Faint);
}

/// A row a result: how many devices, what came out, which devices.
fn overview(advices: &[Advice<'_>], language: Language) -> Vec<TableRow> {
    let head = language.pick(["", "台数", "結果", "端末"], ["", "devices", "result", "names"]);
    let rows = advices.iter().zip(1..).map(|(advice, number): (_, usize)| {
        let count = advice.lead.device_count.to_string();
        let result = verdict(advice.deciding(), language);
        [number.to_string(), count, result, named(advice.lead, language)].map(cell).into()
    });
    std::iter::once(head.map(cell).into()).chain(rows).collect()
}

fn write_advice(screen: &mut Screen<'_>, advice: &Advice<'_>, answer: &Answer) {
    let language = screen.language();
    if let Some(operation) = advice.lead.waiting {
        screen.text(INDENT, &format!("⚠ {}", operation.warning().text(language)), Role::Caution);
    }
    let next = advice.flows().find_map(|flow| flow.next.as_ref());
    let deciding = advice.deciding();
    let open = deciding.next.is_some() || deciding.conclusion != Conclusion::Cause;
    let next = next.filter(|_| open);
    let write = |screen: &mut Screen<'_>, step: &Step| {
        write_step(screen, step);
        write_of_log(screen, step, answer);
        if let Some(ask) = step.ask.as_ref().filter(|ask| Some(*ask) != next) {
            screen.text(INDENT + STATE, ask.text.text(language), Role::Faint);
        }
    };
    if !advice.others.is_empty() {
        let common = advice.common();
        if !common.is_empty() {
            let heading = language.pick("2つの資料に共通する確認", "What both documents check");
            screen.text(INDENT, heading, Role::Plain);
        }
        for step in common {
            write(screen, step);
        }
    }
    for flow in advice.flows() {
        let own = advice.own(flow);
        if !advice.others.is_empty() && !own.is_empty() {
            screen.text(INDENT, &of_one(flow, language), Role::Plain);
        }
        for step in own {
            write(screen, step);
        }
    }
    if let Some(question) = next {
        write_next(screen, question);
    }
    for contradiction in &advice.lead.contradictions {
        let said = contradicted(contradiction, language);
        let label = language.pick("値が2つあります: ", "Two values: ");
        screen.labelled(INDENT, label, Role::Caution, &[Fragment::plain(&said)]);
    }
    for (index, step) in advice.remedies().into_iter().enumerate() {
        let Some(link) = &step.remedy else { continue };
        let told = index > 0 || is_told(link, answer);
        match answer.passage_of(link).filter(|_| !told) {
            Some(remedy) => write_remedy(screen, step, remedy),
            None => write_link(screen, step, link, answer),
        }
    }
}

fn write_step(screen: &mut Screen<'_>, step: &Step) {
    let language = screen.language();
    let word = state(step, language);
    let role = match step.state {
        _ if step.dispute.is_some() => Role::Caution,
        State::Passed => Role::Good,
        State::Cause => Role::Caution,
        State::Unknown if step.candidate => Role::Caution,
        State::Unknown | State::Skipped => Role::Plain,
    };
    let label = format!("{word}{}", " ".repeat(STATE.saturating_sub(columns(word))));
    let mut text = format!("{} {}", step.number, step.title);
    if let Some(said) = &step.text {
        text.push_str(" → ");
        text.push_str(said);
    }
    screen.labelled(INDENT, &label, role, &[Fragment::plain(&text)]);
    let behind = INDENT + STATE;
    for reason in &step.reasons {
        screen.text(behind, reason.text(language), Role::Faint);
    }
    for premise in premises(&step.assumed, language) {
        screen.text(behind, &premise, Role::Faint);
    }
    if let Some(dispute) = &step.dispute {
        screen.text(behind, &disputed(dispute, language), Role::Faint);
    }
    for computed in &step.computed {
        screen.text(behind, &shown(computed, language), Role::Plain);
    }
}

/// The remedies that a search of the log finds: a line each, as incidents have them in full.
fn write_of_log(screen: &mut Screen<'_>, step: &Step, answer: &Answer) {
    let language = screen.language();
    let incidents = step.incidents.iter().filter_map(|index| answer.incidents.get(*index));
    let mut named: Vec<&Remedy> = Vec::new();
    for remedy in incidents.filter_map(|incident| incident.remedies.first()) {
        if !named.iter().any(|known| known.passage_id == remedy.passage_id) {
            named.push(remedy);
        }
    }
    let label = language.pick("ログの対処: ", "From the log: ");
    for remedy in named.iter().take(NAMED) {
        let line = [
            Fragment::new(&remedy.title, Role::Strong),
            Fragment::plain("  "),
            screen.place(&remedy.path, remedy.line),
        ];
        screen.labelled(INDENT + STATE, label, Role::Plain, &line);
    }
    if let Some(rest) = named.len().checked_sub(NAMED).filter(|rest| *rest > 0) {
        let said = say!(language, "ほかに{rest}件", "and {rest} more");
        screen.text(INDENT + STATE, &said, Role::Faint);
    }
}

fn write_next(screen: &mut Screen<'_>, question: &Question) {
    let language = screen.language();
    let label = language.pick("次に見るもの: ", "Look next: ");
    let text = Fragment::new(question.text.text(language), Role::Strong);
    screen.labelled(INDENT, label, Role::Strong, &[text]);
    for line in asked(question, language) {
        screen.text(INDENT + columns(label), &line, Role::Plain);
    }
}

/// Whether an incident of the answer shows the passage that a link leads to.
fn is_told(link: &Link, answer: &Answer) -> bool {
    let shown = answer.incidents.iter().filter(|it| it.answered_by.is_none());
    shown.flat_map(|it| &it.remedies).any(|remedy| {
        let anchor = remedy.passage_id.rsplit(['#', '/']).next();
        remedy.id == link.article && link.anchor.is_some() && anchor == link.anchor.as_deref()
    })
}

/// A link to a passage that is not shown.
fn write_link(screen: &mut Screen<'_>, step: &Step, link: &Link, answer: &Answer) {
    let language = screen.language();
    let label = if step.candidate {
        language.pick("候補の対処: ", "Remedy of the candidate: ")
    } else {
        language.pick("対処: ", "Remedy: ")
    };
    let heading = answer.passage_of(link).and_then(|remedy| remedy.section.last().cloned());
    let mut line: Vec<Fragment> = Vec::new();
    if let Some(heading) = heading {
        line.push(Fragment::plain(&heading));
        line.push(Fragment::plain("  "));
    }
    line.push(Fragment::new(link.to_string(), Role::Link));
    screen.labelled(INDENT, label, Role::Plain, &line);
}

/// The passage that a step leads to, with its cautions before it.
fn write_remedy(screen: &mut Screen<'_>, step: &Step, remedy: &FlowRemedy) {
    let language = screen.language();
    screen.blank();
    if let Some(said) = past(remedy.valid_until, screen.options.today, language) {
        screen.text(INDENT, &said, Role::Expired);
    }
    let mark = if step.candidate {
        language.pick("【対処の候補】", "[Candidate] ")
    } else if step.state != State::Cause {
        language.pick("【手順】", "[See] ")
    } else {
        language.pick("【対処】", "[Remedy] ")
    };
    let title = Fragment::new(format!("{mark}{}", remedy.title), Role::Strong);
    screen.labelled(INDENT, "", Role::Strong, &[title]);
    let cautions = cautions(&remedy.cautions, remedy.destructive, language);
    write_cautions(screen, &cautions, &remedy.path);
    screen.blank();
    let around = Around::of(&remedy.path, &remedy.section, &remedy.cautions);
    write_passage(screen, &remedy.section, &remedy.passage, around);
    if let Some(said) = goes_on(step, language) {
        screen.text(INDENT, &said, Role::Plain);
    }
    let label = language.pick("出典: ", "Source: ");
    screen.labelled(INDENT, label, Role::Plain, &[screen.place(&remedy.path, remedy.line)]);
}
