use super::rule::{Context, line_of_key, rule, rule_examples};
use crate::source::phrase;

rule! {
    "expired", Warning, "有効期限を過ぎた記事", "articles whose procedure has expired",
    "まだ使えるなら valid_until を改め、使えないなら今の手順を書くか、記事を外します。検索の結果では、期限切れと先頭に出ます",
    "renew valid_until, write what is to be done today, or remove the article; the answer says first that it has expired"
}

fn check(context: &mut Context<'_>) {
    let Some(today) = context.options.today else { return };
    for article in &context.base.articles {
        if let Some(last) = article.valid_until.filter(|last| *last < today) {
            let line = line_of_key(article, &["valid_until", "有効期限", "expirydate"]);
            let message = phrase!("この手順は{last}までです", "the procedure worked until {last}");
            context.report(&article.path, line, message);
        }
    }
}

rule_examples! {
    failing: [("a.md", "---\ntitle: 題\nvalid_until: 2015-12-31\n---\n本文\n")] => [("a.md", 3)],
    passing: [("a.md", "---\ntitle: 題\nvalid_until: 2026-11-10\n---\n本文\n")],
}
