//! List items that explain a code or a state each: `- 「実行中」: 端末が処理しています。`
//!
//! They are read like the rows of a table, where every item of the list begins with such a name. The
//! passage around the list keeps them too: a short list is read as a whole.

use std::ops::Range;

use super::super::codes;
use super::super::markdown::{MarkKind, Segment, SegmentKind};
use super::super::template;

/// The items of `body` that are answers of their own, each with what is nested in it.
pub(super) fn items(segments: &[Segment], body: Range<usize>) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut at = body.start;
    while at < body.end {
        let Some(first) = segments.get(at).filter(|segment| segment.item) else {
            at += 1;
            continue;
        };
        let depth = first.depth;
        let end = (at..body.end)
            .find(|index| segments.get(*index).is_none_or(|segment| segment.depth < depth))
            .unwrap_or(body.end);
        let starts: Vec<usize> = (at..end)
            .filter(|index| segments.get(*index).is_some_and(|s| s.item && s.depth == depth))
            .collect();
        let named = starts.iter().all(|index| segments.get(*index).is_some_and(is_named));
        if starts.len() >= 2 && named {
            let ends = starts.iter().skip(1).copied().chain([end]);
            items.extend(starts.iter().copied().zip(ends).map(|(start, end)| start..end));
        }
        at = end.max(at + 1);
    }
    items
}

/// Whether an item begins with the name of a code or a state, and goes on to explain it.
fn is_named(segment: &Segment) -> bool {
    if segment.kind != SegmentKind::Line {
        return false;
    }
    let text = segment.text.text.as_str();
    let marked = segment.text.marks.iter().find(|mark| {
        mark.range.start == 0 && matches!(mark.kind, MarkKind::Code | MarkKind::Strong)
    });
    let (name, after) = if let Some(mark) = marked {
        (text.get(mark.range.clone()), text.get(mark.range.end..))
    } else if let Some(quoted) = text.strip_prefix(['「', '『']) {
        match quoted.split_once(['」', '』']) {
            Some((name, after)) => (Some(name), Some(after)),
            None => return false,
        }
    } else {
        match text.split_once([':', '：']) {
            Some((name, after)) if codes::shape(name) == Some(codes::Shape::Strong) => {
                return !after.trim().is_empty();
            }
            _ => return false,
        }
    };
    let (Some(name), Some(after)) = (name, after) else { return false };
    let after = after.trim_start();
    let explained = after.is_empty()
        || after.starts_with([':', '：', '-', '–', '—', '→', '…', '、', '（', '(', 'は', '=']);
    let name = name.trim_end_matches([':', '：']);
    explained && (codes::shape(name) == Some(codes::Shape::Strong) || template::is_state(name))
}
