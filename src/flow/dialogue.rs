//! A flow that is gone through with somebody who answers, one question at a time.
//!
//! 1. What was pasted is known from the beginning;
//! 2. [`Dialogue::question`] is the first open question that was not answered yet;
//! 3. [`Dialogue::reply`] takes what was typed: an answer, `わからない`, `戻る`, `一覧`;
//! 4. it ends where the flow has come to an end, or nothing is left to ask.
//!
//! It reads and prints nothing: the terminal does, and so does a page.

use jiff::civil::DateTime;

use super::answer::{Conclusion, FlowAnswer};
use super::document::Flow;
use super::evaluate::walk_through;
use super::question::{Expects, Question};
use super::value::{Type, Value, is_not_known, read, typed};
use crate::facts::{Fact, Incident};
use crate::source::{Phrase, phrase};
use crate::text::fold;
use crate::text::lexicon::{FLOW_WORDS, Section};

/// A flow that is gone through with somebody who answers.
#[derive(Debug, Clone)]
pub struct Dialogue<'d> {
    flow: &'d Flow,
    pasted: &'d [Fact],
    incidents: &'d [Incident],
    now: Option<DateTime>,
    given: Vec<Given>,
}

/// A question with what was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The question.
    pub question: Question,
    /// The fact that the answer gives; `None` where nobody knows.
    pub fact: Option<Fact>,
}

/// The kinds of reply in a dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reply {
    /// It answers the question, or says that nobody knows.
    Taken,
    /// The last answer is taken back.
    Back,
    /// There is nothing to go back to.
    AtTheBeginning,
    /// A request for the answers given so far.
    List,
    /// It cannot be read; this is what an answer looks like.
    Unreadable(Phrase),
}

static NOT_KNOWN: Section = FLOW_WORDS.section("not known where asked");
static BACK: Section = FLOW_WORDS.section("back");
static LIST: Section = FLOW_WORDS.section("list");
static ASSENT: Section = FLOW_WORDS.section("assent");
static DENIAL: Section = FLOW_WORDS.section("denial");

impl<'d> Dialogue<'d> {
    /// A dialogue that begins with what was pasted; `now` is the clock, for days like `きのう`.
    pub fn new(
        flow: &'d Flow,
        pasted: &'d [Fact],
        incidents: &'d [Incident],
        now: Option<DateTime>,
    ) -> Self {
        Self { flow, pasted, incidents, now, given: Vec::new() }
    }

    /// The answers so far.
    pub fn given(&self) -> &[Given] {
        &self.given
    }

    /// The known facts: those pasted, then those answered; what nobody knows is one that says so.
    pub fn facts(&self) -> Vec<Fact> {
        let answered = self.given.iter().zip(1..).filter_map(|(given, line)| {
            given.fact.clone().or_else(|| given.question.not_known(line))
        });
        self.pasted.iter().cloned().chain(answered).collect()
    }

    /// The answers of the flow on the known facts.
    pub fn answers(&self) -> Vec<FlowAnswer> {
        walk_through(self.flow, &self.facts(), self.incidents, self.now)
    }

    /// The next question; `None` where the flow has come to an end, or nobody knows any more.
    pub fn question(&self) -> Option<Question> {
        let answers = self.answers();
        let open = answers
            .iter()
            .filter(|answer| answer.conclusion == Conclusion::Open && answer.next.is_some());
        let asked = |question: &Question| {
            let same = |given: &Given| {
                (&given.question.label, &given.question.expects, &given.question.text)
                    == (&question.label, &question.expects, &question.text)
            };
            self.given.iter().any(same)
        };
        open.flat_map(FlowAnswer::open_questions)
            .find(|question| {
                question.expects != Expects::Nothing && !question.declined && !asked(question)
            })
            .cloned()
    }

    /// Takes what was typed for a question.
    pub fn reply(&mut self, question: &Question, typed: &str) -> Reply {
        let typed = typed.trim();
        let folded = fold(typed);
        if BACK.contains(&folded.as_str()) {
            return if self.given.pop().is_some() { Reply::Back } else { Reply::AtTheBeginning };
        }
        if LIST.contains(&folded.as_str()) {
            return Reply::List;
        }
        let unknown = is_not_known(typed) || NOT_KNOWN.contains(&folded.as_str());
        let known = !folded.is_empty() && !unknown;
        let line = u32::try_from(self.given.len() + 1).unwrap_or(u32::MAX);
        let fact = if known {
            match question.answered(&self.written(question, typed), line) {
                Some(fact) if is_readable(question, &fact.value) => Some(fact),
                _ => return Reply::Unreadable(expected(question)),
            }
        } else {
            None
        };
        self.given.push(Given { question: question.clone(), fact });
        Reply::Taken
    }

    /// The answer as a screen would write it: a choice by its number, a day as a date.
    fn written(&self, question: &Question, reply: &str) -> String {
        let number = fold(reply).parse::<usize>().ok();
        let chosen = number.and_then(|number| question.choices.get(number.checked_sub(1)?));
        if let Some(choice) = chosen {
            return choice.clone();
        }
        match question.expects {
            Expects::Value(Type::Time) => {
                let limit = question.label.as_deref().is_some_and(|it| self.flow.is_limit(it));
                // Without its year a limit may be over or not: that is not guessed.
                typed::time(reply, self.now.filter(|_| !limit)).unwrap_or_else(|| reply.to_owned())
            }
            Expects::Value(Type::Truth) | Expects::Message(_) => {
                let folded = fold(reply);
                let yes = ASSENT.contains(&folded.as_str()).then_some("はい");
                let no = || DENIAL.contains(&folded.as_str()).then_some("いいえ");
                yes.or_else(no).unwrap_or(reply).to_owned()
            }
            _ => reply.to_owned(),
        }
    }
}

fn is_readable(question: &Question, value: &str) -> bool {
    !matches!(question.expects, Expects::Value(kind) if read(kind, value) == Value::Unreadable)
}

fn expected(question: &Question) -> Phrase {
    match question.expects {
        Expects::Value(Type::Truth) | Expects::Message(_) => Phrase::new(
            "「はい」「いいえ」「わからない」のどれかで答えてください",
            "answer y, n, or ? for unknown",
        ),
        Expects::Value(kind) => {
            let (ja, en) = (kind.name(), kind.english());
            match &question.example {
                Some(example) => phrase!(
                    "{ja}として読めません。例: {example}",
                    "that is no {en}; for example: {example}"
                ),
                None => phrase!("{ja}として読めません", "that is no {en}"),
            }
        }
        Expects::Nothing => Phrase::new("答えられません", "that cannot be answered"),
    }
}
