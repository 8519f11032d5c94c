//! How the lengths of titles, headings, texts and wordings bear on the cheap sums that propose candidates:
//! BM25's normalization, in single precision.

use super::statistics::Averages;
use super::weights::Weights;
use crate::index::{PassageRecord, Posting, Space};

/// How the lengths of the fields bear on frequencies.
pub(super) struct Lengths {
    title_words: Length,
    title_bigrams: Length,
    heading_words: Length,
    words: Length,
    bigrams: Length,
    pub(super) template: Length,
    saturation: f32,
}

impl Lengths {
    pub(super) fn new(averages: &Averages, w: &Weights) -> Self {
        let title = |average| Length::new(w.title, w.length_heading, average);
        let body = |average| Length::new(w.body, w.length_body, average);
        Self {
            title_words: title(averages.title_words),
            title_bigrams: title(averages.title_bigrams),
            heading_words: Length::new(w.heading, w.length_heading, averages.heading_words),
            words: body(averages.words),
            bigrams: body(averages.bigrams),
            template: Length::new(1.0, LENGTH_TEMPLATE, averages.template_words),
            saturation: w.saturation as f32,
        }
    }

    pub(super) fn saturated(&self, frequency: f32) -> f32 {
        frequency / (self.saturation + frequency) * (self.saturation + 1.0)
    }

    /// The weighted frequency of a term in a passage: a word's in its headings and its text, a bigram's in
    /// its text.
    pub(super) fn in_passage(&self, space: Space, record: &PassageRecord, posting: Posting) -> f32 {
        if space == Space::Bigram {
            return self.bigrams.normalized(posting.in_body(), record.bigrams);
        }
        let body = self.words.normalized(posting.in_body(), record.words);
        match posting.in_heading() {
            0 => body,
            times => body + self.heading_words.normalized(times, u32::from(record.heading_words)),
        }
    }

    /// The weighted frequency of a term in a title of `length` terms.
    pub(super) fn in_title(&self, space: Space, length: u32, posting: Posting) -> f32 {
        let title = if space == Space::Bigram { self.title_bigrams } else { self.title_words };
        title.normalized(posting.in_body(), length)
    }
}

/// BM25's usual length normalization, for templates: a short wording that is wholly in the message is
/// nearer than a long one that shares as much.
const LENGTH_TEMPLATE: f64 = 0.75;

/// How the length of a field bears on a frequency.
#[derive(Debug, Clone, Copy)]
pub(super) struct Length {
    weight: f32,
    least: f32,
    each: f32,
}

impl Length {
    fn new(weight: f64, length: f64, average: f64) -> Self {
        Self {
            weight: weight as f32,
            least: (1.0 - length) as f32,
            each: (length / average) as f32,
        }
    }

    pub(super) fn normalized(self, frequency: u32, length: u32) -> f32 {
        self.weight * frequency as f32 / (self.least + self.each * length as f32)
    }
}
