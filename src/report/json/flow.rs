//! Answers of the check flows as JSON: the elements of `flows` in `shirube.answer/1`.
//! Each field has its description beside it.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{SCHEMA, document};
use crate::facts::Operation;
use crate::flow::value::Value;
use crate::flow::{
    Conclusion, Contradiction, DecidingFact, Dispute, FlowAnswer, Link, Question, State, Step,
};
use crate::report::view::advice;
use crate::source::{Language, Phrase};

/// An element of `flows`.
#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "FlowAnswer"))]
pub(crate) struct WireFlow<'a> {
    /// The flow.
    id: &'a str,
    /// Its title.
    title: &'a str,
    /// The console that it is for.
    product: Option<&'a str>,
    /// The symptom that it starts from.
    symptom: Option<&'a str>,
    /// When it was last changed: an ISO 8601 date.
    updated: Option<String>,
    /// Where it comes from, a link.
    source: Option<&'a str>,
    /// How many devices came out alike.
    device_count: u64,
    /// Those that the paste names.
    devices: &'a [String],
    /// How many rows came out alike; a device may have several.
    row_count: u64,
    /// The result.
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["cause", "disputed", "open", "done"])))]
    conclusion: &'static str,
    /// The checks, in order.
    steps: Vec<WireStep<'a>>,
    /// The one thing to look at next.
    next: Option<&'a str>,
    /// The label that it is about.
    next_label: Option<&'a str>,
    /// Where that stands on the console.
    next_place: Option<&'a str>,
    /// The labels that say two things.
    contradictions: Vec<WireContradiction<'a>>,
    /// The operation that waits for the devices.
    waiting: Option<&'static str>,
    /// The id of the flow of the same symptom that this is told with as one advice.
    told_with: Option<&'a str>,
    /// The check that asks.
    next_check: Option<&'a str>,
    /// Its question, in the flow's words.
    next_question: Option<&'a str>,
    /// The answers that it knows.
    next_choices: &'a [String],
    /// How an answer looks.
    next_example: Option<&'a str>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Step"))]
struct WireStep<'a> {
    /// The number of the heading.
    number: &'a str,
    /// The heading.
    check: &'a str,
    /// How far the facts decide it.
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["passed", "cause", "unknown", "skipped"])))]
    state: &'static str,
    /// The facts that decided, those of the first device: times as ISO 8601.
    facts: Map<String, Json>,
    /// The comparisons that decided, in words.
    reasons: Vec<&'a str>,
    /// The cause or the advice, in the flow's words.
    text: Option<&'a str>,
    /// Whether text and remedy are of a cause that is not settled.
    candidate: bool,
    /// The passage that it leads to: id#anchor.
    remedy: Option<String>,
    /// The missing knowledge of an unknown check.
    ask: Option<&'a str>,
    /// Whether the step searches the log.
    searches_log: bool,
    /// The indices of the incidents that it found there.
    incidents: &'a [usize],
    /// The values that were computed.
    computed: Vec<WireComputed<'a>>,
    /// Another flow's answer to the same.
    dispute: Option<WireDispute<'a>>,
    /// The assumptions, as nobody said otherwise.
    assumed: Vec<WireAssumed<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Assumed"))]
struct WireAssumed<'a> {
    /// The label.
    label: &'a str,
    /// The value that was assumed.
    value: &'a str,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Computed"))]
struct WireComputed<'a> {
    /// Its name.
    name: &'a str,
    /// The least that it may be: ISO 8601.
    least: String,
    /// The greatest that it may be.
    greatest: String,
    /// The assumption that it rests on.
    assumed: Vec<WireAssumed<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Dispute"))]
struct WireDispute<'a> {
    /// The other flow.
    flow: &'a str,
    /// When that was last changed.
    updated: Option<String>,
    /// Its state.
    #[cfg_attr(feature = "server", schemars(extend("enum" = ["passed", "cause", "unknown", "skipped"])))]
    state: &'static str,
    /// The comparisons that decided there, in words.
    reasons: Vec<&'a str>,
    /// Whether the other one leads.
    leads: bool,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Contradiction"))]
struct WireContradiction<'a> {
    /// The label.
    label: &'a str,
    /// The device; null where the paste names none.
    device: Option<&'a str>,
    /// The values that contradict each other, in the order of the paste.
    values: Vec<WireValue<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(
    feature = "server",
    derive(schemars::JsonSchema),
    schemars(rename = "ContradictingValue")
)]
struct WireValue<'a> {
    /// The value.
    value: &'a str,
    /// The file; null for what was pasted.
    file: Option<&'a str>,
    /// The line, from 1.
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
        notices: [],
    };
    document(&wire)
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    incidents: [(); 0],
    flows: Vec<WireFlow<'a>>,
    warnings: [(); 0],
    waiting: [(); 0],
    notices: [(); 0],
}

/// Answers of the flows, in `language` where they are words.
pub(crate) fn flows(answers: &[FlowAnswer], language: Language) -> Vec<WireFlow<'_>> {
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
