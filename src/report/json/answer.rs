//! The answer as JSON, `shirube.answer/1`: the only types of the crate that are written out.
//!
//! Every field is always there; what is not known is `null`, and a list without entries is empty. What each field
//! says is written beside it, and from there in the schemas (`schemas`, `/openapi.json`).

use std::collections::BTreeSet;

use serde::Serialize;

use super::{SCHEMA, document, each, flow, rounded, wire};
use crate::article::Role;
use crate::record::Summary;
use crate::report::view::evidence::unbracketed;
use crate::report::view::read;
use crate::search::{
    self, Answer, IncidentAnswer, LastTime, LookAlike, Matched, Notice, Remedy, Scope, Waiting,
};
use crate::source::{self, Language, Location};

/// The answer as one JSON document with a line feed at its end.
///
/// Meanings and warnings are in `language`. Characters that could steer a terminal are written as
/// escapes, so that the document is as harmless on a screen as it is exact for a program.
#[must_use]
pub fn json(answer: &Answer, language: Language) -> String {
    document(&Wire::of(answer, language))
}

wire! {
    pub(crate) struct Wire<'a> as "Answer" version SCHEMA, of(answer: &'a Answer, language: Language) {
        /// The incidents, those that matter first.
        incidents: Vec<WireIncident<'a>> =
            each(&answer.incidents, |it| WireIncident::of(it, language)),
        /// The check flows that the facts of the paste decide.
        flows: Vec<flow::WireFlow<'a>> = flow::flows(&answer.flows, language),
        /// Warnings: parts of the paste that could not be read.
        warnings: Vec<WireWarning<'a>> = each(&answer.warnings, |it| WireWarning::of(it, language)),
        /// Counts of the parts that were read.
        read: WireSummary = WireSummary::of(&answer.read, language),
        /// Wipes, locks and the like that wait for devices: told before anything that brings a device online.
        waiting: Vec<WireWaiting<'a>> = each(&answer.waiting, |it| WireWaiting::of(it, language)),
        /// Articles that are shown above the answers of their product while they last.
        notices: Vec<WireNotice<'a>> = each(&answer.notices, WireNotice::of),
    }

    struct WireNotice<'a> as "Notice", of(notice: &'a Notice) {
        /// The article.
        id: &'a str = &notice.id,
        /// Its title.
        title: &'a str = &notice.title,
        /// The console that it is about; null where it is for everybody.
        product: Option<&'a str> = notice.product.as_deref(),
        /// The last day that it is shown: an ISO 8601 date.
        valid_until: String = notice.valid_until.to_string(),
        /// Its Markdown.
        markdown: &'a str = &notice.text,
        /// Its file in the knowledge base.
        path: &'a str = &notice.path,
    }

    struct WireSummary as "Read", of(read: &Summary, language: Language) {
        /// The entries of logs.
        entries: u64 = read.entries,
        /// The states that screens, job lists and sentences show.
        states: u64 = read.states,
        /// The labels with their values.
        facts: u64 = read.facts,
        /// The questions of people.
        questions: u64 = read.questions,
        /// Whether it was a mail or a chat.
        correspondence: bool = read.correspondence,
        /// Whether it was read in the other way, as the first had found nothing.
        again: bool = read.again,
        /// All of it in words.
        text: String = read::summary(read, language),
        /// How many records there were.
        records: u64 = read.records,
        /// The formats that it was taken for, in order of appearance.
        formats: Vec<&'static str> = read.formats.clone(),
    }

    struct WireWaiting<'a> as "Waiting", of(waiting: &'a Waiting, language: Language) {
        /// The operation that waits.
        operation: &'static str as ["wipe", "selective_wipe", "lock", "lost_mode"] =
            waiting.operation.name(),
        /// The warning, in words.
        message: String = waiting.operation.warning().text(language).to_owned(),
        /// How many devices it waits for.
        device_count: u64 = waiting.device_count,
        /// Their names, in order of appearance; of more than 8,192 the first.
        devices: &'a [String] = &waiting.devices,
        /// The first twenty places that tell of it.
        locations: Vec<WireLocation<'a>> = each(&waiting.locations, WireLocation::of),
    }

    struct WireIncident<'a> as "Incident", of(answer: &'a IncidentAnswer, language: Language) {
        /// Sixteen hexadecimal digits, the same for the same message anywhere.
        signature: String = answer.incident.signature.to_string(),
        /// The message with typed placeholders over its variable parts.
        message: &'a str = &answer.incident.masked,
        /// The message as the paste has it.
        text: &'a str = &answer.incident.message,
        /// The MDM command that the message reports on.
        command: Option<&'a str> = answer.incident.command.as_deref(),
        /// The codes that have a number, those first that the message holds, then those that evidence names.
        codes: Vec<WireCode<'a>> = codes(answer, language),
        /// The errors that have a name instead of a number.
        named_codes: Vec<WireNamedCode<'a>> = named_codes(answer),
        /// The kind of paste that it was read from.
        kind: &'static str as ["log", "status", "question"] = answer.incident.kind.name(),
        /// How bad the log says it is.
        severity: &'static str as ["error", "warning", "info", "unknown"] =
            answer.incident.severity.name(),
        /// How many records it counts.
        count: u64 = answer.incident.count,
        /// Whether that is counted, not estimated.
        exact: bool = answer.incident.exact,
        /// When it was first seen: ISO 8601, with an offset only where the log gives one.
        first_seen: Option<String> = answer.incident.first_seen.map(|moment| moment.to_string()),
        /// When it was last seen.
        last_seen: Option<String> = answer.incident.last_seen.map(|moment| moment.to_string()),
        /// How many devices report it.
        device_count: u64 = answer.incident.device_count,
        /// Their names, in order of appearance; of more than 8,192 the first.
        devices: &'a [String] = &answer.incident.devices,
        /// The first twenty places where it is.
        locations: Vec<WireLocation<'a>> = each(&answer.incident.locations, WireLocation::of),
        /// The scope of the answer; null where nothing is named.
        scope: Option<WireScope<'a>> = answer.scope.as_ref().map(WireScope::of),
        /// The subjects that a wish without an object may have; then the nearest are under related.
        choice: Option<WireChoice<'a>> = answer.choice.as_deref().map(WireChoice::of),
        /// Near articles without a claim, in the shape of a remedy.
        related: Vec<WireRemedy<'a>> = remedies(&answer.related),
        /// Other messages that merely look like the one whose very wording was found.
        look_alikes: Vec<WireLookAlike<'a>> = each(&answer.look_alikes, WireLookAlike::of),
        /// The remedies, best first; empty where nothing is claimed.
        remedies: Vec<WireRemedy<'a>> = remedies(&answer.remedies),
        /// Steps that lose something, where milder ones of the remedy with the same id come first.
        last_resort: Vec<WireRemedy<'a>> = remedies(&answer.last_resort),
        /// How many more remedies are claimed than were asked for.
        left_out: usize = answer.left_out,
        /// The id of the check flow that answers it already.
        answered_by: Option<&'a str> = answer.answered_by.as_deref(),
        /// The remedy that solved it last time, where the server is told to remember.
        last_time: Option<WireLastTime<'a>> = answer.last_time.as_ref().map(WireLastTime::of),
    }

    struct WireLastTime<'a> as "LastTime", of(last: &'a LastTime) {
        /// When it was said: ISO 8601, on the server's clock.
        at: String = last.at.to_string(),
        /// The id of the article.
        article: &'a str = &last.article,
        /// Its title.
        title: &'a str = &last.title,
        /// The masked note; empty where there is none.
        note: &'a str = &last.note,
    }

    struct WireLookAlike<'a> as "LookAlike", of(it: &'a LookAlike) {
        /// The passage that treats the other message.
        passage_id: &'a str = &it.passage_id,
        /// The title of its article.
        title: &'a str = &it.title,
        /// The other message, as its article words it.
        written: &'a str = &it.written,
        /// The part of the message that was found which the other lacks.
        has: &'a str = &it.has,
        /// The part that the other has in its place.
        other: &'a str = &it.other,
    }

    struct WireCode<'a> as "Code",
    of(domain: Option<&'a str>, number: i64, written: &'a str, meaning: Option<&'a str>) {
        /// The domain; null where the number alone was written.
        domain: Option<&'a str> = domain,
        /// The number.
        number: i64 = number,
        /// The code as the log writes it.
        written: &'a str = written,
        /// Its meaning, where it is known.
        meaning: Option<&'a str> = meaning,
    }

    struct WireNamedCode<'a> as "NamedCode", of(name: &'a str, meaning: Option<&'a str>) {
        /// The name, as the log writes it.
        name: &'a str = name,
        /// Its meaning in the knowledge base.
        meaning: Option<&'a str> = meaning,
    }

    struct WireMatched<'a> as "Matched", of(matched: &'a Matched) {
        /// The passage: id#heading-path.
        passage_id: &'a str = &matched.passage_id,
        /// Its heading path.
        section: &'a [String] = &matched.section,
        /// Its Markdown alone.
        passage: &'a str = &matched.passage,
        /// The line of the article that it begins at, from 1.
        line: u32 = matched.line,
    }

    struct WireLocation<'a> as "Location", of(location: &'a Location) {
        /// The file; null for what was pasted or typed.
        file: Option<&'a str> = location.file.as_deref(),
        /// The line, from 1.
        line: u32 = location.line,
    }

    struct WireScope<'a> as "Scope", of(scope: &'a Scope) {
        /// The consoles; empty where only a system is named.
        products: &'a [String] = &scope.products,
        /// The systems; empty where none is named.
        platforms: &'a [String] = &scope.platforms,
        /// How they are known.
        by: &'static str as ["option", "format", "text"] = scope.by.name(),
        /// Whether an article is about one of the consoles.
        documented: bool = scope.documented,
    }

    struct WireChoice<'a> as "Choice", of(products: &'a [String]) {
        /// The consoles that it may be about.
        products: &'a [String] = products,
    }

    struct WireRemedy<'a> as "Remedy", of(rank: usize, remedy: &'a Remedy) {
        /// 1 for the best.
        rank: usize = rank,
        /// The article.
        id: &'a str = &remedy.id,
        /// The passage in it: id#heading-path.
        passage_id: &'a str = &remedy.passage_id,
        /// The article's title.
        title: &'a str = &remedy.title,
        /// The heading path of the passage.
        section: &'a [String] = &remedy.section,
        /// The Markdown of the passage alone.
        passage: &'a str = &remedy.passage,
        /// The role of the passage: remedy where it says what to do.
        role: &'static str as ["remedy", "cause", "explanation"] = role(remedy.role),
        /// The passage that matched, where that is another one.
        matched: Option<WireMatched<'a>> = remedy.matched.as_ref().map(WireMatched::of),
        /// The console that the article is about.
        product: Option<&'a str> = remedy.product.as_deref(),
        /// The systems that the article is about.
        platforms: &'a [String] = &remedy.platforms,
        /// When the article was last changed: an ISO 8601 date.
        updated: Option<String> = remedy.updated.map(|day| day.to_string()),
        /// Where the article comes from, a link.
        source: Option<&'a str> = remedy.source.as_deref(),
        /// The file in the knowledge base.
        path: &'a str = &remedy.path,
        /// The passage's first line, from 1.
        line: u32 = remedy.line,
        /// The weighted sum of the evidence, comparable within one incident only.
        score: f64 = rounded(remedy.score),
        /// Calibrated: of the remedies with 0.9, nine in ten are right.
        confidence: f64 = rounded(remedy.confidence),
        /// The same as a word; of a destructive remedy that rests on a near match at most `medium`.
        level: &'static str as ["high", "medium", "low"] = remedy.level().name(),
        /// Whether the article's scope takes in the incident.
        applies: &'static str as ["yes", "no", "unknown"] = remedy.applies.name(),
        /// Cautions before acting.
        cautions: &'a [String] = &remedy.cautions,
        /// Whether a step loses data or registration.
        destructive: bool = remedy.destructive,
        /// Whether what was reported is no trouble, so that nothing is to be done.
        harmless: bool = remedy.harmless,
        /// The last day that the steps work on.
        valid_until: Option<String> = remedy.valid_until.map(|day| day.to_string()),
        /// Whether that day has passed.
        expired: bool = remedy.expired,
        /// The reasons, strongest first.
        evidence: Vec<WireEvidence<'a>> = each(&remedy.evidence, evidence),
    }

    struct WireSpan<'a> as "Span", of(span: &'a source::Span) {
        /// The file; null for what was pasted or typed.
        file: Option<&'a str> = span.location.file.as_deref(),
        /// The line, from 1.
        line: u32 = span.location.line,
        /// Where it begins: a byte of the decoded line.
        start: usize = span.range.start,
        /// Where it ends: the byte after it.
        end: usize = span.range.end,
    }

    struct WireWarning<'a> as "Warning", of(warning: &'a source::Warning, language: Language) {
        /// The file; null where it is about none.
        file: Option<&'a str> = warning.file.as_deref(),
        /// The line, from 1; null where it is about none.
        line: Option<u32> = warning.line,
        /// The fault, in words.
        message: &'a str = warning.message.text(language),
    }
}

/// The codes that the message holds, then those with a number that evidence names.
fn codes(answer: &IncidentAnswer, language: Language) -> Vec<WireCode<'_>> {
    let held = answer.incident.codes.iter().enumerate().map(|(index, code)| {
        let meaning = answer.meanings.get(index).and_then(Option::as_ref);
        let meaning = meaning.map(|meaning| meaning.text(language));
        WireCode::of(code.domain.as_deref(), code.number, &code.written, meaning)
    });
    let beside = codes_beside(answer).into_iter();
    let beside = beside.filter_map(|it| Some(WireCode::of(None, it.parse().ok()?, it, None)));
    held.chain(beside).collect()
}

fn named_codes(answer: &IncidentAnswer) -> Vec<WireNamedCode<'_>> {
    let held = answer.named_codes.iter();
    let held = held.map(|it| WireNamedCode::of(&it.name, it.meaning.as_deref()));
    let beside = codes_beside(answer).into_iter().filter(|it| it.parse::<i64>().is_err());
    held.chain(beside.map(|name| WireNamedCode::of(name, None))).collect()
}

/// The codes that evidence names and the incident does not list: a bare number of a question, which an article takes for
/// a code. In order of appearance.
fn codes_beside(answer: &IncidentAnswer) -> Vec<&str> {
    let listed = answer.incident.codes.iter().map(|code| code.written.as_str());
    let listed = listed.chain(answer.named_codes.iter().map(|it| it.name.as_str()));
    let mut known: BTreeSet<&str> = listed.map(unbracketed).collect();
    let shown = answer.remedies.iter().chain(&answer.last_resort).chain(&answer.related);
    let named = shown.flat_map(|remedy| &remedy.evidence).filter_map(|it| match it {
        search::Evidence::Code { log, .. } => Some(unbracketed(log)),
        _ => None,
    });
    named.filter(|written| known.insert(written)).collect()
}

fn remedies(remedies: &[Remedy]) -> Vec<WireRemedy<'_>> {
    remedies.iter().enumerate().map(|(index, it)| WireRemedy::of(index + 1, it)).collect()
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Evidence"))]
#[serde(tag = "kind", rename_all = "lowercase")]
enum WireEvidence<'a> {
    /// The message of the log against a wording of the article.
    Message {
        /// How much is covered, in 0..=1.
        similarity: f64,
        /// As the log has it.
        log: &'a str,
        /// As the article has it.
        article: &'a str,
        /// Where it is in the paste.
        span: Option<WireSpan<'a>>,
        /// Whose reason it is.
        #[cfg_attr(feature =
            "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
        of: &'static str,
    },
    /// A code of the log against a code of the article.
    Code {
        /// How the two codes relate.
        #[cfg_attr(feature = "server", schemars(extend("enum" = ["exact", "same", "near"])))]
        relation: &'static str,
        /// As the log has it.
        log: &'a str,
        /// As the article has it.
        article: &'a str,
        /// Where it is in the paste.
        span: Option<WireSpan<'a>>,
        /// Whose reason it is.
        #[cfg_attr(feature =
            "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
        of: &'static str,
    },
    /// The MDM command that both name.
    Command {
        /// As the log has it.
        log: &'a str,
        /// As the article has it.
        article: &'a str,
    },
    /// A state or label of a screen, which the article explains.
    Status {
        /// As the log has it.
        log: &'a str,
        /// As the article has it.
        article: &'a str,
        /// Where it is in the paste.
        span: Option<WireSpan<'a>>,
        /// Whose reason it is.
        #[cfg_attr(feature =
            "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
        of: &'static str,
    },
    /// Words that the message and the passage share.
    Text {
        /// How much is covered, in 0..=1.
        similarity: f64,
        /// The words that both have, the weightiest first.
        words: &'a [String],
        /// Whose reason it is.
        #[cfg_attr(feature =
            "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
        of: &'static str,
        /// The way to ask for the passage that some of the words are of, as its article notes it; `null` where the passage
        /// has all of them.
        asked: Option<&'a str>,
    },
}

fn evidence(evidence: &search::Evidence) -> WireEvidence<'_> {
    use search::Evidence;
    match evidence {
        Evidence::Message { similarity, log, article, span: place, of } => WireEvidence::Message {
            similarity: rounded(*similarity),
            log,
            article,
            span: place.as_ref().map(WireSpan::of),
            of: of.name(),
        },
        Evidence::Code { relation: how, log, article, span: place, of } => WireEvidence::Code {
            relation: how.name(),
            log,
            article,
            span: place.as_ref().map(WireSpan::of),
            of: of.name(),
        },
        Evidence::Command { command } => WireEvidence::Command { log: command, article: command },
        Evidence::Status { log, article, span: place, of } => WireEvidence::Status {
            log,
            article,
            span: place.as_ref().map(WireSpan::of),
            of: of.name(),
        },
        Evidence::Text { words, coverage, of, asked } => WireEvidence::Text {
            similarity: rounded(*coverage),
            words,
            of: of.name(),
            asked: asked.as_deref(),
        },
    }
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Remedy => "remedy",
        Role::Cause => "cause",
        _ => "explanation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;
    use crate::report::view::steers;

    #[test]
    fn the_whole_shape() {
        insta::assert_snapshot!(json(&samples::answer(), Language::Ja));
    }

    #[test]
    fn an_empty_answer_has_every_list() {
        insta::assert_snapshot!(json(&Answer::default(), Language::En));
    }

    #[test]
    fn what_steers_a_terminal_is_escaped_and_comes_back() {
        let mut answer = samples::answer();
        let hostile = "\u{1b}[31m\u{9b}\u{202e}\u{e0041}\"\\日本";
        answer.incidents[0].incident.masked = hostile.into();
        let written = json(&answer, Language::Ja);
        assert!(!written.chars().any(steers));
        let read: serde_json::Value = serde_json::from_str(&written).expect("it is JSON");
        assert_eq!(read["incidents"][0]["message"], hostile);
    }
}
