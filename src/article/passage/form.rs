//! The form of a passage: whether it gives instructions, or merely sends the reader on.

use std::ops::Range;

use super::super::markdown::{Document, Inline, LinkTarget, MarkKind, Row, Segment, SegmentKind};
use super::super::{OF_NAME, PassageLink, Role, without_ending};
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
    /// Whether it would, did the addresses that it names lead within the knowledge base: only the index knows.
    pub(super) leads: bool,
    /// Where it leads within the knowledge base.
    pub(super) links: Vec<PassageLink>,
}

pub(super) fn of_segments(document: &Document, ranges: &[Range<usize>], role: Role) -> Form {
    let own = ranges.iter().filter_map(|range| document.segments.get(range.clone())).flatten();
    let segments: Vec<&Segment> = own.filter(|segment| !is_hidden(segment)).collect();
    let links: Vec<PassageLink> = segments.iter().flat_map(|it| links(document, it)).collect();
    let steps = segments.iter().filter(|segment| segment.item && segment.numbered).count();
    // A line that points by its addresses alone is another site's, or another form of the knowledge base's own.
    let (mut all, mut pointing, mut addressed) = (0, 0, 0);
    for segment in &segments {
        let letters = letters(&segment.text.text);
        all += letters;
        match line_points(segment, document) {
            Some(Target::Within) => pointing += letters,
            Some(Target::Address) => addressed += letters,
            None => {}
        }
        if let SegmentKind::Table(table) = &segment.kind {
            for row in &table.rows {
                let (said, led) = row_letters(row);
                all += said;
                pointing += led;
            }
        }
    }
    let mostly = |pointing: usize| {
        steps < LEAST_STEPS
            && pointing > 0
            && (pointing as f64 >= MOSTLY * all as f64 || role == Role::Navigation)
    };
    let points = mostly(pointing);
    let asked = segments.iter().any(|segment| requests(segment));
    let marked = segments.iter().any(|segment| super::remedy::mark(&segment.text.text).is_some());
    let stepped = role.numbers_steps() && mending_steps(&segments) >= LEAST_STEPS;
    let tells = role == Role::Remedy || stepped || marked || asked;
    let leads = !points && mostly(pointing + addressed);
    Form { instructs: !points && role.may_instruct() && tells, points, leads, links }
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

/// The form of a row: what is under the name of a remedy is one, unless it only sends on. A row of an error that has a
/// name, without remedy and link, leads to that error's page, if there is one.
pub(super) fn of_row(document: &Document, columns: &Columns, row: &Row, names: &[String]) -> Form {
    let cells = || row.cells.iter().enumerate();
    let mut links = links_of_row(document, row);
    let tells = |(column, cell): (usize, &Inline)| {
        let column = columns.get(column);
        let remedy = column.role == Role::Remedy;
        // A message that asks for something says what the product says: whoever looks it up has read that.
        let asks = !column.messages && REQUESTS.iter().any(|request| cell.text.contains(request));
        !cell.text.trim().is_empty() && (remedy || asks) && !sends_on(cell)
    };
    let instructs = cells().any(tells);
    let within =
        targets(document, &row.range).any(|it| Target::of(&it.target) == Some(Target::Within));
    if let [name] = names
        && links.is_empty()
    {
        let words = words_of_row(row);
        let target = format!("{OF_NAME}{name}");
        links.push(PassageLink { target, words, text: name.clone(), heads: true });
    }
    let points = !instructs && within;
    Form { instructs, points, leads: !instructs && !points && !links.is_empty(), links }
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

/// Where a line sends on to that does nothing else: it is a link, or its sentences say where to look.
fn line_points(segment: &Segment, document: &Document) -> Option<Target> {
    if !matches!(segment.kind, SegmentKind::Line | SegmentKind::Term) {
        return None;
    }
    let text = segment.text.text.to_ascii_lowercase();
    let sends_on = || SENDS_ON.iter().any(|words| text.contains(words));
    if NEARBY.iter().any(|words| text.contains(words)) && sends_on() {
        return (sentences(&text) <= 1).then_some(Target::Within);
    }
    let target = targets(document, &segment.range).filter_map(|it| Target::of(&it.target)).min()?;
    let marks = segment.text.marks.iter().filter(|mark| mark.kind == MarkKind::Link);
    let linked: usize =
        marks.filter_map(|mark| segment.text.text.get(mark.range.clone())).map(letters).sum();
    let only = 2 * linked >= letters(&segment.text.text)
        || sends_on() && sentences(&text) <= 1
        || segment.item;
    only.then_some(target)
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
    let words = segment.text.text.trim();
    links_with(words, |text| words.starts_with(text), document, &segment.range)
}

fn links_of_row(document: &Document, row: &Row) -> Vec<PassageLink> {
    let name = row.cells.iter().map(|cell| cell.text.trim()).find(|it| !it.is_empty());
    links_with(&words_of_row(row), |text| name == Some(text), document, &row.range)
}

fn words_of_row(row: &Row) -> String {
    row.cells.iter().map(|cell| cell.text.trim()).collect::<Vec<_>>().join(" ")
}

fn links_with(
    words: &str,
    heads: impl Fn(&str) -> bool,
    document: &Document,
    range: &Range<usize>,
) -> Vec<PassageLink> {
    let links = targets(document, range).map(|link| PassageLink {
        target: link.target.clone(),
        words: words.to_owned(),
        heads: !link.text.is_empty() && heads(&link.text),
        text: link.text.clone(),
    });
    links.collect()
}

/// The links within a part of the source that may lead within the knowledge base.
fn targets<'d>(
    document: &'d Document,
    range: &Range<usize>,
) -> impl Iterator<Item = &'d LinkTarget> + use<'d> {
    let start = document.links.partition_point(|link| link.offset < range.start);
    let within = document.links.get(start..).unwrap_or_default().iter();
    let end = range.end;
    let within = within.take_while(move |link| link.offset < end);
    within.filter(|link| Target::of(&link.target).is_some())
}

/// Where a link leads that is neither a picture nor a file to load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    /// To a heading or a document of the same site.
    Within,
    /// To the page of an address or of a path from a site's root, which may be the knowledge base's own.
    Address,
}

impl Target {
    fn of(target: &str) -> Option<Self> {
        if target.starts_with('#') {
            return (target.len() > 1).then_some(Self::Within);
        }
        let path = target.split(['#', '?']).next().unwrap_or_default().to_ascii_lowercase();
        let (path, kind) = match path.strip_prefix("http://").or(path.strip_prefix("https://")) {
            Some(address) => (address.split_once('/')?.1, Self::Address),
            // From the root of a site, of which the knowledge base may be a part.
            None if path.starts_with('/') => (path.as_str(), Self::Address),
            None => (path.as_str(), Self::Within),
        };
        (!path.contains(':') && is_page(path)).then_some(kind)
    }
}

/// Whether a path, in small letters, is a page's: a document of Markdown, what a site makes of one, or its name without
/// an ending.
fn is_page(path: &str) -> bool {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let of_site = |it: &str| matches!(it, "html" | "htm" | "xhtml" | "aspx" | "php" | "jsp");
    // `4.3` is a version.
    let number = |it: &str| it.starts_with(|first: char| first.is_ascii_digit());
    name.chars().any(char::is_alphanumeric)
        && (without_ending(name).is_some() || ending.is_none_or(|it| of_site(it) || number(it)))
}

#[cfg(test)]
crate::source::cases! {
    targets_of_links: |target| format!("{:?}", Target::of(target));
}
