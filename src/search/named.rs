//! Names within a question: who types a heading or a title asks about it in words of asking, 「プリンターを追加するを教えて」,
//! 「コードカバレッジとは」, 「配布の手順について知りたい」.
//!
//! The words of asking are taken away from its end, as long as one fits, and each text on the way may be the name: a heading
//! may itself end in 方法 or とは.

use std::collections::BTreeSet;

use crate::facts::{Incident, Kind};
use crate::text::fold;
use crate::text::lexicon::WISHES;

/// How many texts a question may be read as; of words that are repeated there could be many.
const READINGS: usize = 24;

/// The names that a typed question may be about, folded, the longest first; without the question as it is.
pub(super) fn asked_about(incident: &Incident) -> Vec<String> {
    if incident.kind == Kind::Question { readings(&incident.message) } else { Vec::new() }
}

fn readings(question: &str) -> Vec<String> {
    let mark = |c: char| !c.is_alphanumeric();
    let folded = fold(question);
    let whole = folded.trim_matches(mark);
    let around = WISHES.entries("asking about");
    let mut open = vec![whole];
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(text) = open.pop() {
        let before = around.iter().filter_map(|words| text.strip_suffix(words.as_str()));
        let begins = WISHES.entries("asking before").iter();
        let after = begins.filter_map(|words| text.strip_prefix(words.as_str()));
        for rest in before.chain(after).map(|rest| rest.trim_matches(mark)) {
            if !rest.is_empty() && seen.len() < READINGS && seen.insert(rest) {
                open.push(rest);
            }
        }
    }
    let mut readings: Vec<String> = seen.into_iter().map(str::to_owned).collect();
    readings.sort_by_key(|reading| std::cmp::Reverse(reading.len()));
    readings
}

#[cfg(test)]
crate::source::cases! {
    readings_of_questions: |question| readings(question).join(" | ");
}
