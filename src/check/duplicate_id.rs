//! Two articles of one identity.

use std::collections::BTreeMap;

use super::rule::{Context, line_of_key, rule, rule_examples};
use crate::source::Phrase;

rule! { "duplicate-id", Error, "同じidの記事", "articles with the same id" }

fn check(context: &mut Context<'_>) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for article in &context.base.articles {
        match first.get(article.id.as_str()) {
            None => {
                first.insert(&article.id, &article.path);
            }
            Some(other) => context.report(
                article,
                line_of_key(article, &["id"]),
                Phrase::new(
                    format!("id「{}」は {other} と同じです", article.id),
                    format!("the id `{}` is that of {other}", article.id),
                ),
                Phrase::new(
                    "どちらかのidを変えます。idを書かなければ、パスがidになります",
                    "change one of them; without `id:` the path is the id",
                ),
            ),
        }
    }
}

rule_examples! {
    failing: [("a.md", "---\nid: b\n---\n本文\n"), ("b.md", "本文\n")] => [("b.md", 1)],
    passing: [("a.md", "---\nid: x\n---\n本文\n"), ("b.md", "本文\n")],
}
