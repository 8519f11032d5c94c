//! Claims: the part of the ranking that may be told as an answer.
//!
//! 1. A remedy that loses something is claimed for its own full wording, code, state or cause, or where that very operation
//!    was asked for ([`may_be_done`]). Where milder steps come first, these are claimed, and what loses something is a
//!    last resort ([`divide`]).
//! 2. A row of a table of errors is claimed for its code, its name or its wording, never for words of its meaning.
//! 3. An exact wording silences what merely looks like it.
//! 4. What has expired is below what has not, or alone; words that what has not has as well do not claim it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::alternatives::{Alternatives, alternatives};
use super::asked::Asked;
use super::coverage::stands_in;
use super::query::{self, KeyKind, Query};
use super::scored::{self, KeyEvidence, MessageEvidence, Scored};
use super::term::{Expansion, QueryTerm, words_in};
use super::weights::{
    ALONE, AS_MUCH, AS_WELL, CONFUSED, EXACT_WORDING, EXPIRED_WORDS, FULL_MESSAGE, FULL_WORDING,
    HARMLESS_WORDING, LOOKS_ALIKE, NAMING_WORDS, NEARLY_ALL, NEARLY_AS_MANY, ROW_WORDING,
    SAID_WHOLE, TELLING, THRESHOLD, TOLD_WHOLE, UNCLAIMED,
};
use super::{folded, kind_of, labelled, lead, object, opposite, polarity, read_alike, whole, wish};
use crate::article::{self, Divided, divide};
use crate::facts::{Code, Incident, Kind, Relation};
use crate::index::{PassageHead, Result, Snapshot, StoredPassage};
use crate::record::is_typed;
use crate::text::{Worker, fold};

use super::answer::Applies;

use jiff::civil::Date;

/// How many passages of an article are looked at for a milder one.
const PASSAGES: usize = 40;

/// An article that was scored, with what may be said of it.
#[derive(Debug)]
pub(super) struct Judged<'s> {
    pub(super) scored: Cow<'s, Scored>,
    pub(super) sure: f64,
    pub(super) applies: Applies,
    /// The remedy in two parts, where it ends in what is a last resort.
    pub(super) divided: Option<Parted>,
    /// Whether what is shown loses something, divided or not.
    loses: bool,
    /// Whether a newer article of the product knows another way than the last resort.
    pub(super) replaced: bool,
    /// The exact wording of another article, where this one's only looks like it.
    pub(super) looks_like: Option<String>,
    expired: bool,
}

/// A remedy that was parted into what is tried first and the last resort.
#[derive(Debug)]
pub(super) enum Parted {
    Steps(Divided),
    Sections(Box<Alternatives>),
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

#[derive(Debug, Clone, Copy)]
pub(super) struct Circumstances {
    pub(super) today: Date,
    /// Whether it is a question beside a log that has codes, which look up their own rows.
    pub(super) beside_codes: bool,
}

/// Judges the scored articles of an incident, whose confidence is `sure`: those that are claimed first, each part in the order
/// that it is shown in.
pub(super) fn judge<'s>(
    snapshot: &Snapshot,
    incident: &Incident,
    query: &Query,
    scored: &'s [Scored],
    sureness: impl Iterator<Item = (f64, Applies)>,
    circumstances: &Circumstances,
    worker: &mut Worker,
) -> Result<Vec<Judged<'s>>> {
    // A program's English line that was read as a question has no words of its own for what a row tells.
    let typed = incident.kind == Kind::Question
        && (!incident.message.is_ascii() || is_typed(&incident.message));
    let well = incident.kind == Kind::Question && wish::reports_success(&incident.message);
    let mut judged = Vec::with_capacity(scored.len());
    let mut silenced = None;
    for (place, (scored, (sure, applies))) in scored.iter().zip(sureness).enumerate() {
        let expired = expired(scored, circumstances.today);
        let mut it = Judged {
            scored: Cow::Borrowed(scored),
            sure,
            applies,
            divided: None,
            loses: false,
            replaced: false,
            looks_like: None,
            expired,
        };
        if place == 0 && !it.claimed() && applies != Applies::No {
            let passage = scored::passage(snapshot, scored)?;
            if whole::is_said_whole(incident, query, scored, &passage, worker) {
                it.sure = SAID_WHOLE;
            }
        }
        if it.claimed() && scored.article.harmless && !is_said_exactly(incident, scored) {
            it.silence();
        }
        if it.claimed() {
            let mut passage = scored::passage(snapshot, scored)?;
            let strays = !has_error_of_row(incident, query, scored, &passage)
                || tells_whom_unasked(query, scored, &passage);
            if typed && strays {
                let beside = |it: &PassageHead| it.instructs && !it.row && !it.destructive;
                if let Some((place, found)) = instead(snapshot, query, scored, &passage, beside)? {
                    it.scored = Cow::Owned(scored.by(place));
                    passage = found;
                }
            }
            let scored = &it.scored;
            let told = has_error_of_row(incident, query, scored, &passage)
                || typed && is_told_whole(it.sure, scored, &passage);
            let silent = !told
                || well && scored.code.is_none()
                || misses_thing(scored)
                || has_others_of_domain(incident, scored, &passage)
                || compares_another(query, scored, &passage)
                || is_about_another_operation(incident, scored, &passage)
                || is_of_another_kind(incident, query, scored, &passage)
                || circumstances.beside_codes && is_table_of_errors(snapshot, scored, &passage)?
                || expired && is_of_later_system(incident, scored, &passage);
            if !silent && is_for_before(incident, &passage) {
                // The trouble is the one that was told: others may say what to do once it is there.
                it.silence();
            } else if silent {
                it.silence();
                silenced = silenced.or((place == 0).then_some(it.scored.score));
            } else if silenced.is_some_and(|best| is_far_behind(&it.scored, best)) {
                it.silence();
            }
        }
        if it.claimed() {
            weigh_losses(snapshot, incident, query, &mut it)?;
        }
        judged.push(it);
    }
    silence_guessed_losses(&mut judged);
    silence_expired_words(snapshot, incident, query, &mut judged)?;
    silence_look_alikes(&mut judged);
    drop_replaced_losses(&mut judged);
    put_expired_last(&mut judged);
    Ok(judged)
}

/// Whether an article has but words, and far fewer than one that is no answer for all of them.
fn is_far_behind(scored: &Scored, best: f64) -> bool {
    let worded = scored.message.as_ref().is_some_and(|it| it.similarity >= ROW_WORDING);
    let own = worded || scored.status.is_some() || scored.code.is_some();
    !own && scored.score < NEARLY_AS_MANY * best
}

fn is_table_of_errors(
    snapshot: &Snapshot,
    scored: &Scored,
    passage: &StoredPassage,
) -> Result<bool> {
    let next = scored.passage + 1;
    if next >= scored.article.passages || passage.row || !object::is_table(passage) {
        return Ok(false);
    }
    let next = snapshot.passage(snapshot.place(scored.address, next)?)?;
    Ok(next.of_error && next.section == passage.section)
}

/// Whether the log has what the best passage stands for, where that is a row of a table of errors: its code, its name or
/// its wording. What the row says of the error's meaning is said of many errors in the same words.
fn has_error_of_row(
    incident: &Incident,
    query: &Query,
    scored: &Scored,
    passage: &StoredPassage,
) -> bool {
    let by_key = |code: &KeyEvidence| {
        let number_alone = code.kind == KeyKind::Mentioned && code.relation.is_none();
        code.own && !number_alone
    };
    let worded = |message: &MessageEvidence| {
        !message.template.of_article
            && message.similarity >= ROW_WORDING
            && message.alignment.mass >= TELLING
    };
    if !passage.of_error
        || scored.status.is_some()
        || scored.code.as_ref().is_some_and(by_key)
        || scored.message.as_ref().is_some_and(worded)
        || incident.kind == Kind::Question && says_message(&incident.message, passage)
    {
        return true;
    }
    let text = fold(&passage.markdown.replace('\\', ""));
    let mut names = scored.words(query).filter(|word| word.names_error());
    names.any(|name| text.contains(&name.folded))
}

/// Whether a row without a code has nearly all of a question about its own console, in words that make sure: what a code
/// means is said of many errors, and many consoles say the same.
fn is_told_whole(sure: f64, scored: &Scored, passage: &StoredPassage) -> bool {
    let text = &scored.text;
    let own = text.asked.is_none() && text.coverage >= NEARLY_ALL && text.product > 0.0;
    own && sure >= TOLD_WHOLE && passage.codes.is_empty()
}

/// Whether a question says a row whole (「Is active が非準拠」), or quotes a program: 「ログに without signing key と出る」.
fn says_message(question: &str, passage: &StoredPassage) -> bool {
    let first = passage.markdown.lines().next().and_then(|line| line.split_once("**: "));
    let whole = first.is_some_and(|(_, subject)| {
        subject.chars().count() >= LEAST_OF_MESSAGE && fold(question).contains(&*fold(subject))
    });
    whole || {
        let text = fold(&passage.markdown);
        query::latin_sentences(question).any(|quoted| text.contains(&*fold(quoted)))
    }
}

/// Shorter messages are words: 準拠.
const LEAST_OF_MESSAGE: usize = 6;

/// Whether a question is about a thing that the passage has nothing of, and no code or state leads there. A wording does not
/// help: of OneDriveの同期が完了しない the manual has all but what it is about.
fn misses_thing(scored: &Scored) -> bool {
    scored.text.misses_thing && scored.code.is_none() && scored.status.is_none()
}

/// Whether the passage treats other numbers of a domain that the incident names: what it says in the domain's own words is about
/// those errors.
fn has_others_of_domain(incident: &Incident, scored: &Scored, passage: &StoredPassage) -> bool {
    let worded = scored.message.as_ref().is_some_and(|it| it.similarity >= ROW_WORDING);
    let other = |code: &Code| {
        code.domain.is_some() && passage.codes.iter().any(|it| it.domain == code.domain)
    };
    !worded && scored.code.is_none() && incident.codes.iter().any(other)
}

/// Whether a passage tells whom to ask, and the question wants something else and is no noted way to ask for it.
fn tells_whom_unasked(query: &Query, scored: &Scored, passage: &StoredPassage) -> bool {
    let unasked = scored.text.asked.is_none() && query.asked != Some(Asked::Contact);
    unasked && Asked::Contact.heads(&passage.head)
}

/// Whether a question asks for the difference of two things, of which passage and way to ask lack one.
fn compares_another(query: &Query, scored: &Scored, passage: &StoredPassage) -> bool {
    let Some(Asked::Comparison(names)) = &query.asked else { return false };
    // Two codes have a row each.
    if scored.code.is_some() || names.len() < 2 {
        return false;
    }
    let asked = scored.text.asked.as_deref().map(fold).unwrap_or_default();
    let text = format!("{}\n{asked}", &**folded::whole(&scored.article, passage));
    !names.iter().all(|name| is_held(name, query, &text))
}

/// Whether a folded text has a name, or what means the same: of 端末エラー an エラー and a 端末 tell nothing.
fn is_held(name: &str, query: &Query, text: &str) -> bool {
    let words: Vec<&QueryTerm> =
        words_in(name, &query.words).into_iter().filter_map(|it| query.words.get(it)).collect();
    let phrase = name.contains(['を', 'が', 'に', 'で', 'は', 'も']);
    let by_other = |term: &QueryTerm, other: &Expansion| {
        // A synonym of several words is noted with each of them.
        let mut own = words.iter().filter(|it| it.weight > query.weights.part);
        let whole = own.all(|it| it.alternatives.contains(other));
        let other = other.terms.concat();
        whole && text.contains(&other) || text.contains(&name.replace(&term.folded, &other))
    };
    let by_others = |term: &&QueryTerm| {
        let others = term.alternatives.iter().filter(|it| it.factor >= query.weights.thesaurus);
        let mut others = others.filter(|_| !term.folded.is_empty());
        others.any(|it| by_other(term, it))
    };
    let apart = || !words.is_empty() && words.iter().all(|it| stands_in(it, text));
    text.contains(name) || words.iter().any(by_others) || phrase && apart()
}

/// Whether a question asks for an operation, and the passage is about what undoes it, or about a failure where somebody
/// wishes to wipe, to initialize, to delete.
fn is_about_another_operation(
    incident: &Incident,
    scored: &Scored,
    passage: &StoredPassage,
) -> bool {
    if incident.kind != Kind::Question {
        return false;
    }
    let heading = passage.section.last().unwrap_or(&scored.article.title);
    let another = || {
        let asked = article::named(wish::wished(&incident.message));
        let about = format!("{} {heading}", scored.article.title);
        // 「遠隔初期化を取り消したい」: whoever a section quotes as wishing for it is whom it is for.
        let is_for = || {
            query::quotations(&passage.markdown)
                .any(|it| it.ends_with("たい") && asked.meets(article::mentioned(it)))
        };
        // The trouble that is told with the wish is what the article is for.
        let treats = || {
            let told = polarity::troubles(&incident.message);
            !told.is_empty() && !told.is_disjoint(&polarity::troubles(&about))
        };
        !asked.is_empty() && !asked.meets(article::mentioned(&about)) && !treats() && !is_for()
    };
    wish::wishes(incident) && another()
        || opposite::is_opposite(&incident.message, heading, &passage.markdown)
}

/// Whether a passage tells what to know before an operation, which a question tells to be done.
fn is_for_before(incident: &Incident, passage: &StoredPassage) -> bool {
    const BEFORE: &str = "前に";
    let heading = passage.section.last();
    incident.kind == Kind::Question
        && heading.is_some_and(|heading| heading.ends_with(BEFORE))
        && wish::tells_done(&incident.message)
}

/// Whether the message names another kind of the thing that the passage is about, and no code or state leads there.
fn is_of_another_kind(
    incident: &Incident,
    query: &Query,
    scored: &Scored,
    passage: &StoredPassage,
) -> bool {
    let keyed = scored.code.is_some() || scored.status.is_some();
    !keyed && kind_of::differs(&incident.message, query, &scored.article, passage)
}

/// Whether a system is named of which an expired article knows older versions alone: what ended with iOS 9 says nothing
/// of iOS 17.
fn is_of_later_system(incident: &Incident, scored: &Scored, passage: &StoredPassage) -> bool {
    let named = newest_systems(&incident.message);
    if named.is_empty() {
        return false;
    }
    let known = newest_systems(&format!("{}\n{}", scored.article.title, passage.markdown));
    named.iter().any(|(system, version)| known.get(system).is_some_and(|it| it < version))
}

fn newest_systems(text: &str) -> BTreeMap<&'static str, u32> {
    const SYSTEMS: &[&str] = &["ipados", "ios", "macos", "android", "windows"];
    let text = fold(text);
    let mut newest = BTreeMap::new();
    for system in SYSTEMS {
        for (at, _) in text.match_indices(system) {
            let behind = text.get(at + system.len()..).unwrap_or_default().trim_start_matches(' ');
            let digits: String = behind.chars().take_while(char::is_ascii_digit).take(4).collect();
            if let Ok(version) = digits.parse::<u32>() {
                let known = newest.entry(*system).or_insert(version);
                *known = version.max(*known);
            }
        }
    }
    newest
}

/// Whether the log has what a passage calls harmless exactly: its code, or its whole wording with the same constants. Whoever
/// reads that nothing is to be done does nothing.
fn is_said_exactly(incident: &Incident, scored: &Scored) -> bool {
    let exact = Some(Relation::Exact);
    let coded = scored.code.as_ref().is_some_and(|code| code.own && code.relation == exact);
    let worded = scored.message.as_ref().is_some_and(|message| {
        let alignment = &message.alignment;
        let covered = alignment.covered / alignment.template.max(f64::MIN_POSITIVE);
        covered >= HARMLESS_WORDING
            && !labelled::contradict(&incident.message, &message.template.written)
    });
    !incident.truncated && (coded || worded)
}

/// Divides a remedy that ends in a last resort; silences one that loses something unasked.
fn weigh_losses(
    snapshot: &Snapshot,
    incident: &Incident,
    query: &Query,
    judged: &mut Judged<'_>,
) -> Result<()> {
    let passage = lead::lead(snapshot, query, &judged.scored)?.shown;
    judged.loses = passage.destructive;
    let sections = alternatives(snapshot, &judged.scored, &passage)?;
    if !passage.destructive {
        judged.divided = sections.map(|it| Parted::Sections(Box::new(it)));
        return Ok(());
    }
    let asked = incident.kind == Kind::Question
        && (asks_for(incident, &judged.scored, &passage) || asks_about(incident, query, &passage));
    if !asked {
        let cautions: Vec<String> =
            judged.scored.article.cautions.iter().chain(&passage.cautions).cloned().collect();
        let steps = || divide(&passage.markdown, &cautions).map(Parted::Steps);
        judged.divided = sections.map(|it| Parted::Sections(Box::new(it))).or_else(steps);
    }
    if asked || judged.divided.is_some() || is_its_own(incident, query, &judged.scored) {
        return Ok(());
    }
    // Knowledge of a failure helps nobody who wishes for an operation.
    let milder = if wish::wishes(incident) {
        None
    } else {
        let here = scored::passage(snapshot, &judged.scored)?;
        instead(snapshot, query, &judged.scored, &here, |it| !it.destructive)?
    };
    match milder {
        Some((passage, _)) => judged.scored = Cow::Owned(judged.scored.by(passage)),
        None => judged.silence(),
    }
    Ok(())
}

/// Another passage of the article that may be shown and has as good as all of the words, with its place: what to know before
/// acting, the section about the trouble beside the row of one error.
fn instead(
    snapshot: &Snapshot,
    query: &Query,
    scored: &Scored,
    here: &StoredPassage,
    may_be_shown: impl Fn(&PassageHead) -> bool,
) -> Result<Option<(u32, StoredPassage)>> {
    let of = |it: &StoredPassage| object::coverage(query, &folded::whole(&scored.article, it));
    let all = of(here);
    let mut best: Option<(f64, u32, StoredPassage)> = None;
    let others = (0..scored.article.passages).filter(|place| *place != scored.passage);
    for place in others.take(PASSAGES) {
        let address = snapshot.place(scored.address, place)?;
        if !may_be_shown(&snapshot.head(address)?) {
            continue;
        }
        let passage = snapshot.passage(address)?;
        let held = of(&passage);
        if held >= AS_WELL * all && best.as_ref().is_none_or(|(most, ..)| held > *most) {
            best = Some((held, place, passage));
        }
    }
    Ok(best.map(|(_, place, passage)| (place, passage)))
}

/// Whether the log has the article's own wording, code or state whole.
fn is_its_own(incident: &Incident, query: &Query, scored: &Scored) -> bool {
    let declared = scored.status.as_ref().is_some_and(|status| status.declared);
    declared || has_full_wording(incident, scored) || has_own_code(incident, query, scored)
}

fn has_full_wording(incident: &Incident, scored: &Scored) -> bool {
    let Some(message) = &scored.message else { return false };
    // 切れ is another trouble than 無効, whatever else is the same.
    let [told, said] =
        [&message.template.written, &incident.message].map(|it| polarity::troubles(it));
    if !told.is_empty() && !said.is_empty() && told.is_disjoint(&said) {
        return false;
    }
    if read_alike::read_alike(&message.template.written, &incident.message) {
        return true;
    }
    let alignment = &message.alignment;
    let of_template = alignment.covered / alignment.template.max(f64::MIN_POSITIVE);
    let of_message = alignment.matched / alignment.inside.max(f64::MIN_POSITIVE);
    // The rest of a wording that was cut off may still tell all.
    of_template >= FULL_WORDING && of_message >= FULL_MESSAGE && message.similarity >= FULL_MESSAGE
}

/// Whether the log names the error by a code that says whose it is, and the article has that very code. A command and a
/// number do not: devices report several errors of one command under one number.
fn has_own_code(incident: &Incident, query: &Query, scored: &Scored) -> bool {
    let stated = scored.key(query).is_some_and(|key| {
        key.relation == Some(Relation::Exact)
            && key.log.stated
            && (incident.command.is_none() || key.log.domain != incident.command)
    });
    !incident.truncated && (stated || scored.words(query).any(QueryTerm::names_error))
}

/// Whether a line reports a value or that something was done, and no trouble: it needs no answer, read as a question
/// either. Nor does a program's English line become a question: what it shares with a manual are names.
pub(super) fn merely_reports(incident: &Incident) -> bool {
    let done = incident.message.trim_end_matches(['。', '.']).ends_with("しました");
    let values = !incident.variables.is_empty();
    incident.kind == Kind::Log
        && (values && incident.message.is_ascii()
            || (done || values) && !polarity::tells_trouble(&incident.message))
}

/// Whether a question is for knowledge of a passage's steps: what they lose, what they are, how two differ.
fn asks_about(incident: &Incident, query: &Query, passage: &StoredPassage) -> bool {
    if query.asked.as_ref().is_some_and(|asked| asked.tells_losses(passage)) {
        return true;
    }
    let knowledge = matches!(query.asked, Some(Asked::Comparison(_) | Asked::Definition(_)));
    knowledge && article::mentioned(&incident.message).meets(article::steps(&passage.markdown))
}

/// Whether a question asks for what the steps of a passage carry out.
fn asks_for(incident: &Incident, scored: &Scored, passage: &StoredPassage) -> bool {
    let asked = article::named(&incident.message)
        .or_one_of_all(&incident.message, || article::steps(&passage.markdown));
    if !article::has_step_of(&passage.markdown, asked) {
        return false;
    }
    let heading = passage.section.last().map_or(scored.article.title.as_str(), String::as_str);
    if wish::wishes(incident) {
        // Who wishes for an operation is helped by what is about it, not by a remedy of a failure that has it as a step.
        return asked.meets(article::mentioned(heading)) && polarity::troubles(heading).is_empty();
    }
    // The trouble that the question tells is the one that the remedy is for.
    let told = polarity::troubles(&incident.message);
    let about =
        || format!("{} {} {}", scored.article.title, passage.section.join(" "), passage.markdown);
    told.is_empty() || told.is_subset(&polarity::troubles(&about()))
}

/// A remedy that loses something is no second guess, nor the first where a surer one loses nothing.
fn silence_guessed_losses(judged: &mut [Judged<'_>]) {
    let claimed = |it: &Judged<'_>| it.claimed().then_some((it.sure, it.loses));
    let others: Vec<Option<(f64, bool)>> = judged.iter().map(claimed).collect();
    for (place, it) in judged.iter_mut().enumerate().filter(|(_, it)| it.loses && it.claimed()) {
        let above = others.iter().take(place).any(Option::is_some);
        let surer = others.iter().flatten().any(|&(sure, loses)| !loses && sure > it.sure);
        if it.scored.text.asked.is_some() && (above || surer) {
            it.silence();
        }
    }
}

/// Silences what has expired and has but words in common, where these make nobody sure or a living article has as good
/// as all of them: whoever asks in the words of today is not told the steps of an old procedure. A word that is in
/// nothing living names it, and so do the words of its heading.
fn silence_expired_words(
    snapshot: &Snapshot,
    incident: &Incident,
    query: &Query,
    judged: &mut [Judged<'_>],
) -> Result<()> {
    let living = || judged.iter().filter(|it| !it.expired).map(|it| &it.scored.text);
    let words: BTreeSet<usize> = living().flat_map(|it| it.words.iter().copied()).collect();
    let covered = living().map(|it| it.coverage).fold(0.0, f64::max);
    let names = |word: &usize| {
        let telling = |term: &QueryTerm| {
            !term.generic && term.weight > query.weights.part && term.rarity >= TELLING
        };
        query.words.get(*word).is_some_and(telling) && !words.contains(word)
    };
    for it in judged.iter_mut().filter(|it| it.expired && it.claimed()) {
        let scored = &it.scored;
        let worded = scored.message.as_ref().is_some_and(|it| it.similarity >= ROW_WORDING);
        let own = worded || scored.status.is_some() || scored.code.is_some();
        let unsure = it.sure < EXPIRED_WORDS || covered >= AS_MUCH * scored.text.coverage;
        if own || !unsure || scored.text.words.iter().any(names) {
            continue;
        }
        let passage = lead::lead(snapshot, query, scored)?.shown;
        if !passage.section.last().is_some_and(|heading| says_all_of(&incident.message, heading)) {
            it.silence();
        }
    }
    Ok(())
}

/// Whether a text has all runs between kana (particles may differ) of a heading with enough of them for a name.
fn says_all_of(text: &str, heading: &str) -> bool {
    let text = fold(text);
    let heading = fold(heading);
    let kana = |c: char| matches!(c, 'ぁ'..='ん') || !c.is_alphanumeric() && c != 'ー';
    let words: BTreeSet<&str> = heading.split(kana).filter(|it| it.chars().count() > 1).collect();
    words.len() >= NAMING_WORDS && words.iter().all(|word| text.contains(word))
}

/// Silences articles that have a wording which is like the one that another has exactly.
fn silence_look_alikes(judged: &mut [Judged<'_>]) {
    let similarity = |it: &Judged<'_>| it.scored.message.as_ref().map_or(0.0, |it| it.similarity);
    let exact = judged.iter().find(|it| it.claimed() && similarity(it) >= EXACT_WORDING);
    let Some(exact) = exact.and_then(|it| it.scored.message.as_ref()) else { return };
    let exact = exact.template.written.clone();
    for it in judged.iter_mut() {
        let like = similarity(it);
        let by_wording = it.scored.code.is_none() && it.scored.status.is_none();
        if it.claimed() && by_wording && (LOOKS_ALIKE..EXACT_WORDING).contains(&like) {
            it.silence();
        }
        if !it.claimed() && (CONFUSED..EXACT_WORDING).contains(&like) {
            it.looks_like = Some(exact.clone());
        }
    }
}

/// Drops a last resort that a newer article of the product knows nothing of any more: what was to be initialized in 2022
/// is a case for support in 2025.
fn drop_replaced_losses(judged: &mut [Judged<'_>]) {
    let newest = |product: &str, judged: &[Judged<'_>]| {
        let mild = judged.iter().filter(|it| {
            let article = &it.scored.article;
            it.claimed()
                && !it.loses
                && !it.expired
                && it.divided.is_none()
                && article.product.as_deref() == Some(product)
        });
        mild.filter_map(|it| it.scored.article.updated).max()
    };
    for place in 0..judged.len() {
        let Some(it) = judged.get(place).filter(|it| it.divided.is_some()) else { continue };
        let article = &it.scored.article;
        let Some((product, updated)) = article.product.as_ref().zip(article.updated) else {
            continue;
        };
        let replaced = newest(product, judged).is_some_and(|newest| newest > updated);
        if let Some(it) = judged.get_mut(place).filter(|_| replaced) {
            it.replaced = true;
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
    let scored = &judged.scored;
    let message = scored.message.as_ref().map_or(0.0, |message| message.similarity);
    let status = scored.status.as_ref().map_or(0.0, |_| 1.0);
    scored.text.coverage.max(message).max(status)
}

fn expired(scored: &Scored, today: Date) -> bool {
    scored.article.valid_until.is_some_and(|last| last < today)
}

#[cfg(test)]
crate::source::cases! {
    headings_that_are_said: |it| { let (text, heading) = two(it); says_all_of(text, heading) };
}
