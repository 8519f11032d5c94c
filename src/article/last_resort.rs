//! A remedy that ends in a step that loses something, divided into what is tried first and that step.
//!
//! Steps that are tried one after another until one helps can be divided: the last one is for when the others did
//! not help. A procedure cannot: who is told to make a backup and not what for, or to open a screen and not what to press,
//! is left half-way. So a step is only taken off where
//!
//! 1. it is the last of a list, or the last sentences of a paragraph, and nothing else of the passage loses anything;
//! 2. it says itself that it comes last (それでも改善しない場合は), or a caution does, or the step before it does not
//!    lead to it (「設定」を開きます).

use super::destructive::destructive;
use crate::text::fold;
use crate::text::lexicon::DESTRUCTIVE;

/// A divided remedy, in Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Divided {
    /// The steps that are tried first.
    pub(crate) mild: String,
    /// The step that is left where those do not help.
    pub(crate) last_resort: String,
}

/// A part of a passage: lines, half-open.
#[derive(Debug, Clone, Copy)]
struct Chunk {
    start: usize,
    end: usize,
    item: bool,
}

/// Divides a passage whose steps end in one that loses something; `None` where it has none, or is one procedure.
pub(crate) fn divide(markdown: &str, cautions: &[String]) -> Option<Divided> {
    let lines: Vec<&str> = markdown.lines().collect();
    let chunks = chunks(&lines);
    let text = |chunk: &Chunk| lines.get(chunk.start..chunk.end).unwrap_or_default().join("\n");
    let mut lossy = chunks.iter().enumerate().filter(|(_, chunk)| destructive(&text(chunk)));
    let (at, chunk) = lossy.next()?;
    if lossy.next().is_some() {
        return None;
    }
    let whole = text(chunk);
    let behind = chunks.get(at + 1..).unwrap_or_default();
    if behind.first().is_some_and(|next| next.item) {
        return None;
    }
    let above = lines.get(..chunk.start).unwrap_or_default();
    let below = lines.get(chunk.end..).unwrap_or_default();
    let put_last = says_last(cautions.iter().map(String::as_str));
    if let Some((first, last)) = last_sentences(&whole, put_last) {
        let mild = [above, &[first], below].concat().join("\n");
        return Some(Divided { mild: tidy(&mild), last_resort: last.to_owned() });
    }
    let before = at.checked_sub(1).and_then(|before| chunks.get(before)).filter(|it| it.item)?;
    let last = put_last || says_last([whole.as_str()]) || !leads_on(&text(before));
    if !chunk.item || !last {
        return None;
    }
    let mild = [above, below].concat().join("\n");
    Some(Divided { mild: tidy(&mild), last_resort: whole.trim_end().to_owned() })
}

pub(crate) fn says_last<'t>(texts: impl IntoIterator<Item = &'t str>) -> bool {
    let signs = DESTRUCTIVE.entries("escalation");
    texts.into_iter().any(|text| {
        let folded = fold(text);
        signs.iter().any(|sign| folded.contains(sign.as_str())) || folded.contains("最後です")
    })
}

fn leads_on(step: &str) -> bool {
    let folded = fold(step);
    let last = folded.trim_end_matches(['。', '.', ' ']);
    // The end of the sentence is the act; the text before may be its place.
    let end: String = last.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    let english = folded.is_ascii();
    let signs = DESTRUCTIVE.entries("leads to");
    signs.iter().any(|sign| {
        if english { folded.contains(sign.as_str()) } else { end.contains(sign.as_str()) }
    })
}

/// The sentences of a chunk, divided before the first that loses something, where something is told to do before and the
/// sentence says that it comes after that.
fn last_sentences(chunk: &str, put_last: bool) -> Option<(&str, &str)> {
    let mut at = 0;
    for sentence in chunk.split_inclusive('。') {
        if !destructive(sentence) {
            at += sentence.len();
            continue;
        }
        let (first, last) = (chunk.get(..at)?, chunk.get(at..)?);
        let before = first.trim_end().trim_end_matches('。');
        let told = ["ます", "ください", "する"].iter().any(|end| before.ends_with(end));
        return (told && (put_last || says_last([sentence]))).then_some((first, last.trim()));
    }
    None
}

/// The items and paragraphs of a passage; quotations are none.
fn chunks(lines: &[&str]) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut open = false;
    for (number, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let indented = line.len() - trimmed.len() >= 2 || line.starts_with('\t');
        if trimmed.is_empty() {
            // A paragraph ends; an item may go on, indented.
            open = open && chunks.last().is_some_and(|chunk| chunk.item);
            continue;
        }
        if trimmed.starts_with(['>', '※', '⚠']) {
            open = false;
            continue;
        }
        let item = !indented && is_item(trimmed);
        let blank_before =
            number > 0 && lines.get(number - 1).is_some_and(|line| line.trim().is_empty());
        match chunks.last_mut() {
            Some(last) if open && !item && (indented || !blank_before) => last.end = number + 1,
            _ => chunks.push(Chunk { start: number, end: number + 1, item }),
        }
        open = true;
    }
    chunks
}

fn is_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|letter: char| letter.is_numeric());
    let numbered = digits.len() < line.len() && digits.starts_with(['.', ')', '．', '）', '、']);
    let circled = line.starts_with(|letter: char| matches!(letter, '①'..='⑳'));
    let bullet = ["- ", "* ", "+ ", "・"].iter().any(|bullet| line.starts_with(bullet));
    numbered || circled || bullet
}

/// Without the blank lines that a removed step leaves.
fn tidy(markdown: &str) -> String {
    let mut tidy = String::with_capacity(markdown.len());
    let mut blank = true;
    for line in markdown.lines() {
        let empty = line.trim().is_empty();
        if !(empty && blank) {
            tidy.push_str(line);
            tidy.push('\n');
        }
        blank = empty;
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

#[cfg(test)]
crate::source::cases! {
    last_resorts: |text| {
        // A caution comes first, where there is one.
        let (cautions, markdown) = match text.split_once("\n---\n") {
            Some((caution, markdown)) => (vec![caution.to_owned()], markdown),
            None => (Vec::new(), text),
        };
        let divided = divide(markdown, &cautions);
        shown(divided.map(|it| format!("{} | {}", it.mild, it.last_resort)))
    };
}
