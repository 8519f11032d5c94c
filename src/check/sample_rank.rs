//! Samples that do not bring up their article.

use super::rule::{Context, Rule};
use crate::article::Level;
use crate::source::Phrase;

pub(super) const RULE: Rule = Rule {
    id: "sample-rank",
    severity: Level::Error,
    ja: "自分の記事を見つけられないログの例",
    en: "samples that do not bring up their article",
    check,
};

/// Among how many a sample marked `log shared` must stand.
const SHARED: usize = 3;

fn check(context: &mut Context<'_>) {
    let Some(search) = context.search.take() else { return };
    for article in &context.base.articles {
        for sample in &article.samples {
            let found = search(&sample.text);
            let allowed = if sample.shared { SHARED } else { 1 };
            let rank = found.iter().position(|id| *id == article.id);
            if rank.is_some_and(|rank| rank < allowed) {
                continue;
            }
            let message = match (rank, found.first()) {
                (Some(rank), Some(first)) => Phrase::new(
                    format!(
                        "このログの例では、この記事は{}番目です。1番目は {first} です",
                        rank + 1
                    ),
                    format!("for this sample the article comes {}, {first} comes first", rank + 1),
                ),
                (None, Some(first)) => Phrase::new(
                    format!("このログの例では、この記事は見つかりません。1番目は {first} です"),
                    format!("this sample does not bring up the article; {first} comes first"),
                ),
                _ => Phrase::new(
                    "このログの例では、どの記事も見つかりません",
                    "this sample brings up no article",
                ),
            };
            let hint = Phrase::new(
                "記事にこの文面を書く（messages: か「」）、もう片方の記事から外す、または複数の記事で扱うなら「log shared」にします",
                "document the wording (`messages:` or a quotation), take it out of the other article, or mark the fence `log shared` where several treat it",
            );
            context.report(article, sample.line, message, hint);
        }
    }
    context.search = Some(search);
}

#[cfg(test)]
use super::example::rule_examples;
#[cfg(test)]
rule_examples! {
    failing: [
        ("a.md", "本文\n\n```log\n@b @a\n```\n\n```log\n@b\n```\n\n```log\nx\n```\n"),
        ("b.md", "本文\n\n```log shared\n@c @d @e @b\n```\n"),
    ] => [("a.md", 3), ("a.md", 7), ("a.md", 11), ("b.md", 3)],
    passing: [
        ("a.md", "本文\n\n```log\n@a @b\n```\n"),
        ("b.md", "本文\n\n```log shared\n@c @d @b\n```\n"),
    ],
}
