//! How rare a word is, over the live passages, smoothed by the dictionary.

use tantivy::Term;
use tantivy::schema::Field;

use super::weights::{PRIOR_PASSAGES, PRIOR_WORDS};
use crate::index::Snapshot;

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

    /// In how many documents a field holds the term.
    pub(super) fn frequency(&self, field: Field, term: &str) -> u64 {
        let term = Term::from_field_text(field, term);
        self.snapshot.searcher().doc_freq(&term).unwrap_or(0)
    }

    /// The inverse document frequency in nats, of a term that `frequency` passages hold and that
    /// the dictionary gives `rarity` (nats per word).
    ///
    /// The passages are joined by [`PRIOR_PASSAGES`] imagined ones, in which the term stands as
    /// often as the dictionary says.
    pub(super) fn rarity(&self, frequency: u64, rarity: f64) -> f64 {
        let expected = PRIOR_PASSAGES * (1.0 - (1.0 - (-rarity).exp()).powf(PRIOR_WORDS));
        let passages = self.passages + PRIOR_PASSAGES;
        let frequency = (frequency as f64 + expected).min(passages);
        (1.0 + (passages - frequency + 0.5) / (frequency + 0.5)).ln()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_prior_turns_word_costs_into_passages() {
        let passages_with = |rarity: f64| 1.0 - (1.0 - (-rarity).exp()).powf(super::PRIOR_WORDS);
        assert!(passages_with(1.0) > 0.99);
        assert!(passages_with(12.0) < 0.001);
    }
}
