//! Passages with their titles, folded: the same few are looked at again and again, within an answer and by the next ones.
//!
//! To fold a text takes much longer than to find it among those that were folded of late. They are kept in two generations, of
//! which the older one goes when the younger one is full; what is kept never shows, for it is found by its whole text.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::index::{StoredArticle, StoredPassage};
use crate::text::fold;

/// A folded text in which many words are looked for, of which few are there: which pairs of letters it has is noted first (a Bloom
/// filter of one hash).
pub(super) struct Folded {
    text: String,
    pairs: [u64; PAIRS / u64::BITS as usize],
}

/// How many kinds of pairs are told apart.
const PAIRS: usize = 4096;

impl Folded {
    pub(super) fn contains(&self, part: &str) -> bool {
        let may_have =
            pairs(part).all(|(word, bit)| self.pairs.get(word).is_some_and(|it| it & bit != 0));
        may_have && self.text.contains(part)
    }
}

impl From<String> for Folded {
    /// Takes a text that is folded.
    fn from(text: String) -> Self {
        let mut noted = [0; PAIRS / u64::BITS as usize];
        for (word, bit) in pairs(&text) {
            if let Some(word) = noted.get_mut(word) {
                *word |= bit;
            }
        }
        Self { text, pairs: noted }
    }
}

impl Deref for Folded {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// The pairs of neighbouring letters of a text, each as a word of [`Folded::pairs`] and a bit of it.
fn pairs(text: &str) -> impl Iterator<Item = (usize, u64)> {
    let mut letters = text.chars().map(u32::from);
    let mut before = letters.next().unwrap_or_default();
    letters.map(move |letter| {
        let pair = (before.rotate_left(16) ^ letter).wrapping_mul(0x9e37_79b9)
            >> (u32::BITS - PAIRS.ilog2());
        before = letter;
        ((pair / u64::BITS) as usize, 1 << (pair % u64::BITS))
    })
}

/// The bytes of a generation of a thread.
const GENERATION: usize = 2 << 20;

#[derive(Default)]
struct Known {
    younger: FxHashMap<String, Rc<Folded>>,
    older: FxHashMap<String, Rc<Folded>>,
    /// The bytes of the younger one.
    bytes: usize,
}

/// The title of an article, and a passage with its headings, folded.
pub(super) fn whole(article: &StoredArticle, passage: &StoredPassage) -> Rc<Folded> {
    thread_local! {
        static KNOWN: RefCell<Known> = RefCell::default();
    }
    let text = format!("{}\n{}\n{}", article.title, passage.section.join("\n"), passage.markdown);
    KNOWN.with_borrow_mut(|known| known.fold(text))
}

impl Known {
    fn fold(&mut self, text: String) -> Rc<Folded> {
        if let Some(folded) = self.younger.get(&text) {
            return Rc::clone(folded);
        }
        if self.bytes > GENERATION {
            self.older = std::mem::take(&mut self.younger);
            self.bytes = 0;
        }
        self.bytes += 2 * text.len();
        let folded = self.older.remove(&text).unwrap_or_else(|| Rc::new(fold(&text).into()));
        self.younger.insert(text, Rc::clone(&folded));
        folded
    }
}

#[cfg(test)]
mod tests {
    use super::{Folded, GENERATION, Known};
    use crate::text::fold;

    #[test]
    fn a_part_is_found_where_the_text_has_it() {
        let text = "同期が完了しない端末 (ios 17)";
        let folded = Folded::from(text.to_owned());
        let ends = || (0..=text.len()).filter(|&at| text.is_char_boundary(at));
        for (start, end) in ends().flat_map(|start| ends().map(move |end| (start, end))) {
            assert!(text.get(start..end).is_none_or(|part| folded.contains(part)), "{start} {end}");
        }
        assert!(!folded.contains("期同") && !folded.contains("同期する") && !folded.contains("ト"));
    }

    #[test]
    fn what_is_kept_is_what_would_be_folded() {
        let mut known = Known::default();
        let long = "ｱ".repeat(GENERATION / 3);
        for text in ["ＡＢＣ", &long, "ＡＢＣ", "ｶﾅ", &long, "ＡＢＣ", "ｶﾅ"] {
            assert_eq!(**known.fold(text.to_owned()), *fold(text));
            assert!(known.younger.len() + known.older.len() <= 3);
        }
    }
}
