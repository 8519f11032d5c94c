//! Plain text with questions and answers: `Q. …` and `A. …`, `質問：…` and `回答：…`, with or without numbers.
//!
//! Each question is an article. What is before the first is left out.

use super::{Collector, Source, escape};
use crate::source::{Phrase, lines};
use crate::text::lexicon::{ARTICLE_PHRASES, Section};
use xxhash_rust::xxh3::xxh3_64;

pub(super) const SOURCE: Source = Source { recognizes, read };

static QUESTION: Section = ARTICLE_PHRASES.section("questions of plain text");
static ANSWER: Section = ARTICLE_PHRASES.section("answers of plain text");

fn recognizes(name: &str, text: &str) -> bool {
    let is_text = name.ends_with(".txt") || name.ends_with(".text") || !name.contains('.');
    let begins = |marks: &[&str]| lines(text).any(|line| marked(line.text, marks).is_some());
    is_text && begins(&QUESTION) && begins(&ANSWER)
}

/// A question with its answer, as it was written.
#[derive(Default)]
struct Pair {
    question: String,
    answer: Option<String>,
    line: u32,
}

fn read(reader: &mut Collector<'_>, file: &str, text: &str) {
    let mut pairs: Vec<Pair> = Vec::new();
    for line in lines(text) {
        if let Some(question) = marked(line.text, &QUESTION) {
            let question = question.to_owned();
            pairs.push(Pair { question, answer: None, line: line.number });
            continue;
        }
        let answer = marked(line.text, &ANSWER);
        match (pairs.last_mut(), answer) {
            (Some(pair), Some(answer)) if pair.answer.is_none() => {
                pair.answer = Some(answer.to_owned());
            }
            (Some(Pair { answer: Some(answer), .. }), _) => {
                answer.push('\n');
                answer.push_str(line.text);
            }
            (Some(pair), None) if !line.text.trim().is_empty() => {
                pair.question.push(' ');
                pair.question.push_str(line.text.trim());
            }
            (None, _) if !line.text.trim().is_empty() => {
                let what = Phrase::new("最初の質問より前の行", "lines before the first question");
                reader.leave_out(file, what, Some(line.text.trim().to_owned()));
            }
            _ => {}
        }
    }
    for pair in pairs {
        let title = pair.question.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(answer) = pair.answer.filter(|answer| !answer.trim().is_empty()) else {
            let what = Phrase::new("答えのない質問", "questions without an answer");
            reader.leave_out(file, what, Some(format!("{}: {title}", pair.line)));
            continue;
        };
        if title.is_empty() {
            let what = Phrase::new("質問のない答え", "answers without a question");
            reader.leave_out(file, what, Some(pair.line.to_string()));
            continue;
        }
        let product = reader.options.product.clone().unwrap_or_default();
        let key = format!("question:{:016x}", xxh3_64(format!("{product}\0{title}").as_bytes()));
        let mut draft = reader.draft(file, key, title.clone());
        draft.body = format!("Q. {}\n\nA. {}\n", escape::line(&title), escape::plain(&answer));
        reader.imported.drafts.push(draft);
    }
}

/// The text after a mark at the beginning of a line: `Q1. 同期しない`, `A：…`, `【質問】…`.
fn marked<'l>(line: &'l str, marks: &[&str]) -> Option<&'l str> {
    let line = line.trim_start_matches([' ', '\t', '　', '■', '◆', '●', '#', '*']);
    marks.iter().find_map(|mark| {
        let head = line.get(..mark.len())?;
        if !head.eq_ignore_ascii_case(mark) {
            return None;
        }
        let rest = line.get(mark.len()..)?;
        let gap = rest.trim_start_matches([' ', '　']);
        let behind = gap.trim_start_matches(|c: char| {
            c.is_ascii_digit() || ('０'..='９').contains(&c) || c == '-'
        });
        let tail = behind.trim_start_matches([' ', '　']);
        let separators = ['.', '．', ':', '：', ')', '）', '、', '】', '］', '>', '＞', '|'];
        if let Some(text) = tail.strip_prefix(separators) {
            return Some(text.trim());
        }
        // Without a separator, a number or a full-width letter before a space says enough: Q1 …, Ｑ　…
        let letter = mark.chars().count() == 1;
        let numbered =
            gap.len() == rest.len() && behind.len() < gap.len() && tail.len() < behind.len();
        let wide = !mark.is_ascii() && gap.len() < rest.len();
        (mark.ends_with(['】', '］']) || letter && (numbered || wide)).then(|| tail.trim())
    })
}

#[cfg(test)]
crate::source::cases! {
    marks_of_questions: |line| listed([&QUESTION, &ANSWER].map(|mark| shown(marked(line, mark))));
}
