//! What a written value stands for, once a flow has said of which type it is.
//!
//! 1. [`Type`]: what a flow's table of facts declares;
//! 2. [`read`]: from the written text to a [`Value`];
//! 3. [`Interval`]: times and durations as exactly as they were written.
//!
//! Nothing is guessed: `有効` is a truth only where a truth is asked for, and a text that is not of the
//! declared type is [`Value::Unreadable`], which decides nothing.

mod interval;
mod time;

use std::fmt;

use jiff::civil::DateTime;
use unicode_normalization::UnicodeNormalization;

pub use interval::Interval;

use crate::text::fold;

/// The type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// A point in time, or a day.
    Time,
    /// A length of time.
    Duration,
    /// A number.
    Number,
    /// A version: numbers between dots, compared part by part.
    Version,
    /// Yes or no.
    Truth,
    /// A text that is compared as a whole.
    Text,
    /// Messages, of which several may stand there at once: alarms.
    Messages,
}

impl Type {
    /// Every type with the name that a flow declares it by.
    pub const NAMES: [(&'static str, Self); 14] = [
        ("日時", Self::Time),
        ("日付", Self::Time),
        ("time", Self::Time),
        ("期間", Self::Duration),
        ("duration", Self::Duration),
        ("数", Self::Number),
        ("number", Self::Number),
        ("版", Self::Version),
        ("version", Self::Version),
        ("真偽", Self::Truth),
        ("truth", Self::Truth),
        ("文字", Self::Text),
        ("text", Self::Text),
        ("文面", Self::Messages),
    ];

    /// The type of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    /// The name in Japanese.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Time => "日時",
            Self::Duration => "期間",
            Self::Number => "数",
            Self::Version => "版",
            Self::Truth => "真偽",
            Self::Text => "文字",
            Self::Messages => "文面",
        }
    }

    /// The name in English.
    #[must_use]
    pub const fn english(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Number => "number",
            Self::Version => "version",
            Self::Truth => "truth",
            Self::Text => "text",
            Self::Messages => "messages",
        }
    }
}

/// What a written value stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A time, in milliseconds of the clock of the place.
    Time(Interval),
    /// A length of time in milliseconds.
    Duration(Interval),
    /// A number.
    Number(f64),
    /// A version, without zeros at its end.
    Version(Vec<u64>),
    /// Yes or no.
    Truth(bool),
    /// A text in its one spelling.
    Text(String),
    /// The label stands there without a value.
    Empty,
    /// The value says that there is none: `なし`.
    None,
    /// The value is not of the declared type.
    Unreadable,
}

/// Reads a written value as the type that was declared for it.
#[must_use]
pub fn read(kind: Type, written: &str) -> Value {
    let folded = fold(written);
    if is_blank(&folded) {
        return Value::Empty;
    }
    if NONE.contains(&folded.as_str()) && !matches!(kind, Type::Truth) {
        return Value::None;
    }
    let value = match kind {
        Type::Time => time::read(written).map(|timed| Value::Time(timed.interval())),
        Type::Duration => duration(&folded).map(|length| Value::Duration(Interval::exact(length))),
        Type::Number => number(&folded).map(Value::Number),
        Type::Version => version(&folded).map(Value::Version),
        Type::Truth => truth(&folded).map(Value::Truth),
        Type::Text | Type::Messages => Some(Value::Text(folded)),
    };
    value.unwrap_or(Value::Unreadable)
}

/// Reads a value whose type nothing declares: a time, else a number, else a text.
#[must_use]
pub fn read_any(written: &str) -> Value {
    match read(Type::Time, written) {
        Value::Unreadable => match read(Type::Number, written) {
            Value::Unreadable => read(Type::Text, written),
            value => value,
        },
        value => value,
    }
}

/// The time of the clock as a value.
#[must_use]
pub fn now(clock: DateTime) -> Value {
    Value::Time(Interval::exact(time::milliseconds(clock)))
}

/// How consoles write that there is nothing.
const NONE: [&str; 8] = ["なし", "無し", "無", "ありません", "該当なし", "0件", "none", "n/a"];

/// Consoles fill an empty field with a dash.
fn is_blank(folded: &str) -> bool {
    folded.chars().all(|character| matches!(character, '-' | 'ー' | '―' | '—' | '–' | '−' | ' '))
}

fn truth(folded: &str) -> Option<bool> {
    const YES: [&str; 10] =
        ["true", "はい", "有効", "yes", "真", "○", "あり", "済", "完了", "実行済"];
    const NO: [&str; 9] = ["false", "いいえ", "無効", "no", "偽", "×", "なし", "未", "未完了"];
    if YES.contains(&folded) {
        Some(true)
    } else if NO.contains(&folded) {
        Some(false)
    } else {
        None
    }
}

/// `1,234`, `-5`, `236台`: one word of a unit may follow.
fn number(folded: &str) -> Option<f64> {
    let digits: String = folded.chars().filter(|character| *character != ',').collect();
    let end = digits
        .find(|character: char| !(character.is_ascii_digit() || matches!(character, '.' | '-')))
        .unwrap_or(digits.len());
    let (number, unit) = digits.split_at_checked(end)?;
    let is_unit = unit.trim().chars().count() <= 2 && unit.chars().all(|c| !c.is_ascii());
    number.parse().ok().filter(|number: &f64| number.is_finite() && is_unit)
}

/// `9.1`, `iOS 8.4.1`, `iOS9.1`.
fn version(folded: &str) -> Option<Vec<u64>> {
    let start = folded.find(|character: char| character.is_ascii_digit())?;
    let (name, numbers) = folded.split_at_checked(start)?;
    if !name.trim().chars().all(|character| character.is_ascii_alphabetic()) {
        return None;
    }
    let mut parts: Vec<u64> = Vec::new();
    for part in numbers.split('.') {
        parts.push(part.parse().ok()?);
    }
    while parts.last() == Some(&0) {
        parts.pop();
    }
    Some(parts)
}

/// The units of durations with their milliseconds; the longer names stand first.
pub(super) const UNITS: [(&str, i64); 18] = [
    ("週間", 604_800_000),
    ("日間", 86_400_000),
    ("日", 86_400_000),
    ("時間", 3_600_000),
    ("分間", 60_000),
    ("分", 60_000),
    ("秒間", 1_000),
    ("秒", 1_000),
    ("weeks", 604_800_000),
    ("week", 604_800_000),
    ("days", 86_400_000),
    ("day", 86_400_000),
    ("hours", 3_600_000),
    ("hour", 3_600_000),
    ("minutes", 60_000),
    ("minute", 60_000),
    ("seconds", 1_000),
    ("second", 1_000),
];

/// `6日`, `1日12時間`, `30 minutes`.
pub(super) fn duration(text: &str) -> Option<i64> {
    let folded: String = text.nfkc().collect();
    let mut rest = folded.trim();
    let mut sum: i64 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = rest.split_at_checked(digits)?;
        let amount: i64 = number.parse().ok()?;
        let after = after.trim_start();
        let (name, length) = UNITS.iter().find(|(name, _)| after.starts_with(name))?;
        sum = sum.checked_add(amount.checked_mul(*length)?)?;
        rest = after.strip_prefix(name)?.trim_start();
    }
    Some(sum)
}

impl fmt::Display for Value {
    /// The value as an answer shows it: times as `2024-05-08 17:19:30`, and as exact as they are known.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(interval) => match time::date_time(interval.low) {
                Some(local) => {
                    write!(formatter, "{}", local.date())?;
                    match interval.high - interval.low {
                        86_399_999.. => Ok(()),
                        1.. => write!(formatter, " {:02}:{:02}", local.hour(), local.minute()),
                        _ => write!(formatter, " {}", local.time()),
                    }
                }
                None => formatter.write_str("?"),
            },
            Self::Duration(interval) => show_duration(formatter, interval.low),
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Version(parts) => {
                let parts: Vec<String> = parts.iter().map(u64::to_string).collect();
                formatter.write_str(&parts.join("."))
            }
            Self::Truth(true) => formatter.write_str("TRUE"),
            Self::Truth(false) => formatter.write_str("FALSE"),
            Self::Text(text) => formatter.write_str(text),
            Self::Empty => formatter.write_str("（空欄）"),
            Self::None => formatter.write_str("なし"),
            Self::Unreadable => formatter.write_str("?"),
        }
    }
}

/// `6日3時間`: the two largest units.
fn show_duration(formatter: &mut fmt::Formatter<'_>, milliseconds: i64) -> fmt::Result {
    const SHOWN: [(&str, i64); 4] =
        [("日", 86_400_000), ("時間", 3_600_000), ("分", 60_000), ("秒", 1_000)];
    let mut rest = milliseconds.unsigned_abs();
    if milliseconds < 0 {
        formatter.write_str("-")?;
    }
    let mut units = 0;
    for (name, length) in SHOWN {
        let amount = rest / length.unsigned_abs();
        rest %= length.unsigned_abs();
        if amount > 0 && units < 2 {
            write!(formatter, "{amount}{name}")?;
            units += 1;
        } else if units > 0 {
            break;
        }
    }
    if units == 0 { formatter.write_str("0秒") } else { Ok(()) }
}

#[cfg(test)]
mod tests;
