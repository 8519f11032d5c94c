//! Warnings: reading itself never fails.

use std::sync::Arc;

use super::Phrase;

/// Something that was read otherwise than written, or not at all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Warning {
    /// The file as the user named it; `None` for standard input.
    pub file: Option<Arc<str>>,
    /// The line, 1-based; `None` where the whole file is meant.
    pub line: Option<u32>,
    /// The fault, and the way to mend it.
    pub message: Phrase,
}
