//! Front matter that cannot be read.

use super::rule::{Context, Rule};
use crate::kb::Level;
use crate::source::Phrase;

pub(super) const RULE: Rule = Rule {
    id: "front-matter-invalid",
    severity: Level::Error,
    ja: "フロントマターの読めないところ",
    en: "what cannot be read in front matter",
    check,
};

fn check(context: &mut Context<'_>) {
    for article in &context.base.articles {
        for warning in &article.warnings {
            let hint = Phrase::new(
                "直すまで、ここに書いたことは検索に使われません",
                "until it is mended, what stands here is not used",
            );
            context.report(article, warning.line.unwrap_or(1), warning.message.clone(), hint);
        }
    }
}

#[cfg(test)]
use super::example::rule_examples;
#[cfg(test)]
rule_examples! {
    failing: [
        ("a.md", "---\ntitle: 題\nupdated: 昨日\n---\n本文\n"),
        ("b.md", "---\ntitle: [a\n---\n本文\n"),
    ] => [("a.md", 3), ("b.md", 3)],
    passing: [("a.md", "---\ntitle: 題\nupdated: 2018-07-31\nlayout: page\n---\n本文\n")],
}
