//! The search itself: a reading in, an answer out.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::DateTime;
use rayon::prelude::*;

use super::alternatives::Alternatives;
use super::answer::{
    Answer, Applies, Evidence, IncidentAnswer, LookAlike, Matched, NamedCode, Remedy,
};
use super::claims::{self, Circumstances, Parted};
use super::confidence::{Polarity, Standing, confidence};
use super::options::AnswerOptions;
use super::passage_of::both;
use super::pattern::{self, Captured, Patterns};
use super::query::{Equivalents, KeyKind, Query, QueryContext};
use super::retrieve::retriever::{self, Breadth, Candidates, Pool};
use super::retrieve::statistics::Statistics;
use super::scope::{Scope, Scoper};
use super::scored::{self, Scored};
use super::term::QueryTerm;
use super::weights::{
    MATCHING, MATCHING_LOSS, NEARLY_AS_GOOD, THRESHOLD, UNASKED, UNASKED_AT_MOST, WORDED, Weights,
};
use super::{evidence, lead, look_alike, one_way, pointer, rank, waiting, wish, written};
use crate::article::{Divided, Role};
use crate::facts::{
    Code, CodeDictionary, Incident, Kind, Products, Relation, announced_in_japanese,
};
use crate::flow::{self, Flow, Truth};
use crate::index::{
    Address, CodeKeys, Field, FieldWeights, IndexError, Result, Snapshot, StoredPassage,
    subject_key,
};
use crate::record::{Reading, Vocabulary, is_typed};
use crate::source::{Phrase, Warning, phrase};
use crate::text::lexicon::{self, Section};
use crate::text::{Analyzer, Synonyms, Worker, fold};

/// Answers pastes from a snapshot.
///
/// It is cheap to clone and may be shared between threads.
#[derive(Debug, Clone)]
pub struct Searcher {
    snapshot: Snapshot,
    analyzer: Analyzer,
    vocabulary: Arc<Vocabulary>,
    synonyms: Arc<Synonyms>,
    products: Arc<Products>,
    /// The consoles that articles are about; looked up when a name is none of the found articles'.
    documented: Arc<OnceLock<BTreeSet<String>>>,
    weights: Arc<Weights>,
    /// Parsed when the first facts come.
    flows: Arc<OnceLock<Arc<[Flow]>>>,
    /// Compiled when the first incident comes.
    patterns: Arc<OnceLock<Patterns>>,
    /// Workers that no thread is using: they remember the words that they have seen.
    idle: Arc<Mutex<Vec<Worker>>>,
}

/// How many near articles are under `related`.
pub(super) const RELATED: usize = 3;
/// How many of the best articles of one reading are ranked by the other.
const AGAIN: usize = Breadth::UNASKED.articles;
/// How many articles are looked at for one that does not lead to the best.
const RIVALS: usize = 4;
/// How many messages that look alike are told apart: who has read two knows to compare.
const LOOK_ALIKES: usize = 2;

static INTRODUCING: Section = lexicon::MAIL_PHRASES.section("introducing");

/// Whether a question does no more than introduce a log: 「以下のエラーが出ました」.
fn introduces(incident: &Incident) -> bool {
    incident.kind == Kind::Question && INTRODUCING.iter().any(|it| incident.message.contains(it))
}

/// Adds a message that looks alike. Several articles may have it: it is told once, of the one that declares it, or else of
/// the nearest.
fn tell_apart(look_alikes: &mut Vec<(bool, LookAlike)>, declared: bool, told: LookAlike) {
    match look_alikes.iter_mut().find(|(_, known)| known.written == told.written) {
        Some(known) if declared && !known.0 => *known = (declared, told),
        Some(_) => {}
        None => look_alikes.push((declared, told)),
    }
}

impl Searcher {
    /// A searcher over a snapshot, with what its resources could not make sense of.
    #[must_use]
    pub fn new(snapshot: Snapshot) -> (Self, Vec<Warning>) {
        let (vocabulary, mut warnings) = snapshot.resources().vocabulary();
        let (analyzer, more) = snapshot.resources().analyzer();
        warnings.extend(more);
        let (synonyms, more) = snapshot.resources().synonyms(&analyzer);
        warnings.extend(more);
        let (vocabulary, synonyms) = (Arc::new(vocabulary), Arc::new(synonyms));
        let products = Arc::new(snapshot.resources().products());
        let searcher = Self {
            snapshot,
            analyzer,
            vocabulary,
            synonyms,
            products,
            documented: Arc::default(),
            weights: Arc::default(),
            flows: Arc::default(),
            patterns: Arc::default(),
            idle: Arc::default(),
        };
        (searcher.weighed(Weights::default()), warnings)
    }

    /// The same searcher with another table of weights, to measure what each is worth.
    #[must_use]
    pub fn weighed(self, weights: Weights) -> Self {
        let snapshot = self.snapshot.weighed(&FieldWeights {
            title: weights.title,
            heading: weights.heading,
            body: weights.body,
            length_heading: weights.length_heading,
            length_body: weights.length_body,
            saturation: weights.saturation,
        });
        Self { weights: Arc::new(weights), snapshot, ..self }
    }

    /// The codes that the knowledge base knows.
    #[must_use]
    pub fn codes(&self) -> &CodeDictionary {
        &self.vocabulary.codes
    }

    /// The vocabulary of the knowledge base, for reading a paste.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub(crate) fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// The snapshot that is searched.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The check flows of the knowledge base, in order of id.
    #[must_use]
    pub fn flows(&self) -> &Arc<[Flow]> {
        self.flows.get_or_init(|| self.snapshot.resources().parsed_flows().into())
    }

    /// Answers everything that was read, the worst that most devices have first. Where nothing is found, a paste
    /// that may be a question is asked as one, and a question is read as a line of a log; what is
    /// found so claims nothing that loses data.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn answer(&self, reading: &Reading, options: &AnswerOptions) -> Result<Answer, IndexError> {
        let (first, found) =
            self.answer_as_read(reading, options, Pool::Snapshot(Breadth::ASKED))?;
        let reports = match first.incidents.as_slice() {
            [only] => claims::merely_reports(&only.incident),
            _ => false,
        };
        let again = first.is_empty_handed() && !reports;
        let other = again.then(|| reading.otherwise(self.codes())).flatten();
        let Some(other) = other else { return Ok(first) };
        // The words are the same: what they are sure of is among what the first search found best, if it had any word.
        let found = found.as_ref().filter(|found| !found.articles.is_empty());
        let pool = found.map_or(Pool::Snapshot(Breadth::UNASKED), Pool::Known);
        let (mut second, _) = self.answer_as_read(&other, options, pool)?;
        // A sentence that somebody typed is a line of a log where it is one that the manual has.
        let typed = |it: &IncidentAnswer| {
            it.incident.kind == Kind::Question && is_typed(&it.incident.message)
        };
        let sentence = first.incidents.iter().any(typed);
        for incident in &mut second.incidents {
            incident.remedies.retain_mut(|remedy| {
                if remedy.evidence.iter().any(wish::is_of_name) {
                    return !remedy.destructive;
                }
                let sure = remedy.confidence >= UNASKED;
                remedy.confidence = remedy.confidence.min(UNASKED_AT_MOST);
                !remedy.destructive && !sentence && sure
            });
        }
        if second.is_empty_handed() {
            return Ok(first);
        }
        second.read.again = true;
        Ok(second)
    }

    /// The answer, and the best candidates for a single incident that has no remedy.
    fn answer_as_read(
        &self,
        reading: &Reading,
        options: &AnswerOptions,
        pool: Pool<'_>,
    ) -> Result<(Answer, Option<Candidates>)> {
        let answered = self.answer_incidents(reading, options, pool)?;
        let (mut incidents, mut found): (Vec<_>, Vec<_>) = answered.into_iter().unzip();
        let found = if found.len() == 1 { found.pop().flatten() } else { None };
        // The name of a console over its rows is a heading.
        let heading = |it: &IncidentAnswer| self.products.heading(&it.incident.message).is_some();
        if !incidents.iter().all(heading) {
            incidents.retain(|it| !heading(it));
        }
        // Who introduces a log has the answer with it.
        if incidents.iter().any(|it| !it.remedies.is_empty()) {
            incidents.retain(|it| !it.remedies.is_empty() || !introduces(&it.incident));
        }
        // The sort is stable: what matters as much stays in order of appearance.
        incidents.sort_by_key(|answer| {
            let incident = &answer.incident;
            // A message tells why; a state beside it only that.
            let message = incident.kind != Kind::Status;
            Reverse((incident.severity.urgency(), incident.device_count, message))
        });
        let (flows, reached) = self.walk(reading, options.product.as_deref(), options.now)?;
        for answer in &mut incidents {
            let Some(flow) = self.answering(answer, &reading.facts, &flows) else { continue };
            answer.answered_by = Some(flow.id.clone());
            self.prefer_cause(answer, &reading.facts, flow, &flows)?;
        }
        let mut warnings = reading.warnings.clone();
        warnings.extend(self.snapshot.unread());
        warnings.extend(self.unknown_product(options)?);
        warnings.extend(self.damage(reading));
        let waiting = waiting::waiting(reading);
        let notices = self.notices(&incidents, options)?;
        let read = reading.summary();
        Ok((Answer { notices, incidents, waiting, flows, reached, warnings, read }, found))
    }

    /// Warnings for damaged parts, which cannot answer a question.
    fn damage(&self, reading: &Reading) -> Option<Warning> {
        let asked = reading.incidents.iter().any(|incident| incident.kind == Kind::Question);
        let error = asked.then(|| self.snapshot.vocabulary().err()).flatten()?;
        Some(Warning {
            file: None,
            line: None,
            message: phrase!(
                "索引の語の一覧が壊れているため、言いかえでは探していません（{error}）。作り直すには: shirube index",
                "the index's list of words is damaged, so other words for the question's were not looked for ({error}); to build it anew: shirube index"
            ),
        })
    }

    pub(super) fn answer_incidents(
        &self,
        reading: &Reading,
        options: &AnswerOptions,
        pool: Pool<'_>,
    ) -> Result<Vec<(IncidentAnswer, Option<Candidates>)>> {
        let scoper = self.scoper(reading, options.product.as_deref());
        let answer = |incident| {
            let about = About { reading, incident, scoper: &scoper };
            self.with_worker(|worker| self.answer_incident(&about, options, pool, worker))
        };
        let waited_for = |_: &&Incident| !options.stop.is_stopped();
        if let [only] = reading.incidents.as_slice() {
            // To hand it to another thread, and to wait for that, takes longer than what is gained.
            return Some(only).filter(waited_for).into_iter().map(answer).collect();
        }
        reading.incidents.par_iter().filter(waited_for).map(answer).collect()
    }

    /// Does something with a worker that no other thread is using.
    pub(super) fn with_worker<T>(&self, work: impl FnOnce(&mut Worker) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let worker = idle().pop();
        let mut worker = worker.unwrap_or_else(|| self.analyzer.worker());
        let done = work(&mut worker);
        idle().push(worker);
        done
    }

    /// The articles for one incident, best first, without the threshold: id and score.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn ranking(
        &self,
        incident: &Incident,
        depth: usize,
    ) -> Result<Vec<(String, f64)>, IndexError> {
        let (_, scored) = self.ordered(incident, depth)?;
        Ok(descending(scored.into_iter().map(|scored| (scored.article.id, scored.score))))
    }

    /// The passages that the articles for one incident are shown by, in the same order: `id#anchor` and score.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn passage_ranking(
        &self,
        incident: &Incident,
        depth: usize,
    ) -> Result<Vec<(String, f64)>, IndexError> {
        let (query, scored) = self.ordered(incident, depth)?;
        let shown = scored.iter().map(|scored| {
            let passage = lead::lead(&self.snapshot, &query, scored)?.shown;
            Ok((format!("{}#{}", scored.article.id, passage.anchor), scored.score))
        });
        Ok(descending(shown.collect::<Result<Vec<_>>>()?))
    }

    /// The best articles for one incident, those that its scope takes in first.
    fn ordered(&self, incident: &Incident, depth: usize) -> Result<(Query, Vec<Scored>)> {
        let pool = Pool::Snapshot(Breadth { articles: depth, ..Breadth::ASKED });
        let (query, _, scored) = self.with_worker(|worker| self.rank(incident, pool, worker))?;
        let reading = Reading::default();
        let scoper = self.scoper(&reading, None);
        let about = About { reading: &reading, incident, scoper: &scoper };
        let (_, mut scored) = self.in_scope(&about, &query, scored)?;
        scored.truncate(depth);
        Ok((query, scored))
    }

    /// The articles for one incident with their evidence, best first, without the threshold.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn ranked(
        &self,
        reading: &Reading,
        incident: &Incident,
        options: &AnswerOptions,
        depth: usize,
    ) -> Result<Vec<Remedy>, IndexError> {
        let pool = Pool::Snapshot(Breadth { articles: depth, ..Breadth::ASKED });
        let (query, _, scored) = self.with_worker(|worker| self.rank(incident, pool, worker))?;
        let scoper = self.scoper(reading, options.product.as_deref());
        let about = About { reading, incident, scoper: &scoper };
        let (scope, mut scored) = self.in_scope(&about, &query, scored)?;
        let sure = self.sureness(&about, scope.as_ref(), &query, &mut scored, options)?;
        let ranked = scored.iter().zip(sure).take(depth);
        ranked
            .map(|(scored, (sure, applies))| {
                self.remedy(incident, &query, scored, sure, applies, options)
            })
            .collect()
    }

    /// The best articles for one incident, at least as many as are asked for.
    fn rank(
        &self,
        incident: &Incident,
        pool: Pool<'_>,
        worker: &mut Worker,
    ) -> Result<(Query, Candidates, Vec<Scored>)> {
        self.snapshot.unchanged()?;
        let statistics = Statistics::new(&self.snapshot);
        let incident = &*self.with_documented_numbers(incident, &statistics);
        let message = &incident.message;
        let others = |code: &Code| {
            let others = self.codes().equivalents(code, message);
            others.into_iter().map(|other| (code.clone(), other)).collect::<Vec<_>>()
        };
        let ambiguous =
            incident.codes.iter().filter(|code| self.codes().is_ambiguous(code, message));
        let equivalents = Equivalents {
            same: incident.codes.iter().flat_map(others).collect(),
            ambiguous: ambiguous.cloned().collect(),
        };
        let context = QueryContext {
            synonyms: &self.synonyms,
            snapshot: &self.snapshot,
            products: &self.products,
            weights: &self.weights,
        };
        let query = Query::new(incident, &equivalents, &context, worker, &statistics);
        let candidates = retriever::collect(&self.snapshot, &query, &statistics, pool)?;
        let mut scored =
            rank::rank(&self.snapshot, &query, &statistics, &candidates, pool.articles())?;
        written::prefer(&self.snapshot, &query, &incident.message, worker, &mut scored)?;
        self.snapshot.sound()?;
        Ok((query, candidates, scored))
    }

    /// The incident with the numbers of 32 bits as codes that nothing announces, but that a passage is about: nobody counts
    /// that far.
    fn with_documented_numbers<'i>(
        &self,
        incident: &'i Incident,
        statistics: &Statistics<'_>,
    ) -> Cow<'i, Incident> {
        let message = fold(&incident.message);
        let of_number = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let words = message.split(|c| !of_number(c));
        let words = words.filter(|word| !is_numbered(&message, word));
        let numbers = words.filter_map(long_number);
        let mut found = Cow::Borrowed(incident);
        for code in numbers.filter_map(|number| self.codes().read(&number)) {
            let documented = CodeKeys::same(&code)
                .any(|key| statistics.frequency(Field::Code, &subject_key(&key)) > 0);
            if documented && !found.codes.iter().any(|known: &Code| known.number == code.number) {
                found.to_mut().codes.push(code);
            }
        }
        found
    }

    fn answer_incident(
        &self,
        about: &About<'_>,
        options: &AnswerOptions,
        pool: Pool<'_>,
        worker: &mut Worker,
    ) -> Result<(IncidentAnswer, Option<Candidates>)> {
        let incident = about.incident;
        let (query, candidates, scored) = self.rank(incident, pool, worker)?;
        let best: Vec<Address> = scored.iter().take(AGAIN).map(|it| it.address).collect();
        let matching = self.matching(incident)?;
        let scored = self.with_matching(&matching, scored)?;
        let (scope, mut scored) = self.in_scope(about, &query, scored)?;
        let (mut remedies, mut last_resort, mut related) = (Vec::new(), Vec::new(), Vec::new());
        let sureness =
            self.sureness(about, scope.as_ref(), &query, &mut scored, options)?.into_iter();
        let sureness = sureness.zip(&scored).map(|((sure, applies), scored)| {
            let matches = matching.contains_key(&scored.address) && applies != Applies::No;
            (if matches { sure.max(MATCHING) } else { sure }, applies)
        });
        let with_code = |it: &Incident| it.kind != Kind::Question && !it.codes.is_empty();
        let beside_codes =
            incident.kind == Kind::Question && about.reading.incidents.iter().any(with_code);
        let circumstances = Circumstances { today: options.today, beside_codes };
        let judged = claims::judge(
            &self.snapshot,
            incident,
            &query,
            &scored,
            sureness,
            &circumstances,
            worker,
        )?;
        let (mut look_alikes, mut left_out) = (Vec::new(), 0);
        for it in judged {
            let shown = it.claimed() && remedies.len() < options.limit;
            left_out += usize::from(it.claimed() && !shown);
            if let Some(told) = self.look_alike(&it)? {
                let declared = it.scored.message.as_ref().is_some_and(|it| it.template.declared);
                tell_apart(&mut look_alikes, declared, told);
            }
            if !shown && related.len() >= RELATED {
                continue;
            }
            let mut remedy =
                self.remedy(incident, &query, &it.scored, it.sure, it.applies, options)?;
            if !it.scored.article.patterns.is_empty() {
                let captured = matching.get(&it.scored.address).cloned().unwrap_or_default();
                if remedy.destructive {
                    remedy.confidence = remedy.confidence.min(MATCHING_LOSS);
                }
                let several = incident.device_count > 1;
                (remedy.passage, remedy.filled) =
                    pattern::fill(&remedy.passage, &captured, several);
            }
            if !shown {
                related.push(remedy);
                continue;
            }
            if let Some(parted) = it.divided {
                let (mild, last) = part(remedy, parted);
                last_resort.extend((!it.replaced).then_some(last));
                remedy = mild;
            }
            remedies.push(remedy);
        }
        let choice = wish::choice(incident, &remedies, &related);
        if choice.is_some() {
            remedies.append(&mut related);
            remedies.truncate(RELATED);
            last_resort.clear();
            left_out = 0;
            std::mem::swap(&mut remedies, &mut related);
        }
        let found =
            remedies.is_empty().then(|| candidates.of(&self.snapshot, &best)).transpose()?;
        let answer = IncidentAnswer {
            named_codes: self.named_codes(&query, &scored)?,
            meanings: incident.codes.iter().map(|code| self.meaning(code, incident)).collect(),
            scope,
            choice,
            remedies,
            last_resort,
            related,
            look_alikes: look_alikes.into_iter().map(|(_, told)| told).take(LOOK_ALIKES).collect(),
            left_out,
            ..IncidentAnswer::of(incident.clone())
        };
        Ok((answer, found))
    }

    /// The articles whose patterns match an incident, with what they capture. A question is no message.
    fn matching(&self, incident: &Incident) -> Result<BTreeMap<Address, Captured>> {
        if incident.kind == Kind::Question || incident.truncated {
            return Ok(BTreeMap::new());
        }
        let patterns = match self.patterns.get() {
            Some(patterns) => patterns,
            None => {
                let patterns = Patterns::new(&self.snapshot)?;
                self.patterns.get_or_init(|| patterns)
            }
        };
        Ok(patterns.matching(&incident.message))
    }

    /// The scored articles with those whose patterns match, which come first: no words are as telling.
    fn with_matching(
        &self,
        matching: &BTreeMap<Address, Captured>,
        scored: Vec<Scored>,
    ) -> Result<Vec<Scored>> {
        if matching.is_empty() {
            return Ok(scored);
        }
        let best = scored.first().map_or(0.0, |best| best.score);
        let of = |it: &Scored| matching.contains_key(&it.address);
        let (mut first, rest): (Vec<Scored>, Vec<Scored>) = scored.into_iter().partition(of);
        for &address in matching.keys() {
            if !first.iter().any(|it| it.address == address) {
                first.push(rank::unscored(&self.snapshot, address)?);
            }
        }
        for it in &mut first {
            it.score = it.score.max(best) + self.weights.code_stated;
        }
        first.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| a.article.id.cmp(&b.article.id))
        });
        first.extend(rest);
        Ok(first)
    }

    /// The difference between the message that was found and that of an article which merely looks like it.
    fn look_alike(&self, judged: &claims::Judged<'_>) -> Result<Option<LookAlike>> {
        let message = judged.scored.message.as_ref();
        let Some((exact, message)) = judged.looks_like.as_ref().zip(message) else {
            return Ok(None);
        };
        let written = message.template.written.clone();
        let (has, other) = look_alike::apart(exact, &written);
        let passage = scored::passage(&self.snapshot, &judged.scored)?;
        let article = &judged.scored.article;
        let different = (!has.is_empty() || !other.is_empty())
            && look_alike::alike_at_sight(exact, &has, &written);
        Ok(different.then(|| LookAlike {
            passage_id: format!("{}#{}", article.id, passage.anchor),
            title: article.title.clone(),
            written,
            has,
            other,
        }))
    }

    pub(super) fn scoper<'s>(&'s self, reading: &Reading, option: Option<&'s str>) -> Scoper<'s> {
        Scoper::new(&self.products, option, reading)
    }

    /// The scope of the incident, and its articles, those of another scope last.
    fn in_scope(
        &self,
        about: &About<'_>,
        query: &Query,
        scored: Vec<Scored>,
    ) -> Result<(Option<Scope>, Vec<Scored>)> {
        let Some(mut scope) = about.scoper.of(about.incident) else { return Ok((None, scored)) };
        if !scope.products.is_empty() {
            let of = |scored: &Scored| {
                let product = scored.article.product.as_deref();
                product.is_some() && about.scoper.takes_in(&scope, product)
            };
            scope.documented = scored.iter().any(of) || self.is_documented(&scope.products)?;
        }
        let (inside, outside): (Vec<Scored>, Vec<Scored>) =
            scored.into_iter().partition(|it| about.is_inside(&scope, query, it));
        let mut ordered =
            if scope.products.is_empty() { inside } else { own_before_general(inside, query) };
        ordered.extend(outside);
        Ok((Some(scope), ordered))
    }

    /// The consoles that articles are about.
    fn documented(&self) -> Result<&BTreeSet<String>> {
        if let Some(known) = self.documented.get() {
            return Ok(known);
        }
        let products = self.articles()?.into_iter().filter_map(|article| article.product);
        Ok(self.documented.get_or_init(|| products.collect()))
    }

    fn is_documented(&self, products: &[String]) -> Result<bool> {
        let mut known = self.documented()?.iter();
        Ok(known.any(|known| products.iter().any(|product| self.products.same(known, product))))
    }

    /// That the user names a console that no article is about, and which ones there are.
    fn unknown_product(&self, options: &AnswerOptions) -> Result<Option<Warning>> {
        let Some(product) =
            options.product.as_ref().filter(|it| fold(it) != AnswerOptions::ANY_PRODUCT)
        else {
            return Ok(None);
        };
        if self.is_documented(std::slice::from_ref(product))? {
            return Ok(None);
        }
        let known: Vec<&str> = self.documented()?.iter().map(String::as_str).collect();
        let (ja, en) = match known.as_slice() {
            [] => ("なし".to_owned(), "none".to_owned()),
            known => (known.join("、"), known.join(", ")),
        };
        Ok(Some(Warning {
            file: None,
            line: None,
            message: phrase!(
                "製品「{product}」の記事はありません。製品を問わない記事だけから探しました。記事のある製品: {ja}",
                "no article is about the product `{product}`, so only articles that are about no product were searched; there are articles about: {en}"
            ),
        }))
    }

    /// The score of the best of the others that the best article is measured by. One that leads to it is none: its writer sends
    /// whoever reads it there.
    fn rival<'a>(&self, best: &Scored, others: impl Iterator<Item = &'a Scored>) -> Result<f64> {
        for other in others.take(RIVALS) {
            if !pointer::leads_to(&self.snapshot, other, best.address)? {
                return Ok(other.score);
            }
        }
        Ok(0.0)
    }

    /// How sure each of the scored articles is, and whether its scope takes in the incident.
    fn sureness(
        &self,
        about: &About<'_>,
        scope: Option<&Scope>,
        query: &Query,
        scored: &mut [Scored],
        options: &AnswerOptions,
    ) -> Result<Vec<(f64, Applies)>> {
        let incident = about.incident;
        let polarity = Polarity::of(incident);
        // An article about another console is no rival.
        let inside = |it: &&Scored| scope.is_none_or(|scope| about.is_inside(scope, query, it));
        let mut best = scored.iter().filter(inside).map(|scored| scored.score);
        let (first, second) = (best.next().unwrap_or(0.0), best.next().unwrap_or(0.0));
        let names_console = scope.is_some_and(|scope| !scope.products.is_empty());
        let second = match scored.first() {
            // Of a console that is named, all articles lead to one another.
            Some(best) if incident.kind == Kind::Question && !names_console => {
                self.rival(best, scored.iter().filter(inside).skip(1))?
            }
            _ => second,
        };
        let sureness = scored.iter_mut().enumerate().map(|(index, scored)| {
            let rival = if index == 0 { second } else { first };
            let next = rival.min(scored.score);
            let applies = about.applies(scope, query, scored);
            let applies = applies.min(holds(scored, about.reading, options.now));
            let of_product = scored.article.product.is_some() && applies == Applies::Yes;
            let standing = Standing { next, named: of_product && names_console };
            let mut sure = confidence(incident, polarity, query, scored, standing);
            if scored.own_text.is_some() {
                sure = one_way::surer(sure, scored, |scored| {
                    confidence(incident, polarity, query, scored, standing)
                });
            }
            if applies == Applies::No || self.is_code_of_elsewhere(scope, query, scored)? {
                sure = sure.min(THRESHOLD / 2.0);
            }
            Ok((sure, applies))
        });
        sureness.collect()
    }

    /// Whether mere words lead from a console that nobody documents to a code of a system's table: the code itself
    /// would be the system's own error, whatever the console, but a row of a table holds words of any.
    fn is_code_of_elsewhere(
        &self,
        scope: Option<&Scope>,
        query: &Query,
        scored: &Scored,
    ) -> Result<bool> {
        let undocumented = scope.is_some_and(|it| !it.products.is_empty() && !it.documented);
        if !undocumented || scored.code.is_some() || scored.status.is_some() {
            return Ok(false);
        }
        let worded = scored.message.as_ref().is_some_and(|it| it.similarity >= WORDED);
        if worded || query.words.iter().any(QueryTerm::names_error) {
            return Ok(false);
        }
        Ok(!scored::passage(&self.snapshot, scored)?.codes.is_empty())
    }

    /// The meaning of an incident's code, which under its wording may have another published number.
    fn meaning(&self, code: &Code, incident: &Incident) -> Option<Phrase> {
        let published = self.codes().published(code, &incident.message);
        self.codes().meaning(published.as_ref().unwrap_or(code)).cloned()
    }

    /// The errors of an incident that have a name, with what the passages that are about them say.
    fn named_codes(&self, query: &Query, scored: &[Scored]) -> Result<Vec<NamedCode>> {
        let mut named = Vec::new();
        for (number, key) in query.code_keys.iter().enumerate() {
            if key.kind != KeyKind::Name {
                continue;
            }
            let about = |scored: &&Scored| {
                scored.code.as_ref().is_some_and(|code| code.own && code.key == number)
            };
            let meaning = match scored.iter().find(about) {
                Some(scored) => {
                    let (article, place) = scored.matched();
                    self.snapshot.passage(self.snapshot.place(article, place)?)?.meaning
                }
                None => None,
            };
            named.push(NamedCode { name: key.log.written.clone(), meaning });
        }
        Ok(named)
    }

    fn remedy(
        &self,
        incident: &Incident,
        query: &Query,
        scored: &Scored,
        confidence: f64,
        applies: Applies,
        options: &AnswerOptions,
    ) -> Result<Remedy> {
        let article = &scored.article;
        let lead = lead::lead(&self.snapshot, query, scored)?;
        let evidence: Vec<Evidence> = evidence::of(incident, query, scored, &lead, self.codes());
        let matched = lead.matched.map(|(id, passage)| Matched {
            passage_id: format!("{id}#{}", passage.anchor),
            section: passage.head.section,
            passage: passage.markdown,
            line: passage.line,
        });
        let passage = lead.shown;
        let valid_until = article.valid_until;
        let role = match passage.role {
            _ if passage.instructs => Role::Remedy,
            Role::Remedy => Role::Explanation,
            role => role,
        };
        Ok(Remedy {
            id: article.id.clone(),
            passage_id: format!("{}#{}", article.id, passage.anchor),
            title: article.title.clone(),
            section: passage.head.section,
            passage: passage.markdown,
            role,
            matched,
            product: article.product.clone(),
            platforms: article.platforms.clone(),
            updated: article.updated,
            source: article.source.clone(),
            path: article.path.clone(),
            line: passage.line,
            score: scored.score,
            confidence,
            applies,
            cautions: both(article.cautions.clone(), passage.cautions),
            destructive: passage.head.destructive,
            filled: Vec::new(),
            harmless: article.harmless,
            valid_until,
            expired: valid_until.is_some_and(|last| last < options.today),
            evidence,
        })
    }
}

/// A remedy as what is tried first and what is left where that does not help.
fn part(remedy: Remedy, parted: Parted) -> (Remedy, Remedy) {
    match parted {
        Parted::Steps(Divided { mild, last_resort }) => {
            let last = Remedy { passage: last_resort, destructive: true, ..remedy.clone() };
            (Remedy { passage: mild, destructive: false, ..remedy }, last)
        }
        Parted::Sections(sections) => {
            let passage = sections.passage();
            let Alternatives { mild, last } = *sections;
            let of = |it: StoredPassage, cautions: Vec<String>| Remedy {
                passage_id: format!("{}#{}", remedy.id, it.anchor),
                section: it.head.section,
                line: it.line,
                cautions,
                passage: it.markdown,
                destructive: it.head.destructive,
                ..remedy.clone()
            };
            let known = |it: &&String| !last.cautions.contains(it);
            let own: Vec<String> = remedy.cautions.iter().filter(known).cloned().collect();
            let first = mild.into_iter().next().map(|it| of(it, own.clone()));
            let cautions = own.into_iter().chain(last.cautions.iter().cloned()).collect();
            let last = of(last.clone(), cautions);
            (Remedy { passage, ..first.unwrap_or(remedy) }, last)
        }
    }
}

/// A number of 32 bits with the highest set, as [`CodeDictionary::read`] reads it: `0x9A3F1B0E`, the same without its `0x`,
/// `-1707140338`, `2587826958`.
fn long_number(word: &str) -> Option<Cow<'_, str>> {
    let digits = word.strip_prefix("0x").unwrap_or(word);
    let hexadecimal = digits.len() == 8
        && digits.starts_with(|first: char| matches!(first, '8' | '9' | 'a'..='f'))
        && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        && digits.bytes().any(|byte| byte.is_ascii_digit());
    if hexadecimal {
        return Some(Cow::Owned(format!("0x{digits}")));
    }
    let number: i64 = word.parse().ok()?;
    // Of 受付-12 the end is no number below zero.
    let bits = if word.len() > SHORTEST_SIGNED { number.rem_euclid(0x1_0000_0000) } else { number };
    (0x8000_0000..0x1_0000_0000).contains(&bits).then_some(Cow::Borrowed(word))
}

/// A shorter number with a sign sets few of 32 bits, as any number below zero does.
const SHORTEST_SIGNED: usize = 8;

/// Whether a word of a text is said to be the number of something: 注文番号 80180018. An error's own (エラー番号) is a code.
fn is_numbered(text: &str, word: &str) -> bool {
    let before = text.get(..word.as_ptr() as usize - text.as_ptr() as usize).unwrap_or_default();
    let before = before.trim_end_matches([' ', ':', '(', '「', 'は', 'が']);
    before.ends_with("番号") && !announced_in_japanese(before)
}

/// Whether the article's own conditions (`when:`) hold for what was pasted.
fn holds(scored: &Scored, reading: &Reading, now: Option<DateTime>) -> Applies {
    let conditions = &scored.article.when;
    if conditions.is_empty() {
        return Applies::Yes;
    }
    match flow::applies(conditions, &reading.facts, &reading.incidents, now) {
        Truth::True => Applies::Yes,
        Truth::Unknown => Applies::Unknown,
        Truth::False => Applies::No,
    }
}

/// The names with scores that never rise: what its scope puts after others is no better than they are.
fn descending(ranked: impl IntoIterator<Item = (String, f64)>) -> Vec<(String, f64)> {
    let mut last = f64::INFINITY;
    let fall = |(name, score): (String, f64)| {
        last = if score < last { score } else { last.next_down() };
        (name, last)
    };
    ranked.into_iter().map(fall).collect()
}

/// Whoever names a console wants its steps: its articles come before those about no product that they are nearly as
/// good as. What has the very code or wording stays where it is.
fn own_before_general(scored: Vec<Scored>, query: &Query) -> Vec<Scored> {
    let best = scored.first().map_or(0.0, |best| best.score);
    let rests_on_name = |it: &Scored| {
        it.key(query).is_some_and(|key| key.relation == Some(Relation::Exact))
            || it.status.is_some()
            || it.message.as_ref().is_some_and(|message| message.similarity >= WORDED)
    };
    if scored.first().is_some_and(rests_on_name) {
        return scored;
    }
    let (mut own, general): (Vec<Scored>, Vec<Scored>) = scored
        .into_iter()
        .partition(|it| it.article.product.is_some() && it.score >= NEARLY_AS_GOOD * best);
    own.extend(general);
    own
}

/// An incident among what was read with it.
struct About<'r> {
    reading: &'r Reading,
    incident: &'r Incident,
    scoper: &'r Scoper<'r>,
}

impl About<'_> {
    fn is_inside(&self, scope: &Scope, query: &Query, scored: &Scored) -> bool {
        // The article has the very code that the incident states.
        let exact = scored.key(query).is_some_and(|key| key.relation == Some(Relation::Exact));
        let stated = exact && self.incident.codes.iter().any(|code| code.stated);
        self.scoper.takes_in_article(scope, scored, stated)
    }

    /// Whether the article's console and system are the incident's.
    fn applies(&self, scope: Option<&Scope>, query: &Query, scored: &Scored) -> Applies {
        let product = scored.article.product.as_deref();
        match scope {
            Some(scope) if !self.is_inside(scope, query, scored) => Applies::No,
            Some(scope) if !scope.products.is_empty() => Applies::Yes,
            _ if product.is_none() => Applies::Yes,
            _ => Applies::Unknown,
        }
    }
}
