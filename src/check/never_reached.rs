use super::rule::{Context, rule, rule_examples};

rule! {
    "never-reached", Info,
    "どの質問にも出てこない記事", "articles that no judged question brings up",
    "この記事で解決した問い合わせを評価に加えます。それでも出てこなければ、問い合わせの言葉を記事に書きます",
    "add an inquiry that the article has solved to the judged set; where it still does not come up, write the inquiry's words into the article"
}

fn check(context: &mut Context<'_>) {
    let Some(reached) = &context.options.reached else { return };
    context.report_articles(
        |article| !reached.contains(&article.id),
        "評価の質問とログのどれにも、この記事は出てきません",
        "none of the judged questions and logs brings up this article",
    );
}

rule_examples! {
    failing: [("reached.md", "# 題\n\n本文\n"), ("b.md", "# 題\n\n本文\n")] => [("b.md", 1)],
    passing: [("reached.md", "# 題\n\n本文\n")],
}
