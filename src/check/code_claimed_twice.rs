use std::collections::BTreeMap;

use super::rule::{Context, line_of_codes, rule, rule_examples};
use super::scope::overlap;
use crate::article::Article;
use crate::source::phrase;

rule! {
    "code-claimed-twice", Warning,
    "2つの記事が自分のものとするコード", "codes that two articles claim",
    "文面が違うなら messages: で区別します。同じ事象なら1つの記事にまとめます",
    "tell them apart by `messages:`, or join the articles"
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
            if let Some(Article { path, .. }) = others.iter().find(same) {
                let (line, code) = (line_of_codes(article), &code.written);
                let message = phrase!(
                    "コード {code} は {path} もcodesに書いています",
                    "{path} declares the code {code} too"
                );
                context.report(&article.path, line, message);
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
