//! Passages of several articles that say the same: what is mended in one stays wrong in the other.

use std::collections::BTreeMap;

use super::rule::{Context, rule, rule_examples};
use crate::article::Article;
use crate::source::{Phrase, phrase};
use crate::text::fold;

rule! {
    "duplicate-passage", Info,
    "別の記事と同じ内容の箇所", "passages that say the same as another article's"
}

/// A shorter text is a phrase that manuals repeat.
const LEAST_LETTERS: usize = 120;

/// A passage in more articles than this is a template's.
const MOST_ALIKE: usize = 3;

fn check(context: &mut Context<'_>) {
    let base = context.base;
    let mut alike: BTreeMap<String, Vec<(&Article, u32)>> = BTreeMap::new();
    for article in &base.articles {
        // Lists of links say where to look, and what has changed is told for every version.
        let told = article.passages.iter().filter(|it| !it.points && !article.is_release_note());
        for passage in told {
            let said: String =
                fold(&passage.text).chars().filter(|c| c.is_alphanumeric()).collect();
            let places = alike.entry(said).or_default();
            if places.last().is_none_or(|(last, _)| last.path != article.path) {
                places.push((article, passage.line));
            }
        }
    }
    for (said, places) in alike {
        if said.chars().count() < LEAST_LETTERS || places.len() > MOST_ALIKE {
            continue;
        }
        let Some(((first, at), others)) = places.split_first() else { continue };
        let place = format!("{}:{at}", first.path);
        for (article, line) in others {
            context.report(
                article,
                *line,
                phrase!("{place} と同じ内容です", "this says the same as {place}"),
                Phrase::new(
                    "片方だけを直すと食い違います。1か所にまとめて、ほかからリンクします",
                    "what is mended in one alone is contradicted by the other: keep one, and link to it",
                ),
            );
        }
    }
}

#[cfg(test)]
const SAID: &str = "管理画面の「端末」から対象の端末を選び、「詳細」を開いて、最終同期の日時と通信の状態を確かめます。通信できていないときは、端末の電源と回線を確かめ、しばらく待ってから、もう一度「同期」を選びます。それでも変わらないときは、端末を再起動してから、同じ手順を繰り返します。記録は「操作履歴」に残ります。";
rule_examples! {
    failing: [
        ("a.md", format!("# 一\n\n## 対処\n\n{}\n", super::SAID).as_str()),
        ("b.md", format!("# 二\n\n## 手順\n\n{}\n", super::SAID).as_str()),
    ] => [("b.md", 5)],
    passing: [
        ("a.md", format!("# 一\n\n## 対処\n\n{0}\n\n## 再掲\n\n{0}\n", super::SAID).as_str()),
        ("b.md", "# 二\n\n## 手順\n\n再起動します。\n"),
        ("c.md", "# 三\n\n## 手順\n\n再起動します。\n"),
    ],
}
