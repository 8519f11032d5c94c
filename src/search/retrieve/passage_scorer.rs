//! The words of the query in titles, headings and texts: BM25 over fields, passage by passage.
//!
//! A word counts where a passage holds it, or one of its alternatives (a synonym, a neighbour in
//! meaning): the best of them, so that an alternative never outweighs the written word and never
//! counts beside it.
//!
//! A word of the title counts in every passage. That is noted once, as the term's ground, and beside it the
//! passages that hold the term themselves: so an article of nine thousand rows costs what its rows hold, and
//! no more.

use std::ops::Range;
use std::rc::Rc;

use super::statistics::{Statistics, TermInfo};
use crate::index::{Extent, Field, PassageCursor, Saturation};
use crate::search::query::Query;
use crate::search::term::QueryTerm;
use crate::search::weights::Weights;

/// How far apart two passages of an article about one thing may be, in passages.
pub(in crate::search) const NEAR: u32 = 4;

/// The places of a term; shard after shard and article after article, the lists are only followed onwards.
struct List<'s> {
    info: Rc<TermInfo<'s>>,
    /// The next shard, as its place among those that hold the term.
    next: usize,
    /// Whether that is the shard that was entered.
    here: bool,
    /// How many of its articles were passed, and the number of the one that comes next.
    articles: usize,
    next_article: u32,
    passages: PassageCursor,
}

/// The first article and the first passage that are left of a list which has none.
const PAST: (u32, u32) = (u32::MAX, u32::MAX);

/// Whether an article is before the first article and the first passage that are left.
fn is_before(article: &Extent<'_>, next: (u32, u32)) -> bool {
    article.address.number < next.0 && article.first.saturating_add(article.passages) <= next.1
}

impl<'s> List<'s> {
    fn new(statistics: &Statistics<'s>, field: Field, term: &str) -> Self {
        let info = statistics.term(field, term);
        let passages = PassageCursor::default();
        Self { info, next: 0, here: false, articles: 0, next_article: 0, passages }
    }

    fn enter(&mut self, shard: u32) {
        let ahead = self.info.shards.get(self.next..).unwrap_or_default();
        self.next += ahead.iter().take_while(|(number, _)| *number < shard).count();
        self.here = self.info.shards.get(self.next).is_some_and(|(number, _)| *number == shard);
        (self.articles, self.next_article) = (0, 0);
        self.passages = PassageCursor::default();
    }

    /// The first article and the first passage that are left of it, as far as it was followed.
    fn next(&self) -> (u32, u32) {
        if self.here { (self.next_article, self.passages.next()) } else { PAST }
    }

    /// Whether any article or passage of the shard holds the term.
    fn holds(&self) -> bool {
        let found = self.info.shards.get(self.next).filter(|_| self.here);
        found.is_some_and(|(_, found)| found.articles + found.passages > 0)
    }

    /// The term's scores in an article: the base, then those of the passages that hold it, in `passages`.
    fn read(
        &mut self,
        article: &Extent<'s>,
        parts: &[Range<u32>],
        saturation: Saturation,
        passages: &mut Vec<(u32, f64)>,
    ) -> f64 {
        let found = self.info.shards.get(self.next).filter(|_| self.here);
        let Some((_, found)) = found else { return saturation.score(0.0) };
        let mut title = 0.0;
        if self.next_article <= article.address.number {
            let articles = found.articles();
            self.articles = articles.seek(self.articles, article.address.number);
            if let Some(posting) = found.article(self.articles)
                && posting.number == article.address.number
            {
                title = posting.frequency;
                self.articles += 1;
            }
            self.next_article = articles.number_at(self.articles);
        }
        for part in parts {
            let first = article.first;
            let range = first.saturating_add(part.start)..first.saturating_add(part.end);
            found.read_passages(&mut self.passages, range, |posting| {
                passages
                    .push((posting.number - first, saturation.score(title + posting.frequency)));
            });
        }
        saturation.score(title)
    }
}

/// The scores of a term in the passages of an article, saturated.
#[derive(Debug, Default)]
struct TermScores {
    /// In each passage that does not hold it itself: by the title.
    ground: f64,
    /// In those that do, in order.
    passages: Vec<(u32, f64)>,
}

impl TermScores {
    fn clear(&mut self) {
        self.ground = 0.0;
        self.passages.clear();
    }

    fn is_empty(&self) -> bool {
        self.ground == 0.0 && self.passages.is_empty()
    }

    fn read<'s>(
        &mut self,
        list: &mut List<'s>,
        article: &Extent<'s>,
        parts: &[Range<u32>],
        saturation: Saturation,
    ) {
        self.clear();
        self.ground = list.read(article, parts, saturation, &mut self.passages);
    }

    /// The scores of both, joined in each passage; `spare` is a buffer.
    fn join(&mut self, other: &Self, join: impl Fn(f64, f64) -> f64, spare: &mut Vec<(u32, f64)>) {
        if other.passages.is_empty() && other.ground == 0.0 && self.passages.is_empty() {
            self.ground = join(self.ground, 0.0);
            return;
        }
        spare.clear();
        let (mut ours, mut theirs) = (self.passages.as_slice(), other.passages.as_slice());
        loop {
            let next = match (ours.first(), theirs.first()) {
                (Some(&(passage, _)), Some(&(other, _))) => passage.min(other),
                (Some(&(passage, _)), None) | (None, Some(&(passage, _))) => passage,
                (None, None) => break,
            };
            let take = |list: &mut &[(u32, f64)], ground| match *list {
                [(passage, value), rest @ ..] if *passage == next => {
                    *list = rest;
                    *value
                }
                _ => ground,
            };
            let (own, others) = (take(&mut ours, self.ground), take(&mut theirs, other.ground));
            spare.push((next, join(own, others)));
        }
        self.ground = join(self.ground, other.ground);
        std::mem::swap(&mut self.passages, spare);
    }
}

struct Term<'s> {
    /// The first article and the first passage of the shard that are left of any of its lists.
    next: (u32, u32),
    own: Option<List<'s>>,
    /// With their factors; of one with several words a passage must hold all.
    alternatives: Vec<(f64, Vec<List<'s>>)>,
}

impl<'s> Term<'s> {
    fn new(term: &QueryTerm, field: Field, statistics: &Statistics<'s>) -> Self {
        let list = |text: &str| List::new(statistics, field, text);
        let alternatives = term.alternatives.iter();
        let lists = |terms: &[String]| terms.iter().map(|text| list(text)).collect();
        Self {
            next: PAST,
            own: term.known.then(|| list(&term.text)),
            alternatives: alternatives.map(|it| (it.factor, lists(&it.terms))).collect(),
        }
    }

    fn enter(&mut self, shard: u32) {
        let others = self.alternatives.iter_mut().flat_map(|(_, lists)| lists);
        for list in self.own.iter_mut().chain(others) {
            list.enter(shard);
            list.here &= list.holds();
        }
        self.look_ahead();
    }

    /// Notes which article and passage come next.
    fn look_ahead(&mut self) {
        // Of several words a passage must hold all, so the first.
        let others = self.alternatives.iter().filter_map(|(_, lists)| lists.first());
        let next = self.own.iter().chain(others).map(List::next);
        self.next = next.fold(PAST, |a, b| (a.0.min(b.0), a.1.min(b.1)));
    }

    /// The scores of the term, or of its best expansion, in an article: the base, then those in `passages`.
    fn read(
        &mut self,
        article: &Extent<'s>,
        parts: &[Range<u32>],
        saturation: Saturation,
        buffers: &mut Buffers,
        passages: &mut Vec<(u32, f64)>,
    ) -> f64 {
        if self.alternatives.is_empty() {
            return self
                .own
                .as_mut()
                .map_or(0.0, |list| list.read(article, parts, saturation, passages));
        }
        let Buffers { best, all, one, spare } = buffers;
        best.clear();
        if let Some(list) = &mut self.own {
            best.read(list, article, parts, saturation);
        }
        for (factor, lists) in &mut self.alternatives {
            let mut lists = lists.iter_mut();
            let Some(first) = lists.next() else { continue };
            // A word that is not here brings nothing.
            if is_before(article, first.next()) {
                continue;
            }
            all.read(first, article, parts, saturation);
            if all.is_empty() {
                continue;
            }
            for list in lists {
                one.read(list, article, parts, saturation);
                all.join(one, f64::min, spare);
            }
            best.join(all, |best, other| best.max(*factor * other), spare);
        }
        passages.extend_from_slice(&best.passages);
        best.ground
    }
}

#[derive(Default)]
struct Buffers {
    best: TermScores,
    all: TermScores,
    one: TermScores,
    spare: Vec<(u32, f64)>,
}

/// The scores of a query's words in articles: term after term, so that each list is read in one go.
pub(in crate::search) struct PassageScorer {
    /// The terms that any of the articles holds, as places among the query's words and bigrams.
    terms: Vec<ScoredTerm>,
    /// Their scores, term after term and article after article.
    held: Vec<HeldBy>,
    /// The same in passages.
    shares: Vec<(u32, f64)>,
    found: ArticleWords,
}

struct ScoredTerm {
    place: u32,
    score: f64,
    /// Where the articles that are not read yet are in `held`.
    articles: Range<usize>,
}

/// An article that holds a term.
struct HeldBy {
    /// Its place among the articles.
    article: u32,
    /// The score by the title.
    ground: f64,
    /// Where the scores of its passages begin and end.
    shares: (u32, u32),
}

/// An article in order of address, and the ranges of its passages that are read, in order.
pub(in crate::search) type Parted<'s> = (Extent<'s>, Vec<Range<u32>>);

impl PassageScorer {
    /// The scores of the words in the parts of some articles.
    pub(in crate::search) fn new(
        query: &Query,
        statistics: &Statistics<'_>,
        articles: &[Parted<'_>],
    ) -> Self {
        let saturation = Saturation(query.weights.saturation);
        let words = query.words.iter().map(|term| (term, Field::Word));
        let bigrams = query.bigrams.iter().filter(|term| term.known);
        let bigrams = bigrams.map(|term| (term, Field::Bigram));
        let mut scorer = Self {
            terms: Vec::new(),
            held: Vec::new(),
            shares: Vec::new(),
            found: ArticleWords::default(),
        };
        let mut buffers = Buffers::default();
        for (place, (term, field)) in (0..).zip(words.chain(bigrams)) {
            let start = scorer.held.len();
            scorer.read(Term::new(term, field, statistics), articles, saturation, &mut buffers);
            let articles = start..scorer.held.len();
            scorer.terms.push(ScoredTerm { place, score: term.score, articles });
        }
        scorer
    }

    /// Follows one term through all articles.
    fn read<'s>(
        &mut self,
        mut term: Term<'s>,
        articles: &[Parted<'s>],
        saturation: Saturation,
        buffers: &mut Buffers,
    ) {
        let mut shard = None;
        for (number, (article, parts)) in (0..).zip(articles) {
            if shard != Some(article.address.shard) {
                shard = Some(article.address.shard);
                term.enter(article.address.shard);
            }
            if is_before(article, term.next) {
                continue;
            }
            let start = self.shares.len();
            let ground = term.read(article, parts, saturation, buffers, &mut self.shares);
            term.look_ahead();
            let end = self.shares.len();
            if ground != 0.0 || start < end {
                let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
                let shares = (place(start), place(end));
                self.held.push(HeldBy { article: number, ground, shares });
            }
        }
    }

    /// The scores of the words in the article at a place, which comes after all that were asked for before.
    pub(in crate::search) fn at(&mut self, place: u32, article: &Extent<'_>) -> &ArticleWords {
        self.found.clear(article.passages);
        for term in &mut self.terms {
            let held = self.held.get(term.articles.clone()).unwrap_or_default();
            let before = held.iter().take_while(|held| held.article < place).count();
            term.articles.start += before;
            let Some(held) = held.get(before).filter(|held| held.article == place) else {
                continue;
            };
            let shares = held.shares.0 as usize..held.shares.1 as usize;
            let shares = self.shares.get(shares).unwrap_or_default();
            self.found.note(term.place, term.score, held.ground, shares);
        }
        &self.found
    }
}

/// The scores of the query's words in one article.
#[derive(Debug, Default)]
pub(in crate::search) struct ArticleWords {
    /// The sum in a passage that holds none of them itself: by the title.
    ground: f64,
    /// The passages' scores above that.
    above: Vec<f64>,
    passages: Vec<u32>,
    terms: Vec<TermScore>,
    /// The passages of all terms with what each term comes to, term by term, each in order.
    shares: Vec<(u32, f64)>,
}

#[derive(Debug)]
struct TermScore {
    /// Its place among the query's words and bigrams.
    term: u32,
    score: f64,
    ground: f64,
    end: usize,
}

/// The scores of the query's words in the best passage.
#[derive(Debug, Clone, Default)]
pub(in crate::search) struct PassageWords {
    /// The sum over words and bigrams.
    pub(in crate::search) score: f64,
    /// The sum over the best of the passages near it, word by word. A log's words may be in the table of
    /// messages and the remedy below it; what is far away is about something else, and a release history
    /// of a thousand passages holds every word somewhere.
    pub(in crate::search) around: f64,
    /// The words that the passage or the title holds, as places in the query's words, with the weight that it holds of each.
    pub(in crate::search) found: Vec<(u32, f64)>,
}

impl ArticleWords {
    fn clear(&mut self, passages: u32) {
        for passage in self.passages.drain(..) {
            if let Some(above) = self.above.get_mut(passage as usize) {
                *above = 0.0;
            }
        }
        let passages = passages as usize;
        if self.above.len() < passages {
            self.above.resize(passages, 0.0);
        }
        self.ground = 0.0;
        self.terms.clear();
        self.shares.clear();
    }

    /// Adds up a term.
    fn note(&mut self, term: u32, score: f64, ground: f64, shares: &[(u32, f64)]) {
        self.ground += score * ground;
        for &(passage, value) in shares {
            let Some(above) = self.above.get_mut(passage as usize) else { continue };
            if *above == 0.0 {
                self.passages.push(passage);
            }
            *above += score * (value - ground);
        }
        self.shares.extend_from_slice(shares);
        self.terms.push(TermScore { term, score, ground, end: self.shares.len() });
    }

    /// The sum in a passage that holds none of the words itself.
    pub(in crate::search) fn ground(&self) -> f64 {
        self.ground
    }

    pub(in crate::search) fn sum(&self, passage: u32) -> f64 {
        self.ground + self.above.get(passage as usize).copied().unwrap_or(0.0)
    }

    /// The score that each of the `passages` first passages has of the words that `count` beyond what [`Self::sum`] gives for them: as
    /// if the title, whose words are saturated in every passage, had none of them.
    pub(in crate::search) fn without_title(
        &self,
        passages: usize,
        w: &Weights,
        count: impl Fn(usize) -> bool,
    ) -> Vec<f64> {
        let saturation = Saturation(w.saturation);
        let mut more = vec![0.0; passages];
        let mut start = 0;
        for term in &self.terms {
            let shares = self.shares.get(start..term.end).unwrap_or_default();
            start = term.end;
            if term.ground == 0.0 || !count(term.term as usize) {
                continue;
            }
            for &(passage, value) in shares.iter().filter(|(_, value)| *value > term.ground) {
                let own = saturation.frequency(value) - saturation.frequency(term.ground);
                let own = saturation.score(own);
                if let Some(more) = more.get_mut(passage as usize) {
                    *more += term.score * (own - (value - term.ground));
                }
            }
        }
        more
    }

    /// The passages that hold any of the words; in no order, and some twice.
    pub(in crate::search) fn passages(&self) -> &[u32] {
        &self.passages
    }

    /// The scores of the words in one passage; `words` is how many of the query's terms are words.
    pub(in crate::search) fn at(&self, passage: u32, words: usize) -> PassageWords {
        let mut at = PassageWords { score: self.sum(passage), ..PassageWords::default() };
        let mut start = 0;
        for term in &self.terms {
            let shares = self.shares.get(start..term.end).unwrap_or_default();
            start = term.end;
            let before = shares.partition_point(|&(other, _)| other + NEAR < passage);
            let near = shares.iter().skip(before);
            let near = near.take_while(|&&(other, _)| other <= passage.saturating_add(NEAR));
            let (mut own, mut best) = (term.ground, term.ground);
            for &(other, value) in near {
                best = best.max(value);
                if other == passage {
                    own = value;
                }
            }
            at.around += term.score * best;
            if own > 0.0 && (term.term as usize) < words {
                at.found.push((term.term, term.score * own.min(1.0)));
            }
        }
        at
    }
}
