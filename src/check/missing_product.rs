//! Articles without `product:`.

use super::rule::{Context, Rule};
use crate::kb::Level;
use crate::source::Phrase;

pub(super) const RULE: Rule = Rule {
    id: "missing-product",
    severity: Level::Info,
    ja: "製品（product）のない記事",
    en: "articles without `product:`",
    check,
};

fn check(context: &mut Context<'_>) {
    for article in context.base.articles.iter().filter(|article| article.product.is_none()) {
        context.report(
            article,
            1,
            Phrase::new("製品（product）がありません", "there is no `product:`"),
            Phrase::new(
                "書くと、ほかの製品のログで出なくなります。どの製品にも当てはまる記事なら、このままで構いません",
                "with it, logs of other products do not bring the article up; where it applies to all, leave it",
            ),
        );
    }
}

#[cfg(test)]
use super::example::rule_examples;
#[cfg(test)]
rule_examples! {
    failing: [("a.md", "---\ntitle: 題\n---\n本文\n")] => [("a.md", 1)],
    passing: [("a.md", "---\nproduct: CLOMO\n---\n本文\n")],
}
