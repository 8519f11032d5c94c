use super::rule::{Context, rule, rule_examples};

rule! {
    "pinned-for-ever", Warning, "終わりの日のないお知らせ", "notices without an end",
    "いつまで知らせるかを valid_until: 2026-12-31 のように書きます",
    "say until when it is shown, as in `valid_until: 2026-12-31`"
}

fn check(context: &mut Context<'_>) {
    context.report_articles(
        |article| article.pinned && article.valid_until.is_none(),
        "pinned: true に valid_until がないので、お知らせとして出ません",
        "`pinned: true` without `valid_until:` is shown as no notice",
    );
}

rule_examples! {
    failing: [("a.md", "---\ntitle: 障害\npinned: true\n---\n本文\n")] => [("a.md", 1)],
    passing: [("a.md", "---\ntitle: 障害\npinned: true\nvalid_until: 2026-12-31\n---\n本文\n")],
}
