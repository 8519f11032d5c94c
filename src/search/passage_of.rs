//! The passage that an anchor leads to.

use crate::index::StoredPassage;

/// The passage under a heading: an anchor is that of the last heading alone, as links in Markdown
/// are; a passage's own is that of its whole path. Sections come before the rows of a table.
pub(super) fn under<'p>(passages: &'p [StoredPassage], anchor: &str) -> Option<&'p StoredPassage> {
    let ends = |passage: &&StoredPassage| passage.anchor.rsplit('/').next() == Some(anchor);
    let all = || passages.iter();
    // Where a heading has no text of its own, what is below it begins with the next one's.
    let within = || {
        all().find(|passage| passage.section.iter().any(|it| crate::article::slug_of(it) == anchor))
    };
    all()
        .find(|passage| passage.anchor == anchor)
        .or_else(|| all().find(|passage| passage.question.is_none() && ends(passage)))
        .or_else(|| all().find(ends))
        .or_else(within)
}
