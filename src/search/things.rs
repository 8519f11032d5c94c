//! The thing that a question is about: the noun before が, を or は of its main clause, and the system that it is of.
//!
//! 「iPhoneの機種変更で連絡先が移らない」 is about 連絡先. A passage that has nothing of it answers another question, however
//! much it has of the rest.

use crate::text::lexicon::WISHES;
use crate::text::{fold, is_hiragana};

/// The things of each sentence that has such a noun, as they are written. `words` are those of the question: a noun may end
/// in kana (見積もり).
pub(super) fn things<'q>(question: &'q str, words: &[&str]) -> Vec<Vec<&'q str>> {
    let sentences = question.split(['。', '？', '！', '?', '!', '\n']);
    sentences.map(|it| things_of(it, words)).filter(|things| !things.is_empty()).collect()
}

fn things_of<'q>(sentence: &'q str, words: &[&str]) -> Vec<&'q str> {
    let particles = sentence.match_indices(['が', 'を', 'は']);
    let nouns = particles.filter_map(|(at, _)| {
        let before = sentence.get(..at)?;
        Some((noun_at_end(before, words)?, before))
    });
    // The last one is the main clause's: what stands before it leads up to it.
    let Some((thing, before)) = nouns.last() else { return Vec::new() };
    if WISHES.entries("asked for").contains(&fold(thing)) {
        return Vec::new();
    }
    let whose = before.strip_suffix(thing).and_then(|before| before.strip_suffix('の'));
    // OneDriveの同期: a system is named in Latin letters; 営業部の, 端末の say whose it is.
    let system = whose.and_then(|it| noun_at_end(it, words)).filter(|name| name.is_ascii());
    [thing].into_iter().chain(system).collect()
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
    (!noun.is_empty()).then_some(noun)
}

#[cfg(test)]
mod tests {
    use super::things;

    #[test]
    fn the_thing_is_the_last_clauses() {
        for (question, about) in [
            ("iPhoneの機種変更で連絡先が移らない", "連絡先"),
            ("機種変更したら写真が消えた", "写真"),
            ("機種変更の見積もりがほしい", "見積もり"),
            ("OneDriveの同期が完了しない", "同期 OneDrive"),
            ("営業部のプロファイルが入らない", "プロファイル"),
            ("カバンを落として中のiPhoneをなくした", "iPhone"),
            ("バイパスコードはどこで調べる？", "バイパスコード"),
            ("何度同期をかけても完了しない", "同期"),
            ("原因は何ですか", ""),
            ("端末なくしました", ""),
            ("お世話になっておりますが、届きません", ""),
            ("写真が消えた。同期が終わらない", "写真|同期"),
            ("契約台数を増やしたいです。どこから申し込みますか", "契約台数"),
        ] {
            let told = things(question, &["見積もり", "写真", "なっ"]);
            let told: Vec<String> = told.iter().map(|things| things.join(" ")).collect();
            assert_eq!(told.join("|"), about, "{question}");
        }
    }
}
