//! Questions that say something of the manual whole, in so few words that these tell little by themselves.
//!
//! 1. an utterance that the manual quotes (「端末なくしました」);
//! 2. the name of a row or an item, whose meaning is asked for (最終アクセスの意味は);
//! 3. an operation, whose consequence is asked for and told (初期化するとどうなる);
//! 4. a title or a heading in other words: each word of 「コマンドが届かない」 is in 「コマンドを受け取らない」, as it is or by
//!    a synonym, and both deny.

use std::collections::BTreeSet;

use super::query::Query;
use super::scored::Scored;
use super::term::QueryTerm;
use super::weights::COMMON_WORD;
use super::wish;
use crate::article;
use crate::facts::{Incident, Kind};
use crate::index::StoredPassage;
use crate::text::{Worker, fold};

/// The word of whatever is denied, as it is analyzed.
const NOT: &str = "ない";
/// One word names a subject, two say something of it.
const STRETCHES: usize = 2;

/// Whether a question says something of the passage, or of what is over it, whole.
pub(super) fn is_said_whole(
    incident: &Incident,
    query: &Query,
    scored: &Scored,
    passage: &StoredPassage,
    worker: &mut Worker,
) -> bool {
    if incident.kind != Kind::Question || !incident.codes.is_empty() {
        return false;
    }
    let mark = |c: char| !c.is_alphanumeric();
    let utterance = fold(incident.message.trim_matches(mark));
    let quoted = fold(&passage.markdown).contains(&format!("「{utterance}」"));
    let defined = query.asked.as_ref().is_some_and(|asked| asked.is_defined(passage));
    quoted
        || defined
        || asks_what_it_destroys(incident, query, scored, passage)
        || says_heading(incident, query, scored, passage, worker)
}

/// Whether a question asks what comes of an operation that loses something, and the passage tells just that of it.
fn asks_what_it_destroys(
    incident: &Incident,
    query: &Query,
    scored: &Scored,
    passage: &StoredPassage,
) -> bool {
    let told = query.asked.as_ref().is_some_and(|asked| asked.tells_losses(passage));
    told && article::named(&incident.message).meets(article::mentioned(&scored.article.title))
}

/// Whether all that a question tells is in the title and the headings, and both deny or neither does. A wish is for
/// something to be done, which a heading of its words may not tell.
fn says_heading(
    incident: &Incident,
    query: &Query,
    scored: &Scored,
    passage: &StoredPassage,
    worker: &mut Worker,
) -> bool {
    if wish::wishes(incident) {
        return false;
    }
    let about = format!("{}\n{}", scored.article.title, passage.section.join("\n"));
    let about: BTreeSet<String> =
        worker.analyze(&about).iter().map(|token| token.term.to_owned()).collect();
    let product = scored.article.product.as_deref().map(fold).unwrap_or_default();
    let telling: Vec<&QueryTerm> = query
        .words
        .iter()
        .filter(|term| !term.generic && !term.settled && !term.written.is_empty())
        .filter(|term| !product.contains(&term.text))
        .filter(|term| term.weight > query.weights.part && term.rarity > COMMON_WORD)
        .collect();
    let stands = |term: &&QueryTerm| {
        let mut same = term.alternatives.iter().filter(|it| it.factor >= query.weights.thesaurus);
        about.contains(&term.text)
            || same.any(|it| it.terms.iter().all(|term| about.contains(term)))
    };
    let denies = query.words.iter().any(|term| term.text == NOT);
    denies == about.contains(NOT)
        && telling.len().min(stretches(&incident.message, &telling)) >= STRETCHES
        && telling.iter().all(stands)
}

/// How many stretches between particles hold one of the words: 初期化 is one thing, コマンドが届かない two.
fn stretches(message: &str, words: &[&QueryTerm]) -> usize {
    let message = fold(message);
    let holds = |stretch: &&str| {
        words.iter().any(|term| {
            let written = fold(&term.written);
            stretch.contains(written.as_str()) || written.contains(stretch)
        })
    };
    wish::words(&message).filter(holds).count()
}
