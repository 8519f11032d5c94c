//! 【対処】 blocks with the cause that is above each.
//!
//! A section with one 【対処】 stays whole. With several, each is a passage: a reader wants the remedy
//! of the cause at hand, not the one next to it.

use std::ops::Range;

use super::super::markdown::{Segment, SegmentKind};
use crate::text::lexicon::{self, Section};

static NAMES: Section = lexicon::ARTICLE_PHRASES.section("names of remedies");
/// How such a word goes on before its colon.
static ENDINGS: Section = lexicon::ARTICLE_PHRASES.section("ends of names of remedies");
static CAUSES: Section = lexicon::ARTICLE_PHRASES.section("causes");

/// Reads the mark of a remedy; whether it goes on with the remedy before (【対処2】), and whether the
/// line is nothing but the mark.
pub(super) fn mark(text: &str) -> Option<(bool, bool)> {
    let text = text.trim_start_matches(['・', '■', '●', '◆', '→', '⇒', '*', '-', ' ', '　']);
    let within = text.strip_prefix(['【', '［', '[', '＜', '<']);
    let (bracket, text) = within.map_or((false, text), |rest| (true, rest));
    let rest = NAMES.iter().find_map(|name| text.strip_prefix(name))?;
    let rest = ENDINGS.iter().find_map(|ending| rest.strip_prefix(ending)).unwrap_or(rest);
    let rest = rest.trim_start_matches(['-', ' ']);
    let digits = rest.trim_start_matches(|c: char| c.is_numeric());
    let number = rest.get(..rest.len() - digits.len()).unwrap_or_default();
    let mut characters = digits.chars();
    let closed = match characters.next()? {
        '】' | '］' | ']' | '＞' | '>' => bracket,
        ':' | '：' => true,
        ')' | '）' => !number.is_empty(),
        _ => false,
    };
    let continues = !matches!(number, "" | "1" | "１" | "①");
    closed.then(|| (continues, characters.as_str().trim().is_empty()))
}

/// The blocks of `body`, each from its cause to the next one's; none where the section has not two.
pub(super) fn blocks(segments: &[Segment], body: Range<usize>) -> Vec<Range<usize>> {
    let begun = |index: usize| {
        let segment = segments.get(index).filter(|s| s.kind == SegmentKind::Line)?;
        let (continues, bare) = mark(&segment.text.text)?;
        (!continues).then_some((index, bare))
    };
    let marks: Vec<(usize, bool)> = body.clone().filter_map(begun).collect();
    if marks.len() < 2 {
        return Vec::new();
    }
    let mut starts = Vec::new();
    let mut lowest = body.start;
    for (index, bare) in marks {
        starts.push(cause(segments, index, lowest));
        lowest = index + 1;
        if bare {
            // The text after the bare mark is its remedy, never the next one's cause.
            lowest = end_of_block(segments, lowest).min(body.end);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([body.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Where the cause of the remedy at `index` begins, not before `lowest`.
fn cause(segments: &[Segment], index: usize, lowest: usize) -> usize {
    let Some(marked) = segments.get(index) else { return index };
    let candidates = || (lowest..index).rev().filter_map(|at| Some((at, segments.get(at)?)));
    if marked.depth == 0 {
        let Some((above, _)) = candidates().next() else { return index };
        let mut start = begin_of_block(segments, above, lowest);
        // In one paragraph with the remedy before, the cause is the line above.
        if segments.get(above).is_some_and(|segment| segment.block == marked.block) {
            let before = lowest.checked_sub(1).and_then(|at| segments.get(at));
            let shared = before.is_some_and(|before| before.block == marked.block);
            return if shared { above } else { start };
        }
        while start > lowest && labelled(segments, start - 1, lowest) {
            start = begin_of_block(segments, start - 1, lowest);
        }
        return start;
    }
    if !marked.item {
        let own = candidates().find(|(_, segment)| segment.item && segment.depth <= marked.depth);
        return own.map_or(lowest.max(begin_of_block(segments, index, lowest)), |(at, _)| at);
    }
    let parent = candidates().find(|(_, segment)| segment.depth < marked.depth);
    let sibling = candidates().find(|(_, segment)| segment.item);
    parent.or(sibling).map_or(index, |(at, _)| begin_of_block(segments, at, lowest))
}

/// Whether the block that ends at `last` is labelled as a cause.
fn labelled(segments: &[Segment], last: usize, lowest: usize) -> bool {
    let start = begin_of_block(segments, last, lowest);
    let text = segments.get(start).map_or("", |segment| &segment.text.text);
    CAUSES.iter().any(|label| text.starts_with(label))
}

fn begin_of_block(segments: &[Segment], index: usize, lowest: usize) -> usize {
    let block = |at: usize| segments.get(at).map(|segment| segment.block);
    let own = (lowest..=index).rev().take_while(|at| block(*at) == block(index));
    own.last().unwrap_or(index)
}

fn end_of_block(segments: &[Segment], index: usize) -> usize {
    let block = |at: usize| segments.get(at).map(|segment| segment.block);
    let next = (index..segments.len()).find(|at| block(*at) != block(index));
    next.unwrap_or(segments.len())
}

#[cfg(test)]
crate::source::cases! {
    marks_of_remedies: |text| format!("{:?}", mark(text));
}
