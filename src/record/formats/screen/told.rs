//! The incidents and facts that the pairs of a screen tell of.

use std::borrow::Cow;

use super::{CODED, NONE, Pair, SAID, announces_an_error, is_count, role_of};
use crate::facts::{
    Code, CodeDictionary, Fact, Kind, Moment, Record, Severity, error_names, fold, read_level,
    read_time, read_wording, whole_time,
};
use crate::record::collect::{Collector, fact};
use crate::record::columns::{self, Role};
use crate::record::terms::{Terms, severity_of_value};
use crate::record::{question, words};
use crate::text::lexicon::{self, Section};

static PRODUCT_LABELS: Section = lexicon::COLUMN_LABELS.section("labels of products");

/// Emits the pairs of screens: where the first label comes again with a device's, each device has a screen of its own.
pub(super) fn emit(pairs: &[Pair<'_>], collector: &mut Collector<'_>) {
    let Some(first) = pairs.first().filter(|first| first.label != SAID) else {
        return emit_screen(pairs, collector);
    };
    let screens = || pairs.chunk_by(|_, next| next.label != first.label);
    let devices = pairs.iter().filter(|pair| columns::role(pair.label) == Role::Device).count();
    if devices < 2 || devices != screens().count() {
        return emit_screen(pairs, collector);
    }
    screens().for_each(|screen| emit_screen(screen, collector));
}

/// Emits the pairs of one screen: facts, the messages among them, and the states that tell of something.
fn emit_screen(pairs: &[Pair<'_>], collector: &mut Collector<'_>) {
    let value_of = |role| {
        let of_role = |pair: &&Pair<'_>| columns::role(pair.label) == role;
        let count = |pair: &Pair<'_>| role == Role::Device && is_count(pair.value);
        pairs.iter().find(|pair| of_role(pair) && !pair.value.is_empty() && !count(pair))
    };
    let ticket = pairs.iter().any(|pair| OF_TICKETS.contains(&&*columns::key(pair.label)));
    let time = occurrence(pairs).or_else(|| value_of(Role::Time));
    let time = time.and_then(|pair| read_time(&fold(pair.value), collector.now));
    let level = value_of(Role::Severity).and_then(|pair| read_level(pair.value));
    let mut frame = Frame {
        device: value_of(Role::Device).map(|pair| pair.value),
        time: time.map(|timed| timed.moment),
        severity: level.or_else(|| level_of_kind(pairs)),
        product: product_of(pairs),
    };
    let command = value_of(Role::Command);
    if ticket {
        collector.ticket = frame.device.map(str::to_owned).or_else(|| collector.ticket.take());
    }
    if let Some(user) = value_of(Role::User) {
        collector.user(user.value);
    }
    let mut facts: Vec<Fact> = Vec::with_capacity(pairs.len());
    for pair in pairs.iter().filter(|pair| ![SAID, CODED].contains(&pair.label)) {
        let value = collector.resolved(pair.value, pair.place.line);
        let fact = fact(pair.label, &value, frame.device, pair.place.line);
        collector.fact(fact.clone());
        facts.push(fact);
    }
    let mut told = states(pairs, collector.terms());
    let mut failures = failures(pairs);
    if frame.time.is_none() && !failures.is_empty() {
        frame.time = only_time(pairs, collector);
    }
    // A form has one text; its title says the same in short.
    let titles = failures.iter().all(|failure| failure.texts.is_empty());
    // A state that is a sentence (「失敗しました」) is the text of the only code.
    let stated = sentence_of_state(pairs, &failures, collector.terms());
    if let ([failure], Some(pair)) = (failures.as_mut_slice(), stated) {
        failure.texts.push(pair);
    }
    for failure in &mut failures {
        // Beside a state or a code, a name (詳細: VPN_2026) tells of nothing.
        if !told.is_empty() || !failure.codes.is_empty() {
            failure.texts.retain(|pair| {
                is_message(pair.value) || read_wording(pair.value) != Severity::Unknown
            });
        }
    }
    // Beside the text of a failure, a state that any console has (失敗, 未準拠) says the same in short; that of a
    // ticket (対応中) is no device's.
    if ticket || failures.iter().any(|failure| !failure.texts.is_empty()) {
        // Beside a code, too, that of a failed job does.
        let coded =
            failures.iter().any(|failure| !failure.texts.is_empty() && !failure.codes.is_empty());
        told.retain(|state| {
            state.product.is_some() && !(coded && state.severity == Some(Severity::Error))
        });
    }
    let terms = collector.terms();
    let of_states = pairs.iter().filter(|pair| terms.role(pair.label) == Role::State);
    let mut severities = of_states.filter_map(|pair| severity_of_value(terms, pair.value));
    let failed = severities.find(|severity| *severity == Severity::Error);
    // The code of a state is the same failure.
    let of_state = |failure: &Failure<'_, '_>| !told.is_empty() && failure.texts.is_empty();
    let states = failures.iter().filter(|failure| of_state(failure));
    let codes = states.flat_map(|failure| &failure.codes);
    let codes: Vec<Code> = codes.filter_map(|pair| collector.codes.read(pair.value)).collect();
    let others = failures.iter().filter(|failure| !of_state(failure));
    let mut said: Vec<Record<'_>> =
        others.filter_map(|failure| failure.record(collector.codes)).collect();
    if titles {
        let others = pairs.iter().filter(|pair| role_of(pair.label) != Role::Code);
        let others = others.filter(|pair| stated.is_none_or(|stated| stated.label != pair.label));
        let others = others.filter_map(|pair| Some(record_of(Kind::Log, pair, message_of(pair)?)));
        said.extend(others);
    }
    // A wish in a ticket is no trouble, though a console's 「…してください」 is.
    if ticket {
        drop_wishes(&mut said, pairs, terms);
    }
    for mut record in said {
        record.severity = frame.severity.or(record.severity).or(failed);
        frame.complete(&mut record);
        collector.record(record);
    }
    let command = command.map(|command| Cow::Borrowed(words::apart(command.value)));
    for mut state in told {
        frame.complete(&mut state);
        state.distinction = command.clone().or(state.distinction);
        state.facts.clone_from(&facts);
        state.codes.clone_from(&codes);
        collector.record(state);
    }
}

/// Drops what a ticket wishes for, and what a closed one says, where it tells of no failure.
fn drop_wishes(said: &mut Vec<Record<'_>>, pairs: &[Pair<'_>], terms: &Terms) {
    let of_states = pairs.iter().filter(|pair| terms.role(pair.label) == Role::State);
    let mut severities = of_states.map(|pair| severity_of_value(terms, pair.value));
    let closed = severities.any(|severity| severity == Some(Severity::Info));
    let requested = pairs.iter().any(|pair| REQUESTED.contains(&&*columns::key(pair.value)));
    said.retain(|record| {
        let message = &record.message;
        let end = message.trim_end_matches(['。', '.', ' ']);
        let wished = requested || closed || WISHED.iter().any(|wish| end.ends_with(wish));
        read_wording(message) == Severity::Error
            || !record.codes.is_empty()
            || words::error_number(message).is_some()
            || question::is_question(message)
            || !wished
    });
}

static OF_OCCURRENCE: Section = lexicon::COLUMN_LABELS.section("labels of occurrence");

/// The time at which it happened, where a screen has others besides.
fn occurrence<'p, 't>(pairs: &'p [Pair<'t>]) -> Option<&'p Pair<'t>> {
    let named = |pair: &&Pair<'_>| OF_OCCURRENCE.contains(&&*columns::key(pair.label));
    pairs.iter().find(|pair| named(pair) && !pair.value.is_empty())
}

/// The level that the kind of a notice is: 「種別：警告」.
fn level_of_kind(pairs: &[Pair<'_>]) -> Option<Severity> {
    let of_kind =
        |pair: &&Pair<'_>| matches!(&*columns::key(pair.label), "種別" | "区分" | "種類" | "type");
    pairs.iter().find(of_kind).and_then(|pair| read_level(pair.value))
}

static OF_TASKS: Section = lexicon::CONSOLE_STATES.section("tasks");

/// Whether a state says only how far a task has come: 「状態：未完了」 of a memo is no device's.
fn is_of_task(pair: &Pair<'_>) -> bool {
    let value = fold(pair.value.trim()).to_lowercase();
    let labels = ["状態", "ステータス", "状況", "対応状況", "進捗", "status", "state"];
    OF_TASKS.contains(&&*value) && labels.contains(&&*columns::key(pair.label))
}

static OF_TICKETS: Section = lexicon::COLUMN_LABELS.section("labels of tickets");

/// The kinds of tickets that want something done, and how the sentences of these end.
static REQUESTED: Section = lexicon::COLUMN_LABELS.section("kinds of requests");
static WISHED: Section = lexicon::MAIL_PHRASES.section("ends of wishes");
/// Labels of what is to be done: that is no failure.
static OF_REMEDIES: Section = lexicon::COLUMN_LABELS.section("labels of remedies");

/// The state that is told in a sentence, on a screen whose only failure has no other text.
fn sentence_of_state<'p, 't>(
    pairs: &'p [Pair<'t>],
    failures: &[Failure<'_, '_>],
    terms: &Terms,
) -> Option<&'p Pair<'t>> {
    let only = failures.len() == 1 && failures.iter().all(|failure| failure.texts.is_empty());
    let told =
        |pair: &&Pair<'_>| terms.role(pair.label) == Role::State && message_of(pair).is_some();
    pairs.iter().filter(|_| only).find(told)
}

/// A failure as a screen tells it: its texts, and the codes beside them.
#[derive(Default)]
pub(super) struct Failure<'p, 't> {
    pub(super) texts: Vec<&'p Pair<'t>>,
    pub(super) codes: Vec<&'p Pair<'t>>,
}

/// The failures of a screen. The next begins where a label comes again.
pub(super) fn failures<'p, 't>(pairs: &'p [Pair<'t>]) -> Vec<Failure<'p, 't>> {
    let mut failures: Vec<Failure<'p, 't>> = Vec::new();
    let mut labels: Vec<&str> = Vec::new();
    for pair in pairs.iter().filter(|pair| message_of(pair).is_some()) {
        let role = role_of(pair.label);
        if !matches!(role, Role::Message | Role::Code) {
            continue;
        }
        if failures.is_empty() || labels.contains(&pair.label) {
            failures.push(Failure::default());
            labels.clear();
        }
        // A text without a label goes on.
        if pair.label != SAID {
            labels.push(pair.label);
        }
        if let Some(failure) = failures.last_mut() {
            if role == Role::Code { &mut failure.codes } else { &mut failure.texts }.push(pair);
        }
    }
    failures
}

impl<'t> Failure<'_, 't> {
    /// A record with the texts and the codes; where there is no text, with the first code's line.
    fn record(&self, dictionary: &CodeDictionary) -> Option<Record<'t>> {
        let Some(first) = self.texts.first() else {
            // However many ways its code is written in, it is one.
            let (first, others) = self.codes.split_first()?;
            let mut record = record_of(Kind::Log, first, first.shown);
            record.severity = announces_an_error(first).then_some(Severity::Error);
            record.codes.extend(others.iter().filter_map(|pair| dictionary.read(pair.value)));
            return Some(record);
        };
        let mut record = record_of(Kind::Log, first, first.value);
        let mut texts: Vec<&str> = self.texts.iter().map(|pair| pair.value).collect();
        for code in &self.codes {
            if announces_an_error(code) {
                record.severity = Some(Severity::Error);
            }
            match dictionary.read(code.value) {
                Some(code) if error_names(&code.written).next().is_none() => {
                    record.codes.push(code)
                }
                // The name of an error is a word of its message.
                _ => texts.push(code.value),
            }
        }
        if texts.len() > 1 {
            record.message = Cow::Owned(texts.join(" "));
        }
        Some(record)
    }
}

/// The time of a failure on whose screen one time is, whatever its label is called.
fn only_time(pairs: &[Pair<'_>], collector: &Collector<'_>) -> Option<Moment> {
    let times = pairs.iter().filter_map(|pair| whole_time(pair.value, collector.now));
    let mut times = times.filter(|timed| timed.has_clock).map(|timed| timed.moment);
    times.next().filter(|_| times.next().is_none())
}

/// The part that all records of one screen share.
struct Frame<'t> {
    device: Option<&'t str>,
    time: Option<Moment>,
    severity: Option<Severity>,
    product: Option<&'static str>,
}

impl<'t> Frame<'t> {
    fn complete(&self, record: &mut Record<'t>) {
        record.product = self.product.or(record.product);
        record.time = self.time;
        record.device = self.device.map(Cow::Borrowed);
    }
}

fn product_of(pairs: &[Pair<'_>]) -> Option<&'static str> {
    pairs.iter().find_map(|pair| {
        let label = fold(pair.label);
        let mut labels = PRODUCT_LABELS.iter().filter_map(|row| row.split_once(' '));
        labels.find(|(known, _)| *known == label).map(|(_, product)| product)
    })
}

fn record_of<'t>(kind: Kind, pair: &Pair<'t>, message: &'t str) -> Record<'t> {
    let (line, range) = pair.place.place_of(message);
    Record::new(kind, Cow::Borrowed(message), line, range)
}

/// The message of a pair: its value, or with an error code the whole line.
fn message_of<'t>(pair: &Pair<'t>) -> Option<&'t str> {
    if pair.value == pair.label || is_nothing(pair.value) {
        return None;
    }
    match role_of(pair.label) {
        _ if OF_REMEDIES.contains(&&*columns::key(pair.label)) => None,
        Role::Code => Some(pair.shown),
        Role::Time | Role::Device | Role::User => None,
        Role::Message if pair.label == SAID || !is_count(pair.value) => Some(pair.value),
        // A success is a fact.
        _ => Some(pair.value).filter(|value| {
            is_message(value)
                && !is_amount(value)
                && whole_time(value, None).is_none()
                && read_wording(value) != Severity::Info
        }),
    }
}

/// Whether an English value begins with an amount and tells of nothing wrong: `71.2 GB available of 128 GB`.
fn is_amount(value: &str) -> bool {
    value.is_ascii()
        && value.starts_with(|first: char| first.is_ascii_digit())
        && !value.ends_with('.')
        && read_wording(value) == Severity::Unknown
}

/// Whether a value says that there is nothing: no text, no code, a code that is nought.
fn is_nothing(value: &str) -> bool {
    let value = fold(value).to_lowercase();
    NONE.contains(&value.trim_matches(['(', ')', '<', '>', '[', ']', ' ']))
        || value.chars().all(|c| !c.is_alphanumeric() || matches!(c, '0' | 'x'))
}

/// Whether a value is a sentence, or reports on a command. Words between slashes are the path of a category.
fn is_message(value: &str) -> bool {
    let path = || value.is_ascii() && [" / ", " > "].iter().any(|joint| value.contains(joint));
    words::is_sentence(value) && !(path() && read_wording(value) == Severity::Unknown)
        || words::command_start(&fold(value)).is_some()
}

/// The states of a screen that tell of something, each by its label: what is as it should be is a fact and nothing more.
pub(super) fn states<'t>(pairs: &[Pair<'t>], terms: &Terms) -> Vec<Record<'t>> {
    let mut told: Vec<Record<'t>> = worst_count(pairs, terms).into_iter().collect();
    let primary =
        |pair: &Pair<'_>| matches!(pair.label, "ステータス" | "同期状態" | "状態" | "Status");
    let tells = |pair: &&Pair<'_>| {
        if pair.value.is_empty() || message_of(pair).is_some() || is_of_task(pair) {
            return false;
        }
        let of_states = terms.role(pair.label) == Role::State;
        let severity = severity_of_value(terms, pair.value);
        match terms.state(pair.value) {
            Some(state) => (of_states || !state.ordinary) && state.severity != Some(Severity::Info),
            // A word that nobody knows, under a label that tells how things are.
            None => of_states && primary(pair) && severity != Some(Severity::Info),
        }
    };
    let mut candidates: Vec<&Pair<'t>> = pairs.iter().filter(tells).collect();
    candidates.sort_by_key(|pair| (terms.state(pair.value).is_none(), !primary(pair)));
    let Some(first) = candidates.first().copied() else { return told };
    // One device has one state; a list of states repeats its label.
    for pair in candidates.into_iter().filter(|pair| pair.label == first.label) {
        let named = terms.named_state(pair.value);
        let message = named.map_or(pair.value, |(name, _)| name);
        if told.iter().any(|known| known.message == message) {
            continue;
        }
        let severity = severity_of_value(terms, pair.value);
        told.push(status(pair, message, severity, named.and_then(|(_, state)| state.product)));
    }
    told
}

fn status<'t>(
    pair: &Pair<'t>,
    message: &'t str,
    severity: Option<Severity>,
    product: Option<&'static str>,
) -> Record<'t> {
    let distinction = Some(Cow::Borrowed(pair.label));
    Record { severity, product, distinction, ..record_of(Kind::Status, pair, message) }
}

/// A dashboard counts devices by state: the worst that any are in, with its count.
fn worst_count<'t>(pairs: &[Pair<'t>], terms: &Terms) -> Option<Record<'t>> {
    let counted = pairs.iter().filter_map(|pair| {
        let state = terms.state(pair.label)?;
        let any = is_count(pair.value)
            && pair.value.contains(|c: char| c.is_numeric() && !matches!(c, '0' | '０'));
        // Devices that were deregistered are counted, and nothing is wrong with them.
        let bad = state.severity > Some(Severity::Info) && !state.ordinary;
        (any && bad).then_some((pair, state))
    });
    let worst =
        counted.reduce(|worst, next| if next.1.severity > worst.1.severity { next } else { worst });
    worst.map(|(pair, state)| status(pair, pair.label, state.severity, state.product))
}
