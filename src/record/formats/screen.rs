//! Status screens: a label with its value on each line, `名前<TAB>値`, `名前: 値` or `名前：値`.
//!
//! The labels of one screen are one status. A value that is a sentence, or that has an error code, is a
//! message besides.

use std::borrow::Cow;

use crate::facts::{Fact, Kind, Moment, Record, fold, read_time};
use crate::record::collect::{Collector, fact, range_in, record_at};
use crate::record::columns::{self, Role};
use crate::record::paste::Cursor;
use crate::record::registry::Format;
use crate::record::words;
use crate::source::Line;

/// A screen.
pub(in crate::record) struct Screen;

/// A label with its value.
#[derive(Debug, Clone, Copy)]
struct Pair<'t> {
    label: &'t str,
    value: &'t str,
    line: Line<'t>,
    /// Whether the line says for itself that it is a label with a value.
    certain: bool,
}

impl Format for Screen {
    fn name(&self) -> &'static str {
        "screen"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let mut ahead = cursor.clone();
        let mut pairs = Vec::new();
        // A title may stand over the first pair.
        if let Some(line) = ahead.line()
            && is_title(line.text)
            && ahead.following().is_some_and(|next| pairs_of(next).iter().any(|pair| pair.certain))
        {
            let label = line.text.trim();
            pairs.push(Pair { label, value: "", line, certain: false });
            ahead.advance();
        }
        while let Some(line) = ahead.line() {
            let found = pairs_of(line);
            if found.is_empty() {
                break;
            }
            pairs.extend(found);
            ahead.advance();
        }
        // One pair with an unknown label is a message: 「エラー: 応答なし」.
        let certain = pairs.iter().filter(|pair| pair.certain).count();
        let unknown = pairs.iter().filter(|pair| !pair.certain && !pair.value.is_empty()).count();
        if certain == 0 && unknown < 3 {
            return false;
        }
        *cursor = ahead;
        hand_over(&pairs, collector);
        true
    }
}

/// A line without a value that a screen puts over its pairs.
fn is_title(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty()
        && line.chars().count() <= 24
        && !line.contains(['\t', ':', '：', '。', '、', '>', '=', '(', '?', '？'])
        && !words::is_sentence(line)
        && words::state(line).is_none()
        && !line.is_ascii()
}

/// The pairs of a line; several where wide gaps are between them.
fn pairs_of(line: Line<'_>) -> Vec<Pair<'_>> {
    if let Some((label, value)) = line.text.split_once('\t') {
        let plain =
            !value.contains('\t') && is_label(label) && read_time(&fold(label), None).is_none();
        return if plain {
            vec![Pair { label: label.trim(), value: value.trim(), line, certain: true }]
        } else {
            Vec::new()
        };
    }
    let mut pairs = Vec::new();
    for part in line.text.split(['\u{3000}']).flat_map(|part| part.split("  ")) {
        if part.trim().is_empty() {
            continue;
        }
        match colon_pair(part, line) {
            Some(pair) => pairs.push(pair),
            // 「値」 went on behind the gap: 登録日時：２０２４／０２／０１　１１：４０
            None => match pairs.last_mut() {
                Some(last) => {
                    let start = range_in(line.text, last.value).start;
                    let end = range_in(line.text, part.trim()).end;
                    last.value = line.text.get(start..end).unwrap_or(last.value);
                }
                None => return Vec::new(),
            },
        }
    }
    pairs
}

fn colon_pair<'t>(part: &'t str, line: Line<'t>) -> Option<Pair<'t>> {
    let at = part.find([':', '：'])?;
    let label = part.get(..at)?;
    let value = part.get(at..)?.trim_start_matches([':', '：']).trim();
    let label = label.trim();
    let role = columns::role(label);
    if role == Role::Unknown {
        // Only Japanese labels: `Exception: x` and `mdmd: y` are messages.
        let plain = is_label(label)
            && !label.is_ascii()
            && !label.bytes().any(|byte| byte.is_ascii_digit() || byte == b'_')
            && !words::is_sentence(label)
            && crate::facts::read_level(label).is_none()
            && !words::is_sentence(value);
        return plain.then_some(Pair { label, value, line, certain: false });
    }
    // `Device: x` in running English is no label.
    let certain = !label.is_ascii() || value.split(' ').count() <= 4;
    certain.then_some(Pair { label, value, line, certain: true })
}

fn is_label(label: &str) -> bool {
    let label = label.trim();
    !label.is_empty() && label.chars().count() <= 40 && !label.contains(['。', '、', '"', '「'])
}

/// Hands over the pairs of one screen.
fn hand_over(pairs: &[Pair<'_>], collector: &mut Collector<'_>) {
    let value_of = |role| {
        pairs.iter().find(|pair| columns::role(pair.label) == role && !pair.value.is_empty())
    };
    let device = value_of(Role::Device).map(|pair| pair.value);
    let time: Option<Moment> = value_of(Role::Time)
        .and_then(|pair| read_time(&fold(pair.value), collector.now))
        .map(|timed| timed.moment);
    let mut facts: Vec<Fact> = Vec::with_capacity(pairs.len());
    let mut messages = 0;
    for pair in pairs {
        let fact = fact(pair.label, pair.value, device, pair.line.number);
        collector.fact(fact.clone());
        facts.push(fact);
        if let Some(message) = message_of(pair) {
            let mut record = record_at(Kind::Log, pair.line.text, message, pair.line.number);
            complete(&mut record, time, device);
            collector.record(record);
            messages += 1;
        }
    }
    let state = best_state(pairs);
    let labels = pairs.iter().filter(|pair| is_state_label(pair)).count();
    let Some(shown) = state.or_else(|| pairs.first().filter(|_| messages == 0 || labels > 0))
    else {
        return;
    };
    let message = if state.is_some() { shown.value } else { shown.line.text.trim() };
    let mut record = record_at(Kind::Status, shown.line.text, message, shown.line.number);
    complete(&mut record, time, device);
    record.severity = words::state(message);
    record.distinction = Some(match (value_of(Role::Command), state) {
        (Some(command), _) => Cow::Borrowed(command.value),
        (None, Some(state)) => Cow::Borrowed(state.label),
        (None, None) => Cow::Owned(pairs.iter().map(|pair| pair.label).collect()),
    });
    record.facts = facts;
    collector.record(record);
}

fn complete<'t>(record: &mut Record<'t>, time: Option<Moment>, device: Option<&'t str>) {
    record.time = time;
    record.device = device.map(Cow::Borrowed);
}

/// What of a pair is a message: its value, or with an error code the whole line.
fn message_of<'t>(pair: &Pair<'t>) -> Option<&'t str> {
    if pair.value.is_empty() || pair.value == pair.label {
        return None;
    }
    match columns::role(pair.label) {
        Role::Code => Some(pair.line.text.trim()),
        Role::Time | Role::Device | Role::User => None,
        Role::Message => Some(pair.value),
        _ if words::is_sentence(pair.value)
            || words::command_start(&fold(pair.value)).is_some() =>
        {
            Some(pair.value)
        }
        _ => None,
    }
}

/// Labels whose values tell a state, besides those that only frame a message.
fn is_state_label(pair: &Pair<'_>) -> bool {
    !matches!(
        columns::role(pair.label),
        Role::Time | Role::Device | Role::User | Role::Message | Role::Code | Role::Severity
    ) && message_of(pair).is_none()
        && !pair.value.is_empty()
}

/// The pair whose value is the screen's state: a known state first, of a label that says so.
fn best_state<'p, 't>(pairs: &'p [Pair<'t>]) -> Option<&'p Pair<'t>> {
    let of_role =
        |pair: &&Pair<'_>| columns::role(pair.label) == Role::State && !pair.value.is_empty();
    let known = |pair: &&Pair<'_>| words::state(pair.value).is_some();
    let primary =
        |pair: &&Pair<'_>| matches!(pair.label, "ステータス" | "同期状態" | "状態" | "Status");
    pairs
        .iter()
        .find(|pair| of_role(pair) && known(pair) && primary(pair))
        .or_else(|| pairs.iter().find(|pair| of_role(pair) && known(pair)))
        .or_else(|| pairs.iter().find(|pair| of_role(pair) && !words::is_sentence(pair.value)))
}
