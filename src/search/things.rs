//! The thing that a short question is about: the noun before its one が, を or は, and the system that it is of; or an
//! abbreviation that no passage has.
//!
//! 「iPhoneの機種変更で連絡先が移らない」 is about 連絡先. A passage that has nothing of it answers another question, however
//! much it has of the rest. Whoever tells a story names more things than the manual has; of 「VPNはつながるのに社内ポータル
//! だけ開けない」 the story stands before the のに.

use super::term::{QueryTerm, words_in};
use crate::text::lexicon::{MESSAGE_WORDS, Section, WISHES};
use crate::text::{fold, is_hiragana};

/// A thing, as places in the words of the question.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Thing {
    pub(super) words: Vec<usize>,
    /// The head of a compound is its last word: a 社内ポータル is a portal, not a company.
    pub(super) head: Option<usize>,
}

/// The things that a question is about.
pub(super) fn of(question: &str, words: &[QueryTerm]) -> Vec<Thing> {
    let written: Vec<&str> = words.iter().map(|term| term.written.as_str()).collect();
    let named = named(question, &written).into_iter().map(|thing| {
        let within = words_in(thing, words);
        let ends = within.iter().filter_map(|&place| {
            // 入手先, 管理者: a suffix is no head.
            let word = written.get(place).filter(|word| word.chars().nth(1).is_some())?;
            thing.ends_with(word).then_some((word.len(), place))
        });
        let head = ends.max().map(|(_, place)| place);
        Thing { words: within, head }
    });
    let unknown = words.iter().enumerate().filter(|(_, term)| is_unknown_abbreviation(term));
    named.chain(unknown.map(|(place, _)| Thing { words: vec![place], head: None })).collect()
}

/// Whether a word is an abbreviation that no passage has (PUK): whoever writes it asks about nothing else.
fn is_unknown_abbreviation(term: &QueryTerm) -> bool {
    !term.known
        && (3..=6).contains(&term.written.len())
        && term.written.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Conjunctions of contrast: the trouble stands behind them.
const CONTRASTS: [&str; 3] = ["のに", "けど", "けれど"];

/// Counters behind a number.
static COUNTERS: Section = MESSAGE_WORDS.section("counters");

/// The things, as they are written; none where the question has several such nouns, or none. `words` are those of the
/// question: a noun may end in kana (見積もり).
fn named<'q>(question: &'q str, words: &[&str]) -> Vec<&'q str> {
    let behind = CONTRASTS.iter().filter_map(|it| question.rsplit_once(it)).map(|(_, it)| it);
    let contrasted = behind.min_by_key(|it| it.len());
    let clause = match contrasted {
        // A sentence behind the trouble tells more of it.
        Some(trouble) => {
            trouble.split(['。', '？', '！', '?', '!', '\n']).next().unwrap_or(trouble)
        }
        None => question.trim_end_matches(|c: char| !c.is_alphanumeric()),
    };
    if clause.contains(['。', '、', '？', '！', '?', '!', '\n']) {
        return Vec::new();
    }
    let mut particles: Vec<usize> =
        clause.match_indices(['が', 'を', 'は']).map(|it| it.0).collect();
    if contrasted.is_some() {
        particles.extend(clause.match_indices("だけ").map(|it| it.0));
    }
    let mut nouns = particles.into_iter().filter_map(|at| {
        let before = clause.get(..at)?;
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
    let noun = without_count(noun);
    (!noun.is_empty()).then_some(noun)
}

/// 5223番ポート is about ports, and 3台 is about no thing.
fn without_count(noun: &str) -> &str {
    let counted = noun.trim_start_matches(char::is_numeric);
    let counter = COUNTERS.iter().filter(|_| counted.len() < noun.len());
    counter.filter_map(|it| counted.strip_prefix(it)).min_by_key(|it| it.len()).unwrap_or(noun)
}

#[cfg(test)]
mod tests {
    use super::named;

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
            ("同期は成功なのにアプリが入らない", "アプリ"),
            ("最終アクセスの日付だけ古い", ""),
            ("5223番ポートは許可しないとだめですか", "ポート"),
        ] {
            let told = named(question, &["見積もり", "写真", "なっ"]);
            assert_eq!(told.join(" "), about, "{question}");
        }
    }
}
