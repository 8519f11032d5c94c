use std::collections::BTreeMap;

use super::rule::{Context, line_of_key, rule, rule_examples};
use super::scope::overlap;
use crate::article::Article;
use crate::source::phrase;

rule! {
    "status-claimed-twice", Error,
    "2つの記事が自分のものとする状態", "states that two articles claim",
    "statusesは、その記事だけが説明する状態を書く場所です。片方から外します",
    "`statuses:` is for states that this article alone explains; take it out of one"
}

fn check(context: &mut Context<'_>) {
    let mut claims: BTreeMap<&str, Vec<&Article>> = BTreeMap::new();
    for article in &context.base.articles {
        for status in &article.statuses {
            let others = claims.entry(status.trim()).or_default();
            let same = |other: &&&Article| other.path != article.path && overlap(article, other);
            if let Some(Article { path, .. }) = others.iter().find(same) {
                let line = line_of_key(article, &["statuses", "状態"]);
                let message = phrase!(
                    "状態「{status}」は {path} もstatusesに書いています",
                    "{path} declares the state `{status}` too"
                );
                context.report(&article.path, line, message);
            }
            others.push(article);
        }
    }
}

rule_examples! {
    failing: [
        ("a.md", "---\nstatuses: [実行中]\n---\n本文\n"),
        ("b.md", "---\nstatuses: [待機中, 実行中]\n---\n本文\n"),
    ] => [("b.md", 2)],
    passing: [
        ("a.md", "---\nstatuses: [実行中, 実行中]\nproduct: A\n---\n本文\n"),
        ("b.md", "---\nstatuses: [実行中]\nproduct: B\n---\n本文\n"),
    ],
}
