//! The answer to a log and a question about it.
//!
//! Each is answered by itself, the question within what the log is of. What the question asks about comes first, then
//! the question where it has an answer of its own, then the rest of the log. A question that only names what of the log
//! is meant has its answer there.

use std::collections::BTreeSet;

use crate::facts::Incident;
use crate::index::IndexError;
use crate::record::Reading;
use crate::search::{Answer, AnswerOptions, IncidentAnswer, Scope, Searcher};
use crate::source::add_new;
use crate::text::fold;

/// A shorter name or number is in a question by chance.
const SHORTEST_NAME: usize = 3;

pub(super) fn answer(
    searcher: &Searcher,
    log: &Reading,
    question: &str,
    options: &AnswerOptions,
) -> Result<Answer, IndexError> {
    let log = searcher.answer(log, options)?;
    let asked = ask(searcher, question, &log, options)?;
    Ok(joined(log, question, asked))
}

/// Answers the question. Where it names no console, the log's is meant.
fn ask(
    searcher: &Searcher,
    question: &str,
    log: &Answer,
    options: &AnswerOptions,
) -> Result<Answer, IndexError> {
    let reading = Reading::of_question(question, searcher.codes());
    let asked = searcher.answer(&reading, options)?;
    let says = asked.incidents.iter().any(|it| it.scope.is_some());
    let Some(scope) = scope_of(log).filter(|_| !says && options.product.is_none()) else {
        return Ok(asked);
    };
    let narrowed = AnswerOptions { product: scope.products.first().cloned(), ..options.clone() };
    let mut narrowed = searcher.answer(&reading, &narrowed)?;
    for incident in &mut narrowed.incidents {
        incident.scope = Some(scope.clone());
    }
    narrowed.warnings = asked.warnings;
    Ok(narrowed)
}

/// The one console that the incidents of a log are of; `None` where they are of none or of several.
fn scope_of(log: &Answer) -> Option<Scope> {
    let mut scopes = log.incidents.iter().filter_map(|it| it.scope.as_ref());
    let first = scopes.next().filter(|scope| scope.products.len() == 1)?;
    scopes.all(|scope| scope.products == first.products).then(|| first.clone())
}

fn joined(mut log: Answer, question: &str, asked: Answer) -> Answer {
    let folded = fold(question);
    let claimed = asked.incidents.iter().flat_map(|it| &it.remedies);
    let articles: BTreeSet<String> = claimed.map(|remedy| remedy.id.clone()).collect();
    let is_asked_about = |it: &IncidentAnswer| {
        names(&folded, it) || it.remedies.iter().any(|remedy| articles.contains(&remedy.id))
    };
    let own = if articles.is_empty() { 3 } else { 1 };
    let pointer = articles.is_empty()
        && log.incidents.iter().any(|it| !it.remedies.is_empty() && names(&folded, it));
    let of_log = log.incidents.into_iter().enumerate();
    let of_log = of_log.map(|(at, it)| (if is_asked_about(&it) { 0 } else { 2 }, Some(at), it));
    let mut all: Vec<(u8, Option<usize>, IncidentAnswer)> = of_log.collect();
    let of_question = asked.incidents.into_iter().filter(|_| !pointer);
    all.extend(of_question.map(|it| (own, None, it)));
    // The sort is stable: what matters as much stays in the log's order.
    all.sort_by_key(|(rank, ..)| *rank);
    for incident in
        log.flows.iter_mut().flat_map(|it| &mut it.steps).flat_map(|it| &mut it.incidents)
    {
        *incident = all.iter().position(|(_, at, _)| *at == Some(*incident)).unwrap_or(*incident);
    }
    log.incidents = all.into_iter().map(|(.., it)| it).collect();
    add_new(&mut log.notices, asked.notices);
    add_new(&mut log.warnings, asked.warnings);
    log.read.questions += asked.read.questions;
    log.read.records += asked.read.records;
    log
}

/// Whether a question names an incident's device, code or command. Both are folded.
fn names(question: &str, answer: &IncidentAnswer) -> bool {
    let Incident { devices, codes, command, .. } = &answer.incident;
    let named = answer.named_codes.iter().map(|it| it.name.as_str());
    let words = devices.iter().map(String::as_str).chain(command.as_deref()).chain(named);
    let written = codes.iter().map(|code| code.written.trim_matches(['(', ')', '[', ']']));
    words.chain(written).any(|word| has_whole(question, &fold(word)))
}

/// Whether a name is in a text, and not within a longer one.
fn has_whole(text: &str, name: &str) -> bool {
    if name.chars().count() < SHORTEST_NAME {
        return false;
    }
    let goes_on = |character: Option<char>| character.is_some_and(|it| it.is_ascii_alphanumeric());
    text.match_indices(name).any(|(at, found)| {
        let (before, behind) = (text.get(..at), text.get(at + found.len()..));
        let before = before.and_then(|before| before.chars().next_back());
        let behind = behind.and_then(|behind| behind.chars().next());
        // Japanese joins words without a space, a number or a Latin word does not.
        !goes_on(before) && !goes_on(behind)
    })
}

#[cfg(test)]
crate::source::cases! {
    names_that_are_whole: |it| { let (text, name) = two(it); has_whole(text, name) };
}
