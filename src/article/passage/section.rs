//! Sections: the text under each heading.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::markdown::{Document, Segment, SegmentKind};
use super::question;

/// The text under a heading, down to the next one.
#[derive(Debug, Clone, Default)]
pub(in crate::article) struct Section {
    /// The headings above the text, without the title.
    pub(in crate::article) path: Vec<String>,
    /// The level of its heading; 0 for the text before any heading.
    pub(in crate::article) level: u8,
    pub(in crate::article) heading: Option<usize>,
    pub(in crate::article) body: Range<usize>,
    /// The heading itself, also where it is the title.
    pub(in crate::article) text: String,
    /// The words of the anchors that the heading carries, where they are not its own: those of the language
    /// that a translated manual was written in.
    pub(in crate::article) names: Vec<String>,
}

impl Section {
    pub(super) fn question(&self) -> Option<String> {
        question::of_heading(&self.text)
    }
}

/// Divides the segments at their headings. `title` is the segment of the heading that is the title.
pub(in crate::article) fn sections(document: &Document, title: Option<usize>) -> Vec<Section> {
    let segments = document.segments.as_slice();
    let mut sections = Vec::new();
    let mut path: Vec<(u8, String)> = Vec::new();
    let mut open = Section::default();
    for (index, segment) in segments.iter().enumerate() {
        let Some(level) = level(segments, index) else { continue };
        open.body.end = index;
        sections.push(open);
        path.retain(|(above, _)| *above < level);
        let text = segment.text.text.clone();
        if title != Some(index) {
            path.push((level, text.clone()));
        }
        open = Section {
            path: path.iter().map(|(_, text)| text.clone()).collect(),
            level,
            heading: Some(index),
            body: index + 1..index + 1,
            names: names(document, segment),
            text,
        };
    }
    open.body.end = segments.len();
    sections.push(open);
    sections
}

/// The words of the anchors within a heading: `<a name="user-action">`.
fn names(document: &Document, heading: &Segment) -> Vec<String> {
    let within = document.anchors.iter().filter(|anchor| heading.range.contains(&anchor.offset));
    let own = slug(&heading.text.text);
    let others = within.filter(|anchor| !anchor.name.eq_ignore_ascii_case(&own));
    others.map(|anchor| anchor.name.replace(['-', '_'], " ")).collect()
}

/// The level of a heading, or of a line that is set as one: `■概要` alone in its paragraph.
fn level(segments: &[Segment], index: usize) -> Option<u8> {
    const LONGEST_HEADING: usize = 120;
    const SET_AS_HEADING: u8 = 7;
    let segment = segments.get(index)?;
    match segment.kind {
        SegmentKind::Heading(level) => return Some(level),
        SegmentKind::Line => {}
        _ => return None,
    }
    let text = &segment.text.text;
    let marked = text.starts_with(['■', '◆', '◇', '□', '▼'])
        && text.chars().nth(1).is_some_and(|c| !c.is_ascii_punctuation() && !"■◆◇□▼".contains(c));
    let above = index.checked_sub(1).and_then(|at| segments.get(at));
    (marked
        && text.len() <= LONGEST_HEADING
        && !text.ends_with('。')
        && segment.depth == 0
        && segment.quote.is_none()
        && above.is_none_or(|above| above.block != segment.block)
        && segments.get(index + 1).is_some())
    .then_some(SET_AS_HEADING)
}

/// The longest part of an anchor, in characters.
const LONGEST_PART: usize = 60;

/// Gives out anchors, each once.
#[derive(Default)]
pub(super) struct Anchors {
    given: BTreeMap<String, u32>,
}

impl Anchors {
    /// The anchor of a heading path, with a name after it for one of several passages.
    pub(super) fn unique(&mut self, path: &[String], name: Option<impl AsRef<str>>) -> String {
        let part = |text: &str| slug(text).chars().take(LONGEST_PART).collect::<String>();
        let mut parts: Vec<String> = path.iter().map(|heading| part(heading)).collect();
        parts.extend(name.map(|name| part(name.as_ref())));
        let anchor = parts.join("/");
        let count = self.given.entry(anchor.clone()).or_default();
        *count += 1;
        if *count == 1 { anchor } else { format!("{anchor}-{count}") }
    }
}

/// A heading as an anchor, the way GitHub writes it: lower case, spaces as `-`, no punctuation.
pub(crate) fn slug(heading: &str) -> String {
    let kept = heading.chars().filter_map(|c| match c {
        ' ' | '　' | '\n' => Some('-'),
        '-' | '_' => Some(c),
        _ => (c.is_alphanumeric() || c == 'ー').then_some(c),
    });
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_unique() {
        let mut anchors = Anchors::default();
        let path = ["Push 証明書（更新）".to_owned()];
        assert_eq!(anchors.unique(&path, None::<&str>), "push-証明書更新");
        assert_eq!(anchors.unique(&path, None::<&str>), "push-証明書更新-2");
        assert_eq!(anchors.unique(&path, Some("0x8018")), "push-証明書更新/0x8018");
    }
}
