//! The operations of `lexicon/destructive.txt`, ready to be found in a folded sentence.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};

use super::Operations;
use crate::text::lexicon::DESTRUCTIVE;
use crate::text::{half_width, spelled_alone};

/// The sections of the list that are operations. Of two that share a word the one that comes first is meant where
/// its object is named: clearing a TPM before deleting.
const OPERATIONS: &[&str] = &[
    "tpm",
    "selective wipe",
    "wipe",
    "restore",
    "format",
    "initialize",
    "uninstall",
    "inactivate",
    "retire",
    "register again",
    "unregister",
    "release",
    "cancel all",
    "delete",
];

pub(super) fn operation(name: &str) -> Operations {
    let place = OPERATIONS.iter().position(|operation| *operation == name);
    place.map_or_else(Operations::default, |place| Operations(1 << place))
}

/// How a word goes on: a noun with する, or a verb by the kana that it ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Conjugation {
    /// A noun, alone or with する.
    Noun,
    /// 消す.
    Su,
    /// 取り除く.
    Ku,
    /// 離れる.
    Ru,
    /// 行う.
    U,
    /// 選ぶ.
    Bu,
    /// 送る.
    Ra,
}

/// The object without which a word loses nothing.
#[derive(Debug)]
pub(super) enum Object {
    /// Nothing: the word says it all.
    Any,
    /// One of these, in the words before it (in English, after it).
    Near(Vec<&'static str>),
    /// One of these, as what the word is done to.
    Direct(Vec<&'static str>),
    /// One of these, if anything is named as what the word is done to.
    Unless(Vec<&'static str>),
}

#[derive(Debug)]
pub(super) struct Word {
    pub(super) operation: Operations,
    pub(super) stem: String,
    pub(super) conjugation: Conjugation,
    pub(super) object: Object,
}

/// The list by the first letter of its words.
#[derive(Debug)]
pub(super) struct OperationWords {
    words: Vec<Word>,
    /// Finds whether any word is in a sentence: in most none does.
    any: AhoCorasick,
    /// The words that begin with a letter of that low byte, each after its letter, the longest first.
    by_letter: Vec<Vec<(char, u16)>>,
    /// Compounds that only look like a word of the list.
    spared: AhoCorasick,
    /// Whether one of them begins with a letter of that low byte.
    spared_letters: [bool; 256],
    pub(super) trifles: &'static [String],
}

pub(super) static WORDS: LazyLock<OperationWords> = LazyLock::new(OperationWords::new);

impl OperationWords {
    fn new() -> Self {
        let mut words = Vec::new();
        for name in OPERATIONS {
            words.extend(DESTRUCTIVE.entries(name).iter().map(|it| word(it, operation(name))));
        }
        let mut by_letter = vec![Vec::new(); 256];
        let mut order: Vec<(u16, &Word)> = (0..).zip(&words).collect();
        // The sort is stable: of words of one length the first operation is tried first.
        order.sort_by_key(|(_, word)| std::cmp::Reverse(word.stem.len()));
        for (at, word) in order {
            let first = word.stem.chars().next().expect("no word is empty");
            by_letter[low_byte(first)].push((first, at));
        }
        let spared = AhoCorasick::builder()
            .start_kind(StartKind::Anchored)
            .match_kind(MatchKind::LeftmostLongest)
            .build(DESTRUCTIVE.entries("spared"))
            .expect("the list has a few hundred words");
        let mut spared_letters = [false; 256];
        for first in DESTRUCTIVE.entries("spared").iter().filter_map(|it| it.chars().next()) {
            spared_letters[low_byte(first)] = true;
        }
        let any = AhoCorasick::new(words.iter().map(|word| &word.stem));
        let any = any.expect("the list has a few hundred words");
        Self {
            words,
            any,
            by_letter,
            spared,
            spared_letters,
            trifles: DESTRUCTIVE.entries("trifles"),
        }
    }

    /// Whether a word of an operation is in a folded sentence, whatever it is done to.
    pub(super) fn speaks_of(&self, sentence: &str, operation: Operations) -> bool {
        let mut words = self.words.iter().filter(|word| word.operation == operation);
        words.any(|word| sentence.contains(&word.stem))
    }

    /// Whether a word is in a folded sentence.
    pub(super) fn stands_in(&self, sentence: &str) -> bool {
        self.any.is_match(sentence)
    }

    /// The words that `rest` begins with, the longest first.
    pub(super) fn at<'w>(&'w self, rest: &'w str) -> impl Iterator<Item = &'w Word> + 'w {
        let first = rest.chars().next().map_or(0, low_byte);
        let bucket = self.by_letter.get(first).map_or(&[][..], Vec::as_slice);
        let words = bucket.iter().filter_map(|&(_, at)| self.words.get(usize::from(at)));
        words.filter(move |word| rest.starts_with(word.stem.as_str()))
    }

    /// How many bytes of `rest` are a compound that only looks like a word of the list.
    pub(super) fn spared_at(&self, rest: &str) -> usize {
        if !rest.chars().next().is_some_and(|first| self.spared_letters[low_byte(first)]) {
            return 0;
        }
        let spared = self.spared.find(Input::new(rest).anchored(Anchored::Yes));
        spared.map_or(0, |spared| spared.len())
    }

    /// Whether any word may be in `text`, which need not be folded: a text of megabytes is scanned once, and only
    /// what may hold a step is looked at.
    pub(super) fn may_stand_in(&self, text: &str) -> bool {
        // Letters of full width, and marks like `（`, are folded to ASCII.
        let mut letters = text.chars().map(|letter| half_width(letter).to_ascii_lowercase());
        while let Some(letter) = letters.next() {
            let may_begin = |&(first, at): &(char, u16)| {
                let word = self.words.get(usize::from(at)).filter(|_| first == letter);
                word.is_some_and(|it| may_go_on(it.stem.chars().skip(1), letters.clone()))
            };
            // Halfwidth kana and sound marks fold to others.
            if matches!(letter, '\u{ff5f}'..='\u{ffef}' | '\u{3099}' | '\u{309a}')
                || self.by_letter[low_byte(letter)].iter().any(may_begin)
            {
                return true;
            }
        }
        false
    }
}

/// Whether a text, which need not be folded, may go on with the rest of a word: it does up to a letter that may have
/// another spelling, or to the end of the word.
fn may_go_on(rest: impl Iterator<Item = char>, mut text: impl Iterator<Item = char>) -> bool {
    for letter in rest {
        match text.next().map(spelled_alone) {
            Some(Some(written)) if written == letter => {}
            Some(None) => return true,
            _ => return false,
        }
    }
    true
}

fn low_byte(letter: char) -> usize {
    (u32::from(letter) & 0xFF) as usize
}

/// Reads `word`, `word < section…`, `word << section…` or `word ? section…`.
fn word(entry: &str, operation: Operations) -> Word {
    let objects = |names: &str| -> Vec<&'static str> {
        let lists = names.split_whitespace().map(|name| DESTRUCTIVE.entries(&format!("of {name}")));
        lists.flatten().map(String::as_str).collect()
    };
    let (written, object) = if let Some((word, names)) = entry.split_once(" << ") {
        (word, Object::Direct(objects(names)))
    } else if let Some((word, names)) = entry.split_once(" < ") {
        (word, Object::Near(objects(names)))
    } else if let Some((word, names)) = entry.split_once(" ? ") {
        (word, Object::Unless(objects(names)))
    } else {
        (entry, Object::Any)
    };
    let (stem, conjugation) = conjugation(written);
    Word { operation, stem: stem.to_owned(), conjugation, object }
}

/// The stem of a dictionary form, and how it goes on.
fn conjugation(word: &str) -> (&str, Conjugation) {
    let endings = [('す', Conjugation::Su), ('く', Conjugation::Ku), ('る', Conjugation::Ru)];
    let mut found =
        endings.into_iter().filter_map(|(kana, how)| Some((word.strip_suffix(kana)?, how)));
    found.next().unwrap_or((word, Conjugation::Noun))
}
