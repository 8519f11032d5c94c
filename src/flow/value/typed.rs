//! Days and times as people type them: `11/23 9:05`, `きのうの15時`, `3日前`, `9:05`.
//!
//! Screens are never read so: there, a time without a year is none. Somebody who is asked
//! answers of the days around the question, so that the clock gives what is left out.

use jiff::Span;
use jiff::civil::{Date, DateTime};
use unicode_normalization::UnicodeNormalization;

use super::{Type, Value, read};

/// The longest text that is read so.
const LONGEST: usize = 60;

/// The time in the form of a screen, where the text is one; `None` where it is none, or has its year.
pub(in crate::flow) fn time(written: &str, now: Option<DateTime>) -> Option<String> {
    if written.len() > LONGEST || matches!(read(Type::Time, written), Value::Time(_)) {
        return None;
    }
    let now = now?;
    let folded: String = written.nfkc().collect();
    let text = folded.trim().trim_end_matches("ごろ").trim_end_matches("頃").trim();
    if matches!(text, "今" | "いま" | "現在" | "さっき" | "now") {
        return Some(now.strftime("%Y-%m-%d %H:%M").to_string());
    }
    let (day, rest) = day(text, now).unwrap_or((now.date(), text));
    let rest = rest.trim_start().trim_start_matches('の').trim_start_matches("at ").trim();
    if rest.is_empty() {
        return Some(day.to_string());
    }
    let clock = clock(rest)?;
    Some(format!("{day} {clock}"))
}

/// The day that a text begins with, and what follows it.
fn day(text: &str, now: DateTime) -> Option<(Date, &str)> {
    const RELATIVE: [(&str, i64); 16] = [
        ("一昨日", 2),
        ("おととい", 2),
        ("昨日", 1),
        ("きのう", 1),
        ("前日", 1),
        ("昨晩", 1),
        ("昨夜", 1),
        ("今日", 0),
        ("きょう", 0),
        ("本日", 0),
        ("今朝", 0),
        ("先週", 7),
        ("yesterday", 1),
        ("today", 0),
        ("last week", 7),
        ("this morning", 0),
    ];
    let today = now.date();
    let lower = text.to_lowercase();
    for (word, ago) in RELATIVE {
        if lower.starts_with(word) {
            let day = today.checked_sub(Span::new().days(ago)).ok()?;
            return Some((day, text.get(word.len()..)?));
        }
    }
    let (number, rest) = number(text)?;
    let rest = rest.trim_start();
    for (word, days) in
        [("日前", 1), ("週間前", 7), ("days ago", 1), ("day ago", 1), ("weeks ago", 7)]
    {
        if let Some(rest) = rest.strip_prefix(word) {
            let ago = i64::from(number).checked_mul(days)?;
            return Some((today.checked_sub(Span::new().try_days(ago).ok()?).ok()?, rest));
        }
    }
    if let Some(rest) = rest.strip_prefix(['/', '月', '-', '.']) {
        let (day_number, rest) = self::number(rest.trim_start())?;
        let rest = rest.strip_prefix('日').unwrap_or(rest);
        let rest = weekday(rest);
        let date = |year: i16| {
            Date::new(year, i8::try_from(number).ok()?, i8::try_from(day_number).ok()?).ok()
        };
        // A day that has not come yet is one of the year before.
        let this = date(today.year());
        let day = this.filter(|day| *day <= today).or_else(|| date(today.year() - 1));
        return Some((day?, rest));
    }
    if let Some(rest) = rest.strip_prefix('日') {
        let day = i8::try_from(number).ok()?;
        let this = Date::new(today.year(), today.month(), day).ok();
        let before = || {
            let last = today.first_of_month().yesterday().ok()?;
            Date::new(last.year(), last.month(), day).ok()
        };
        return Some((this.filter(|day| *day <= today).or_else(before)?, weekday(rest)));
    }
    None
}

/// The text after `(木)`.
fn weekday(text: &str) -> &str {
    let inner = text.trim_start().strip_prefix('(');
    let behind = inner.and_then(|text| text.split_once(')'));
    behind.map_or(text, |(_, behind)| behind)
}

/// `9:05`, `9時5分`, `9時半`, `午後3時`, `15時ちょうど`.
fn clock(text: &str) -> Option<String> {
    let (after_noon, text) = match text.strip_prefix("午後").or_else(|| text.strip_prefix("夕方"))
    {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix("午前").unwrap_or(text).trim_start()),
    };
    let (hour, rest) = number(text)?;
    let hour = if after_noon && hour < 12 { hour + 12 } else { hour };
    let (minute, rest) = match rest.strip_prefix([':', '時']) {
        Some("半") => (30, ""),
        Some(rest) if rest.trim().is_empty() || rest == "ちょうど" => (0, ""),
        Some(rest) => number(rest.trim_start())?,
        None => return None,
    };
    let rest = rest.strip_prefix('分').unwrap_or(rest);
    let second = match rest.trim_start().trim_start_matches(':') {
        "" => None,
        rest => {
            let (second, rest) = number(rest)?;
            let rest = rest.strip_prefix('秒').unwrap_or(rest);
            Some(second).filter(|_| rest.trim().is_empty())
        }
    };
    let whole = rest.trim().is_empty() || second.is_some();
    if hour > 23 || minute > 59 || second.is_some_and(|second| second > 59) || !whole {
        return None;
    }
    Some(match second {
        Some(second) => format!("{hour:02}:{minute:02}:{second:02}"),
        None => format!("{hour:02}:{minute:02}"),
    })
}

/// The number of at most four digits that a text begins with.
fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    Some((number.parse().ok().filter(|_| digits <= 4)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_type_them() {
        let now = Some(jiff::civil::date(2026, 3, 2).at(10, 30, 0, 0));
        let cases = [
            ("3/1 9:05", Some("2026-03-01 09:05")),
            ("１２／２４　１７：３０", Some("2025-12-24 17:30")),
            ("2月27日（金）9時5分", Some("2026-02-27 09:05")),
            ("きのう 9:05", Some("2026-03-01 09:05")),
            ("昨日の15時ごろ", Some("2026-03-01 15:00")),
            ("一昨日", Some("2026-02-28")),
            ("今日 9時半", Some("2026-03-02 09:30")),
            ("3日前", Some("2026-02-27")),
            ("9:05:12", Some("2026-03-02 09:05:12")),
            ("午後3時", Some("2026-03-02 15:00")),
            ("1日 8:00", Some("2026-03-01 08:00")),
            ("27日", Some("2026-02-27")),
            ("yesterday 9:05", Some("2026-03-01 09:05")),
            ("今", Some("2026-03-02 10:30")),
            // A screen's own form is left to the screen's own reading.
            ("2026/03/01 9:05", None),
            ("なし", None),
            ("25:00", None),
            ("13/45", None),
            ("", None),
            ("たぶん昼", None),
        ];
        for (written, expected) in cases {
            let time = time(written, now).filter(|_| !written.is_empty());
            assert_eq!(time.as_deref(), expected, "{written}");
        }
        assert_eq!(time("3/1 9:05", None), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_not(text in "\\PC{0,30}|[0-9/:日月時分前昨きのう ]{0,20}") {
            let now = Some(jiff::civil::date(2026, 3, 31).at(10, 30, 0, 0));
            if let Some(time) = time(&text, now) {
                proptest::prop_assert!(matches!(read(Type::Time, &time), Value::Time(_)), "{}", time);
            }
        }
    }
}
