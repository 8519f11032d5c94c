//! Steps that lose data or registration, with nobody warned.

use super::rule::{Context, rule, rule_examples};
use crate::article::{Passage, PassageKind, steps};
use crate::source::{Phrase, phrase};

rule! {
    "destructive-without-caution", Error,
    "注意書きのない、取り返しのつかない手順", "steps that cannot be undone, without a caution"
}

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
                phrase!("データや登録を失う手順「{said}」に、注意書きがありません", "a step loses data or registration, and nothing warns of it: “{said}”"),
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
    let of_text = passage.text.lines().find(|line| is_step(line, passage))?;
    let said: String = of_text.trim().chars().take(LONGEST_QUOTED).collect();
    // The Markdown has the marks of its layout between the words.
    let start = of_text.trim().chars().take(LEAST_ALIKE).collect::<String>();
    let found = passage
        .markdown
        .lines()
        .position(|line| line.contains(&start) || line.split('。').any(|it| !steps(it).is_empty()));
    let found = found.filter(|_| passage.kind != PassageKind::Row);
    let below = found.and_then(|at| u32::try_from(at).ok()).unwrap_or_default();
    Some((passage.line + below, said))
}

/// Whether a line has a sentence that tells to do something which loses something. What merely describes ("is removed",
/// "can be removed", the name of a choice) and code that is quoted tell nobody to do it.
fn is_step(line: &str, passage: &Passage) -> bool {
    let mut fenced = false;
    let quoted = passage.markdown.lines().any(|it| {
        let mark = it.trim_start().starts_with("```");
        fenced ^= mark;
        fenced && !mark && it.trim() == line.trim()
    });
    let row = passage.kind == PassageKind::Row;
    !quoted && line.split(['。', '！']).any(|it| (row || tells_to_do(it)) && !steps(it).is_empty())
}

/// The ends of sentences that tell to do something, and of those that only look like it.
const ORDERS: &[&str] =
    &["ます", "ください", "下さい", "すること", "必要があります", "ましょう", "しなさい"];
const STATEMENTS: &[&str] = &[
    "れます",
    "できます",
    "なります",
    "ています",
    "あります",
    "ありません",
    "おります",
    "けます",
    "えます",
    "ちます",
    "いたします",
    "表示します",
    "意味します",
    "終了します",
    "適用します",
    "対象にします",
    "参照してください",
    "ご覧ください",
    "参照します",
];
/// Programs that do something of themselves, as topics of sentences: what they remove nobody is told to remove.
const PROGRAMS: &[&str] = &[
    "アプリ",
    "サーバー",
    "ツール",
    "サービス",
    "タスク",
    "システム",
    "シーケンス",
    "オプション",
    "フラグ",
    "ポリシー",
    "Manager",
    "Intune",
    "エージェント",
    "クライアント",
];

fn tells_to_do(sentence: &str) -> bool {
    let sentence = sentence.trim().trim_end_matches(['.', ')', '）', '*', '」', ' ']);
    let ends = |ends: &[&str]| ends.iter().any(|end| sentence.ends_with(end));
    let japanese = sentence.chars().any(|c| matches!(c, 'ぁ'..='ヿ'));
    if !japanese {
        return true;
    }
    let acts = |name: &&str| {
        ["は", "が", " は", " が"].iter().any(|mark| {
            sentence.split_once(&format!("{name}{mark}")).is_some_and(|(_, rest)| {
                // 「アプリが残っているときは」 says when.
                !["ときは", "場合は", "際は"].iter().any(|when| rest.contains(when))
            })
        })
    };
    if PROGRAMS.iter().any(acts) {
        return false;
    }
    let needed = sentence.ends_with("必要があります");
    // An item of steps may be a noun: 端末の初期化.
    let noun = sentence.chars().count() <= SHORTEST_SENTENCE
        && !sentence.contains(['は', '、'])
        && sentence
            .chars()
            .next_back()
            .is_some_and(|last| matches!(last, '一'..='鿿' | 'ァ'..='ー'));
    needed || noun || ends(ORDERS) && !ends(STATEMENTS)
}

/// A sentence of so many characters at most may be the name of a step.
const SHORTEST_SENTENCE: usize = 16;
/// How much of a step is quoted, in characters.
const LONGEST_QUOTED: usize = 40;
/// By how many characters a line of the text is found in the Markdown.
const LEAST_ALIKE: usize = 8;

rule_examples! {
    failing: [
        ("a.md", "# 題\n\n## 対処\n\n1. 端末を初期化してください。\n"),
        ("h.md", "# 題\n\n## 対処\n\nアプリが残っているときは、端末をワイプします。\n"),
    ] => [("a.md", 5), ("h.md", 5)],
    passing: [
        ("a.md", "# 題\n\n## 対処\n\n1. 端末を初期化してください。\n\n※ 端末のデータは消えます。\n"),
        ("b.md", "---\ncaution: 端末のデータは消えます\n---\n端末を初期化してください。\n"),
        ("c.md", "端末の初期化は不要です。\n"),
        ("d.md", "# 題\n\n## 動作\n\n期限を過ぎると、登録を削除できます。端末はワイプされます。\n"),
        ("e.md", "# 題\n\n## 設定\n\n- **フルワイプ**: 工場出荷時の設定に戻すことを意味します。\n"),
        ("g.md", "# 題\n\n## 動作\n\nこのツールは、古い登録を削除します。手順は「端末を初期化する」を参照してください。\n"),
        ("f.md", "# 題\n\n## 例\n\n```\n# Delete a profile\n```\n"),
    ],
}
