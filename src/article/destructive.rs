//! Whether a text tells to do what cannot be undone.
//!
//! A sentence is such a step where a word of the table stands in it (with its object, for words that
//! are harmless without one), the sentence tells to act, and the word is neither negated nor only
//! spoken of (`削除は不要`, `初期化された端末`). Data, a registration, a certificate or jobs are lost.

/// A word that loses something, and what must stand near before it to do so.
struct Word {
    word: &'static str,
    /// Whether it counts only where nothing is named directly before it (`変数の初期化`).
    bare: bool,
    /// One of these must stand before the word in its sentence; empty: the word itself suffices.
    objects: &'static [&'static str],
}

const fn always(word: &'static str) -> Word {
    Word { word, bare: false, objects: &[] }
}

const fn bare(word: &'static str) -> Word {
    Word { word, bare: true, objects: &[] }
}

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
/// What a 全キャンセル or a cancelled job loses.
const JOBS: &[&str] =
    &["ジョブ", "要求", "命令", "コマンド", "登録されている全て", "表示されている全て"];

/// The Japanese words: wiping, initializing, deleting, uninstalling, inactivating, registering anew,
/// cancelling.
const WORDS: &[Word] = &[
    Word { word: "を初期化", bare: false, objects: MACHINES },
    Word { word: "の初期化", bare: false, objects: MACHINES },
    always("遠隔初期化"),
    bare("初期化"),
    always("ワイプ"),
    always("工場出荷"),
    always("出荷時の設定に戻"),
    always("出荷時設定に"),
    Word {
        word: "消去",
        bare: false,
        objects: &[
            "データ",
            "端末",
            "デバイス",
            "コンテンツ",
            "すべて",
            "全て",
            "プロファイル",
            "証明書",
        ],
    },
    Word { word: "削除", bare: false, objects: MANAGED },
    always("アンインストール"),
    always("インアクティベーション"),
    Word { word: "無効化", bare: false, objects: MANAGED },
    Word { word: "インアクティベート", bare: false, objects: &[] },
    always("再登録"),
    always("再チェックイン"),
    Word { word: "登録し直", bare: false, objects: MANAGED },
    always("登録解除"),
    always("登録を解除"),
    always("管理を解除"),
    always("管理解除"),
    always("全キャンセル"),
    always("一括キャンセル"),
    Word { word: "キャンセル", bare: false, objects: JOBS },
    Word { word: "破棄", bare: false, objects: MANAGED },
    Word {
        word: "リセット",
        bare: false,
        objects: &["端末を", "デバイスを", "工場", "すべての設定"],
    },
];

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
    if sentence.is_ascii() || sentence.len() > LONGEST_SENTENCE {
        return false;
    }
    let sentence = sentence.trim();
    let ending = sentence.trim_end_matches(['」', '』', '】', '）', ')', '.', ' ', '*', ':', '：']);
    WORDS.iter().any(|word| {
        sentence.match_indices(word.word).any(|(at, _)| {
            let before = sentence.get(..at).unwrap_or_default();
            let after = sentence.get(at + word.word.len()..).unwrap_or_default();
            let has_object =
                word.objects.is_empty() || word.objects.iter().any(|object| near(before, object));
            // スワイプ is a finger's.
            let other = before.ends_with('ス') && word.word == "ワイプ";
            let named = other || word.bare && before.ends_with(['を', 'の']);
            has_object
                && !named
                && !mentioned(after)
                && !refers(ending, after)
                && orders(ending, after)
        })
    })
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

/// Whether the sentence, which ends in `ending` and goes on with `after` behind the word, orders it.
fn orders(ending: &str, after: &str) -> bool {
    let after = after.trim_end_matches(['」', '』', '】', '）', ')', '.', ' ', '*', ':', '：']);
    after.trim_start_matches(['」', '』', '】', '）', ')', 'す', 'る']).is_empty()
        || ORDERS.iter().any(|order| ending.ends_with(order))
        || [
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
            "ボタン",
            "を押",
        ]
        .iter()
        .any(|order| after.starts_with(order))
}

fn english(sentence: &str) -> bool {
    if sentence.len() > LONGEST_SENTENCE {
        return false;
    }
    let lower = sentence.to_ascii_lowercase();
    ENGLISH.iter().any(|(word, objects)| {
        lower.match_indices(word).any(|(at, _)| {
            let before = lower.get(..at).unwrap_or_default();
            let after = lower.get(at + word.len()..).unwrap_or_default();
            let whole = !after.starts_with(|c: char| c.is_ascii_alphanumeric())
                && !before.ends_with(|c: char| c.is_ascii_alphanumeric());
            let imperative = {
                let head = before.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
                head.is_empty()
                    || [
                        "must ", "need to ", "have to ", "should ", "please ", "then ", "and ",
                        ", ", "click ", "tap ", "select ", "choose ",
                    ]
                    .iter()
                    .any(|order| before.ends_with(order))
            };
            whole
                && imperative
                && !ENGLISH_MENTIONS.iter().any(|mention| before.contains(mention))
                && (objects.is_empty() || objects.iter().any(|object| after.contains(object)))
        })
    })
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
