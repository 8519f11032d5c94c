use super::rule::{Context, rule, rule_examples};
use crate::source::phrase;

rule! {
    "empty-heading", Warning, "本文のない見出し", "headings with no text",
    "本文を書くか、見出しを消します。本文のない見出しは、検索の結果に出ません",
    "write its text or remove it; a heading without text is never shown"
}

fn check(context: &mut Context<'_>) {
    for article in &context.base.articles {
        for heading in article.outline.headings.iter().filter(|heading| heading.empty) {
            let text = &heading.text;
            let message =
                phrase!("見出し「{text}」に本文がありません", "the heading `{text}` has no text");
            context.report(&article.path, heading.line, message);
        }
    }
}

rule_examples! {
    failing: [("a.md", "# 題\n\n本文\n\n## 空\n\n## 対処\n\n本文\n\n## 終わり\n")] => [("a.md", 5), ("a.md", 11)],
    passing: [
        ("b.md", "# 題\n\n## 一覧\n\n<SponsorsGroup tier=\"gold\" />\n\n## [続き](a.md)\n"),
        ("a.md", "# 題\n\n## 章\n\n### 節\n\n本文\n\n## 例\n\n```log\nx\n```\n"),
    ],
}
