//! An answer of a check flow in words: what came out, of which devices, and what each check rests on.

use jiff::civil::Date;

use super::{remedy, sanitized, say, separator, some_of};
use crate::flow::{
    Computed, Conclusion, Contradiction, Dispute, FlowAnswer, Question, State, Step,
};
use crate::source::Language;

/// How many devices a result names.
const NAMED: usize = 5;

/// `対象: BizMobile Go!`, `更新 2022-11-01（2年前）`.
pub(crate) fn scope(answer: &FlowAnswer, language: Language, today: Date) -> Vec<String> {
    let product = answer.product.as_ref();
    let product = product.map(|name| sanitized(&say!(language, "対象: {name}", "For: {name}")));
    let updated = answer.updated.map(|day| remedy::updated(day, today, language));
    product.into_iter().chain(updated).collect()
}

pub(crate) fn named(result: &FlowAnswer, language: Language) -> String {
    some_of(&result.devices, NAMED, language)
}

pub(crate) fn verdict(result: &FlowAnswer, language: Language) -> String {
    let said = |word: &str, text: Option<&str>| match text {
        Some(text) => format!("{word}: {text}"),
        None => word.to_owned(),
    };
    let last = |wanted: fn(&Step) -> bool| result.steps.iter().rfind(|step| wanted(step));
    let text = |step: Option<&Step>| step.and_then(|step| step.text.clone());
    match result.conclusion {
        Conclusion::Cause => {
            let cause = last(|step| step.state == State::Cause);
            said(language.pick("原因", "cause"), text(cause).as_deref())
        }
        Conclusion::Disputed => {
            say!(language, "未確定（2つの資料で判断が分かれる）", "undecided: two flows disagree")
        }
        Conclusion::Open => {
            let candidate = result.steps.iter().find(|step| step.candidate);
            if candidate.is_some() {
                return said(language.pick("候補", "candidate"), text(candidate).as_deref());
            }
            if last(|step| step.searches_log && step.state == State::Passed).is_some() {
                return language.pick("ログを調べる", "the log tells").to_owned();
            }
            let open = result.steps.iter().find(|step| step.state == State::Unknown);
            let title = open.map(|step| format!("{} {}", step.number, step.title));
            said(language.pick("未確認", "unknown"), title.as_deref())
        }
        Conclusion::Done => {
            let done = last(|step| step.state == State::Passed && step.text.is_some());
            said(language.pick("完了", "done"), text(done).as_deref())
        }
    }
}

/// The checks of one among several flows: 「…のときの確認フロー」（2022-11-01）だけの確認.
pub(crate) fn of_one(flow: &FlowAnswer, language: Language) -> String {
    let day = flow.updated.map(|day| say!(language, "（{day}）", " ({day})")).unwrap_or_default();
    let title = &flow.title;
    say!(language, "「{title}」{day}だけの確認", "What \"{title}\"{day} alone checks")
}

/// A label with the values that contradict each other, and their lines.
pub(crate) fn contradicted(contradiction: &Contradiction, language: Language) -> String {
    let values = contradiction
        .values
        .iter()
        .map(|(value, place)| say!(language, "{value}（{}行目）", "{value} (line {})", place.line));
    let values: Vec<String> = values.collect();
    format!("「{}」 {}", contradiction.label, values.join(separator(language)))
}

/// The check to go on with where a remedy does not help.
pub(crate) fn goes_on(step: &Step, language: Language) -> Option<String> {
    let then = step.then.as_ref()?;
    Some(say!(
        language,
        "直らなければ「{then}」の確認へ進みます。",
        "If that does not help, go on with \"{then}\"."
    ))
}

/// The premises that a flow assumes where nothing was pasted: 「操作の種類」が「プロファイルの変更」なら.
pub(crate) fn premises(assumed: &[(String, String)], language: Language) -> Vec<String> {
    let said = assumed.iter().map(|(label, value)| {
        say!(language, "「{label}」が「{value}」なら", "if \"{label}\" is \"{value}\"")
    });
    said.collect()
}

pub(crate) const fn state(step: &Step, language: Language) -> &'static str {
    if step.dispute.is_some() {
        return language.pick("未確定", "undecided");
    }
    if step.candidate {
        return language.pick("候補", "candidate");
    }
    match step.state {
        State::Passed | State::Unknown if step.searches_log => {
            language.pick("ログを調べる", "see the log")
        }
        State::Passed if step.text.is_some() => language.pick("完了", "done"),
        state => outcome(state, language),
    }
}

const fn outcome(state: State, language: Language) -> &'static str {
    match state {
        State::Passed => language.pick("次へ", "next"),
        State::Cause => language.pick("原因", "cause"),
        State::Unknown | State::Skipped => language.pick("未確認", "unknown"),
    }
}

/// The differing result of the other flow of the same symptom.
pub(crate) fn disputed(dispute: &Dispute, language: Language) -> String {
    let day = dispute.updated.map(|day| format!("（{day}）")).unwrap_or_default();
    let reasons: Vec<&str> = dispute.reasons.iter().map(|it| it.text(language)).collect();
    let other = language.pick("もう1つの資料", "the other flow");
    let state = outcome(dispute.state, language);
    format!("{other}{day}: {state} {}", reasons.join(separator(language)))
}

/// `PUSHタイムアウトになる日時: 2024-05-14 10:00`, or from the first to the last of several.
pub(crate) fn shown(computed: &Computed, language: Language) -> String {
    let least = computed.least.text(language);
    let greatest = computed.greatest.text(language);
    let mut said = if least == greatest {
        format!("{}: {least}", computed.name)
    } else {
        format!("{}: {least}{}{greatest}", computed.name, language.pick("～", " to "))
    };
    let premises = premises(&computed.assumed, language);
    if !premises.is_empty() {
        let premises = premises.join(separator(language));
        said.push_str(&say!(language, "（{premises}）", " ({premises})"));
    }
    said
}

/// The question of the check, and the answers that it knows.
pub(crate) fn asked(question: &Question, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(check), Some(asks)) = (&question.check, &question.asks) {
        lines.push(format!("{check}: {asks}"));
    }
    if !question.choices.is_empty() {
        let label = language.pick("答え: ", "Answers: ");
        lines.push(format!("{label}{}", question.choices.join(language.pick("、", ", "))));
    }
    lines
}
