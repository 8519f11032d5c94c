//! What a rule found.

use crate::article::Level;
use crate::source::{Location, Phrase};

/// Something wrong in a knowledge base.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where it is; the file is relative to the knowledge base.
    pub location: Location,
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is: info, warning or error.
    pub severity: Level,
    /// What is wrong.
    pub message: Phrase,
    /// What to do about it.
    pub hint: Phrase,
}
