//! BM25's saturation: a second mention says less than the first.

/// How a frequency, by the weights and lengths of fields, becomes a score.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Saturation(pub(in crate::search) f64);

impl Saturation {
    /// The score of a frequency, below the saturation + 1.
    pub(in crate::search) fn score(self, frequency: f64) -> f64 {
        // Most terms are in few titles, and a division takes its time.
        if frequency == 0.0 {
            return 0.0;
        }
        frequency / (self.0 + frequency) * (self.0 + 1.0)
    }

    pub(in crate::search) fn frequency(self, score: f64) -> f64 {
        self.0 * score / (self.0 + 1.0 - score)
    }
}
