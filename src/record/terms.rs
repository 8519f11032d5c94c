//! The labels, states and kinds of jobs that are known, and finding them in running text.
//!
//! 1. The base list holds those of the consoles; [`Terms::and`] adds what a knowledge base declares.
//! 2. A value is a state where it is one whole ([`Terms::state`]).
//! 3. A sentence is searched for all of them at once ([`Terms::find`]). States that are ordinary words
//!    (成功, 実行中) stand for themselves only where the sentence says that they are states.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use regex::Regex;

use super::columns::{self, Role, key};
use super::pattern::Formats;
use crate::facts::{CodeDictionary, Severity, fold};
use crate::source::looked_at;
use crate::text::lexicon::{self, Section};
use crate::text::{Script, is_hiragana};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    /// How bad it is; `None` where only a knowledge base knows it.
    pub(super) severity: Option<Severity>,
    /// The label that consoles show it under.
    pub(super) label: &'static str,
    /// The console that alone has it.
    pub(super) product: Option<&'static str>,
    /// Whether it is an ordinary word besides.
    pub(super) ordinary: bool,
}

const MOBICONNECT: Option<&str> = Some("MobiConnect");
const BIZMOBILE: Option<&str> = Some("BizMobile Go!");

const fn job(severity: Severity) -> State {
    State {
        severity: Some(severity), label: "ステータス", product: MOBICONNECT, ordinary: false
    }
}

const fn sync(severity: Severity) -> State {
    State { severity: Some(severity), label: "同期状態", product: BIZMOBILE, ordinary: false }
}

const fn registration(severity: Severity) -> State {
    State { severity: Some(severity), label: "登録状態", product: None, ordinary: true }
}

const fn any(severity: Severity) -> State {
    State { severity: Some(severity), label: "ステータス", product: None, ordinary: true }
}

/// The sections of the list of states, with what consoles show them for.
const STATES: [(&str, State); 13] = [
    ("job under way", job(Severity::Warning)),
    ("job failed", job(Severity::Error)),
    ("under way", any(Severity::Warning)),
    ("done", any(Severity::Info)),
    ("failed", any(Severity::Error)),
    ("synchronized", State { ordinary: true, ..sync(Severity::Info) }),
    ("synchronization under way", sync(Severity::Warning)),
    ("no answer", sync(Severity::Error)),
    ("synchronization required", State { product: None, ..sync(Severity::Warning) }),
    ("registered", registration(Severity::Info)),
    ("registration awaited", State { ordinary: false, ..registration(Severity::Warning) }),
    ("registration expired", registration(Severity::Error)),
    ("registration ended", registration(Severity::Warning)),
];

static JOBS: Section = lexicon::CONSOLE_STATES.section("jobs");

pub(super) const JOB_LABEL: &str = "要求識別";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct FoundTerm {
    /// Its bytes in the folded text.
    pub(super) range: Range<usize>,
    pub(super) term: Term,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Term {
    Label(Role),
    State(State),
    Job,
}

#[derive(Debug, Clone)]
pub(crate) struct Terms {
    labels: HashMap<String, Role>,
    states: HashMap<String, State>,
    /// Finds labels, states and jobs in sentences; compiled when the first sentence comes. A knowledge base may declare more
    /// than a pattern can hold; then nothing is found.
    finder: OnceLock<Option<Regex>>,
}

static BASE: LazyLock<Terms> = LazyLock::new(|| Terms::new(HashMap::new(), HashMap::new()));

impl Default for Terms {
    fn default() -> Self {
        BASE.clone()
    }
}

impl Terms {
    pub(crate) fn base() -> &'static Self {
        &BASE
    }

    /// The terms with the labels and states that a knowledge base declares besides.
    pub(crate) fn and<'n>(
        labels: impl IntoIterator<Item = &'n str>,
        states: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        let declared = State { severity: None, ..any(Severity::Unknown) };
        // 「警告」 is the level of an entry, though a dashboard counts alarms under it.
        let labels = labels.into_iter().filter(|label| crate::facts::read_level(label).is_none());
        let labels = labels.map(|label| (key(label), Role::Known));
        let states = states.into_iter().map(|state| {
            let name = fold(state.trim()).to_lowercase();
            // A short word means something else in most sentences.
            let ordinary = name.chars().count() < SHORTEST_STATE;
            (name, State { ordinary, ..declared })
        });
        Self::new(labels.collect(), states.collect())
    }

    fn new(mut labels: HashMap<String, Role>, mut states: HashMap<String, State>) -> Self {
        labels.extend(columns::LABELS.iter().map(|(label, role)| ((*label).to_owned(), *role)));
        for (section, state) in STATES {
            let names = lexicon::CONSOLE_STATES.written().filter(|(of, _)| *of == section);
            states.extend(names.map(|(_, name)| (name.to_lowercase(), state)));
        }
        Self { labels, states, finder: OnceLock::new() }
    }

    fn finder(&self) -> Option<&Regex> {
        let compile = || {
            let mut names: Vec<&str> = Vec::new();
            // Latin labels are words of any English message.
            let findable = |label: &&str| label.chars().count() > 1 && !label.is_ascii();
            names.extend(self.labels.keys().map(String::as_str).filter(findable));
            let states = self.states.keys().map(String::as_str);
            names.extend(states.filter(|state| state.chars().count() > 1));
            names.extend(JOBS.iter());
            // Of several that begin at one place the first of the alternatives is taken: the longest.
            names.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
            names.dedup();
            let names: Vec<String> = names.into_iter().map(regex::escape).collect();
            Regex::new(&format!("(?i){}", names.join("|"))).ok()
        };
        self.finder.get_or_init(compile).as_ref()
    }

    pub(super) fn role(&self, label: &str) -> Role {
        // Most words of a log are told by the table.
        if label.len() > LONGEST_LABEL {
            return Role::Unknown;
        }
        match self.labels.get(&key(label)) {
            Some(role) => *role,
            None => columns::role(label),
        }
    }

    /// The state that a value is, whole, but for a remark in brackets and the mark of a count after it.
    pub(super) fn state(&self, value: &str) -> Option<State> {
        self.named_state(value).map(|(_, state)| state)
    }

    /// The state that a value is, with the value's part that names it.
    pub(super) fn named_state<'v>(&self, value: &'v str) -> Option<(&'v str, State)> {
        let value = value.trim();
        if value.is_empty() || value.len() > 90 {
            return None;
        }
        let whole = |name: &'v str| {
            let name = name.trim().trim_matches(['「', '」', '『', '』', '"', '。', '[', ']']);
            let folded = fold(name).to_lowercase();
            let known = self.states.get(&folded);
            let spelled = || self.states.get(folded.strip_suffix('み')?);
            let declined = || self.states.get(folded.strip_suffix('し')?);
            known.or_else(spelled).or_else(declined).map(|&state| (name, state))
        };
        whole(value)
            .or_else(|| whole(without_remark(value)))
            .or_else(|| whole(value.strip_suffix("のまま")?))
            .or_else(|| whole(value.strip_suffix("のままです")?))
            .or_else(|| whole(value.strip_suffix("です")?))
    }

    pub(super) fn is_job(&self, word: &str) -> bool {
        JOBS.contains(&fold(word).as_ref())
    }

    /// The terms in a folded text, in order, none within another.
    pub(super) fn find(&self, folded: &str) -> Vec<FoundTerm> {
        let Some(finder) = self.finder() else { return Vec::new() };
        looked_at(4 * folded.len());
        let mut found = Vec::new();
        for place in finder.find_iter(folded) {
            let range = place.range();
            if !stands_alone(folded, &range) {
                continue;
            }
            let name = place.as_str();
            let term = if JOBS.contains(&name) {
                Term::Job
            } else if let Some(state) = self.states.get(&name.to_lowercase()) {
                Term::State(*state)
            } else {
                match self.role(name) {
                    Role::Unknown => continue,
                    role => Term::Label(role),
                }
            };
            found.push(FoundTerm { range, term });
        }
        found
    }
}

/// The states that the conditions of a flow compare the labels of states with: 「ステータス」= "待機中" | "実行中".
pub(crate) fn states_in_conditions(text: &str) -> impl Iterator<Item = &str> {
    static COMPARED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new("「([^」\n]{1,40})」\\s*!?=\\s*((?:\"[^\"\n]{1,40}\"[ |]*)+)").ok()
    });
    let compared = COMPARED.iter().flat_map(move |compared| compared.captures_iter(text));
    let of_states = compared.filter_map(|found| {
        let label = found.get(1)?.as_str();
        (columns::role(label) == Role::State).then(|| found.get(2).map_or("", |it| it.as_str()))
    });
    // Between the quotation marks.
    of_states.flat_map(|values| values.split('"').skip(1).step_by(2))
}

/// A longer text (in bytes) is no label.
const LONGEST_LABEL: usize = 80;

/// A shorter state of a knowledge base's own is an ordinary word.
const SHORTEST_STATE: usize = 4;

/// The value without the remark in brackets at its end, where consoles put counts: 同期進行中（iPhone 12台）.
pub(super) fn without_remark(value: &str) -> &str {
    let inner = value.strip_suffix([')', '）']);
    let before = inner.and_then(|inner| inner.rsplit_once(['(', '（'])).map(|(before, _)| before);
    before.unwrap_or(value).trim_end()
}

/// Whether a piece of a text is no part of a longer word.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    // Grammar is in hiragana.
    let script = |letter: char| Script::of(letter).filter(|script| *script != Script::Hiragana);
    let goes_on = |inside: Option<char>, outside: Option<char>| {
        let inside = inside.and_then(script);
        inside.is_some() && inside == outside.and_then(script)
    };
    let piece = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).unwrap_or_default().chars().next_back();
    let after = text.get(range.end..).unwrap_or_default().chars().next();
    let last = piece.chars().next_back();
    if goes_on(piece.chars().next(), before) || goes_on(last, after) {
        return false;
    }
    // 端末応答待ち is alone before のまま, but 待 is no word of 待って.
    let inflected = after.is_some_and(|after| matches!(after, 'っ' | 'ん'));
    !inflected || !last.is_some_and(is_hiragana)
}

/// The severity that a value of a state's label tells: of a known state, or by its words.
pub(super) fn severity_of_value(terms: &Terms, value: &str) -> Option<Severity> {
    if let Some(state) = terms.state(value) {
        return Some(state.severity.unwrap_or(Severity::Unknown));
    }
    crate::facts::read_level(value).or_else(|| is_settled(value).then_some(Severity::Info))
}

/// How consoles say that all is as it should be.
static SETTLED: Section = lexicon::SEVERITY.section("settled");
static NEGATIONS: Section = lexicon::SEVERITY.section("negations of states");

/// Whether a value says that all is as it should be; 未完了, インアクティブ and disconnected do not.
fn is_settled(value: &str) -> bool {
    let folded = fold(value.trim()).to_lowercase();
    let before = SETTLED.iter().find_map(|settled| folded.strip_suffix(settled));
    before.is_some_and(|before| !NEGATIONS.iter().any(|negation| before.ends_with(negation)))
        && !folded.starts_with(['未', '非', '不'])
        && !folded.starts_with("not ")
}

/// The part of a knowledge base that reading uses: the one parameter that brings it in.
///
/// Masks and signatures see the message alone, so that a signature is the same whatever the vocabulary.
/// The default one knows the shipped formats, and no codes.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Vocabulary {
    /// Domains, meanings, commands and written forms of codes.
    pub codes: CodeDictionary,
    /// The log formats that are data: the shipped ones, overridden by the knowledge base's own.
    pub formats: Formats,
    /// The labels and states of a knowledge base's own; `None` where there are only those of the consoles.
    pub(super) terms: Option<Arc<Terms>>,
}

impl Vocabulary {
    /// The shipped formats, with the codes of a knowledge base.
    #[must_use]
    pub fn new(codes: CodeDictionary) -> Self {
        Self { codes, ..Self::default() }
    }

    /// Makes labels and states known that a knowledge base declares, beside those of the consoles.
    pub fn declare<'n>(
        &mut self,
        labels: impl IntoIterator<Item = &'n str>,
        states: impl IntoIterator<Item = &'n str>,
    ) {
        self.terms = Some(Arc::new(Terms::and(labels, states)));
    }

    pub(super) fn terms(&self) -> &Terms {
        self.terms.as_deref().unwrap_or(Terms::base())
    }
}

#[cfg(test)]
crate::source::cases! {
    terms_of_text: |text| {
        let found = Terms::base().find(text).into_iter();
        listed(found.filter_map(|it| text.get(it.range)))
    };
    states: |value| Terms::base().state(value).is_some();
    severities_of_values: |value| format!("{:?}", severity_of_value(Terms::base(), value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_knowledge_base_declares_is_known_besides() {
        let terms = Terms::and(["最終巡回"], ["保留", "審査結果待ち"]);
        assert_eq!(terms.role("最終巡回"), Role::Known);
        assert!(
            terms.state("保留").is_some_and(|state| state.ordinary && state.severity.is_none())
        );
        assert!(terms.state("審査結果待ち").is_some_and(|state| !state.ordinary));
        assert!(terms.state("端末エラー").is_some());
        let flow = "- 「ステータス」= \"審査中\" | \"保留\" かつ「備考」= \"至急\" → 次へ";
        assert_eq!(states_in_conditions(flow).collect::<Vec<_>>(), ["審査中", "保留"]);
    }
}
