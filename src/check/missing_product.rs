//! Articles without `product:`.

use super::rule::{Context, rule, rule_examples};
use crate::article::Article;
use crate::source::Phrase;

rule! {
    "missing-product", Info,
    "製品（product）も対象OS（platforms）もない記事", "articles without `product:` and `platforms:`",
    "書くと、ほかの製品のログで出なくなります。どの製品にも当てはまる記事なら、このままで構いません",
    "with it, logs of other products do not bring the article up; where it applies to all, leave it"
}

fn check(context: &mut Context<'_>) {
    // An article on a system is of no console.
    let lacking = |article: &&Article| article.product.is_none() && article.platforms.is_empty();
    for article in context.base.articles.iter().filter(lacking) {
        let message = Phrase::new(
            "製品（product）も対象OS（platforms）もありません",
            "there is neither `product:` nor `platforms:`",
        );
        context.report(&article.path, 1, message);
    }
}

rule_examples! {
    failing: [("a.md", "---\ntitle: 題\n---\n本文\n")] => [("a.md", 1)],
    passing: [
        ("a.md", "---\nproduct: CLOMO\n---\n本文\n"),
        ("b.md", "---\nplatforms: [iOS]\n---\n本文\n"),
    ],
}
