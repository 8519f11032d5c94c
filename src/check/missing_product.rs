use super::rule::{Context, rule, rule_examples};

rule! {
    "missing-product", Info,
    "製品（product）も対象OS（platforms）もない記事", "articles without `product:` and `platforms:`",
    "書くと、ほかの製品のログで出なくなります。どの製品にも当てはまる記事なら、このままで構いません",
    "with it, logs of other products do not bring the article up; where it applies to all, leave it"
}

fn check(context: &mut Context<'_>) {
    context.report_articles(
        // An article on a system is of no console.
        |article| article.product.is_none() && article.platforms.is_empty(),
        "製品（product）も対象OS（platforms）もありません",
        "there is neither `product:` nor `platforms:`",
    );
}

rule_examples! {
    failing: [("a.md", "---\ntitle: 題\n---\n本文\n")] => [("a.md", 1)],
    passing: [
        ("a.md", "---\nproduct: CLOMO\n---\n本文\n"),
        ("b.md", "---\nplatforms: [iOS]\n---\n本文\n"),
    ],
}
