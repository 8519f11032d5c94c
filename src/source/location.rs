//! Places in a file or a paste.

use std::ops::Range;
use std::sync::Arc;

use super::Phrase;

/// A line of a file, or of a paste that came without a file name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file as the user named it; `None` for standard input.
    pub file: Option<Arc<str>>,
    /// The line, 1-based.
    pub line: u32,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Span {
    /// The line that the part is in.
    pub location: Location,
    /// The bytes of the decoded line (UTF-8, without its line ending), half-open.
    pub range: Range<usize>,
}

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
