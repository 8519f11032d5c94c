//! Where terms are listed in a shard, and which of them were looked up of late: what one query asks for, the next ones do, too.
//!
//! A cache of posting lists in two generations of terms, of which the older one goes when the younger one is full.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tantivy::postings::TermInfo;

use crate::index::read::bm25f::Bm25f;
use crate::index::read::posting::Postings;
use crate::index::schema::Field;

/// Where a term is listed, and what was decoded of it.
#[derive(Debug)]
pub(in crate::index) struct TermLists {
    pub(in crate::index) list: TermInfo,
    /// The word, where it may be in headings.
    pub(in crate::index) word: Option<Box<str>>,
    pub(in crate::index) headings: OnceLock<Option<TermInfo>>,
    pub(in crate::index) counts: OnceLock<Counts>,
    pub(in crate::index) decoded_passages: OnceLock<Postings>,
    pub(in crate::index) decoded_others: OnceLock<Others>,
}

/// How many documents of each kind hold a term.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::index) struct Counts {
    pub(in crate::index) articles: u32,
    pub(in crate::index) passages: u32,
    pub(in crate::index) templates: u32,
}

/// The articles and the templates that hold a term.
#[derive(Debug, Default)]
pub(in crate::index) struct Others {
    pub(in crate::index) articles: Postings,
    pub(in crate::index) templates: Postings,
}

impl Others {
    pub(in crate::index) fn bytes(&self) -> usize {
        self.articles.bytes() + self.templates.bytes()
    }
}

impl TermLists {
    pub(in crate::index) fn new(list: TermInfo, word: Option<Box<str>>) -> Self {
        Self {
            list,
            word,
            headings: OnceLock::new(),
            counts: OnceLock::new(),
            decoded_passages: OnceLock::new(),
            decoded_others: OnceLock::new(),
        }
    }

    pub(in crate::index) fn bytes(&self) -> usize {
        self.decoded_passages.get().map_or(0, Postings::bytes)
            + self.decoded_others.get().map_or(0, Others::bytes)
    }
}

/// The bytes of a generation of a shard.
const GENERATION: usize = 32 << 20;
/// The bytes of a term beside its letters and what is decoded of it.
const TERM: usize = 256;

/// A term's lists; `None` where nothing holds it.
type Known = Option<Arc<TermLists>>;

type Terms = HashMap<Field, HashMap<Box<str>, Known>>;

/// The terms of a shard that were looked up, counted in one way.
pub(in crate::index) struct KnownTerms {
    pub(in crate::index) bm25f: Bm25f,
    generations: Mutex<Generations>,
}

#[derive(Default)]
struct Generations {
    younger: Terms,
    older: Terms,
    /// The bytes of the younger one.
    bytes: usize,
}

impl KnownTerms {
    pub(in crate::index) fn new(bm25f: Bm25f) -> Self {
        Self { bm25f, generations: Mutex::default() }
    }

    /// The lists of a term, which are read where they are not known.
    pub(in crate::index) fn get(
        &self,
        field: Field,
        term: &str,
        read: impl FnOnce() -> Known,
    ) -> Known {
        let known = self.lock().get(field, term);
        known.unwrap_or_else(|| {
            let read = read();
            self.lock().insert(field, term.into(), read.clone());
            read
        })
    }

    /// Notes that so many bytes of a term's lists were decoded.
    pub(in crate::index) fn grow(&self, bytes: usize) {
        self.lock().bytes += bytes;
    }

    fn lock(&self) -> MutexGuard<'_, Generations> {
        self.generations.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    fn get(&mut self, field: Field, term: &str) -> Option<Known> {
        if let Some(known) = self.younger.get(&field).and_then(|terms| terms.get(term)) {
            return Some(known.clone());
        }
        let (term, known) = self.older.get_mut(&field)?.remove_entry(term)?;
        self.insert(field, term, known.clone());
        Some(known)
    }

    fn insert(&mut self, field: Field, term: Box<str>, known: Known) {
        if self.bytes > GENERATION {
            self.older = std::mem::take(&mut self.younger);
            self.bytes = 0;
        }
        self.bytes += TERM + term.len() + known.as_ref().map_or(0, |lists| lists.bytes());
        self.younger.entry(field).or_default().insert(term, known);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::FieldWeights;
    use crate::index::store::manifest::Lengths;

    impl Default for KnownTerms {
        fn default() -> Self {
            Self::new(Bm25f::new(&Lengths::default(), [0; 3], &FieldWeights::default()))
        }
    }

    #[test]
    fn what_comes_again_is_kept_and_what_does_not_is_forgotten() {
        let terms = KnownTerms::default();
        let ask = |term: &str| {
            let mut read = false;
            terms.get(Field::Word, term, || {
                read = true;
                None
            });
            read
        };
        assert!(ask("again") && ask("once"));
        for another in ["one", "two"] {
            terms.grow(GENERATION + 1);
            assert!(ask(another));
            assert!(!ask("again"));
        }
        assert!(ask("once"));
        let mut other = false;
        terms.get(Field::Bigram, "again", || {
            other = true;
            None
        });
        assert!(other, "the same letters in another field are another term");
    }
}
