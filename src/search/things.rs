//! The thing that a short question is about: the noun before its one が, を or は, and the system that it is of; or an
//! abbreviation that no passage has.
//!
//! 「iPhoneの機種変更で連絡先が移らない」 is about 連絡先. A passage that has nothing of it answers another question, however
//! much it has of the rest. Whoever tells a story names more things than the manual has; of 「VPNはつながるのに社内ポータル
//! だけ開けない」 the story is before the のに.

use super::asides::COUNTERS;
use super::term::{QueryTerm, words_in};
use super::wish::TO_KNOW;
use crate::text::lexicon::{ASKED, Section, WISHES};
use crate::text::{fold, is_hiragana, is_katakana};

/// A thing, as places in the words of the question.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Thing {
    pub(super) words: Vec<usize>,
    /// The head of a compound is its last word: a 社内ポータル is a portal, not a company.
    pub(super) head: Option<usize>,
}

pub(super) fn of(question: &str, words: &[QueryTerm]) -> Vec<Thing> {
    let written: Vec<&str> = words.iter().map(|term| term.written.as_str()).collect();
    let named = named(question, &written).into_iter().map(|thing| {
        let within = without_suffixes(words_in(thing, words), &written);
        let ends = within.iter().filter_map(|&place| {
            // 入手先, 管理者: a suffix is no head.
            let word = written.get(place).filter(|word| word.chars().nth(1).is_some())?;
            thing.ends_with(word).then_some((word.len(), place))
        });
        let head = ends.max().map(|(_, place)| place);
        Thing { words: within, head }
    });
    // Whoever writes an abbreviation that no passage has (PUK) asks about nothing else.
    let unknown = words.iter().enumerate().filter(|(_, term)| !term.known && is_abbreviation(term));
    // Nouns are names of operations; for a verb there are many others, and many a way is one of 確認, 取得, 解決.
    let wished = wished(question, &written).filter(|it| it.named).map(|it| it.place);
    let alone = unknown.map(|(place, _)| place).chain(wished);
    named.chain(alone.map(|place| Thing { words: vec![place], head: None })).collect()
}

/// The words of a thing without those of one character beside longer ones: 側 of Apple側 and 名 of ドメイン名 are no part of it.
fn without_suffixes(words: Vec<usize>, written: &[&str]) -> Vec<usize> {
    let is_long = |place: &usize| written.get(*place).is_some_and(|it| it.chars().nth(1).is_some());
    let long: Vec<usize> = words.iter().copied().filter(is_long).collect();
    if long.is_empty() { words } else { long }
}

/// The operation that a question wishes to be done by a verb, or asks the way of, as a place in its words: 「管理者を増やす手順」.
pub(super) fn wished_verb(question: &str, words: &[QueryTerm]) -> Option<usize> {
    let written: Vec<&str> = words.iter().map(|term| term.written.as_str()).collect();
    wished(question, &written).filter(|it| !it.named).map(|it| it.place)
}

/// An operation, as a place in the words of a question.
struct Operation {
    place: usize,
    /// Whether it is wished for by its name, a noun.
    named: bool,
}

/// The operation that a question ends in wishing for or asking the way of: 「担当者を追加したい」 and 「担当者の追加方法」 are
/// about adding.
fn wished(question: &str, words: &[&str]) -> Option<Operation> {
    if TO_KNOW.iter().any(|end| question.contains(end)) {
        return None;
    }
    let near_end = |behind: &str| behind.chars().count() <= LONGEST_END;
    let wish = question.rsplit_once("たい").filter(|(_, behind)| near_end(behind));
    let (before, named) = match wish {
        Some((before, _)) => {
            before.strip_suffix('し').map_or((before, false), |before| (before, true))
        }
        None => {
            let ways = WAYS.iter().filter_map(|way| question.rsplit_once(way));
            let to_do = question.rsplit_once("には");
            let to_do = to_do.filter(|(before, _)| before.ends_with(ENDS_OF_VERBS));
            let mut ways = ways.chain(to_do);
            let (before, _) = ways.find(|(_, behind)| near_end(behind))?;
            let noun = ["する", "の"].iter().find_map(|end| before.strip_suffix(end));
            (noun.unwrap_or(before), false)
        }
    };
    let ends = words.iter().enumerate().filter(|(_, word)| !word.is_empty());
    let ends = ends.filter(|(_, word)| before.ends_with(**word));
    ends.max_by_key(|(_, word)| word.len()).map(|(place, _)| Operation { place, named })
}

static WAYS: Section = ASKED.section("way of");

/// The ends of plain verbs, as in 「統一するには」.
const ENDS_OF_VERBS: [char; 9] = ['る', 'う', 'く', 'す', 'つ', 'ぬ', 'む', 'ぐ', 'ぶ'];

/// How long a sentence goes on after its wish: 「したいと思っています。」
const LONGEST_END: usize = 12;

/// Whether a word is written as abbreviations are. It is a name: whatever is near it in meaning is another.
pub(super) fn is_abbreviation(term: &QueryTerm) -> bool {
    (3..=6).contains(&term.written.len())
        && term.written.bytes().all(|byte| byte.is_ascii_uppercase())
}

static CONTRASTS: Section = WISHES.section("contrasts");

const PASSWORD: &str = "パスワード";

/// The things, as they are written; none where the question has several such nouns, or none. `words` are those of the
/// question: a noun may end in kana (見積もり).
fn named<'q>(question: &'q str, words: &[&str]) -> Vec<&'q str> {
    let behind = CONTRASTS.iter().filter_map(|it| question.rsplit_once(it)).map(|(_, it)| it);
    let contrasted = behind.min_by_key(|it| it.len());
    let clause = match contrasted {
        // A sentence after the trouble tells more of it.
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
    let passing = |noun: &str| {
        ["asked for", "people"].iter().any(|list| WISHES.entries(list).contains(&fold(noun)))
    };
    let mut nouns = particles.into_iter().filter_map(|at| {
        let before = clause.get(..at)?;
        let noun = noun_at_end(before, words).filter(|noun| !passing(noun))?;
        Some((noun, before))
    });
    let (Some((thing, before)), None) = (nouns.next(), nouns.next()) else { return Vec::new() };
    let whose = before.strip_suffix(thing).and_then(|before| before.strip_suffix('の'));
    // OneDriveの同期, テザリングの速度: a system is named in Latin letters or katakana; 営業部の, 端末の say whose it is.
    let latin = |name: &&str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic()) || name.chars().all(is_katakana)
    };
    // Everything that one signs in to has a password of its own.
    let entered = fold(thing) == fold(PASSWORD);
    let system = whose.and_then(|it| noun_at_end(it, words)).filter(|it| entered || latin(it));
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
crate::source::cases! {
    operations_of_wishes: |question| {
        let words = ["担当", "追加", "ロック"];
        shown(wished(question, &words).and_then(|it| words.get(it.place)))
    };
    things_of_questions: |question| named(question, &["見積もり", "写真", "なっ"]).join(" ");
}
