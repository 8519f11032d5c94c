//! Times as consoles write them, with how exactly they were written.
//!
//! The forms themselves are read by [`facts`](crate::facts), the same for logs and screens. A time without a
//! year is none here: a flow compares times of several screens, and a guessed year would put them in a
//! guessed order. A zone is left aside, as the consoles write all their times in one.

use jiff::civil::DateTime;
use unicode_normalization::UnicodeNormalization;

use super::Interval;
use crate::facts::{Moment, read_time};

const LONGEST: usize = 80;

/// A time with how exactly it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timed {
    /// The first moment that the text may stand for.
    pub(super) moment: Moment,
    /// How long the stretch is that the text may stand for, in milliseconds: a day, a minute, nothing.
    pub(super) width: i64,
}

impl Timed {
    /// The moments that the text may stand for, counted in the clock of the place.
    pub(super) fn interval(self) -> Interval {
        let low = milliseconds(self.moment.local);
        Interval { low, high: low.saturating_add(self.width) }
    }
}

/// A point in time as a count, without a zone.
pub(super) fn milliseconds(local: DateTime) -> i64 {
    let since = local.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The point in time of a count; `None` beyond the calendar.
pub(super) fn date_time(milliseconds: i64) -> Option<DateTime> {
    DateTime::constant(1970, 1, 1, 0, 0, 0, 0)
        .checked_add(jiff::SignedDuration::from_millis(milliseconds))
        .ok()
}

/// Reads a text that is a time and nothing else.
pub(super) fn read(written: &str) -> Option<Timed> {
    if written.len() > LONGEST {
        return None;
    }
    let folded: String = written.nfkc().collect();
    let text = folded.trim();
    let long = with_long_era(text);
    let text = long.as_deref().unwrap_or(text);
    let timed = read_time(text, None).filter(|timed| !timed.year_is_guessed)?;
    let taken = text.get(..timed.len)?;
    let rest = text.get(timed.len..)?.trim();
    if !rest.is_empty() && !is_weekday(rest) {
        return None;
    }
    let has_seconds = taken.contains('秒') || taken.matches(':').count() >= 2;
    let width = match (timed.has_clock, has_seconds) {
        (false, _) => 86_400_000 - 1,
        (true, false) => 60_000 - 1,
        (true, true) => 0,
    };
    Some(Timed { moment: timed.moment, width })
}

/// `(木)` after a date.
fn is_weekday(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.is_some_and(|day| matches!(day.chars().next(), Some(c) if "月火水木金土日".contains(c)))
}

/// `R4.11.10 15:43` as `令和4年11月10日 15:43`; the letter and two dots are needed.
fn with_long_era(text: &str) -> Option<String> {
    let era = match text.chars().next()?.to_ascii_uppercase() {
        'R' => "令和",
        'H' => "平成",
        'S' => "昭和",
        _ => return None,
    };
    let (date, clock) = text.split_once(' ').unwrap_or((text, ""));
    let mut parts = date.get(1..)?.split(['.', '/', '-']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let numbers = [year, month, day].iter().all(|part| {
        (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    (numbers && parts.next().is_none())
        .then(|| format!("{era}{year}年{month}月{day}日 {clock}").trim_end().to_owned())
}
