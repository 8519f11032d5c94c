use super::rule::{Context, rule, rule_examples};

rule! {
    "front-matter-invalid", Error,
    "フロントマターの読めないところ", "what cannot be read in front matter",
    "直すまで、ここに書いたことは検索に使われません",
    "until it is mended, what is written here is not used"
}

fn check(context: &mut Context<'_>) {
    context.report_all(context.base.articles.iter().flat_map(|article| &article.warnings));
}

rule_examples! {
    failing: [
        ("a.md", "---\ntitle: 題\nupdated: 昨日\n---\n本文\n"),
        ("b.md", "---\ntitle: [a\n---\n本文\n"),
    ] => [("a.md", 3), ("b.md", 3)],
    passing: [("a.md", "---\ntitle: 題\nupdated: 2018-07-31\nlayout: page\n---\n本文\n")],
}
