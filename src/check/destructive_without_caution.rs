//! Steps that lose data or registration, with nobody warned.

use super::rule::{Context, Rule};
use crate::kb::Level;
use crate::source::Phrase;

pub(super) const RULE: Rule = Rule {
    id: "destructive-without-caution",
    severity: Level::Error,
    ja: "注意書きのない、取り返しのつかない手順",
    en: "steps that cannot be undone, without a caution",
    check,
};

fn check(context: &mut Context<'_>) {
    for article in context.base.articles.iter().filter(|article| article.cautions.is_empty()) {
        for passage in &article.passages {
            if !passage.destructive || !passage.cautions.is_empty() {
                continue;
            }
            context.report(
                article,
                passage.line,
                Phrase::new(
                    "データや登録を失う手順があるのに、注意書きがありません",
                    "a step loses data or registration, and nothing warns of it",
                ),
                Phrase::new(
                    "同じ節に > [!WARNING]、【注意】、※ のどれかで、何が失われるかを書きます。記事全体のことなら caution: に書きます",
                    "say what is lost with `> [!WARNING]`, 【注意】 or ※ in the same section, or with `caution:` for the whole article",
                ),
            );
        }
    }
}

#[cfg(test)]
use super::example::rule_examples;
#[cfg(test)]
rule_examples! {
    failing: [("a.md", "# 題\n\n## 対処\n\n1. 端末を初期化してください。\n")] => [("a.md", 5)],
    passing: [
        ("a.md", "# 題\n\n## 対処\n\n1. 端末を初期化してください。\n\n※ 端末のデータは消えます。\n"),
        ("b.md", "---\ncaution: 端末のデータは消えます\n---\n端末を初期化してください。\n"),
        ("c.md", "端末の初期化は不要です。\n"),
    ],
}
