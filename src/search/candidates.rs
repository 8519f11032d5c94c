//! Which articles may help at all: cheap sums propose, ranking decides.
//!
//! More are proposed than are shown, by four roads: the words of passages, the words of titles, the
//! wordings of templates, and keys (codes, labels), so that none can crowd out another. The first three
//! sum up what the rarest words of the query are worth in each document, term after term and shard
//! after shard. The sums are whole numbers, so that no order of adding moves them, and all documents
//! that are level with the last one are proposed with it: neither threads nor the division into shards
//! show.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::query::{Query, QueryTerm};
use super::statistics::{Averages, Places, Statistics};
use super::weights::Weights;
use crate::index::{Address, Holders, IndexError, PassageRecord, Snapshot, Space};

/// How many passages are proposed by their words.
const PASSAGES: usize = 160;
/// How many articles are proposed by their titles.
const TITLES: usize = 40;
/// How many templates are aligned with the message.
const TEMPLATES: usize = 64;
/// A key that more documents hold proposes none of them: it tells nothing by itself.
const KEYED: u64 = 400;
/// How many words are asked for; the rarest of a long message find what all of it would.
const ROAD_WORDS: usize = 12;
/// How many passages are looked at for words, and for bigrams: the rarest terms first, and no more terms when
/// these are used up. What a common word adds to the rare ones moves few documents, and ranking counts it
/// anyway. Titles and templates, which are far fewer, are looked at for every term.
const LOOKED_AT: u64 = 20_000;
/// So many terms lead to passages however common they are: a message may be made of nothing else.
const LEAST_WORDS: usize = 3;
/// The parts of a nat that sums are counted in.
const PARTS: f32 = 1024.0;

/// What the roads led to.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// The articles, in order of address.
    pub(super) articles: BTreeSet<Address>,
    /// The templates to align, in order of address.
    pub(super) templates: BTreeSet<Address>,
    /// The templates that are one of the query's labels.
    pub(super) labelled: BTreeSet<Address>,
    /// The articles that declare one of the query's labels as their own.
    pub(super) declaring: BTreeSet<Address>,
}

/// Collects the candidates for a query whose terms are weighed.
pub(super) fn collect(
    snapshot: &Snapshot,
    query: &Query,
    statistics: &Statistics<'_>,
) -> Result<Candidates, IndexError> {
    let mut candidates = Candidates::default();
    let found = Roads::new(query, statistics).follow(snapshot);
    for passage in found.passages {
        candidates.articles.insert(snapshot.article_of_passage(passage)?);
    }
    candidates.articles.extend(found.articles);
    candidates.templates.extend(found.templates);

    for label in &query.labels {
        let places = statistics.places(Space::Label, label);
        candidates.declaring.extend(articles_of(&places));
        if places.templates <= KEYED {
            candidates.labelled.extend(addresses(&places, |holders| holders.templates));
        }
    }
    candidates.articles.extend(&candidates.declaring);
    candidates.templates.extend(&candidates.labelled);
    for key in &query.code_keys {
        let places = statistics.places(Space::Code, &key.key);
        if places.articles + places.passages <= KEYED {
            candidates.articles.extend(articles_of(&places));
            for passage in passages_of(&places) {
                candidates.articles.insert(snapshot.article_of_passage(passage)?);
            }
        }
    }
    for &template in &candidates.templates {
        candidates.articles.insert(snapshot.article_of_template(template)?);
    }
    Ok(candidates)
}

/// The articles that hold a term in their titles or their front matter.
pub(super) fn articles_of(places: &Places<'_>) -> impl Iterator<Item = Address> {
    addresses(places, |holders| holders.articles)
}

/// The passages that hold a term.
pub(super) fn passages_of(places: &Places<'_>) -> impl Iterator<Item = Address> {
    addresses(places, |holders| holders.passages)
}

fn addresses<'p, 's: 'p>(
    places: &'p Places<'s>,
    of: impl Fn(&Holders<'s>) -> crate::index::Postings<'s> + 'p,
) -> impl Iterator<Item = Address> + 'p {
    places.shards.iter().flat_map(move |(shard, holders)| {
        of(holders).iter().map(|posting| Address { shard: *shard, number: posting.number() })
    })
}

/// A term that leads to documents.
struct Clause<'s> {
    places: Rc<Places<'s>>,
    /// What it is worth, in parts of a nat.
    worth: f32,
    /// Whether it is rare enough to lead to passages.
    to_passages: bool,
}

/// The terms of a query that lead to documents.
struct Roads<'s> {
    words: Vec<Clause<'s>>,
    bigrams: Vec<Clause<'s>>,
    lengths: Lengths,
}

/// What the roads led to, without order.
struct Found {
    passages: Vec<Address>,
    articles: Vec<Address>,
    templates: Vec<Address>,
}

impl<'s> Roads<'s> {
    fn new(query: &Query, statistics: &Statistics<'s>) -> Self {
        Self {
            words: clauses(&query.words, Space::Word, statistics),
            bigrams: clauses(&query.bigrams, Space::Bigram, statistics),
            lengths: Lengths::new(statistics.averages(), &query.weights),
        }
    }

    fn follow(&self, snapshot: &'s Snapshot) -> Found {
        let mut passages = Best::new(PASSAGES);
        let mut articles = Best::new(TITLES);
        let mut templates = Best::new(TEMPLATES);
        let mut sums = Sums::default();
        for (number, shard) in (0..).zip(snapshot.shards()) {
            let records = shard.passage_records();
            for (clause, holders) in in_shard(&self.words, number) {
                let passages = clause.to_passages.then_some(holders.passages);
                for posting in passages.unwrap_or_default().iter() {
                    let Some(record) = records.get(posting.number() as usize) else { continue };
                    let frequency = self.lengths.of_words(&PassageRecord::read(record), posting);
                    sums.add(posting.number(), clause.worth * self.lengths.saturated(frequency));
                }
            }
            for (clause, holders) in in_shard(&self.bigrams, number) {
                let passages = clause.to_passages.then_some(holders.passages);
                for posting in passages.unwrap_or_default().iter() {
                    let Some(record) = records.get(posting.number() as usize) else { continue };
                    let record = PassageRecord::read(record);
                    let frequency =
                        self.lengths.bigrams.normalized(posting.in_body(), record.bigrams);
                    sums.add(posting.number(), clause.worth * self.lengths.saturated(frequency));
                }
            }
            passages.offer(number, &mut sums);

            for (clauses, length) in [
                (&self.words, self.lengths.title_words),
                (&self.bigrams, self.lengths.title_bigrams),
            ] {
                for (clause, holders) in in_shard(clauses, number) {
                    for posting in holders.articles.iter() {
                        let Some(record) = shard.article_record(posting.number()) else { continue };
                        let words = std::ptr::eq(clauses, &self.words);
                        let long = if words { record.title_words } else { record.title_bigrams };
                        let frequency = length.normalized(posting.in_body(), long);
                        sums.add(
                            posting.number(),
                            clause.worth * self.lengths.saturated(frequency),
                        );
                    }
                }
            }
            articles.offer(number, &mut sums);

            for (clause, holders) in in_shard(&self.words, number) {
                for posting in holders.templates.iter() {
                    let Some(record) = shard.template_record(posting.number()) else { continue };
                    let frequency =
                        self.lengths.template.normalized(posting.in_body(), record.words);
                    sums.add(posting.number(), clause.worth * self.lengths.saturated(frequency));
                }
            }
            templates.offer(number, &mut sums);
        }
        Found { passages: passages.take(), articles: articles.take(), templates: templates.take() }
    }
}

/// The clauses that a shard has documents for.
fn in_shard<'c, 's>(
    clauses: &'c [Clause<'s>],
    shard: u32,
) -> impl Iterator<Item = (&'c Clause<'s>, &'c Holders<'s>)> {
    clauses.iter().filter_map(move |clause| Some((clause, clause.places.in_shard(shard)?)))
}

/// The clauses of the terms that tell most, at most [`ROAD_WORDS`] terms, and of what may stand for them.
fn clauses<'s>(terms: &[QueryTerm], space: Space, statistics: &Statistics<'s>) -> Vec<Clause<'s>> {
    let mut rarest: Vec<_> = terms
        .iter()
        .filter(|term| term.score > 0.0 && (term.known || !term.alternatives.is_empty()))
        .collect();
    rarest.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
    rarest.truncate(ROAD_WORDS);
    let mut clauses = Vec::new();
    let mut looked_at = 0;
    for (place, term) in rarest.into_iter().enumerate() {
        let to_passages = place < LEAST_WORDS || looked_at < LOOKED_AT;
        let own = [(term.text.as_str(), 1.0)].into_iter();
        let single = term.alternatives.iter().filter(|alternative| alternative.terms.len() == 1);
        let others = single.flat_map(|alternative| {
            alternative.terms.iter().map(|text| (text.as_str(), alternative.factor))
        });
        for (text, factor) in own.chain(others) {
            let places = statistics.places(space, text);
            looked_at += places.passages;
            let worth = (term.score * factor) as f32 * PARTS;
            clauses.push(Clause { places, worth, to_passages });
        }
    }
    clauses
}

/// How the lengths of the fields bear on frequencies.
struct Lengths {
    title_words: Length,
    title_bigrams: Length,
    heading_words: Length,
    words: Length,
    bigrams: Length,
    template: Length,
    saturation: f32,
}

impl Lengths {
    fn new(averages: &Averages, w: &Weights) -> Self {
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

    fn saturated(&self, frequency: f32) -> f32 {
        frequency / (self.saturation + frequency) * (self.saturation + 1.0)
    }

    /// The weighted frequency of a word in a passage's headings and text.
    fn of_words(&self, record: &PassageRecord, posting: crate::index::Posting) -> f32 {
        let body = self.words.normalized(posting.in_body(), record.words);
        match posting.in_heading() {
            0 => body,
            times => body + self.heading_words.normalized(times, u32::from(record.heading_words)),
        }
    }
}

/// BM25's usual length normalization, for templates: a short wording that is wholly in the message is
/// nearer than a long one that shares as much.
const LENGTH_TEMPLATE: f64 = 0.75;

/// How the length of a field bears on a frequency.
#[derive(Debug, Clone, Copy)]
struct Length {
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

    fn normalized(self, frequency: u32, length: u32) -> f32 {
        self.weight * frequency as f32 / (self.least + self.each * length as f32)
    }
}

/// The sums of the documents of one kind in one shard, by their numbers.
#[derive(Debug, Default)]
struct Sums {
    sums: Vec<u32>,
    /// The documents that are not 0, without order.
    touched: Vec<u32>,
}

impl Sums {
    fn add(&mut self, number: u32, value: f32) {
        let place = number as usize;
        if place >= self.sums.len() {
            self.sums.resize(place + 1, 0);
        }
        let Some(sum) = self.sums.get_mut(place) else { return };
        if *sum == 0 {
            self.touched.push(number);
        }
        // At least one, so that no document is touched twice.
        *sum = sum.saturating_add((value as u32).max(1));
    }
}

/// The documents with the greatest sums, and all that are level with the last of them.
struct Best {
    limit: usize,
    /// What a document must reach.
    least: u32,
    found: Vec<(u32, Address)>,
    /// How many may be held before the lesser ones are dropped.
    room: usize,
}

impl Best {
    fn new(limit: usize) -> Self {
        Self { limit, least: 1, found: Vec::new(), room: 8 * limit }
    }

    /// Takes the sums of a shard, and leaves none.
    fn offer(&mut self, shard: u32, sums: &mut Sums) {
        for number in sums.touched.drain(..) {
            let Some(sum) = sums.sums.get_mut(number as usize) else { continue };
            if *sum >= self.least {
                self.found.push((*sum, Address { shard, number }));
                if self.found.len() >= self.room {
                    self.drop_lesser();
                }
            }
            *sum = 0;
        }
    }

    fn drop_lesser(&mut self) {
        if self.found.len() > self.limit {
            self.found
                .select_nth_unstable_by_key(self.limit - 1, |&(sum, _)| std::cmp::Reverse(sum));
            self.least = self.found.get(self.limit - 1).map_or(1, |&(sum, _)| sum);
            let least = self.least;
            self.found.retain(|&(sum, _)| sum >= least);
        }
        self.room = self.found.len() + 8 * self.limit;
    }

    fn take(mut self) -> Vec<Address> {
        self.drop_lesser();
        self.found.into_iter().map(|(_, address)| address).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(limit: usize, shards: &[&[u32]]) -> Vec<(u32, u32)> {
        let mut best = Best::new(limit);
        let mut sums = Sums::default();
        for (shard, values) in (0..).zip(shards) {
            for (number, &value) in (0..).zip(*values) {
                if value > 0 {
                    sums.add(number, value as f32);
                }
            }
            best.offer(shard, &mut sums);
        }
        let mut found: Vec<_> = best.take().iter().map(|a| (a.shard, a.number)).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn the_greatest_are_found() {
        assert_eq!(best(2, &[&[1, 9, 3], &[0, 7]]), [(0, 1), (1, 1)]);
    }

    #[test]
    fn all_that_are_level_with_the_last_are_found() {
        assert_eq!(best(2, &[&[5, 9, 5], &[5, 4]]), [(0, 0), (0, 1), (0, 2), (1, 0)]);
    }

    #[test]
    fn many_documents_are_sifted() {
        let values: Vec<u32> = (1..=1000).collect();
        assert_eq!(best(2, &[&values, &values]), [(0, 999), (1, 999)]);
        let level = vec![3; 100];
        assert_eq!(best(2, &[&level, &level]).len(), 200);
    }

    #[test]
    fn sums_do_not_stay() {
        assert_eq!(best(1, &[&[5], &[0, 1]]), [(0, 0)]);
    }
}
