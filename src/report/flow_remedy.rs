//! The passage that a check of a flow leads to, as text for a terminal.

use super::flow_text::INDENT;
use super::markdown::{Around, render};
use super::remedy::{cautions, expiry};
use super::screen::Screen;
use super::style::{Fragment, Role};
use super::text::TextOptions;
use super::words::{either, say};
use crate::flow::{FlowRemedy, Link, State, Step};
use crate::search::Answer;
use crate::source::Language;

/// Whether an incident of the answer shows the passage that a link leads to.
pub(super) fn is_told(link: &Link, answer: &Answer) -> bool {
    let shown = answer.incidents.iter().filter(|it| it.answered_by.is_none());
    shown.flat_map(|it| &it.remedies).any(|remedy| {
        let anchor = remedy.passage_id.rsplit(['#', '/']).next();
        remedy.id == link.article && link.anchor.is_some() && anchor == link.anchor.as_deref()
    })
}

/// A link to a passage that is not shown.
pub(super) fn write_link(
    screen: &mut Screen<'_>,
    step: &Step,
    link: &Link,
    answer: &Answer,
    language: Language,
) {
    let label = if step.candidate {
        either(language, "候補の対処: ", "Remedy of the candidate: ")
    } else {
        either(language, "対処: ", "Remedy: ")
    };
    let anchor = link.anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
    let place = format!("{}{anchor}", link.article);
    let heading = answer.passage_of(link).and_then(|remedy| remedy.section.last().cloned());
    let mut line: Vec<Fragment> = Vec::new();
    if let Some(heading) = heading {
        line.push(Fragment::plain(&heading));
        line.push(Fragment::plain("  "));
    }
    line.push(Fragment::new(&place, Role::Link));
    screen.labelled(INDENT, label, Role::Plain, &line);
}

/// The passage that a step leads to, with its cautions before it.
pub(super) fn write(
    screen: &mut Screen<'_>,
    step: &Step,
    remedy: &FlowRemedy,
    options: &TextOptions,
) {
    let language = options.language;
    screen.blank();
    if let Some(day) = remedy.valid_until.filter(|day| *day < options.today) {
        screen.text(INDENT, &expiry(day, language), Role::Expired);
    }
    let mark = if step.candidate {
        either(language, "【対処の候補】", "[Candidate] ")
    } else if step.state != State::Cause {
        either(language, "【手順】", "[See] ")
    } else {
        either(language, "【対処】", "[Remedy] ")
    };
    let title = Fragment::new(format!("{mark}{}", remedy.title), Role::Strong);
    screen.labelled(INDENT, "", Role::Strong, &[title]);
    if !remedy.cautions.is_empty() || remedy.destructive {
        cautions(screen, INDENT, &remedy.cautions, &remedy.path, language);
    }
    screen.blank();
    if !remedy.section.is_empty() {
        screen.text(INDENT, &remedy.section.join(" › "), Role::Strong);
    }
    let around = Around {
        path: &remedy.path,
        heading: remedy.section.last().map(String::as_str),
        cautions: &remedy.cautions,
    };
    let lines = render(&remedy.passage, screen.width_behind(INDENT), around);
    screen.lines(INDENT, lines);
    if let Some(then) = &step.then {
        let said = say!(
            language,
            "直らなければ「{then}」の確認へ進みます。",
            "If that does not help, go on with \"{then}\"."
        );
        screen.text(INDENT, &said, Role::Plain);
    }
    let label = either(language, "出典: ", "Source: ");
    let place = screen.place(&remedy.path, remedy.line);
    screen.labelled(INDENT, label, Role::Plain, &[place]);
}
