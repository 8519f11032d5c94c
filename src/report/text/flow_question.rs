//! A question of a check flow as a terminal asks it.
//!
//! 1. What was answered so far;
//! 2. the check with its own question;
//! 3. the label, where it is, the allowed answers or an example.

use super::{Fragment, Role, Screen, TextOptions};
use crate::flow::value::Type;
use crate::flow::{Expects, Given, Question};
use crate::report::view::separator;
use crate::source::Language;

/// The question as text for a terminal; the answer is typed after it.
#[must_use]
pub fn flow_question(question: &Question, given: &[Given], options: &TextOptions) -> String {
    let language = options.language;
    let mut screen = Screen::new(options);
    if !given.is_empty() {
        let told: Vec<String> = given.iter().map(|it| said(it, language)).collect();
        let label = language.pick("ここまで: ", "So far: ");
        let told = Fragment::new(told.join(separator(language)), Role::Faint);
        screen.labelled(0, label, Role::Faint, &[told]);
        screen.blank();
    }
    if let Some(check) = &question.check {
        screen.text(0, check, Role::Strong);
    }
    if let Some(asks) = &question.asks {
        screen.text(2, asks, Role::Plain);
    }
    screen.text(2, question.text.text(language), Role::Plain);
    if let Some(line) = answers(question, language) {
        screen.text(2, &line, Role::Plain);
    }
    screen.finish()
}

/// The possible answers: `答え: はい / いいえ / わからない`; of a value an example.
fn answers(question: &Question, language: Language) -> Option<String> {
    if matches!(question.expects, Expects::Message(_) | Expects::Value(Type::Truth)) {
        let (ja, en) = ("答え: はい / いいえ / わからない", "Answer: y / n / ? (unknown)");
        return Some(language.pick(ja, en).to_owned());
    }
    if question.choices.is_empty() {
        let example = question.example.as_ref()?;
        return Some(format!("{}{example}", language.pick("例: ", "For example: ")));
    }
    let choices =
        question.choices.iter().zip(1..).map(|(choice, number)| format!("{number} {choice}"));
    let choices = choices.collect::<Vec<_>>().join(" / ");
    let label = language.pick("答え（番号でも）: ", "Answer (or its number): ");
    let unknown = language.pick("わからない", "?");
    Some(format!("{label}{choices} / {unknown}"))
}

fn said(given: &Given, language: Language) -> String {
    let unknown = language.pick("わからない", "unknown");
    let label = match (&given.question.label, &given.question.expects) {
        (Some(label), _) => label.clone(),
        (None, Expects::Message(message)) => format!("「{message}」"),
        (None, _) => given.question.text.text(language).to_owned(),
    };
    let value = match (&given.fact, &given.question.expects) {
        (None, _) => unknown,
        (Some(fact), Expects::Message(message)) if fact.value == *message => {
            language.pick("はい", "yes")
        }
        (Some(_), Expects::Message(_)) => language.pick("いいえ", "no"),
        (Some(fact), _) if fact.value.is_empty() => language.pick("空欄", "empty"),
        (Some(fact), _) => fact.value.as_str(),
    };
    format!("{label} {value}")
}
