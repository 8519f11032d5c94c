//! Passages with their titles, folded: the same few are looked at again and again, within an answer and by the next ones.
//!
//! To fold a text takes much longer than to find it among those that were folded of late. They are kept in two generations, of
//! which the older one goes when the younger one is full; what is kept never shows, for it is found by its whole text.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::index::{StoredArticle, StoredPassage};
use crate::text::fold;

/// The bytes of a generation of a thread.
const GENERATION: usize = 2 << 20;

#[derive(Default)]
struct Known {
    younger: FxHashMap<String, Rc<str>>,
    older: FxHashMap<String, Rc<str>>,
    /// The bytes of the younger one.
    bytes: usize,
}

/// The title of an article, and a passage with its headings, folded.
pub(super) fn whole(article: &StoredArticle, passage: &StoredPassage) -> Rc<str> {
    thread_local! {
        static KNOWN: RefCell<Known> = RefCell::default();
    }
    let text = format!("{}\n{}\n{}", article.title, passage.section.join("\n"), passage.markdown);
    KNOWN.with_borrow_mut(|known| known.fold(text))
}

impl Known {
    fn fold(&mut self, text: String) -> Rc<str> {
        if let Some(folded) = self.younger.get(&text) {
            return Rc::clone(folded);
        }
        if self.bytes > GENERATION {
            self.older = std::mem::take(&mut self.younger);
            self.bytes = 0;
        }
        self.bytes += 2 * text.len();
        let folded = self.older.remove(&text).unwrap_or_else(|| fold(&text).into());
        self.younger.insert(text, Rc::clone(&folded));
        folded
    }
}

#[cfg(test)]
mod tests {
    use super::{GENERATION, Known};
    use crate::text::fold;

    #[test]
    fn what_is_kept_is_what_would_be_folded() {
        let mut known = Known::default();
        let long = "ｱ".repeat(GENERATION / 3);
        for text in ["ＡＢＣ", &long, "ＡＢＣ", "ｶﾅ", &long, "ＡＢＣ", "ｶﾅ"] {
            assert_eq!(*known.fold(text.to_owned()), *fold(text));
            assert!(known.younger.len() + known.older.len() <= 3);
        }
    }
}
