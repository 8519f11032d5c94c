//! Reads times in the forms that consoles and logs write.
//!
//! 1. A date: `11月 10` (journalctl), `2022年11月10日`, `令和4年11月10日`, `2022/11/10`, `2022-11-10`, `2022.11.10`, `15/10/29`,
//!    `10/Nov/2022`, `Nov 10`, `Thu Nov 10`, `11-10` (logcat), `20221110`.
//! 2. A time of day after it: `15:43:44`, `午後3時43分`, `3:43 PM`, with a fraction.
//! 3. A zone after that: `Z`, `+09:00`, `+0900`, `JST`, `UTC`.
//!
//! The text is expected folded (half-width digits); bytes are scanned by hand because every row of a
//! log passes here.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// A time at the beginning of a text, with how many bytes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timed {
    pub(crate) moment: Moment,
    /// Whether the text gives a time of day, not a date alone.
    pub(crate) has_clock: bool,
    /// Whether the text has no year.
    pub(crate) year_is_guessed: bool,
    /// The length in bytes.
    pub(crate) len: usize,
}

/// Reads the time that `text` begins with. `now` gives the year where the text has none.
pub(crate) fn read_time(text: &str, now: Option<DateTime>) -> Option<Timed> {
    let bytes = text.as_bytes();
    if !may_begin(bytes) {
        return None;
    }
    let mut cursor = Cursor { bytes, at: 0 };
    let date = read_date(&mut cursor, now)?;
    let after_date = cursor.at;
    let clock = read_clock_behind_date(&mut cursor);
    if clock.is_none() {
        cursor.at = after_date;
        if bytes.get(cursor.at).is_some_and(u8::is_ascii_alphanumeric) {
            return None;
        }
    }
    let offset = clock.and_then(|_| read_zone(&mut cursor));
    let local = date.date.to_datetime(clock.unwrap_or_else(Time::midnight));
    if clock.is_none() && date.needs_clock {
        return None;
    }
    // A syslog line of December that is read in January belongs to the year before.
    let is_later = |now: DateTime| local > now.saturating_add(jiff::Span::new().days(1));
    let before = || local.with().year(local.year() - 1).build().unwrap_or(local);
    let is_old = date.year_is_guessed && now.is_some_and(is_later);
    let local = if is_old { before() } else { local };
    Some(Timed {
        moment: Moment { local, offset },
        has_clock: clock.is_some(),
        year_is_guessed: date.year_is_guessed,
        len: cursor.at,
    })
}

/// The time that a text, folded or not, is and nothing else.
pub(crate) fn whole_time(text: &str, now: Option<DateTime>) -> Option<Timed> {
    let folded = super::fold(text.trim());
    read_time(&folded, now).filter(|timed| timed.len == folded.len())
}

/// Reads a time of day alone (`15:43:44`, `15:43:44.123`): how many bytes it takes.
pub(crate) fn read_clock(bytes: &[u8]) -> Option<usize> {
    let mut cursor = Cursor { bytes, at: 0 };
    cursor.number(1, 2)?;
    cursor.byte(b':')?;
    cursor.at = 0;
    cursor.clock()?;
    let goes_on = |byte: u8| byte.is_ascii_alphanumeric() || byte == b':';
    (!cursor.peek().is_some_and(goes_on)).then_some(cursor.at)
}

fn may_begin(bytes: &[u8]) -> bool {
    match bytes.first() {
        Some(byte) if byte.is_ascii_digit() => true,
        Some(b'A' | b'D' | b'F' | b'J' | b'M' | b'N' | b'O' | b'S' | b'T' | b'W') => {
            bytes.len() > 6
        }
        Some(b'R' | b'H') => bytes.get(1).is_some_and(u8::is_ascii_digit),
        // 令 平 昭 all begin with these bytes.
        Some(0xE4..=0xE6) => bytes.len() > 12,
        _ => false,
    }
}

struct ReadDate {
    date: Date,
    year_is_guessed: bool,
    needs_clock: bool,
}

impl ReadDate {
    /// The same as a date that only a clock after it shows to be one.
    fn with_clock(self) -> Self {
        Self { needs_clock: true, ..self }
    }
}

fn read_date(cursor: &mut Cursor<'_>, now: Option<DateTime>) -> Option<ReadDate> {
    if cursor.peek()?.is_ascii_digit() {
        return read_numeric_date(cursor, now);
    }
    if let Some(first_year) = cursor.era() {
        let year = if cursor.text("元") { 1 } else { cursor.number(1, 2)?.0 };
        cursor.text("年").then_some(())?;
        return read_month_and_day_in_kanji(cursor, first_year + year - 1);
    }
    // R8.11.20, where a clock tells it from a version.
    let first_year =
        [(b'R', 2019), (b'H', 1989)].into_iter().find(|it| cursor.byte(it.0).is_some());
    if let Some((_, first_year)) = first_year {
        let year = cursor.number(1, 2)?.0;
        let separator = cursor.peek().filter(|byte| matches!(byte, b'/' | b'.'))?;
        cursor.byte(separator)?;
        let month = cursor.number(1, 2)?.0;
        cursor.byte(separator)?;
        let date = certain(first_year + year - 1, month, cursor.number(1, 2)?.0);
        return date.map(ReadDate::with_clock);
    }
    read_named_month_date(cursor, now)
}

fn certain(year: i32, month: i32, day: i32) -> Option<ReadDate> {
    let year = match year {
        // Exports write 15/10/29; no MDM log is older than 1970.
        0..70 => year + 2000,
        70..100 => year + 1900,
        _ => year,
    };
    let date = date(year, month, day).filter(|_| (1970..=2200).contains(&year))?;
    Some(ReadDate { date, year_is_guessed: false, needs_clock: false })
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    let year = i16::try_from(year).ok()?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn read_month_and_day_in_kanji(cursor: &mut Cursor<'_>, year: i32) -> Option<ReadDate> {
    cursor.spaces();
    let month = cursor.number(1, 2)?.0;
    cursor.text("月").then_some(())?;
    cursor.spaces();
    let day = cursor.number(1, 2)?.0;
    cursor.text("日").then_some(())?;
    certain(year, month, day)
}

fn read_numeric_date(cursor: &mut Cursor<'_>, now: Option<DateTime>) -> Option<ReadDate> {
    let (first, digits) = cursor.number(1, 8)?;
    if digits == 8 {
        // 20221110, and only with a clock after it: eight digits alone are a number.
        let date = certain(first / 10_000, first / 100 % 100, first % 100);
        return date.map(ReadDate::with_clock);
    }
    if digits == 4 && cursor.text("年") {
        return read_month_and_day_in_kanji(cursor, first);
    }
    if digits <= 2 && cursor.text("月") {
        cursor.spaces();
        let day = cursor.number(1, 2)?.0;
        if cursor.text("日") {
            return guessed(now, first, day);
        }
        // 11月 10 15:43:44, as journalctl writes it in Japanese.
        return guessed(now, first, day).map(ReadDate::with_clock);
    }
    if digits <= 2 && cursor.byte(b' ').is_some() {
        // 10 Nov 2022 15:43:44
        let month = cursor.month_name()?;
        cursor.spaces();
        return certain(cursor.number(4, 4)?.0, month, first).map(ReadDate::with_clock);
    }
    let separator = cursor.peek().filter(|byte| matches!(byte, b'/' | b'-' | b'.'))?;
    cursor.at += 1;
    if digits <= 2
        && let Some(month) = cursor.month_name()
    {
        // 10/Nov/2022:15:43:44, 10-Nov-2022 15:43:44
        cursor.byte(separator)?;
        let year = cursor.number(4, 4)?.0;
        return certain(year, month, first);
    }
    let month = cursor.number(1, 2)?.0;
    let ends =
        matches!(cursor.peek(), Some(b' ')) || separator == b'/' && cursor.peek() == Some(b'(');
    if digits <= 2 && separator != b'.' && ends {
        // 11-10 15:43:44.123, 11/10 15:43, 11/10(木) 15:43
        return guessed(now, first, month).map(ReadDate::with_clock);
    }
    cursor.byte(separator)?;
    let (third, third_digits) = cursor.number(1, 4)?;
    match (digits, third_digits) {
        (4, 1 | 2) => certain(first, month, third),
        // 11/10/2022: month first, unless that cannot be.
        (1 | 2, 4) if first > 12 => certain(third, month, first),
        (1 | 2, 4) => certain(third, first, month),
        (2, 2) if separator != b'.' => certain(first, month, third).map(ReadDate::with_clock),
        _ => None,
    }
}

fn guessed(now: Option<DateTime>, month: i32, day: i32) -> Option<ReadDate> {
    // 1972 is a leap year: 29 February is a date even where nobody says which year it is.
    let year = now.map_or(1972, |now| i32::from(now.year()));
    let date = date(year, month, day).or_else(|| date(year - 1, month, day))?;
    Some(ReadDate { date, year_is_guessed: true, needs_clock: false })
}

fn read_named_month_date(cursor: &mut Cursor<'_>, now: Option<DateTime>) -> Option<ReadDate> {
    if cursor.weekday_name() {
        cursor.at += usize::from(cursor.peek() == Some(b','));
        cursor.spaces();
        if cursor.peek()?.is_ascii_digit() {
            // Thu, 10 Nov 2022 15:43:44 +0900
            let day = cursor.number(1, 2)?.0;
            cursor.spaces();
            let month = cursor.month_name()?;
            cursor.spaces();
            return certain(cursor.number(4, 4)?.0, month, day);
        }
    }
    let month = cursor.month_name()?;
    cursor.byte(b' ')?;
    cursor.spaces();
    let day = cursor.number(1, 2)?.0;
    // Nov 10, 2022; Nov 10 2022 15:43:44
    let before_year = cursor.at;
    cursor.at += usize::from(cursor.peek() == Some(b','));
    cursor.spaces();
    if let Some((year, 4)) = cursor.number(4, 4)
        && cursor.peek() != Some(b':')
    {
        return certain(year, month, day);
    }
    cursor.at = before_year;
    // Thu Nov 10 15:43:44 2022
    let mut ahead = Cursor { bytes: cursor.bytes, at: cursor.at };
    ahead.spaces();
    if ahead.clock().is_some() {
        ahead.spaces();
        ahead.zone_name();
        if let Some((year, 4)) = ahead.number(4, 4)
            && !ahead.peek().is_some_and(|byte| byte.is_ascii_alphanumeric())
            && (1970..=2200).contains(&year)
        {
            return certain(year, month, day).map(ReadDate::with_clock);
        }
    }
    guessed(now, month, day).map(ReadDate::with_clock)
}

fn read_clock_behind_date(cursor: &mut Cursor<'_>) -> Option<Time> {
    if !(cursor.byte(b'T').is_some() || cursor.byte(b':').is_some() || cursor.byte(b'-').is_some())
    {
        cursor.byte(b',');
        cursor.spaces();
        // Nov 10, 2022 at 3:43 PM; 2022-11-10_15:43:44
        if cursor.text("at ") || cursor.byte(b'_').is_some() {
            cursor.spaces();
        }
        // 2022/11/10(木) 15:43
        if cursor.peek() == Some(b'(') {
            let close = memchr::memchr(b')', cursor.rest().get(..12).unwrap_or(cursor.rest()))?;
            cursor.at += close + 1;
            cursor.spaces();
        }
    }
    let clock = cursor.clock()?;
    // The year of Thu Nov 10 15:43:44 2022 was read with the date.
    let at = cursor.at;
    if cursor.byte(b' ').is_some()
        && cursor.zone_name()
        && let Some((1970..=2200, 4)) = cursor.number(4, 4)
        && cursor.bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && !cursor.peek().is_some_and(|byte| !byte.is_ascii_whitespace() && byte != b']')
    {
        return Some(clock);
    }
    cursor.at = at;
    Some(clock)
}

fn read_zone(cursor: &mut Cursor<'_>) -> Option<Offset> {
    let start = cursor.at;
    cursor.spaces();
    let zone = match cursor.peek() {
        Some(b'Z') => {
            cursor.at += 1;
            Some(Offset::UTC)
        }
        Some(sign @ (b'+' | b'-')) => {
            cursor.at += 1;
            cursor.two_digits().and_then(|hours| {
                cursor.byte(b':');
                let minutes = cursor.two_digits().unwrap_or(0);
                let seconds = (hours * 60 + minutes) * 60;
                Offset::from_seconds(if sign == b'-' { -seconds } else { seconds }).ok()
            })
        }
        _ => [("JST", 9), ("UTC", 0), ("GMT", 0)].into_iter().find_map(|(name, hours)| {
            cursor.text(name).then(|| Offset::from_hours(hours).ok()).flatten()
        }),
    };
    if zone.is_none() || cursor.peek().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        cursor.at = start;
        return None;
    }
    zone
}

struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn byte(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    fn text(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text.as_bytes());
        self.at += if found { text.len() } else { 0 };
        found
    }

    fn spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// A run of `least` to `most` digits: its value and how many there are.
    fn number(&mut self, least: usize, most: usize) -> Option<(i32, usize)> {
        let mut value = 0_i32;
        let mut count = 0;
        while let Some(byte) = self.bytes.get(self.at + count).filter(|byte| byte.is_ascii_digit())
        {
            if count == most {
                return None;
            }
            value = value * 10 + i32::from(byte - b'0');
            count += 1;
        }
        if count < least {
            return None;
        }
        self.at += count;
        Some((value, count))
    }

    fn two_digits(&mut self) -> Option<i32> {
        let pair = self.rest().get(..2)?;
        let value = pair.iter().try_fold(0, |sum, byte| {
            byte.is_ascii_digit().then(|| sum * 10 + i32::from(byte - b'0'))
        })?;
        self.at += 2;
        Some(value)
    }

    /// The first year of the era that is named here.
    fn era(&mut self) -> Option<i32> {
        let mut eras = [("令和", 2019), ("平成", 1989), ("昭和", 1926)].into_iter();
        eras.find_map(|(name, year)| self.text(name).then_some(year))
    }

    fn month_name(&mut self) -> Option<i32> {
        const NAMES: [&[u8; 3]; 12] = [
            b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
            b"Dec",
        ];
        let name = self.rest().get(..3)?;
        let index = NAMES.iter().position(|known| known.as_slice() == name)?;
        // Written out, the whole name or nothing: `Marching` is no month.
        const ENDINGS: [&[u8]; 12] = [
            b"uary", b"ruary", b"ch", b"il", b"", b"e", b"y", b"ust", b"tember", b"ober", b"ember",
            b"ember",
        ];
        let letters = self.rest().iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let ending = self.rest().get(3..letters).unwrap_or_default();
        if !ending.is_empty() && ENDINGS.get(index).copied() != Some(ending) {
            return None;
        }
        self.at += letters;
        i32::try_from(index + 1).ok()
    }

    /// Skips `PDT ` before a year. True whether there was one or not.
    fn zone_name(&mut self) -> bool {
        let letters = self.rest().iter().take_while(|byte| byte.is_ascii_uppercase()).count();
        if (3..=4).contains(&letters) && self.rest().get(letters) == Some(&b' ') {
            self.at += letters + 1;
        }
        true
    }

    fn weekday_name(&mut self) -> bool {
        const NAMES: [&[u8]; 7] =
            [b"Monday", b"Tuesday", b"Wednesday", b"Thursday", b"Friday", b"Saturday", b"Sunday"];
        let letters = self.rest().iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let name = self.rest().get(..letters).unwrap_or_default();
        let known = NAMES.iter().any(|known| *known == name || known.get(..3) == Some(name));
        self.at += if known { letters } else { 0 };
        known
    }

    /// `15:43`, `15:43:44`, `15:43:44.123`, `15時43分44秒`, `午後3:43`, `3:43 PM`.
    fn clock(&mut self) -> Option<Time> {
        let mut afternoon = self.text("午後").then_some(true);
        if afternoon.is_none() && self.text("午前") {
            afternoon = Some(false);
        }
        self.spaces();
        let (hours, _) = self.number(1, 2)?;
        let (minutes, seconds) = if self.text("時") {
            let minutes = self.number(1, 2).map_or(0, |(minutes, _)| minutes);
            let told = self.text("分").then(|| self.number(1, 2)).flatten();
            self.text("秒");
            (minutes, told.map_or(0, |(seconds, _)| seconds))
        } else {
            // BGL and some Windows tools write 15.43.44.
            let separator = self.peek().filter(|byte| matches!(byte, b':' | b'.'))?;
            self.at += 1;
            let minutes = self.number(2, 2)?.0;
            let seconds =
                if self.byte(separator).is_some() { Some(self.number(2, 2)?.0) } else { None };
            if separator == b'.' && seconds.is_none() {
                return None;
            }
            (minutes, seconds.unwrap_or(0))
        };
        let nanoseconds = self.fraction();
        let at = self.at;
        self.spaces();
        if afternoon.is_none() && (self.text("PM") || self.text("pm")) {
            afternoon = Some(true);
        } else if afternoon.is_none() && (self.text("AM") || self.text("am")) {
            afternoon = Some(false);
        } else {
            self.at = at;
        }
        let hours = match afternoon {
            Some(true) if hours < 12 => hours + 12,
            Some(false) if hours == 12 => 0,
            _ => hours,
        };
        let part = |value: i32| i8::try_from(value).ok();
        Time::new(part(hours)?, part(minutes)?, part(seconds.min(59))?, nanoseconds).ok()
    }

    fn fraction(&mut self) -> i32 {
        let mark = matches!(self.peek(), Some(b'.' | b',' | b':'));
        if !mark || !self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit) {
            return 0;
        }
        let start = self.at + 1;
        let digits = self.bytes.get(start..).unwrap_or_default();
        let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count > 9 {
            return 0;
        }
        self.at = start + count;
        let value =
            digits.iter().take(count).fold(0, |sum, byte| sum * 10 + i32::from(byte - b'0'));
        (count..9).fold(value, |sum, _| sum * 10)
    }
}

/// A time of a log; the zone is kept only where the log gives one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The date and time as written.
    pub local: DateTime,
    /// The offset from UTC, where the log gives one.
    pub offset: Option<Offset>,
}

impl fmt::Display for Moment {
    /// ISO 8601: `2022-11-10T15:43:37`, with `+09:00` after it where the log gives a zone.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.local)?;
        if let Some(offset) = self.offset {
            let minutes = offset.seconds() / 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            write!(formatter, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
