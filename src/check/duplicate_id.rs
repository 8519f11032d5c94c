use std::collections::BTreeMap;

use super::rule::{Context, line_of_key, rule, rule_examples};
use crate::source::phrase;

rule! {
    "duplicate-id", Error, "同じidの記事", "articles with the same id",
    "どちらかのidを変えます。idを書かなければ、パスがidになります",
    "change one of them; without `id:` the path is the id"
}

fn check(context: &mut Context<'_>) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for article in &context.base.articles {
        let id = article.id.as_str();
        if let Some(other) = first.get(id) {
            let message =
                phrase!("id「{id}」は {other} と同じです", "the id `{id}` is that of {other}");
            context.report(&article.path, line_of_key(article, &["id"]), message);
        } else {
            first.insert(id, &article.path);
        }
    }
}

rule_examples! {
    failing: [("a.md", "---\nid: b\n---\n本文\n"), ("b.md", "本文\n")] => [("b.md", 1)],
    passing: [("a.md", "---\nid: x\n---\n本文\n"), ("b.md", "本文\n")],
}
