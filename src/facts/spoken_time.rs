//! Times as people write them beside a screen: without a year, or from the present backwards.
//!
//! 1. A day: `11/12`, `11月12日`, `昨日`, `3日前`, `先週の金曜`, `yesterday`, `3 days ago`.
//! 2. A time of day after it: `10:03`, `朝9時`, `午後3時半`, `9 am`.
//! 3. Or how long ago: `2時間前`, `30 minutes ago`.
//!
//! They are worth something only beside a clock that says when they were written, and never later than that.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, ToSpan as _};

use super::fold::fold;
use super::time::Moment;
use crate::text::lexicon::SPOKEN_TIMES;

/// The longest text that is read as such a time.
const LONGEST: usize = 60;
/// Nobody counts further back.
const MOST: i64 = 10_000;

/// A time that was resolved by a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spoken {
    local: DateTime,
    exact_to: Exact,
    /// How many bytes of the folded text it takes.
    pub(crate) len: usize,
}

/// The part up to which a time was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exact {
    Day,
    Minute,
    Second,
}

impl Spoken {
    /// The moment, where a clock was told.
    pub(crate) fn moment(self) -> Option<Moment> {
        (self.exact_to != Exact::Day).then_some(Moment { local: self.local, offset: None })
    }

    /// The time as consoles write it, as exactly as it was told: `2026/11/12 10:03`, `2026/11/12`.
    pub(crate) fn written(self) -> String {
        let form = match self.exact_to {
            Exact::Day => "%Y/%m/%d",
            Exact::Minute => "%Y/%m/%d %H:%M",
            Exact::Second => "%Y/%m/%d %H:%M:%S",
        };
        self.local.strftime(form).to_string()
    }
}

/// The whole text as such a time, written out.
pub(crate) fn resolve(text: &str, now: DateTime) -> Option<String> {
    let folded = fold(text);
    let folded = folded.trim();
    let spoken = read_spoken(folded, now)?;
    let rest = folded.get(spoken.len..)?.trim().trim_matches(['。', '.']);
    let told = SPOKEN_TIMES.entries("told of a time");
    (rest.is_empty() || told.iter().any(|it| it == rest)).then(|| spoken.written())
}

/// Reads the time that a folded text begins with.
pub(crate) fn read_spoken(text: &str, now: DateTime) -> Option<Spoken> {
    let text = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text);
    let mut words = Remaining { rest: text };
    if let Some(local) = moment_ago(&mut words, now) {
        let len = text.len() - words.rest.len();
        return Some(Spoken { local, exact_to: Exact::Minute, len });
    }
    let (day, mut part) = day(&mut words, now)?;
    let behind_day = words.rest;
    words.skip(&["の", " ", ","]);
    if words.rest.starts_with('(') {
        words.bracketed_weekday();
    }
    words.skip(&["の", " "]);
    let told = words.one_of(&[("morning", Part::Morning), ("afternoon", Part::Afternoon)]);
    part = told.or(part);
    words.skip(&["の", " "]);
    let clock = clock(&mut words, part);
    if clock.is_none() {
        words.rest = behind_day;
        words.bracketed_weekday();
        // 3/4 is a share, 11/12345 a path.
        let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-');
        if words.rest.starts_with(goes_on) {
            return None;
        }
    }
    let (time, exact_to) = clock.unwrap_or((Time::midnight(), Exact::Day));
    Some(Spoken { local: day.to_datetime(time), exact_to, len: text.len() - words.rest.len() })
}

/// The rest of a text that is being read.
struct Remaining<'t> {
    rest: &'t str,
}

impl Remaining<'_> {
    fn eat(&mut self, word: &str) -> bool {
        let rest = self.rest.strip_prefix(word);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// The place in a section of its word that is here.
    fn word_of(&mut self, section: &str) -> Option<usize> {
        SPOKEN_TIMES.entries(section).iter().position(|word| self.eat(word))
    }

    /// The meaning of the first section that has a word which is here.
    fn one_of<T: Copy>(&mut self, sections: &[(&str, T)]) -> Option<T> {
        let found = sections.iter().find(|(section, _)| self.word_of(section).is_some());
        found.map(|&(_, meant)| meant)
    }

    fn skip(&mut self, words: &[&str]) {
        while words.iter().any(|word| self.eat(word)) {}
    }

    /// `(木)` after a date.
    fn bracketed_weekday(&mut self) {
        let inner = self.rest.trim_start().strip_prefix('(');
        if let Some((day, rest)) = inner.and_then(|inner| inner.split_once(')'))
            && day.chars().count() <= 3
            && day.starts_with(['月', '火', '水', '木', '金', '土', '日'])
        {
            self.rest = rest;
        }
    }

    /// A number of up to four digits, or one to ten in kanji.
    fn number(&mut self) -> Option<i64> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return i64::try_from(self.word_of("numbers")? + 1).ok();
        }
        let (number, rest) = self.rest.split_at_checked(digits).filter(|_| digits <= 4)?;
        self.rest = rest;
        number.parse().ok()
    }
}

/// `2時間前`, `30 minutes ago`: a moment, not a day.
fn moment_ago(words: &mut Remaining<'_>, now: DateTime) -> Option<DateTime> {
    let start = words.rest;
    let found = ago(words, now, &[("hours", |n| n.hours()), ("minutes", |n| n.minutes())]);
    if found.is_none() {
        words.rest = start;
    }
    found.map(|local| local.with().second(0).subsec_nanosecond(0).build().unwrap_or(local))
}

/// The section of a unit of time, with the span of so many.
type Unit = (&'static str, fn(i64) -> Span);

fn ago(words: &mut Remaining<'_>, now: DateTime, units: &[Unit]) -> Option<DateTime> {
    words.skip(&["約", "およそ"]);
    let amount = words.number().filter(|amount| *amount <= MOST)?;
    words.skip(&[" "]);
    let span = words.one_of(units)?;
    words.skip(&["ほど", "くらい", "ぐらい"]);
    if !(words.eat("前") || words.eat(" ago")) {
        return None;
    }
    now.checked_sub(span(amount)).ok()
}

/// A part of the day that decides what an hour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Morning,
    Afternoon,
}

/// The day, and the part of it where its word says so (今朝).
fn day(words: &mut Remaining<'_>, now: DateTime) -> Option<(Date, Option<Part>)> {
    let today = now.date();
    let named = words.one_of(&[
        ("today", (0, None)),
        ("this morning", (0, Some(Part::Morning))),
        ("yesterday", (1, None)),
        ("last night", (1, Some(Part::Afternoon))),
        ("the day before yesterday", (2, None)),
    ]);
    if let Some((days, part)) = named {
        return Some((today.checked_sub(i64::days(days)).ok()?, part));
    }
    let start = words.rest;
    let units: [Unit; 3] =
        [("days", |n| n.days()), ("weeks", |n| n.weeks()), ("months", |n| n.months())];
    if let Some(local) = ago(words, now, &units) {
        return Some((local.date(), None));
    }
    words.rest = start;
    weekday(words, today).or_else(|| month_and_day(words, today)).map(|day| (day, None))
}

/// `先週の金曜`, `月曜日`: the last one before today.
fn weekday(words: &mut Remaining<'_>, today: Date) -> Option<Date> {
    let start = words.rest;
    let last_week = words.eat("先週");
    words.skip(&["の"]);
    let monday_based = words.word_of("weekdays").and_then(|place| i8::try_from(place).ok());
    let weekday = monday_based.and_then(|it| Weekday::from_monday_zero_offset(it).ok());
    let Some(weekday) = weekday else {
        words.rest = start;
        return None;
    };
    words.eat("日");
    if last_week {
        let monday = today.checked_sub(i64::days(today.weekday().to_monday_zero_offset().into()));
        let before = monday.ok()?.checked_sub(1.weeks()).ok()?;
        return before.checked_add(i64::days(weekday.to_monday_zero_offset().into())).ok();
    }
    today.nth_weekday(-1, weekday).ok()
}

/// `11/12`, `11月12日`, `先月12日`: in the year that makes it no later than today.
fn month_and_day(words: &mut Remaining<'_>, today: Date) -> Option<Date> {
    let start = words.rest;
    let found = (|| {
        if words.eat("先月") || words.eat("今月") {
            let back = i64::from(start.starts_with("先月"));
            words.skip(&["の"]);
            let day = i8::try_from(words.number()?).ok()?;
            let month = today.checked_sub(i64::months(back)).ok()?;
            return words.eat("日").then(|| month.with().day(day).build().ok()).flatten();
        }
        let month = i8::try_from(words.number()?).ok()?;
        let in_kanji = words.eat("月");
        if !in_kanji && !words.eat("/") {
            return None;
        }
        let day = i8::try_from(words.number()?).ok()?;
        if in_kanji && !words.eat("日") {
            return None;
        }
        let year = today.year();
        let tomorrow = today.checked_add(1.days()).unwrap_or(today);
        let of = |year| Date::new(year, month, day).ok();
        of(year).filter(|date| *date <= tomorrow).or_else(|| of(year - 1))
    })();
    if found.is_none() {
        words.rest = start;
    }
    found
}

/// `10:03`, `9時`, `3時半`, `9時5分12秒`, `9 am`.
fn clock(words: &mut Remaining<'_>, part: Option<Part>) -> Option<(Time, Exact)> {
    let mut hour = i8::try_from(words.number()?).ok()?;
    let (mut minute, mut second) = (0, None);
    let mut named = None;
    if words.eat(":") {
        minute = i8::try_from(words.number()?).ok()?;
        if words.eat(":") {
            second = Some(i8::try_from(words.number()?).ok()?);
        }
    } else if words.eat("時") {
        if words.eat("半") {
            minute = 30;
        } else if words.rest.starts_with(|c: char| c.is_ascii_digit()) {
            minute = i8::try_from(words.number()?).ok()?;
            words.eat("分").then_some(())?;
            if words.rest.starts_with(|c: char| c.is_ascii_digit()) {
                second = Some(i8::try_from(words.number()?).ok()?);
                words.eat("秒").then_some(())?;
            }
        }
    } else {
        words.skip(&[" "]);
        named = words.one_of(&[("am", Part::Morning), ("pm", Part::Afternoon)]);
        named?;
    }
    words.skip(&["ごろ", "頃", "ちょうど"]);
    if named.or(part) == Some(Part::Afternoon) && hour < 12 {
        hour += 12;
    }
    let exact_to = if second.is_some() { Exact::Second } else { Exact::Minute };
    Some((Time::new(hour, minute, second.unwrap_or_default(), 0).ok()?, exact_to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime {
        jiff::civil::date(2026, 11, 28).at(10, 0, 30, 0)
    }

    crate::source::cases! {
        spoken_times: |text| shown(resolve(text, now()));
    }

    #[test]
    fn only_a_clock_is_a_moment() {
        let moment = |text| read_spoken(text, now()).and_then(Spoken::moment);
        let nine = moment("今朝9時ごろ、登録できませんでした").map(|it| it.local.to_string());
        assert_eq!(nine.as_deref(), Some("2026-11-28T09:00:00"));
        assert_eq!(moment("昨日、登録できませんでした"), None);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "[0-9 :/月日前朝時分昨今先週金曜の(午後)]{0,20}") {
            let _ = resolve(&text, now());
        }
    }
}
