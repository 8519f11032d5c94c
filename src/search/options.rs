//! How a paste is to be answered.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use crate::record::{CustomFormat, ReadOptions};
use crate::source::Stop;

/// How a paste is to be answered. The library reads no clock, so the present is always told.
///
/// ```
/// use shirube::AnswerOptions;
///
/// let mut options = AnswerOptions::at(jiff::civil::date(2026, 11, 23).at(9, 30, 0, 0));
/// options.product = Some("BizMobile Go!".into());
/// options.limit = 1;
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AnswerOptions {
    /// The console that the log comes from, or [`ANY_PRODUCT`](Self::ANY_PRODUCT) for the articles of every console.
    /// `None`, as at first, leaves it to the form of the log and the names in the text.
    pub product: Option<String>,
    /// How many remedies an incident gets at most; three at first.
    pub limit: usize,
    /// The format of the log, one of [`KnowledgeBase::formats`](crate::KnowledgeBase::formats). `None`, as at first,
    /// recognizes it.
    pub input_format: Option<String>,
    /// Formats of one's own, which are tried before the built-in ones; none at first.
    pub formats: Vec<Arc<dyn CustomFormat>>,
    /// The clock in the place where the logs were written: for times without a year, and for flows that
    /// compare with the present. Without it both are left open.
    pub now: Option<DateTime>,
    /// Today, against which a procedure has expired or not.
    pub today: Date,
    /// Given where nobody waits for the answer any more: reading and searching end, and the answer is worth nothing. At
    /// first a sign that nobody gives.
    pub stop: Stop,
}

impl AnswerOptions {
    /// The user's word for the articles of every console.
    pub const ANY_PRODUCT: &'static str = "any";

    /// The options for an answer at a moment, on the clock of the place where the logs were written.
    #[must_use]
    pub fn at(now: DateTime) -> Self {
        Self {
            product: None,
            limit: 3,
            input_format: None,
            formats: Vec::new(),
            now: Some(now),
            today: now.date(),
            stop: Stop::default(),
        }
    }

    /// The options for an answer on a day whose hours nobody knows: times without a year, and flows that compare
    /// with the present, are left open.
    #[must_use]
    pub fn on(today: Date) -> Self {
        Self { now: None, ..Self::at(today.into()) }
    }

    /// The same options with so many remedies at most.
    #[must_use]
    pub fn with_limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// The part of them that reading a paste needs.
    #[doc(hidden)]
    #[must_use]
    pub fn reading(&self) -> ReadOptions {
        ReadOptions {
            input_format: self.input_format.clone(),
            now: self.now,
            formats: self.formats.clone(),
            stop: self.stop.clone(),
        }
    }
}
