//! Status screens: a label with its value on each line, `名前<TAB>値`, `名前: 値` or `名前：値`.
//!
//! The labels of one screen are one status. A value that is a sentence, or that has an error code, is a
//! message besides.

use std::borrow::Cow;

use crate::facts::{Fact, Kind, Moment, Record, fold, read_time};
use crate::record::collect::{Collector, Stretch, fact, range_in};
use crate::record::columns::{self, Role};
#[cfg(test)]
use crate::record::formats::samples::Sample;
use crate::record::paste::Cursor;
use crate::record::registry::Format;
use crate::record::words;
use crate::source::Line;

/// Labels that only one console has.
const PRODUCT_LABELS: &[(&str, &str)] = &[
    ("要求識別", "MobiConnect"),
    ("デバイス情報を要求", "BizMobile Go!"),
    ("チェックインアドレス", "BizMobile Go!"),
    ("MDM登録時に使用のエージェント", "BizMobile Go!"),
    ("MDMアクセス権情報", "BizMobile Go!"),
    ("MDMプロファイル署名用証明書有効期限", "BizMobile Go!"),
];

/// A screen.
pub(in crate::record) struct Screen;

/// A label with its value.
#[derive(Debug, Clone, Copy)]
struct Pair<'t> {
    label: &'t str,
    value: &'t str,
    /// Where both stand.
    place: Stretch<'t>,
    /// What a person sees of them.
    shown: &'t str,
    /// Whether the line says for itself that it is a label with a value.
    certain: bool,
}

impl Format for Screen {
    fn name(&self) -> &'static str {
        "screen"
    }

    fn read<'t>(&self, cursor: &mut Cursor<'t>, collector: &mut Collector<'_>) -> bool {
        let mut ahead = cursor.clone();
        if ahead.line().is_some_and(|line| collector.has_given_up(self.name(), line.number)) {
            return false;
        }
        let mut pairs = Vec::new();
        // A title may stand over the first pair.
        if let Some(line) = ahead.line()
            && is_title(line.text)
            && ahead.following().is_some_and(|next| pairs_of(next).iter().any(|pair| pair.certain))
        {
            let label = line.text.trim();
            let place = Stretch::from(&line);
            pairs.push(Pair { label, value: "", place, shown: label, certain: false });
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
            let until = ahead.line().map_or(u32::MAX, |line| line.number);
            collector.give_up(self.name(), until);
            return false;
        }
        *cursor = ahead;
        hand_over(&pairs, collector);
        true
    }

    #[cfg(test)]
    fn samples(&self) -> &'static [Sample] {
        tests::SAMPLES
    }
}

/// A label and its value that were told apart already.
pub(super) struct Labelled {
    pub(super) label: String,
    pub(super) value: String,
    /// `label: value`.
    pub(super) shown: String,
    /// Where they begin: the line (1-based) and the byte of it.
    pub(super) line: u32,
    pub(super) column: usize,
}

/// Hands over a screen of such.
pub(super) fn hand_over_labelled(rows: &[Labelled], collector: &mut Collector<'_>) {
    let pairs: Vec<Pair<'_>> = rows
        .iter()
        .map(|row| Pair {
            label: &row.label,
            value: &row.value,
            place: Stretch { text: "", line: row.line, column: row.column },
            shown: &row.shown,
            certain: true,
        })
        .collect();
    hand_over(&pairs, collector);
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
            vec![Pair { value: value.trim(), certain: true, ..pair(label.trim(), line) }]
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
            && !fold(label).bytes().any(|byte| byte.is_ascii_digit() || byte == b'_')
            && !words::is_sentence(label)
            && crate::facts::read_level(label).is_none()
            && !words::is_sentence(value);
        return plain.then_some(Pair { value, ..pair(label, line) });
    }
    // `Device: x` in running English is no label.
    let certain = !label.is_ascii() || value.split(' ').count() <= 4;
    certain.then_some(Pair { value, certain: true, ..pair(label, line) })
}

/// A label of a line, without its value.
fn pair<'t>(label: &'t str, line: Line<'t>) -> Pair<'t> {
    Pair { label, value: "", place: Stretch::from(&line), shown: line.text.trim(), certain: false }
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
    if let Some(user) = value_of(Role::User) {
        collector.user(user.value);
    }
    let time: Option<Moment> = value_of(Role::Time)
        .and_then(|pair| read_time(&fold(pair.value), collector.now))
        .map(|timed| timed.moment);
    let product = pairs.iter().find_map(|pair| {
        let label = fold(pair.label);
        PRODUCT_LABELS.iter().find(|(known, _)| *known == label).map(|&(_, product)| product)
    });
    let mut facts: Vec<Fact> = Vec::with_capacity(pairs.len());
    let mut messages = 0;
    for pair in pairs {
        let fact = fact(pair.label, pair.value, device, pair.place.line);
        collector.fact(fact.clone());
        facts.push(fact);
        if let Some(message) = message_of(pair) {
            let mut record = record_of(Kind::Log, pair, message);
            complete(&mut record, time, device, product);
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
    let message = if state.is_some() { shown.value } else { shown.shown };
    let mut record = record_of(Kind::Status, shown, message);
    complete(&mut record, time, device, product);
    record.severity = words::state(message);
    record.distinction = Some(match (value_of(Role::Command), state) {
        (Some(command), _) => Cow::Borrowed(command.value),
        (None, Some(state)) => Cow::Borrowed(state.label),
        (None, None) => Cow::Owned(pairs.iter().map(|pair| pair.label).collect()),
    });
    record.facts = facts;
    collector.record(record);
}

fn record_of<'t>(kind: Kind, pair: &Pair<'t>, message: &'t str) -> Record<'t> {
    let (line, range) = pair.place.place_of(message);
    Record::new(kind, Cow::Borrowed(message), line, range)
}

fn complete<'t>(
    record: &mut Record<'t>,
    time: Option<Moment>,
    device: Option<&'t str>,
    product: Option<&'static str>,
) {
    record.product = product;
    record.time = time;
    record.device = device.map(Cow::Borrowed);
}

/// What of a pair is a message: its value, or with an error code the whole line.
fn message_of<'t>(pair: &Pair<'t>) -> Option<&'t str> {
    if pair.value.is_empty() || pair.value == pair.label {
        return None;
    }
    match columns::role(pair.label) {
        Role::Code => Some(pair.shown),
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

#[cfg(test)]
mod tests {
    use crate::record::formats::samples::{Sample, test_format};

    test_format!(super::Screen);

    pub(super) const SAMPLES: &[Sample] = &[
        Sample {
            source: "the seed 000 (BizMobile Go!: デバイス詳細 > デバイス状態)",
            formats: &["screen"],
            paste: "デバイス状態\t\n登録状態\tチェックイン済\n最終アクセス\t2022年09月30日 11:54:56\n\
                チェックインアドレス\t153.156.81.111\nデバイス情報を要求\t2022年10月20日 07:52:02\n解除の理由\t\n",
            incidents: &["- - Info チェックイン済 []"],
        },
        Sample {
            source: "the seed 004 (MobiConnect: 管理要求の詳細), with full-width marks",
            formats: &["screen"],
            paste: "端末番号：AB12CD34EF56\nステータス：実行中　登録日時：２０２４／０２／０１　１１：４０\n",
            incidents: &["2024-02-01T11:40:00 AB12CD34EF56 Warning 実行中 []"],
        },
    ];
}
