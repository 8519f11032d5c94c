//! The outline: parts of an article that only its checks look at.

use super::lines::Lines;
use super::markdown::{Document, LinkTarget};
use super::passage::{Section, slug};
use super::{Heading, Link, Outline};

pub(super) fn outline(
    document: &Document,
    sections: &[Section],
    lines: &Lines<'_>,
    keys: Vec<(String, u32)>,
) -> Outline {
    let heading = |(number, section): (usize, &Section)| {
        let segment = document.segments.get(section.heading?)?;
        let next = sections.get(number + 1);
        // A heading over deeper ones has its text in theirs.
        let parent = next.is_some_and(|next| next.level > section.level);
        let text = section.body.clone().any(|index| document.segments.get(index).is_some());
        // A component of a site generator shows something, and so does a heading that is a link.
        let next = next.and_then(|next| document.segments.get(next.heading?));
        let end = next.map_or(usize::MAX, |next| lines.start(next.range.start));
        let below = lines.end(segment.range.start)..end.min(lines.end(usize::MAX));
        let component = lines.text(below).lines().any(|line| {
            let tag = line.trim_start().strip_prefix('<');
            tag.is_some_and(|it| it.starts_with(char::is_alphabetic))
        });
        let linked = document.links.iter().any(|link| segment.range.contains(&link.offset));
        Some(Heading {
            text: section.text.clone(),
            level: section.level,
            line: lines.number(segment.range.start),
            empty: !(parent || text || component || linked),
        })
    };
    let headings: Vec<Heading> = sections.iter().enumerate().filter_map(heading).collect();
    let link = |it: &LinkTarget| Link { target: it.target.clone(), line: lines.number(it.offset) };
    let anchors = document.anchors.iter().map(|anchor| anchor.name.clone());
    let anchors = anchors.chain(headings.iter().map(|heading| slug(&heading.text))).collect();
    Outline {
        keys,
        links: document.links.iter().map(link).collect(),
        headings,
        anchors,
        includes: document.includes,
    }
}
