//! Keys of the front matter that are nearly one of Shirube's own.

use super::rule::{Context, Rule};
use crate::article::{Level, known_keys};
use crate::source::Phrase;

pub(super) const RULE: Rule = Rule {
    id: "unknown-key-misspelt",
    severity: Level::Warning,
    ja: "書き間違いらしいフロントマターのキー",
    en: "keys of front matter that look misspelt",
    check,
};

/// A short key is near another only by one letter: `status` is not `statuses`.
const LONG_KEY: usize = 9;

fn check(context: &mut Context<'_>) {
    for article in &context.base.articles {
        for (key, line) in &article.outline.keys {
            if let Some(meant) = meant(key) {
                context.report(
                    article,
                    *line,
                    Phrase::new(
                        format!("キー「{key}」は使われません。「{meant}」の書き間違いではありませんか"),
                        format!("the key `{key}` is not used; is `{meant}` meant?"),
                    ),
                    Phrase::new(
                        format!("「{meant}」に直します。ほかのツールのためのキーなら、shirube.tomlの[severity]でこの規則をoffにできます"),
                        format!("write `{meant}`; if another tool reads the key, turn the rule off in shirube.toml"),
                    ),
                );
            }
        }
    }
}

/// The key of Shirube's own that an unknown key is nearly.
fn meant(key: &str) -> Option<&'static str> {
    if known_keys().iter().any(|known| known.name.eq_ignore_ascii_case(key)) {
        return None;
    }
    known_keys()
        .iter()
        .filter(|known| known.own)
        .map(|known| {
            let length = known.name.chars().count();
            let allowed = if length >= LONG_KEY { 2 } else { 1 };
            // Of two characters, one other makes another word.
            (
                distance(&key.to_lowercase(), &known.name.to_lowercase()),
                allowed.min(length / 3),
                known.name,
            )
        })
        .filter(|(distance, allowed, _)| distance <= allowed)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., name)| name)
}

/// How many letters were added, lost, changed, or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    const FAR: usize = 40;
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len() > FAR || b.len() > FAR {
        return FAR;
    }
    let width = b.len() + 1;
    let mut table = vec![0_usize; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let at = |i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(FAR);
            let value = if i == 0 || j == 0 {
                i + j
            } else {
                let changed = usize::from(a.get(i - 1) != b.get(j - 1));
                let mut best =
                    (at(i - 1, j) + 1).min(at(i, j - 1) + 1).min(at(i - 1, j - 1) + changed);
                if i > 1 && j > 1 && a.get(i - 1) == b.get(j - 2) && a.get(i - 2) == b.get(j - 1) {
                    best = best.min(at(i - 2, j - 2) + 1);
                }
                best
            };
            if let Some(cell) = table.get_mut(i * width + j) {
                *cell = value;
            }
        }
    }
    table.last().copied().unwrap_or(FAR)
}

#[cfg(test)]
use super::example::rule_examples;
#[cfg(test)]
rule_examples! {
    failing: [("a.md", "---\ntitel: 題\nkeyword: x\nvalid-untill: 2030-01-01\nキワード: y\n---\n本文\n")]
        => [("a.md", 2), ("a.md", 3), ("a.md", 4), ("a.md", 5)],
    passing: [("a.md", "---\ntitle: 題\nstatus: draft\nauthor: x\nweight: 3\nms.topic: y\ntags: z\n---\n本文\n")],
}
