//! Entries that IPADIC, of 2003, lacks: today's loanwords, and other spellings of its own words.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::{COMMON_NOUN, Entry};
use crate::normalize::character::{is_hiragana, is_kanji, is_katakana};
use crate::stem::stem;

/// The cost of a loanword that IPADIC has not: that of its own.
const LOANWORD_COST: i16 = 3657;
/// The further cost of a spelling that IPADIC lacks, over the one that it has.
const VARIANT_COST: i16 = 1000;

/// Spellings that people use and IPADIC lacks.
///
/// The first `own` entries are IPADIC's; SudachiDict's may be native words in katakana (ズレル), whose
/// hiragana are no loanword.
pub(crate) fn variants(entries: &[Entry], own: usize) -> Vec<Entry> {
    let known: BTreeSet<&str> = entries.iter().map(|entry| entry.surface.as_str()).collect();
    let mut added: BTreeMap<String, Entry> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let mut add = |surface: String, base: String, context: (u16, u16)| {
            if !surface.is_empty() && !known.contains(surface.as_str()) {
                let cost = entry.cost.saturating_add(VARIANT_COST);
                let speech = ("名詞".to_owned(), "一般".to_owned());
                let variant = Entry {
                    surface: surface.clone(),
                    base,
                    context,
                    cost,
                    speech,
                    ..entry.clone()
                };
                added.entry(surface).or_insert(variant);
            }
        };
        let noun =
            entry.speech.0 == "名詞" && matches!(entry.speech.1.as_str(), "一般" | "サ変接続");
        if noun || (entry.speech.0 == "動詞" && entry.form == "連用形") {
            for short in without_okurigana(&entry.surface) {
                add(short.clone(), short, (COMMON_NOUN, COMMON_NOUN));
            }
        }
        if (noun || entry.speech.1 == "固有名詞") && entry.surface.chars().all(is_katakana) {
            let length = entry.surface.chars().count();
            let long = entry.surface.contains('ー');
            // A long mark does not occur in words that are Japanese, so `めーる` is safe from them;
            // without one, only a long word is.
            if noun && index < own && ((long && length >= 3) || length >= 5) {
                let hiragana = entry.surface.chars().map(to_hiragana).collect();
                add(hiragana, entry.base.clone(), entry.context);
            }
            let stemmed = stem(&entry.surface);
            if stemmed != entry.surface {
                add(stemmed.to_owned(), stemmed.to_owned(), entry.context);
            } else if length >= 3 && noun && ends_like_an_agent(&entry.surface) {
                add(format!("{}ー", entry.surface), entry.base.clone(), entry.context);
            }
        }
    }
    added.into_values().collect()
}

/// The loanwords that IPADIC, of 2003, has not: without them クラウド is クラ and ウド.
pub(crate) fn loanwords(entries: &[Entry], forms: &BTreeMap<String, String>) -> Vec<Entry> {
    let known: BTreeSet<&str> = entries
        .iter()
        .filter(|entry| entry.context.0 == COMMON_NOUN)
        .map(|entry| entry.surface.as_str())
        .collect();
    let unknown = forms.iter().filter(|(surface, _)| !known.contains(surface.as_str()));
    unknown
        .map(|(surface, form)| Entry {
            surface: surface.clone(),
            context: (COMMON_NOUN, COMMON_NOUN),
            cost: LOANWORD_COST,
            speech: ("名詞".to_owned(), "一般".to_owned()),
            form: "*".to_owned(),
            base: form.clone(),
            reading: surface.clone(),
        })
        .collect()
}

/// Whether a loanword ends in the vowels that English -er, -or, -ar and -y are written with, where the
/// long mark is a matter of house style (JIS Z 8301).
fn ends_like_an_agent(word: &str) -> bool {
    const VOWELS: &str = "アカサタナハマヤラワガザダバパャイキシチニヒミリギジヂビピ";
    word.chars().last().is_some_and(|last| VOWELS.contains(last))
}

/// A compound of two kanji or more without the kana between its kanji, and without any.
fn without_okurigana(surface: &str) -> Vec<String> {
    let letters: Vec<char> = surface.chars().collect();
    let (Some(first), Some(last)) =
        (letters.iter().position(|&c| is_kanji(c)), letters.iter().rposition(|&c| is_kanji(c)))
    else {
        return Vec::new();
    };
    let inside = letters.iter().take(last).skip(first);
    if first != 0
        || !inside.clone().any(|&c| is_hiragana(c))
        || !letters.iter().all(|&c| is_hiragana(c) || is_kanji(c))
    {
        return Vec::new();
    }
    let bare: String = letters.iter().take(last + 1).filter(|&&c| is_kanji(c)).collect();
    let tail: String = letters.iter().skip(last + 1).collect();
    let mut variants = vec![format!("{bare}{tail}")];
    if !tail.is_empty() {
        variants.push(bare);
    }
    variants
}

/// The hiragana of a katakana letter; any other character itself.
fn to_hiragana(c: char) -> char {
    if matches!(c, 'ァ'..='ヶ') { char::from_u32(c as u32 - 0x60).unwrap_or(c) } else { c }
}
