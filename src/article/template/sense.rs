//! Whether a wording says something that a log or a screen could say.
//!
//! It does where it has a predicate or is a state (`…しました`, `PUSH送信中`, `有効期限切れ`), where it has a
//! variable part and words around it, or where it is simply long. The label of a button is none.

use super::super::{Part, TemplateOrigin};

/// How a sentence or a state ends.
const PREDICATES: &[&str] = &[
    "ます",
    "ません",
    "ました",
    "でした",
    "です",
    "ない",
    "った",
    "した",
    "いる",
    "ある",
    "れる",
    "ください",
    "下さい",
    "失敗",
    "エラー",
    "完了",
    "成功",
    "中",
    "済",
    "済み",
    "待ち",
    "無効",
    "有効",
    "切れ",
    "不可",
    "異常",
    "停止",
    "拒否",
    "超過",
    "なし",
    "不明",
    "不正",
    "必要",
    "未登録",
    "タイムアウト",
    "検知",
    "検出",
    "無",
    "警告",
    "しろ",
    "とき",
];

/// What the words of a wording amount to.
#[derive(Default)]
struct Weight {
    /// Kana, kanji and other letters that are words by themselves.
    letters: usize,
    /// Words of Latin letters.
    words: usize,
    /// The letters of these.
    latin: usize,
    wildcards: usize,
}

fn weigh(parts: &[Part]) -> Weight {
    let mut weight = Weight::default();
    for part in parts {
        let Part::Literal(text) = part else {
            weight.wildcards += 1;
            continue;
        };
        let mut in_word = false;
        for character in text.chars() {
            let is_latin = character.is_ascii_alphabetic();
            if is_latin {
                weight.latin += 1;
                weight.words += usize::from(!in_word);
            } else if character.is_alphabetic() || character == 'ー' {
                weight.letters += 1;
            }
            in_word =
                is_latin || in_word && matches!(character, '_' | '\'' | '-' | '0'..='9' | '.');
        }
    }
    weight
}

/// Whether the wording tells enough to be looked for in a log.
pub(super) fn tells(parts: &[Part], origin: TemplateOrigin) -> bool {
    let weight = weigh(parts);
    let last = parts.iter().rev().find_map(|part| match part {
        Part::Literal(text) => Some(text.trim_end_matches(|c: char| !c.is_alphanumeric())),
        Part::Wildcard(_) => None,
    });
    let predicate = last.is_some_and(|text| PREDICATES.iter().any(|ending| text.ends_with(ending)));
    let units = weight.letters + 2 * weight.words;
    if weight.letters == 0 {
        // English: a phrase of three words, or two with a variable part between them.
        let enough = if origin == TemplateOrigin::Heading { 4 } else { 3 };
        return weight.latin >= 8 && weight.words + usize::from(weight.wildcards > 0) >= enough;
    }
    let shortest = if origin == TemplateOrigin::Heading { 8 } else { 3 };
    let long = if origin == TemplateOrigin::Heading { 16 } else { 12 };
    units >= shortest && predicate || units >= 5 && weight.wildcards > 0 || units >= long
}

#[cfg(test)]
mod tests {
    use super::super::super::markdown::Inline;
    use super::super::parts;
    use super::*;

    #[test]
    fn messages_are_told_from_labels() {
        let cases = [
            ("同期によるインストールが必要です", true),
            ("PUSH送信中", true),
            ("有効期限切れ", true),
            ("実行中", true),
            ("Apple Push証明書が無効になっています", true),
            ("プロファイル{name}の処理", true),
            ("The device is not enrolled", true),
            ("設定", false),
            ("デバイス詳細", false),
            ("インストール", false),
            ("SELECT", false),
            ("table_name", false),
        ];
        for (text, expected) in cases {
            let parts = parts(&Inline::from(text));
            assert_eq!(tells(&parts, TemplateOrigin::Quote), expected, "{text}");
        }
    }
}
