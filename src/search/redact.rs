//! Takes what belongs to people and places out of an answer, before anyone sees it.
//!
//! Every type of an answer is taken apart field by field, without a rest: a field that comes to it does not compile
//! here, or where the type is declared, until it is decided what becomes of it. Fields that hold words of articles, flows and dictionaries stay.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Answer, Evidence, IncidentAnswer, Remedy, Waiting};
use crate::facts::{Code, Incident, Names, mask_line, mask_value};
use crate::flow::value::Value;
use crate::flow::{Computed, Contradiction, DecidingFact, Dispute, FlowAnswer, Question, Step};
use crate::source::{Location, Phrase, Span, Warning};

/// Replaces what in the log is somebody's by placeholders, and the names of devices by numbers, so that the answer
/// can be passed on. Codes, versions and line numbers stay.
pub fn redact(answer: &mut Answer) {
    let hidden = Hidden::of(answer);
    // `read` is counts alone.
    let Answer { notices: _, incidents, waiting, flows, reached: _, warnings, read: _ } = answer;
    for answer in incidents {
        hidden.incident_answer(answer);
    }
    for Waiting { operation: _, device_count: _, devices, locations } in waiting {
        for device in devices {
            hidden.device(device);
        }
        for location in locations {
            hidden.location(location);
        }
    }
    for flow in flows {
        hidden.flow(flow);
    }
    for Warning { file, line: _, message } in warnings {
        hidden.file(file);
        hidden.phrase(message);
    }
}

/// The names of an answer's devices, each with its number.
struct Hidden {
    numbers: BTreeMap<String, usize>,
    names: Names,
}

impl Hidden {
    fn of(answer: &Answer) -> Self {
        let mut hidden = Self { numbers: BTreeMap::new(), names: Names::default() };
        let incidents = answer.incidents.iter().flat_map(|answer| &answer.incident.devices);
        let flows = answer.flows.iter().flat_map(|flow| &flow.devices);
        let facts = answer.incidents.iter().flat_map(|answer| &answer.incident.facts);
        let contradictions = answer.flows.iter().flat_map(|flow| &flow.contradictions);
        let told = facts.filter_map(|fact| fact.device.as_ref());
        let contradicting = contradictions.filter_map(|it| it.device.as_ref());
        let waiting = answer.waiting.iter().flat_map(|waiting| &waiting.devices);
        for device in incidents.chain(flows).chain(waiting).chain(told).chain(contradicting) {
            let next = hidden.numbers.len() + 1;
            hidden.numbers.entry(device.clone()).or_insert(next);
            hidden.names.add("device", device);
        }
        hidden
    }

    fn incident_answer(&self, answer: &mut IncidentAnswer) {
        let (incident, last_time, remedies) = answer.of_the_log();
        self.incident(incident);
        if let Some(last) = last_time {
            self.text(&mut last.note);
        }
        for remedy in remedies {
            self.remedy(remedy, &incident.message);
        }
    }

    fn incident(&self, incident: &mut Incident) {
        let Incident {
            signature: _,
            kind: _,
            message,
            masked,
            variables,
            truncated: _,
            command: _,
            codes,
            facts,
            severity: _,
            product: _,
            count: _,
            exact: _,
            first_seen: _,
            last_seen: _,
            device_count: _,
            devices,
            locations,
            span,
        } = incident;
        self.text(message);
        self.text(masked);
        // They are ranges of a message that is no more, and labels with their values.
        variables.clear();
        facts.clear();
        for Code { domain: _, number: _, written: _, stated: _ } in codes {
            // A code says what happened, and of nobody.
        }
        for device in devices {
            self.device(device);
        }
        for location in locations {
            self.location(location);
        }
        self.span(span);
    }

    fn remedy(&self, remedy: &mut Remedy, message: &str) {
        let Remedy {
            id: _,
            passage_id: _,
            title: _,
            section: _,
            passage,
            role: _,
            matched: _,
            product: _,
            platforms: _,
            updated: _,
            source: _,
            path: _,
            line: _,
            score: _,
            confidence: _,
            applies: _,
            cautions: _,
            destructive: _,
            harmless: _,
            filled,
            valid_until: _,
            expired: _,
            evidence,
        } = remedy;
        for value in filled.drain(..) {
            *passage = passage.replace(&value, "○○");
        }
        for evidence in evidence {
            self.evidence(evidence, message);
        }
    }

    /// The log's side of the evidence; the article's side holds nothing of the log.
    fn evidence(&self, evidence: &mut Evidence, message: &str) {
        match evidence {
            Evidence::Code { relation: _, log: _, article: _, span, of: _ } => self.place(span),
            Evidence::Message { similarity: _, log, article: _, span, of: _ } => {
                message.clone_into(log);
                self.place(span);
            }
            Evidence::Command { command: _ } => {}
            Evidence::Status { log, article, span, of: _ } => {
                log.clone_from(article);
                self.place(span);
            }
            // The words as the passage writes them.
            Evidence::Text { words: _, coverage: _, of: _, asked: _ } => {}
        }
    }

    fn flow(&self, flow: &mut FlowAnswer) {
        let FlowAnswer {
            id: _,
            title: _,
            product: _,
            symptom: _,
            updated: _,
            source: _,
            device_count: _,
            devices,
            row_count: _,
            waiting: _,
            conclusion: _,
            steps,
            next,
            contradictions,
        } = flow;
        for device in devices {
            self.device(device);
        }
        for step in steps {
            self.step(step);
        }
        self.question(next);
        for contradiction in contradictions {
            self.contradiction(contradiction);
        }
    }

    fn step(&self, step: &mut Step) {
        let Step {
            number: _,
            title: _,
            question: _,
            state: _,
            case: _,
            reasons,
            facts,
            text,
            candidate: _,
            // The flow's own premises.
            assumed: _,
            remedy: _,
            then: _,
            ask,
            searches_log: _,
            incidents: _,
            computed,
            dispute,
        } = step;
        for reason in reasons {
            self.phrase(reason);
        }
        for fact in facts {
            self.fact(fact);
        }
        if let Some(text) = text {
            *text = self.names.mask(text, &[]);
        }
        self.question(ask);
        for Computed { name: _, least: _, greatest: _, assumed: _ } in computed {
            // Times and durations.
        }
        if let Some(Dispute { flow: _, updated: _, state: _, reasons, leads: _ }) = dispute {
            for reason in reasons {
                self.phrase(reason);
            }
        }
    }

    fn fact(&self, fact: &mut DecidingFact) {
        let DecidingFact { label, value, written, location } = fact;
        *written = self.value(label, written);
        match value {
            Value::Text(text) => *text = self.value(label, text),
            Value::Time(_)
            | Value::Duration(_)
            | Value::Number(_)
            | Value::Version(_)
            | Value::Truth(_)
            | Value::Empty
            | Value::None
            | Value::Unreadable => {}
        }
        if let Some(location) = location {
            self.location(location);
        }
    }

    fn question(&self, question: &mut Option<Question>) {
        // Words of the flow, in which the name of a device may be.
        if let Some(Question {
            label: _,
            place: _,
            text,
            expects: _,
            check: _,
            asks: _,
            choices: _,
            example: _,
            answers: _,
            declined: _,
        }) = question
        {
            *text = Phrase::in_both(|language| self.names.mask(text.text(language), &[]));
        }
    }

    fn contradiction(&self, contradiction: &mut Contradiction) {
        let Contradiction { label, device, values } = contradiction;
        if let Some(device) = device {
            self.device(device);
        }
        for (value, location) in values {
            *value = self.value(label, value);
            self.location(location);
        }
    }

    /// The number of a device in place of its name.
    fn device(&self, device: &mut String) {
        let number = self.numbers.get(device).copied().unwrap_or_default();
        *device = format!("{{device-{number}}}");
    }

    fn text(&self, text: &mut String) {
        *text = mask_line(&self.names.mask(text, &[]));
    }

    fn phrase(&self, phrase: &mut Phrase) {
        *phrase =
            Phrase::in_both(|language| mask_line(&self.names.mask(phrase.text(language), &[])));
    }

    /// The value of a label, which may say whose it is.
    fn value(&self, label: &str, value: &str) -> String {
        mask_value(label, &self.names.mask(value, &[]))
    }

    fn place(&self, span: &mut Option<Span>) {
        if let Some(span) = span {
            self.span(span);
        }
    }

    fn span(&self, span: &mut Span) {
        let Span { location, range: _ } = span;
        self.location(location);
    }

    fn location(&self, location: &mut Location) {
        let Location { file, line: _ } = location;
        self.file(file);
    }

    /// The name of a file without the directories of whoever pasted it.
    fn file(&self, file: &mut Option<Arc<str>>) {
        let Some(name) = file.as_deref() else { return };
        let absolute = name.starts_with(['/', '~', '\\']) || name.get(1..2) == Some(":");
        let kept =
            if absolute { name.rsplit(['/', '\\']).next().unwrap_or_default() } else { name };
        let parts: Vec<String> =
            kept.split('/').map(|part| mask_line(&self.names.mask(part, &[]))).collect();
        *file = Some(parts.join("/").into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::{evaluate, parse};
    use crate::record::{ReadOptions, Vocabulary, read};
    use crate::report::{TextOptions, json, samples, text};
    use crate::source::Language;

    #[test]
    fn nothing_of_people_or_devices_is_left() {
        let mut answer = samples::answer();
        let before = json(&answer, Language::Ja);
        redact(&mut answer);
        let after = json(&answer, Language::Ja);
        for name in ["sales_20221110", "sales_iPhone07"] {
            assert!(before.contains(name), "{name}");
            assert!(!after.contains(name), "{name}");
        }
        assert!(after.contains("{device-1}"));
        assert!(answer.incidents[0].incident.message.contains("(4026)"));
    }

    /// An answer of a flow whose facts, contradictions and reasons name devices and people.
    fn of_a_flow() -> Answer {
        let flow = "---\ntitle: 題\nproduct: P\nupdated: 2024-01-02\n---\n# 題\n\n症状: s\n\n## 使う項目\n\n| 項目 | 型 | 見る場所 |\n|---|---|---|\n| 利用者 | 文字 | 画面 |\n| 状態 | 文字 | 画面 |\n\n## 1 先\n\n- 「利用者」= \"佐藤花子\" → 原因: 同じ [対処](../a/b.md#c)\n\n## 2 後\n\n- 「状態」= 完了 → 完了: よい\n";
        let paste = "管理番号\tkiosk7\n利用者\t佐藤花子\n状態\t失敗\n\n管理番号\tkiosk7\n利用者\t佐藤花子\n状態\t完了\n";
        let file: Arc<str> = "/home/hanako/佐藤_kiosk7.txt".into();
        let reading =
            read(Some(file), paste.as_bytes(), &ReadOptions::default(), &Vocabulary::default());
        let mut answer = samples::answer();
        answer.flows = evaluate(&[parse("flows/f.md", flow)], &reading.facts, &[], None);
        answer.warnings.push(Warning {
            file: Some("/home/hanako/佐藤_kiosk7.txt".into()),
            line: Some(3),
            message: Phrase::new("3行目の「user=hanako」", "line 3: user=hanako, kiosk7"),
        });
        answer
    }

    #[test]
    fn flows_facts_contradictions_and_warnings_are_covered() {
        let mut answer = of_a_flow();
        let today = jiff::civil::date(2024, 5, 8);
        let options = TextOptions { explain: true, ..TextOptions::plain(Language::Ja, 100, today) };
        let whole =
            |answer: &Answer| format!("{}{}", json(answer, Language::Ja), text(answer, &options));
        let before = whole(&answer);
        redact(&mut answer);
        let after = whole(&answer);
        for name in ["kiosk7", "佐藤", "hanako"] {
            assert!(before.contains(name), "{name} in {before}");
            assert!(!after.contains(name), "{name} in {after}");
        }
        for kept in ["題", "状態", "{device-"] {
            assert!(after.contains(kept), "{kept} in {after}");
        }
    }
}
