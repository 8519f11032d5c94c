//! Facts that are in running text: 「最終アクセスは2026年11月27日 09:00:10、…です」, 「端末応答待ちのままです」.
//!
//! 1. Labels, states and kinds of jobs are found ([`Terms::find`]).
//! 2. A label's value is what follows it: a time, a state, or that there is nothing.
//! 3. A state without a label has the one that consoles show it under. Of a change (実行中から…に変わりました)
//!    the later state counts.
//! 4. The kind of a job is a fact where the state of a job is one: it decides when the job times out.

use jiff::civil::DateTime;

use super::columns::Role;
use super::terms::{FoundTerm, JOB_LABEL, State, Term, Terms};
use crate::facts::{Folded, Severity, called_blank, read_spoken, read_time};
use crate::text::lexicon::{MESSAGE_WORDS, Section};

/// A longer text is no sentence of a person's.
const LONGEST: usize = 4096;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    pub(super) label: String,
    /// As written, or resolved where it has no year.
    pub(super) value: String,
    /// The value as written, where it was resolved.
    pub(super) resolved_from: Option<String>,
    pub(super) state: Option<State>,
}

pub(super) fn facts(text: &str, terms: &Terms, now: Option<DateTime>) -> Vec<Told> {
    if text.len() > LONGEST || text.is_ascii() {
        return Vec::new();
    }
    let folded = Folded::new(text);
    let reader = SentenceReader { folded: folded.text(), now };
    let found = terms.find(folded.text());
    let written = |term: &FoundTerm| text.get(folded.origin(term.range.clone()));
    let written = |term| written(term).unwrap_or_default().to_owned();
    let mut told = Vec::new();
    let mut taken = 0;
    let mut states: Vec<(&FoundTerm, State)> = Vec::new();
    for (place, term) in found.iter().enumerate() {
        if term.range.start < taken {
            continue;
        }
        match &term.term {
            Term::Label(_) => {
                if let Some((fact, end)) = reader.value_of(term, &found) {
                    taken = end;
                    told.push(fact);
                }
            }
            Term::State(state) => {
                let later = found.get(place + 1..).unwrap_or_default();
                if reader.is_told(term, *state) && !reader.has_passed(term, later) {
                    states.push((term, *state));
                }
            }
            Term::Job => {}
        }
    }
    for (term, state) in states {
        let value = written(term);
        if !told.iter().any(|fact| fact.value == value) {
            let label = state.label.to_owned();
            told.push(Told { label, value, resolved_from: None, state: Some(state) });
        }
    }
    let job = found.iter().find(|term| term.term == Term::Job);
    if let Some(job) = job.filter(|_| told.iter().any(|fact| fact.label == "ステータス")) {
        let value = written(job);
        let label = JOB_LABEL.to_owned();
        told.push(Told { label, value, resolved_from: None, state: None });
    }
    told
}

/// How bad the worst of the states is; `None` where there is none that matters.
pub(super) fn worst(told: &[Told]) -> Option<Severity> {
    let severities = told.iter().filter_map(|fact| fact.state);
    severities.map(|state| state.severity.unwrap_or(Severity::Unknown)).max()
}

struct SentenceReader<'t> {
    folded: &'t str,
    now: Option<DateTime>,
}

impl SentenceReader<'_> {
    /// The value after a label, and where it ends.
    fn value_of(&self, label: &FoundTerm, found: &[FoundTerm]) -> Option<(Told, usize)> {
        let name = self.folded.get(label.range.clone())?;
        let behind = self.folded.get(label.range.end..)?;
        let (value, joined) = behind_joint(behind)?;
        let start = self.folded.len() - value.len();
        let told = |value: &str, resolved_from: Option<&str>, state| Told {
            label: name.to_owned(),
            value: value.to_owned(),
            resolved_from: resolved_from.map(str::to_owned),
            state,
        };
        // A date without a year is read by the clock below.
        if let Some(timed) = read_time(value, None).filter(|timed| !timed.year_is_guessed) {
            let written = value.get(..timed.len)?;
            return Some((told(written, None, None), start + timed.len));
        }
        if let Some(spoken) = self.now.and_then(|now| read_spoken(value, now)) {
            let written = value.get(..spoken.len)?;
            let resolved = spoken.written();
            return Some((told(&resolved, Some(written), None), start + spoken.len));
        }
        let at = found.iter().position(|term| term.range.start == start);
        let state = at.and_then(|at| found.get(at..)).and_then(<[_]>::split_first);
        if let Some((term, later)) = state
            && let Term::State(state) = &term.term
            && (joined || matches!(label.term, Term::Label(Role::State)))
            && !self.has_passed(term, later)
        {
            let written = self.folded.get(term.range.clone())?;
            // 「端末の状態」 of one console is the 「同期状態」 of another.
            let name = if state.product.is_some() { state.label } else { name };
            let fact = Told { label: name.to_owned(), ..told(written, None, Some(*state)) };
            return Some((fact, term.range.end));
        }
        let empty = || ABSENT.iter().find(|it| value.starts_with(*it)).map(|it| it.len());
        let empty = called_blank(value).or_else(empty).filter(|_| joined)?;
        Some((told("", None, None), start + empty))
    }

    /// Whether a state is no ordinary word, or the sentence quotes it, names its label, or says it stays.
    fn is_told(&self, term: &FoundTerm, state: State) -> bool {
        if !state.ordinary {
            return true;
        }
        let before = self.folded.get(..term.range.start).unwrap_or_default().trim_end();
        let behind = self.folded.get(term.range.end..).unwrap_or_default();
        let quoted = before.ends_with(['「', '『', '"', '[', '“']);
        quoted && behind.starts_with(['」', '』', '"', ']', '”'])
            || STAYS.iter().any(|stays| behind.starts_with(stays))
    }

    /// Whether a state has given way to one that is told later.
    fn has_passed(&self, term: &FoundTerm, later: &[FoundTerm]) -> bool {
        let behind = self.folded.get(term.range.end..).unwrap_or_default();
        let behind = behind.trim_start_matches(['」', '』', '"']);
        PASSED.iter().any(|passed| behind.starts_with(passed))
            && later.iter().any(|it| matches!(it.term, Term::State(_)))
    }
}

static ABSENT: Section = MESSAGE_WORDS.section("said not to be there");
static STAYS: Section = MESSAGE_WORDS.section("said to stay");
static PASSED: Section = MESSAGE_WORDS.section("said to have passed");
static JOINTS: Section = MESSAGE_WORDS.section("joints of labels");

/// The text after what joins a label to its value, and whether something does.
fn behind_joint(behind: &str) -> Option<(&str, bool)> {
    let mut rest = behind.trim_start_matches(['」', '』', '"', ')']).trim_start();
    let before = rest.len();
    rest = JOINTS.iter().find_map(|joint| rest.strip_prefix(joint)).unwrap_or(rest);
    let joined = rest.len() < before;
    let spaced = behind.len() > rest.len();
    let value = rest.trim_start().trim_start_matches(['「', '『', '"', '(']);
    (joined || spaced).then_some((value, joined))
}

#[cfg(test)]
crate::source::cases! {
    facts_of_sentences: |text| {
        let now = Some(jiff::civil::date(2026, 11, 28).at(10, 0, 0, 0));
        let vocabulary = crate::record::Vocabulary::default();
        let found = facts(text, vocabulary.terms(), now).into_iter();
        listed(found.map(|fact| format!("{} = {}", fact.label, fact.value)))
    };
}
