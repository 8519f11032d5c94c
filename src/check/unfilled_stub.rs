//! Articles that `shirube misses --stub` began and that nobody has filled in.

use super::rule::{Context, rule, rule_examples};
use crate::article::UNFILLED;
use crate::source::Phrase;

rule! {
    "unfilled-stub", Error, "書きかけのままの記事", "articles that were begun and not written",
    "括弧の中の案内を消して、対処を書きます",
    "put the remedy in the place of what the parentheses ask for"
}

fn check(context: &mut Context<'_>) {
    for article in &context.base.articles {
        let unfilled = article
            .passages
            .iter()
            .filter(|passage| UNFILLED.iter().any(|words| passage.text.contains(words)));
        for passage in unfilled {
            let message = Phrase::new(
                "書きかけの記事のままです。書き終わるまで、答えには使われません",
                "this is a stub that nobody has filled in; until then it is no answer",
            );
            context.report(&article.path, passage.line, message);
        }
    }
}

rule_examples! {
    failing: [("a.md", "# 題\n\n## 対処\n\n【対処】\n\n1. （最初にすること）\n")] => [("a.md", 5)],
    passing: [("a.md", "# 題\n\n## 対処\n\n【対処】\n\n1. 端末を再起動します。\n")],
}
