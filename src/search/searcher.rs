//! The search itself: a reading in, an answer out.

use std::cmp::Reverse;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::{Date, DateTime};
use rayon::prelude::*;

use super::answer::{Answer, Applies, Evidence, IncidentAnswer, Remedy};
use super::claims;
use super::confidence::{Outlook, THRESHOLD, confidence};
use super::query::{Query, Words};
use super::rank::{self, Scored};
use super::statistics::Statistics;
use super::weights::Weights;
use super::{candidates, evidence, flows, written};
use crate::article::Divided;
use crate::facts::{Code, CodeDictionary, Incident, Kind, Severity};
use crate::flow::{self, Flow, Truth};
use crate::index::{IndexError, Snapshot};
use crate::record::{Reading, Vocabulary};
use crate::source::{Phrase, Warning};
use crate::text::{Analyzer, Synonyms, Worker};

/// How an answer is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchOptions {
    /// The console, where the user names it; otherwise the record format may tell.
    pub product: Option<String>,
    /// How many remedies an incident gets at most.
    pub limit: usize,
    /// The clock in the place where the logs were written, for flows that compare with the present.
    pub now: Option<DateTime>,
    /// Today, against which a procedure has expired or not.
    pub today: Date,
}

/// Answers pastes from a snapshot.
///
/// It is cheap to clone and may be shared between threads.
#[derive(Debug, Clone)]
pub struct Searcher {
    snapshot: Snapshot,
    analyzer: Analyzer,
    vocabulary: Arc<Vocabulary>,
    synonyms: Arc<Synonyms>,
    weights: Arc<Weights>,
    /// Parsed when the first facts come.
    flows: Arc<OnceLock<Arc<[Flow]>>>,
    /// Workers that no thread is using: they remember the words that they have seen.
    idle: Arc<Mutex<Vec<Worker>>>,
}

/// How many of the best articles may be remedies. What comes behind so many has less of everything.
const ARTICLES: usize = 50;
/// How many near articles stand under `related`.
const RELATED: usize = 3;

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
        (
            Self {
                snapshot,
                analyzer,
                vocabulary,
                synonyms,
                weights: Arc::default(),
                flows: Arc::default(),
                idle: Arc::default(),
            },
            warnings,
        )
    }

    /// The same searcher with another table of weights, to measure what each is worth.
    #[must_use]
    pub fn weighed(self, weights: Weights) -> Self {
        Self { weights: Arc::new(weights), ..self }
    }

    /// The codes that the knowledge base knows.
    #[must_use]
    pub fn codes(&self) -> &CodeDictionary {
        &self.vocabulary.codes
    }

    /// What reading a paste needs to know of the knowledge base.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The analyzer that the snapshot was built with.
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
        self.flows.get_or_init(|| flows::parse(self.snapshot.resources()).into())
    }

    /// Answers everything that was read, the worst that most devices have first.
    pub fn answer(&self, reading: &Reading, options: &SearchOptions) -> Result<Answer, IndexError> {
        let mut incidents = self.answer_incidents(reading, options)?;
        // The sort is stable: what matters as much stays in order of appearance.
        incidents.sort_by_key(|answer| {
            Reverse((urgency(answer.incident.severity), answer.incident.device_count))
        });
        let (flows, reached) = self.walk(reading, options.product.as_deref(), options.now)?;
        let mut warnings = reading.warnings.clone();
        warnings.extend(self.damage(reading));
        Ok(Answer { incidents, flows, reached, warnings })
    }

    /// What a question cannot be answered with, because it is damaged.
    fn damage(&self, reading: &Reading) -> Option<Warning> {
        let asked = reading.incidents.iter().any(|incident| incident.kind == Kind::Question);
        let error = asked.then(|| self.snapshot.vocabulary().err()).flatten()?;
        Some(Warning {
            file: None,
            line: None,
            message: Phrase::new(
                format!(
                    "索引の語の一覧が壊れているため、言いかえでは探していません（{error}）。作り直すには: shirube index"
                ),
                format!(
                    "the index's list of words is damaged, so other words for the question's were not looked for ({error}); to build it anew: shirube index"
                ),
            ),
        })
    }

    pub(super) fn answer_incidents(
        &self,
        reading: &Reading,
        options: &SearchOptions,
    ) -> Result<Vec<IncidentAnswer>, IndexError> {
        let answer = |incident| {
            self.with_worker(|worker| self.answer_incident(reading, incident, options, worker))
        };
        reading.incidents.par_iter().map(answer).collect()
    }

    /// Does something with a worker that no other thread is using.
    fn with_worker<T>(&self, work: impl FnOnce(&mut Worker) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let worker = idle().pop();
        let mut worker = worker.unwrap_or_else(|| self.analyzer.worker());
        let done = work(&mut worker);
        idle().push(worker);
        done
    }

    /// The articles for one incident, best first, without the threshold: id and score.
    pub fn ranking(
        &self,
        incident: &Incident,
        depth: usize,
    ) -> Result<Vec<(String, f64)>, IndexError> {
        let (_, scored) = self.with_worker(|worker| self.rank(incident, depth, worker))?;
        Ok(scored.into_iter().take(depth).map(|scored| (scored.article.id, scored.score)).collect())
    }

    /// The articles for one incident with their evidence, best first, without the threshold.
    pub fn ranked(
        &self,
        reading: &Reading,
        incident: &Incident,
        options: &SearchOptions,
        depth: usize,
    ) -> Result<Vec<Remedy>, IndexError> {
        let (query, scored) = self.with_worker(|worker| self.rank(incident, depth, worker))?;
        let sure = self.sureness(reading, incident, &query, &scored, options);
        let ranked = scored.iter().zip(sure).take(depth);
        ranked
            .map(|(scored, (sure, applies))| {
                self.remedy(incident, &query, scored, sure, applies, options)
            })
            .collect()
    }

    /// The `depth` best articles for one incident, at least.
    fn rank(
        &self,
        incident: &Incident,
        depth: usize,
        worker: &mut Worker,
    ) -> Result<(Query, Vec<Scored>), IndexError> {
        let statistics = Statistics::new(&self.snapshot);
        let equivalents: Vec<_> = incident
            .codes
            .iter()
            .flat_map(|code| {
                let others = self.codes().equivalents(code, &incident.message);
                others.into_iter().map(|other| (code.clone(), other))
            })
            .collect();
        let words =
            Words { synonyms: &self.synonyms, snapshot: &self.snapshot, weights: &self.weights };
        let query = Query::new(incident, &equivalents, &words, worker, &statistics);
        let candidates = candidates::collect(&self.snapshot, &query, &statistics)?;
        let mut scored = rank::rank(&self.snapshot, &query, &statistics, &candidates, depth)?;
        written::prefer(&self.snapshot, &query, &incident.message, worker, &mut scored)?;
        Ok((query, scored))
    }

    fn answer_incident(
        &self,
        reading: &Reading,
        incident: &Incident,
        options: &SearchOptions,
        worker: &mut Worker,
    ) -> Result<IncidentAnswer, IndexError> {
        let (query, scored) = self.rank(incident, ARTICLES, worker)?;
        let (mut remedies, mut last_resort, mut related) = (Vec::new(), Vec::new(), Vec::new());
        let sureness = self.sureness(reading, incident, &query, &scored, options);
        let judged =
            claims::judge(&self.snapshot, incident, &query, &scored, sureness, options.today)?;
        for it in judged {
            let shown = it.claimed() && remedies.len() < options.limit;
            if !shown && related.len() >= RELATED {
                continue;
            }
            let mut remedy =
                self.remedy(incident, &query, it.scored, it.sure, it.applies, options)?;
            if !shown {
                related.push(remedy);
                continue;
            }
            if let Some(Divided { mild, last_resort: last }) = it.divided {
                last_resort.push(Remedy { passage: last, ..remedy.clone() });
                remedy = Remedy { passage: mild, destructive: false, ..remedy };
            }
            remedies.push(remedy);
        }
        Ok(IncidentAnswer {
            meanings: incident.codes.iter().map(|code| self.meaning(code, incident)).collect(),
            incident: incident.clone(),
            remedies,
            last_resort,
            related,
        })
    }

    /// How sure each of the scored articles is, and whether its scope takes in the incident.
    fn sureness<'s>(
        &'s self,
        reading: &'s Reading,
        incident: &'s Incident,
        query: &'s Query,
        scored: &'s [Scored],
        options: &'s SearchOptions,
    ) -> impl Iterator<Item = (f64, Applies)> + 's {
        let product = options.product.as_deref().or(incident.product.as_deref());
        let outlook = Outlook::of(incident);
        let mut best = scored.iter().map(|scored| scored.score);
        let (first, second) = (best.next().unwrap_or(0.0), best.next().unwrap_or(0.0));
        scored.iter().enumerate().map(move |(index, scored)| {
            let next = if index == 0 { second } else { first.min(scored.score) };
            let applies = applies(scored, product).min(holds(scored, reading, options.now));
            let mut sure = confidence(incident, outlook, query, scored, next);
            if applies == Applies::No {
                sure = sure.min(THRESHOLD / 2.0);
            }
            (sure, applies)
        })
    }

    /// What a code of the incident means: under its wording, the published table may have another
    /// number for it.
    fn meaning(&self, code: &Code, incident: &Incident) -> Option<Phrase> {
        let published = self.codes().published(code, &incident.message);
        self.codes().meaning(published.as_ref().unwrap_or(code)).cloned()
    }

    fn remedy(
        &self,
        incident: &Incident,
        query: &Query,
        scored: &Scored,
        confidence: f64,
        applies: Applies,
        options: &SearchOptions,
    ) -> Result<Remedy, IndexError> {
        let article = &scored.article;
        let passage = rank::shown(&self.snapshot, scored)?;
        let date = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<Date>().ok());
        let valid_until = date(&article.valid_until);
        let mut cautions = article.cautions.clone();
        for caution in &passage.cautions {
            if !cautions.contains(caution) {
                cautions.push(caution.clone());
            }
        }
        let evidence: Vec<Evidence> = evidence::of(incident, query, scored, &passage, self.codes());
        Ok(Remedy {
            id: article.id.clone(),
            passage_id: format!("{}#{}", article.id, passage.anchor),
            title: article.title.clone(),
            section: passage.section,
            passage: passage.markdown,
            product: article.product.clone(),
            platforms: article.platforms.clone(),
            updated: date(&article.updated),
            source: article.source.clone(),
            path: article.path.clone(),
            line: passage.line,
            score: scored.score,
            confidence,
            applies,
            cautions,
            destructive: passage.destructive,
            valid_until,
            expired: valid_until.is_some_and(|last| last < options.today),
            evidence,
        })
    }
}

/// How soon an incident of a severity wants to be looked at. What a log does not call harmless may not be.
fn urgency(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 3,
        Severity::Warning => 2,
        Severity::Unknown => 1,
        Severity::Info => 0,
    }
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

/// Whether the article's console is the incident's.
fn applies(scored: &Scored, product: Option<&str>) -> Applies {
    match (&scored.article.product, product) {
        (None, _) => Applies::Yes,
        (Some(_), None) => Applies::Unknown,
        (Some(article), Some(product)) => {
            if crate::text::fold(article) == crate::text::fold(product) {
                Applies::Yes
            } else {
                Applies::No
            }
        }
    }
}
