//! Times as consoles write them.
//!
//! SEAM: `crate::facts` gets its own reader of times, which takes the head of a text and says how
//! many bytes it took. Once it is there, [`read_head`] becomes a call of it; what stands above it here,
//! the precision and the short eras, stays.

use jiff::civil::{Date, DateTime, Time};
use unicode_normalization::UnicodeNormalization;

use super::Interval;
use crate::facts::Moment;

/// The longest text that is read as a time.
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
    let (moment, has_clock, length) = read_head(text)?;
    let taken = text.get(..length)?;
    let rest = text.get(length..)?.trim();
    if !rest.is_empty() && !is_weekday(rest) {
        return None;
    }
    let has_seconds = taken.contains('秒') || taken.matches(':').count() >= 2;
    let width = match (has_clock, has_seconds) {
        (false, _) => 86_400_000 - 1,
        (true, false) => 60_000 - 1,
        (true, true) => 0,
    };
    Some(Timed { moment, width })
}

/// `(木)` behind a date.
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
    let (date, clock) = match text.split_once(' ') {
        Some((date, clock)) => (date, clock),
        None => (text, ""),
    };
    let mut parts = date.get(1..)?.split(['.', '/', '-']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let numbers = [year, month, day].iter().all(|part| {
        (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    (numbers && parts.next().is_none())
        .then(|| format!("{era}{year}年{month}月{day}日 {clock}").trim_end().to_owned())
}

/// The time at the head of a folded text, whether it has a time of day, and its length in bytes.
fn read_head(text: &str) -> Option<(Moment, bool, usize)> {
    let mut head = Head { rest: text };
    let date = head.date()?;
    let after_date = head.rest;
    let clock = head.clock();
    if clock.is_none() {
        head.rest = after_date;
    }
    let local = date.to_datetime(clock.unwrap_or_else(Time::midnight));
    let length = text.len() - head.rest.len();
    Some((Moment { local, offset: None }, clock.is_some(), length))
}

struct Head<'t> {
    rest: &'t str,
}

impl Head<'_> {
    fn date(&mut self) -> Option<Date> {
        const ERAS: [(&str, i32); 3] = [("令和", 2018), ("平成", 1988), ("昭和", 1925)];
        let era = ERAS.into_iter().find_map(|(name, before)| self.text(name).then_some(before));
        let year = match era {
            Some(before) if self.text("元") => before + 1,
            Some(before) => before + self.number(2)?,
            None => match self.number(4)? {
                year @ 0..70 => year + 2000,
                year => year,
            },
        };
        let kanji = self.text("年");
        let separator = ["/", "-", "."].into_iter().find(|mark| !kanji && self.text(mark));
        self.spaces();
        let month = self.number(2)?;
        let between = if kanji { self.text("月") } else { self.text(separator?) };
        self.spaces();
        let day = self.number(2)?;
        if !between || (kanji && !self.text("日")) {
            return None;
        }
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
            .ok()
    }

    fn clock(&mut self) -> Option<Time> {
        self.spaces();
        let _ = self.text("T");
        let afternoon = self.text("午後");
        let morning = !afternoon && self.text("午前");
        self.spaces();
        let mut hour = self.number(2)?;
        let kanji = self.text("時");
        if !kanji && !self.text(":") {
            return None;
        }
        let minute = if kanji { self.number(2).unwrap_or(0) } else { self.number(2)? };
        let more = if kanji { self.text("分") } else { self.text(":") };
        let second = if more { self.number(2).unwrap_or(0) } else { 0 };
        if kanji {
            let _ = self.text("秒");
        }
        if afternoon && hour < 12 {
            hour += 12;
        } else if morning && hour == 12 {
            hour = 0;
        }
        let part = |value: i32| i8::try_from(value).ok();
        Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()
    }

    fn text(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn number(&mut self, most: usize) -> Option<i32> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=most).contains(&digits) {
            return None;
        }
        let (number, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        number.parse().ok()
    }
}
