//! Where wordings are in a document.

use super::super::lines::Lines;
use super::super::markdown::{Document, Inline, MarkKind, Quote, Segment, SegmentKind};
use super::super::passage::{Passages, Section, is_hidden, is_message_column, splits};
use super::super::{Role, TemplateOrigin};
use super::{Collector, quotation};
use crate::facts::name_at_end;
use crate::text::lexicon::{self, ARTICLE_PHRASES};

pub(in crate::article) fn headings(
    collector: &mut Collector,
    document: &Document,
    sections: &[Section],
    passages: &Passages,
    lines: &Lines<'_>,
) {
    // A heading without a text of its own speaks for the passage below it.
    let mut below = passages.passages.len().saturating_sub(1);
    for section in sections.iter().rev() {
        let own = section.body.clone().find_map(|index| of_segment(passages, index));
        below = own.unwrap_or(below);
        let Some(heading) = section.heading.and_then(|index| document.segments.get(index)) else {
            continue;
        };
        let line = lines.number(heading.range.start);
        collector.add(below, &heading.text, TemplateOrigin::Heading, line);
        for half in super::languages(&heading.text.text).into_iter().flatten() {
            collector.add(below, &Inline::from(half), TemplateOrigin::Heading, line);
        }
        spans(collector, below, &heading.text, None, line);
    }
}

/// The passage of a segment; of a split table that has none, its first row's.
fn of_segment(passages: &Passages, index: usize) -> Option<usize> {
    passages.of_segment.get(index).copied().flatten().or_else(|| of_row(passages, index, 0))
}

fn of_row(passages: &Passages, segment: usize, row: usize) -> Option<usize> {
    let at = passages.of_row.binary_search_by_key(&(segment, row), |(s, r, _)| (*s, *r)).ok()?;
    passages.of_row.get(at).map(|(_, _, passage)| *passage)
}

/// Paragraphs, list items, quotations and fences.
pub(in crate::article) fn blocks(
    collector: &mut Collector,
    document: &Document,
    sections: &[Section],
    passages: &Passages,
    lines: &Lines<'_>,
) {
    let below_names = below_names(document, sections);
    let mut introduced = false;
    let mut depth = 0;
    for block in document.segments.chunk_by(|a, b| a.block == b.block && a.kind == b.kind) {
        let Some(first) = block.first() else { continue };
        let index = position(document, first);
        let Some(passage) = of_segment(passages, index) else { continue };
        let line = lines.number(first.range.start);
        match &first.kind {
            SegmentKind::Code(info) if !is_hidden(first) && says_messages(info) => {
                fence(collector, passage, first, line);
            }
            SegmentKind::Line | SegmentKind::Term => {
                let text = joined(block);
                if first.quote == Some(Quote::Plain) || below_names.contains(&index) {
                    collector.add(passage, &text, TemplateOrigin::Quote, line);
                }
                // The next item of a list is the next step, not what the last one announced.
                let is_step = first.item && first.depth <= depth;
                let is_next = introduced && block.len() == 1 && !is_step;
                for segment in block {
                    let said = &segment.text.text;
                    if is_next && is_short(said) || is_reported(said) {
                        let line = lines.number(segment.range.start);
                        collector.add(passage, &segment.text, TemplateOrigin::Line, line);
                    }
                }
                spans(collector, passage, &text, None, line);
            }
            _ => {}
        }
        introduced = block.last().is_some_and(|segment| introduces(&segment.text.text));
        depth = first.depth;
    }
}

/// The first blocks below headings that name an error by its code and tell nothing of it: references of errors put the
/// message there, as one short sentence.
fn below_names(document: &Document, sections: &[Section]) -> Vec<usize> {
    static SPEAKS: lexicon::Section = ARTICLE_PHRASES.section("speaks of a message");
    let is_message = |segment: &Segment| {
        let text = segment.text.text.trim();
        let lower = text.to_lowercase();
        let linked = segment.text.marks.iter().any(|mark| mark.kind == MarkKind::Link);
        segment.kind == SegmentKind::Line
            && segment.quote.is_none()
            && !segment.item
            && !linked
            && is_short(text)
            && !text.trim_end_matches('。').contains('。')
            && !text.ends_with([':', '：'])
            && !SPEAKS.iter().any(|words| lower.contains(words))
    };
    let named = sections.iter().filter(|section| name_at_end(&section.text).is_some());
    let first = named.filter_map(|section| {
        let index = section.body.start;
        let segment = document.segments.get(index).filter(|_| section.body.contains(&index))?;
        let next = document.segments.get(index + 1);
        let alone = next.is_none_or(|next| next.block != segment.block);
        (alone && is_message(segment)).then_some(index)
    });
    first.collect()
}

/// The index of a segment that is part of the document's own list.
fn position(document: &Document, segment: &Segment) -> usize {
    document.segments.partition_point(|other| {
        (other.range.start, other.block) < (segment.range.start, segment.block)
    })
}

/// The lines of a block as one text: Japanese lines join without a space.
fn joined(block: &[Segment]) -> Inline {
    let mut text = Inline::default();
    for segment in block {
        let latin = text.text.ends_with(|c: char| c.is_ascii_graphic());
        let separator = if latin { " " } else { "" };
        text.append(separator, &segment.text);
    }
    text
}

/// Whether a fence with this info string may hold messages: programs and data do not.
fn says_messages(info: &str) -> bool {
    let language = info.split([' ', ',', '{']).next().unwrap_or_default().to_ascii_lowercase();
    static LANGUAGES: lexicon::Section = ARTICLE_PHRASES.section("languages of messages");
    language.is_empty() || LANGUAGES.contains(&language.as_str())
}

/// The lines of a fence that are not a program's.
fn fence(collector: &mut Collector, passage: usize, segment: &Segment, first_line: u32) {
    let fenced = u32::from(!matches!(&segment.kind, SegmentKind::Code(info) if info.is_empty()));
    for (number, line) in segment.text.text.lines().enumerate() {
        let line = line.trim();
        let program = line.ends_with([';', '{', '}', ',', '\\', '=', '>'])
            || line.starts_with(['{', '}', '<', '#', '/', '-', '@', '$', ';'])
            || line.starts_with("SELECT ")
            || line.contains(" = ");
        if !program {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let at = first_line.saturating_add(number).saturating_add(fenced);
            collector.add(passage, &Inline::from(line), TemplateOrigin::Code, at);
        }
    }
}

/// Code spans, quotations, and what is set bold and then called a message, within a text.
fn spans(
    collector: &mut Collector,
    passage: usize,
    text: &Inline,
    within: Option<TemplateOrigin>,
    line: u32,
) {
    for mark in &text.marks {
        let origin = match mark.kind {
            MarkKind::Code => TemplateOrigin::Code,
            MarkKind::Strong if is_called_message(text.text.get(mark.range.end..)) => {
                TemplateOrigin::Quote
            }
            _ => continue,
        };
        let span = text.text.get(mark.range.clone()).unwrap_or_default();
        collector.add(passage, &Inline::from(span), within.unwrap_or(origin), line);
    }
    for range in quotation::quotations(&text.text) {
        // A link between quotation marks is the title of a document.
        let quoted = text.text.get(range.clone()).unwrap_or_default();
        let start = range.end - quoted.trim_start().len();
        let end = range.start + quoted.trim_end().len();
        let is_link = text.marks.iter().any(|mark| {
            mark.kind == MarkKind::Link && mark.range.start <= start && mark.range.end >= end
        });
        if !is_link {
            let origin = within.unwrap_or(TemplateOrigin::Quote);
            collector.add(passage, &text.slice(range), origin, line);
        }
    }
}

/// Whether the text after a bold run says that a screen or a log shows it: `…というアラーム`.
fn is_called_message(after: Option<&str>) -> bool {
    static SAYS: lexicon::Section = ARTICLE_PHRASES.section("called a message");
    let after = after.unwrap_or_default().trim_start_matches(['」', '"', '”', ' ']);
    SAYS.iter().any(|words| after.starts_with(words))
}

/// Whether a line announces that what follows is a message: `次のメッセージが表示されます。`
fn introduces(text: &str) -> bool {
    static MESSAGES: lexicon::Section = ARTICLE_PHRASES.section("messages");
    static SHOWN: lexicon::Section = ARTICLE_PHRASES.section("shown");
    let text = text.trim_end();
    let sentence = text.trim_end_matches(['。', '.', ':', '：']);
    if sentence.len() == text.len() {
        return false;
    }
    let sentence = sentence.rsplit(['。', '.']).next().unwrap_or_default();
    let contains = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    // Without these words the message was told before, and what follows is the next step.
    let points =
        text.ends_with([':', '：']) || contains(&["次の", "以下", "下記", "following", "below"]);
    let named = ["メッセージ", "エラー", "アラーム"].iter().any(|word| sentence.ends_with(word));
    points && contains(&MESSAGES) && (contains(&SHOWN) || named)
}

/// Whether a line that is where a message is announced can be one: it is one sentence or two.
fn is_short(text: &str) -> bool {
    const LONGEST: usize = 480;
    text.len() <= LONGEST && text.matches('。').count() <= 2
}

/// Whether a line has the form of a log's message: `InstallProfile: (4027) …`.
fn is_reported(text: &str) -> bool {
    let Some((head, rest)) = text.split_once([':', '：']) else { return false };
    let rest = rest.trim_start();
    let Some(inner) = rest.strip_prefix(['(', '（']) else { return false };
    let digits = inner.chars().take_while(char::is_ascii_digit).count();
    (2..=10).contains(&digits)
        && !head.is_empty()
        && head.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a column, by its name, holds what the writer says of a message, rather than what a program says.
fn explains(name: &str) -> bool {
    let meaning = || {
        let name = crate::text::fold(name);
        name.ends_with("意味") || name.ends_with("meaning")
    };
    matches!(Role::of_heading(name), Role::Remedy | Role::Cause) || meaning()
}

/// The cells of tables: of rows that are answers, and of attributes that are messages.
pub(in crate::article) fn tables(
    collector: &mut Collector,
    document: &Document,
    passages: &Passages,
    lines: &Lines<'_>,
) {
    for (index, segment) in document.segments.iter().enumerate() {
        let SegmentKind::Table(table) = &segment.kind else { continue };
        let split = splits(table);
        let around = of_segment(passages, index).unwrap_or_default();
        for (number, row) in table.rows.iter().enumerate() {
            let passage = if split { of_row(passages, index, number) } else { None };
            let line = lines.number(row.range.start);
            let attribute = row.cells.first().is_some_and(|cell| is_message_column(&cell.text));
            for (column, cell) in row.cells.iter().enumerate() {
                let passage = passage.unwrap_or(around);
                let said = !explains(table.column(column));
                if split && said || attribute && column > 0 {
                    for part in cell.lines() {
                        collector.add(passage, &part, TemplateOrigin::Cell, line);
                    }
                }
                // A quotation in a cell is a button to press as often as a message.
                spans(collector, passage, cell, split.then_some(TemplateOrigin::Cell), line);
            }
        }
    }
}
