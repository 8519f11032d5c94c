//! The form of a passage: whether it gives instructions, or merely sends the reader on.

use std::ops::Range;

use super::super::markdown::{Document, Inline, MarkKind, Row, Segment, SegmentKind};
use super::super::{PassageLink, Role};
use super::rows::Columns;
use super::shown::is_hidden;
use crate::text::lexicon::{self, Section};

/// How many numbered items are steps: one alone is a remark with a number.
const LEAST_STEPS: usize = 2;
/// A longer line before a list is a sentence, in bytes.
const LONGEST_LABEL: usize = 60;
/// The share of a passage's letters that must point for the passage to be nothing but a pointer.
const MOSTLY: f64 = 0.5;

static REQUESTS: Section = lexicon::ARTICLE_PHRASES.section("requests");
static READING: Section = lexicon::ARTICLE_PHRASES.section("requests to read");
static SENDS_ON: Section = lexicon::ARTICLE_PHRASES.section("sends on");
static NEARBY: Section = lexicon::ARTICLE_PHRASES.section("nearby");

#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) instructs: bool,
    /// Whether it says nothing but where to look.
    pub(super) points: bool,
    /// Where it leads within the knowledge base.
    pub(super) links: Vec<PassageLink>,
}

pub(super) fn of_segments(document: &Document, ranges: &[Range<usize>], role: Role) -> Form {
    let segments: Vec<&Segment> = ranges
        .iter()
        .flat_map(|range| document.segments.get(range.clone()).unwrap_or_default())
        .filter(|segment| !is_hidden(segment))
        .collect();
    let links: Vec<PassageLink> = segments.iter().flat_map(|it| links(document, it)).collect();
    let steps = segments.iter().filter(|segment| segment.item && segment.numbered).count();
    let (mut all, mut pointing) = (0, 0);
    for segment in &segments {
        let letters = letters(&segment.text.text);
        all += letters;
        pointing += if line_points(segment, document) { letters } else { 0 };
        if let SegmentKind::Table(table) = &segment.kind {
            for row in &table.rows {
                let (said, led) = row_letters(row);
                all += said;
                pointing += led;
            }
        }
    }
    let points = steps < LEAST_STEPS
        && pointing > 0
        && (pointing as f64 >= MOSTLY * all as f64 || role == Role::Navigation);
    let asked = segments.iter().any(|segment| requests(segment));
    let marked = segments.iter().any(|segment| super::remedy::mark(&segment.text.text).is_some());
    let stepped = role.numbers_steps() && mending_steps(&segments) >= LEAST_STEPS;
    let tells = role == Role::Remedy || stepped || marked || asked;
    Form { instructs: !points && role.may_instruct() && tells, points, links }
}

/// How many numbered items are steps that mend something: those after a label of a reproduction (「再現手順：」), up to the
/// next line of text, bring the trouble about.
fn mending_steps(segments: &[&Segment]) -> usize {
    let mut label = "";
    let mut steps = 0;
    for segment in segments {
        if segment.item && segment.numbered {
            steps += usize::from(Role::of_heading(label) != Role::Reproduction);
        } else if segment.depth == 0 && matches!(segment.kind, SegmentKind::Line) {
            label = if segment.text.text.len() <= LONGEST_LABEL { &segment.text.text } else { "" };
        }
    }
    steps
}

/// The form of a row: what is under the name of a remedy is one, unless it only sends on.
pub(super) fn of_row(document: &Document, columns: &Columns, row: &Row) -> Form {
    let cells = || row.cells.iter().enumerate();
    let links = links_of_row(document, row);
    let tells = |(column, cell): (usize, &Inline)| {
        let column = columns.get(column);
        let remedy = column.role == Role::Remedy;
        // A message that asks for something says what the product says: whoever looks it up has read that.
        let asks = !column.messages && REQUESTS.iter().any(|request| cell.text.contains(request));
        !cell.text.trim().is_empty() && (remedy || asks) && !sends_on(cell)
    };
    let instructs = cells().any(tells);
    Form { instructs, points: !instructs && !links.is_empty(), links }
}

/// How many letters a row has, and how many of them merely send on: cells that are a link or a sentence with one, and
/// the name before them.
fn row_letters(row: &Row) -> (usize, usize) {
    let all = row.cells.iter().map(|cell| letters(&cell.text)).sum();
    let led: usize =
        row.cells.iter().filter(|it| sends_on(it)).map(|cell| letters(&cell.text)).sum();
    let name = row.cells.first().filter(|_| led > 0).filter(|cell| !is_linked(cell));
    (all, led + name.map_or(0, |cell| letters(&cell.text)))
}

fn is_linked(cell: &Inline) -> bool {
    cell.marks.iter().any(|mark| mark.kind == MarkKind::Link)
}

/// Whether a cell is a link or a sentence with one.
fn sends_on(cell: &Inline) -> bool {
    is_linked(cell) && sentences(&cell.text) <= 1
}

fn sentences(text: &str) -> usize {
    text.split(['。', '\n']).filter(|sentence| !sentence.trim().is_empty()).count()
}

fn letters(text: &str) -> usize {
    // Kana and kanji, most of a Japanese text, are told without the table.
    let is_letter = |character: &char| {
        matches!(character, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿') || character.is_alphanumeric()
    };
    text.chars().filter(is_letter).count()
}

/// Whether a line merely sends on: it is a link, or its sentences say where to look.
fn line_points(segment: &Segment, document: &Document) -> bool {
    if !matches!(segment.kind, SegmentKind::Line | SegmentKind::Term) {
        return false;
    }
    let text = segment.text.text.to_ascii_lowercase();
    let sends_on = || SENDS_ON.iter().any(|words| text.contains(words));
    if NEARBY.iter().any(|words| text.contains(words)) && sends_on() {
        return sentences(&text) <= 1;
    }
    if targets(document, &segment.range).next().is_none() {
        return false;
    }
    let marks = segment.text.marks.iter().filter(|mark| mark.kind == MarkKind::Link);
    let linked: usize =
        marks.filter_map(|mark| segment.text.text.get(mark.range.clone())).map(letters).sum();
    2 * linked >= letters(&segment.text.text) || sends_on() && sentences(&text) <= 1 || segment.item
}

/// Whether a line asks for something to be done; to read on elsewhere does nothing.
fn requests(segment: &Segment) -> bool {
    let asks = |text: &str| REQUESTS.iter().any(|request| text.contains(request));
    let text = &segment.text.text;
    if !matches!(segment.kind, SegmentKind::Line) || !asks(text) {
        return false;
    }
    let mut rest = text.clone();
    for words in READING.iter().filter(|words| text.contains(**words)) {
        rest = rest.replace(words, "");
    }
    asks(&rest)
}

/// The links of a line, each with the line's words.
fn links(document: &Document, segment: &Segment) -> Vec<PassageLink> {
    if let SegmentKind::Table(table) = &segment.kind {
        return table.rows.iter().flat_map(|row| links_of_row(document, row)).collect();
    }
    links_with(segment.text.text.trim(), document, &segment.range)
}

/// The links of a row, each with the row's words.
fn links_of_row(document: &Document, row: &Row) -> Vec<PassageLink> {
    let written = row.cells.iter().map(|cell| cell.text.trim()).collect::<Vec<_>>().join(" ");
    links_with(&written, document, &row.range)
}

fn links_with(words: &str, document: &Document, range: &Range<usize>) -> Vec<PassageLink> {
    let targets = targets(document, range);
    targets.map(|target| PassageLink { target, words: words.to_owned() }).collect()
}

/// Where the links within a part of the source lead, within the knowledge base.
fn targets(document: &Document, range: &Range<usize>) -> impl Iterator<Item = String> {
    let start = document.links.partition_point(|link| link.offset < range.start);
    let within = document.links.get(start..).unwrap_or_default().iter();
    let within = within.take_while(|link| link.offset < range.end);
    within.filter(|link| is_document(&link.target)).map(|link| link.target.clone())
}

/// Whether a link leads to a heading or a document, rather than to another site or a picture.
fn is_document(target: &str) -> bool {
    if target.starts_with('#') {
        return target.len() > 1;
    }
    let path = target.split(['#', '?']).next().unwrap_or_default().to_ascii_lowercase();
    !path.contains(':') && crate::article::without_ending(&path).is_some()
}
