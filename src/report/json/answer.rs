//! The answer as JSON, `shirube.answer/1`: the only types of the crate that are written out.
//!
//! Every field is always there; what is not known is `null`, and a list without entries is empty. What each field
//! says stands with it, and from there in the schemas (`schemas`, `/openapi.json`).

use std::collections::BTreeSet;

use serde::Serialize;

use super::flow;
use super::{SCHEMA, document, rounded};
use crate::article::Role;
use crate::facts::{Kind, Relation, Severity};
use crate::report::view::evidence::unbracketed;
use crate::report::view::read;
use crate::search::{
    self, Answer, Applies, Holder, IncidentAnswer, LookAlike, Notice, Remedy, Scope, ScopeSource,
    Waiting,
};
use crate::source::{self, Language, Location};

/// The answer as one JSON document with a line feed at its end.
///
/// Meanings and warnings are in `language`. Characters that could steer a terminal are written as
/// escapes, so that the document is as harmless on a screen as it is exact for a program.
#[must_use]
pub fn json(answer: &Answer, language: Language) -> String {
    let wire = Wire {
        schema: SCHEMA,
        incidents: answer.incidents.iter().map(|it| incident(it, language)).collect(),
        flows: flow::flows(&answer.flows, language),
        warnings: answer.warnings.iter().map(|it| warning(it, language)).collect(),
        read: WireSummary {
            entries: answer.read.entries,
            states: answer.read.states,
            facts: answer.read.facts,
            questions: answer.read.questions,
            correspondence: answer.read.correspondence,
            again: answer.read.again,
            text: read::summary(&answer.read, language),
            records: answer.read.records,
            formats: answer.read.formats.clone(),
        },
        waiting: answer.waiting.iter().map(|it| waiting(it, language)).collect(),
        notices: answer.notices.iter().map(notice).collect(),
    };
    document(&wire)
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Answer"))]
pub(crate) struct Wire<'a> {
    /// The name and version of the shape; a change that breaks it raises the number.
    #[cfg_attr(feature = "server", schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    /// The incidents, those that matter first.
    incidents: Vec<WireIncident<'a>>,
    /// The check flows that the facts of the paste decide.
    flows: Vec<flow::WireFlow<'a>>,
    /// Warnings: parts of the paste that could not be read.
    warnings: Vec<WireWarning<'a>>,
    /// Counts of the parts that were read.
    read: WireSummary,
    /// Wipes, locks and the like that wait for devices: told before anything that brings a device online.
    waiting: Vec<WireWaiting<'a>>,
    /// Articles that stand above the answers of their product while they last.
    notices: Vec<WireNotice<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Notice"))]
struct WireNotice<'a> {
    /// The article.
    id: &'a str,
    /// Its title.
    title: &'a str,
    /// The console that it is about; null where it is for everybody.
    product: Option<&'a str>,
    /// The last day that it stands there: an ISO 8601 date.
    valid_until: String,
    /// Its Markdown.
    markdown: &'a str,
    /// Its file in the knowledge base.
    path: &'a str,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Read"))]
struct WireSummary {
    /// The entries of logs.
    entries: u64,
    /// The states that screens, job lists and sentences show.
    states: u64,
    /// The labels with their values.
    facts: u64,
    /// The questions of people.
    questions: u64,
    /// Whether it was a mail or a chat.
    correspondence: bool,
    /// Whether it was read in the other way, as the first had found nothing.
    again: bool,
    /// All of it in words.
    text: String,
    /// How many records there were.
    records: u64,
    /// The formats that it was taken for, in order of appearance.
    formats: Vec<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Waiting"))]
struct WireWaiting<'a> {
    /// The operation that waits.
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["wipe", "selective_wipe", "lock", "lost_mode"])))]
    operation: &'static str,
    /// The warning, in words.
    message: String,
    /// How many devices it waits for.
    device_count: u64,
    /// Their names, in order of appearance; of more than 8,192 the first.
    devices: &'a [String],
    /// The first twenty places that tell of it.
    locations: Vec<WireLocation<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Incident"))]
struct WireIncident<'a> {
    /// Sixteen hexadecimal digits, the same for the same message anywhere.
    signature: String,
    /// The message with typed placeholders over its variable parts.
    message: &'a str,
    /// The message as the paste has it.
    text: &'a str,
    /// The MDM command that the message reports on.
    command: Option<&'a str>,
    /// The codes that have a number, those first that the message holds, then those that evidence names.
    codes: Vec<WireCode<'a>>,
    /// The errors that have a name instead of a number.
    named_codes: Vec<WireNamedCode<'a>>,
    /// The kind of paste that it was read from.
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["log", "status", "question"])))]
    kind: &'static str,
    /// How bad the log says it is.
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["error", "warning", "info", "unknown"])))]
    severity: &'static str,
    /// How many records it counts.
    count: u64,
    /// Whether that is counted, not estimated.
    exact: bool,
    /// When it was first seen: ISO 8601, with an offset only where the log gives one.
    first_seen: Option<String>,
    /// When it was last seen.
    last_seen: Option<String>,
    /// How many devices report it.
    device_count: u64,
    /// Their names, in order of appearance; of more than 8,192 the first.
    devices: &'a [String],
    /// The first twenty places that it stands at.
    locations: Vec<WireLocation<'a>>,
    /// The scope of the answer; null where nothing is named.
    scope: Option<WireScope<'a>>,
    /// The subjects that a wish without an object may have; then the nearest stand under related.
    choice: Option<WireChoice<'a>>,
    /// Near articles without a claim, in the shape of a remedy.
    related: Vec<WireRemedy<'a>>,
    /// Other messages that merely look like the one whose very wording was found.
    look_alikes: Vec<WireLookAlike<'a>>,
    /// The remedies, best first; empty where nothing is claimed.
    remedies: Vec<WireRemedy<'a>>,
    /// Steps that lose something, where milder ones of the remedy with the same id come first.
    last_resort: Vec<WireRemedy<'a>>,
    /// How many more remedies are claimed than were asked for.
    left_out: usize,
    /// The id of the check flow that answers it already.
    answered_by: Option<&'a str>,
    /// What solved it last time, where the server is told to remember.
    last_time: Option<WireLastTime<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "LastTime"))]
struct WireLastTime<'a> {
    /// When it was said: ISO 8601, on the server's clock.
    at: String,
    /// The id of the article.
    article: &'a str,
    /// Its title.
    title: &'a str,
    /// The masked note; empty where there is none.
    note: &'a str,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "LookAlike"))]
struct WireLookAlike<'a> {
    /// The passage that treats the other message.
    passage_id: &'a str,
    /// The title of its article.
    title: &'a str,
    /// The other message, as its article words it.
    written: &'a str,
    /// The part of the message that was found which the other lacks.
    has: &'a str,
    /// The part that the other has in its place.
    other: &'a str,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Code"))]
struct WireCode<'a> {
    /// The domain; null where the number alone was written.
    domain: Option<&'a str>,
    /// The number.
    number: i64,
    /// The code as the log writes it.
    written: &'a str,
    /// Its meaning, where it is known.
    meaning: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "NamedCode"))]
struct WireNamedCode<'a> {
    /// The name, as the log writes it.
    name: &'a str,
    /// Its meaning in the knowledge base.
    meaning: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Matched"))]
struct WireMatched<'a> {
    /// The passage: id#heading-path.
    passage_id: &'a str,
    /// Its heading path.
    section: &'a [String],
    /// Its Markdown alone.
    passage: &'a str,
    /// The line of the article that it begins at, from 1.
    line: u32,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Location"))]
struct WireLocation<'a> {
    /// The file; null for what was pasted or typed.
    file: Option<&'a str>,
    /// The line, from 1.
    line: u32,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Scope"))]
struct WireScope<'a> {
    /// The consoles; empty where only a system is named.
    products: &'a [String],
    /// The systems; empty where none is named.
    platforms: &'a [String],
    /// How they are known.
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["option", "format", "text"])))]
    by: &'static str,
    /// Whether an article is about one of the consoles.
    documented: bool,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Choice"))]
struct WireChoice<'a> {
    /// The consoles that it may be about.
    products: &'a [String],
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Remedy"))]
struct WireRemedy<'a> {
    /// 1 for the best.
    rank: usize,
    /// The article.
    id: &'a str,
    /// The passage in it: id#heading-path.
    passage_id: &'a str,
    /// The article's title.
    title: &'a str,
    /// The heading path of the passage.
    section: &'a [String],
    /// The Markdown of the passage alone.
    passage: &'a str,
    /// The role of the passage: remedy where it says what to do.
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["remedy", "cause", "explanation"])))]
    role: &'static str,
    /// The passage that matched, where that is another one.
    matched: Option<WireMatched<'a>>,
    /// The console that the article is about.
    product: Option<&'a str>,
    /// The systems that the article is about.
    platforms: &'a [String],
    /// When the article was last changed: an ISO 8601 date.
    updated: Option<String>,
    /// Where the article comes from, a link.
    source: Option<&'a str>,
    /// The file in the knowledge base.
    path: &'a str,
    /// The passage's first line, from 1.
    line: u32,
    /// The weighted sum of the evidence, comparable within one incident only.
    score: f64,
    /// Calibrated: of the remedies with 0.9, nine in ten are right.
    confidence: f64,
    /// The same as a word; of a destructive remedy that rests on a near match at most `medium`.
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["high", "medium", "low"])))]
    level: &'static str,
    /// Whether the article's scope takes in the incident.
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["yes", "no", "unknown"])))]
    applies: &'static str,
    /// Cautions before acting.
    cautions: &'a [String],
    /// Whether a step loses data or registration.
    destructive: bool,
    /// Whether what was reported is no trouble, so that nothing is to be done.
    harmless: bool,
    /// The last day that the steps work on.
    valid_until: Option<String>,
    /// Whether that day has passed.
    expired: bool,
    /// The reasons, strongest first.
    evidence: Vec<WireEvidence<'a>>,
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
        /// Where it stands in the paste.
        span: Option<WireSpan<'a>>,
        /// Whose reason it is.
        #[cfg_attr(feature = "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
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
        /// Where it stands in the paste.
        span: Option<WireSpan<'a>>,
        /// Whose reason it is.
        #[cfg_attr(feature = "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
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
        /// Where it stands in the paste.
        span: Option<WireSpan<'a>>,
        /// Whose reason it is.
        #[cfg_attr(feature = "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
        of: &'static str,
    },
    /// Words that the message and the passage share.
    Text {
        /// How much is covered, in 0..=1.
        similarity: f64,
        /// The words that both have, the weightiest first.
        words: &'a [String],
        /// Whose reason it is.
        #[cfg_attr(feature = "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
        of: &'static str,
    },
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Span"))]
struct WireSpan<'a> {
    /// The file; null for what was pasted or typed.
    file: Option<&'a str>,
    /// The line, from 1.
    line: u32,
    /// Where it begins: a byte of the decoded line.
    start: usize,
    /// Where it ends: the byte behind it.
    end: usize,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Warning"))]
struct WireWarning<'a> {
    /// The file; null where it is about none.
    file: Option<&'a str>,
    /// The line, from 1; null where it is about none.
    line: Option<u32>,
    /// The fault, in words.
    message: &'a str,
}

fn incident(answer: &IncidentAnswer, language: Language) -> WireIncident<'_> {
    let incident = &answer.incident;
    let codes = incident.codes.iter().enumerate().map(|(index, code)| WireCode {
        domain: code.domain.as_deref(),
        number: code.number,
        written: &code.written,
        meaning: answer
            .meanings
            .get(index)
            .and_then(Option::as_ref)
            .map(|meaning| meaning.text(language)),
    });
    let named = answer.named_codes.iter();
    let named = named.map(|it| WireNamedCode { name: &it.name, meaning: it.meaning.as_deref() });
    let beside = codes_beside(answer);
    let (numbers, names): (Vec<_>, Vec<_>) =
        beside.into_iter().partition(|written| written.parse::<i64>().is_ok());
    let numbers = numbers.into_iter().filter_map(|written| {
        let number = written.parse().ok()?;
        Some(WireCode { domain: None, number, written, meaning: None })
    });
    let names = names.into_iter().map(|name| WireNamedCode { name, meaning: None });
    WireIncident {
        signature: incident.signature.to_string(),
        message: &incident.masked,
        text: &incident.message,
        command: incident.command.as_deref(),
        codes: codes.chain(numbers).collect(),
        named_codes: named.chain(names).collect(),
        kind: kind(incident.kind),
        severity: severity(incident.severity),
        count: incident.count,
        exact: incident.exact,
        first_seen: incident.first_seen.map(|moment| moment.to_string()),
        last_seen: incident.last_seen.map(|moment| moment.to_string()),
        device_count: incident.device_count,
        devices: &incident.devices,
        locations: incident.locations.iter().map(location).collect(),
        scope: answer.scope.as_ref().map(scope),
        choice: answer.choice.as_ref().map(|it| WireChoice { products: &it.products }),
        related: remedies(&answer.related),
        look_alikes: answer.look_alikes.iter().map(look_alike).collect(),
        remedies: remedies(&answer.remedies),
        last_resort: remedies(&answer.last_resort),
        left_out: answer.left_out,
        answered_by: answer.answered_by.as_deref(),
        last_time: answer.last_time.as_ref().map(|last| WireLastTime {
            at: last.at.to_string(),
            article: &last.article,
            title: &last.title,
            note: &last.note,
        }),
    }
}

fn look_alike(it: &LookAlike) -> WireLookAlike<'_> {
    WireLookAlike {
        passage_id: &it.passage_id,
        title: &it.title,
        written: &it.written,
        has: &it.has,
        other: &it.other,
    }
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

fn scope(scope: &Scope) -> WireScope<'_> {
    WireScope {
        products: &scope.products,
        platforms: &scope.platforms,
        by: match scope.by {
            ScopeSource::Option => "option",
            ScopeSource::Format => "format",
            ScopeSource::Text => "text",
        },
        documented: scope.documented,
    }
}

fn remedies(remedies: &[Remedy]) -> Vec<WireRemedy<'_>> {
    remedies.iter().enumerate().map(|(index, it)| remedy(index + 1, it)).collect()
}

fn remedy(rank: usize, remedy: &Remedy) -> WireRemedy<'_> {
    WireRemedy {
        rank,
        id: &remedy.id,
        passage_id: &remedy.passage_id,
        title: &remedy.title,
        section: &remedy.section,
        passage: &remedy.passage,
        role: match remedy.role {
            Role::Remedy => "remedy",
            Role::Cause => "cause",
            _ => "explanation",
        },
        matched: remedy.matched.as_ref().map(|matched| WireMatched {
            passage_id: &matched.passage_id,
            section: &matched.section,
            passage: &matched.passage,
            line: matched.line,
        }),
        product: remedy.product.as_deref(),
        platforms: &remedy.platforms,
        updated: remedy.updated.map(|day| day.to_string()),
        source: remedy.source.as_deref(),
        path: &remedy.path,
        line: remedy.line,
        score: rounded(remedy.score),
        confidence: rounded(remedy.confidence),
        level: remedy.level().name(),
        applies: applies(remedy.applies),
        cautions: &remedy.cautions,
        destructive: remedy.destructive,
        harmless: remedy.harmless,
        valid_until: remedy.valid_until.map(|day| day.to_string()),
        expired: remedy.expired,
        evidence: remedy.evidence.iter().map(evidence).collect(),
    }
}

fn evidence(evidence: &search::Evidence) -> WireEvidence<'_> {
    use search::Evidence;
    match evidence {
        Evidence::Message { similarity, log, article, span: place, of } => WireEvidence::Message {
            similarity: rounded(*similarity),
            log,
            article,
            span: span(place),
            of: holder(*of),
        },
        Evidence::Code { relation: how, log, article, span: place, of } => WireEvidence::Code {
            relation: relation(*how),
            log,
            article,
            span: span(place),
            of: holder(*of),
        },
        Evidence::Command { command } => WireEvidence::Command { log: command, article: command },
        Evidence::Status { log, article, span: place, of } => {
            WireEvidence::Status { log, article, span: span(place), of: holder(*of) }
        }
        Evidence::Text { words, coverage, of } => {
            WireEvidence::Text { similarity: rounded(*coverage), words, of: holder(*of) }
        }
    }
}

fn span(span: &Option<source::Span>) -> Option<WireSpan<'_>> {
    span.as_ref().map(|span| WireSpan {
        file: span.location.file.as_deref(),
        line: span.location.line,
        start: span.range.start,
        end: span.range.end,
    })
}

fn location(location: &Location) -> WireLocation<'_> {
    WireLocation { file: location.file.as_deref(), line: location.line }
}

fn notice(notice: &Notice) -> WireNotice<'_> {
    WireNotice {
        id: &notice.id,
        title: &notice.title,
        product: notice.product.as_deref(),
        valid_until: notice.valid_until.to_string(),
        markdown: &notice.text,
        path: &notice.path,
    }
}

fn waiting(waiting: &Waiting, language: Language) -> WireWaiting<'_> {
    WireWaiting {
        operation: waiting.operation.name(),
        message: waiting.operation.warning().text(language).to_owned(),
        device_count: waiting.device_count,
        devices: &waiting.devices,
        locations: waiting.locations.iter().map(location).collect(),
    }
}

fn warning(warning: &source::Warning, language: Language) -> WireWarning<'_> {
    WireWarning {
        file: warning.file.as_deref(),
        line: warning.line,
        message: warning.message.text(language),
    }
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Log => "log",
        Kind::Status => "status",
        Kind::Question => "question",
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
        Severity::Unknown => "unknown",
    }
}

const fn applies(applies: Applies) -> &'static str {
    match applies {
        Applies::Yes => "yes",
        Applies::No => "no",
        Applies::Unknown => "unknown",
    }
}

/// The word for whose a reason is.
pub(crate) const fn holder(holder: Holder) -> &'static str {
    match holder {
        Holder::Passage => "passage",
        Holder::Matched => "matched",
        Holder::Article => "article",
    }
}

/// The word for a relation of codes.
pub(crate) const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Exact => "exact",
        Relation::Same => "same",
        Relation::Near => "near",
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
        let value: serde_json::Value =
            serde_json::from_str(&json(&Answer::default(), Language::En)).expect("it is JSON");
        assert_eq!(
            value,
            serde_json::json!({
                "schema": SCHEMA, "incidents": [], "flows": [], "warnings": [],
                "read": {
                    "entries": 0, "states": 0, "facts": 0, "questions": 0,
                    "correspondence": false, "again": false, "text": "nothing",
                    "records": 0, "formats": [],
                },
                "waiting": [],
                "notices": [],
            })
        );
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
