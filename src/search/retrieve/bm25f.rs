//! How the lengths of titles, headings, texts and wordings bear on how often a term is in them: BM25's
//! normalization and saturation.

use super::statistics::Averages;
use crate::index::{Extent, Field, FieldLengths, Posting};
use crate::search::weights::Weights;

/// How the lengths of the fields bear on frequencies.
pub(in crate::search) struct Bm25f {
    words: Fields,
    bigrams: Fields,
    heading_words: Normalization,
    template: Normalization,
    saturation: f64,
}

/// The fields that a term may be in.
struct Fields {
    title: Normalization,
    body: Normalization,
}

impl Bm25f {
    pub(in crate::search) fn new(averages: &Averages, w: &Weights) -> Self {
        let title = |average| Normalization::new(w.title, w.length_heading, average);
        let body = |average| Normalization::new(w.body, w.length_body, average);
        Self {
            words: Fields { title: title(averages.title_words), body: body(averages.words) },
            bigrams: Fields { title: title(averages.title_bigrams), body: body(averages.bigrams) },
            heading_words: Normalization::new(w.heading, w.length_heading, averages.heading_words),
            template: Normalization::new(1.0, LENGTH_TEMPLATE, averages.template_words),
            saturation: w.saturation,
        }
    }

    /// The score of a frequency, below `saturation + 1`.
    pub(in crate::search) fn saturated(&self, frequency: f64) -> f64 {
        // Most terms are in few titles, and a division takes its time.
        if frequency == 0.0 {
            return 0.0;
        }
        frequency / (self.saturation + frequency) * (self.saturation + 1.0)
    }

    /// The weighted frequency of a term in a passage: a word's in its headings and its text, a bigram's in
    /// both as one.
    pub(in crate::search) fn in_passage(
        &self,
        field: Field,
        lengths: &FieldLengths,
        posting: Posting,
    ) -> Option<f64> {
        let passage = posting.number();
        let length = lengths.of_passage(field, passage)?;
        let heading = match posting.in_heading() {
            0 => 0,
            _ => lengths.of_heading(passage)?,
        };
        Some(self.in_passage_of(field, (length, heading), posting))
    }

    /// The same in the shortest passage that there may be.
    pub(in crate::search) fn in_shortest_passage(&self, field: Field, posting: Posting) -> f64 {
        self.in_passage_of(field, (1, 1), posting)
    }

    fn in_passage_of(&self, field: Field, (length, heading): (u32, u32), posting: Posting) -> f64 {
        if field == Field::Bigram {
            return self.bigrams.body.normalized(posting.in_body(), length);
        }
        let body = self.words.body.normalized(posting.in_body(), length);
        match posting.in_heading() {
            0 => body,
            times => body + self.heading_words.normalized(times, heading),
        }
    }

    /// The weighted frequency of a term in a title of `length` terms.
    pub(in crate::search) fn in_title(&self, field: Field, length: u32, posting: Posting) -> f64 {
        let fields = if field == Field::Bigram { &self.bigrams } else { &self.words };
        fields.title.normalized(posting.in_body(), length)
    }

    /// The weighted frequency of a term in the title of an article.
    pub(in crate::search) fn in_title_of(
        &self,
        field: Field,
        article: &Extent<'_>,
        posting: Posting,
    ) -> f64 {
        let bigrams = field == Field::Bigram;
        let length = if bigrams { article.title_bigrams } else { article.title_words };
        self.in_title(field, length, posting)
    }

    /// The frequency of a term in a wording of `length` words.
    pub(in crate::search) fn in_template(&self, length: u32, posting: Posting) -> f64 {
        self.template.normalized(posting.in_body(), length)
    }
}

/// BM25's usual length normalization, for templates: a short wording that is wholly in the message is
/// nearer than a long one that shares as much.
const LENGTH_TEMPLATE: f64 = 0.75;

/// How the length of a field bears on a frequency.
struct Normalization {
    weight: f64,
    base: f64,
    slope: f64,
}

impl Normalization {
    fn new(weight: f64, length: f64, average: f64) -> Self {
        Self { weight, base: 1.0 - length, slope: length / average }
    }

    fn normalized(&self, frequency: u32, length: u32) -> f64 {
        self.weight * f64::from(frequency) / (self.base + self.slope * f64::from(length))
    }
}

#[cfg(test)]
mod tests {
    use super::Normalization;

    #[test]
    fn a_field_of_mean_length_counts_its_weight() {
        let length = Normalization::new(2.0, 0.5, 40.0);
        assert!((length.normalized(3, 40) - 6.0).abs() < 1e-12);
    }

    #[test]
    fn longer_fields_count_less() {
        let length = Normalization::new(1.0, 0.75, 30.0);
        let counted: Vec<f64> = (1..1000).map(|terms| length.normalized(1, terms)).collect();
        assert!(counted.is_sorted_by(|one, next| one > next));
    }
}
