//! How a paste is to be answered.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use super::Error;
use crate::record::{CustomFormat, ReadOptions, Vocabulary};
use crate::search::SearchOptions;

/// How many remedies an incident gets where nobody says.
pub const DEFAULT_LIMIT: usize = 3;

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
    /// The console that the log comes from, where its form does not tell.
    pub product: Option<String>,
    /// How many remedies an incident gets at most; [`DEFAULT_LIMIT`] at first.
    pub limit: usize,
    /// The format of the log, one of [`format_names`](crate::record::format_names); otherwise it is
    /// recognized.
    pub input_format: Option<String>,
    /// Formats of one's own, which are tried before the built-in ones.
    pub formats: Vec<Arc<dyn CustomFormat>>,
    /// The clock in the place where the logs were written: for times without a year, and for flows that
    /// compare with the present. Without it both are left open.
    pub now: Option<DateTime>,
    /// Today, against which a procedure has expired or not.
    pub today: Date,
}

impl AnswerOptions {
    /// The options for an answer at a moment, on the clock of the place where the logs were written.
    #[must_use]
    pub fn at(now: DateTime) -> Self {
        Self {
            product: None,
            limit: DEFAULT_LIMIT,
            input_format: None,
            formats: Vec::new(),
            now: Some(now),
            today: now.date(),
        }
    }

    /// The part of them that reading a paste needs.
    ///
    /// # Errors
    ///
    /// Where they name a format that there is not.
    pub fn reading(&self, vocabulary: &Vocabulary) -> Result<ReadOptions, Error> {
        let options = ReadOptions {
            input_format: self.input_format.clone(),
            now: self.now,
            formats: self.formats.clone(),
        };
        match &self.input_format {
            Some(name) if !options.names(vocabulary).contains(&name.as_str()) => {
                Err(Error::UnknownFormat { name: name.clone(), known: options.names(vocabulary) })
            }
            _ => Ok(options),
        }
    }

    /// The part of them that searching needs.
    #[must_use]
    pub fn search(&self) -> SearchOptions {
        SearchOptions {
            product: self.product.clone(),
            limit: self.limit,
            now: self.now,
            today: self.today,
        }
    }
}
