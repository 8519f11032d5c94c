//! One code that two articles declare as theirs.

use std::collections::BTreeMap;

use super::rule::{Context, line_of_key, rule, rule_examples};
use super::scope::overlap;
use crate::article::Article;
use crate::source::Phrase;

rule! {
    "code-claimed-twice", Warning,
    "2つの記事が自分のものとするコード", "codes that two articles claim"
}

fn check(context: &mut Context<'_>) {
    let mut claims: BTreeMap<(Option<&str>, i64), Vec<&Article>> = BTreeMap::new();
    for article in &context.base.articles {
        for code in &article.codes {
            let others = claims.entry((code.domain.as_deref(), code.number)).or_default();
            // A product's own article on a code is told before one for all products.
            let same = |other: &&&Article| {
                other.product.is_some() == article.product.is_some() && overlap(article, other)
            };
            if let Some(other) = others.iter().find(same) {
                context.report(
                    article,
                    line_of_key(article, &["codes", "コード", "code"]),
                    Phrase::new(
                        format!("コード {} は {} もcodesに書いています", code.written, other.path),
                        format!("{} declares the code {} too", other.path, code.written),
                    ),
                    Phrase::new(
                        "文面が違うなら messages: で区別します。同じ事象なら1つの記事にまとめます",
                        "tell them apart by `messages:`, or join the articles",
                    ),
                );
            }
            others.push(article);
        }
    }
}

rule_examples! {
    failing: [
        ("a.md", "---\ncodes: [4026]\n---\n本文\n"),
        ("b.md", "---\ntitle: 題\ncodes: [4026]\n---\n本文\n"),
        ("c.md", "---\nproduct: A\ncodes: [4027]\n---\n本文\n"),
        ("d.md", "---\nproduct: A\ncodes: [4027]\n---\n本文\n"),
    ] => [("b.md", 3), ("d.md", 3)],
    passing: [
        ("a.md", "---\nproduct: A\ncodes: [4026]\n---\n本文\n"),
        ("b.md", "---\nproduct: B\ncodes: [4026]\n---\n本文\n"),
        ("c.md", "---\ncodes: [4026]\n---\n本文\n"),
        ("d.md", "---\ncodes: [4027]\n---\n本文\n"),
    ],
}
