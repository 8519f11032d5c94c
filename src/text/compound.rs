//! Words that are made of words: 構成プロファイル is found by プロファイル, 関西国際空港 by 空港.
//!
//! 1. where the writer split the word with a middle dot, its parts are the writer's;
//! 2. otherwise the system dictionary cuts the word again, with a price on long words;
//! 3. a cut counts only where the dictionary knows the parts.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::analyzer::unknown_rarity;
use super::dictionary::{Class, Cut, Cutter, Dictionary, Segment};
use super::normalize::character::{is_kanji, is_katakana};
use super::stem::stem;

/// The longest word that is cut again, in characters; what is longer is no word.
const LONGEST: usize = 48;
/// How many words are remembered; a text of a million different compounds is no text.
const MEMORY: usize = 65_536;

/// A part of a word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// Empty for a part that takes a position and is no word to search for (the 書 of 証明書).
    pub(super) term: String,
    /// In katakana; may be empty.
    pub(super) reading: String,
    /// Its bytes in the word.
    pub(super) range: Range<usize>,
    pub(super) rarity: f32,
}

/// The parts of words, remembered.
#[derive(Default)]
pub(super) struct Compounds {
    known: HashMap<String, Arc<[Part]>>,
    segments: Vec<Segment>,
}

impl Compounds {
    /// The parts of `surface`, two or more, or none. `joints` are the places of middle dots in a text
    /// where the word begins at byte `start`.
    pub(super) fn parts(
        &mut self,
        dictionary: &Dictionary,
        cutter: &mut Cutter,
        surface: &str,
        segment: &Segment,
        joints: &[usize],
        start: usize,
    ) -> Arc<[Part]> {
        if joints.is_empty() && !may_be_compound(surface, segment) {
            return Arc::default();
        }
        if !joints.is_empty() {
            return self.at_joints(dictionary, cutter, surface, joints, start);
        }
        if let Some(parts) = self.known.get(surface) {
            return Arc::clone(parts);
        }
        let cut = if segment.is_unknown() { Cut::UnknownParts } else { Cut::Parts };
        let parts = self.cut(dictionary, cutter, surface, cut);
        if self.known.len() < MEMORY {
            self.known.insert(surface.to_owned(), Arc::clone(&parts));
        }
        parts
    }

    /// The parts between middle dots.
    fn at_joints(
        &mut self,
        dictionary: &Dictionary,
        cutter: &mut Cutter,
        surface: &str,
        joints: &[usize],
        start: usize,
    ) -> Arc<[Part]> {
        let mut parts = Vec::new();
        let mut from = 0;
        for to in joints.iter().map(|joint| joint - start).chain([surface.len()]) {
            let Some(piece) = surface.get(from..to).filter(|piece| !piece.is_empty()) else {
                continue;
            };
            cutter.cut(dictionary, piece, Cut::Parts, &mut self.segments);
            let lexeme = match self.segments.as_slice() {
                [whole] => Some(dictionary.lexeme(whole)).filter(|lexeme| !lexeme.term.is_empty()),
                _ => None,
            };
            let term = lexeme.map_or_else(|| stem(piece), |lexeme| lexeme.term);
            parts.push(Part {
                term: term.to_owned(),
                reading: lexeme.map(|lexeme| lexeme.reading.to_owned()).unwrap_or_default(),
                range: from..to,
                rarity: lexeme.map_or_else(|| unknown_rarity(term), |lexeme| lexeme.rarity),
            });
            from = to;
        }
        parts.into()
    }

    /// The parts that the system dictionary finds.
    fn cut(
        &mut self,
        dictionary: &Dictionary,
        cutter: &mut Cutter,
        surface: &str,
        cut: Cut,
    ) -> Arc<[Part]> {
        cutter.cut(dictionary, surface, cut, &mut self.segments);
        let mut parts = Vec::new();
        for segment in &self.segments {
            let piece = surface.get(segment.start..segment.end).unwrap_or_default();
            let lexeme = dictionary.lexeme(segment);
            let length = piece.chars().count();
            // An unknown rest of a loanword (セレクティブ|ワイプ) is a part; one or two letters are none.
            let loanword = length >= 3 && piece.chars().all(is_katakana);
            let latin = piece.chars().all(|c| c.is_ascii_alphanumeric());
            if segment.is_unknown() && !(loanword || latin) {
                return Arc::default();
            }
            // プロファイル is not made of プロ.
            if cut == Cut::UnknownParts && length < 3 {
                return Arc::default();
            }
            let searched = length >= 2 && lexeme.class == Class::Word;
            let term = if lexeme.term.is_empty() { stem(piece) } else { lexeme.term };
            parts.push(Part {
                term: if searched { term.to_owned() } else { String::new() },
                reading: lexeme.reading.to_owned(),
                range: segment.start..segment.end,
                rarity: if segment.is_unknown() { unknown_rarity(term) } else { lexeme.rarity },
            });
        }
        let known = self.segments.iter().any(|segment| !segment.is_unknown());
        if parts.len() < 2 || !known || parts.iter().all(|part| part.term.is_empty()) {
            return Arc::default();
        }
        parts.into()
    }
}

/// Whether a word is long enough to be made of words.
fn may_be_compound(surface: &str, segment: &Segment) -> bool {
    let length = surface.chars().count();
    if length > LONGEST {
        return false;
    }
    if segment.is_user() {
        return length >= 3;
    }
    (length >= 3 && surface.chars().all(is_kanji))
        || (length >= 6 && surface.chars().all(is_katakana))
        || (length >= 5 && surface.chars().any(is_kanji) && surface.chars().any(is_katakana))
}
