//! The answer as a support person reads it on a terminal.
//!
//! 0. What waits for a device and must be known before it is brought online.
//! 1. How much of the paste is answered, where it holds more than one incident.
//! 2. Every answered incident: what, how often, when, where; then a block a remedy
//!    ([`remedy`](super::remedy)).
//! 3. The incidents that nothing answers: a line each beside answers; with what is near where the
//!    paste has no answer at all.
//!
//! Everything that comes from a log or an article is made harmless where it becomes a [`Fragment`].

use jiff::civil::Date;

use super::evidence::confidence;
use super::place::Links;
use super::remedy::Fold;
use super::screen::Screen;
use super::style::{Fragment, Role};
use super::words::{Confidence, either, say, separator};
use super::{flow_text, incident, notice, read_text, remedy, waiting};
use crate::search::{Answer, IncidentAnswer};
use crate::source::{Language, Location};

/// How many incidents without an answer are shown; the rest is counted.
const UNANSWERED: usize = 5;

/// How the answer is written for a person.
#[derive(Debug, Clone, Copy)]
pub struct TextOptions<'l> {
    /// The language of the fixed words.
    pub language: Language,
    /// How many columns the screen has.
    pub width: usize,
    /// Whether roles are shown in colour.
    pub color: bool,
    /// The day that ages are counted from.
    pub today: Date,
    /// Whether the parts of each score are shown.
    pub explain: bool,
    /// The maker of links to articles; `None` shows their places as text.
    pub links: Option<&'l dyn Links>,
}

impl TextOptions<'_> {
    /// Without colours, links and the parts of the score.
    #[must_use]
    pub const fn plain(language: Language, width: usize, today: Date) -> Self {
        Self { language, width, color: false, today, explain: false, links: None }
    }
}

/// The answer as text for a terminal; nothing in it can steer the terminal but the colours that
/// `options` asks for.
#[must_use]
pub fn text(answer: &Answer, options: &TextOptions) -> String {
    let mut head = Screen::new(options);
    notice::write(&mut head, &answer.notices, options.language);
    waiting::write(&mut head, &answer.waiting, options.language);
    if let Some(opening) = read_text::opening(&answer.read, options.language) {
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
        let number = (total > 1).then_some((index + 1, total));
        write_answered(&mut screen, incident, number, options);
    }
    // Where screens alone were pasted, the flows are the answer.
    let screens_alone = unanswered.is_empty() && !answer.flows.is_empty();
    if answered.is_empty() && !screens_alone {
        write_unanswered(&mut screen, &unanswered, options);
    } else if !answered.is_empty() {
        write_rest(&mut screen, &unanswered, options);
    }
    let flows = flow_text::flow_text(answer, options);
    let incidents = screen.finish();
    let between = if flows.is_empty() || incidents.is_empty() { "" } else { "\n" };
    if answered.is_empty() && !flows.is_empty() {
        // The screens lead to the cause; what has no article stands behind it.
        head + &flows + between + &incidents
    } else {
        head + &incidents + between + &flows
    }
}

fn write_answered(
    screen: &mut Screen<'_>,
    incident: &IncidentAnswer,
    number: Option<(usize, usize)>,
    options: &TextOptions,
) {
    incident::write(screen, incident, number, options);
    for (index, found) in incident.remedies.iter().enumerate() {
        screen.blank();
        remedy::write(screen, index + 1, found, &incident.last_resort, Fold::Closed, options);
    }
    if incident.left_out > 0 {
        screen.blank();
        let told = left_out(incident.left_out, incident.remedies.len(), options.language);
        screen.text(2, &told, Role::Plain);
    }
    for told in incident::look_alikes(incident, options.language) {
        screen.blank();
        screen.text(2, &told, Role::Plain);
    }
    // Who has a sure answer needs no second guess.
    let sure = incident.remedies.iter().any(|it| confidence(it) == Confidence::High);
    if !sure || options.explain {
        write_related(screen, incident, options.language);
    }
    screen.blank();
}

/// How to see the remedies that are not shown.
fn left_out(rest: usize, shown: usize, language: Language) -> String {
    let all = rest + shown;
    match language {
        Language::Ja => {
            format!("対処はほかに{rest}件あります。--limit {all} を付けると、すべて見られます")
        }
        Language::En => format!("{rest} more; add --limit {all} to see all remedies"),
    }
}

/// A paste that nothing answers: every incident with what is near.
fn write_unanswered(screen: &mut Screen<'_>, incidents: &[&IncidentAnswer], options: &TextOptions) {
    let language = options.language;
    let nothing = incident::nothing_claimed(language);
    for (index, incident) in incidents.iter().take(UNANSWERED).enumerate() {
        let number = (incidents.len() > 1).then_some((index + 1, incidents.len()));
        incident::write(screen, incident, number, options);
        screen.text(0, nothing, Role::Strong);
        if let Some(choice) = incident::chosen_from(incident, language) {
            screen.text(2, &choice, Role::Plain);
        }
        write_related(screen, incident, language);
        screen.blank();
    }
    if incidents.is_empty() {
        screen.text(0, either(language, "該当記事なし", "No article answers this."), Role::Strong);
        let why =
            either(language, "事象は見つかりませんでした。", "There is no incident in the paste.");
        screen.text(2, why, Role::Plain);
    }
    write_count(screen, incidents.len(), language);
}

/// Writes the incidents beside the answers: a line each.
fn write_rest(screen: &mut Screen<'_>, incidents: &[&IncidentAnswer], options: &TextOptions) {
    if incidents.is_empty() {
        return;
    }
    let language = options.language;
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
        let mut facts = vec![incident::times(incident, language)];
        // The heads of the answers have named the file; the line is what is new.
        let lines: Vec<Location> = incident
            .locations
            .iter()
            .map(|place| Location { file: None, line: place.line })
            .collect();
        let places = if one_file { &lines } else { &incident.locations };
        facts.extend(incident::places(places, incident.count, language));
        let line = [
            Fragment::new(incident::message(incident), Role::Code),
            Fragment::plain("  "),
            Fragment::new(facts.join(separator(language)), Role::Faint),
        ];
        screen.labelled(2, "・", Role::Plain, &line);
    }
    write_count(screen, incidents.len(), language);
}

/// How many incidents are not shown.
fn write_count(screen: &mut Screen<'_>, incidents: usize, language: Language) {
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

pub(super) fn summary(total: usize, answered: usize, language: Language) -> String {
    say!(
        language,
        "{total}件の事象のうち、{answered}件に対処があります。",
        "{answered} of {total} incidents have a remedy."
    )
}

/// Writes the passages that are near, without a claim.
fn write_related(screen: &mut Screen<'_>, answer: &IncidentAnswer, language: Language) {
    if answer.related.is_empty() {
        return;
    }
    screen.blank();
    let heading = either(language, "近い記事（確証なし）", "Near, without a claim that it helps");
    screen.text(2, heading, Role::Faint);
    for found in &answer.related {
        remedy::write_reference(screen, found, answer.choice.is_some(), language);
    }
}
