//! Things of one noun and of different kinds: a server's certificate is not the one for push notifications.
//!
//! Where the noun's own qualifier is what tells two things apart, the words that both share claim nothing.

use super::folded;
use super::query::Query;
use super::term::QueryTerm;
use crate::index::{StoredArticle, StoredPassage};
use crate::text::lexicon::KINDS;
use crate::text::{fold, is_katakana};

/// The sections of nouns whose kinds are different things.
const NOUNS: &[&str] = &["certificate", "token", "licence", "password"];
/// The one of things that are asked for where one enters.
const ASKED_AT_ENTRY: &str = "password";

/// Whether a message names a kind of a noun that the article does not know, and the article is about another kind of it.
pub(super) fn differs(
    message: &str,
    query: &Query,
    article: &StoredArticle,
    passage: &StoredPassage,
) -> bool {
    let message = fold(message);
    if query.question && is_entered(&message) {
        let about = format!("{}\n{}", article.title, passage.markdown);
        return !is_entered(&fold(&about));
    }
    // Of most messages nothing else needs to be looked at.
    let has = |noun: &&str| KINDS.entries(noun).iter().any(|it| message.contains(it.as_str()));
    if !NOUNS.iter().any(has) {
        return false;
    }
    let about = folded::whole(article, passage);
    // The team's synonyms of a kind may name the one that the article has: APNs証明書, Push証明書.
    let stands = |kind: &str, noun: &str| {
        let told = kinds(&about, noun);
        if KINDS.entries("places").iter().any(|place| place == kind) {
            return told.contains(&kind);
        }
        let named = |term: &str| !term.is_empty() && told.iter().any(|it| it.contains(term));
        let of_kind = |term: &&QueryTerm| !term.folded.is_empty() && kind.contains(&term.folded);
        // ABM is spelt out elsewhere in the passage.
        let spelt = |terms: &[String]| terms.len() > 1 && terms.iter().all(|it| about.contains(it));
        query.words.iter().filter(of_kind).any(|term| {
            about.contains(&term.folded)
                || term.generic
                || term.alternatives.iter().any(|it| spelt(&it.terms))
                || term.alternatives.iter().flat_map(|it| &it.terms).any(|it| named(it))
        })
    };
    let is_platform = |kind: &str| article.platforms.iter().any(|it| fold(it) == kind);
    NOUNS.iter().any(|noun| {
        let asked = kinds(&message, noun);
        let unknown = |kind: &&str| !kind.is_empty() && !is_platform(kind) && !stands(kind, noun);
        let entered = || *noun == ASKED_AT_ENTRY && entered(&message).iter().any(unknown);
        let of_others =
            asked.iter().all(unknown) || asked.iter().all(|it| it.is_empty()) && entered();
        !asked.is_empty() && of_others && kinds(&about, noun).iter().any(|kind| !kind.is_empty())
    })
}

/// The names right before a noun, wherever it is in a folded text; empty where it has none.
fn kinds<'t>(text: &'t str, noun: &str) -> Vec<&'t str> {
    let nouns = KINDS.entries(noun).iter();
    let before = nouns.flat_map(|noun| text.match_indices(noun.as_str()));
    let before = before.filter_map(|(at, _)| text.get(..at));
    before.map(|before| name_at_end(before.strip_suffix('の').unwrap_or(before))).collect()
}

fn is_entered(text: &str) -> bool {
    entered(text).iter().any(|it| KINDS.entries("consoles").iter().any(|place| place == it))
}

/// The names of what somebody enters.
fn entered(text: &str) -> Vec<&str> {
    let before = |list| {
        let ways = KINDS.entries(list).iter().flat_map(|way| text.match_indices(way.as_str()));
        ways.filter_map(|(at, _)| text.get(..at))
    };
    let by_means = before("entering by means").filter_map(|it| {
        let (before, means) = it.rsplit_once('に')?;
        let of_sentence = !means.contains(['。', '、', '\n', ' ']);
        of_sentence.then_some(before)
    });
    before("entering").chain(by_means).map(name_at_end).collect()
}

/// The name that a folded text ends in. Ideographs (新証明書, 各証明書) rarely tell a kind: of them the listed ones do.
fn name_at_end(text: &str) -> &str {
    let mut places = KINDS.entries("places").iter().chain(KINDS.entries("consoles"));
    if let Some(place) = places.find(|place| text.ends_with(place.as_str())) {
        return place;
    }
    let qualifies = |c: char| c.is_ascii_alphanumeric() || c == '-' || is_katakana(c);
    text.get(text.trim_end_matches(qualifies).len()..).unwrap_or_default()
}

#[cfg(test)]
crate::source::cases! {
    kinds_of_certificates: |text| kinds(&fold(text), "certificate").join("|");
    kinds_of_passwords: |text| kinds(&fold(text), "password").join("|");
    places_that_are_entered: |text| {
        let text = fold(text);
        format!("{} {}", entered(&text).join("|"), is_entered(&text))
    };
}
