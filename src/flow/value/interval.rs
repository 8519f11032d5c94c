//! Amounts that are known as exactly as they were written.
//!
//! A screen that shows `11:54` does not say which of its sixty seconds is meant, and an expiry date
//! names a whole day. Such a value is the interval of all amounts that it may stand for. Two values
//! whose intervals overlap are in no known order; that keeps a flow from blaming a device for an
//! order that only the missing seconds could tell.

use super::super::Truth;

/// The milliseconds that a time or a duration may stand for, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    pub low: i64,
    pub high: i64,
}

impl Interval {
    pub const fn exact(at: i64) -> Self {
        Self { low: at, high: at }
    }

    /// Whether every amount of `self` is less than every one of `other`.
    pub fn less(self, other: Self) -> Truth {
        if self.high < other.low {
            Truth::True
        } else if self.low >= other.high {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// Whether both are one amount.
    pub fn equal(self, other: Self) -> Truth {
        if self.low == self.high && self == other {
            Truth::True
        } else if self.overlaps(other) {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// Whether both may be one amount, as far as they were written.
    pub const fn overlaps(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    pub const fn plus(self, other: Self) -> Self {
        Self { low: self.low.saturating_add(other.low), high: self.high.saturating_add(other.high) }
    }

    pub const fn minus(self, other: Self) -> Self {
        Self { low: self.low.saturating_sub(other.high), high: self.high.saturating_sub(other.low) }
    }
}
