//! Answers of the check flows as JSON: the elements of `flows` in `shirube.answer/1`.
//! Each field has its description beside it.

use serde_json::{Map, Value as Json};

use super::{each, wire};
use crate::facts::Operation;
use crate::flow::value::Value;
use crate::flow::{Computed, Contradiction, DecidingFact, Dispute, FlowAnswer, Question, Step};
use crate::report::view::advice;
use crate::source::{Language, Location, Phrase};

wire! {
    pub(crate) struct WireFlow<'a> as "FlowAnswer",
    of(answer: &'a FlowAnswer, told_with: Option<&'a str>, language: Language) {
        /// The flow.
        id: &'a str = &answer.id,
        /// Its title.
        title: &'a str = &answer.title,
        /// The console that it is for.
        product: Option<&'a str> = answer.product.as_deref(),
        /// The symptom that it starts from.
        symptom: Option<&'a str> = answer.symptom.as_deref(),
        /// When it was last changed: an ISO 8601 date.
        updated: Option<String> = answer.updated.map(|day| day.to_string()),
        /// Where it comes from, a link.
        source: Option<&'a str> = answer.source.as_deref(),
        /// How many devices came out alike.
        device_count: u64 = answer.device_count,
        /// Those that the paste names.
        devices: &'a [String] = &answer.devices,
        /// How many rows came out alike; a device may have several.
        row_count: u64 = answer.row_count,
        /// The result.
        conclusion: &'static str as ["cause", "disputed", "open", "done"] =
            answer.conclusion.name(),
        /// The checks, in order.
        steps: Vec<WireStep<'a>> = each(&answer.steps, |it| WireStep::of(it, language)),
        /// The one thing to look at next.
        next: Option<&'a str> = question(&answer.next, language),
        /// The label that it is about.
        next_label: Option<&'a str> = answer.next.as_ref().and_then(|next| next.label.as_deref()),
        /// Where that is on the console.
        next_place: Option<&'a str> = answer.next.as_ref().and_then(|next| next.place.as_deref()),
        /// The labels that say two things.
        contradictions: Vec<WireContradiction<'a>> =
            each(&answer.contradictions, WireContradiction::of),
        /// The operation that waits for the devices.
        waiting: Option<&'static str> = answer.waiting.map(Operation::name),
        /// The id of the flow of the same symptom that this is told with as one advice.
        told_with: Option<&'a str> = told_with,
        /// The check that asks.
        next_check: Option<&'a str> = answer.next.as_ref().and_then(|next| next.check.as_deref()),
        /// Its question, in the flow's words.
        next_question: Option<&'a str> = answer.next.as_ref().and_then(|next| next.asks.as_deref()),
        /// The answers that it knows.
        next_choices: &'a [String] = answer.next.as_ref().map_or(&[], |next| &next.choices),
        /// How an answer looks.
        next_example: Option<&'a str> =
            answer.next.as_ref().and_then(|next| next.example.as_deref()),
    }

    struct WireStep<'a> as "Step", of(step: &'a Step, language: Language) {
        /// The number of the heading.
        number: &'a str = &step.number,
        /// The heading.
        check: &'a str = &step.title,
        /// How far the facts decide it.
        state: &'static str as ["passed", "cause", "unknown", "skipped"] = step.state.name(),
        /// The facts that decided, those of the first device: times as ISO 8601.
        facts: Map<String, Json> = step.facts.iter().map(fact).collect(),
        /// The comparisons that decided, in words.
        reasons: Vec<&'a str> = words(&step.reasons, language),
        /// The cause or the advice, in the flow's words.
        text: Option<&'a str> = step.text.as_deref(),
        /// Whether text and remedy are of a cause that is not settled.
        candidate: bool = step.candidate,
        /// The passage that it leads to: id#anchor.
        remedy: Option<String> = step.remedy.as_ref().map(ToString::to_string),
        /// The missing knowledge of an unknown check.
        ask: Option<&'a str> = question(&step.ask, language),
        /// Whether the step searches the log.
        searches_log: bool = step.searches_log,
        /// The indices of the incidents that it found there.
        incidents: &'a [usize] = &step.incidents,
        /// The values that were computed.
        computed: Vec<WireComputed<'a>> = each(&step.computed, WireComputed::of),
        /// Another flow's answer to the same.
        dispute: Option<WireDispute<'a>> =
            step.dispute.as_ref().map(|it| WireDispute::of(it, language)),
        /// The assumptions, as nobody said otherwise.
        assumed: Vec<WireAssumed<'a>> = assumed(&step.assumed),
    }

    struct WireAssumed<'a> as "Assumed", of(label: &'a str, value: &'a str) {
        /// The label.
        label: &'a str = label,
        /// The value that was assumed.
        value: &'a str = value,
    }

    struct WireComputed<'a> as "Computed", of(computed: &'a Computed) {
        /// Its name.
        name: &'a str = &computed.name,
        /// The least that it may be: ISO 8601.
        least: String = computed.least.iso(),
        /// The greatest that it may be.
        greatest: String = computed.greatest.iso(),
        /// The assumption that it rests on.
        assumed: Vec<WireAssumed<'a>> = assumed(&computed.assumed),
    }

    struct WireDispute<'a> as "Dispute", of(dispute: &'a Dispute, language: Language) {
        /// The other flow.
        flow: &'a str = &dispute.flow,
        /// When that was last changed.
        updated: Option<String> = dispute.updated.map(|day| day.to_string()),
        /// Its state.
        state: &'static str as ["passed", "cause", "unknown", "skipped"] = dispute.state.name(),
        /// The comparisons that decided there, in words.
        reasons: Vec<&'a str> = words(&dispute.reasons, language),
        /// Whether the other one leads.
        leads: bool = dispute.leads,
    }

    struct WireContradiction<'a> as "Contradiction", of(contradiction: &'a Contradiction) {
        /// The label.
        label: &'a str = &contradiction.label,
        /// The device; null where the paste names none.
        device: Option<&'a str> = contradiction.device.as_deref(),
        /// The values that contradict each other, in the order of the paste.
        values: Vec<WireValue<'a>> =
            each(&contradiction.values, |(value, place)| WireValue::of(value, place)),
    }

    struct WireValue<'a> as "ContradictingValue", of(value: &'a str, place: &'a Location) {
        /// The value.
        value: &'a str = value,
        /// The file; null for what was pasted.
        file: Option<&'a str> = place.file.as_deref(),
        /// The line, from 1.
        line: u32 = place.line,
    }
}

pub(crate) fn flows(answers: &[FlowAnswer], language: Language) -> Vec<WireFlow<'_>> {
    each(answers, |it| WireFlow::of(it, advice::leads(answers, it), language))
}

fn assumed(assumed: &[(String, String)]) -> Vec<WireAssumed<'_>> {
    each(assumed, |(label, value)| WireAssumed::of(label, value))
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
    number.to_string().parse().ok()
}

fn words(phrases: &[Phrase], language: Language) -> Vec<&str> {
    each(phrases, |phrase| phrase.text(language))
}

fn question(question: &Option<Question>, language: Language) -> Option<&str> {
    question.as_ref().map(|question| question.text.text(language))
}

#[cfg(test)]
mod tests {
    use super::super::{SCHEMA, document, object};
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
        let (flows, none) = (flows(&answers, Language::Ja), [(); 0]);
        insta::assert_snapshot!(document(&object! {
            schema: SCHEMA,
            incidents: none,
            flows: flows,
            warnings: none,
            waiting: none,
            notices: none,
        }));
    }
}
