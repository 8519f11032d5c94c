//! Labelled values of a message: `Provider Name: (BitLocker)`, `reason='T_C_NOT_SIGNED'`, `"reason":"BadTopic"`.
//!
//! Programs report many failures in one frame of words. There the labelled values tell the failures apart, and a frame
//! that is the same with another result is another message.

use crate::text::fold;
use crate::text::lexicon::MESSAGE_WORDS;

/// A telling label with its value, both folded.
type Labelled = (String, String);

/// Whether both texts have a telling label with another value.
pub(super) fn contradict(log: &str, article: &str) -> bool {
    let told = values(log);
    !told.is_empty()
        && values(article).iter().any(|(label, value)| {
            let mut same = told.iter().filter(|(other, _)| other == label).peekable();
            same.peek().is_some() && same.all(|(_, other)| other != value)
        })
}

/// The telling labels of a text with their values; numbers and blanks of a template are none.
fn values(text: &str) -> Vec<Labelled> {
    let mut values = Vec::new();
    for (at, mark) in text.match_indices([':', '=', '：']) {
        let (Some(before), Some(behind)) = (text.get(..at), text.get(at + mark.len()..)) else {
            continue;
        };
        let label = label(before);
        if !MESSAGE_WORDS.entries("telling labels").iter().any(|end| label.ends_with(end)) {
            continue;
        }
        let value = value(behind);
        let tells = value.chars().any(char::is_alphabetic)
            && !value.contains(['{', '}', '…', '*'])
            && !value.starts_with("0x");
        if tells {
            values.push((label, fold(value)));
        }
    }
    values
}

/// The words before the mark, without quotation marks, folded.
fn label(before: &str) -> String {
    let trimmed = before.trim_end_matches(['"', '\'', ' ']);
    let start = trimmed.rfind([',', '(', '[', '{', '"', '\'', ';', '。', '、', ':', '=', '\n']);
    let label = start.and_then(|at| trimmed.get(at..)).unwrap_or(trimmed);
    fold(label.trim_start_matches(|letter: char| !letter.is_alphanumeric()))
}

/// The value after the mark: within brackets or quotation marks, or up to the next blank or comma.
fn value(behind: &str) -> &str {
    let behind = behind.trim_start();
    for (open, close) in [("(", ")"), ("'", "'"), ("\"", "\""), ("「", "」")] {
        if let Some(inside) = behind.strip_prefix(open) {
            return inside.split(close).next().unwrap_or(inside);
        }
    }
    behind.split([',', ' ', ')', '}', ']', '、', '。']).next().unwrap_or(behind)
}

#[cfg(test)]
crate::source::cases! {
    contradicting_labels: |it| { let (log, article) = two(it); contradict(log, article) };
}
