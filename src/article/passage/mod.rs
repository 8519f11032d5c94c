//! The passages of a text: the units that are ranked and shown.
//!
//! 1. [`section`] divides the text at its headings;
//! 2. [`question`] finds the pairs of question and answer of a section, [`remedy`] its 【対処】 blocks
//!    with the causes above them, [`rows`] the table rows and [`items`] the list items that stand for a code or a status;
//! 3. what is left of the section is a passage of its own;
//! 4. [`shown`] gives each its Markdown and its text, [`super::caution`] its cautions, [`subject`] the codes and
//!    names that it is about, and [`form`] says whether it tells what to do or merely where to look.

mod form;
mod question;
mod remedy;
mod rows;
mod section;
pub(super) mod shown;
mod subject;

use std::ops::Range;

use super::caution;
use super::codes::codes_of_text;
use super::destructive;
use super::lines::Lines;
use super::markdown::{Document, Row, Segment, SegmentKind, Table};
use super::{Passage, PassageKind, Role};
use crate::facts::CodeDictionary;
use crate::source::add_new;

use rows::Columns;
pub(super) use rows::{is_message_column, splits};
pub(crate) use section::slug;
pub(super) use section::{Section, sections};
pub(super) use shown::{is_hidden, is_pattern, is_sample};
use subject::Subject;

/// A passage that is not written out yet.
struct Draft {
    kind: PassageKind,
    question: Option<String>,
    ranges: Vec<Range<usize>>,
    /// The row of the table that is in the first segment.
    row: Option<usize>,
}

impl Draft {
    fn of(kind: PassageKind, range: Range<usize>) -> Self {
        Self { kind, question: None, ranges: vec![range], row: None }
    }
}

/// The passages of a document, and where each segment and row went.
pub(super) struct Passages {
    pub(super) passages: Vec<Passage>,
    pub(super) of_segment: Vec<Option<usize>>,
    /// The passage of a row: segment, row, passage; in order.
    pub(super) of_row: Vec<(usize, usize, usize)>,
}

pub(super) fn passages(
    document: &Document,
    sections: &[Section],
    lines: &Lines<'_>,
    codes: &CodeDictionary,
) -> Passages {
    let mut result = Passages {
        passages: Vec::new(),
        of_segment: vec![None; document.segments.len()],
        of_row: Vec::new(),
    };
    let anchors = section::Anchors::default();
    let columns = (usize::MAX, Columns::default());
    let mut writer =
        Writer { document, lines, codes, anchors, columns, headings: Headings::default() };
    // The warnings of the sections that are open, by the depth of their heading path: what a chapter
    // warns of holds for its sections.
    let mut inherited: Vec<(u8, Vec<String>)> = Vec::new();
    // Headings that no passage has begun with.
    let mut open: Vec<(u8, String)> = Vec::new();
    for section in sections {
        open.retain(|(level, _)| *level < section.level);
        if !section.path.is_empty() {
            open.push((section.level, section.text.clone()));
        }
        let segments = &document.segments;
        inherited.retain(|(level, _)| *level < section.level);
        let drafts = drafts(segments, section);
        let is_outer = |it: &&Draft| it.row.is_none() && it.kind == PassageKind::Section;
        let outer = drafts.iter().filter(is_outer).flat_map(|it| it.ranges.iter().cloned());
        let outside = caution::of_segments(segments, outer.flatten());
        let above: Vec<String> = inherited.iter().flat_map(|(_, texts)| texts.clone()).collect();
        for draft in drafts {
            let number = result.passages.len();
            let mut cautions = above.clone();
            if draft.row.is_none() {
                for index in draft.ranges.iter().cloned().flatten() {
                    if let Some(slot) = result.of_segment.get_mut(index) {
                        *slot = Some(number);
                    }
                }
                let own = draft.ranges.iter().cloned().flatten();
                add_new(&mut cautions, caution::of_segments(segments, own).all);
            } else if let (Some(row), Some(range)) = (draft.row, draft.ranges.first()) {
                result.of_row.push((range.start, row, number));
            }
            add_new(&mut cautions, outside.all.iter().cloned());
            let mut passage = writer.write(&draft, section, cautions);
            passage.opens = open.drain(..).map(|(_, heading)| heading).collect();
            result.passages.push(passage);
        }
        inherited.push((section.level, outside.warnings));
    }
    result
}

/// The passages of a section, in the order of their lines.
fn drafts(segments: &[Segment], section: &Section) -> Vec<Draft> {
    let body = section.body.clone();
    let answer = |question::Pair { question, range }| Draft {
        question: Some(question),
        ..Draft::of(PassageKind::Answer, range)
    };
    let pairs = question::pairs(segments, body.clone()).into_iter();
    let mut drafts: Vec<Draft> = pairs.map(answer).collect();
    if drafts.is_empty() {
        let blocks = remedy::blocks(segments, body.clone()).into_iter();
        drafts.extend(blocks.map(|range| Draft::of(PassageKind::Section, range)));
    }
    let pairs_or_blocks = drafts.len();
    let rest = rest(&drafts, body.clone());
    let has_text = |range: &Range<usize>| {
        segments.get(range.clone()).is_some_and(|segments| segments.iter().any(tells))
    };
    if rest.iter().any(has_text) {
        let question = section.question();
        let kind = if question.is_some() { PassageKind::Answer } else { PassageKind::Section };
        drafts.push(Draft { kind, question, ranges: rest, row: None });
    }
    if pairs_or_blocks == 0 {
        let items = rows::items(segments, body.clone()).into_iter();
        drafts.extend(items.map(|range| Draft::of(PassageKind::Row, range)));
    }
    for index in body {
        let Some(SegmentKind::Table(table)) = segments.get(index).map(|segment| &segment.kind)
        else {
            continue;
        };
        if splits(table) {
            let filled = table.rows.iter().enumerate().filter(|(_, row)| !row.is_empty());
            drafts.extend(filled.map(|(row, _)| Draft {
                row: Some(row),
                ..Draft::of(PassageKind::Row, index..index + 1)
            }));
        }
    }
    drafts.sort_by_key(|draft| {
        (draft.ranges.first().map_or(0, |range| range.start), draft.row.map_or(0, |row| row + 1))
    });
    drafts
}

/// Whether a segment says anything to a reader.
fn tells(segment: &Segment) -> bool {
    match &segment.kind {
        SegmentKind::Table(_) => true,
        SegmentKind::TermEnd => false,
        // An included token alone says to a generator where the page applies.
        _ => {
            let text = &segment.text;
            !is_hidden(segment) && !text.is_included() && !text.text.trim().is_empty()
        }
    }
}

/// The ranges of `body` that no draft has taken.
fn rest(drafts: &[Draft], body: Range<usize>) -> Vec<Range<usize>> {
    let mut rest = Vec::new();
    let mut at = body.start;
    for range in drafts.iter().flat_map(|draft| &draft.ranges) {
        if range.start > at {
            rest.push(at..range.start);
        }
        at = at.max(range.end);
    }
    if at < body.end {
        rest.push(at..body.end);
    }
    rest
}

struct Writer<'d> {
    document: &'d Document,
    lines: &'d Lines<'d>,
    codes: &'d CodeDictionary,
    anchors: section::Anchors,
    /// The columns of the last row's table, after its segment.
    columns: (usize, Columns),
    headings: Headings,
}

/// The headings of the last passage: what they say of it is the same for all rows of a table.
#[derive(Default)]
struct Headings {
    path: Vec<String>,
    subject: Subject,
    role: Role,
}

impl Writer<'_> {
    fn write(&mut self, draft: &Draft, section: &Section, cautions: Vec<String>) -> Passage {
        if self.headings.path != section.path {
            self.headings = Headings::of(section, self.codes);
        }
        let row = draft.row.and_then(|row| {
            let at = draft.ranges.first()?.start;
            let segment = self.document.segments.get(at)?;
            let SegmentKind::Table(table) = &segment.kind else { return None };
            if self.columns.0 != at {
                self.columns = (at, Columns::of(table));
            }
            Some((table, table.rows.get(row)?))
        });
        let passage = match row {
            Some((table, row)) => self.row(section, table, row),
            None => self.segments(draft, section),
        };
        // The names of the title are the article's.
        let names = if section.path.is_empty() { Vec::new() } else { section.names.clone() };
        Passage { section: section.path.clone(), names, cautions, ..passage }
    }

    fn row(&mut self, section: &Section, table: &Table, row: &Row) -> Passage {
        let (markdown, text) = shown::row(table, row);
        let columns = &self.columns.1;
        let mut subject = Subject::of_row(columns, row, self.codes);
        let form = form::of_row(self.document, columns, row, &subject.names);
        let of_error = !subject.codes.is_empty() || rows::names_error(columns, row);
        subject.add(&self.headings.subject);
        let subject_codes = subject.codes.len();
        add_new(&mut subject.codes, rows::codes(columns, row, self.codes));
        Passage {
            anchor: self.anchors.unique(&section.path, Some(rows::name(row))),
            kind: PassageKind::Row,
            destructive: destructive::destructive(&text),
            codes: subject.codes,
            subject_codes,
            subject_names: subject.names,
            of_error,
            role: self.headings.role,
            instructs: form.instructs,
            points: form.points,
            leads: form.leads,
            links: form.links,
            meaning: rows::meaning(columns, row),
            markdown,
            text,
            line: self.lines.number(row.range.start),
            ..Passage::default()
        }
    }

    fn segments(&mut self, draft: &Draft, section: &Section) -> Passage {
        let segments = &self.document.segments;
        let markdown = shown::markdown(segments, &draft.ranges, self.lines);
        let text = shown::text(segments, &draft.ranges);
        let mut own = draft.ranges.iter().cloned().flatten().filter_map(|at| segments.get(at));
        let first = own.find(|segment| tells(segment));
        let named = match draft.kind {
            PassageKind::Row => {
                first.and_then(|segment| segment.text.text.split([':', '：']).next())
            }
            _ => draft.question.as_deref().filter(|_| section.question().is_none()),
        };
        let role = self.headings.role;
        let form = form::of_segments(self.document, &draft.ranges, role);
        let item = named.filter(|_| draft.kind == PassageKind::Row);
        let mut subject = item.map(|it| Subject::of_heading(it, self.codes)).unwrap_or_default();
        subject.add(&self.headings.subject);
        for range in draft.ranges.iter().filter(|_| draft.kind != PassageKind::Answer) {
            subject.add(&Subject::of_wordings(segments.get(range.clone()).unwrap_or_default()));
        }
        let subject_codes = subject.codes.len();
        add_new(&mut subject.codes, codes_of_text(&text, self.codes));
        let destructive = caution::destructive(segments, &draft.ranges);
        // Few passages have such a step, and all of them are looked at whenever an index is built.
        let losing = destructive.then(|| caution::losing(segments, &draft.ranges, self.lines));
        Passage {
            anchor: self.anchors.unique(&section.path, named),
            kind: draft.kind,
            question: draft.question.clone(),
            destructive,
            losing: losing.unwrap_or_default(),
            codes: subject.codes,
            subject_codes,
            subject_names: subject.names,
            role,
            instructs: form.instructs || draft.kind == PassageKind::Answer && !form.points,
            points: form.points,
            leads: form.leads,
            links: form.links,
            asked: shown::asked(segments, &draft.ranges),
            markdown,
            text,
            line: first.map_or(1, |segment| self.lines.number(segment.range.start)),
            ..Passage::default()
        }
    }
}

impl Headings {
    fn of(section: &Section, codes: &CodeDictionary) -> Self {
        let mut subject = Subject::default();
        for heading in &section.path {
            subject.add(&Subject::of_heading(heading, codes));
        }
        Self { path: section.path.clone(), subject, role: role_of(section) }
    }
}

/// The role that the nearest heading gives which gives any: a subject below リリースノート is one of them.
fn role_of(section: &Section) -> Role {
    let own = section.path.last().map(|heading| Role::of_heading(heading)).unwrap_or_default();
    let above = || section.path.iter().map(|heading| Role::of_title(heading));
    match own {
        Role::Subject if above().any(|role| role == Role::ReleaseNote) => Role::ReleaseNote,
        own => own,
    }
}
