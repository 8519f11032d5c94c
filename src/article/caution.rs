//! Cautions: warnings before acting, and steps that lose something.

use std::ops::Range;

use super::destructive;
use super::lines::Lines;
use super::markdown::{Quote, Segment, SegmentKind};
use super::model::LosingLine;
use super::passage::shown::text as text_of;
use crate::text::lexicon::{ARTICLE_PHRASES, Section};

#[derive(Debug, Default)]
pub(super) struct Cautions {
    pub(super) all: Vec<String>,
    /// Those that were set as warnings, which hold for what follows too; not the ※ lines.
    pub(super) warnings: Vec<String>,
}

static LABELS: Section = ARTICLE_PHRASES.section("labels of cautions");

static LABELS_ALONE: Section = ARTICLE_PHRASES.section("labels of cautions before a colon");

/// Finds the cautions among the segments with these indices, which ascend.
pub(super) fn of_segments(segments: &[Segment], indices: impl Iterator<Item = usize>) -> Cautions {
    let mut cautions = Cautions::default();
    // The block that the open caution is in, and whether it still waits for its text.
    let mut open: Option<(u32, bool)> = None;
    let mut in_warning = false;
    for index in indices {
        let Some(segment) = segments.get(index) else { continue };
        if segment.kind != SegmentKind::Line {
            (open, in_warning) = (None, false);
            continue;
        }
        let text = segment.text.text.trim();
        if segment.quote == Some(Quote::Warning) {
            // `!!! warning "注意"`: the title says no more than the mark.
            if !in_warning && (LABELS.contains(&text) || LABELS_ALONE.contains(&text)) {
                open = None;
                continue;
            }
            if in_warning {
                cautions.go_on(text);
            } else {
                cautions.push(text, true);
            }
            in_warning = true;
            open = None;
            continue;
        }
        in_warning = false;
        if let Some(rest) = labelled(text) {
            if rest.is_empty() {
                open = Some((segment.block, true));
            } else {
                cautions.push(rest, true);
                open = Some((segment.block, false));
            }
        } else if let Some(rest) = text.strip_prefix(['※', '⚠']) {
            cautions.push(rest.trim_start_matches(['\u{fe0f}', ' ', '　']), false);
            open = None;
        } else if let Some((block, waits)) = open {
            if waits {
                cautions.push(text, true);
                open = Some((segment.block, false));
            } else if block == segment.block {
                cautions.go_on(text);
            } else {
                open = None;
            }
        }
    }
    cautions
}

/// The text after 【注意】 or `注意:` at the beginning of a line.
fn labelled(text: &str) -> Option<&str> {
    let text =
        text.trim_start_matches(['■', '●', '◆', '・', '*', '!', '！', '⚠', '\u{fe0f}', ' ', '　']);
    if let Some(inner) = text.strip_prefix(['【', '［', '[', '＜', '<', '≪', '《']) {
        let (label, rest) = inner.split_once(['】', '］', ']', '＞', '>', '≫', '》'])?;
        let is_label = label.chars().count() <= 8 && LABELS.iter().any(|word| label.contains(word));
        return is_label.then(|| rest.trim_start_matches([' ', '　', ':', '：']));
    }
    let (label, rest) = text.split_once([':', '：'])?;
    let label = label.trim();
    (LABELS.contains(&label) || LABELS_ALONE.contains(&label)).then(|| rest.trim_start())
}

impl Cautions {
    fn push(&mut self, text: &str, warning: bool) {
        if text.is_empty() {
            return;
        }
        self.all.push(text.to_owned());
        if warning {
            self.warnings.push(text.to_owned());
        }
    }

    /// Appends a line to the last caution, which is a warning.
    fn go_on(&mut self, line: &str) {
        for last in self.all.last_mut().into_iter().chain(self.warnings.last_mut()) {
            last.push('\n');
            last.push_str(line);
        }
    }
}

/// Whether a step of these segments loses something. What a warning says would be lost is no step.
pub(super) fn destructive(segments: &[Segment], ranges: &[Range<usize>]) -> bool {
    let indices = ranges.iter().cloned().flatten();
    let steps = indices.filter(|&index| segments.get(index).is_some_and(|segment| !warns(segment)));
    let steps: Vec<Range<usize>> = steps.map(|index| index..index + 1).collect();
    destructive::destructive(&text_of(segments, &steps))
}

/// The lines of these segments, and the cells of their tables, with steps that lose something.
pub(super) fn losing(
    segments: &[Segment],
    ranges: &[Range<usize>],
    lines: &Lines<'_>,
) -> Vec<LosingLine> {
    let mut found = Vec::new();
    let segments = ranges.iter().filter_map(|range| segments.get(range.clone())).flatten();
    let mut add = |text: &str, range: &Range<usize>, numbered: bool| {
        if !destructive::destructive(text) {
            return;
        }
        let source = lines.text(lines.start(range.start)..lines.end(range.end)).lines();
        // The mark of an alert belongs to its first line.
        let is_mark = |line: &str| line.trim_start_matches(['>', ' ']).starts_with("[!");
        let told = (0..).zip(source).find(|(_, line)| !is_mark(line));
        let (below, source) = told.unwrap_or_default();
        found.push(LosingLine {
            text: text.to_owned(),
            source: source.to_owned(),
            numbered,
            line: lines.number(range.start) + below,
        });
    };
    for segment in segments {
        match &segment.kind {
            SegmentKind::Line if !warns(segment) => {
                add(&segment.text.text, &segment.range, segment.item && segment.numbered);
            }
            SegmentKind::Table(table) => {
                for row in &table.rows {
                    row.cells.iter().for_each(|cell| add(&cell.text, &row.range, false));
                }
            }
            _ => {}
        }
    }
    found
}

fn warns(segment: &Segment) -> bool {
    segment.quote == Some(Quote::Warning) || segment.text.text.trim_start().starts_with(['※', '⚠'])
}
