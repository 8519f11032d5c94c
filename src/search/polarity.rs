//! Whether a wording speaks of something that went wrong.
//!
//! A console reports a success in the words of the failure (「接続しました」, 「接続に失敗しました」), so
//! shared words alone would bring up the failure's remedy. A message that tells of nothing wrong is
//! no evidence for an article that does.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::text::fold;
use crate::text::lexicon::{Section, TROUBLE};

/// The words of trouble; which of them is in a text does not matter.
static TELLING: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| any_of(["kinds", "unspecific"]));

/// Phrases that hold such words and tell of no trouble: they are taken out before.
static HARMLESS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| any_of(["denied", "names"]));

fn any_of(sections: [&str; 2]) -> Option<AhoCorasick> {
    let entries = sections.iter().flat_map(|section| TROUBLE.entries(section));
    AhoCorasick::new(entries).ok()
}

pub(super) fn tells_trouble(wording: &str) -> bool {
    let holds = |words: &Option<AhoCorasick>, text: &str| {
        words.as_ref().is_some_and(|words| words.is_match(text))
    };
    let mut rest = fold(wording);
    if holds(&HARMLESS, &rest) {
        for phrase in TROUBLE.entries("denied").iter().chain(TROUBLE.entries("names")) {
            rest = rest.replace(phrase, "");
        }
    }
    holds(&TELLING, &rest)
}

/// Parts of the list that tell of one kind of trouble, the kind first.
static KINDS: [Section; 2] = [TROUBLE.section("of loss"), TROUBLE.section("of theft")];

/// The kinds of trouble that a wording tells of: 切れ is another one than 無効.
pub(super) fn troubles(wording: &str) -> BTreeSet<&'static str> {
    let wording = fold(wording);
    let kinds = TROUBLE.entries("kinds").iter().map(String::as_str);
    let told = kinds.filter(|part| wording.contains(part));
    let kind = |part: &'static str| {
        let kind = KINDS.iter().find(|kind| kind.contains(&part)).and_then(|kind| kind.first());
        kind.copied().unwrap_or(part)
    };
    told.map(kind).collect()
}

#[cfg(test)]
crate::source::cases! {
    troubles_of_wordings: tells_trouble;
}
