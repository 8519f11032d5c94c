//! Whether a text tells to do what cannot be undone.
//!
//! A sentence is such a step where a word of the table stands in it (with its object, for words that
//! are harmless without one), the sentence tells to act, and the word is neither negated nor only
//! spoken of (`削除は不要`, `初期化された端末`). Data, a registration, a certificate or jobs are lost.

/// What must be named before a word for it to lose something.
enum Object {
    /// Nothing: the word says it all.
    Any,
    /// One of these, in the clause before the word.
    Named(&'static [&'static str]),
    /// One of these, if anything is named directly before the word (`変数の初期化`).
    IfNamed(&'static [&'static str]),
}

use Object::{Any, IfNamed, Named};

/// What is lost with its registration or its data. A file, a filter or a setting is not.
const MANAGED: &[&str] = &[
    "プロファイル",
    "証明書",
    "登録",
    "端末",
    "デバイス",
    "ユーザー",
    "アプリ",
    "データ",
    "アカウント",
    "トークン",
    "MDM",
    "コンテンツと設定",
    "グループ",
    "テナント",
];
/// What is wiped where it is initialized; a variable or a disk structure is not.
const MACHINES: &[&str] = &[
    "端末",
    "デバイス",
    "本体",
    "iPhone",
    "iPad",
    "Mac",
    "PC",
    "パソコン",
    "コンピューター",
    "スマートフォン",
    "タブレット",
    "機器",
];
/// What holds data that can be erased; a passcode is none.
const STORES: &[&str] =
    &["データ", "端末", "デバイス", "コンテンツ", "すべて", "全て", "プロファイル", "証明書"];
/// What a 全キャンセル or a cancelled job loses.
const JOBS: &[&str] =
    &["ジョブ", "要求", "命令", "コマンド", "登録されている全て", "表示されている全て"];
/// What is set back as a whole; a password is not.
const WHOLES: &[&str] = &["端末を", "デバイスを", "工場", "すべての設定"];

/// The Japanese words: wiping, initializing, deleting, uninstalling, inactivating, registering anew,
/// cancelling.
const WORDS: &[(&str, Object)] = &[
    ("初期化", IfNamed(MACHINES)),
    ("ワイプ", Any),
    ("工場出荷", Any),
    ("出荷時の設定に戻", Any),
    ("出荷時設定に", Any),
    ("消去", Named(STORES)),
    ("削除", Named(MANAGED)),
    ("アンインストール", Any),
    ("インアクティベーション", Any),
    ("インアクティベート", Any),
    ("無効化", Named(MANAGED)),
    ("再登録", Any),
    ("再チェックイン", Any),
    ("登録し直", Named(MANAGED)),
    ("登録解除", Any),
    ("登録を解除", Any),
    ("管理を解除", Any),
    ("管理解除", Any),
    ("全キャンセル", Any),
    ("一括キャンセル", Any),
    ("キャンセル", Named(JOBS)),
    ("破棄", Named(MANAGED)),
    ("リセット", Named(WHOLES)),
];

/// A set of first letters, by the low byte of the letter: a text of megabytes is scanned once, and
/// only where a word may begin are the words compared.
const fn first_letters(words: &[(&str, Object)]) -> [bool; 256] {
    let mut letters = [false; 256];
    let mut number = 0;
    while number < words.len() {
        let bytes = words[number].0.as_bytes();
        // The low byte of a letter of three bytes: the low two bits of the second, and the third.
        letters[((bytes[1] as usize & 0b11) << 6) | (bytes[2] as usize & 0x3F)] = true;
        number += 1;
    }
    letters
}

static FIRST_LETTERS: [bool; 256] = first_letters(WORDS);

/// What behind the word says that it is not done: negation, passive, a condition, a mere mention.
const MENTIONS: &[&str] = &[
    "は不要",
    "不要",
    "しない",
    "せず",
    "しなく",
    "できない",
    "できません",
    "しません",
    "されません",
    "されない",
    "されて",
    "された",
    "される",
    "されま",
    "ないで",
    "は禁止",
    "禁止",
    "を避け",
    "とは",
    "した場合",
    "する場合",
    "された場合",
    "してしま",
    "しても",
    "すると",
    "すれば",
    "したこと",
    "を防",
    "前に",
    "する前",
    "中の",
    "済み",
    "済の",
    "が失敗",
    "に失敗",
    "のタイムアウト",
    "可能な",
    "ができ",
    "することができ",
    "について",
    "の方法",
    "方法に",
    "時に",
    "アクセス",
    "後に発生",
    "による",
    "対象",
    "権限",
    "されなか",
    "しなか",
    "する必要はあり",
    "の必要はあり",
];

/// How a sentence ends that tells to act; a line without a full stop may also end in the word.
const ORDERS: &[&str] = &[
    "ください",
    "下さい",
    "します",
    "する",
    "行う",
    "行います",
    "おこなう",
    "おこないます",
    "実行",
    "実施",
    "タップ",
    "クリック",
    "選択",
    "必要です",
    "必要がある",
    "必要があります",
    "必要となります",
    "必要",
    "お試し",
    "押す",
    "押下",
    "押します",
    "選ぶ",
    "選びます",
    "おこなってください",
    "こと",
    "戻す",
    "戻します",
    "し直す",
    "し直します",
];

/// The English words; with an object where the word alone is harmless.
const ENGLISH: &[(&str, &[&str])] = &[
    ("wipe", &[]),
    ("factory reset", &[]),
    ("factory-reset", &[]),
    ("erase", &[]),
    ("reimage", &[]),
    ("uninstall", &[]),
    ("unenroll", &[]),
    ("re-enroll", &[]),
    ("reenroll", &[]),
    ("retire", &["device"]),
    ("deactivate", &["device", "license", "account"]),
    ("delete", &["profile", "certificate", "device", "registration", "account", "enrollment"]),
    ("remove", &["profile", "certificate", "device", "registration", "account", "enrollment"]),
];

/// What before an English word says that it is not done.
const ENGLISH_MENTIONS: &[&str] = &[
    "not ",
    "n't ",
    "without ",
    "never ",
    "instead of ",
    "before you ",
    "if you ",
    "when you ",
    "avoid ",
];

/// Whether a step of `text` loses data or registration.
pub(super) fn destructive(text: &str) -> bool {
    text.split(['\n', '。', '！']).any(|sentence| japanese(sentence) || english(sentence))
}

/// The longest sentence that is looked at: a step is a sentence, not a dump.
const LONGEST_SENTENCE: usize = 2_000;

fn japanese(sentence: &str) -> bool {
    if sentence.len() > LONGEST_SENTENCE {
        return false;
    }
    let mut ending = None;
    sentence.char_indices().any(|(at, first)| {
        if first.is_ascii() || !FIRST_LETTERS[usize::from((u32::from(first) & 0xFF) as u8)] {
            return false;
        }
        let (before, rest) = sentence.split_at(at);
        WORDS.iter().any(|(word, object)| {
            let Some(after) = rest.strip_prefix(word) else { return false };
            let ending = *ending.get_or_insert_with(|| end_of(sentence));
            lost(word, object, before)
                && !mentioned(after)
                && !refers(ending, after)
                && orders(ending, before, after)
        })
    })
}

/// The sentence without what closes it.
fn end_of(sentence: &str) -> &str {
    sentence.trim().trim_end_matches(['」', '』', '】', '）', ')', '.', ' ', '*', ':', '：'])
}

/// Whether what stands before the word is what it loses.
fn lost(word: &str, object: &Object, before: &str) -> bool {
    let near = |objects: &[&str]| objects.iter().any(|object| near(before, object));
    match object {
        // スワイプ is a finger's.
        Any => !(word == "ワイプ" && before.ends_with('ス')),
        Named(objects) => near(objects),
        IfNamed(objects) => !before.ends_with(['を', 'の']) || near(objects),
    }
}

/// Whether a sentence only says where to read on: `…の削除に関するページを参照してください`.
fn refers(ending: &str, after: &str) -> bool {
    let reads =
        ["参照してください", "参照", "参照します", "ご覧ください", "覧ください", "説明します"];
    reads.iter().any(|verb| ending.ends_with(verb)) && !after.starts_with(['し', 'す'])
}

/// Whether `object` stands in the clause that ends in `before`.
fn near(before: &str, object: &str) -> bool {
    const CLAUSE: usize = 24;
    let clause: String = {
        let mut clause: Vec<char> = before.chars().rev().take(CLAUSE).collect();
        clause.reverse();
        clause.into_iter().collect()
    };
    clause.contains(object)
}

/// Whether the word, which `after` follows, is negated or only spoken of.
fn mentioned(after: &str) -> bool {
    const REACH: usize = 14;
    let reach: String = after.chars().take(REACH).collect();
    let reach = reach.split('、').next().unwrap_or_default();
    let tail = reach.trim_start_matches(['」', '』', '】', '）', ')']);
    MENTIONS.iter().any(|mention| tail.contains(mention))
}

/// Whether the sentence, which ends in `ending`, orders the word that stands between `before` and
/// `after`.
fn orders(ending: &str, before: &str, after: &str) -> bool {
    const BEHIND: &[&str] = &[
        "してください",
        "が必要",
        "して、",
        "し、",
        "を実行し",
        "を行い",
        "を実施し",
        "後に再",
        "したあと",
        "した後",
        "を押",
    ];
    let after = end_of(after).trim_start_matches(['」', '』', '】', '）', ')']);
    // `端末を初期化` is an order, `端末の初期化` alone only names it.
    after.is_empty() && before.ends_with('を')
        || matches!(after, "する" | "します" | "ボタン")
        || after.starts_with("ボタンを")
        || ORDERS.iter().any(|order| ending.ends_with(order))
        || BEHIND.iter().any(|order| after.starts_with(order))
}

fn english(sentence: &str) -> bool {
    if sentence.len() > LONGEST_SENTENCE {
        return false;
    }
    let mut in_word = false;
    sentence.char_indices().any(|(at, first)| {
        let begins =
            !in_word && matches!(first.to_ascii_lowercase(), 'w' | 'f' | 'e' | 'r' | 'u' | 'd');
        in_word = first.is_ascii_alphanumeric();
        begins && {
            let (before, rest) = sentence.split_at(at);
            ENGLISH.iter().any(|(word, objects)| orders_english(before, rest, word, objects))
        }
    })
}

/// Whether `rest` begins with the word, and `before` makes an order of it.
fn orders_english(before: &str, rest: &str, word: &str, objects: &[&str]) -> bool {
    const ORDERS: &[&str] = &[
        "must ", "need to ", "have to ", "should ", "please ", "then ", "and ", ", ", "click ",
        "tap ", "select ", "choose ",
    ];
    let begins = rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let after = rest.get(word.len()..).unwrap_or_default();
    if !begins || after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let before = before.to_ascii_lowercase();
    let after = after.to_ascii_lowercase();
    let opens = before.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).is_empty();
    (opens || ORDERS.iter().any(|order| before.ends_with(order)))
        && !ENGLISH_MENTIONS.iter().any(|mention| before.contains(mention))
        && (objects.is_empty() || objects.iter().any(|object| after.contains(object)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_that_lose_something_are_told_from_mentions() {
        let cases = [
            ("管理デバイスにセレクティブワイプを実行してください。", true),
            ("登録済みのPush証明書を削除した後にPush証明書の登録作業を行なってください。", true),
            ("デバイスはすべて再登録(再チェックイン)が必要です。", true),
            ("端末を初期化する", true),
            (
                "OS本体のリフレッシュを目的としたデバイス本体の初期化が必要であり、それ以外の方法はありません",
                true,
            ),
            ("MDM 構成プロファイルのアンインストール後に再インストールをおこなう", true),
            (
                "登録されている全ての要求をキャンセルする場合は「全キャンセル」をクリックします。",
                true,
            ),
            ("インアクティベーション要求を実行します", true),
            ("詳細は、端末の削除に関するページを参照してください。", false),
            ("画面を下にスワイプします", false),
            ("管理画面 > Apple情報 > 「Push証明書を削除」ボタン", true),
            ("端末を初期化", true),
            ("削除ボタンがあり、端末で消せます", false),
            ("不要 プロファイルの削除", false),
            ("インアクティベーション", false),
            ("Uninstall the agent.", true),
            ("You must remove the management profile.", true),
            ("証明書の削除は不要です。", false),
            ("端末を初期化しないでください", false),
            ("初期化された端末は一覧に表示されます", false),
            ("プロファイルが削除されていないか確認してください", false),
            ("変数を初期化できませんでした", false),
            ("データ構造を初期化する", false),
            ("解消しない場合は初期化を行う", true),
            ("ファイルを削除します", false),
            ("フィルターを削除してください", false),
            ("パスコード消去コマンドを実行します", false),
            ("アンインストールの進行中", false),
            ("ログは90日を過ぎると自動的に消去されます", false),
            ("Do not wipe the device.", false),
            ("The wizard removes the file.", false),
            ("", false),
        ];
        for (text, expected) in cases {
            assert_eq!(destructive(text), expected, "{text}");
        }
    }
}
