use super::rule::{Context, rule, rule_examples};

rule! {
    "missing-source", Info, "出典（source）のない記事", "articles without `source:`",
    "もとのページがあるなら、そのURLを書きます",
    "where there is an original page, name its address"
}

fn check(context: &mut Context<'_>) {
    let (ja, en) = ("出典（source）がありません", "there is no `source:`");
    context.report_articles(|article| article.source.is_none(), ja, en);
}

rule_examples! {
    failing: [("a.md", "---\ntitle: 題\n---\n本文\n")] => [("a.md", 1)],
    passing: [("a.md", "---\nsource: https://example.com/\n---\n本文\n")],
}
