//! Wishes that name no object: 再登録したい, ワイプ, エラー, iPad. What is meant cannot be known, so nothing is
//! claimed and the nearest articles are offered to choose from.

use std::collections::BTreeSet;

use super::answer::{Applies, Evidence, Remedy};
use super::weights::{MEANT, WORDED};
use super::{named, polarity};
use crate::article;
use crate::facts::{Incident, Kind};
use crate::text::lexicon::{MAIL_PHRASES, Section, WISHES};
use crate::text::{fold, is_hiragana};

static WISHING: Section = WISHES.section("wishing");
static DONE: Section = WISHES.section("done");
static DENYING: Section = WISHES.section("denying");

pub(super) static TO_KNOW: Section = WISHES.section("to know");

pub(super) fn wishes(incident: &Incident) -> bool {
    let message = &incident.message;
    let says = |ends: &[&str]| ends.iter().any(|end| message.contains(end));
    incident.kind == Kind::Question && says(&WISHING) && !says(&TO_KNOW)
}

pub(super) fn tells_done(question: &str) -> bool {
    DONE.iter().any(|done| question.contains(done))
}

/// The part of a question after all that it tells to be done: 「初期化が済んだ端末を登録したい」 does not wish to initialize.
pub(super) fn wished(question: &str) -> &str {
    let behind = DONE.iter().filter_map(|done| question.rsplit_once(done));
    behind.map(|(_, behind)| behind).min_by_key(|behind| behind.len()).unwrap_or(question)
}

/// Whether a question tells that something went well, and of nothing that did not.
pub(super) fn reports_success(question: &str) -> bool {
    let folded = fold(question);
    let told = folded.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?');
    let succeeded = || WISHES.entries("succeeded").iter().any(|end| told.ends_with(end.as_str()));
    succeeded() && !polarity::tells_trouble(&folded) && !denies(&folded)
}

/// The consoles to choose from; `None` where the incident makes it, or nothing is near.
pub(super) fn choice(
    incident: &Incident,
    remedies: &[Remedy],
    related: &[Remedy],
) -> Option<Vec<String>> {
    let near = || remedies.iter().chain(related).filter(|it| it.applies != Applies::No);
    let typed = incident.kind == Kind::Question && incident.codes.is_empty();
    if !typed || near().next().is_none() || !names_no_object(&incident.message) {
        return None;
    }
    // A heading, a title, a label or a state that is typed whole is a name, whatever words of asking are around it.
    let typed = fold(incident.message.trim_end_matches(['。', '？', '?', '！', '!']));
    let about = named::asked_about(incident);
    let named = |remedy: &Remedy| {
        let names = remedy.section.iter().chain([&remedy.title]);
        names.map(|name| fold(name)).any(|name| name == typed || about.contains(&name))
            || remedy.evidence.iter().any(is_of_name)
            || fold(&remedy.passage).contains(&format!("「{typed}」"))
    };
    // An operation that loses nothing, and whose article is beyond doubt, is no riddle: 紛失モードにする方法.
    let plain = || article::named(&incident.message).is_empty();
    let sure = remedies.first().is_some_and(|it| it.confidence >= MEANT);
    if remedies.iter().any(named) || sure && plain() {
        return None;
    }
    let products: BTreeSet<String> = near().filter_map(|remedy| remedy.product.clone()).collect();
    Some(products.into_iter().collect())
}

/// Whether a remedy rests on something that was named.
pub(super) fn is_of_name(evidence: &Evidence) -> bool {
    match evidence {
        Evidence::Code { .. } | Evidence::Status { .. } => true,
        Evidence::Message { similarity, .. } => *similarity >= WORDED,
        _ => false,
    }
}

fn names_no_object(question: &str) -> bool {
    let question = fold(question);
    // Kana alone name what they are read as.
    if question.chars().all(|c| is_hiragana(c) || !c.is_alphanumeric()) {
        return false;
    }
    if WISHES.entries("asking").iter().any(|asking| question.contains(asking.as_str())) {
        return false;
    }
    // なくした tells a loss, なくしたい a wish.
    let told = |verb: &String| {
        question.match_indices(verb.as_str()).any(|(at, _)| {
            question.get(at + verb.len()..).is_some_and(|behind| !behind.starts_with('い'))
        })
    };
    if MAIL_PHRASES.entries("losses").iter().any(told) {
        return false;
    }
    let generic = WISHES.entries("generic");
    let is_object = |word: &&str| !generic.iter().any(|known| known == word);
    let objects: BTreeSet<&str> = words(without_endings(&question)).filter(is_object).collect();
    match objects.len() {
        0 => true,
        1 => !polarity::tells_trouble(&question) && !denies(&question),
        _ => false,
    }
}

/// Whether a question tells what does not happen: つながらない, 届きません.
pub(super) fn denies(question: &str) -> bool {
    DENYING.iter().any(|end| question.contains(end))
        || question.split(' ').any(|word| word == "not" || word.ends_with("n't"))
}

fn without_endings(question: &str) -> &str {
    let mark = |c: char| matches!(c, '。' | '?' | '!' | '、' | '.' | '…' | ' ');
    let mut rest = question.trim_end_matches(mark);
    let endings = WISHES.entries("endings");
    while let Some(shorter) = endings.iter().find_map(|end| rest.strip_suffix(end.as_str())) {
        rest = shorter.trim_end_matches(mark);
    }
    rest
}

/// A folded statement without what reports it: 実行中 of 「ずっと実行中なんですが」. `None` where none goes, or all.
pub(super) fn core(sentence: &str) -> Option<String> {
    let mark = |c: char| !c.is_alphanumeric();
    let folded = fold(sentence);
    let whole = folded.trim_matches(mark);
    let mut rest = whole;
    let (ends, passing) = (WISHES.entries("reporting"), WISHES.entries("passing"));
    loop {
        let shorter = ends.iter().filter_map(|end| rest.strip_suffix(end.as_str()));
        let later = passing.iter().filter_map(|begin| rest.strip_prefix(begin.as_str()));
        let shorter = shorter.chain(later).chain(after_repeated(rest));
        let Some(shortest) = shorter.min_by_key(|it| it.len()) else { break };
        rest = shortest.trim_matches(mark);
    }
    (rest != whole && !rest.is_empty()).then(|| rest.to_owned())
}

pub(super) static REPEATED: Section = WISHES.section("repeated");
/// How a clause ends that something did not change: 待っても, 押しても.
pub(super) const EVEN: [&str; 2] = ["ても", "でも"];

/// A text without what it begins to tell of how often something was done: 「いくら待っても圏外です」 tells 圏外です.
fn after_repeated(text: &str) -> Option<&str> {
    REPEATED.iter().find(|often| text.starts_with(**often))?;
    let behind = EVEN.iter().filter_map(|even| text.split_once(even).map(|(_, behind)| behind));
    behind.max_by_key(|it| it.len()).filter(|it| !it.is_empty())
}

/// The stretches of a folded text between particles: kanji and katakana together, Latin words one by one.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let latin = |word: &str| word.bytes().all(|byte| byte.is_ascii());
    text.split(|c: char| {
        is_hiragana(c) || !c.is_alphanumeric() && !matches!(c, 'ー' | '-' | '々' | '+')
    })
    .filter(|word| !word.is_empty())
    .flat_map(move |word| {
        // アプリiPad is two words, VPN接続 is one that is long enough to say what it is.
        let at = word.find(|c: char| !c.is_ascii()).filter(|at| *at > 0);
        match at.and_then(|at| word.split_at_checked(at)) {
            Some((one, other)) if latin(one) => vec![one, other],
            _ => vec![word],
        }
    })
}

#[cfg(test)]
crate::source::cases! {
    questions_without_object: names_no_object;
    reports_of_states: |sentence| shown(core(sentence));
    reports_of_success: reports_success;
}
