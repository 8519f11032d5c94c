//! Words that are made of words: 構成プロファイル is found by プロファイル, 関西国際空港 by 空港.
//!
//! 1. where the writer split the word with a middle dot, its parts are the writer's ([`at_boundaries`]);
//! 2. a loanword that the system dictionary does not know is split where known loanwords end or begin ([`loanwords`]);
//! 3. a compound with okurigana is split into two known words (期限切れ);
//! 4. any other long word is cut again by the system dictionary, with a price on long words
//!    ([`Compounds::cut`]); a cut counts only where the dictionary knows the parts.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::dictionary::{Class, Dictionary, Lexeme, Segment, SegmentMode, Segmenter, known};
use super::normalize::character::{is_hiragana, is_kanji, is_katakana};
use super::stem::stem;
use super::words::unknown_rarity;

/// The longest word that is cut again, in characters; what is longer is no word.
const LONGEST: usize = 48;
/// The shortest loanword that is a part of another, in characters: プロファイル is not made of プロ.
const SHORTEST_LOANWORD: usize = 3;
/// How many words are remembered; a text of a million different compounds is no text.
const MEMORY: usize = 65_536;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Subword {
    /// Empty for a part that takes a position and is no word to search for (the 書 of 証明書).
    pub(super) term: String,
    /// In katakana; may be empty.
    pub(super) reading: String,
    pub(super) range: Range<usize>,
    pub(super) rarity: f32,
}

impl Subword {
    /// The part at `range` of a word that is written `piece`.
    fn new(piece: &str, range: Range<usize>, lexeme: Option<Lexeme<'_>>) -> Self {
        let known = lexeme.filter(|lexeme| !lexeme.term.is_empty());
        let term = known.map_or_else(|| stem(piece), |lexeme| lexeme.term);
        Self {
            term: term.to_owned(),
            reading: known.map(|lexeme| lexeme.reading.to_owned()).unwrap_or_default(),
            range,
            rarity: known.map_or_else(|| unknown_rarity(term), |lexeme| lexeme.rarity),
        }
    }
}

/// The parts of words, remembered.
#[derive(Default)]
pub(super) struct Compounds {
    known: HashMap<String, Arc<[Subword]>>,
    segments: Vec<Segment>,
}

impl Compounds {
    /// The parts of `surface`, two or more, or none. `boundaries` are the places of middle dots in a text
    /// where the word begins at byte `start`.
    pub(super) fn parts(
        &mut self,
        dictionary: &Dictionary,
        segmenter: &mut Segmenter,
        surface: &str,
        segment: &Segment,
        boundaries: &[usize],
        start: usize,
    ) -> Arc<[Subword]> {
        if !boundaries.is_empty() {
            return at_boundaries(surface, boundaries, start).into();
        }
        let Some(form) = Form::of(surface, segment) else { return Arc::default() };
        if let Some(parts) = self.known.get(surface) {
            return Arc::clone(parts);
        }
        let parts: Arc<[Subword]> = match form {
            Form::Loanword if known(surface).is_none() => loanwords(surface).into(),
            Form::Inflected => pair(surface).into(),
            Form::Loanword | Form::Compound => self.cut(dictionary, segmenter, surface).into(),
        };
        if self.known.len() < MEMORY {
            self.known.insert(surface.to_owned(), Arc::clone(&parts));
        }
        parts
    }

    /// The parts that the system dictionary finds.
    fn cut(
        &mut self,
        dictionary: &Dictionary,
        segmenter: &mut Segmenter,
        surface: &str,
    ) -> Vec<Subword> {
        segmenter.segment(dictionary, surface, SegmentMode::Parts, &mut self.segments);
        let mut parts = Vec::new();
        for segment in &self.segments {
            let piece = surface.get(segment.start..segment.end).unwrap_or_default();
            let lexeme = dictionary.lexeme(segment);
            let length = piece.chars().count();
            // An unknown part may be a loanword or a Latin word; one or two letters are neither.
            let loanword = length >= SHORTEST_LOANWORD && piece.chars().all(is_katakana);
            let latin = piece.chars().all(|c| c.is_ascii_alphanumeric());
            if segment.is_unknown() && !(loanword || latin) {
                return Vec::new();
            }
            let mut part = Subword::new(piece, segment.start..segment.end, Some(lexeme));
            if length < 2 || lexeme.class != Class::Word {
                part.term.clear();
            }
            parts.push(part);
        }
        let known = self.segments.iter().any(|segment| !segment.is_unknown());
        if parts.len() < 2 || !known || parts.iter().all(|part| part.term.is_empty()) {
            return Vec::new();
        }
        parts
    }
}

/// How a word may be made of words.
enum Form {
    /// Katakana: where the system dictionary does not know it as a whole, of loanwords.
    Loanword,
    /// Three kanji or more, with kana between or after them.
    Inflected,
    /// Kanji, loanwords, or both.
    Compound,
}

impl Form {
    /// How `surface` may be made of words; `None` where it is too short for that.
    fn of(surface: &str, segment: &Segment) -> Option<Self> {
        let length = surface.chars().count();
        let kanji = surface.chars().filter(|&c| is_kanji(c)).count();
        let katakana = surface.chars().filter(|&c| is_katakana(c)).count();
        let hiragana = surface.chars().filter(|&c| is_hiragana(c)).count();
        if length > LONGEST {
            None
        } else if segment.is_user() && katakana < length {
            (length >= 3).then_some(Self::Compound)
        } else if katakana == length {
            (length >= 2 * SHORTEST_LOANWORD).then_some(Self::Loanword)
        } else if kanji >= 3 && kanji + hiragana == length && hiragana > 0 {
            Some(Self::Inflected)
        } else {
            let mixed = length >= 5 && kanji > 0 && katakana > 0;
            (mixed || kanji >= 3 && kanji == length).then_some(Self::Compound)
        }
    }
}

/// The parts between middle dots.
fn at_boundaries(surface: &str, boundaries: &[usize], start: usize) -> Vec<Subword> {
    let mut parts = Vec::new();
    let mut from = 0;
    for to in boundaries.iter().map(|boundary| boundary - start).chain([surface.len()]) {
        if let Some(piece) = surface.get(from..to).filter(|piece| !piece.is_empty()) {
            parts.push(Subword::new(piece, from..to, known(piece)));
            from = to;
        }
    }
    parts
}

/// The loanwords that an unknown one is made of: the longest known one at its end is split off, over and
/// over, then the longest at the beginning of what is left.
fn loanwords(surface: &str) -> Vec<Subword> {
    let mut parts = Vec::new();
    let mut rest = surface;
    while known(rest).is_none()
        && let Some((before, last)) =
            splits(rest, 2).find(|split| leaves_a_word(split) && known(split.1).is_some())
    {
        parts.push(Subword::new(last, before.len()..rest.len(), known(last)));
        rest = before;
    }
    if known(rest).is_none()
        && let Some((first, behind)) =
            splits(rest, SHORTEST_LOANWORD).filter(|(first, _)| known(first).is_some()).last()
    {
        parts.push(Subword::new(behind, first.len()..rest.len(), None));
        rest = first;
    }
    parts.push(Subword::new(rest, 0..rest.len(), known(rest)));
    parts.reverse();
    if parts.len() < 2 { Vec::new() } else { parts }
}

/// Whether both sides of a split are long enough; two letters are so before a long word (オフ, イン).
fn leaves_a_word((before, last): &(&str, &str)) -> bool {
    let (before, last) = (before.chars().count(), last.chars().count());
    last >= SHORTEST_LOANWORD && (before >= SHORTEST_LOANWORD || last >= 5)
}

/// The two known words that a compound with okurigana is made of.
fn pair(surface: &str) -> Vec<Subword> {
    splits(surface, 2)
        .find_map(|(first, last)| {
            let lexemes = (known(first)?, known(last)?);
            let at = first.len();
            let first = Subword::new(first, 0..at, Some(lexemes.0));
            Some(vec![first, Subword::new(last, at..surface.len(), Some(lexemes.1))])
        })
        .unwrap_or_default()
}

/// The ways to split a word in two of at least `shortest` characters each, the shortest beginning first.
fn splits(word: &str, shortest: usize) -> impl Iterator<Item = (&str, &str)> {
    let length = word.chars().count();
    let places = word.char_indices().take((length + 1).saturating_sub(shortest)).skip(shortest);
    places.filter_map(|(at, _)| word.split_at_checked(at))
}
