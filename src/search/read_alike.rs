//! Whether a message is a wording, read letter by letter by an eye or a machine that mistakes letters.
//!
//! Text recognition takes プ for ブ and I for l, and each mistake makes another word. Pairs of letters bear that: a wrong letter
//! costs two of them, another wording most.

use super::weights::READ_WORDING;
use std::collections::BTreeMap;

use crate::text::fold;

/// The longest texts that are compared, in letters.
const LONGEST: usize = 400;
/// Shorter wordings have too few pairs to tell.
const SHORTEST: usize = 16;

/// Whether `message` has the wording, but for letters that look alike. What the wording leaves open counts for nothing.
pub(super) fn read_alike(wording: &str, message: &str) -> bool {
    let wording = pairs(&without_blanks(wording));
    let held = pairs(message);
    let all: usize = wording.values().sum();
    let found: usize =
        wording.iter().map(|(pair, count)| held.get(pair).map_or(0, |held| *count.min(held))).sum();
    all >= SHORTEST && found as f64 >= READ_WORDING * all as f64
}

fn without_blanks(wording: &str) -> String {
    let mut out = String::with_capacity(wording.len());
    let mut depth = 0_usize;
    for letter in wording.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

/// The pairs of neighbouring letters, each letter as the one that it is taken for.
fn pairs(text: &str) -> BTreeMap<(char, char), usize> {
    let letters: Vec<char> = fold(text)
        .chars()
        .filter(|letter| letter.is_alphabetic() || *letter == 'ー')
        .map(taken_for)
        .take(LONGEST)
        .collect();
    let mut pairs = BTreeMap::new();
    for pair in letters.windows(2) {
        if let [first, second] = pair {
            *pairs.entry((*first, *second)).or_insert(0) += 1;
        }
    }
    pairs
}

/// One letter for those that are mistaken for each other.
fn taken_for(letter: char) -> char {
    match letter {
        'バ' | 'パ' => 'ハ',
        'ビ' | 'ピ' => 'ヒ',
        'ブ' | 'プ' => 'フ',
        'ベ' | 'ペ' | 'ヘ' | 'べ' | 'ぺ' => 'へ',
        'ボ' | 'ポ' => 'ホ',
        'ば' | 'ぱ' => 'は',
        'び' | 'ぴ' => 'ひ',
        'ぶ' | 'ぷ' => 'ふ',
        'ぼ' | 'ぽ' => 'ほ',
        'i' | 'l' | '|' => 'l',
        'o' => '0',
        '一' => 'ー',
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ロ' | '口' => 'ロ',
        'カ' | '力' => 'カ',
        'ニ' | '二' => 'ニ',
        'エ' | '工' => 'エ',
        other => other,
    }
}

#[cfg(test)]
crate::source::cases! {
    misread_messages: |it| { let (wording, message) = two(it); read_alike(wording, message) };
}
