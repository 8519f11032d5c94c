//! Which articles may help at all: cheap sums propose, ranking decides.
//!
//! More are proposed than are shown, by four retrievers: the words of passages, the words of titles, the
//! wordings of templates, and keys (codes, labels), so that none can crowd out another. The first three
//! sum up the weights of the rarest words of the query in each document, term after term and shard
//! after shard. The sums are whole numbers, so that no order of adding moves them, and all documents
//! that are level with the last one are proposed with it: neither threads nor the division into shards
//! show.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::accumulators::{Accumulators, FIXED_POINT_SCALE, List};
use super::statistics::{Statistics, TermInfo};
use super::top_k::TopK;
use crate::index::{Address, Field, Postings, Result, Saturation, Snapshot, TermPostings};
use crate::search::query::Query;
use crate::search::term::QueryTerm;

/// How many candidates there are of each kind.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Breadth {
    /// How many of the best articles are read.
    pub(in crate::search) articles: usize,
    /// How many passages are proposed by their words.
    pub(in crate::search) passages: usize,
    /// How many articles are proposed by their titles.
    pub(in crate::search) titles: usize,
    /// How many templates are aligned with the message.
    pub(in crate::search) templates: usize,
}

impl Breadth {
    /// The breadth for what was asked: articles after these have less of everything.
    pub(in crate::search) const ASKED: Self =
        Self { articles: 50, passages: 96, titles: 24, templates: 48 };
    /// The breadth for a line that nobody asked: what is claimed of it must be sure, and so is among the very best.
    pub(in crate::search) const UNASKED: Self =
        Self { articles: 16, passages: 48, titles: 16, templates: 32 };
}

/// A key that more documents hold proposes none of them: it tells nothing by itself.
const MAX_KEY_FREQUENCY: u64 = 400;
/// How many words are asked for; the rarest of a long message find what all of it would.
const MAX_QUERY_TERMS: usize = 12;
/// How many passages are looked at for words, and for bigrams: the rarest terms first, and no more terms when
/// these are used up. What a common word adds to the rare ones moves few documents, and ranking counts it
/// anyway. Titles and templates, which are far fewer, are looked at for every term.
const MAX_PASSAGES_SEEN: u64 = 20_000;
/// So many terms lead to passages however common they are: a message may be made of nothing else.
const MIN_QUERY_TERMS: usize = 3;

/// The documents that the retrievers proposed.
#[derive(Debug, Clone, Default)]
pub(in crate::search) struct Candidates {
    pub(in crate::search) articles: BTreeSet<Address>,
    /// The passages that were proposed by their words, in order of address.
    pub(in crate::search) passages: BTreeSet<Address>,
    /// The templates to align, in order of address.
    pub(in crate::search) templates: BTreeSet<Address>,
    /// The templates that are one of the query's labels.
    pub(in crate::search) labelled: BTreeSet<Address>,
    /// The articles that declare one of the query's labels as their own.
    pub(in crate::search) declaring: BTreeSet<Address>,
}

impl Candidates {
    /// The candidates of these articles, without those that keys proposed: another query has keys of its own.
    pub(in crate::search) fn of(&self, snapshot: &Snapshot, articles: &[Address]) -> Result<Self> {
        let mut of = Self { articles: articles.iter().copied().collect(), ..Self::default() };
        for &passage in &self.passages {
            if of.articles.contains(&snapshot.article_of_passage(passage)?) {
                of.passages.insert(passage);
            }
        }
        for &template in &self.templates {
            if of.articles.contains(&snapshot.article_of_template(template)?) {
                of.templates.insert(template);
            }
        }
        Ok(of)
    }
}

/// Where candidates are looked for by their words.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) enum Pool<'c> {
    Snapshot(Breadth),
    /// Among those of an earlier query with the same words.
    Known(&'c Candidates),
}

impl Pool<'_> {
    /// How many of the best articles are read.
    pub(in crate::search) fn articles(self) -> usize {
        match self {
            Self::Snapshot(breadth) => breadth.articles,
            Self::Known(_) => Breadth::UNASKED.articles,
        }
    }
}

/// Collects the candidates for a query whose terms are weighed.
pub(in crate::search) fn collect(
    snapshot: &Snapshot,
    query: &Query,
    statistics: &Statistics<'_>,
    pool: Pool<'_>,
) -> Result<Candidates> {
    let mut candidates = match pool {
        Pool::Known(known) => known.clone(),
        Pool::Snapshot(breadth) => {
            let retriever = Retriever::new(query, statistics);
            let [passages, articles, templates] = retriever.retrieve(snapshot, breadth);
            Candidates {
                passages: passages.into_iter().collect(),
                articles: articles.into_iter().collect(),
                templates: templates.into_iter().collect(),
                ..Candidates::default()
            }
        }
    };
    for &passage in &candidates.passages {
        candidates.articles.insert(snapshot.article_of_passage(passage)?);
    }
    for label in &query.labels {
        let info = statistics.term(Field::Label, label);
        candidates.declaring.extend(articles_of(&info));
        if info.templates <= MAX_KEY_FREQUENCY {
            candidates.labelled.extend(addresses(&info, TermPostings::templates));
        }
    }
    candidates.articles.extend(&candidates.declaring);
    candidates.templates.extend(&candidates.labelled);
    for key in &query.code_keys {
        let info = statistics.term(Field::Code, &key.key);
        if info.articles + info.passages <= MAX_KEY_FREQUENCY {
            candidates.articles.extend(articles_of(&info));
            for passage in passages_of(&info) {
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
pub(in crate::search) fn articles_of(info: &TermInfo<'_>) -> impl Iterator<Item = Address> {
    addresses(info, TermPostings::articles)
}

pub(in crate::search) fn passages_of(info: &TermInfo<'_>) -> impl Iterator<Item = Address> {
    addresses(info, TermPostings::passages)
}

fn addresses<'p, 's: 'p>(
    info: &'p TermInfo<'s>,
    of: impl Fn(&'p TermPostings<'s>) -> &'p Postings + 'p,
) -> impl Iterator<Item = Address> + 'p {
    info.shards.iter().flat_map(move |(shard, found)| {
        of(found).numbers().map(|number| Address { shard: *shard, number })
    })
}

struct Clause<'s> {
    info: Rc<TermInfo<'s>>,
    field: Field,
    /// The weight, in fixed point.
    weight: f64,
    /// Whether it is rare enough to lead to passages.
    retrieves_passages: bool,
}

/// The terms of a query that lead to documents.
struct Retriever<'s> {
    /// Words and bigrams.
    clauses: Vec<Clause<'s>>,
    saturation: Saturation,
}

/// The postings of one kind of document.
type Of<'s> = for<'p> fn(&'p TermPostings<'s>) -> &'p Postings;

impl<'s> Retriever<'s> {
    fn new(query: &Query, statistics: &Statistics<'s>) -> Self {
        let mut clauses = clauses(&query.words, Field::Word, statistics);
        clauses.extend(self::clauses(&query.bigrams, Field::Bigram, statistics));
        Self { clauses, saturation: Saturation(query.weights.saturation) }
    }

    /// The passages, articles and templates, without order.
    fn retrieve(&self, snapshot: &Snapshot, breadth: Breadth) -> [Vec<Address>; 3] {
        let mut passages = TopK::new(breadth.passages);
        let mut articles = TopK::new(breadth.titles);
        let mut templates = TopK::new(breadth.templates);
        let mut accumulators = Accumulators::default();
        let mut lists = Vec::new();
        for number in (0..).take(snapshot.shards().len()) {
            let mut retrieve = |best: &mut TopK, of: Of<'s>, leads: fn(&Clause<'_>) -> bool| {
                let leading = self.clauses.iter().filter(|clause| leads(clause));
                lists.clear();
                lists.extend(leading.filter_map(|clause| {
                    let postings = of(clause.info.in_shard(number)?);
                    Some(List::new(clause.weight, postings, self.saturation))
                }));
                accumulators.add(&lists);
                best.collect(number, accumulators.sums());
            };
            retrieve(&mut passages, TermPostings::passages, |clause| clause.retrieves_passages);
            retrieve(&mut articles, TermPostings::articles, |_| true);
            retrieve(&mut templates, TermPostings::templates, |it| it.field == Field::Word);
        }
        [passages, articles, templates].map(TopK::into_vec)
    }
}

/// The clauses of the terms that tell most, at most [`MAX_QUERY_TERMS`] terms, and of what may stand for them.
fn clauses<'s>(terms: &[QueryTerm], field: Field, statistics: &Statistics<'s>) -> Vec<Clause<'s>> {
    let mut rarest: Vec<_> = terms
        .iter()
        .filter(|term| term.score > 0.0 && (term.known || !term.alternatives.is_empty()))
        .collect();
    rarest.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
    rarest.truncate(MAX_QUERY_TERMS);
    let mut clauses = Vec::new();
    let mut seen = 0;
    for (place, term) in rarest.into_iter().enumerate() {
        let retrieves_passages = place < MIN_QUERY_TERMS || seen < MAX_PASSAGES_SEEN;
        let own = [(term.text.as_str(), 1.0)].into_iter();
        let single = term.alternatives.iter().filter(|alternative| alternative.terms.len() == 1);
        let others = single.flat_map(|alternative| {
            alternative.terms.iter().map(|text| (text.as_str(), alternative.factor))
        });
        for (text, factor) in own.chain(others) {
            let info = statistics.term(field, text);
            seen += info.passages;
            let weight = term.score * factor * FIXED_POINT_SCALE;
            clauses.push(Clause { info, field, weight, retrieves_passages });
        }
    }
    clauses
}
