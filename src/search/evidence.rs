//! The reasons for a rank, in words of both sides.

use super::answer::Evidence;
use super::query::Query;
use super::rank::Scored;
use crate::facts::{Incident, Relation};
use crate::index::StoredPassage;

/// How many words a text evidence names.
const WORDS: usize = 8;
/// A wording that covers less than this of both sides is no evidence to show.
const LEAST_SIMILARITY: f64 = 0.25;

/// The evidence of a scored article, strongest first.
pub(super) fn of(
    incident: &Incident,
    query: &Query,
    scored: &Scored,
    passage: &StoredPassage,
) -> Vec<Evidence> {
    let mut evidence: Vec<(f64, Evidence)> = Vec::new();
    if let Some(message) = &scored.message
        && message.similarity >= LEAST_SIMILARITY
    {
        evidence.push((
            message.score,
            Evidence::Message {
                similarity: message.similarity,
                log: incident.message.clone(),
                article: message.template.written.clone(),
                span: Some(incident.span.clone()),
            },
        ));
    }
    if let Some(status) = &scored.status {
        let log = incident.facts.first().map_or(&incident.message, |fact| &fact.value);
        evidence.push((
            status.score,
            Evidence::Status {
                log: log.clone(),
                article: status.written.clone(),
                span: Some(incident.span.clone()),
            },
        ));
    }
    if let Some(key) = scored.code.as_ref().and_then(|code| query.code_keys.get(code.key)) {
        let article = scored.article.codes.iter().chain(&passage.codes);
        let article = article.clone().find(|code| code.number == key.number);
        evidence.push((
            key.score,
            Evidence::Code {
                relation: key.relation.unwrap_or(Relation::Near),
                log: key.log.written.clone(),
                article: article
                    .map_or_else(|| key.number.to_string(), |code| code.written.clone()),
                span: Some(incident.span.clone()),
            },
        ));
    }
    if !scored.text.words.is_empty() {
        let words = scored.text.words.iter().take(WORDS);
        let words = words.filter_map(|&word| Some(query.words.get(word)?.written.clone()));
        evidence.push((
            scored.text.score,
            Evidence::Text { words: words.collect(), coverage: scored.text.coverage },
        ));
    }
    if let Some(command) = &incident.command
        && mentions(scored, passage, command)
    {
        evidence.push((0.0, Evidence::Command { command: command.clone() }));
    }
    evidence.sort_by(|a, b| b.0.total_cmp(&a.0));
    evidence.into_iter().map(|(_, evidence)| evidence).collect()
}

fn mentions(scored: &Scored, passage: &StoredPassage, command: &str) -> bool {
    let in_codes = scored.article.codes.iter().any(|code| code.written.contains(command));
    let in_wording =
        scored.message.as_ref().is_some_and(|message| message.template.written.contains(command));
    in_codes || in_wording || passage.markdown.contains(command)
}
