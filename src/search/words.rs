//! The words of the query in titles, headings and texts: BM25 over fields, passage by passage.
//!
//! A word counts where a passage holds it, or one of its alternatives (a synonym, a neighbour in
//! meaning): the best of them, so that an alternative never outweighs the written word and never
//! counts beside it.

use std::ops::Range;

use super::query::{Query, QueryTerm};
use super::rank::{Share, Work};
use super::statistics::Statistics;
use super::weights::Weights;
use crate::index::{Holders, ShardView, Snapshot, Space};

/// A field's weight and its length normalization.
#[derive(Debug, Clone, Copy)]
struct Weighted {
    weight: f64,
    length: f64,
    /// The field's mean length in terms.
    average: f64,
}

impl Weighted {
    /// The weighted, length-normalized frequency of a term in a field of `length` terms.
    fn frequency(&self, frequency: u32, length: u32) -> f64 {
        let relative = f64::from(length) / self.average;
        self.weight * f64::from(frequency) / (1.0 - self.length + self.length * relative)
    }
}

/// The fields that terms of one space stand in.
struct Fields {
    space: Space,
    title: Weighted,
    heading: Weighted,
    body: Weighted,
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

    fn saturate(&mut self, saturation: f64) {
        for &place in &self.touched {
            if let Some(value) = self.values.get_mut(place) {
                *value = *value / (saturation + *value) * (saturation + 1.0);
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
) {
    let w: &Weights = &query.weights;
    let averages = statistics.averages();
    let title = |average| Weighted { weight: w.title, length: w.length_heading, average };
    let body = |average| Weighted { weight: w.body, length: w.length_body, average };
    let heading =
        Weighted { weight: w.heading, length: w.length_heading, average: averages.heading_words };
    let words = Fields {
        space: Space::Word,
        title: title(averages.title_words),
        heading,
        body: body(averages.words),
    };
    let bigrams = Fields {
        space: Space::Bigram,
        title: title(averages.title_bigrams),
        heading,
        body: body(averages.bigrams),
    };
    // The first place of each article on a sheet.
    let mut passages = 0;
    let mut bases = Vec::with_capacity(works.len());
    for work in works.iter() {
        bases.push(passages);
        passages += work.words.len();
    }
    let shards = by_shard(works);
    let counter = Counter { snapshot, statistics, shards, bases: &bases };
    let (mut best, mut one, mut all) =
        (Sheet::new(passages), Sheet::new(passages), Sheet::new(passages));

    for (index, term) in (0u32..).zip(&query.words) {
        counter.fill(&term.text, term.known, &words, works, &mut best);
        best.saturate(w.saturation);
        for alternative in &term.alternatives {
            // Of an alternative of several words a passage must hold all.
            all.clear();
            for (place, text) in alternative.terms.iter().enumerate() {
                one.clear();
                counter.fill(text, true, &words, works, &mut one);
                one.saturate(w.saturation);
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
        settle(&mut best, works, &bases, term, index, true);
    }
    let behind = u32::try_from(query.words.len()).unwrap_or(u32::MAX);
    let bigrams_of_query = (behind..).zip(&query.bigrams);
    for (index, term) in bigrams_of_query.filter(|(_, term)| term.known) {
        counter.fill(&term.text, true, &bigrams, works, &mut best);
        best.saturate(w.saturation);
        settle(&mut best, works, &bases, term, index, false);
    }
}

/// The runs of articles that stand in one shard; the articles are in order of address.
fn by_shard(works: &[Work]) -> Vec<(u32, Range<usize>)> {
    let mut shards: Vec<(u32, Range<usize>)> = Vec::new();
    for (place, work) in works.iter().enumerate() {
        match shards.last_mut() {
            Some((shard, range)) if *shard == work.address.shard => range.end = place + 1,
            _ => shards.push((work.address.shard, place..place + 1)),
        }
    }
    shards
}

/// Adds a term's saturated frequencies to the passages.
fn settle(
    sheet: &mut Sheet,
    works: &mut [Work],
    bases: &[usize],
    term: &QueryTerm,
    index: u32,
    is_word: bool,
) {
    sheet.touched.sort_unstable();
    let mut touched = sheet.touched.iter().copied().peekable();
    for (position, work) in works.iter_mut().enumerate() {
        let base = bases[position];
        let end = base + work.words.len();
        while let Some(place) = touched.next_if(|&place| place < end) {
            let value = sheet.value(place);
            let score = term.score * value;
            let passage = &mut work.words[place - base];
            passage.score += score;
            if is_word {
                passage.held += term.score * value.min(1.0);
                passage.found.push(index);
            }
            work.shares.push(Share { term: index, passage: (place - base) as u32, score });
        }
    }
    sheet.clear();
}

/// Reads how often passages hold a term.
struct Counter<'c, 's> {
    snapshot: &'c Snapshot,
    statistics: &'c Statistics<'s>,
    /// The articles of each shard, as places in the list of articles.
    shards: Vec<(u32, Range<usize>)>,
    bases: &'c [usize],
}

impl Counter<'_, '_> {
    /// Adds the term's weighted, length-normalized frequency in each passage of each article.
    fn fill(&self, term: &str, known: bool, fields: &Fields, works: &[Work], sheet: &mut Sheet) {
        if !known {
            return;
        }
        let places = self.statistics.places(fields.space, term);
        for (number, range) in &self.shards {
            if let Some(holders) = places.in_shard(*number)
                && let Some(shard) = self.snapshot.shards().get(*number as usize)
                && let Some(works) = works.get(range.clone())
                && let Some(bases) = self.bases.get(range.clone())
            {
                fill_shard(shard, holders, fields, works.iter().zip(bases), sheet);
            }
        }
    }
}

/// Fills in the articles of one shard, each with its first place on the sheet.
fn fill_shard<'w>(
    shard: &ShardView,
    holders: &Holders<'_>,
    fields: &Fields,
    works: impl Iterator<Item = (&'w Work, &'w usize)>,
    sheet: &mut Sheet,
) {
    let (mut articles, mut passages) = (holders.articles, holders.passages);
    let of_words = fields.space == Space::Word;
    for (work, &base) in works {
        articles = articles.from(work.address.number);
        if let Some(posting) = articles.iter().next()
            && posting.number() == work.address.number
            && let Some(record) = shard.article_record(work.address.number)
        {
            let length = if of_words { record.title_words } else { record.title_bigrams };
            let frequency = fields.title.frequency(posting.in_body(), length);
            for place in base..base + work.words.len() {
                sheet.add(place, frequency);
            }
        }
        passages = passages.from(work.first);
        for posting in passages.iter() {
            let place = (posting.number() - work.first) as usize;
            if place >= work.words.len() {
                break;
            }
            let Some(record) = shard.passage_record(posting.number()) else { break };
            let length = if of_words { record.words } else { record.bigrams };
            let heading =
                fields.heading.frequency(posting.in_heading(), u32::from(record.heading_words));
            let body = fields.body.frequency(posting.in_body(), length);
            sheet.add(base + place, heading + body);
        }
    }
}
