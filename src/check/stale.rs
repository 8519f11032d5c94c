use super::rule::{Context, line_of_key, rule, rule_examples};
use crate::source::{Language, phrase};

rule! {
    "stale", Info, "長く更新されていない記事", "articles not updated for long",
    "内容を確かめ、今も正しければ reviewed: にその日を書きます",
    "read it again; where it still holds, write the day as `reviewed:`"
}

fn check(context: &mut Context<'_>) {
    let (Some(today), Some(age)) = (context.options.today, context.options.stale) else { return };
    let Some(oldest) = age.before(today) else { return };
    let age = age.phrase();
    let (ja, en) = (age.text(Language::Ja), age.text(Language::En));
    for article in &context.base.articles {
        if let Some(updated) = article.last_right().filter(|day| *day < oldest) {
            let keys = ["updated", "更新日", "lastmod", "ms.date", "date"];
            let message = phrase!(
                "{updated}から{ja}を超えて更新されていません",
                "not updated for more than {en}, since {updated}"
            );
            context.report(&article.path, line_of_key(article, &keys), message);
        }
    }
}

rule_examples! {
    failing: [("a.md", "---\ntitle: 題\nupdated: 2018-07-31\n---\n本文\n")] => [("a.md", 3)],
    passing: [("a.md", "---\nupdated: 2024-11-10\n---\n本文\n"), ("b.md", "本文\n"), ("c.md", "---\nupdated: 2018-07-31\nreviewed: 2026-01-10\n---\n本文\n")],
}
