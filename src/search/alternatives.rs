//! Sections that are alternatives for one failure, of which only the last loses something: 対処1 再起動, 対処2 再配信,
//! それでも直らないとき.
//!
//! 1. They are side by side under one heading, directly after each other, and each tells what to do;
//! 2. the last says that the others did not help, or all are called alternatives (対処1, 方法2); sections that are steps of
//!    one procedure are neither, and stay as they are;
//! 3. nothing but the last loses anything.

use super::passage_of::join;
use super::scored::Scored;
use crate::article::says_last;
use crate::index::{PassageHead, Result, Snapshot, StoredPassage};
use crate::text::fold;
use crate::text::lexicon::DESTRUCTIVE;

/// How far from what is shown an alternative is looked for, in passages.
const WITHIN: u32 = 40;

/// Alternatives of which the last loses something.
#[derive(Debug)]
pub(super) struct Alternatives {
    /// The steps that lose nothing, in their order.
    pub(super) mild: Vec<StoredPassage>,
    /// The last resort, where those do not help.
    pub(super) last: StoredPassage,
}

impl Alternatives {
    /// The milder sections as one passage, each but the first under its heading.
    pub(super) fn passage(&self) -> String {
        join(&self.mild)
    }
}

/// The alternatives that the shown passage is one of; `None` where it is none, or nothing of them is lost.
pub(super) fn alternatives(
    snapshot: &Snapshot,
    scored: &Scored,
    shown: &StoredPassage,
) -> Result<Option<Alternatives>> {
    let Some(depth) = shown.section.len().checked_sub(1) else { return Ok(None) };
    let count = scored.article.passages;
    let at = |place: u32| snapshot.passage(snapshot.place(scored.address, place)?);
    let mut here = None;
    for place in 0..count.min(WITHIN * 4) {
        if snapshot.anchor(snapshot.place(scored.address, place)?)? == shown.anchor {
            here = Some(place);
            break;
        }
    }
    let Some(here) = here else { return Ok(None) };
    let heading = |section: &[String]| section.last().cloned().unwrap_or_default();
    let beside = |place: u32| -> Result<Option<PassageHead>> {
        let head = snapshot.head(snapshot.place(scored.address, place)?)?;
        let beside = head.section.len() == depth + 1
            && head.section.get(..depth) == shown.section.get(..depth)
            && (head.instructs || is_alternative(&heading(&head.section)))
            && head.question.is_none()
            && !head.row;
        Ok(Some(head).filter(|_| beside))
    };
    let mut chain = vec![shown.clone()];
    for place in (0..here).rev().take(WITHIN as usize) {
        if beside(place)?.is_none_or(|head| head.destructive) {
            break;
        }
        chain.insert(0, at(place)?);
    }
    for place in (here + 1..count).take(WITHIN as usize) {
        if beside(place)?.is_none() {
            break;
        }
        chain.push(at(place)?);
    }
    let Some(last) = chain.pop() else { return Ok(None) };
    let opening = |passage: &StoredPassage| {
        passage.markdown.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned()
    };
    let put_last = || says_last([heading(&last.section).as_str(), opening(&last).as_str()]);
    let called =
        || chain.iter().chain([&last]).all(|passage| is_alternative(&heading(&passage.section)));
    let lossless = chain.iter().all(|passage| !passage.destructive);
    let elsewhere = chain.iter().all(|passage| passage.section != last.section);
    let divided = last.destructive && lossless && elsewhere && !chain.is_empty();
    Ok((divided && (put_last() || called())).then_some(Alternatives { mild: chain, last }))
}

/// Whether a heading calls its section one of several ways: 対処1, 方法2：初期化, Solution 3.
fn is_alternative(heading: &str) -> bool {
    let heading: String = fold(heading).chars().filter(|it| *it != ' ').collect();
    DESTRUCTIVE.entries("ways").iter().any(|way| {
        let behind = heading.strip_prefix(way.as_str());
        behind.is_some_and(|rest| {
            rest.starts_with(|it: char| it.is_ascii_digit() || "(①②③④⑤⑥⑦⑧⑨".contains(it))
        })
    })
}

#[cfg(test)]
crate::source::cases! {
    headings_of_alternatives: is_alternative;
}
