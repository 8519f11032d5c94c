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

use super::lengths::Lengths;
use super::query::{Query, QueryTerm};
use super::statistics::{Places, Statistics};
use crate::index::{
    Address, IndexError, PassageRecord, Posting, Postings, Snapshot, Space, TermPostings,
};

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
const PARTS: f64 = 1024.0;

/// What the roads led to.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// The articles, in order of address.
    pub(super) articles: BTreeSet<Address>,
    /// The passages that were proposed by their words, in order of address.
    pub(super) passages: BTreeSet<Address>,
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
    candidates.passages.extend(found.passages);
    for &passage in &candidates.passages {
        candidates.articles.insert(snapshot.article_of_passage(passage)?);
    }
    candidates.articles.extend(found.articles);
    candidates.templates.extend(found.templates);

    for label in &query.labels {
        let places = statistics.places(Space::Label, label);
        candidates.declaring.extend(articles_of(&places));
        if places.templates <= KEYED {
            candidates.labelled.extend(addresses(&places, TermPostings::templates));
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
    addresses(places, TermPostings::articles)
}

/// The passages that hold a term.
pub(super) fn passages_of(places: &Places<'_>) -> impl Iterator<Item = Address> {
    addresses(places, TermPostings::passages)
}

fn addresses<'p, 's: 'p>(
    places: &'p Places<'s>,
    of: impl Fn(&'p TermPostings<'s>) -> Postings<'p> + 'p,
) -> impl Iterator<Item = Address> + 'p {
    places.shards.iter().flat_map(move |(shard, found)| {
        of(found).iter().map(|posting| Address { shard: *shard, number: posting.number() })
    })
}

/// A term that leads to documents.
struct Clause<'s> {
    places: Rc<Places<'s>>,
    space: Space,
    /// What it is worth, in parts of a nat.
    worth: f64,
    /// Whether it is rare enough to lead to passages.
    to_passages: bool,
}

/// The terms of a query that lead to documents.
struct Roads<'s> {
    /// Words and bigrams, those that are worth most first.
    clauses: Vec<Clause<'s>>,
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
        let mut clauses = clauses(&query.words, Space::Word, statistics);
        clauses.extend(self::clauses(&query.bigrams, Space::Bigram, statistics));
        clauses.sort_by(|a, b| b.worth.total_cmp(&a.worth));
        Self { clauses, lengths: Lengths::new(statistics.averages(), &query.weights) }
    }

    fn follow(&self, snapshot: &Snapshot) -> Found {
        let mut passages = Best::new(PASSAGES);
        let mut articles = Best::new(TITLES);
        let mut templates = Best::new(TEMPLATES);
        let mut sums = Sums::default();
        let mut lists = Vec::new();
        // What the clauses have in the shards to come.
        let mut ahead: Vec<_> =
            self.clauses.iter().map(|clause| (clause, clause.places.shards.as_slice())).collect();
        let mut here = Vec::new();
        for (number, shard) in (0..).zip(snapshot.shards()) {
            here.clear();
            for (clause, shards) in &mut ahead {
                if let [(shard, found), behind @ ..] = *shards
                    && *shard == number
                {
                    here.push((*clause, found));
                    *shards = behind;
                }
            }

            let records = shard.passage_records();
            let to_passages = here.iter().filter(|(clause, _)| clause.to_passages);
            lists.clear();
            lists.extend(to_passages.map(|&(clause, found)| {
                let passages = found.passages();
                let most = self.lengths.in_passage(clause.space, &SHORTEST, passages.most());
                List::new(clause, passages, self.lengths.saturated(most))
            }));
            sums.add_up(&lists, passages.least, |list, posting| {
                let record = PassageRecord::read(records.get(posting.number() as usize)?);
                let frequency = self.lengths.in_passage(list.space, &record, posting);
                Some(self.lengths.saturated(frequency))
            });
            passages.offer(number, &sums);

            lists.clear();
            lists.extend(here.iter().map(|&(clause, found)| {
                let articles = found.articles();
                let most = self.lengths.in_title(clause.space, 1, articles.most());
                List::new(clause, articles, self.lengths.saturated(most))
            }));
            sums.add_up(&lists, articles.least, |list, posting| {
                let record = shard.article_record(posting.number())?;
                let of_words = list.space == Space::Word;
                let length = if of_words { record.title_words } else { record.title_bigrams };
                let frequency = self.lengths.in_title(list.space, length, posting);
                Some(self.lengths.saturated(frequency))
            });
            articles.offer(number, &sums);

            let of_words = here.iter().filter(|(clause, _)| clause.space == Space::Word);
            lists.clear();
            lists.extend(of_words.map(|&(clause, found)| {
                let templates = found.templates();
                let most = self.lengths.in_template(1, templates.most());
                List::new(clause, templates, self.lengths.saturated(most))
            }));
            sums.add_up(&lists, templates.least, |_, posting| {
                let record = shard.template_record(posting.number())?;
                let frequency = self.lengths.in_template(record.words, posting);
                Some(self.lengths.saturated(frequency))
            });
            templates.offer(number, &sums);
        }
        Found { passages: passages.take(), articles: articles.take(), templates: templates.take() }
    }
}

/// No passage is shorter.
const SHORTEST: PassageRecord = PassageRecord {
    article: 0,
    words: 1,
    bigrams: 1,
    heading_words: 1,
    remedial: false,
    stored: 0,
};

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
            let worth = term.score * factor * PARTS;
            clauses.push(Clause { places, space, worth, to_passages });
        }
    }
    clauses
}

/// The documents of one kind that hold a term in one shard.
struct List<'p> {
    postings: Postings<'p>,
    space: Space,
    /// What the term is worth, in parts of a nat.
    worth: f64,
    /// What it adds to a document at most.
    most: u64,
}

impl<'p> List<'p> {
    /// The list of a clause, where no document's saturated frequency is above `most`.
    fn new(clause: &Clause<'_>, postings: Postings<'p>, most: f64) -> Self {
        // One more for rounding.
        let most =
            if postings.len() == 0 { 0 } else { u64::from(in_parts(clause.worth * most)) + 1 };
        Self { postings, space: clause.space, worth: clause.worth, most }
    }
}

/// A sum's share in whole parts: at least one, so that no document that holds a term is worth nothing.
fn in_parts(value: f64) -> u32 {
    (value as u32).max(1)
}

/// The sums of the documents of one kind in one shard, by their numbers.
#[derive(Debug, Default)]
struct Sums(Vec<u32>);

impl Sums {
    /// Adds up what the lists, in order of worth, bring to the documents, as far as these may come to `least`.
    ///
    /// A document that all which is still to come would not bring there is passed over: most of what is in the
    /// long lists of common terms, after the few that the rare terms brought ahead (MaxScore: Turtle and
    /// Flood, Query Evaluation: Strategies and Optimizations, 1995).
    fn add_up<'s>(
        &mut self,
        lists: &[List<'s>],
        least: u32,
        saturated: impl Fn(&List<'s>, Posting) -> Option<f64>,
    ) {
        let last = lists.iter().filter_map(|list| list.postings.last()).map(Posting::number).max();
        self.0.clear();
        self.0.resize(last.map_or(0, |last| last as usize + 1), 0);
        let mut to_come: u64 = lists.iter().map(|list| list.most).sum();
        for list in lists {
            let lacking = u64::from(least).saturating_sub(to_come);
            for posting in list.postings.iter() {
                if let Some(sum) = self.0.get_mut(posting.number() as usize)
                    && u64::from(*sum) >= lacking
                    && let Some(saturated) = saturated(list, posting)
                {
                    *sum = sum.saturating_add(in_parts(list.worth * saturated));
                }
            }
            to_come -= list.most;
        }
    }
}

/// How many sums are looked at together.
const BLOCK: usize = 64;

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
        Self { limit, least: 1, found: Vec::new(), room: 2 * limit }
    }

    /// Takes the sums of a shard.
    fn offer(&mut self, shard: u32, sums: &Sums) {
        for (block, sums) in (0..).zip(sums.0.chunks(BLOCK)) {
            // Most blocks hold none, and that of a whole one is quickly told.
            if !sums.iter().fold(false, |any, &sum| any | (sum >= self.least)) {
                continue;
            }
            for (number, &sum) in (block * BLOCK as u32..).zip(sums) {
                if sum >= self.least {
                    self.found.push((sum, Address { shard, number }));
                    if self.found.len() >= self.room {
                        self.drop_lesser();
                    }
                }
            }
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
        self.room = self.found.len() + self.limit;
    }

    fn take(mut self) -> Vec<Address> {
        self.drop_lesser();
        self.found.into_iter().map(|(_, address)| address).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sums that lists of postings with frequencies come to, and of which the pruned are true from `least` on.
    fn sums(lists: &[(u32, Vec<(u32, u32)>)], least: u32) -> Vec<u32> {
        let postings: Vec<Vec<Posting>> = lists
            .iter()
            .map(|(_, list)| {
                list.iter().map(|&(number, times)| Posting::new(number, times)).collect()
            })
            .collect();
        let lists: Vec<List<'_>> = lists
            .iter()
            .zip(&postings)
            .map(|(&(worth, _), postings)| List {
                postings: Postings::new(postings),
                space: Space::Word,
                worth: f64::from(worth),
                most: u64::from(worth) * 8 + 1,
            })
            .collect();
        let mut sums = Sums::default();
        sums.add_up(&lists, least, |_, posting| Some(f64::from(posting.in_body())));
        sums.0.resize(64, 0);
        sums.0
    }

    proptest::proptest! {
        #[test]
        fn what_is_left_out_would_not_have_come_so_far(
            lists in proptest::collection::vec(
                (1u32..90, proptest::collection::btree_map(0u32..64, 1u32..8, 0..64)), 0..8),
            least in 0u32..1500,
        ) {
            let mut lists: Vec<(u32, Vec<(u32, u32)>)> =
                lists.into_iter().map(|(worth, list)| (worth, list.into_iter().collect())).collect();
            lists.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
            let (pruned, whole) = (sums(&lists, least), sums(&lists, 0));
            for (&pruned, &whole) in pruned.iter().zip(&whole) {
                if whole >= least {
                    proptest::prop_assert_eq!(pruned, whole);
                } else {
                    proptest::prop_assert!(pruned < least.max(1));
                }
            }
        }
    }

    fn best(limit: usize, shards: &[&[u32]]) -> Vec<(u32, u32)> {
        let mut best = Best::new(limit);
        for (shard, values) in (0..).zip(shards) {
            best.offer(shard, &Sums(values.to_vec()));
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
        let mut added = Sums(vec![7; 80]);
        added.add_up(&[], 0, |_, _| None);
        assert_eq!(added.0, [0; 0]);
    }
}
