//! Articles that treat an error or a state and have no sample.

use super::rule::{Context, rule, rule_examples};
use crate::article::Article;

rule! {
    "missing-sample", Info, "ログの例のない記事", "articles without a sample",
    "```log のフェンスに、実際に届くログを1つ書きます。この記事が見つかるかを、以後ずっと確かめられます",
    "put a real log into a fence marked `log`: from then on it is checked that it brings up this article"
}

fn check(context: &mut Context<'_>) {
    if !context.base.settings.samples {
        return;
    }
    let treats = |article: &Article| {
        !article.codes.is_empty()
            || !article.statuses.is_empty()
            || article.outline.keys.iter().any(|(key, _)| key == "messages" || key == "文面")
    };
    context.report_articles(
        |article| treats(article) && article.samples.is_empty(),
        "コード・文面・状態を扱う記事ですが、ログの例がありません",
        "the article treats a code, a message or a state, and has no sample",
    );
}

rule_examples! {
    failing: [("a.md", "---\nstatuses: [実行中]\n---\n本文\n"), ("b.md", "---\nmessages: [失敗しました]\n---\n本文\n")]
        => [("a.md", 1), ("b.md", 1)],
    passing: [
        ("a.md", "---\nstatuses: [実行中]\n---\n本文\n\n```log\n実行中\n```\n"),
        ("b.md", "はじめにお読みください。\n"),
    ],
}
