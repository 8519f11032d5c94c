//! Questions with their answers, in every usual form.
//!
//! `Q.` and `A.`, `Q1` and `A1`, `Q ` and `A `, 質問 and 回答, `<dt>` and `<dd>`, `<summary>`, headings
//! that ask.

use std::ops::Range;

use super::super::markdown::{Segment, SegmentKind};
use crate::text::lexicon::{self, Section};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) question: String,
    pub(super) range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// `Q プロファイル…`: a letter and a space, which only its partner makes a mark.
    Weak,
    /// `Q.`, `質問1:`.
    Strong,
}

static QUESTIONS: Section = lexicon::ARTICLE_PHRASES.section("marks of questions");
static ANSWERS: Section = lexicon::ARTICLE_PHRASES.section("marks of answers");

/// Reads a mark at the beginning of `text`; the mark and what follows it.
fn mark<'t>(text: &'t str, names: &[&str]) -> Option<(Mark, &'t str)> {
    let text = text.trim_start_matches(['■', '●', '◆', '・', '*', ' ', '　']);
    let within = text.strip_prefix(['【', '[', '［', '<', '＜']);
    let (bracket, text) = within.map_or((false, text), |rest| (true, rest));
    let rest = names.iter().find_map(|name| text.strip_prefix(name))?;
    let number = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || c == '-' || c == '.';
    let after = rest.trim_start_matches(number);
    let numbered = after.len() < rest.len();
    let mut characters = after.chars();
    let next = characters.next();
    let behind = characters.as_str();
    let strong = match next {
        Some('】' | ']' | '］' | '>' | '＞') => bracket,
        Some(':' | '：' | '．' | '、' | ')' | '）') => true,
        _ if bracket => false,
        // `Q.` and `Q1.`: the full stop was taken with the number.
        _ if numbered && rest.get(..rest.len() - after.len()).is_some_and(|n| n.ends_with('.')) => {
            return Some((Mark::Strong, after.trim_start()));
        }
        _ => false,
    };
    if strong {
        return Some((Mark::Strong, behind.trim_start()));
    }
    match next {
        Some(' ' | '　' | '\t') if !bracket => Some((Mark::Weak, behind.trim_start())),
        None if !bracket && !text.is_empty() => Some((Mark::Weak, "")),
        _ => None,
    }
}

static ENDS_OF_QUESTIONS: Section = lexicon::ARTICLE_PHRASES.section("ends of questions");

fn asks(text: &str) -> bool {
    let text = text.trim_end_matches(['。', ' ', '　', '」', '』', '）', ')', '*', '"']);
    text.ends_with(['?', '？']) || ENDS_OF_QUESTIONS.iter().any(|ending| text.ends_with(ending))
}

/// The question that a heading asks, without its mark.
pub(super) fn of_heading(heading: &str) -> Option<String> {
    match mark(heading, &QUESTIONS) {
        Some((Mark::Strong, rest)) if !rest.is_empty() => Some(rest.to_owned()),
        Some((Mark::Weak, rest)) if asks(rest) => Some(rest.to_owned()),
        _ => asks(heading).then(|| heading.to_owned()),
    }
}

pub(super) fn pairs(segments: &[Segment], body: Range<usize>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let starts = starts(segments, body.clone());
    for (position, start) in starts.iter().enumerate() {
        let next = starts.get(position + 1).map_or(body.end, |next| next.index);
        let end = (start.index + 1..next)
            .find(|index| {
                start.term && segments.get(*index).is_some_and(|s| s.kind == SegmentKind::TermEnd)
            })
            .map_or(next, |index| index + 1);
        let answers =
            |at: &usize| line(segments, *at).is_some_and(|it| mark(it, &ANSWERS).is_some());
        let answer = (start.index + 1..end).find(answers).filter(|_| !start.term);
        let asked = answer.and_then(|answer| segments.get(start.index + 1..answer));
        let mut question = start.question.clone();
        for segment in asked.unwrap_or_default() {
            if !question.is_empty() {
                question.push(' ');
            }
            question.push_str(&segment.text.text);
        }
        pairs.push(Pair { question, range: start.index..end });
    }
    pairs
}

struct Start {
    index: usize,
    question: String,
    term: bool,
}

/// The text of a segment that is a line.
fn line(segments: &[Segment], index: usize) -> Option<&str> {
    let segment = segments.get(index).filter(|segment| segment.kind == SegmentKind::Line)?;
    Some(segment.text.text.as_str())
}

fn starts(segments: &[Segment], body: Range<usize>) -> Vec<Start> {
    let is_answered = |index: usize, weakest: Mark| {
        let has =
            |it: &str, names: &[&str]| mark(it, names).is_some_and(|(mark, _)| mark >= weakest);
        let mut below = (index + 1..body.end).filter_map(|at| line(segments, at));
        let next = below.find(|text| has(text, &ANSWERS) || has(text, &QUESTIONS));
        next.is_some_and(|text| has(text, &ANSWERS))
    };
    let mut starts: Vec<Start> = Vec::new();
    for index in body.clone() {
        if let Some(segment) = segments.get(index).filter(|s| s.kind == SegmentKind::Term) {
            match starts.last_mut().filter(|start| start.term && start.index + 1 == index) {
                Some(start) => {
                    start.question.push(' ');
                    start.question.push_str(&segment.text.text);
                }
                None => {
                    starts.push(Start { index, question: segment.text.text.clone(), term: true })
                }
            }
            continue;
        }
        let marked = line(segments, index).and_then(|text| mark(text, &QUESTIONS));
        let Some((mark, rest)) = marked else { continue };
        if is_answered(index, mark) || (mark == Mark::Strong && asks(rest)) {
            starts.push(Start { index, question: rest.to_owned(), term: false });
        }
    }
    starts
}

#[cfg(test)]
crate::source::cases! {
    marks_of_headings: |text| format!("{:?}", mark(text, &QUESTIONS));
    marks_of_answers: |text| format!("{:?}", mark(text, &ANSWERS));
    headings_that_ask: |heading| shown(of_heading(heading));
}
