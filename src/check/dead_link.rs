//! Links within the knowledge base that lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::rule::{Context, Rule};
use crate::article::Level;
use crate::source::Phrase;

pub(super) const RULE: Rule = Rule {
    id: "dead-link",
    severity: Level::Error,
    ja: "行き先のないリンク",
    en: "links that lead nowhere",
    check,
};

fn check(context: &mut Context<'_>) {
    let base = context.base;
    let anchors: BTreeMap<&str, Option<BTreeSet<String>>> = base
        .articles
        .iter()
        .map(|article| {
            let anchors = article.outline.anchors.iter().map(|anchor| anchor.to_lowercase());
            // What is put in from other files may bring any anchor.
            let known = (!article.outline.includes).then(|| anchors.collect());
            (article.path.as_str(), known)
        })
        .collect();
    for article in &base.articles {
        for link in &article.outline.links {
            let (target, anchor) = match link.target.split_once('#') {
                Some((target, anchor)) => (target, Some(anchor)),
                None => (link.target.as_str(), None),
            };
            let Some(path) = resolve(&article.path, target) else { continue };
            let message = match (anchors.get(path.as_str()), anchor) {
                (None, _) => Phrase::new(
                    format!("リンク先の {path} はありません"),
                    format!("there is no {path}"),
                ),
                (Some(Some(known)), Some(anchor)) if !leads(known, anchor) => Phrase::new(
                    format!("{path} に「#{anchor}」という見出しはありません"),
                    format!("{path} has no heading `#{anchor}`"),
                ),
                _ => continue,
            };
            let hint = Phrase::new(
                "見出しのアンカーは、小文字にして、空白を - に変え、記号を除いたものです",
                "a heading's anchor is its text in lower case, with `-` for spaces and without punctuation",
            );
            context.report(article, link.line, message, hint);
        }
    }
}

/// Whether one of the anchors is meant; of several headings of one text, the later ones have numbers.
fn leads(known: &BTreeSet<String>, anchor: &str) -> bool {
    let anchor = decode(anchor).to_lowercase();
    let base = anchor.rsplit_once('-').filter(|(_, number)| number.parse::<u32>().is_ok());
    anchor.is_empty()
        || anchor.starts_with("tab/")
        || known.contains(&anchor)
        || base.is_some_and(|(base, _)| known.contains(base))
}

/// The article that a relative link points at; `None` for what is no article of this knowledge base's:
/// other sites, images, absolute paths, the README that speaks to the team.
fn resolve(from: &str, target: &str) -> Option<String> {
    if target.is_empty() {
        return Some(from.to_owned());
    }
    let target = decode(target.split('?').next().unwrap_or_default());
    let lower = target.to_lowercase();
    let is_article = lower.ends_with(".md") || lower.ends_with(".markdown");
    if !is_article || target.contains("://") || target.starts_with(['/', '~', '\\']) {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            // Above the root stands nothing that could be checked.
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    let path = parts.join("/");
    (!path.eq_ignore_ascii_case("readme.md")).then_some(path)
}

/// Decodes `%E3%81%82`.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let hex = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (byte, hex(ahead.next()), hex(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
use super::example::rule_examples;
#[cfg(test)]
rule_examples! {
    failing: [
        ("a/x.md", "[a](../b/none.md)\n\n[b](y.md#無い)\n\n[c](#無い)\n"),
        ("a/y.md", "# 題\n\n本文\n"),
    ] => [("a/x.md", 1), ("a/x.md", 3), ("a/x.md", 5)],
    passing: [
        ("a/x.md", "[a](y.md#失効日が-空欄のとき) [b](y.md#n) [c](#%E9%A1%8C) [d](https://example.com/x.md) [e](x.png) [f](../../z.md)\n\n## 題\n\n本文\n"),
        ("a/z.md", "[!INCLUDE[x](z.txt)]\n\n[a](#どこか)\n"),
        ("a/y.md", "# 題\n\n## 失効日が 空欄のとき\n\n<a name=\"n\"></a>本文\n"),
    ],
}
