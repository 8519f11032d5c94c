//! Which passages say something themselves, rather than where to look.

use crate::article::Passage;

/// Whether the passage is more than a pointer: a table of contents, an overview of links and a remark to look into
/// the table below are shown where nothing else is.
pub(super) fn says_something(passage: &Passage) -> bool {
    !passage.points
}
