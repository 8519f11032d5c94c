//! The check flows over a snapshot: walking them, and finding the passages that they lead to.

use jiff::civil::DateTime;

use super::answer::{Answer, Evidence, IncidentAnswer, Matched, Remedy};
use super::options::AnswerOptions;
use super::passage_of::{both, under};
use super::retrieve::retriever::{Breadth, Pool};
use super::searcher::{RELATED, Searcher};
use super::waiting;
use std::collections::HashSet;

use crate::article::Role;
use crate::facts::{Fact, Incident, Kind};
use crate::flow::{self, Flow, FlowAnswer, FlowRemedy, Link};
use crate::index::{IndexError, Result, StoredArticle, StoredPassage};
use crate::record::Reading;
use crate::text::fold;

/// Whether an incident tells any of the facts itself.
fn tells(incident: &Incident, facts: &[Fact]) -> bool {
    facts.iter().any(|fact| incident.locations.contains(&fact.location))
}

/// The passages that flows lead to, by their links.
type Reached = Vec<(Link, FlowRemedy)>;

impl Searcher {
    /// Walks the flows with what was pasted, and finds the passages that their causes link to.
    pub(super) fn walk(
        &self,
        reading: &Reading,
        product: Option<&str>,
        now: Option<DateTime>,
    ) -> Result<(Vec<FlowAnswer>, Reached)> {
        if reading.facts.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let mut answers = flow::evaluate(self.flows(), &reading.facts, &reading.incidents, now);
        let scoper = self.scoper(reading, product);
        if let Some(scope) = scoper.of_paste(reading) {
            answers.retain(|answer| scoper.takes_in(&scope, answer.product.as_deref()));
        }
        let reached = self.reached(&answers)?;
        Ok((answers, reached))
    }

    /// Walks one flow with what was read, whether its own conditions hold or not: with nothing read,
    /// the answer asks the flow's first question. The incidents are answered as everywhere, for the
    /// step that searches the log.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn follow(
        &self,
        flow: &Flow,
        reading: &Reading,
        options: &AnswerOptions,
    ) -> Result<Answer, IndexError> {
        let pool = Pool::Snapshot(Breadth::ASKED);
        let incidents = self.answer_incidents(reading, options, pool)?;
        let incidents: Vec<IncidentAnswer> = incidents.into_iter().map(|(it, _)| it).collect();
        let flows = flow::walk_through(flow, &reading.facts, &reading.incidents, options.now);
        let reached = self.reached(&flows)?;
        let waiting = waiting::waiting(reading);
        let (read, warnings) = (reading.summary(), reading.warnings.clone());
        let notices = self.notices(&incidents, options)?;
        Ok(Answer { notices, incidents, waiting, flows, reached, warnings, read })
    }

    /// The flow that has answered an incident: it looked at the very state that the incident stands for, on
    /// one of its devices, or it comes to the same passage, or to the same article by `facts` that the incident tells.
    pub(super) fn answering<'f>(
        &self,
        answer: &IncidentAnswer,
        facts: &[Fact],
        flows: &'f [FlowAnswer],
    ) -> Option<&'f FlowAnswer> {
        let incident = &answer.incident;
        let tells = tells(incident, facts);
        let names: HashSet<&str> = incident.devices.iter().map(String::as_str).collect();
        // Who tells the facts is answered by them, whatever the words of the story led to first.
        let of_facts = if tells { answer.remedies.len() } else { 1 };
        let claimed = || answer.remedies.iter().take(of_facts);
        flows.iter().find(|answered| {
            // A candidate answers the state that it is about, not a message that claims more.
            let status = incident.kind == Kind::Status;
            let mut links = answered
                .steps
                .iter()
                .filter(|step| step.answers() && (status || !step.candidate))
                .peekable();
            if links.peek().is_none() {
                return false;
            }
            let same_passage = links.any(|step| {
                let link = step.remedy.as_ref();
                let Some(link) = link.filter(|link| link.anchor.is_some()) else { return false };
                let is_it =
                    |passage: &str| passage.rsplit(['#', '/']).next() == link.anchor.as_deref();
                claimed()
                    .filter(|remedy| remedy.id == link.article)
                    .any(|remedy| tells && !step.candidate || is_it(&remedy.passage_id))
            });
            let devices = || {
                incident.devices.is_empty()
                    || answered.devices.is_empty()
                    || answered.devices.iter().any(|device| names.contains(device.as_str()))
            };
            same_passage || status && devices() && self.looks_at(answered, incident)
        })
    }

    /// Where a flow has found the cause in the facts, and it is in the article that the incident's words led to, that
    /// passage is the remedy: the words alone do not tell which of the article's cases it is. Where the incident tells the
    /// facts itself, it comes first, and what else `flows` treat is no more than near: the facts have decided.
    pub(super) fn prefer_cause(
        &self,
        answer: &mut IncidentAnswer,
        facts: &[Fact],
        flow: &FlowAnswer,
        flows: &[FlowAnswer],
    ) -> Result<()> {
        let mut causes = flow.steps.iter().filter(|step| step.answers() && !step.candidate);
        let (Some(cause), None) = (causes.next(), causes.next()) else { return Ok(()) };
        let Some(link) = cause.remedy.as_ref().filter(|it| it.anchor.is_some()) else {
            return Ok(());
        };
        let Some((article, cause)) = self.stored_passage_of(link)? else { return Ok(()) };
        // A flow asks before it destroys; what the words led to stays.
        if cause.destructive {
            return Ok(());
        }
        if tells(&answer.incident, facts)
            && let Some(place) = answer.remedies.iter().position(|it| it.id == link.article)
        {
            answer.remedies.get_mut(..=place).unwrap_or_default().rotate_right(1);
            let steps = || flows.iter().flat_map(|flow| &flow.steps);
            let is_case = |it: &Remedy| {
                steps().filter_map(|step| step.remedy.as_ref()).any(|case| case.article == it.id)
            };
            let mut first = true;
            let others =
                answer.remedies.extract_if(.., |it| !std::mem::take(&mut first) && is_case(it));
            // Their words are nearer than those of what was only near before.
            answer.related.splice(0..0, others);
            answer.related.truncate(RELATED);
        }
        let Some(first) = answer.remedies.first_mut().filter(|it| it.id == link.article) else {
            return Ok(());
        };
        let passage_id = format!("{}#{}", article.id, cause.anchor);
        if first.passage_id == passage_id {
            return Ok(());
        }
        let matched = Matched {
            passage_id: std::mem::replace(&mut first.passage_id, passage_id),
            section: std::mem::replace(&mut first.section, cause.head.section),
            passage: std::mem::replace(&mut first.passage, cause.markdown),
            line: std::mem::replace(&mut first.line, cause.line),
        };
        first.matched.get_or_insert(matched);
        first.evidence.iter_mut().for_each(Evidence::is_of_matched);
        first.cautions = both(article.cautions, cause.cautions);
        first.role = if cause.head.instructs { Role::Remedy } else { cause.head.role };
        first.destructive = false;
        Ok(())
    }

    /// Whether a flow declares the incident's state or, of a screen without one, any of its facts.
    fn looks_at(&self, answered: &FlowAnswer, incident: &Incident) -> bool {
        let Some(flow) = self.flows().iter().find(|flow| flow.id == answered.id) else {
            return false;
        };
        let message = fold(&incident.message);
        let is_state = |fact: &&Fact| fold(&fact.value) == message;
        let declared = |fact: &Fact| flow.fact(&fact.label).is_some();
        match incident.facts.iter().find(is_state) {
            Some(state) => declared(state),
            None => incident.facts.iter().any(declared),
        }
    }

    /// The passages that the answers' causes link to.
    fn reached(&self, answers: &[FlowAnswer]) -> Result<Reached> {
        let mut reached: Reached = Vec::new();
        let steps = answers.iter().flat_map(|answer| &answer.steps);
        for link in steps.filter_map(|step| step.remedy.as_ref()) {
            if !reached.iter().any(|(known, _)| known == link)
                && let Some(remedy) = self.passage_of(link)?
            {
                reached.push((link.clone(), remedy));
            }
        }
        Ok(reached)
    }

    /// The anchors of an article's passages, in order; none where there is no such article.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn anchors(&self, id: &str) -> Result<Vec<String>, IndexError> {
        let snapshot = self.snapshot();
        let Some((address, _)) = snapshot.named(id)? else { return Ok(Vec::new()) };
        snapshot.passages_of(address)?.map(|passage| Ok(passage?.head.anchor)).collect()
    }

    /// The passage that a link leads to; without an anchor the article's first.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn passage_of(&self, link: &Link) -> Result<Option<FlowRemedy>, IndexError> {
        let found = self.stored_passage_of(link)?;
        Ok(found.map(|(article, passage)| FlowRemedy {
            id: article.id,
            title: article.title,
            section: passage.head.section,
            passage: passage.markdown,
            cautions: both(article.cautions, passage.cautions),
            destructive: passage.head.destructive,
            valid_until: article.valid_until,
            path: article.path,
            line: passage.line,
        }))
    }

    fn stored_passage_of(&self, link: &Link) -> Result<Option<(StoredArticle, StoredPassage)>> {
        let snapshot = self.snapshot();
        let Some((address, article)) = snapshot.named(&link.article)? else { return Ok(None) };
        let mut passages = snapshot.passages_of(address)?.collect::<Result<Vec<_>, _>>()?;
        let anchor = link.anchor.as_ref().map(|anchor| anchor.to_lowercase());
        let place = anchor.map_or(Some(0), |anchor| under(&passages, &anchor));
        let place = place.filter(|place| *place < passages.len());
        Ok(place.map(|place| (article, passages.swap_remove(place))))
    }
}
