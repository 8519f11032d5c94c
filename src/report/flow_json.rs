//! Answers of the check flows as JSON: the elements of `flows` in `shirube.answer/1`.
//!
//! | field | value |
//! |---|---|
//! | `id`, `title`, `product`, `symptom`, `updated`, `source` | of the flow; the date is ISO 8601 |
//! | `device_count`, `devices` | how many devices came out alike, and those that the paste names |
//! | `row_count` | how many rows came out alike; a device may have several |
//! | `conclusion` | `cause`, `disputed`, `open` or `done` |
//! | `steps` | the checks, in order |
//! | `next` | the one thing to look at next, or `null` |
//! | `next_label`, `next_place` | the label that it is about, and where it stands on the console |
//! | `next_check`, `next_question` | the check that asks, and what it asks in the flow's words |
//! | `next_choices`, `next_example` | the answers that it knows, or how one looks |
//! | `waiting` | `wipe`, `selective_wipe`, `lock` or `lost_mode` where that waits for the devices, else `null` |
//! | `told_with` | the id of the flow of the same symptom that this is told with as one advice, or `null` |
//! | `contradictions` | labels that say two things: `label`, `device`, `values` of `value`, `file`, `line` |
//!
//! A step:
//!
//! | field | value |
//! |---|---|
//! | `number`, `check` | of the heading |
//! | `state` | `passed`, `cause`, `unknown` or `skipped` |
//! | `facts` | the facts that decided, those of the first device: times as ISO 8601 |
//! | `reasons` | the comparisons that decided, in words |
//! | `text` | the cause or the advice, in the flow's words |
//! | `candidate` | whether `text` and `remedy` are of a cause that is not settled |
//! | `remedy` | the passage (`id#anchor`) |
//! | `ask` | what would decide an unknown check |
//! | `searches_log`, `incidents` | whether the step searches the log, and the indices of its incidents |
//! | `computed` | `name`, `least`, `greatest`: times and durations as ISO 8601 |
//! | `dispute` | another flow's answer: `flow`, `updated`, `state`, `reasons`, `leads` |

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::advice;
use super::json::{SCHEMA, harmless};
use crate::facts::Operation;
use crate::flow::value::Value;
use crate::flow::{
    Conclusion, Contradiction, DecidingFact, Dispute, FlowAnswer, Link, Question, State, Step,
};
use crate::source::{Language, Phrase};

/// An element of `flows`.
#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "FlowAnswer"))]
pub(super) struct WireFlow<'a> {
    id: &'a str,
    title: &'a str,
    product: Option<&'a str>,
    symptom: Option<&'a str>,
    updated: Option<String>,
    source: Option<&'a str>,
    device_count: u64,
    devices: &'a [String],
    row_count: u64,
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["cause", "disputed", "open", "done"])))]
    conclusion: &'static str,
    steps: Vec<WireStep<'a>>,
    next: Option<&'a str>,
    next_label: Option<&'a str>,
    next_place: Option<&'a str>,
    contradictions: Vec<WireContradiction<'a>>,
    waiting: Option<&'static str>,
    told_with: Option<&'a str>,
    next_check: Option<&'a str>,
    next_question: Option<&'a str>,
    next_choices: &'a [String],
    next_example: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Step"))]
struct WireStep<'a> {
    number: &'a str,
    check: &'a str,
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["passed", "cause", "unknown", "skipped"])))]
    state: &'static str,
    facts: Map<String, Json>,
    reasons: Vec<&'a str>,
    text: Option<&'a str>,
    candidate: bool,
    remedy: Option<String>,
    ask: Option<&'a str>,
    searches_log: bool,
    incidents: &'a [usize],
    computed: Vec<WireComputed<'a>>,
    dispute: Option<WireDispute<'a>>,
    assumed: Vec<WireAssumed<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Assumed"))]
struct WireAssumed<'a> {
    label: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Computed"))]
struct WireComputed<'a> {
    name: &'a str,
    least: String,
    greatest: String,
    assumed: Vec<WireAssumed<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Dispute"))]
struct WireDispute<'a> {
    flow: &'a str,
    updated: Option<String>,
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["passed", "cause", "unknown", "skipped"])))]
    state: &'static str,
    reasons: Vec<&'a str>,
    leads: bool,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Contradiction"))]
struct WireContradiction<'a> {
    label: &'a str,
    device: Option<&'a str>,
    values: Vec<WireValue<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(
    feature = "server",
    derive(schemars::JsonSchema),
    schemars(rename = "ContradictingValue")
)]
struct WireValue<'a> {
    value: &'a str,
    file: Option<&'a str>,
    line: u32,
}

/// Answers of flows alone, as one JSON document in the shape of an answer without incidents.
#[must_use]
pub fn flow_json(answers: &[FlowAnswer], language: Language) -> String {
    let wire = Wire {
        schema: SCHEMA,
        incidents: [],
        flows: flows(answers, language),
        warnings: [],
        waiting: [],
    };
    let document = serde_json::to_string_pretty(&wire)
        .expect("wire types have string keys and no serializer of their own that could fail");
    let mut document = harmless(&document);
    document.push('\n');
    document
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    incidents: [(); 0],
    flows: Vec<WireFlow<'a>>,
    warnings: [(); 0],
    waiting: [(); 0],
}

/// Answers of the flows, in `language` where they are words.
pub(super) fn flows(answers: &[FlowAnswer], language: Language) -> Vec<WireFlow<'_>> {
    answers.iter().map(|it| flow(it, advice::leads(answers, it), language)).collect()
}

fn flow<'a>(
    answer: &'a FlowAnswer,
    told_with: Option<&'a str>,
    language: Language,
) -> WireFlow<'a> {
    let next = answer.next.as_ref();
    WireFlow {
        id: &answer.id,
        title: &answer.title,
        product: answer.product.as_deref(),
        symptom: answer.symptom.as_deref(),
        updated: answer.updated.map(|day| day.to_string()),
        source: answer.source.as_deref(),
        device_count: answer.device_count,
        devices: &answer.devices,
        row_count: answer.row_count,
        conclusion: conclusion(answer.conclusion),
        steps: answer.steps.iter().map(|it| step(it, language)).collect(),
        next: question(&answer.next, language),
        next_label: answer.next.as_ref().and_then(|next| next.label.as_deref()),
        next_place: answer.next.as_ref().and_then(|next| next.place.as_deref()),
        contradictions: answer.contradictions.iter().map(contradiction).collect(),
        waiting: answer.waiting.map(Operation::name),
        told_with,
        next_check: next.and_then(|next| next.check.as_deref()),
        next_question: next.and_then(|next| next.asks.as_deref()),
        next_choices: next.map_or(&[], |next| &next.choices),
        next_example: next.and_then(|next| next.example.as_deref()),
    }
}

fn step(step: &Step, language: Language) -> WireStep<'_> {
    WireStep {
        number: &step.number,
        check: &step.title,
        state: state(step.state),
        facts: step.facts.iter().map(fact).collect(),
        reasons: words(&step.reasons, language),
        text: step.text.as_deref(),
        candidate: step.candidate,
        remedy: step.remedy.as_ref().map(link),
        ask: question(&step.ask, language),
        searches_log: step.searches_log,
        incidents: &step.incidents,
        computed: step
            .computed
            .iter()
            .map(|it| WireComputed {
                name: &it.name,
                least: it.least.iso(),
                greatest: it.greatest.iso(),
                assumed: assumed(&it.assumed),
            })
            .collect(),
        dispute: step.dispute.as_ref().map(|it| dispute(it, language)),
        assumed: assumed(&step.assumed),
    }
}

fn assumed(assumed: &[(String, String)]) -> Vec<WireAssumed<'_>> {
    assumed.iter().map(|(label, value)| WireAssumed { label, value }).collect()
}

fn fact(fact: &DecidingFact) -> (String, Json) {
    let value = match &fact.value {
        Value::Truth(truth) => Json::Bool(*truth),
        Value::Number(number) => whole(*number).map_or_else(|| Json::from(*number), Json::from),
        Value::None => Json::Null,
        Value::Text(_) | Value::Unreadable => Json::from(fact.written.as_str()),
        value => Json::from(value.iso()),
    };
    (fact.label.clone(), value)
}

/// A number without a fraction is written without one.
fn whole(number: f64) -> Option<i64> {
    let text = number.to_string();
    text.parse().ok()
}

fn link(link: &Link) -> String {
    match &link.anchor {
        Some(anchor) => format!("{}#{anchor}", link.article),
        None => link.article.clone(),
    }
}

fn dispute(dispute: &Dispute, language: Language) -> WireDispute<'_> {
    WireDispute {
        flow: &dispute.flow,
        updated: dispute.updated.map(|day| day.to_string()),
        state: state(dispute.state),
        reasons: words(&dispute.reasons, language),
        leads: dispute.leads,
    }
}

fn contradiction(contradiction: &Contradiction) -> WireContradiction<'_> {
    let values = contradiction.values.iter().map(|(value, place)| WireValue {
        value,
        file: place.file.as_deref(),
        line: place.line,
    });
    WireContradiction {
        label: &contradiction.label,
        device: contradiction.device.as_deref(),
        values: values.collect(),
    }
}

fn words(phrases: &[Phrase], language: Language) -> Vec<&str> {
    phrases.iter().map(|phrase| phrase.text(language)).collect()
}

fn question(question: &Option<Question>, language: Language) -> Option<&str> {
    question.as_ref().map(|question| question.text.text(language))
}

const fn state(state: State) -> &'static str {
    match state {
        State::Passed => "passed",
        State::Cause => "cause",
        State::Unknown => "unknown",
        State::Skipped => "skipped",
    }
}

const fn conclusion(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Cause => "cause",
        Conclusion::Disputed => "disputed",
        Conclusion::Open => "open",
        Conclusion::Done => "done",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::{evaluate, parse};
    use crate::record::{ReadOptions, Vocabulary, read};

    #[test]
    fn the_whole_shape() {
        let text = "---\ntitle: 題\nproduct: P\nupdated: 2024-01-02\n---\n# 題\n\n症状: s\n\n## 使う項目\n\n| 項目 | 型 | 見る場所 |\n|---|---|---|\n| 登録日時 | 日時 | 画面 |\n| 完了 | 真偽 | |\n| 台数 | 数 | |\n\n## 1 先\n\n- 「完了」= FALSE → 次へ\n- 「登録日時」がある → 計算: 期限 = 「登録日時」+ 6日\n\n## 2 後\n\n- 「台数」> 1 → 原因: 多い [対処](../a/b.md#c)\n\n## 3 別\n\n- 「台数」= 0 → 完了: よい\n";
        let flows_read = [parse("flows/f.md", text)];
        let paste = "登録日時\t2024/05/08 10:00\n完了\tFALSE\n台数\t2\n登録状態\tx\n";
        let reading = read(None, paste.as_bytes(), &ReadOptions::default(), &Vocabulary::default());
        let answers = evaluate(&flows_read, &reading.facts, &[], None);
        insta::assert_snapshot!(flow_json(&answers, Language::Ja));
    }
}
