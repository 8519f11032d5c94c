use super::rule::{Context, rule, rule_examples};

rule! {
    "missing-date", Info, "更新日（updated）のない記事", "articles without `updated:`",
    "書くと、結果に「更新 2018-07-31（8年前）」と出て、古さが分かります",
    "with it, the answer tells how old the article is"
}

fn check(context: &mut Context<'_>) {
    let (ja, en) = ("更新日（updated）がありません", "there is no `updated:`");
    context.report_articles(|article| article.updated.is_none(), ja, en);
}

rule_examples! {
    failing: [("a.md", "---\ntitle: 題\n---\n本文\n")] => [("a.md", 1)],
    passing: [("a.md", "本文\n\n最終更新日 2018年7月31日\n")],
}
