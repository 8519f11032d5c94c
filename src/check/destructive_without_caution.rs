//! Steps that lose data or registration, with nobody warned.

use super::rule::{Context, Rule};
use crate::article::{Passage, PassageKind, steps};
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
            let Some((line, said)) = step(passage) else { continue };
            context.report(
                article,
                line,
                Phrase::new(
                    format!("データや登録を失う手順「{said}」に、注意書きがありません"),
                    format!("a step loses data or registration, and nothing warns of it: “{said}”"),
                ),
                Phrase::new(
                    "同じ節に > [!WARNING]、【注意】、※ のどれかで、何が失われるかを書きます。記事全体のことなら caution: に書きます",
                    "say what is lost with `> [!WARNING]`, 【注意】 or ※ in the same section, or with `caution:` for the whole article",
                ),
            );
        }
    }
}

/// The first line of a passage that is a step which loses something: the file's line, and its words. A row of a
/// table describes rather than tells to do, unless it has a cell for what to do.
fn step(passage: &Passage) -> Option<(u32, String)> {
    if passage.kind == PassageKind::Row && !passage.instructs {
        return None;
    }
    let is_step = |text: &str| !steps(text).is_empty();
    let of_text = passage.text.lines().find(|line| is_step(line))?;
    let said: String = of_text.trim().chars().take(LONGEST_QUOTED).collect();
    // The Markdown has the marks of its layout between the words.
    let start = of_text.trim().chars().take(LEAST_ALIKE).collect::<String>();
    let found = passage.markdown.lines().position(|line| line.contains(&start) || is_step(line));
    let found = found.filter(|_| passage.kind != PassageKind::Row);
    let below = found.and_then(|at| u32::try_from(at).ok()).unwrap_or_default();
    Some((passage.line + below, said))
}

/// How much of a step is quoted, in characters.
const LONGEST_QUOTED: usize = 40;
/// By how many characters a line of the text is found in the Markdown.
const LEAST_ALIKE: usize = 8;

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
