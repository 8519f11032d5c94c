//! The answer as a support person reads it on a terminal.
//!
//! 0. What waits for a device and must be known before it is brought online.
//! 1. How much of the paste is answered, where it holds more than one incident.
//! 2. Every answered incident: what, how often, when, where; then a block a remedy
//!    ([`remedy`]).
//! 3. The incidents that nothing answers: a line each beside answers; with what is near where the
//!    paste has no answer at all.
//!
//! Everything that comes from a log or an article is made harmless where it becomes a [`Fragment`].

mod article;
mod explanation;
mod flow;
mod flow_question;
mod incident;
pub(super) mod markdown;
mod place;
pub(super) mod remedy;
mod screen;
mod style;
pub(super) mod table;
mod wrap;

pub use article::{article_index, article_list, article_text};
pub use explanation::explanations;
pub use flow::flow_text;
pub use flow_question::flow_question;
pub use place::Links;
pub use screen::TextOptions;

pub(super) use screen::Screen;
pub(super) use style::{Fragment, Role};

use markdown::render;
use remedy::Fold;

use super::view::incident::{
    chosen_from, look_alikes, message, nothing_claimed, notice, places, summary, times,
    waiting_devices,
};
use super::view::markdown::Around;
use super::view::{read, say, separator};
use crate::search::{Answer, IncidentAnswer, Level, Notice, Waiting};
use crate::source::{Language, Location};

/// How many incidents without an answer are shown; the rest is counted.
const UNANSWERED: usize = 5;

/// The answer as text for a terminal; nothing in it can steer the terminal but the colours that
/// `options` asks for.
#[must_use]
pub fn text(answer: &Answer, options: &TextOptions) -> String {
    let mut head = Screen::new(options);
    write_notices(&mut head, &answer.notices);
    write_waiting(&mut head, &answer.waiting);
    if let Some(opening) = read::opening(&answer.read, options.language) {
        if !answer.waiting.is_empty() {
            head.blank();
        }
        head.text(0, &opening, Role::Plain);
    }
    let mut head = head.finish();
    if !head.is_empty() {
        head.push('\n');
    }
    let mut screen = Screen::new(options);
    // An incident that a flow has answered is not answered once more.
    let left: Vec<&IncidentAnswer> =
        answer.incidents.iter().filter(|incident| incident.answered_by.is_none()).collect();
    let total = left.len();
    let (answered, unanswered): (Vec<_>, Vec<_>) =
        left.into_iter().partition(|incident| !incident.remedies.is_empty());
    if total > 1 {
        screen.text(0, &summary(total, answered.len(), options.language), Role::Plain);
        screen.blank();
    }
    for (index, incident) in answered.iter().enumerate() {
        write_answered(&mut screen, incident, (total > 1).then_some((index + 1, total)));
    }
    // Where screens alone were pasted, the flows are the answer.
    let screens_alone = unanswered.is_empty() && !answer.flows.is_empty();
    if answered.is_empty() && !screens_alone {
        write_unanswered(&mut screen, &unanswered);
    } else if !answered.is_empty() {
        write_rest(&mut screen, &unanswered);
    }
    let flows = flow_text(answer, options);
    let incidents = screen.finish();
    let between = if flows.is_empty() || incidents.is_empty() { "" } else { "\n" };
    if answered.is_empty() && !flows.is_empty() {
        // The screens lead to the cause; what has no article is after it.
        head + &flows + between + &incidents
    } else {
        head + &incidents + between + &flows
    }
}

fn write_answered(
    screen: &mut Screen<'_>,
    incident: &IncidentAnswer,
    number: Option<(usize, usize)>,
) {
    incident::write(screen, incident, number);
    for (index, found) in incident.remedies.iter().enumerate() {
        screen.blank();
        remedy::write(screen, index + 1, found, &incident.last_resort, Fold::Closed);
    }
    if incident.left_out > 0 {
        screen.blank();
        let told = left_out(incident.left_out, incident.remedies.len(), screen.language());
        screen.text(2, &told, Role::Plain);
    }
    for told in look_alikes(incident, screen.language()) {
        screen.blank();
        screen.text(2, &told, Role::Plain);
    }
    // Who has a sure answer needs no second guess.
    let sure = incident.remedies.iter().any(|it| it.level() == Level::High);
    if !sure || screen.options.explain {
        write_related(screen, incident);
    }
    screen.blank();
}

/// How to see the remedies that are not shown.
fn left_out(rest: usize, shown: usize, language: Language) -> String {
    let all = rest + shown;
    say!(
        language,
        "対処はほかに{rest}件あります。--limit {all} を付けると、すべて見られます",
        "{rest} more; add --limit {all} to see all remedies"
    )
}

/// A paste that nothing answers: every incident with what is near.
fn write_unanswered(screen: &mut Screen<'_>, incidents: &[&IncidentAnswer]) {
    let language = screen.language();
    let nothing = nothing_claimed(language);
    for (index, incident) in incidents.iter().take(UNANSWERED).enumerate() {
        let number = (incidents.len() > 1).then_some((index + 1, incidents.len()));
        incident::write(screen, incident, number);
        screen.text(0, nothing, Role::Strong);
        if let Some(choice) = chosen_from(incident, language) {
            screen.text(2, &choice, Role::Plain);
        }
        write_related(screen, incident);
        screen.blank();
    }
    if incidents.is_empty() {
        screen.text(0, language.pick("該当記事なし", "No article answers this."), Role::Strong);
        let why =
            language.pick("事象は見つかりませんでした。", "There is no incident in the paste.");
        screen.text(2, why, Role::Plain);
    }
    write_count(screen, incidents.len());
}

/// Writes the incidents beside the answers: a line each.
fn write_rest(screen: &mut Screen<'_>, incidents: &[&IncidentAnswer]) {
    let language = screen.language();
    if incidents.is_empty() {
        return;
    }
    let heading = say!(
        language,
        "確かに当てはまる記事を選べません（{}件）",
        "No article can be chosen with certainty for these ({}):",
        incidents.len()
    );
    screen.text(0, &heading, Role::Strong);
    let mut files = incidents.iter().flat_map(|it| &it.incident.locations).map(|it| &it.file);
    let first = files.next();
    let one_file = files.all(|file| Some(file) == first);
    for answer in incidents.iter().take(UNANSWERED) {
        let incident = &answer.incident;
        let mut facts = vec![times(incident, language)];
        // The heads of the answers have named the file; the line is what is new.
        let lines = incident.locations.iter();
        let lines = lines.map(|place| Location { file: None, line: place.line });
        let lines: Vec<Location> = lines.collect();
        let locations = if one_file { &lines } else { &incident.locations };
        facts.extend(places(locations, incident.count, language));
        let line = [
            Fragment::new(message(incident), Role::Code),
            Fragment::plain("  "),
            Fragment::new(facts.join(separator(language)), Role::Faint),
        ];
        screen.labelled(2, "・", Role::Plain, &line);
    }
    write_count(screen, incidents.len());
}

fn write_count(screen: &mut Screen<'_>, incidents: usize) {
    let language = screen.language();
    let rest = incidents.saturating_sub(UNANSWERED);
    if rest > 0 {
        let told = say!(
            language,
            "ほかに{rest}件あります。貼り付けるログを減らすか、--json を付けると残りも見られます",
            "and {rest} more; paste less of the log, or add --json, to see the rest"
        );
        screen.text(2, &told, Role::Plain);
    }
}

/// Writes the passages that are near, without a claim.
fn write_related(screen: &mut Screen<'_>, answer: &IncidentAnswer) {
    let language = screen.language();
    if answer.related.is_empty() {
        return;
    }
    screen.blank();
    let heading = language.pick("近い記事（確証なし）", "Near, without a claim that it helps");
    screen.text(2, heading, Role::Faint);
    for found in &answer.related {
        remedy::write_reference(screen, found, answer.choice.is_some());
    }
}

/// The warnings, before anything that brings a device online.
fn write_waiting(screen: &mut Screen<'_>, waiting: &[Waiting]) {
    let language = screen.language();
    for it in waiting {
        screen.text(0, &format!("⚠ {}", it.operation.warning().text(language)), Role::Caution);
        if let Some(names) = waiting_devices(it, language) {
            screen.entry(2, language.pick("端末: ", "Devices: "), &names);
        }
    }
}

/// The notices, each with its text, above everything else.
fn write_notices(screen: &mut Screen<'_>, notices: &[Notice]) {
    let language = screen.language();
    for it in notices {
        screen.text(0, &notice(it, language), Role::Caution);
        let around = Around { path: &it.path, heading: Some(&it.title), ..Around::default() };
        screen.lines(2, render(&it.text, screen.width_after(2), around));
        screen.blank();
    }
}
