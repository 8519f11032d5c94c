//! How rare a word is, over the live passages, smoothed by the dictionary.

use tantivy::Term;
use tantivy::schema::Field;

use super::weights::PRIOR_PASSAGES;
use crate::index::{Fields, Snapshot};

/// Rarity over a snapshot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statistics<'s> {
    snapshot: &'s Snapshot,
    passages: f64,
}

impl<'s> Statistics<'s> {
    pub(super) fn new(snapshot: &'s Snapshot) -> Self {
        Self { snapshot, passages: snapshot.passages() as f64 }
    }

    pub(super) fn fields(&self) -> Fields {
        self.snapshot.fields()
    }

    /// The mean length of a field in terms, over the documents that have the field.
    pub(super) fn average_length(&self, field: Field) -> f64 {
        let fields = self.fields();
        let readers = self.snapshot.searcher().segment_readers();
        let indexes = readers.iter().filter_map(|reader| reader.inverted_index(field).ok());
        let terms: u64 = indexes.map(|index| index.total_num_tokens()).sum();
        let of_articles = field == fields.title || field == fields.title_bigram;
        let documents =
            if of_articles { self.snapshot.articles() } else { self.snapshot.passages() };
        (terms as f64 / documents.max(1) as f64).max(1.0)
    }

    /// In how many documents a field holds the term.
    pub(super) fn frequency(&self, field: Field, term: &str) -> u64 {
        let term = Term::from_field_text(field, term);
        self.snapshot.searcher().doc_freq(&term).unwrap_or(0)
    }

    /// The rarity in nats of a term that `frequency` passages hold and that the dictionary gives
    /// `rarity` (nats, too): the inverse document frequency over the live passages and
    /// [`PRIOR_PASSAGES`] imagined ones, in which the term stands as often as the dictionary says.
    pub(super) fn rarity(&self, frequency: u64, rarity: f64) -> f64 {
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
