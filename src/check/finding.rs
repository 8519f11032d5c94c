//! Findings of the rules.

use crate::kb::Level;
use crate::source::{Location, Phrase};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where it is; the file is relative to the knowledge base.
    pub location: Location,
    pub rule: &'static str,
    /// How bad it is: info, warning or error.
    pub severity: Level,
    pub message: Phrase,
    /// The way to mend it.
    pub hint: Phrase,
}
