//! The passage that an anchor leads to, what it shares with its article, and several as one.

use crate::article::slug_of;
use crate::index::StoredPassage;
use crate::source::add_new;

/// The place of the passage under a heading: an anchor is that of the last heading alone, as links in Markdown
/// are; a passage's own is that of its whole path. Sections come before the rows of a table.
pub(super) fn under(passages: &[StoredPassage], anchor: &str) -> Option<usize> {
    let ends = |passage: &StoredPassage| passage.anchor.rsplit('/').next() == Some(anchor);
    let first = |is: &dyn Fn(&StoredPassage) -> bool| passages.iter().position(is);
    first(&|passage| passage.anchor == anchor)
        .or_else(|| first(&|passage| passage.question.is_none() && ends(passage)))
        .or_else(|| first(&ends))
        // Where a heading has no text of its own, what is below it begins with the next one's.
        .or_else(|| first(&|passage| passage.section.iter().any(|it| slug_of(it) == anchor)))
}

/// Passages as one, each but those of the first one's section under its heading.
pub(super) fn join(passages: &[StoredPassage]) -> String {
    let mut joined = String::new();
    let mut section: &[String] = &[];
    for passage in passages {
        if !joined.is_empty() {
            joined.push_str("\n\n");
            if passage.section != section {
                let heading = passage.section.last().map_or("", String::as_str);
                joined.push_str(&format!("**{heading}**\n\n"));
            }
        }
        joined.push_str(passage.markdown.trim_end());
        section = &passage.section;
    }
    joined
}

/// The cautions of an article, then those of its passage that it does not have.
pub(super) fn both(mut cautions: Vec<String>, of_passage: Vec<String>) -> Vec<String> {
    add_new(&mut cautions, of_passage);
    cautions
}
