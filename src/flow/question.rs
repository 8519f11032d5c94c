//! The questions of a flow, and the fact that an answer becomes.

use super::condition::Missing;
use super::document::{Check, Flow};
use super::value::Type;
use crate::facts::Fact;
use crate::source::{Language, Location, Phrase, add_new, phrase};
use crate::text::fold;

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Question {
    /// The label that decides, where it is one.
    pub label: Option<String>,
    /// Where it is on the console.
    pub place: Option<String>,
    /// The question.
    pub text: Phrase,
    /// The kind of answer that decides.
    pub expects: Expects,
    /// The number and the title of the check that asks.
    pub check: Option<String>,
    /// The question of that check, in the flow's words.
    pub asks: Option<String>,
    /// The answers that the flow tells apart, where they are words: `はい`, `いいえ`, the states of a job.
    pub choices: Vec<String>,
    /// How an answer looks, where it is no word of a list.
    pub example: Option<String>,
    /// The label of the fact that an answer becomes: its own, or that of the list in which a message would be shown.
    pub answers: Option<String>,
    /// Whether somebody was asked already and does not know.
    pub declined: bool,
}

/// The kinds of answer that decide a question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Expects {
    /// The value of the label, of this type.
    Value(Type),
    /// Whether this message is shown.
    Message(String),
    /// Nothing that can be typed in: a log to paste, another try.
    #[default]
    Nothing,
}

/// The value of a fact that nobody knows, as a paste has it.
pub(crate) const NOT_KNOWN: &str = "わからない";

impl Question {
    pub(super) fn at(mut self, check: &Check) -> Self {
        self.check = Some(format!("{} {}", check.number, check.title).trim().to_owned());
        self.asks = Some(check.question.replace('\n', " ")).filter(|asks| !asks.is_empty());
        self
    }

    /// The fact that a typed answer becomes, at line `line` of the conversation.
    ///
    /// An empty answer is none: whoever does not know says nothing. `空` is an empty field. Whether a
    /// message is shown is answered by `はい` or `いいえ` (`y`, `n`).
    #[must_use]
    pub fn answered(&self, reply: &str, line: u32) -> Option<Fact> {
        let reply = reply.trim();
        if reply.is_empty() {
            return None;
        }
        let (label, value) = match &self.expects {
            Expects::Value(_) => {
                let empty = super::value::is_blank(&fold(reply));
                (self.label.clone()?, if empty { String::new() } else { reply.to_owned() })
            }
            Expects::Message(message) => {
                let shown = is_yes(reply)?;
                (self.answers.clone()?, if shown { message.clone() } else { "なし".to_owned() })
            }
            Expects::Nothing => return None,
        };
        Some(Fact { label, value, device: None, location: Location { file: None, line } })
    }

    /// The fact that nobody knows the answer.
    pub(super) fn not_known(&self, line: u32) -> Option<Fact> {
        let (label, value) = (self.answers.clone()?, NOT_KNOWN.to_owned());
        Some(Fact { label, value, device: None, location: Location { file: None, line } })
    }
}

fn is_yes(reply: &str) -> Option<bool> {
    match super::value::read(Type::Truth, reply) {
        super::value::Value::Truth(truth) => Some(truth),
        _ if reply.eq_ignore_ascii_case("y") => Some(true),
        _ if reply.eq_ignore_ascii_case("n") => Some(false),
        _ => None,
    }
}

pub(super) fn question(missing: &Missing, flow: &Flow) -> Question {
    let of_fact = |label: &String, text: Phrase| {
        let declared = flow.fact(label);
        let expects = Expects::Value(declared.map_or(Type::Text, |fact| fact.kind));
        let place = declared.and_then(|fact| fact.place.clone());
        let answers = Some(label.clone());
        Question { label: answers.clone(), place, text, expects, answers, ..Question::default() }
    };
    let messages = flow.facts.iter().find(|fact| fact.kind == Type::Messages);
    let mut question = match missing {
        Missing::Fact(label) => {
            of_fact(label, phrase!("「{label}」を確かめてください", "look at 「{label}」"))
        }
        Missing::Exactly(label) => {
            let ja = format!("「{label}」を秒まで確かめてください");
            of_fact(label, Phrase::new(ja, format!("look at 「{label}」, with its seconds")))
        }
        Missing::Message(text) => Question {
            place: messages.and_then(|fact| fact.place.clone()),
            text: phrase!(
                "「{text}」が出ていないかを確かめてください",
                "look whether \"{text}\" is shown"
            ),
            expects: Expects::Message(text.clone()),
            answers: messages.map(|fact| fact.label.clone()),
            ..Question::default()
        },
        Missing::Code(code) => {
            let ja = format!("コード {code} が出ていないかを確かめてください");
            advice(Phrase::new(ja, format!("look whether the code {code} is shown")), None)
        }
        Missing::Now => {
            let ja = "現在の日時が必要です（--now）";
            advice(Phrase::new(ja, "the present time is needed (--now)"), None)
        }
    };
    if let Some(place) = &question.place {
        let (ja, en) = (question.text.text(Language::Ja), question.text.text(Language::En));
        question.text = phrase!("{ja}（{place}）", "{en} ({place})");
    }
    let label = question.label.as_deref();
    question.choices = choices(flow, label, &question.expects);
    let limit = label.is_some_and(|label| flow.is_limit(label));
    let example = example(&question.expects, limit).filter(|_| question.choices.is_empty());
    question.example = example.map(str::to_owned);
    question
}

/// The answers that the flow tells apart: yes and no or, of a text, each that a condition names.
fn choices(flow: &Flow, label: Option<&str>, expects: &Expects) -> Vec<String> {
    match (expects, label) {
        (Expects::Value(Type::Truth) | Expects::Message(_), _) => {
            vec!["はい".to_owned(), "いいえ".to_owned()]
        }
        (Expects::Value(Type::Text), Some(label)) => {
            let declared = flow.fact(label).map(|fact| fact.choices.clone());
            let mut choices: Vec<String> = declared.unwrap_or_default();
            let conditions = flow.checks.iter().flat_map(Check::conditions);
            let texts = conditions.flat_map(|condition| condition.texts_beside(label));
            add_new(&mut choices, texts.map(str::to_owned));
            choices
        }
        _ => Vec::new(),
    }
}

/// How an answer of a type looks; a limit wants its year.
const fn example(expects: &Expects, limit: bool) -> Option<&'static str> {
    match expects {
        Expects::Value(Type::Time) if limit => Some("2027年3月31日、2027/3/31 9:05、空欄"),
        Expects::Value(Type::Time) => Some("11/23 9:05、きのう 9:05、2026年11月23日 9:05:12"),
        Expects::Value(Type::Duration) => Some("3日、1日12時間"),
        Expects::Value(Type::Number) => Some("0、236"),
        Expects::Value(Type::Version) => Some("9.1、17.4.1"),
        _ => None,
    }
}

/// A question that no typed answer decides.
pub(super) fn advice(text: Phrase, place: Option<String>) -> Question {
    Question { place, text, ..Question::default() }
}
