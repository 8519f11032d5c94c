//! How long ago, as people write it: `24m`, `2y`, `90d`, `8週`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use crate::source::{Language, Phrase};

/// A number of days, weeks, months or years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    count: u32,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not an age: a number and d, w, m or y, such as 24m for 24 months")]
pub struct AgeError {
    pub written: String,
}

/// Nothing that people write is older; larger numbers are slips.
const MOST: u32 = 10_000;

impl Age {
    pub const fn months(count: u32) -> Self {
        Self { count, unit: Unit::Months }
    }

    /// The day that lies so far before `day`; `None` before the calendar's beginning.
    pub fn before(self, day: Date) -> Option<Date> {
        let count = i64::from(self.count);
        let span: Span = match self.unit {
            Unit::Days => count.days(),
            Unit::Weeks => count.weeks(),
            Unit::Months => count.months(),
            Unit::Years => count.years(),
        };
        day.checked_sub(span).ok()
    }

    /// The age in words: `24か月`, `24 months`.
    pub fn phrase(self) -> Phrase {
        let (ja, en) = match self.unit {
            Unit::Days => ("日", "day"),
            Unit::Weeks => ("週間", "week"),
            Unit::Months => ("か月", "month"),
            Unit::Years => ("年", "year"),
        };
        let plural = if self.count == 1 { "" } else { "s" };
        Phrase::new(format!("{}{ja}", self.count), format!("{} {en}{plural}", self.count))
    }
}

impl fmt::Display for Age {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.phrase().text(Language::En))
    }
}

impl FromStr for Age {
    type Err = AgeError;

    fn from_str(written: &str) -> Result<Self, AgeError> {
        let failed = || AgeError { written: written.to_owned() };
        let text = written.trim();
        let digits = text.chars().take_while(char::is_ascii_digit).count();
        let (count, unit) = text.split_at_checked(digits).ok_or_else(failed)?;
        let count: u32 = count.parse().map_err(|_| failed())?;
        let unit = match unit.trim().to_ascii_lowercase().as_str() {
            "d" | "day" | "days" | "日" => Unit::Days,
            "w" | "week" | "weeks" | "週" | "週間" => Unit::Weeks,
            "m" | "mo" | "month" | "months" | "か月" | "ヶ月" | "ヵ月" | "カ月" => {
                Unit::Months
            }
            "y" | "year" | "years" | "年" => Unit::Years,
            _ => return Err(failed()),
        };
        if count > MOST { Err(failed()) } else { Ok(Self { count, unit }) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    crate::source::cases! {
        days_before_ages: |written| {
            shown(written.parse::<Age>().ok().and_then(|age| age.before(date(2026, 11, 30))))
        };
    }

    #[test]
    fn an_age_before_the_calendar_is_none() {
        assert_eq!(Age::months(10_000 * 12).before(date(-7973, 1, 1)), None);
    }

    #[test]
    fn an_age_is_said_in_words() {
        assert_eq!(Age::months(1).phrase().text(Language::En), "1 month");
        assert_eq!(Age::months(24).phrase().text(Language::Ja), "24か月");
        assert_eq!(Age::months(24).to_string(), "24 months");
    }
}
