//! How frequent the words are, and which of them are one, by chiVe's list.
//!
//! chiVe counts words in Sudachi's normalized form: 出来る for できる, 見付ける for 見つける, 子供 for 子ども. So a
//! spelling that the list lacks, and that is read like exactly one word of the list, is that word, where
//! the two share their kanji or the spelling has none.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::{Class, Entry};
use crate::normalize::character::{is_hiragana, is_kanji, is_katakana};
use crate::normalize::normalize;
use crate::stem::stem;

/// How frequent the words are.
pub(crate) struct Ranks {
    /// Each term's row and rank.
    pub(crate) words: BTreeMap<String, (u16, usize)>,
    /// The terms that are another one, spelt otherwise.
    merged: BTreeMap<String, String>,
}

/// An entry, what the analyzer does with it, and its term.
type Written = (Entry, Class, String);

impl Ranks {
    /// Finds chiVe's words, given with their rows, most frequent first, among the entries. What no entry has
    /// is a word only where the analyzer would leave it whole: a loanword, a Latin word.
    pub(crate) fn of(written: &[Written], frequent: &[(String, u16)]) -> Self {
        let mut surfaces: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut native: BTreeSet<&str> = BTreeSet::new();
        for (entry, _, term) in bases(written) {
            surfaces.entry(&entry.surface).or_default().insert(term);
            if entry.surface.chars().all(is_hiragana) {
                native.insert(term);
            }
        }
        let mut words: BTreeMap<String, (u16, usize)> = BTreeMap::new();
        let mut bare: BTreeMap<String, (u16, usize)> = BTreeMap::new();
        for (rank, (word, row)) in frequent.iter().enumerate() {
            let spelled = normalize(word);
            let spelled = spelled.text();
            let whole = spelled.chars().all(is_katakana)
                || spelled.chars().all(|c| c.is_ascii_alphanumeric());
            if let Some(terms) = surfaces.get(spelled) {
                for term in terms {
                    words.entry((*term).to_owned()).or_insert((*row, rank));
                }
            } else if whole && native.contains(spelled) {
                // スベテ stands for すべて, which chiVe counts as 全て.
            } else if whole {
                words.entry(stem(spelled).to_owned()).or_insert((*row, rank));
            } else {
                // 日付け, which IPADIC writes 日付.
                let kanji: String = spelled.chars().filter(|&c| !is_hiragana(c)).collect();
                if kanji.chars().count() >= 2 && kanji.chars().all(is_kanji) {
                    bare.entry(kanji).or_insert((*row, rank));
                }
            }
        }
        for (_, _, term) in bases(written) {
            if let Some(&place) = bare.get(term).filter(|_| !words.contains_key(term)) {
                words.insert(term.clone(), place);
            }
        }
        let merged = merge(written, &words);
        Self { words, merged }
    }

    /// The term that `term` is a spelling of; itself mostly.
    pub(crate) fn merged<'t>(&'t self, term: &'t str) -> &'t str {
        self.merged.get(term).map_or(term, String::as_str)
    }

    /// The rank of an entry's term. An adverb that the list cuts (常に) has that of its first part.
    pub(crate) fn rank(&self, entry: &Entry, term: &str) -> Option<usize> {
        let first = term.strip_suffix(['に', 'で', 'と']).filter(|_| entry.speech.0 == "副詞");
        let place = self.words.get(term).or_else(|| self.words.get(first?));
        place.map(|&(_, rank)| rank)
    }
}

/// The entries that are words, in their base forms.
fn bases(written: &[Written]) -> impl Iterator<Item = &Written> {
    written.iter().filter(|(entry, class, _)| {
        matches!(class, Class::Word | Class::Light)
            && (entry.base == entry.surface || entry.surface.chars().all(is_katakana))
            && entry.speech.1 != "固有名詞"
    })
}

/// The terms without a rank that are a spelling of one that has a rank.
fn merge(written: &[Written], words: &BTreeMap<String, (u16, usize)>) -> BTreeMap<String, String> {
    let mut read: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for (entry, _, term) in bases(written) {
        if words.contains_key(term) {
            read.entry((&entry.speech.0, &entry.reading)).or_default().insert(term);
        }
    }
    // A spelling that may be two words is none of them.
    let mut merged: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (entry, _, term) in bases(written) {
        if words.contains_key(term) {
            continue;
        }
        let first = term.chars().next().filter(|&c| is_kanji(c));
        let kana = !term.chars().any(is_kanji);
        let candidates = read.get(&(entry.speech.0.as_str(), entry.reading.as_str()));
        let shared =
            |candidate: &&&str| kana || first.is_some_and(|first| candidate.starts_with(first));
        merged.entry(term).or_default().extend(candidates.into_iter().flatten().filter(shared));
    }
    merged
        .into_iter()
        .filter_map(|(term, words)| match words.first() {
            Some(&word) if words.len() == 1 => Some((term.to_owned(), word.to_owned())),
            _ => None,
        })
        .collect()
}
