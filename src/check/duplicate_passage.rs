//! Passages of several articles that say the same: what is mended in one stays wrong in the other.

use std::collections::{BTreeMap, BTreeSet};

use super::rule::{Context, rule, rule_examples};
use crate::article::Article;
use crate::source::phrase;
use crate::text::fold;
use crate::text::lexicon::{self, Section};

rule! {
    "duplicate-passage", Info,
    "別の記事と同じ内容の箇所", "passages that say the same as another article's",
    "片方だけを直すと食い違います。1か所にまとめて、ほかからリンクします",
    "what is mended in one alone is contradicted by the other: keep one, and link to it"
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
            let said = letters(&passage.text);
            // The same code is shown, and the same pages are named, wherever they are spoken of.
            if said.chars().count() < LEAST_LETTERS + quoted(&passage.markdown) {
                continue;
            }
            let places = alike.entry(said).or_default();
            if places.last().is_none_or(|(last, _)| last.path != article.path) {
                places.push((article, passage.line));
            }
        }
    }
    for places in alike.into_values() {
        if places.len() > MOST_ALIKE {
            continue;
        }
        let Some(((first, at), others)) = places.split_first() else { continue };
        let place = format!("{}:{at}", first.path);
        for (article, line) in others.iter().filter(|(it, _)| !are_editions(&first.path, &it.path))
        {
            let message = phrase!("{place} と同じ内容です", "this says the same as {place}");
            context.report(&article.path, *line, message);
        }
    }
}

fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// How many letters are in fences and in the names of links.
fn quoted(markdown: &str) -> usize {
    let mut fenced = false;
    let mut count = 0;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            count += letters(line).chars().count();
        } else {
            let names = line.split("](").filter_map(|before| before.rsplit_once('['));
            count += names.map(|(_, name)| letters(name).chars().count()).sum::<usize>();
        }
    }
    count
}

/// Whether two articles are one in two languages, or for two versions: they are meant to say the same.
fn are_editions(first: &str, second: &str) -> bool {
    let (first, first_numbers) = words_of_path(first);
    let (second, second_numbers) = words_of_path(second);
    let shared = first.intersection(&second).count();
    first == second || first_numbers != second_numbers && shared * 2 >= first.union(&second).count()
}

/// The words of a path without those of languages; and those that have a number.
fn words_of_path(path: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let lower = path.to_lowercase();
    let words = lower.split(|it: char| !it.is_alphanumeric()).filter(|it| !LANGUAGES.contains(it));
    let (numbers, words) = words
        .map(str::to_owned)
        .partition(|word: &String| word.contains(|it: char| it.is_ascii_digit()));
    (words, numbers)
}

static LANGUAGES: Section = lexicon::ARTICLE_PHRASES.section("folders of languages");

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
        ("docs/sync.md", format!("# 同期\n\n同期とは。{}\n", super::SAID).as_str()),
        ("translations/ja/sync.md", format!("# 同期\n\n同期とは。{}\n", super::SAID).as_str()),
        ("d/update-1906.md", format!("# 更新\n\nこの版。{}\n", super::SAID).as_str()),
        ("d/update-1910.md", format!("# 更新\n\nこの版。{}\n", super::SAID).as_str()),
        ("e.md", format!("# 例\n\n次のとおり。\n\n```\n{}\n```\n", super::SAID).as_str()),
        ("f.md", format!("# 例\n\n次のとおり。\n\n```\n{}\n```\n", super::SAID).as_str()),
    ],
}
