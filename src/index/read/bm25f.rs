//! BM25F: what a term counts in a title, in headings, a text or a wording, by the weight of the field and by its length.

use crate::index::read::field_lengths::FieldLengths;
use crate::index::read::posting::{Occurrences, Posting};
use crate::index::read::saturation::Saturation;
use crate::index::schema::Field;
use crate::index::store::manifest::Lengths;

/// The weights of the fields, how much their lengths take away, and how frequencies are saturated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldWeights {
    pub(crate) title: f64,
    pub(crate) heading: f64,
    pub(crate) body: f64,
    pub(crate) length_heading: f64,
    pub(crate) length_body: f64,
    pub(crate) saturation: f64,
}

/// BM25's usual length normalization, for templates: a short wording that is wholly in the message is
/// nearer than a long one that shares as much.
const LENGTH: f64 = 0.75;

const SATURATION: f64 = 1.2;

impl Default for FieldWeights {
    fn default() -> Self {
        Self {
            title: 1.0,
            heading: 1.0,
            body: 1.0,
            length_heading: LENGTH,
            length_body: LENGTH,
            saturation: SATURATION,
        }
    }
}

/// How the lengths of the fields bear on frequencies, and frequencies on scores.
#[derive(Debug, Clone, Copy)]
pub(in crate::index) struct Bm25f {
    pub(in crate::index) saturation: Saturation,
    words: Fields,
    bigrams: Fields,
    heading_words: Normalization,
    wording: Normalization,
}

#[derive(Debug, Clone, Copy)]
struct Fields {
    title: Normalization,
    body: Normalization,
}

impl Bm25f {
    /// Over so many articles, passages and templates with fields that are together so long.
    pub(in crate::index) fn new(
        lengths: &Lengths,
        [articles, passages, templates]: [u64; 3],
        w: &FieldWeights,
    ) -> Self {
        let of = |weight, length, terms: u64, documents: u64| {
            let average = (terms as f64 / documents.max(1) as f64).max(1.0);
            Normalization::new(weight, length, average)
        };
        let fields = |titles, texts| Fields {
            title: of(w.title, w.length_heading, titles, articles),
            body: of(w.body, w.length_body, texts, passages),
        };
        Self {
            saturation: Saturation(w.saturation),
            words: fields(lengths.title_words, lengths.words),
            bigrams: fields(lengths.title_bigrams, lengths.bigrams),
            heading_words: of(w.heading, w.length_heading, lengths.heading_words, passages),
            wording: of(1.0, LENGTH, lengths.template_words, templates),
        }
    }

    fn of(&self, field: Field) -> &Fields {
        if field == Field::Bigram { &self.bigrams } else { &self.words }
    }

    /// A passage that has a term: a word in its headings and its text, a bigram in both as one.
    pub(in crate::index) fn passage(
        &self,
        field: Field,
        lengths: &FieldLengths,
        term: Occurrences,
    ) -> Option<Posting> {
        let length = lengths.of_passage(field, term.number)?;
        let body = self.of(field).body.normalized(term.in_body(), length);
        let heading = match term.in_heading() {
            0 => 0.0,
            times => self.heading_words.normalized(times, lengths.of_heading(term.number)?),
        };
        Some(Posting { number: term.number, frequency: body + heading })
    }

    /// An article that has a term in its title.
    pub(in crate::index) fn title(
        &self,
        field: Field,
        lengths: &FieldLengths,
        term: Occurrences,
    ) -> Option<Posting> {
        let length = lengths.of_title(field, term.number)?;
        let frequency = self.of(field).title.normalized(term.in_body(), length);
        Some(Posting { number: term.number, frequency })
    }

    pub(in crate::index) fn template(
        &self,
        lengths: &FieldLengths,
        term: Occurrences,
    ) -> Option<Posting> {
        let length = lengths.of_template(term.number)?;
        let frequency = self.wording.normalized(term.in_body(), length);
        Some(Posting { number: term.number, frequency })
    }
}

/// How the length of a field bears on a frequency.
#[derive(Debug, Clone, Copy)]
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
