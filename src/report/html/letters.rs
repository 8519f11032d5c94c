//! Texts to copy: to a customer, to a ticket, to the next shift.
//!
//! A customer is told what it is, what to mind, and numbered steps, in plain lines that any mail program wraps; nothing of
//! where it is in the manual and why it was found. What is not sure is not told to a customer at all.

use askama::Template;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{outside, written};
use crate::article::{Role, steps};
use crate::facts::Incident;
use crate::flow::{FlowAnswer, State, Step};
use crate::report::redact;
use crate::report::view::{self, incident, sanitized};
use crate::search::{Answer, Evidence, IncidentAnswer, Level, Remedy};
use crate::source::Language;

struct Line {
    /// Its number in the list, where it is a step.
    number: Option<u64>,
    text: String,
}

#[derive(Template)]
#[template(path = "page/customer.txt")]
struct Letter<'a> {
    language: Language,
    it: &'a Incident,
    /// The manual's wording, where the customer has to compare it first.
    wording: Option<String>,
    cautions: Vec<Line>,
    lines: Vec<Line>,
    source: Option<&'a str>,
}

/// The letter to a customer about a remedy; `None` where it is too unsure, expired, or says nothing to do.
pub(super) fn customer(
    answer: &IncidentAnswer,
    remedy: &Remedy,
    last_resort: &[Remedy],
    language: Language,
) -> Option<String> {
    let sure = remedy.level();
    if remedy.expired || sure == Level::Low {
        return None;
    }
    let own = last_resort.iter().filter(|it| it.id == remedy.id).map(|it| it.passage.as_str());
    let passages = std::iter::once(remedy.passage.as_str()).chain(own);
    let mut lines: Vec<Line> = passages.flat_map(plain).collect();
    let numbers = lines.iter_mut().filter_map(|line| line.number.as_mut());
    numbers.zip(1..).for_each(|(number, of_letter)| *number = of_letter);
    let letter = Letter {
        language,
        it: &answer.incident,
        wording: (sure == Level::Medium).then(|| wording(remedy)),
        cautions: remedy.cautions.iter().flat_map(|text| plain(text)).collect(),
        lines,
        source: outside(remedy.source.as_deref()),
    };
    Some(visible_lines(&written(&letter)))
}

/// The manual's wording, by which a reader tells that it is the same.
fn wording(remedy: &Remedy) -> String {
    let message = remedy.evidence.iter().find_map(|it| match it {
        Evidence::Message { article, .. } | Evidence::Status { article, .. } => Some(article),
        _ => None,
    });
    message.unwrap_or(&remedy.title).clone()
}

#[derive(Template)]
#[template(path = "page/ticket.txt")]
struct Ticket<'a> {
    language: Language,
    answer: &'a IncidentAnswer,
    destroys: bool,
}

/// The incident for a ticket, masked: what, where, when, what was tried; for a destructive remedy what has to be filled in
/// before anybody carries it out.
pub(super) fn ticket(answer: &IncidentAnswer, language: Language) -> String {
    let mut masked = Answer { incidents: vec![answer.clone()], ..Answer::default() };
    redact(&mut masked);
    let tickets = masked.incidents.iter().map(|answer| {
        let destroys = answer.remedies.iter().chain(&answer.last_resort).any(|it| it.destructive);
        written(&Ticket { language, answer, destroys })
    });
    visible_lines(&tickets.collect::<String>())
}

#[derive(Template)]
#[template(path = "page/handover.txt")]
struct Handover<'a> {
    language: Language,
    answer: &'a IncidentAnswer,
    answered: Vec<&'a Step>,
    next: &'a str,
}

/// The handover for the next shift: the values, the checks that were answered, what may be tried, what is next.
pub(super) fn handover(
    answer: &IncidentAnswer,
    flows: &[FlowAnswer],
    language: Language,
) -> String {
    let steps = flows.iter().flat_map(|flow| &flow.steps);
    let answered = steps.filter(|step| matches!(step.state, State::Passed | State::Cause));
    let asked = flows.iter().find_map(|flow| flow.next.as_ref());
    let remedy = answer.remedies.first();
    let step = remedy
        .filter(|it| !it.destructive && !it.expired)
        .and_then(|it| first_step(&it.passage))
        .or_else(|| remedy.map(|it| it.title.clone()));
    let near = language
        .pick("近い記事の文面と同じかを確かめる", "see whether a near article says the same");
    let next = asked.map(|next| next.text.text(language)).or(step.as_deref()).unwrap_or(near);
    visible_lines(&written(&Handover { language, answer, answered: answered.collect(), next }))
}

fn seen(it: &Incident, language: Language) -> String {
    let period = incident::period(it.first_seen, it.last_seen);
    let times = incident::times(it, language);
    period.map_or_else(|| times.clone(), |period| format!("{period} {times}"))
}

/// The first thing to do that a passage names, as a sentence.
pub(super) fn first_step(passage: &str) -> Option<String> {
    let lines = plain(passage);
    let step = lines.iter().find(|line| line.number.is_some()).map(|line| line.text.as_str());
    step.or_else(|| cell(&lines, Role::Remedy)).map(sanitized)
}

/// The meaning that a row of a table gives.
pub(super) fn meaning(passage: &str) -> Option<String> {
    let lines = plain(passage);
    // A row is a list of its cells, each after the name of its column.
    let is_row = lines.len() > 1 && lines.iter().all(|line| labelled(line).is_some());
    cell(&lines, Role::Explanation)
        .filter(|_| is_row)
        .map(|text| sanitized(text.trim_end_matches('。')))
}

fn cell(lines: &[Line], role: Role) -> Option<&str> {
    let mut cells = lines.iter().filter_map(labelled);
    let (_, text) = cells.find(|(label, _)| Role::of_heading(label) == role)?;
    text.chars().any(char::is_alphanumeric).then_some(text)
}

fn labelled(line: &Line) -> Option<(&str, &str)> {
    let (label, text) = line.text.strip_prefix('・')?.split_once(": ")?;
    Some((label, text.trim()))
}

/// A passage without its marks: a paragraph a line, a step a line with its number; warnings, which are told before, headings
/// and samples are left out. A link to a page is in full, one within the manual is its words.
fn plain(markdown: &str) -> Vec<Line> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
    let mut lines: Vec<Line> = Vec::new();
    let (mut numbers, mut skipped, mut open) = (Vec::new(), 0_usize, None::<Line>);
    let mut in_sample = false;
    let mut links: Vec<String> = Vec::new();
    let push = |open: &mut Option<Line>, text: &str| {
        open.get_or_insert(Line { number: None, text: String::new() }).text.push_str(text);
    };
    let mut close = |open: &mut Option<Line>| {
        let line = open.take().map(|line| Line { text: line.text.trim().to_owned(), ..line });
        lines.extend(line.filter(|line| !line.text.is_empty() && line.text != "【対処】"));
    };
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::Heading { .. }) => {
                close(&mut open);
                skipped += 1;
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Heading(_)) => {
                skipped = skipped.saturating_sub(1);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(it)))
                if crate::article::hides(&it) =>
            {
                in_sample = true;
            }
            Event::End(TagEnd::CodeBlock) => {
                in_sample = false;
                close(&mut open);
            }
            _ if skipped > 0 || in_sample => {}
            Event::Start(Tag::List(first)) => {
                close(&mut open);
                numbers.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                numbers.pop();
            }
            Event::Start(Tag::Item) => {
                close(&mut open);
                let number = numbers.last_mut().and_then(|number: &mut Option<u64>| {
                    let now = *number;
                    *number = now.map(|now| now + 1);
                    now
                });
                let text = if number.is_some() { String::new() } else { "・".to_owned() };
                open = Some(Line { number, text });
            }
            Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::TableRow | TagEnd::TableHead) => {
                close(&mut open);
            }
            Event::End(TagEnd::TableCell) => push(&mut open, "　"),
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.to_string()),
            Event::End(TagEnd::Link) => {
                if let Some(link) = links.pop().filter(|link| outside(Some(link)).is_some()) {
                    push(&mut open, &format!("（{link}）"));
                }
            }
            Event::Text(text) | Event::Code(text) => push(&mut open, &text),
            Event::HardBreak => push(&mut open, "\n"),
            Event::SoftBreak => {
                // Japanese sentences are joined without a space.
                let latin =
                    open.as_ref().is_some_and(|line| line.text.ends_with(|it: char| it.is_ascii()));
                push(&mut open, if latin { " " } else { "" });
            }
            _ => {}
        }
    }
    close(&mut open);
    lines
}

/// Text of several lines that steers nothing.
pub(super) fn visible_lines(text: &str) -> String {
    text.lines().map(sanitized).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn sample() -> (IncidentAnswer, Remedy) {
        let answer = samples::answer().incidents.swap_remove(0);
        let mut remedy = answer.remedies[0].clone();
        remedy.confidence = 0.99;
        remedy.expired = false;
        remedy.source = Some("https://example.org/help".into());
        remedy.passage = "> [!WARNING]\n> 注意。\n\n説明は[別の記事](other.md)と[窓口](https://example.org/)に\nあります。\n\n1. 端末を再起動します。\n2. 端末を初期化します。\n\n```log\n見本\n```\n".into();
        (answer, remedy)
    }

    #[test]
    fn a_customer_reads_steps_and_no_paths() {
        let (answer, remedy) = sample();
        insta::assert_snapshot!(customer(&answer, &remedy, &[], Language::Ja).expect("it is sure"));
    }

    #[test]
    fn what_is_less_sure_is_asked_and_what_is_unsure_is_not_told() {
        let (answer, mut remedy) = sample();
        remedy.confidence = 0.6;
        let letter = customer(&answer, &remedy, &[], Language::Ja).expect("it is fairly sure");
        assert!(letter.contains("次の文面と同じかご確認ください"), "{letter}");
        remedy.confidence = 0.1;
        assert_eq!(customer(&answer, &remedy, &[], Language::Ja), None);
        (remedy.confidence, remedy.expired) = (0.99, true);
        assert_eq!(customer(&answer, &remedy, &[], Language::Ja), None);
    }

    crate::source::cases! {
        first_steps: |passage| shown(first_step(passage));
        meanings_of_rows: |row| shown(meaning(row));
    }
}
