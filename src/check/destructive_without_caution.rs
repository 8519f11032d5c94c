//! Steps that lose data or registration, with nobody warned.

use super::rule::{Context, rule, rule_examples};
use crate::article::{Passage, PassageKind, steps};
use crate::source::{Phrase, phrase};
use crate::text::lexicon::{self, Section};

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

/// The first sentence of a passage that is a step which loses something: the file's line, and its words. A row of a
/// table describes rather than tells to do, unless it has a cell for what to do.
fn step(passage: &Passage) -> Option<(u32, String)> {
    let row = passage.kind == PassageKind::Row;
    if row && !passage.instructs || WARNINGS.iter().any(|it| passage.text.contains(it)) {
        return None;
    }
    let lines = passage.text.lines().filter(|line| !is_quoted(line, passage));
    let mut sentences = lines.flat_map(sentences);
    let sentence =
        sentences.find(|it| if row { !steps(it).is_empty() } else { tells_to_do(it) })?;
    // The Markdown has the marks of its layout between the words.
    let words = |text: &str| text.replace(['*', '[', ']', '`', '\\', ' '], "");
    let start: String = words(sentence).chars().take(LEAST_ALIKE).collect();
    let found = passage.markdown.lines().position(|line| words(line).contains(&start));
    let below = found.filter(|_| !row).and_then(|at| u32::try_from(at).ok()).unwrap_or_default();
    Some((passage.line + below, sentence.trim().chars().take(LONGEST_QUOTED).collect()))
}

/// Whether a line stands in a fence: code tells nobody to do it.
fn is_quoted(line: &str, passage: &Passage) -> bool {
    let mut fenced = false;
    passage.markdown.lines().any(|it| {
        let mark = it.trim_start().starts_with("```");
        fenced ^= mark;
        fenced && !mark && it.trim() == line.trim()
    })
}

/// The sentences of a line. The name of a choice may be several: 「[ワイプします。元に戻せません。] を選びます」 is one.
fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    line.split(move |character| {
        depth += i32::from(character == '[') - i32::from(character == ']');
        matches!(character, '。' | '！') && depth <= 0
    })
}

/// Words by which a passage itself says what is lost: whoever reads the step is warned.
static WARNINGS: Section = lexicon::DESTRUCTIVE_STEPS.section("warnings");
/// The ends of clauses that say when, what for or without what; what is to be done stands behind the last of them.
static CLAUSES: Section = lexicon::DESTRUCTIVE_STEPS.section("clauses");
/// The ends of sentences that tell to do something, and of those that only look like it.
static ORDERS: Section = lexicon::DESTRUCTIVE_STEPS.section("orders");
static STATEMENTS: Section = lexicon::DESTRUCTIVE_STEPS.section("statements");
/// Programs that do something of themselves, as topics of sentences: what they remove nobody is told to remove.
static PROGRAMS: Section = lexicon::DESTRUCTIVE_STEPS.section("programs");
/// Words of labels that steps stand behind; behind any other (「削除: …」, 「-Uninstall: …」) a choice is described.
static LABELS: Section = lexicon::DESTRUCTIVE_STEPS.section("labels");

/// The ends of what is no topic before は: times and purposes. 「不要な端末は、削除します」 has its object there instead.
static TIMES: Section = lexicon::DESTRUCTIVE_STEPS.section("times");

fn tells_to_do(sentence: &str) -> bool {
    let sentence = sentence.trim().trim_end_matches(['.', ')', '）', '*', '」', ' ']);
    if !sentence.chars().any(|c| matches!(c, 'ぁ'..='ヿ')) {
        return orders_in_english(sentence) && !steps(sentence).is_empty();
    }
    let ends = |ends: &[&str]| ends.iter().any(|end| sentence.ends_with(end));
    let begun = CLAUSES.iter().filter_map(|it| Some(sentence.rfind(it)? + it.len())).max();
    let told = sentence.get(begun.unwrap_or_default()..).unwrap_or_default();
    if steps(told).is_empty() || of_program(sentence) || describes(sentence) {
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
    needed || noun || ends(&ORDERS) && !ends(&STATEMENTS)
}

/// Whether an English sentence is an order: it begins with a verb, or says that somebody must. One word is the name of a
/// command, 「the logger deletes」 describes.
fn orders_in_english(sentence: &str) -> bool {
    let lower = sentence.to_ascii_lowercase();
    let told = ["please ", "then ", ", "];
    let begins = |text: &str| ORDERS_IN_ENGLISH.iter().any(|verb| text.starts_with(verb));
    let text = lower.trim_start_matches(|it: char| !it.is_alphabetic());
    text.contains(' ')
        && (begins(text)
            || ["should ", "must ", "need to "].iter().any(|it| text.contains(it))
            || told.iter().any(|it| text.split_once(it).is_some_and(|(_, rest)| begins(rest))))
}

/// The verbs that English steps which lose something begin with.
static ORDERS_IN_ENGLISH: Section = lexicon::DESTRUCTIVE_STEPS.section("english orders");

/// Whether a program does it: 「このツールは、古い登録を削除します」. 「アプリが残っているときは」 says when.
fn of_program(sentence: &str) -> bool {
    let does = |name: &&str| {
        ["は", "が", "では", " は", " が", " では"].iter().any(|mark| {
            sentence.split_once(&format!("{name}{mark}")).is_some_and(|(_, rest)| {
                !["ときは", "場合は", "際は"].iter().any(|when| rest.contains(when))
            })
        })
    };
    PROGRAMS.iter().any(does)
}

/// Whether a sentence says what somebody or something does, or what a choice means: 「管理者は、端末を削除します」,
/// 「リセット: 端末を初期化します」, 「A、B、または [削除] を選択します」.
fn describes(sentence: &str) -> bool {
    if sentence.ends_with("ください") || sentence.ends_with("必要があります") {
        return false;
    }
    let of = |before: &str, words: &[&str]| words.iter().any(|it| before.contains(it));
    let label = [": ", ":", "：", " - ", " – "].iter().find_map(|mark| sentence.split_once(mark));
    let labelled = label.is_some_and(|(label, _)| {
        label.chars().count() <= LONGEST_LABEL
            && !of(label, &LABELS)
            && !label.contains(['、', '。'])
    });
    let topic = sentence.split_once("は、").is_some_and(|(topic, rest)| {
        !TIMES.iter().any(|time| topic.ends_with(time)) && rest.contains('を')
    });
    // Words of a text that is typed, and rights, can be given again.
    let edits =
        ["テキスト", "文字", "アクセス許可", "オプションを"].iter().any(|it| sentence.contains(it));
    let choice = sentence.contains("または") && sentence.matches('[').count() > 1;
    let others = ["管理者は", "ユーザーは", "通常は", "このコマンドレット"]
        .iter()
        .any(|it| sentence.contains(it));
    labelled || topic || others || edits || choice
}

/// A label is no longer, in characters.
const LONGEST_LABEL: usize = 50;
/// A sentence of so many characters at most may be the name of a step.
const SHORTEST_SENTENCE: usize = 16;
/// How much of a step is quoted, in characters.
const LONGEST_QUOTED: usize = 40;
/// By how many characters a line of the text is found in the Markdown.
const LEAST_ALIKE: usize = 16;

rule_examples! {
    failing: [
        ("a.md", "# 題\n\n## 対処\n\n1. 端末を初期化してください。\n"),
        ("h.md", "# 題\n\n## 対処\n\nアプリが残っているときは、端末をワイプします。\n"),
        ("i.md", "# 題\n\n## 対処\n\n設定を開きます。\n\n**解決方法**: 端末を**初期化**します。\n"),
        ("j.md", "# 題\n\n## 対処\n\n不要な端末は、削除します。 管理者は端末を初期化する必要があります。\n"),
        ("k.md", "# 題\n\n## 対処\n\n登録を解除するには、端末を選び、[ワイプ] を選択します。\n"),
        ("r.md", "# Title\n\n## Remedy\n\nTo fix it, wipe the device.\n"),
    ] => [("a.md", 5), ("h.md", 5), ("i.md", 7), ("j.md", 5), ("k.md", 5), ("r.md", 5)],
    passing: [
        ("a.md", "# 題\n\n## 対処\n\n1. 端末を初期化してください。\n\n※ 端末のデータは消えます。\n"),
        ("b.md", "---\ncaution: 端末のデータは消えます\n---\n端末を初期化してください。\n"),
        ("c.md", "端末の初期化は不要です。\n"),
        ("d.md", "# 題\n\n## 動作\n\n期限を過ぎると、登録を削除できます。端末はワイプされます。\n"),
        ("e.md", "# 題\n\n## 設定\n\n- **フルワイプ**: 工場出荷時の設定に戻すことを意味します。\n"),
        ("g.md", "# 題\n\n## 動作\n\nこのツールは、古い登録を削除します。手順は「端末を初期化する」を参照してください。\n"),
        ("l.md", "# 題\n\n## 動作\n\n- **ワイプ**: 端末を初期化します。\n- 管理者は、端末を初期化します。\n"),
        ("m.md", "# 題\n\n## 設定\n\n[必須]、または [アンインストール] を選択します。\n"),
        ("n.md", "# 題\n\n## 設定\n\n端末を初期化する準備ができたら、設定を保存します。\n"),
        ("o.md", "# 題\n\n## 対処\n\n端末を初期化します。端末のデータは失われます。\n"),
        ("p.md", "# 題\n\n## 関連\n\n- Remove-CMTSStepInstallApplication\n- The logger will go through and delete the logs.\n"),
        ("q.md", "# 題\n\n## 設定\n\n末尾のテキストをすべて削除します。\n\n端末の登録解除が終わるまで、確認を行います。\n"),
        ("f.md", "# 題\n\n## 例\n\n```\n# Delete a profile\n```\n"),
    ],
}
