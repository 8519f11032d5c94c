//! What of the ranking may be claimed.
//!
//! 1. A remedy that loses something is claimed for its own full wording, code, state or cause, or where that very operation
//!    was asked for ([`may_be_done`]). Where milder steps come first, these are claimed, and what loses something is a
//!    last resort ([`divide`]).
//! 2. An exact wording silences what merely looks like it.
//! 3. What has expired stands below what has not, or alone.

use super::confidence::THRESHOLD;
use super::polarity;
use super::query::{Query, QueryTerm};
use super::rank::{self, Scored};
use crate::article::{self, Divided, divide};
use crate::facts::{Incident, Kind, Relation};
use crate::index::{IndexError, Snapshot, StoredPassage};

use super::answer::Applies;
use jiff::civil::Date;

/// What is left of the confidence in what may not be claimed.
const UNCLAIMED: f64 = THRESHOLD / 2.0;

/// A wording stands in the log whole where this much of it does, and this much of the log's is the wording's.
const FULL_WORDING: f64 = 0.7;
const FULL_MESSAGE: f64 = 0.7;
/// A wording that is as like as this is the log's own.
const EXACT_WORDING: f64 = 0.93;
/// Another wording that is as like as this, and no more than a look-alike beside the exact one.
const LOOKS_ALIKE: f64 = 0.35;
/// What has expired has alone what was asked where it covers so much more of it than what has not.
const ALONE: f64 = 0.2;
/// What an expired article must cover of what was asked, where words are all that speaks for it.
const EXPIRED_COVERAGE: f64 = 0.7;

/// An article that was scored, with what may be said of it.
#[derive(Debug)]
pub(super) struct Judged<'s> {
    pub(super) scored: &'s Scored,
    pub(super) sure: f64,
    pub(super) applies: Applies,
    /// The remedy in two parts, where it ends in what is a last resort.
    pub(super) divided: Option<Divided>,
    expired: bool,
}

impl Judged<'_> {
    pub(super) fn claimed(&self) -> bool {
        self.sure >= THRESHOLD
    }

    fn silence(&mut self) {
        self.sure = self.sure.min(UNCLAIMED);
        self.divided = None;
    }
}

/// Judges the scored articles of an incident, whose confidence is `sure`: those that are claimed first, each part in the order
/// that it is shown in.
pub(super) fn judge<'s>(
    snapshot: &Snapshot,
    incident: &Incident,
    query: &Query,
    scored: &'s [Scored],
    sureness: impl Iterator<Item = (f64, Applies)>,
    today: Date,
) -> Result<Vec<Judged<'s>>, IndexError> {
    let mut judged = Vec::with_capacity(scored.len());
    for (scored, (sure, applies)) in scored.iter().zip(sureness) {
        let expired = expired(scored, today);
        let mut it = Judged { scored, sure, applies, divided: None, expired };
        if it.claimed() {
            weigh_losses(snapshot, incident, query, &mut it)?;
        }
        if it.claimed() && expired && !has_what_was_asked(scored) {
            it.silence();
        }
        judged.push(it);
    }
    silence_look_alikes(&mut judged);
    put_expired_last(&mut judged);
    Ok(judged)
}

/// Divides a remedy that ends in a last resort; silences one that loses something unasked.
fn weigh_losses(
    snapshot: &Snapshot,
    incident: &Incident,
    query: &Query,
    judged: &mut Judged<'_>,
) -> Result<(), IndexError> {
    let passage = rank::shown(snapshot, judged.scored)?;
    if !passage.destructive {
        return Ok(());
    }
    let asked = incident.kind == Kind::Question && asks_for(incident, judged.scored, &passage);
    if !asked {
        let cautions: Vec<String> =
            judged.scored.article.cautions.iter().chain(&passage.cautions).cloned().collect();
        judged.divided = divide(&passage.markdown, &cautions);
    }
    if !asked && judged.divided.is_none() && !is_its_own(incident, query, judged.scored) {
        judged.silence();
    }
    Ok(())
}

/// Whether the log has the article's own wording, code or state whole.
fn is_its_own(incident: &Incident, query: &Query, scored: &Scored) -> bool {
    let declared = scored.status.as_ref().is_some_and(|status| status.declared);
    declared || has_full_wording(scored) || has_own_code(incident, query, scored)
}

fn has_full_wording(scored: &Scored) -> bool {
    let Some(message) = &scored.message else { return false };
    let alignment = &message.alignment;
    let of_template = alignment.covered / alignment.template.max(f64::MIN_POSITIVE);
    let of_message = alignment.matched / alignment.inside.max(f64::MIN_POSITIVE);
    // What is left of a wording that was cut off may still tell all.
    of_template >= FULL_WORDING && of_message >= FULL_MESSAGE && message.similarity >= FULL_MESSAGE
}

/// Whether the log names the error by a code that says whose it is, and the article has that very code. A command and a
/// number do not: devices report several errors of one command under one number.
fn has_own_code(incident: &Incident, query: &Query, scored: &Scored) -> bool {
    let key = scored.code.as_ref().and_then(|code| query.code_keys.get(code.key));
    let stated = key.is_some_and(|key| {
        key.relation == Some(Relation::Exact)
            && key.log.stated
            && (incident.command.is_none() || key.log.domain != incident.command)
    });
    let names = scored.text.words.iter().filter_map(|&word| query.words.get(word));
    !incident.truncated && (stated || names.into_iter().any(QueryTerm::names_error))
}

/// Ends of a sentence that wishes for something.
const WISHES: &[&str] = &["たい", "ほしい", "欲しい", "want to", "would like"];

/// Whether a question asks for what the steps of a passage carry out.
fn asks_for(incident: &Incident, scored: &Scored, passage: &StoredPassage) -> bool {
    let asked = article::named(&incident.message);
    if !asked.meets(article::steps(&passage.markdown)) {
        return false;
    }
    let heading = passage.section.last().map_or(scored.article.title.as_str(), String::as_str);
    if WISHES.iter().any(|wish| incident.message.contains(wish)) {
        // Who wishes for an operation is helped by what is about it, not by a remedy of a failure that has it as a step.
        return asked.meets(article::mentioned(heading)) && polarity::troubles(heading).is_empty();
    }
    // What the question tells to be wrong is what the remedy is for.
    let about =
        format!("{} {} {}", scored.article.title, passage.section.join(" "), passage.markdown);
    let treated = polarity::troubles(&about);
    polarity::troubles(&incident.message).is_subset(&treated)
}

/// Whether an expired article has more than some words of what was asked: it tells of what is past.
fn has_what_was_asked(scored: &Scored) -> bool {
    let exact = scored.message.as_ref().is_some_and(|message| message.similarity >= EXACT_WORDING);
    exact || scored.status.is_some() || scored.text.coverage >= EXPIRED_COVERAGE
}

/// Silences articles that have a wording which is like the one that another has exactly.
fn silence_look_alikes(judged: &mut [Judged<'_>]) {
    let similarity = |it: &Judged<'_>| it.scored.message.as_ref().map_or(0.0, |it| it.similarity);
    let exact = judged.iter().any(|it| it.claimed() && similarity(it) >= EXACT_WORDING);
    if !exact {
        return;
    }
    for it in judged.iter_mut().filter(|it| it.claimed()) {
        let like = similarity(it);
        let by_wording = it.scored.code.is_none() && it.scored.status.is_none();
        if by_wording && (LOOKS_ALIKE..EXACT_WORDING).contains(&like) {
            it.silence();
        }
    }
}

/// Puts what has expired below what has not; where it alone has what was asked, what has not is not claimed.
fn put_expired_last(judged: &mut Vec<Judged<'_>>) {
    let best = |judged: &[Judged<'_>], expired: bool| {
        let claimed = judged.iter().filter(|it| it.claimed() && it.expired == expired);
        claimed.map(has).fold(f64::NEG_INFINITY, f64::max)
    };
    let first_expired = judged.iter().find(|it| it.claimed()).is_some_and(|it| it.expired);
    if first_expired && best(judged, true) >= best(judged, false) + ALONE {
        judged.iter_mut().filter(|it| !it.expired).for_each(Judged::silence);
    }
    // The sort is stable: beside that the order stays.
    judged.sort_by_key(|it| (!it.claimed(), it.expired));
}

/// How much of what was asked an article has: a whole wording or state, or a share of the words.
fn has(judged: &Judged<'_>) -> f64 {
    let scored = judged.scored;
    let message = scored.message.as_ref().map_or(0.0, |message| message.similarity);
    let status = scored.status.as_ref().map_or(0.0, |_| 1.0);
    scored.text.coverage.max(message).max(status)
}

fn expired(scored: &Scored, today: Date) -> bool {
    let last = scored.article.valid_until.as_ref().and_then(|day| day.parse::<Date>().ok());
    last.is_some_and(|last| last < today)
}
