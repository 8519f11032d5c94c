//! How rare a word is, over the live passages, smoothed by the dictionary.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, Term};

use super::weights::PRIOR_PASSAGES;
use crate::index::{Fields, Snapshot};

/// Where a term stands: the segments that hold it, in order, with where its postings are.
pub(super) type Places = Rc<Vec<(u32, TermInfo)>>;

/// Rarity over a snapshot, for one search: each term is looked up once.
pub(super) struct Statistics<'s> {
    snapshot: &'s Snapshot,
    passages: f64,
    /// By field, one reader a segment.
    indexes: RefCell<HashMap<Field, Rc<Vec<Arc<InvertedIndexReader>>>>>,
    places: RefCell<HashMap<(Field, String), Places>>,
}

impl<'s> Statistics<'s> {
    pub(super) fn new(snapshot: &'s Snapshot) -> Self {
        Self {
            snapshot,
            passages: snapshot.passages() as f64,
            indexes: RefCell::default(),
            places: RefCell::default(),
        }
    }

    pub(super) fn fields(&self) -> Fields {
        self.snapshot.fields()
    }

    /// The mean length of a field in terms, over the documents that have the field.
    pub(super) fn average_length(&self, field: Field) -> f64 {
        let fields = self.fields();
        let terms: u64 = self.indexes(field).iter().map(|index| index.total_num_tokens()).sum();
        let of_articles = field == fields.title || field == fields.title_bigram;
        let documents =
            if of_articles { self.snapshot.articles() } else { self.snapshot.passages() };
        (terms as f64 / documents.max(1) as f64).max(1.0)
    }

    /// In how many documents a field holds the term.
    pub(super) fn frequency(&self, field: Field, term: &str) -> u64 {
        self.places(field, term).iter().map(|(_, info)| u64::from(info.doc_freq)).sum()
    }

    /// The segments that hold the term in a field.
    pub(super) fn places(&self, field: Field, term: &str) -> Places {
        let key = (field, term.to_owned());
        if let Some(places) = self.places.borrow().get(&key) {
            return Rc::clone(places);
        }
        let term = Term::from_field_text(field, term);
        let indexes = self.indexes(field);
        // A term dictionary that cannot be read holds nothing; damage is told when it is opened.
        let infos = indexes.iter().map(|index| index.get_term_info(&term).ok().flatten());
        let places = (0u32..).zip(infos).filter_map(|(segment, info)| Some((segment, info?)));
        let places: Places = Rc::new(places.collect());
        self.places.borrow_mut().insert(key, Rc::clone(&places));
        places
    }

    /// The inverted index of a field, segment by segment.
    pub(super) fn indexes(&self, field: Field) -> Rc<Vec<Arc<InvertedIndexReader>>> {
        if let Some(indexes) = self.indexes.borrow().get(&field) {
            return Rc::clone(indexes);
        }
        let readers = self.snapshot.searcher().segment_readers().iter();
        let empty = || Arc::new(InvertedIndexReader::empty(IndexRecordOption::WithFreqs));
        let indexes =
            readers.map(|reader| reader.inverted_index(field).unwrap_or_else(|_| empty()));
        let indexes = Rc::new(indexes.collect());
        self.indexes.borrow_mut().insert(field, Rc::clone(&indexes));
        indexes
    }

    /// The rarity in nats of a term that `frequency` passages hold and that the dictionary gives
    /// `rarity` (nats, too): the inverse document frequency over the live passages and
    /// [`PRIOR_PASSAGES`] imagined ones, in which the term stands as often as the dictionary says.
    pub(super) fn rarity(&self, frequency: u64, rarity: f64) -> f64 {
        smoothed_rarity(self.passages, frequency as f64, rarity)
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.indexes(field).iter().map(|index| index.total_num_tokens()).sum())
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        // The whole texts of the articles are kept beside what is searched.
        Ok(self.snapshot.searcher().num_docs().saturating_sub(self.snapshot.articles()))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(term.value().as_str().map_or(0, |text| self.frequency(term.field(), text)))
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
