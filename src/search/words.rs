//! The words of the query in titles, headings and texts: BM25 over fields, passage by passage.
//!
//! A word counts where a passage holds it, or one of its alternatives (a synonym, a neighbour in
//! meaning): the best of them, so that an alternative never outweighs the written word and never
//! counts beside it.

use std::ops::Range;

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, TERMINATED};

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
    let segments = by_segment(works);
    let mut counter = Counter { snapshot, statistics, segments, bases: &bases };
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

/// The runs of articles that stand in one segment; the articles are in order of address.
fn by_segment(works: &[Work]) -> Vec<(u32, Range<usize>)> {
    let mut segments: Vec<(u32, Range<usize>)> = Vec::new();
    for (place, work) in works.iter().enumerate() {
        match segments.last_mut() {
            Some((segment, range)) if *segment == work.address.segment_ord => range.end = place + 1,
            _ => segments.push((work.address.segment_ord, place..place + 1)),
        }
    }
    segments
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
    statistics: &'c Statistics<'c>,
    /// The articles of each segment, as places in the list of articles.
    segments: Vec<(u32, Range<usize>)>,
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
            let indexes = self.statistics.indexes(weighted.field);
            for (segment, info) in self.statistics.places(weighted.field, term).iter() {
                let Ok(place) = self.segments.binary_search_by_key(segment, |(known, _)| *known)
                else {
                    continue;
                };
                let Some(index) = indexes.get(*segment as usize) else { continue };
                let range = self.segments[place].1.clone();
                let postings = index
                    .read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)
                    .map_err(tantivy::TantivyError::from)?;
                self.fill_segment(postings, weighted, works, range, sheet)?;
            }
        }
        Ok(())
    }

    fn fill_segment(
        &self,
        mut postings: SegmentPostings,
        weighted: &Weighted,
        works: &[Work],
        range: Range<usize>,
        sheet: &mut Sheet,
    ) -> Result<(), IndexError> {
        let segment = works[range.start].address.segment_ord;
        let reader = self.snapshot.searcher().segment_reader(segment);
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
