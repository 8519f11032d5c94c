//! The answer as JSON, `shirube.answer/1`: the only types of the crate that are written out.
//!
//! Field by field, in the order in which they are written. Every field is always there; what is
//! not known is `null`, and a list without entries is empty.
//!
//! | field | value |
//! |---|---|
//! | `schema` | `"shirube.answer/1"`; a change that breaks the shape raises the number |
//! | `incidents` | the incidents, those that matter first |
//! | `flows` | the check flows that the facts of the paste decide |
//! | `warnings` | what reading could not make sense of: `file`, `line`, `message` |
//! | `read` | what was read: `entries` (of logs), `states`, `facts`, `questions`, `correspondence` (a mail or a chat), `again` (read in the other way, as the first had found nothing), and `text`, all of it in words |
//! | `waiting` | wipes, locks and the like that wait for devices: `operation`, `message` (told before anything that brings a device online), `device_count`, `devices`, `locations` |
//!
//! An incident:
//!
//! | field | value |
//! |---|---|
//! | `signature` | sixteen hexadecimal digits, the same for the same message anywhere |
//! | `message` | the message with typed placeholders over its variable parts |
//! | `command` | the MDM command that the message reports on |
//! | `codes` | `domain`, `number`, `written` (as in the log), `meaning` |
//! | `named_codes` | `name`, `meaning`: errors that have a name instead of a number |
//! | `kind` | `log`, `status` or `question` |
//! | `severity` | `error`, `warning`, `info` or `unknown` |
//! | `count`, `exact` | how many records, and whether that is counted or estimated |
//! | `first_seen`, `last_seen` | ISO 8601, with an offset only where the log gives one |
//! | `device_count`, `devices` | how many devices, and the first twenty |
//! | `locations` | the first twenty places: `file` (`null` for standard input), `line` from 1 |
//! | `scope` | what the answer is narrowed to: `products`, `platforms`, `by` (`option`, `format` or `text`), `documented`; `null` where nothing is named |
//! | `choice` | where a wish names no object: `products` that it may be about; the nearest stand under `related`; else `null` |
//! | `related` | near articles without a claim, in the shape of a remedy |
//! | `remedies` | the remedies, best first; empty where nothing is claimed |
//! | `last_resort` | steps that lose something, where milder ones of the remedy with the same `id` come first; in the shape of a remedy |
//! | `answered_by` | the id of the check flow that answers it already, or `null` |
//!
//! A remedy:
//!
//! | field | value |
//! |---|---|
//! | `rank` | 1 for the best |
//! | `id`, `passage_id` | the article, and the passage in it (`id#heading-path`) |
//! | `title`, `section` | the article's title, and the heading path of the passage |
//! | `passage` | the Markdown of the passage alone |
//! | `role` | what the passage is: `remedy` where it says what to do, else `cause` or `explanation` |
//! | `matched` | what matched where that is another passage: `passage_id`, `section`, `passage`, `line`; else `null` |
//! | `product`, `platforms`, `updated`, `source` | of the article; the date is ISO 8601 |
//! | `path`, `line` | the file in the knowledge base, and the passage's first line, from 1 |
//! | `score` | the weighted sum of the evidence, comparable within one incident only |
//! | `confidence` | calibrated: of the remedies with 0.9, nine in ten are right |
//! | `applies` | `yes`, `no` or `unknown`: whether the article's scope takes in the incident |
//! | `cautions`, `destructive` | what to know before acting; whether a step loses data or registration |
//! | `valid_until`, `expired` | the last day that the steps work on, and whether it has passed |
//! | `evidence` | the reasons, strongest first |
//!
//! Evidence has a `kind`: `message` (`similarity`, `log`, `article`, `span`), `code` (`relation`
//! `exact`, `same` or `near`; `log`, `article`, `span`), `command` (`log`, `article`), `status`
//! (`log`, `article`, `span`), `text` (`similarity`, `words`). All but `command` say `of` what they are: of the
//! `passage` that is shown, of the `matched` one, or of the `article`. A `span` is `file`, `line`, and the
//! bytes `start..end` of the decoded line, or `null`.

use serde::Serialize;

use super::visible::steers;
use super::{flow_json, read_text};
use crate::article::Role;
use crate::facts::{Kind, Relation, Severity};
use crate::search::{
    self, Answer, Applies, Holder, IncidentAnswer, Remedy, Scope, ScopeSource, Waiting,
};
use crate::source::{self, Language, Location};

/// The name and version of the shape.
pub const SCHEMA: &str = "shirube.answer/1";

/// The answer as one JSON document with a line feed at its end.
///
/// Meanings and warnings are in `language`. Characters that could steer a terminal are written as
/// escapes, so that the document is as harmless on a screen as it is exact for a program.
#[must_use]
pub fn json(answer: &Answer, language: Language) -> String {
    let wire = Wire {
        schema: SCHEMA,
        incidents: answer.incidents.iter().map(|it| incident(it, language)).collect(),
        flows: flow_json::flows(&answer.flows, language),
        warnings: answer.warnings.iter().map(|it| warning(it, language)).collect(),
        read: WireSummary {
            entries: answer.read.entries,
            states: answer.read.states,
            facts: answer.read.facts,
            questions: answer.read.questions,
            correspondence: answer.read.correspondence,
            again: answer.read.again,
            text: read_text::summary(&answer.read, language),
        },
        waiting: answer.waiting.iter().map(|it| waiting(it, language)).collect(),
    };
    let document = serde_json::to_string_pretty(&wire)
        .expect("wire types have string keys and no serializer of their own that could fail");
    let mut document = harmless(&document);
    document.push('\n');
    document
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Answer"))]
pub(super) struct Wire<'a> {
    #[cfg_attr(feature = "server", schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    incidents: Vec<WireIncident<'a>>,
    flows: Vec<flow_json::WireFlow<'a>>,
    warnings: Vec<WireWarning<'a>>,
    read: WireSummary,
    waiting: Vec<WireWaiting<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Read"))]
struct WireSummary {
    entries: u64,
    states: u64,
    facts: u64,
    questions: u64,
    correspondence: bool,
    again: bool,
    text: String,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Waiting"))]
struct WireWaiting<'a> {
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["wipe", "selective_wipe", "lock", "lost_mode"])))]
    operation: &'static str,
    message: String,
    device_count: u64,
    devices: &'a [String],
    locations: Vec<WireLocation<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Incident"))]
struct WireIncident<'a> {
    signature: String,
    message: &'a str,
    command: Option<&'a str>,
    codes: Vec<WireCode<'a>>,
    named_codes: Vec<WireNamedCode<'a>>,
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["log", "status", "question"])))]
    kind: &'static str,
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["error", "warning", "info", "unknown"])))]
    severity: &'static str,
    count: u64,
    exact: bool,
    first_seen: Option<String>,
    last_seen: Option<String>,
    device_count: u64,
    devices: &'a [String],
    locations: Vec<WireLocation<'a>>,
    scope: Option<WireScope<'a>>,
    choice: Option<WireChoice<'a>>,
    related: Vec<WireRemedy<'a>>,
    remedies: Vec<WireRemedy<'a>>,
    last_resort: Vec<WireRemedy<'a>>,
    answered_by: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Code"))]
struct WireCode<'a> {
    domain: Option<&'a str>,
    number: i64,
    written: &'a str,
    meaning: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "NamedCode"))]
struct WireNamedCode<'a> {
    name: &'a str,
    meaning: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Matched"))]
struct WireMatched<'a> {
    passage_id: &'a str,
    section: &'a [String],
    passage: &'a str,
    line: u32,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Location"))]
struct WireLocation<'a> {
    file: Option<&'a str>,
    line: u32,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Scope"))]
struct WireScope<'a> {
    products: &'a [String],
    platforms: &'a [String],
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["option", "format", "text"])))]
    by: &'static str,
    documented: bool,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Choice"))]
struct WireChoice<'a> {
    products: &'a [String],
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Remedy"))]
struct WireRemedy<'a> {
    rank: usize,
    id: &'a str,
    passage_id: &'a str,
    title: &'a str,
    section: &'a [String],
    passage: &'a str,
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["remedy", "cause", "explanation"])))]
    role: &'static str,
    matched: Option<WireMatched<'a>>,
    product: Option<&'a str>,
    platforms: &'a [String],
    updated: Option<String>,
    source: Option<&'a str>,
    path: &'a str,
    line: u32,
    score: f64,
    confidence: f64,
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["yes", "no", "unknown"])))]
    applies: &'static str,
    cautions: &'a [String],
    destructive: bool,
    valid_until: Option<String>,
    expired: bool,
    evidence: Vec<WireEvidence<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Evidence"))]
#[serde(tag = "kind", rename_all = "lowercase")]
enum WireEvidence<'a> {
    Message {
        similarity: f64,
        log: &'a str,
        article: &'a str,
        span: Option<WireSpan<'a>>,
        #[cfg_attr(feature = "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
        of: &'static str,
    },
    Code {
        #[cfg_attr(feature = "server", schemars(extend("enum" = ["exact", "same", "near"])))]
        relation: &'static str,
        log: &'a str,
        article: &'a str,
        span: Option<WireSpan<'a>>,
        #[cfg_attr(feature = "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
        of: &'static str,
    },
    Command {
        log: &'a str,
        article: &'a str,
    },
    Status {
        log: &'a str,
        article: &'a str,
        span: Option<WireSpan<'a>>,
        #[cfg_attr(feature = "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
        of: &'static str,
    },
    Text {
        similarity: f64,
        words: &'a [String],
        #[cfg_attr(feature = "server", schemars(extend("enum" = ["passage", "matched", "article"])))]
        of: &'static str,
    },
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Span"))]
struct WireSpan<'a> {
    file: Option<&'a str>,
    line: u32,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Warning"))]
struct WireWarning<'a> {
    file: Option<&'a str>,
    line: Option<u32>,
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
    WireIncident {
        signature: incident.signature.to_string(),
        message: &incident.masked,
        command: incident.command.as_deref(),
        codes: codes.collect(),
        named_codes: answer
            .named_codes
            .iter()
            .map(|it| WireNamedCode { name: &it.name, meaning: it.meaning.as_deref() })
            .collect(),
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
        remedies: remedies(&answer.remedies),
        last_resort: remedies(&answer.last_resort),
        answered_by: answer.answered_by.as_deref(),
    }
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
        applies: applies(remedy.applies),
        cautions: &remedy.cautions,
        destructive: remedy.destructive,
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
pub(super) const fn holder(holder: Holder) -> &'static str {
    match holder {
        Holder::Passage => "passage",
        Holder::Matched => "matched",
        Holder::Article => "article",
    }
}

/// The word for a relation of codes.
pub(super) const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Exact => "exact",
        Relation::Same => "same",
        Relation::Near => "near",
    }
}

/// Four decimals: more than anyone can use, and the same on every machine.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

/// `document` with an escape for every character that could steer a terminal; such characters
/// stand in strings alone, so the document stays the same to a parser.
pub(super) fn harmless(document: &str) -> String {
    let mut out = String::with_capacity(document.len() + 1);
    for character in document.chars() {
        if steers(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

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
                },
                "waiting": [],
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
