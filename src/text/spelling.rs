//! Spelling correction of queries: misspelt loanwords, and words that were typed in kana.
//!
//! 1. [`Spellings::new`] takes the words of the knowledge base, with their readings;
//! 2. [`Spellings::misspelt`] finds loanwords that differ by a slip: a letter left out, doubled or swapped
//!    with its neighbour, or a long vowel written with a letter (シュミレーション, セレクティブワイプ);
//! 3. [`Spellings::read`] finds the words in hiragana that were never turned into kanji or katakana (どうき, ろっく).
//!
//! Another letter in the place of a letter is no slip: オンライン is not オフライン.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::lexicon::{KANA, Section};
use super::normalize::character::{LONG_MARK, is_hiragana, is_katakana, to_katakana};
use super::normalize::normalize;

/// The shortest loanword that a slip may hide, in letters: short ones are neighbours by chance.
const SHORTEST_LOANWORD: usize = 6;
/// The shortest reading that is looked up, in kana.
const SHORTEST_READING: usize = 3;
/// The longest, of a compound of two loanwords.
const LONGEST_READING: usize = 16;
static PARTICLES: Section = KANA.section("particles");
static VERBS: Section = KANA.section("beginnings of verbs");
static SUFFIXES: Section = KANA.section("suffixes");

/// The words of a knowledge base by the ways to spell them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spellings {
    /// Loanwords by the form they have without any one of their letters, and by their whole form.
    loanwords: BTreeMap<String, BTreeSet<(u32, String)>>,
    readings: BTreeMap<String, Vec<u32>>,
}

impl Spellings {
    /// The spellings of the given words: the caller's number, the analyzer's term, and its reading.
    pub fn new<'w>(words: impl IntoIterator<Item = (u32, &'w str, &'w str)>) -> Self {
        let mut spellings = Self::default();
        for (number, term, reading) in words {
            if is_loanword(term) {
                for short in shortened(&form(term)) {
                    spellings.loanwords.entry(short).or_default().insert((number, term.to_owned()));
                }
            }
            // A loanword is read as it is written.
            let reading = if term.chars().all(is_katakana) { term } else { reading };
            if reading.chars().count() >= SHORTEST_READING && reading.chars().all(is_katakana) {
                spellings.readings.entry(reading.to_owned()).or_default().push(number);
            }
        }
        for words in spellings.readings.values_mut() {
            words.sort_unstable();
            words.dedup();
        }
        spellings
    }

    /// The loanwords that `term` may be a misspelling of, by their numbers; never the term itself.
    pub fn misspelt(&self, term: &str) -> Vec<u32> {
        if !is_loanword(term) {
            return Vec::new();
        }
        let form = form(term);
        let forms = shortened(&form);
        let known = forms.iter().filter_map(|short| self.loanwords.get(short)).flatten();
        let slips = known.filter(|(_, it)| it != term && is_slip(&form, &self::form(it)));
        let found: BTreeSet<u32> = slips.map(|&(number, _)| number).collect();
        found.into_iter().collect()
    }

    /// The words of that reading, by their numbers.
    pub fn homophones(&self, reading: &str) -> &[u32] {
        self.readings.get(reading).map_or(&[], Vec::as_slice)
    }

    /// The words that the runs of hiragana in `text` may be the readings of, each with its bytes in the
    /// text. A run counts from its beginning up to its end, to a particle, to a verb's ending, to a suffix or to another such
    /// word, and after a particle or a suffix it begins anew.
    pub fn read(&self, text: &str) -> Vec<(std::ops::Range<usize>, &[u32])> {
        let normalized = normalize(text);
        let mut found = Vec::new();
        let mut run: Vec<(usize, char)> = Vec::new();
        let mut before: Option<char> = None;
        for (at, letter) in normalized.text().char_indices().chain([(normalized.text().len(), ' ')])
        {
            let goes_on = is_hiragana(letter) || !run.is_empty() && letter == LONG_MARK;
            if goes_on && (!run.is_empty() || !before.is_some_and(char::is_alphanumeric)) {
                run.push((at, letter));
            } else if !run.is_empty() {
                run.push((at, letter));
                let words = self.read_run(&run);
                found.extend(words.map(|(range, words)| (normalized.original(range), words)));
                run.clear();
            }
            before = Some(letter);
        }
        found
    }

    /// The words of one run of hiragana; the last letter is the one after it.
    fn read_run<'s>(
        &'s self,
        run: &[(usize, char)],
    ) -> impl Iterator<Item = (std::ops::Range<usize>, &'s [u32])> {
        let mut found = Vec::new();
        let mut rest = run;
        while let Some(&(start, _)) = rest.first() {
            // Of a compound both parts are words (どうきしんこうちゅう).
            let ends = |behind: &[_]| is_end(behind) || self.longest(behind, is_end).is_some();
            let Some((place, words)) = self.longest(rest, ends) else { break };
            let behind = rest.get(place..).unwrap_or_default();
            let next = behind.get(suffix(behind)..).unwrap_or_default();
            found.push((start..next.first().map_or(start, |&(at, _)| at), words));
            let word_is_next = self.longest(next, is_end).is_some();
            // A particle leads to the next word.
            rest = match next {
                [(_, next), after @ ..] if !word_is_next && is_one_of(&PARTICLES, *next) => after,
                _ if word_is_next => next,
                _ => break,
            };
        }
        found.into_iter()
    }

    /// The longest reading that a run begins with, in letters, and its words; what is after it must be an end.
    fn longest(
        &self,
        run: &[(usize, char)],
        ends: impl Fn(&[(usize, char)]) -> bool,
    ) -> Option<(usize, &[u32])> {
        let mut reading = String::new();
        let mut longest = None;
        for (place, &(_, next)) in run.iter().enumerate().take(LONGEST_READING) {
            let words = self.readings.get(&reading);
            if let Some(words) = words.filter(|_| run.get(place..).is_some_and(&ends)) {
                longest = Some((place, words.as_slice()));
            }
            reading.push(to_katakana(next));
        }
        longest
    }
}

/// Whether a word typed in kana may end before what is left of its run.
fn is_end(behind: &[(usize, char)]) -> bool {
    let next = behind.first().map_or(' ', |&(_, next)| next);
    !is_hiragana(next)
        || is_one_of(&PARTICLES, next)
        || is_one_of(&VERBS, next)
        || suffix(behind) > 0
}

fn is_one_of(letters: &[&str], letter: char) -> bool {
    letters.iter().any(|it| it.starts_with(letter))
}

/// The length of the suffix that a run begins with.
fn suffix(run: &[(usize, char)]) -> usize {
    let is = |it: &&&str| {
        it.chars().count() <= run.len() && it.chars().zip(run).all(|(a, &(_, b))| a == b)
    };
    SUFFIXES.iter().find(is).map_or(0, |it| it.chars().count())
}

fn is_loanword(term: &str) -> bool {
    term.chars().all(is_katakana) && term.chars().count() >= SHORTEST_LOANWORD
}

/// A loanword with long marks for all long vowels (インターフエイス, インタフエース): the one matter of spelling.
fn form(term: &str) -> String {
    let mut form = String::with_capacity(term.len());
    let mut before = None;
    for letter in term.chars() {
        let lengthens = match letter {
            'イ' => before.is_some_and(|c| vowel(c) == 'エ'),
            'ウ' => before.is_some_and(|c| vowel(c) == 'オ'),
            _ => false,
        };
        form.push(if lengthens { LONG_MARK } else { letter });
        before = Some(letter);
    }
    form
}

/// The vowel of a katakana in the rows that end in e or o; any other character stands for the rest.
fn vowel(c: char) -> char {
    match c {
        'エ' | 'ケ' | 'ゲ' | 'セ' | 'ゼ' | 'テ' | 'デ' | 'ネ' | 'ヘ' | 'ベ' | 'ペ' | 'メ'
        | 'レ' => 'エ',
        'オ' | 'コ' | 'ゴ' | 'ソ' | 'ゾ' | 'ト' | 'ド' | 'ノ' | 'ホ' | 'ボ' | 'ポ' | 'モ'
        | 'ロ' | 'ョ' | 'ヨ' => 'オ',
        other => other,
    }
}

/// A form, and the form without each one of its letters: two words within a slip share one of them.
fn shortened(form: &str) -> BTreeSet<String> {
    let without =
        |left: usize| form.chars().enumerate().filter(move |&(at, _)| at != left).map(|(_, c)| c);
    (0..=form.chars().count()).map(|left| without(left).collect()).collect()
}

/// Whether two forms are the same, or the same but for one letter left out or two neighbours swapped.
fn is_slip(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let (letters, others) = (sorted(one), sorted(other));
    let is_replaced = letters.len() == others.len() && letters != others;
    !is_replaced && strsim::osa_distance(one, other) <= 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Spellings;

    const WORDS: [(&str, &str); 10] = [
        ("シミュレーション", "シミュレーション"),
        ("セレクテイブワイプ", ""),
        ("オンライン", ""),
        ("ブラツクリスト", ""),
        ("インターフエース", ""),
        ("同期", "ドウキ"),
        ("動機", "ドウキ"),
        ("更新", "コウシン"),
        ("端末", "タンマツ"),
        ("進行", "シンコウ"),
    ];

    fn spellings() -> Spellings {
        Spellings::new((0..).zip(WORDS).map(|(number, (term, reading))| (number, term, reading)))
    }

    fn names(numbers: &[u32]) -> Vec<&'static str> {
        numbers.iter().filter_map(|&n| WORDS.get(n as usize)).map(|&(term, _)| term).collect()
    }

    crate::source::cases! {
        slips: |term| names(&spellings().misspelt(term)).join(" ");
        words_of_a_reading: |reading| names(spellings().homophones(reading)).join(" ");
        words_typed_in_kana: |text| {
            let spellings = spellings();
            let word = |(range, numbers): (std::ops::Range<usize>, &[u32])| {
                format!("{} {}", shown(text.get(range)), names(numbers).join(" "))
            };
            listed(spellings.read(text).into_iter().map(word))
        };
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>()) {
            for (range, _) in spellings().read(&text) {
                prop_assert!(text.get(range).is_some());
            }
            let _ = spellings().misspelt(&text);
        }
    }
}
