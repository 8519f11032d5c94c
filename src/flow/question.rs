//! What a flow asks, and the fact that an answer becomes.

use super::condition::Missing;
use super::document::Flow;
use super::value::Type;
use crate::facts::Fact;
use crate::source::{Location, Phrase};

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// The label that decides, where it is one.
    pub label: Option<String>,
    /// Where it stands on the console.
    pub place: Option<String>,
    /// The question.
    pub text: Phrase,
    /// What kind of answer decides.
    pub expects: Expects,
}

/// What kind of answer decides a question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Expects {
    /// What the label says, of this type.
    Value(Type),
    /// Whether this message is shown.
    Message(String),
    /// Nothing that can be typed in: a log to paste, another try.
    Nothing,
}

impl Question {
    /// The fact that a typed answer becomes, at line `line` of the conversation.
    ///
    /// An empty answer is none: whoever does not know says nothing. `空` is an empty field. Whether a
    /// message is shown is answered by `はい` or `いいえ` (`y`, `n`).
    #[must_use]
    pub fn answered(&self, flow: &Flow, reply: &str, line: u32) -> Option<Fact> {
        let reply = reply.trim();
        if reply.is_empty() {
            return None;
        }
        let (label, value) = match &self.expects {
            Expects::Value(_) => {
                let empty = matches!(reply, "空" | "空欄" | "empty");
                (self.label.clone()?, if empty { String::new() } else { reply.to_owned() })
            }
            Expects::Message(message) => {
                let list = flow.facts.iter().find(|fact| fact.kind == Type::Messages)?;
                let shown = is_yes(reply)?;
                (list.label.clone(), if shown { message.clone() } else { "なし".to_owned() })
            }
            Expects::Nothing => return None,
        };
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

/// The question for something that is missing.
pub(super) fn question(missing: &Missing, flow: &Flow) -> Question {
    let fact = |label: &String, ja: String, en: String| {
        let declared = flow.fact(label);
        let kind = declared.map_or(Type::Text, |fact| fact.kind);
        let place = declared.and_then(|fact| fact.place.clone());
        (Some(label.clone()), place, ja, en, Expects::Value(kind))
    };
    let (label, place, ja, en, expects) = match missing {
        Missing::Fact(label) => {
            fact(label, format!("「{label}」を確かめてください"), format!("look at 「{label}」"))
        }
        Missing::Exactly(label) => fact(
            label,
            format!("「{label}」を秒まで確かめてください"),
            format!("look at 「{label}」, with its seconds"),
        ),
        Missing::Message(text) => {
            let list = flow.facts.iter().find(|fact| fact.kind == Type::Messages);
            (
                None,
                list.and_then(|fact| fact.place.clone()),
                format!("「{text}」が出ていないかを確かめてください"),
                format!("look whether \"{text}\" is shown"),
                Expects::Message(text.clone()),
            )
        }
        Missing::Code(code) => (
            None,
            None,
            format!("コード {code} が出ていないかを確かめてください"),
            format!("look whether the code {code} is shown"),
            Expects::Nothing,
        ),
        Missing::Now => (
            None,
            None,
            "現在の日時が必要です（--now）".to_owned(),
            "the present time is needed (--now)".to_owned(),
            Expects::Nothing,
        ),
    };
    let at = |open: &str, close: &str| {
        place.as_ref().map_or_else(String::new, |place| format!("{open}{place}{close}"))
    };
    let text = Phrase::new(format!("{ja}{}", at("（", "）")), format!("{en}{}", at(" (", ")")));
    Question { label, place, text, expects }
}

/// A question that no typed answer decides.
pub(super) fn advice(text: Phrase, place: Option<String>) -> Question {
    Question { label: None, place, text, expects: Expects::Nothing }
}
