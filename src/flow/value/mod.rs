//! Values: a written text, read as the type that a flow declares.
//!
//! 1. [`Type`]: what a flow's table of facts declares;
//! 2. [`read`]: from the written text to a [`Value`];
//! 3. [`Interval`]: times and durations as exactly as they were written.
//!
//! Nothing is guessed: `有効` is a truth only where a truth is asked for, and a text that is not of the
//! declared type is [`Value::Unreadable`], which decides nothing.

mod interval;
mod time;
pub(super) mod typed;

use std::fmt;

use jiff::SignedDuration;
use jiff::civil::DateTime;
use unicode_normalization::UnicodeNormalization;

pub use interval::Interval;

use crate::facts::called_blank;
use crate::source::Language;
use crate::text::fold;
use crate::text::lexicon::{FLOW_WORDS, Section};

/// The type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Type {
    /// A point in time, or a day.
    Time,
    /// A length of time.
    Duration,
    Number,
    /// A version: numbers between dots, compared part by part.
    Version,
    Truth,
    /// A text that is compared as a whole.
    #[default]
    Text,
    /// Messages, of which several may be there at once: alarms.
    Messages,
}

impl Type {
    /// Every type with its names in Japanese and in English, by which a flow may declare it.
    pub const NAMES: [(Self, [&'static str; 2]); 7] = [
        (Self::Time, ["日時", "time"]),
        (Self::Duration, ["期間", "duration"]),
        (Self::Number, ["数", "number"]),
        (Self::Version, ["版", "version"]),
        (Self::Truth, ["真偽", "truth"]),
        (Self::Text, ["文字", "text"]),
        (Self::Messages, ["文面", "messages"]),
    ];

    /// The type of a name; a date is a time that is not exact.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim();
        let known = Self::NAMES.into_iter().find(|(_, names)| names.contains(&name));
        known.map(|(kind, _)| kind).or((name == "日付").then_some(Self::Time))
    }

    pub fn name(self) -> &'static str {
        let [japanese, _] = self.names();
        japanese
    }

    pub fn english(self) -> &'static str {
        let [_, english] = self.names();
        english
    }

    fn names(self) -> [&'static str; 2] {
        let known = Self::NAMES.into_iter().find(|(kind, _)| *kind == self);
        known.map(|(_, names)| names).unwrap_or_default()
    }
}

/// A written text, read as its declared type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A time, in milliseconds of the clock of the place.
    Time(Interval),
    /// A length of time in milliseconds.
    Duration(Interval),
    Number(f64),
    /// A version, without zeros at its end.
    Version(Vec<u64>),
    Truth(bool),
    Text(String),
    /// The label is there without a value.
    Empty,
    /// The value says that there is none: `なし`.
    None,
    /// The value is not of the declared type.
    Unreadable,
}

/// Whether a value says that nobody knows it.
pub(super) fn is_not_known(written: &str) -> bool {
    static NOT_KNOWN: Section = FLOW_WORDS.section("not known");
    NOT_KNOWN.contains(&fold(written).as_str())
}

/// Reads a written value as the type that was declared for it.
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
pub fn read_any(written: &str) -> Value {
    let kinds = [Type::Time, Type::Number];
    let read = |kind| Some(read(kind, written)).filter(|value| *value != Value::Unreadable);
    kinds.into_iter().find_map(read).unwrap_or_else(|| self::read(Type::Text, written))
}

/// The time of the clock as a value.
pub fn now(clock: DateTime) -> Value {
    Value::Time(Interval::exact(time::milliseconds(clock)))
}

static NONE: Section = FLOW_WORDS.section("none");

/// Whether a value is that of an empty field, which consoles fill with a dash and people call so: （空欄）.
pub(super) fn is_blank(folded: &str) -> bool {
    let called = folded.trim_matches(['(', ')', '[', ']', '<', '>', '「', '」', ' ']);
    called_blank(called) == Some(called.len())
        || folded
            .chars()
            .all(|character| matches!(character, '-' | 'ー' | '―' | '—' | '–' | '−' | ' '))
}

fn truth(folded: &str) -> Option<bool> {
    static YES: Section = FLOW_WORDS.section("yes");
    static NO: Section = FLOW_WORDS.section("no");
    let yes = YES.contains(&folded);
    (yes || NO.contains(&folded)).then_some(yes)
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
    let mut parts: Vec<u64> =
        numbers.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    while parts.last() == Some(&0) {
        parts.pop();
    }
    Some(parts)
}

/// The units of durations with their milliseconds; the longer names are first.
static UNITS: Section = FLOW_WORDS.section("units");

pub(super) fn units() -> impl Iterator<Item = (&'static str, i64)> {
    let rows = UNITS.iter().filter_map(|row| row.split_once(' '));
    rows.filter_map(|(name, length)| Some((name, length.parse().ok()?)))
}

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
        let (name, length) = units().find(|(name, _)| after.starts_with(name))?;
        sum = sum.checked_add(amount.checked_mul(length)?)?;
        rest = after.strip_prefix(name)?.trim_start();
    }
    Some(sum)
}

impl Value {
    /// Whether both say the same, one of them perhaps more exactly.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        self == other || self.is_narrower(other) || other.is_narrower(self)
    }

    /// Whether a time or a duration lies within a coarser one.
    pub(super) fn is_narrower(&self, coarser: &Self) -> bool {
        match (self, coarser) {
            (Self::Time(one), Self::Time(other)) | (Self::Duration(one), Self::Duration(other)) => {
                one != other && other.low <= one.low && one.high <= other.high
            }
            _ => false,
        }
    }

    /// The type of the value; `None` where there is none to read.
    pub(in crate::flow) const fn kind(&self) -> Option<Type> {
        match self {
            Self::Time(_) => Some(Type::Time),
            Self::Duration(_) => Some(Type::Duration),
            Self::Number(_) => Some(Type::Number),
            Self::Version(_) => Some(Type::Version),
            Self::Truth(_) => Some(Type::Truth),
            Self::Text(_) => Some(Type::Text),
            Self::Empty | Self::None | Self::Unreadable => None,
        }
    }

    /// The value as an answer shows it: times as `2024-05-08 17:19:30`, as exact as they are known.
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::Time(interval) => shown_time(*interval),
            Self::Duration(interval) => shown_duration(interval.low, language),
            Self::Number(number) => number.to_string(),
            Self::Version(parts) if parts.len() == 1 => {
                parts.iter().map(|part| format!("{part}.0")).collect()
            }
            Self::Version(parts) => parts.iter().map(u64::to_string).collect::<Vec<_>>().join("."),
            Self::Truth(true) => "TRUE".to_owned(),
            Self::Truth(false) => "FALSE".to_owned(),
            Self::Text(text) => text.clone(),
            Self::Empty => language.pick("（空欄）", "(empty)").to_owned(),
            Self::None => language.pick("なし", "none").to_owned(),
            Self::Unreadable => "?".to_owned(),
        }
    }

    /// The value for a program: times and durations as ISO 8601, as exact as they are known.
    pub fn iso(&self) -> String {
        match self {
            Self::Time(_) => self.text(Language::En).replace(' ', "T"),
            Self::Duration(interval) => SignedDuration::from_millis(interval.low).to_string(),
            Self::Empty => String::new(),
            value => value.text(Language::En),
        }
    }
}

impl fmt::Display for Value {
    /// The value as a Japanese answer shows it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text(Language::Ja))
    }
}

fn shown_time(interval: Interval) -> String {
    let Some(local) = time::date_time(interval.low) else { return "?".to_owned() };
    match interval.high - interval.low {
        86_399_999.. => local.date().to_string(),
        1.. => format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute()),
        _ => format!("{} {}", local.date(), local.time()),
    }
}

/// `6日3時間`: the two largest units.
fn shown_duration(milliseconds: i64, language: Language) -> String {
    const SHOWN: [(&str, &str, u64); 4] = [
        ("日", "d", 86_400_000),
        ("時間", "h", 3_600_000),
        ("分", "min", 60_000),
        ("秒", "s", 1_000),
    ];
    let mut rest = milliseconds.unsigned_abs();
    let amounts = SHOWN.into_iter().map(|(name, english, length)| {
        let amount = rest / length;
        rest %= length;
        (amount, language.pick(name, english))
    });
    let largest = amounts.skip_while(|(amount, _)| *amount == 0).take(2);
    let shown = largest.filter(|(amount, _)| *amount > 0).map(|(it, name)| format!("{it}{name}"));
    let shown: Vec<String> = shown.collect();
    match shown.as_slice() {
        [] => language.pick("0秒", "0s").to_owned(),
        shown => {
            let sign = if milliseconds < 0 { "-" } else { "" };
            format!("{sign}{}", shown.join(language.pick("", " ")))
        }
    }
}

#[cfg(test)]
mod tests;
