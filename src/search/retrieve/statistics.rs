//! Where a query's terms are, and how rare over the live passages, smoothed by the dictionary.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::index::{Field, Snapshot, TermPostings};
use crate::search::weights::PRIOR_PASSAGES;

/// Fewer titles or passages are a few about one error.
const MANY_TITLES: u64 = 3;
const MANY_PASSAGES: u64 = 24;

#[derive(Default)]
pub(in crate::search) struct TermInfo<'s> {
    /// How many articles hold it in their titles or front matter.
    pub(in crate::search) articles: u64,
    pub(in crate::search) passages: u64,
    pub(in crate::search) templates: u64,
    /// Who holds it, by shard, in order.
    pub(in crate::search) shards: Vec<(u32, TermPostings<'s>)>,
}

impl<'s> TermInfo<'s> {
    /// Who holds the term in one shard.
    pub(in crate::search) fn in_shard(&self, shard: u32) -> Option<&TermPostings<'s>> {
        let place = self.shards.binary_search_by_key(&shard, |(shard, _)| *shard).ok()?;
        self.shards.get(place).map(|(_, found)| found)
    }
}

/// TermInfo and rarities over a snapshot, for one search: each term is looked up once.
pub(in crate::search) struct Statistics<'s> {
    snapshot: &'s Snapshot,
    passages: f64,
    terms: RefCell<HashMap<Field, HashMap<String, Rc<TermInfo<'s>>>>>,
}

impl<'s> Statistics<'s> {
    pub(in crate::search) fn new(snapshot: &'s Snapshot) -> Self {
        Self { snapshot, passages: snapshot.passages() as f64, terms: RefCell::default() }
    }

    /// How many documents hold the term: articles, passages or templates, whichever are most.
    pub(in crate::search) fn frequency(&self, field: Field, term: &str) -> u64 {
        let info = self.term(field, term);
        info.passages.max(info.articles).max(info.templates)
    }

    /// Whether a word names what the knowledge base is about: half of its titles hold it, or a tenth of its passages.
    pub(in crate::search) fn is_of_most(&self, word: &str) -> bool {
        let info = self.term(Field::Word, word);
        let titles = info.articles >= MANY_TITLES && 2 * info.articles >= self.snapshot.articles();
        titles || info.passages >= MANY_PASSAGES && info.passages as f64 >= self.passages / 10.0
    }

    pub(in crate::search) fn term(&self, field: Field, term: &str) -> Rc<TermInfo<'s>> {
        if let Some(info) = self.terms.borrow().get(&field).and_then(|known| known.get(term)) {
            return Rc::clone(info);
        }
        let mut info = TermInfo::default();
        for (number, found) in self.snapshot.find(field, term) {
            info.articles += u64::from(found.articles);
            info.passages += u64::from(found.passages);
            info.templates += u64::from(found.templates);
            info.shards.push((number, found));
        }
        let info = Rc::new(info);
        let mut known = self.terms.borrow_mut();
        known.entry(field).or_default().insert(term.to_owned(), Rc::clone(&info));
        info
    }

    /// The rarity in nats of a term that `frequency` passages hold and that the dictionary gives
    /// `rarity` (nats, too): the inverse document frequency over the live passages and
    /// [`PRIOR_PASSAGES`] imagined ones, which have the term as often as the dictionary says.
    pub(in crate::search) fn rarity(&self, frequency: u64, rarity: f64) -> f64 {
        smoothed_rarity(self.passages, frequency as f64, rarity)
    }
}

fn smoothed_rarity(passages: f64, frequency: f64, rarity: f64) -> f64 {
    let passages = passages + PRIOR_PASSAGES;
    let frequency = (frequency + PRIOR_PASSAGES * (-rarity).exp()).min(passages);
    (1.0 + (passages - frequency + 0.5) / (frequency + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::smoothed_rarity;

    #[test]
    fn the_dictionary_speaks_where_articles_are_few() {
        let (common, rare) = (smoothed_rarity(30.0, 1.0, 1.0), smoothed_rarity(30.0, 1.0, 10.0));
        assert!(common < 1.5 && rare > 4.0, "{common} {rare}");
    }

    #[test]
    fn the_articles_speak_where_they_are_many() {
        let (common, rare) = (smoothed_rarity(3e5, 10.0, 3.0), smoothed_rarity(3e5, 10.0, 10.0));
        assert!(rare - common < 1.5 && common > 8.0, "{common} {rare}");
    }
}
