//! What is wrong with a condition, and what to write instead.

use std::ops::Range;

use crate::source::Phrase;

/// Something that is wrong with a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionError {
    /// The bytes of the condition that are meant, half-open.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: Phrase,
    /// What to write instead.
    pub hint: Phrase,
}
