use std::collections::BTreeSet;

use super::rule::{Context, rule, rule_examples};
use crate::article::{Passage, PassageKind, steps};
use crate::source::phrase;
use crate::text::lexicon::{self, Section};

rule! {
    "destructive-without-caution", Error,
    "注意書きのない、取り返しのつかない手順", "steps that cannot be undone, without a caution",
    "同じ節に > [!WARNING]、【注意】、※ のどれかで、何が失われるかを書きます。記事全体のことなら caution: に書きます",
    "say what is lost with `> [!WARNING]`, 【注意】 or ※ in the same section, or with `caution:` for the whole article"
}

fn check(context: &mut Context<'_>) {
    let articles = context.base.articles.iter();
    // Release notes tell what has changed, not what to do.
    for article in articles.filter(|it| it.cautions.is_empty() && !it.is_release_note()) {
        // A row is a passage of its own and part of that of its section.
        let mut told = BTreeSet::new();
        for passage in &article.passages {
            if !passage.destructive || !passage.cautions.is_empty() {
                continue;
            }
            let Some((line, said)) = step(passage).filter(|(line, _)| told.insert(*line)) else {
                continue;
            };
            let message = phrase!(
                "データや登録を失う手順「{said}」に、注意書きがありません",
                "a step loses data or registration, and nothing warns of it: “{said}”"
            );
            context.report(&article.path, line, message);
        }
    }
}

/// The first sentence of a passage that is a step which loses something: the file's line, and its words. A row of a
/// table describes rather than tells to do, unless it has a cell for what to do.
fn step(passage: &Passage) -> Option<(u32, String)> {
    if WARNINGS.iter().any(|it| passage.text.contains(it)) {
        return None;
    }
    let heading = passage.section.last().map_or_else(String::new, |it| it.to_lowercase());
    let quoted = |sentence: &str| sentence.trim().chars().take(LONGEST_QUOTED).collect();
    if passage.kind == PassageKind::Row && passage.losing.is_empty() {
        let cells = passage.text.lines().filter(|_| passage.instructs);
        let told = cells.flat_map(sentences).find(|it| tells_to_do(it, true, &heading))?;
        return Some((passage.line, quoted(told)));
    }
    passage.losing.iter().find_map(|line| {
        let told = sentences(&line.text).find(|sentence| {
            tells_to_do(sentence, line.numbered, &heading)
                && !leads_or_shows(sentence, &line.source)
        })?;
        Some((line.line, quoted(told)))
    })
}

/// Whether a sentence is nothing but a link, whose page is the one to warn, or describes a picture.
fn leads_or_shows(sentence: &str, source: &str) -> bool {
    let link = source.split_once('[').and_then(|(_, rest)| rest.split_once("]("));
    let leads = link.is_some_and(|(name, _)| name.trim_end_matches(['。', '.']) == sentence.trim());
    leads || source.trim_start().starts_with("![")
}

/// The sentences of a line. The name of a choice may be several: 「[ワイプします。元に戻せません。] を選びます」 is one.
fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    line.split(move |character| {
        depth += i32::from(character == '[') - i32::from(character == ']');
        matches!(character, '。' | '！') && depth <= 0
    })
}

static WARNINGS: Section = lexicon::DESTRUCTIVE_STEPS.section("warnings");
/// The ends of clauses that say when, what for or without what; what is to be done comes after the last of them.
static CLAUSES: Section = lexicon::DESTRUCTIVE_STEPS.section("clauses");
/// The ends of sentences that tell to do something, and of those that only look like it.
static ORDERS: Section = lexicon::DESTRUCTIVE_STEPS.section("orders");
static STATEMENTS: Section = lexicon::DESTRUCTIVE_STEPS.section("statements");
static PROGRAMS: Section = lexicon::DESTRUCTIVE_STEPS.section("programs");
/// Words of labels that steps follow; after any other (「削除: …」, 「-Uninstall: …」) a choice is described.
static LABELS: Section = lexicon::DESTRUCTIVE_STEPS.section("labels");

/// The ends of orders that are no description wherever they are, and what comes before what is done: for what, when,
/// after what.
static EXPLICIT: Section = lexicon::DESTRUCTIVE_STEPS.section("explicit");
static PURPOSES: Section = lexicon::DESTRUCTIVE_STEPS.section("purposes");
/// Acts of others than the reader.
static DESCRIBED: Section = lexicon::DESTRUCTIVE_STEPS.section("described");
/// Operations that are undone by doing the opposite, and those that lose something by what they are done to.
static GIVEN_BACK: Section = lexicon::DESTRUCTIVE_STEPS.section("given back");
static OF_OBJECTS: Section = lexicon::DESTRUCTIVE_STEPS.section("of objects");
/// The objects, and the lists that something is a member of.
static LOST: Section = lexicon::DESTRUCTIVE_STEPS.section("lost");
static MEMBERSHIPS: Section = lexicon::DESTRUCTIVE_STEPS.section("memberships");
/// The verbs that English steps which lose something begin with, and where their object ends.
static ORDERS_IN_ENGLISH: Section = lexicon::DESTRUCTIVE_STEPS.section("english orders");
static OBJECT_ENDS: Section = lexicon::DESTRUCTIVE_STEPS.section("english objects end");

static TIMES: Section = lexicon::DESTRUCTIVE_STEPS.section("times");

/// Whether a sentence is an order that loses something. 「登録を削除します」 alone describes what something does, unless it
/// is a `numbered` step, or what it is done for comes before it.
fn tells_to_do(sentence: &str, numbered: bool, heading: &str) -> bool {
    let sentence = sentence.trim().trim_end_matches(['.', ')', '）', '*', '」', ' ']);
    if !sentence.chars().any(|c| matches!(c, 'ぁ'..='ヿ')) {
        return orders_in_english(&sentence.to_lowercase()) && !steps(sentence).is_empty();
    }
    let ends = |ends: &[&str]| ends.iter().any(|end| sentence.ends_with(end));
    let begun = CLAUSES.iter().filter_map(|it| Some(sentence.rfind(it)? + it.len())).max();
    let told = sentence.get(begun.unwrap_or_default()..).unwrap_or_default();
    // An item of steps may be a noun: 端末の初期化.
    let noun = sentence.chars().count() <= SHORTEST_SENTENCE
        && !sentence.contains(['は', '、'])
        && sentence.ends_with(|last| matches!(last, '一'..='鿿' | 'ァ'..='ー'));
    let ordered = ends(&EXPLICIT)
        || (numbered || label(sentence).is_some() || has(sentence, &PURPOSES))
            && ends(&ORDERS)
            && !ends(&STATEMENTS);
    (noun || ordered)
        && !steps(told).is_empty()
        && !of_program(sentence)
        && !describes(sentence)
        // In prose a button without its object is spoken of.
        && loses(sentence, if numbered { heading } else { "" })
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether what a sentence does takes something that nobody can give back: a device's data, a registration, an account.
/// Settings, entries of lists, references and typed text can be given again.
fn loses(sentence: &str, heading: &str) -> bool {
    let without = |text: &str, words: &[&str]| {
        words.iter().fold(text.to_owned(), |text, word| text.replace(word, ""))
    };
    // `doWipe` is a name in code.
    let is_name = |word: &&str| {
        word.chars().any(char::is_uppercase) && word.starts_with(|it: char| it.is_ascii_lowercase())
    };
    let names: Vec<&str> =
        sentence.split(|it: char| !it.is_ascii_alphanumeric()).filter(is_name).collect();
    let sentence = without(&without(sentence, &names).to_lowercase(), &GIVEN_BACK);
    !steps(&without(&sentence, &OF_OBJECTS)).is_empty()
        || !steps(&sentence).is_empty()
            && OF_OBJECTS
                .iter()
                .flat_map(|verb| sentence.match_indices(verb))
                .any(|(at, _)| is_lost(sentence.get(..at).unwrap_or_default(), heading))
}

/// Whether the object of the verb after `before` is lost for good. A button's object was chosen before, or is
/// the heading's.
fn is_lost(before: &str, heading: &str) -> bool {
    let opened = before.trim_end_matches([' ', '「', '『', '[', '［', '"', '“', '*']);
    let is_button = opened.len() < before.trim_end().len();
    let clause = opened.rsplit('、').next().unwrap_or_default();
    if opened.split('、').any(|clause| has(clause, &MEMBERSHIPS) && !clause.contains('選')) {
        return false;
    }
    let named = |text: &str| {
        let noun = text
            .trim_end_matches([' ', '」', '』', ']', '］', ')', '）', '"', '”', '*', 'は', '、']);
        let noun = PARTS.iter().find_map(|part| noun.strip_suffix(part)).unwrap_or(noun);
        LOST.iter().any(|it| noun.ends_with(it))
    };
    let mut parts = opened.split(['を', 'が']);
    let chosen =
        || opened.rsplit_once('を').is_some_and(|(it, _)| !it.trim().ends_with([']', '」', '*']));
    let of_heading = || {
        let marks = heading.match_indices(['を', 'の']);
        marks.map(|(at, _)| heading.get(..at).unwrap_or_default()).any(named)
    };
    match opened.strip_suffix('の') {
        _ if is_button => parts.any(named) || !chosen() && of_heading(),
        Some(object) => named(object),
        // 「使用箇所をすべて」 is not everything.
        None if !clause.contains('を') && named(opened) => true,
        None => opened.rsplit_once('を').is_some_and(|(object, _)| named(object)),
    }
}

/// Whether an English sentence is an order: it begins with a verb, or says that somebody must; and what is lost is its
/// object. One word is the name of a command, 「the logger deletes」 describes.
fn orders_in_english(sentence: &str) -> bool {
    let text = sentence.rsplit(": ").next().unwrap_or_default();
    let text = text.trim_start_matches(|it: char| !it.is_alphabetic());
    let object_of = |text: &str| {
        let verb = ORDERS_IN_ENGLISH.iter().find(|verb| text.starts_with(*verb))?;
        let object = text.get(verb.len()..)?;
        let end = OBJECT_ENDS.iter().filter_map(|end| object.find(end)).min();
        let object = object.get(..end.unwrap_or(object.len()))?;
        let word = object.split_whitespace().last()?.trim_matches(|it: char| !it.is_alphanumeric());
        Some(LOST.contains(&word.strip_suffix('s').unwrap_or(word)))
    };
    ["", "please ", "then ", ", ", "you should ", "you must ", "you need to "].iter().any(|told| {
        let begun = if told.is_empty() { Some(text) } else { text.split_once(told).map(|it| it.1) };
        begun.and_then(object_of).unwrap_or_default()
    })
}

/// Whether a program does it: 「このツールは、古い登録を削除します」. 「アプリが残っているときは」 says when.
fn of_program(sentence: &str) -> bool {
    // A call in code is done by code.
    if sentence.contains("()") {
        return true;
    }
    let does = |name: &&str| {
        TOPICS.iter().any(|mark| {
            let told = sentence.split_once(&format!("{name}{mark}"));
            told.is_some_and(|(_, rest)| !has(rest, &WHEN))
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
    let labelled = label(sentence).is_some_and(|label| {
        label.chars().count() <= LONGEST_LABEL
            && !has(label, &LABELS)
            && !label.contains(['、', '。'])
    });
    let topic = sentence.split_once("は、").is_some_and(|(topic, rest)| {
        !TIMES.iter().any(|time| topic.ends_with(time)) && rest.contains('を')
    });
    let choice = sentence.contains("または") && sentence.matches('[').count() > 1;
    labelled || topic || choice || has(sentence, &DESCRIBED)
}

fn label(sentence: &str) -> Option<&str> {
    let marks = [": ", ":", "：", " - ", " – "];
    marks.iter().find_map(|mark| sentence.split_once(mark)).map(|(label, _)| label)
}

static TOPICS: Section = lexicon::DESTRUCTIVE_STEPS.section("topics of programs");
static WHEN: Section = lexicon::DESTRUCTIVE_STEPS.section("ends of times");
static PARTS: Section = lexicon::DESTRUCTIVE_STEPS.section("one of several");
/// A label is no longer, in characters.
const LONGEST_LABEL: usize = 50;
/// A sentence of so many characters at most may be the name of a step.
const SHORTEST_SENTENCE: usize = 16;
/// How much of a step is quoted, in characters.
const LONGEST_QUOTED: usize = 40;

rule_examples! {
    failing: [
        ("a.md", "# 題\n\n## 対処\n\n1. 端末を初期化してください。\n"),
        ("h.md", "# 題\n\n## 対処\n\nアプリが残っているときは、端末をワイプします。\n"),
        ("i.md", "# 題\n\n## 対処\n\n設定を開きます。\n\n**解決方法**: 端末を**初期化**します。\n"),
        ("j.md", "# 題\n\n## 対処\n\n不要な端末は、削除します。 管理者は端末を初期化する必要があります。\n"),
        ("k.md", "# 題\n\n## 対処\n\n登録を解除するには、端末を選び、[ワイプ] を選択します。\n"),
        ("r.md", "# Title\n\n## Remedy\n\nTo fix it, wipe the device.\n"),
        ("x.md", "# 題\n\n## 手順\n\n1. 「端末」を開きます。\n2. 端末を選び、「操作」の［削除］を選択します。\n"),
        ("y.md", "# 題\n\n## 端末を削除する\n\n1. 「デバイス」の画面で［削除］を選択します。\n"),
        ("ab.md", "# 題\n\n## 対処\n\nこの問題を解決するには、MDM から端末の登録を解除します。\n"),
        ("ac.md", "# 題\n\n## 対処\n\n> [!NOTE]\n> 先に、端末の 1 つを管理画面から削除してください。\n"),
        ("ad.md", "# 題\n\n## 対処\n\n| 文面 | すること |\n|---|---|\n| 準拠していません | 再起動します |\n| 脱獄を検知しました | 端末を工場出荷時の状態に戻してください。 |\n"),
        ("ae.md", "# 題\n\n## 対処\n\n- ［アンインストール］をタップして端末からアプリを削除します。\n"),
        ("z.md", "# 題\n\n## 対処\n\n- 端末から古い管理プロファイルをすべて削除してください。\n"),
    ] => [("a.md", 5), ("ab.md", 5), ("ac.md", 6), ("ad.md", 8), ("ae.md", 5), ("h.md", 5), ("i.md", 7), ("j.md", 5), ("k.md", 5), ("r.md", 5), ("x.md", 6), ("y.md", 5), ("z.md", 5)],
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
        ("af.md", "# 題\n\n## レコードの削除\n\nレコードに移って「削除」ボタンをクリックしてください。\n"),
        ("aa.md", "# 題\n\n## 設定\n\nデータを消せるように、`doWipe` を true にする必要があります。\n"),
        ("q.md", "# 題\n\n## 設定\n\n末尾のテキストをすべて削除します。\n\n端末の登録解除が終わるまで、確認を行います。\n"),
        ("s.md", "# 題\n\n## 動作\n\n指定されたトークンを削除します。\n\n- 個人のデータをすばやく消去します。\n"),
        ("t.md", "# 題\n\n## 手順\n\n1. [登録を解除して、端末を初期化します。](wipe.md)\n2. 使用箇所をすべて削除してください。\n3. グループから端末を削除します。\n"),
        ("u.md", "# 題\n\n## 手順\n\n1. 状態は中で初期化する必要があります。\n2. アカウントを無効にします。\n3. 端末の設定を削除します。\n"),
        ("v.md", "# Title\n\n`DELETE` requests to remove cart data.\n\n![Delete the device](a.png)\n\nDelete spam comments to keep the database small.\n"),
        ("w.md", "# 題\n\n## 手順\n\n1. 一覧から端末を外すには、端末を選び、［削除］を押します。\n2. 端末を選び、［パスコードのリセット］を選択します。\n2. 古いバージョンのコンソールをアンインストールしてください。\n3. この一覧のアプリを追加または削除します。\n"),
        ("f.md", "# 題\n\n## 例\n\n```\n# Delete a profile\n```\n"),
    ],
}
