//! The reasons for a rank, in words of both sides.

use super::answer::{Evidence, EvidenceSource};
use super::lead::Lead;
use super::query::{CodeKey, KeyKind, Query};
use super::scored::{KeyEvidence, Scored};
use super::term::QueryTerm;
use super::weights::SHOWN_WORDING;
use crate::facts::{CodeDictionary, Incident, Relation};
use crate::index::StoredPassage;
use crate::text::fold;

/// How many words a text evidence names.
const WORDS: usize = 8;

/// The evidence of a scored article, strongest first.
pub(super) fn of(
    incident: &Incident,
    query: &Query,
    scored: &Scored,
    lead: &Lead,
    codes: &CodeDictionary,
) -> Vec<Evidence> {
    let (here, passage) = match &lead.matched {
        Some((_, passage)) => (EvidenceSource::Matched, passage),
        None => (EvidenceSource::Passage, &lead.shown),
    };
    let held = |own: bool| if own { here } else { EvidenceSource::Article };
    let mut evidence: Vec<(f64, Evidence)> = Vec::new();
    if let Some(message) = &scored.message
        && message.similarity >= SHOWN_WORDING
    {
        evidence.push((
            message.score,
            Evidence::Message {
                similarity: message.similarity,
                log: incident.message.clone(),
                article: message.template.written.clone(),
                span: Some(incident.span.clone()),
                of: held(!message.template.of_article),
            },
        ));
    }
    if let Some(status) = &scored.status {
        let states = incident.facts.iter().map(|fact| &fact.value);
        let same = |value: &&String| fold(value) == fold(&status.written);
        let log = states.into_iter().find(same).unwrap_or(&incident.message);
        evidence.push((
            status.score,
            Evidence::Status {
                log: log.clone(),
                article: status.written.clone(),
                span: Some(incident.span.clone()),
                of: held(!status.declared),
            },
        ));
    }
    if let Some(code) = &scored.code
        && let Some(key) = scored.key(query)
        && let Some((relation, article)) = told(incident, key, code, scored, passage, codes)
    {
        evidence.push((
            code.score,
            Evidence::Code {
                relation,
                log: number_of(&key.log.written).to_owned(),
                article: number_of(&article).to_owned(),
                span: Some(incident.span.clone()),
                of: held(code.own),
            },
        ));
    }
    // A name is a key and a word; it is told once.
    let told = evidence.iter().find_map(|(_, evidence)| match evidence {
        Evidence::Code { log, .. } => Some(fold(log)),
        _ => None,
    });
    let untold = |word: &&QueryTerm| word.names_error() && told.as_ref() != Some(&word.folded);
    for name in scored.words(query).filter(untold) {
        evidence.push((
            name.score,
            Evidence::Code {
                relation: Relation::Exact,
                log: name.written.clone(),
                article: name.written.clone(),
                span: Some(incident.span.clone()),
                of: here,
            },
        ));
    }
    if !scored.text.words.is_empty() {
        let words = scored.words(query).take(WORDS).map(|word| word.written.clone());
        evidence.push((
            scored.text.score,
            Evidence::Text {
                words: words.collect(),
                coverage: scored.text.coverage,
                of: here,
                asked: scored.text.asked.clone(),
            },
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

/// How a code of the log relates to the one that was found by its key, and how the latter is written there. `None`
/// where there is nothing to compare: a heading that was typed, a domain that is documented without the number.
fn told(
    incident: &Incident,
    key: &CodeKey,
    code: &KeyEvidence,
    scored: &Scored,
    passage: &StoredPassage,
    codes: &CodeDictionary,
) -> Option<(Relation, String)> {
    match key.kind {
        KeyKind::Heading | KeyKind::Domain => return None,
        KeyKind::Name => return Some((Relation::Exact, key.log.written.clone())),
        KeyKind::Mentioned | KeyKind::Subject => {}
    }
    // The front matter's code is no reason to say that a passage has it, and the other way round.
    let named = if code.own { &passage.codes } else { &scored.article.codes };
    let as_written = |number: i64| {
        let same = || named.iter().filter(|code| code.number == number);
        // Of several forms, the one that the log has.
        let alike = same().find(|code| fold(&code.written) == fold(&key.log.written));
        alike.or_else(|| same().next()).map(|code| code.written.clone())
    };
    // Where the table has the log's error under another number, that is the one to look up.
    let published = codes.published(&key.log, &incident.message);
    if let Some(published) = published.and_then(|code| as_written(code.number)) {
        return Some((Relation::Same, published));
    }
    Some((key.relation.unwrap_or(Relation::Near), as_written(key.number)?))
}

/// The number as it was written, without brackets and without the domain or command before it.
fn number_of(written: &str) -> &str {
    let last = written.rsplit(['/', ' ', ':', '=', '　']).find(|part| !part.is_empty());
    last.unwrap_or(written).trim_matches(|c: char| "()（）[]「」".contains(c))
}

fn mentions(scored: &Scored, passage: &StoredPassage, command: &str) -> bool {
    let in_codes = scored.article.codes.iter().any(|code| code.written.contains(command));
    let in_wording =
        scored.message.as_ref().is_some_and(|message| message.template.written.contains(command));
    in_codes || in_wording || passage.markdown.contains(command)
}
