//! The words of the query in titles, headings and texts: BM25 over fields, passage by passage.
//!
//! A word counts where a passage holds it, or one of its alternatives (a synonym, a neighbour in
//! meaning): the best of them, so that an alternative never outweighs the written word and never
//! counts beside it.

use tantivy::postings::Postings as _;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, TERMINATED, Term};

use super::query::{Query, QueryTerm};
use super::rank::Work;
use super::statistics::Statistics;
use super::weights as w;
use crate::index::{IndexError, Snapshot};

/// A field with its weight and its length normalization.
struct Weighted {
    field: Field,
    weight: f64,
    length: f64,
    /// The field's mean length in terms.
    average: f64,
    /// Whether the field is the article's own rather than a passage's.
    of_article: bool,
}

/// One number a passage of each article under consideration, behind each other.
#[derive(Debug, Clone, Default)]
struct Sheet {
    values: Vec<f64>,
    /// The places that are not 0, as they were filled.
    touched: Vec<usize>,
}

impl Sheet {
    fn new(passages: usize) -> Self {
        Self { values: vec![0.0; passages], touched: Vec::new() }
    }

    fn add(&mut self, place: usize, value: f64) {
        if let Some(known) = self.values.get_mut(place) {
            if *known == 0.0 {
                self.touched.push(place);
            }
            *known += value;
        }
    }

    /// Raises the place to at least `value`.
    fn raise(&mut self, place: usize, value: f64) {
        if let Some(known) = self.values.get_mut(place)
            && *known < value
        {
            if *known == 0.0 {
                self.touched.push(place);
            }
            *known = value;
        }
    }

    fn value(&self, place: usize) -> f64 {
        self.values.get(place).copied().unwrap_or(0.0)
    }

    fn clear(&mut self) {
        for place in self.touched.drain(..) {
            if let Some(value) = self.values.get_mut(place) {
                *value = 0.0;
            }
        }
    }

    fn saturate(&mut self) {
        for &place in &self.touched {
            if let Some(value) = self.values.get_mut(place) {
                *value = *value / (w::SATURATION + *value) * (w::SATURATION + 1.0);
            }
        }
    }
}

/// Scores words, then bigrams, in the order of their terms.
pub(super) fn score(
    snapshot: &Snapshot,
    query: &Query,
    statistics: &Statistics<'_>,
    works: &mut [Work],
) -> Result<(), IndexError> {
    let fields = snapshot.fields();
    let weighted = |field, weight, length| Weighted {
        field,
        weight,
        length,
        average: statistics.average_length(field),
        of_article: field == fields.title || field == fields.title_bigram,
    };
    let words = [
        weighted(fields.title, w::TITLE, w::LENGTH_HEADING),
        weighted(fields.heading, w::HEADING, w::LENGTH_HEADING),
        weighted(fields.body, w::BODY, w::LENGTH_BODY),
    ];
    let bigrams = [
        weighted(fields.title_bigram, w::TITLE, w::LENGTH_HEADING),
        weighted(fields.bigram, w::BODY, w::LENGTH_BODY),
    ];
    // The first place of each article on a sheet.
    let mut passages = 0;
    let mut bases = Vec::with_capacity(works.len());
    for work in works.iter() {
        bases.push(passages);
        passages += work.words.len();
    }
    let mut counter = Counter { snapshot, bases: &bases };
    let (mut best, mut one, mut all) =
        (Sheet::new(passages), Sheet::new(passages), Sheet::new(passages));

    for (index, term) in (0u32..).zip(&query.words) {
        counter.fill(&term.text, term.known, &words, works, &mut best)?;
        best.saturate();
        for alternative in &term.alternatives {
            // Of an alternative of several words a passage must hold all.
            all.clear();
            for (place, text) in alternative.terms.iter().enumerate() {
                one.clear();
                counter.fill(text, true, &words, works, &mut one)?;
                one.saturate();
                if place == 0 {
                    std::mem::swap(&mut one, &mut all);
                } else {
                    for &place in &all.touched {
                        let value = all.values[place].min(one.value(place));
                        all.values[place] = value;
                    }
                }
            }
            for &place in &all.touched {
                best.raise(place, alternative.factor * all.value(place));
            }
        }
        settle(&mut best, works, &bases, term, Some(index));
    }
    for term in query.bigrams.iter().filter(|term| term.known) {
        counter.fill(&term.text, true, &bigrams, works, &mut best)?;
        best.saturate();
        settle(&mut best, works, &bases, term, None);
    }
    Ok(())
}

/// Adds a term's saturated frequencies to the passages and, by their best, to the article.
fn settle(
    sheet: &mut Sheet,
    works: &mut [Work],
    bases: &[usize],
    term: &QueryTerm,
    word: Option<u32>,
) {
    sheet.touched.sort_unstable();
    let mut touched = sheet.touched.iter().copied().peekable();
    for (position, work) in works.iter_mut().enumerate() {
        let base = bases[position];
        let end = base + work.words.len();
        let mut best = 0.0f64;
        while let Some(place) = touched.next_if(|&place| place < end) {
            let value = sheet.value(place);
            best = best.max(value);
            let passage = &mut work.words[place - base];
            passage.score += term.score * value;
            if let Some(word) = word {
                passage.held += term.score * value.min(1.0);
                passage.found.push(word);
            }
        }
        work.union += term.score * best;
    }
    sheet.clear();
}

/// Reads how often passages hold a term.
struct Counter<'c> {
    snapshot: &'c Snapshot,
    bases: &'c [usize],
}

impl Counter<'_> {
    /// Adds the term's weighted, length-normalized frequency in each passage of each article.
    fn fill(
        &mut self,
        term: &str,
        known: bool,
        fields: &[Weighted],
        works: &[Work],
        sheet: &mut Sheet,
    ) -> Result<(), IndexError> {
        if !known {
            return Ok(());
        }
        for weighted in fields {
            let term = Term::from_field_text(weighted.field, term);
            let mut start = 0;
            while let Some(first) = works.get(start) {
                let segment = first.address.segment_ord;
                let rest = &works[start..];
                let count =
                    rest.iter().take_while(|work| work.address.segment_ord == segment).count();
                self.fill_segment(&term, weighted, works, start..start + count, sheet)?;
                start += count;
            }
        }
        Ok(())
    }

    fn fill_segment(
        &self,
        term: &Term,
        weighted: &Weighted,
        works: &[Work],
        range: std::ops::Range<usize>,
        sheet: &mut Sheet,
    ) -> Result<(), IndexError> {
        let reader =
            self.snapshot.searcher().segment_reader(works[range.start].address.segment_ord);
        let postings = reader
            .inverted_index(weighted.field)?
            .read_postings(term, IndexRecordOption::WithFreqs)
            .map_err(tantivy::TantivyError::from)?;
        let Some(mut postings) = postings else { return Ok(()) };
        let lengths = reader.get_fieldnorms_reader(weighted.field)?;
        for (work, &base) in works[range.clone()].iter().zip(&self.bases[range]) {
            let article = work.address.doc_id;
            let (start, stop) = if weighted.of_article {
                (article, article + 1)
            } else {
                (article + 1, article + 1 + work.article.passages)
            };
            let mut doc = postings.doc();
            if doc < start {
                doc = postings.seek(start);
            }
            while doc < stop {
                let relative = f64::from(lengths.fieldnorm(doc)) / weighted.average;
                let norm = 1.0 - weighted.length + weighted.length * relative;
                let frequency = weighted.weight * f64::from(postings.term_freq()) / norm;
                if weighted.of_article {
                    for place in base..base + work.words.len() {
                        sheet.add(place, frequency);
                    }
                } else {
                    sheet.add(base + (doc - start) as usize, frequency);
                }
                doc = postings.advance();
            }
            if doc == TERMINATED {
                break;
            }
        }
        Ok(())
    }
}
