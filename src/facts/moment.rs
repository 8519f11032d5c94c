//! Points in time as logs write them: mostly without a zone.

use std::fmt;

use jiff::civil::DateTime;
use jiff::tz::Offset;

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
            write!(
                formatter,
                "{}{:02}:{:02}",
                if minutes < 0 { '-' } else { '+' },
                minutes.abs() / 60,
                minutes.abs() % 60
            )?;
        }
        Ok(())
    }
}
