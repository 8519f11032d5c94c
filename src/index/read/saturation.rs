//! BM25's saturation: a second mention says less than the first.

/// How a frequency, by the weights and lengths of fields, becomes a score.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Saturation(pub(crate) f64);

impl Saturation {
    /// The score of a frequency, below the saturation + 1.
    pub(crate) fn score(self, frequency: f64) -> f64 {
        // Most terms are in few titles, and a division takes its time.
        if frequency == 0.0 {
            return 0.0;
        }
        frequency / (self.0 + frequency) * (self.0 + 1.0)
    }

    pub(crate) fn frequency(self, score: f64) -> f64 {
        self.0 * score / (self.0 + 1.0 - score)
    }

    /// A bound that no score reaches.
    pub(crate) fn bound(self) -> f64 {
        self.0 + 1.0
    }

    /// The score of a frequency as its share of the bound, in whole parts (an impact: Anh and Moffat, Simplified Similarity Scoring
    /// Using Term Ranks, 2005).
    pub(in crate::index) fn impact(self, frequency: f64) -> u16 {
        (self.score(frequency) / self.bound() * f64::from(u16::MAX)) as u16
    }
}
