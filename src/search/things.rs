//! The thing that a short question is about: the noun before its one が, を or は, and the system that it is of.
//!
//! 「iPhoneの機種変更で連絡先が移らない」 is about 連絡先. A passage that has nothing of it answers another question, however
//! much it has of the rest. Whoever tells a story names more things than the manual has.

use crate::text::lexicon::WISHES;
use crate::text::{fold, is_hiragana};

/// The things, as they are written; none where the question has several such nouns, or none. `words` are those of the
/// question: a noun may end in kana (見積もり).
pub(super) fn things<'q>(question: &'q str, words: &[&str]) -> Vec<&'q str> {
    let question = question.trim_end_matches(|c: char| !c.is_alphanumeric());
    if let Some(exception) = exception(question, words) {
        return vec![exception];
    }
    if question.contains(['。', '、', '？', '！', '?', '!', '\n']) {
        return Vec::new();
    }
    let particles = question.match_indices(['が', 'を', 'は']);
    let mut nouns = particles.filter_map(|(at, _)| {
        let before = question.get(..at)?;
        Some((noun_at_end(before, words)?, before))
    });
    let (Some((thing, before)), None) = (nouns.next(), nouns.next()) else { return Vec::new() };
    if WISHES.entries("asked for").contains(&fold(thing)) {
        return Vec::new();
    }
    let whose = before.strip_suffix(thing).and_then(|before| before.strip_suffix('の'));
    // OneDriveの同期: a system is named in Latin letters; 営業部の, 端末の say whose it is.
    let system = whose.and_then(|it| noun_at_end(it, words)).filter(|name| name.is_ascii());
    [thing].into_iter().chain(system).collect()
}

/// The one thing that is not as the rest: 「VPNはつながるのに社内ポータルだけ開けない」. A count tells how many, not of what.
fn exception<'q>(question: &'q str, words: &[&str]) -> Option<&'q str> {
    let before = question.split_once("だけ").map(|(before, _)| before)?;
    let behind_rest = ["のに", "けど", "けれど"].iter().find_map(|it| before.rsplit_once(it))?.1;
    let noun = noun_at_end(behind_rest, words)?;
    let asked = WISHES.entries("asked for").contains(&fold(noun));
    (!asked && !noun.contains(|c: char| c.is_numeric() || is_hiragana(c))).then_some(noun)
}

/// The noun that a text ends in: kanji, katakana, Latin letters, and the kana of its last word.
fn noun_at_end<'q>(text: &'q str, words: &[&str]) -> Option<&'q str> {
    let of_noun =
        |c: char| c.is_alphanumeric() && !is_hiragana(c) || matches!(c, 'ー' | '々' | '-' | '+');
    let last = words.iter().filter(|word| word.contains(of_noun) && text.ends_with(**word));
    let last = last.map(|word| word.len()).max().unwrap_or(0);
    let before = text.get(..text.len().checked_sub(last)?)?;
    let noun = text.get(before.trim_end_matches(of_noun).len()..)?;
    // 何度同期をかけても is about 同期.
    let passing = WISHES.entries("passing").iter();
    let shorter = passing.filter_map(|it| noun.strip_prefix(it.as_str())).min_by_key(|it| it.len());
    let noun = shorter.unwrap_or(noun);
    // 5223番ポート is about ports.
    let numbered = noun.trim_start_matches(char::is_numeric).strip_prefix('番');
    let noun = numbered.filter(|_| noun.starts_with(char::is_numeric)).unwrap_or(noun);
    (!noun.is_empty()).then_some(noun)
}

#[cfg(test)]
mod tests {
    use super::things;

    #[test]
    fn the_thing_is_the_one_that_something_is_said_of() {
        for (question, about) in [
            ("iPhoneの機種変更で連絡先が移らない", "連絡先"),
            ("機種変更したら写真が消えた", "写真"),
            ("機種変更の見積もりがほしい", "見積もり"),
            ("OneDriveの同期が完了しない", "同期 OneDrive"),
            ("営業部のプロファイルが入らない", "プロファイル"),
            ("バイパスコードはどこで調べる？", "バイパスコード"),
            ("何度同期をかけても完了しない", "同期"),
            ("原因は何ですか", ""),
            ("端末なくしました", ""),
            ("お世話になっておりますが、届きません", ""),
            ("写真が消えた。同期が終わらない", ""),
            ("カバンを落として中のiPhoneをなくした", ""),
            ("管理者に頼んで、契約台数を増やしたい", ""),
            ("VPNはつながっているのに社内ポータルだけ開けません。スマホからです", "社内ポータル"),
            ("営業部の3台だけロックされない", ""),
            ("届くのに配るだけでは入らない", ""),
            ("最終アクセスの日付だけ古い", ""),
            ("5223番ポートは許可しないとだめですか", "ポート"),
        ] {
            let told = things(question, &["見積もり", "写真", "なっ"]);
            assert_eq!(told.join(" "), about, "{question}");
        }
    }
}
