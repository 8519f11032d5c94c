//! The pasted text beside the answer, with what matched marked.
//!
//! 1. Every incident marks the part of a line where its message is, and in it what evidence rests on;
//!    the other lines that it was found on are marked as a whole.
//! 2. A line is cut into runs at the ends of its marks, so that marks may overlap.
//! 3. Of a long paste the lines around the marks are shown; of a long line, its beginning or the part
//!    around its first mark.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::report::view::visible;
use crate::search::{Answer, Evidence, IncidentAnswer};
use crate::source::lines;

/// A paste of at most so many lines is shown whole.
const WHOLE: usize = 400;
/// Of a longer one, so many lines around each mark are shown.
const AROUND: u32 = 3;
const MOST_LINES: usize = 1200;
/// The most bytes of a line that are shown.
const MOST_BYTES: usize = 4000;

/// The reason for marking a part of a line, the stronger ones later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    Message,
    Status,
    Code,
}

impl Mark {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Message => "mark-message",
            Self::Status => "mark-status",
            Self::Code => "mark-code",
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) mark: Option<Mark>,
    /// The number of the incident that marks it.
    pub(super) incident: usize,
}

/// A line, or a gap where lines are left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PastedRow {
    pub(super) number: u32,
    /// How many lines are left out before it.
    pub(super) left_out: u32,
    /// The numbers of the incidents that were found on it, between spaces.
    pub(super) incidents: String,
    pub(super) runs: Vec<Run>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Marked {
    range: Range<usize>,
    mark: Mark,
    incident: usize,
}

#[derive(Debug, Default)]
struct Marks {
    parts: BTreeMap<u32, Vec<Marked>>,
    lines: BTreeMap<u32, BTreeSet<usize>>,
}

/// Lines, and how many there are after the last.
pub(super) type Rows = (Vec<PastedRow>, u32);

pub(super) fn rows(name: Option<&str>, text: &str, answer: &Answer) -> Rows {
    let marks = marks(name, answer);
    let count = lines(text).count();
    let near = |number: u32| {
        let from = number.saturating_sub(AROUND);
        marks.lines.range(from..=number.saturating_add(AROUND)).next().is_some()
    };
    let mut rows = Vec::new();
    let mut left_out = 0;
    for line in lines(text) {
        let shown = (count <= WHOLE || near(line.number)) && rows.len() < MOST_LINES;
        if !shown {
            left_out += 1;
            continue;
        }
        let found = marks.lines.get(&line.number);
        let incidents: Vec<String> =
            found.into_iter().flatten().map(|incident| incident.to_string()).collect();
        rows.push(PastedRow {
            number: line.number,
            left_out: std::mem::take(&mut left_out),
            incidents: incidents.join(" "),
            runs: runs(line.text, marks.parts.get(&line.number).map_or(&[], Vec::as_slice)),
        });
    }
    (rows, left_out)
}

fn marks(name: Option<&str>, answer: &Answer) -> Marks {
    let mut marks = Marks::default();
    for (index, answer) in answer.incidents.iter().enumerate() {
        let number = index + 1;
        let incident = &answer.incident;
        for place in incident.locations.iter().filter(|place| place.file.as_deref() == name) {
            marks.lines.entry(place.line).or_default().insert(number);
        }
        let place = &incident.span.location;
        if place.file.as_deref() == name {
            marks.lines.entry(place.line).or_default().insert(number);
            marks.parts.entry(place.line).or_default().extend(parts(answer, number));
        }
    }
    marks
}

/// The parts of the incident's own line.
fn parts(answer: &IncidentAnswer, number: usize) -> Vec<Marked> {
    let span = &answer.incident.span;
    let whole = Marked { range: span.range.clone(), mark: Mark::Message, incident: number };
    let mut parts = vec![whole];
    let within = |part: &str| {
        let start = answer.incident.message.find(part)? + span.range.start;
        Some(start..start + part.len())
    };
    let mut add = |range: Option<Range<usize>>, mark| {
        if let Some(range) = range.filter(|range| !range.is_empty() && range.end <= span.range.end)
        {
            parts.push(Marked { range, mark, incident: number });
        }
    };
    for code in &answer.incident.codes {
        add(within(&code.written), Mark::Code);
    }
    for remedy in answer.remedies.iter().chain(&answer.related) {
        for evidence in &remedy.evidence {
            let (log, place, mark) = match evidence {
                Evidence::Code { log, span, .. } => (log, span, Mark::Code),
                Evidence::Status { log, span, .. } => (log, span, Mark::Status),
                _ => continue,
            };
            let own = place.as_ref().filter(|own| own.location == span.location);
            match own {
                // Evidence that knows its place within the message is marked there.
                Some(own) if own.range != span.range => add(Some(own.range.clone()), mark),
                Some(_) => add(within(log), mark),
                None => {}
            }
        }
    }
    parts
}

/// The line cut at the ends of its marks.
fn runs(line: &str, marks: &[Marked]) -> Vec<Run> {
    let first = marks.iter().map(|marked| marked.range.start).min().unwrap_or(0);
    let shown = window(line, first);
    let mut cuts: BTreeSet<usize> = [shown.start, shown.end].into();
    for marked in marks {
        for end in [marked.range.start, marked.range.end] {
            // Where the bytes are not those of this line, the mark is not drawn.
            if shown.contains(&end) && line.is_char_boundary(end) {
                cuts.insert(end);
            }
        }
    }
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let mut runs: Vec<Run> = Vec::new();
    for pair in cuts.windows(2) {
        let &[start, end] = pair else { continue };
        let over = marks.iter().filter(|it| it.range.start <= start && end <= it.range.end);
        let strongest = over.max_by_key(|it| it.mark);
        let text = visible(line.get(start..end).unwrap_or_default());
        let (mark, incident) = strongest.map_or((None, 0), |it| (Some(it.mark), it.incident));
        match runs.last_mut() {
            // Two reasons may mark one part, one of them with its brackets.
            Some(last) if last.mark == mark && last.incident == incident => {
                last.text.push_str(&text);
            }
            _ => runs.push(Run { text: text.into_owned(), mark, incident }),
        }
    }
    if shown.start > 0 {
        runs.insert(0, Run { text: "…".into(), mark: None, incident: 0 });
    }
    if shown.end < line.len() {
        runs.push(Run { text: "…".into(), mark: None, incident: 0 });
    }
    runs
}

fn window(line: &str, first: usize) -> Range<usize> {
    if line.len() <= MOST_BYTES {
        return 0..line.len();
    }
    let start = first.min(line.len()).saturating_sub(MOST_BYTES / 4);
    let start = line.floor_char_boundary(start);
    start..line.floor_char_boundary(start.saturating_add(MOST_BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn answer(start: usize, end: usize) -> Answer {
        let mut answer = samples::answer();
        answer.incidents.truncate(1);
        let incident = &mut answer.incidents[0].incident;
        incident.span.location.file = None;
        incident.span.location.line = 2;
        incident.span.range = start..end;
        incident.locations = vec![incident.span.location.clone()];
        answer
    }

    #[test]
    fn the_message_and_its_code_are_marked() {
        let message = samples::answer().incidents[0].incident.message.clone();
        let line = format!("端末😀\t{message}");
        let start = line.len() - message.len();
        let text = format!("first\n{line}\nlast\n");
        insta::assert_debug_snapshot!(rows(None, &text, &answer(start, line.len())));
    }

    #[test]
    fn marks_that_do_not_fit_the_line_are_not_drawn() {
        for (start, end) in [(1, 2), (0, 900), (500, 600), (3, 3)] {
            let (rows, _) = rows(None, "a\n端末\n", &answer(start, end));
            let whole: String = rows[1].runs.iter().map(|run| run.text.as_str()).collect();
            assert_eq!(whole, "端末");
        }
    }

    #[test]
    fn of_a_long_paste_the_marked_lines_are_shown() {
        let text = "x\n".repeat(5000);
        let (rows, left_out) = rows(None, &text, &answer(0, 1));
        assert_eq!(rows.len(), 5);
        assert_eq!(left_out, 4995);
        let long = format!("a\n{}\n", "端".repeat(100_000));
        let (rows, _) = super::rows(None, &long, &answer(150_000, 150_003));
        assert!(rows[1].runs.iter().map(|run| run.text.len()).sum::<usize>() < 2 * MOST_BYTES);
        assert!(rows[1].runs.iter().any(|run| run.mark.is_some()));
    }
}
