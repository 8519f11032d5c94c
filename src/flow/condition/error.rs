//! Errors of conditions, each with its correction.

use std::ops::Range;

use crate::source::Phrase;

/// Something that is wrong with a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionError {
    /// The bytes of the condition that are meant, half-open.
    pub span: Range<usize>,
    /// The error.
    pub message: Phrase,
    /// The correction.
    pub hint: Phrase,
}
