//! Notices that are above answers without an end: they are not shown.

use super::rule::{Context, rule, rule_examples};
use crate::source::Phrase;

rule! {
    "pinned-for-ever", Warning, "終わりの日のないお知らせ", "notices without an end",
    "いつまで知らせるかを valid_until: 2026-12-31 のように書きます",
    "say until when it is shown, as in `valid_until: 2026-12-31`"
}

fn check(context: &mut Context<'_>) {
    let endless = |it: &&crate::article::Article| it.pinned && it.valid_until.is_none();
    for article in context.base.articles.iter().filter(endless) {
        let message = Phrase::new(
            "pinned: true に valid_until がないので、お知らせとして出ません",
            "`pinned: true` without `valid_until:` is shown as no notice",
        );
        context.report(&article.path, 1, message);
    }
}

rule_examples! {
    failing: [("a.md", "---\ntitle: 障害\npinned: true\n---\n本文\n")] => [("a.md", 1)],
    passing: [("a.md", "---\ntitle: 障害\npinned: true\nvalid_until: 2026-12-31\n---\n本文\n")],
}
