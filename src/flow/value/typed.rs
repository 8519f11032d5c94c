//! Days and times as people type them: `11/23 9:05`, `きのうの15時`, `3日前`, `9:05`.
//!
//! Screens are never read so: there, a time without a year is none. Somebody who is asked
//! answers of the days around the question, so that the clock gives what is left out.

use jiff::civil::DateTime;
use unicode_normalization::UnicodeNormalization;

use super::{Type, Value, read};
use crate::facts::resolve_time;
use crate::text::lexicon::{FLOW_WORDS, Section};

static NOW: Section = FLOW_WORDS.section("now");
static DAYS: Section = FLOW_WORDS.section("days of answers");

/// The time in the form of a screen, where the text is one; `None` where it is none, or has its year.
pub(in crate::flow) fn time(written: &str, now: Option<DateTime>) -> Option<String> {
    let now = now?;
    let folded: String = written.nfkc().collect();
    let text = folded.trim();
    if text.is_empty() || matches!(read(Type::Time, written), Value::Time(_)) {
        return None;
    }
    if NOW.contains(&text) {
        return Some(now.strftime("%Y-%m-%d %H:%M").to_string());
    }
    // A time of day alone is today's.
    let resolved = resolve_time(text, now)
        .or_else(|| resolve_time(&format!("今日 {text}"), now))
        .or_else(|| resolve_time(&with_day(text, now)?, now))?;
    Some(resolved.replace('/', "-"))
}

/// The text with a day that [`resolve_time`] reads, for the days that only an answer names: `27日` of this month or
/// the one before, `3-1`, `先週`.
fn with_day(text: &str, now: DateTime) -> Option<String> {
    let mut rows = DAYS.iter().filter_map(|row| row.split_once(": "));
    if let Some((day, rest)) = rows.find_map(|(word, day)| Some((day, text.strip_prefix(word)?))) {
        return Some(format!("{day}{rest}"));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    if let Some(rest) = rest.strip_prefix('日') {
        let day: i8 = number.parse().ok()?;
        let today = now.date();
        let before = today.first_of_month().yesterday().ok()?;
        let month = if day <= today.day() { today.month() } else { before.month() };
        return Some(format!("{month}/{day}{rest}"));
    }
    Some(format!("{number}/{}", rest.strip_prefix(['-', '.'])?))
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::source::cases! {
        typed_times: |written| {
            shown(time(written, Some(jiff::civil::date(2026, 3, 2).at(10, 30, 0, 0))))
        };
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
