//! The block of one remedy: scope, confidence, cautions, steps, reasons, source, in this order.

use super::markdown::render;
use super::wrap::columns;
use super::{Fragment, Role, Screen};
use crate::report::view::evidence::{note, reasons};
use crate::report::view::markdown::Around;
use crate::report::view::remedy::{
    cautions, elsewhere, expired, first_line, last_resort_heading, last_resorts, mark, scope,
    section,
};
use crate::report::view::{level, say};
use crate::search::{Evidence, Level, Remedy};
use crate::source::Language;

pub(crate) const INDENT: usize = 2;

/// How the last resort of a remedy is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fold {
    /// Only that there is one, and where: nobody carries it out for having read on.
    Closed,
    /// With its cautions: what is copied is read elsewhere.
    #[cfg_attr(not(feature = "server"), expect(dead_code, reason = "only the page copies"))]
    Open,
}

/// Writes the block of the remedy that is at `rank`, with those of `last_resort` that are its own.
pub(crate) fn write(
    screen: &mut Screen<'_>,
    rank: usize,
    remedy: &Remedy,
    last_resort: &[Remedy],
    fold: Fold,
) {
    let language = screen.language();
    let mark = mark(remedy, language);
    let title = Fragment::new(format!("{mark}{}", remedy.title), Role::Strong);
    screen.labelled(0, &format!("{rank} "), Role::Strong, &[title]);
    if let Some(expired) = expired(remedy, language) {
        screen.text(INDENT, &expired, Role::Expired);
    }
    screen.facts(INDENT, &scope(remedy, language, screen.options.today));
    write_confidence(screen, remedy);
    let cautions = cautions(&remedy.cautions, remedy.destructive, language);
    write_cautions(screen, &cautions, &remedy.path);
    write_matched(screen, remedy);
    screen.blank();
    let around = Around::of(&remedy.path, &remedy.section, &remedy.cautions);
    write_passage(screen, &remedy.section, &remedy.passage, around);
    for last in last_resorts(last_resort, remedy) {
        write_last_resort(screen, last, fold);
    }
    write_reasons(screen, remedy);
    write_source(screen, remedy);
}

/// Writes a remedy as one entry of a list of near articles.
///
/// Where the reader has to choose among them, each says what it holds: its heading and its first line.
pub(crate) fn write_reference(screen: &mut Screen<'_>, remedy: &Remedy, choose: bool) {
    let language = screen.language();
    let mut title = remedy.title.clone();
    if let Some(elsewhere) = elsewhere(remedy, language) {
        title.push_str(&say!(language, "（{elsewhere}）", " ({elsewhere})"));
    }
    screen.entry(INDENT, "・", title);
    if let Some(expired) = expired(remedy, language) {
        screen.text(INDENT + 2, &expired, Role::Expired);
    }
    if choose {
        screen.text(INDENT + 2, &first_line(remedy, language), Role::Faint);
    }
    screen.labelled(INDENT + 2, "", Role::Plain, &[screen.place(&remedy.path, remedy.line)]);
}

fn write_confidence(screen: &mut Screen<'_>, remedy: &Remedy) {
    let language = screen.language();
    let sure = remedy.level();
    let role = match sure {
        Level::High => Role::Good,
        Level::Medium => Role::Plain,
        Level::Low => Role::Faint,
    };
    let label = language.pick("確度: ", "Confidence: ");
    screen.labelled(INDENT, label, Role::Plain, &[Fragment::new(level(sure, language), role)]);
}

/// Writes the cautions in full, those of the article at `path`: nobody may act without having seen them.
pub(crate) fn write_cautions(screen: &mut Screen<'_>, cautions: &[&str], path: &str) {
    let language = screen.language();
    if cautions.is_empty() {
        return;
    }
    screen.text(INDENT, language.pick("⚠ 実行前に", "⚠ Before you act"), Role::Caution);
    let width = screen.width_after(INDENT + 4);
    for caution in cautions {
        let mut lines = render(caution, width, Around { path, ..Around::default() });
        for (index, line) in lines.iter_mut().enumerate() {
            line.insert(0, Fragment::plain(if index == 0 { "・" } else { "  " }));
        }
        screen.lines(INDENT + 2, lines);
    }
}

/// How many lines of the passage that matched are shown before its remedy.
const MATCHED_LINES: usize = 4;

/// Writes the passage that matched, first and short, where the remedy is another one.
fn write_matched(screen: &mut Screen<'_>, remedy: &Remedy) {
    let language = screen.language();
    let Some(matched) = &remedy.matched else { return };
    screen.blank();
    let label = language.pick("一致した箇所: ", "Matched: ");
    let section = section(&matched.section);
    let section = if section.is_empty() { matched.passage_id.clone() } else { section };
    screen.labelled(INDENT, label, Role::Strong, &[Fragment::plain(&section)]);
    let around = Around::of(&remedy.path, &matched.section, &[]);
    let mut lines = render(&matched.passage, screen.width_after(INDENT + 2), around);
    if lines.len() > MATCHED_LINES {
        lines.truncate(MATCHED_LINES);
        lines.push(vec![Fragment::plain("…")]);
    }
    screen.lines(INDENT + 2, lines);
}

pub(crate) fn write_passage(
    screen: &mut Screen<'_>,
    path: &[String],
    passage: &str,
    around: Around<'_>,
) {
    if !path.is_empty() {
        screen.text(INDENT, &section(path), Role::Strong);
    }
    screen.lines(INDENT, render(passage, screen.width_after(INDENT), around));
}

fn write_last_resort(screen: &mut Screen<'_>, last: &Remedy, fold: Fold) {
    let language = screen.language();
    screen.blank();
    screen.text(INDENT, last_resort_heading(language), Role::Caution);
    match fold {
        Fold::Closed => {
            let command = format!("shirube show {}", last.passage_id);
            let command = Fragment::new(command, Role::Code);
            let label = language.pick("見るには: ", "To see it: ");
            screen.labelled(INDENT + 2, label, Role::Plain, &[command]);
        }
        Fold::Open => {
            let cautions = cautions(&last.cautions, last.destructive, language);
            write_cautions(screen, &cautions, &last.path);
            write_passage(screen, &[], &last.passage, Around::of(&last.path, &[], &last.cautions));
        }
    }
}

fn write_reasons(screen: &mut Screen<'_>, remedy: &Remedy) {
    let language = screen.language();
    screen.blank();
    let label = language.pick("根拠: ", "Why: ");
    let because = reasons(&remedy.evidence, language).join(language.pick("・", "; "));
    screen.entry(INDENT, label, &because);
    if let Some(note) = note(&remedy.evidence, language) {
        screen.text(INDENT + columns(label), &note, Role::Plain);
    }
    if screen.options.explain {
        write_score(screen, remedy);
    }
}

fn write_source(screen: &mut Screen<'_>, remedy: &Remedy) {
    let label = screen.language().pick("出典: ", "Source: ");
    screen.labelled(INDENT, label, Role::Plain, &[screen.place(&remedy.path, remedy.line)]);
    if let Some(link) = &remedy.source {
        let link = Fragment::new(link, Role::Link);
        screen.labelled(INDENT + columns(label), "", Role::Plain, &[link]);
    }
}

/// The numbers after the words.
pub(crate) fn write_score(screen: &mut Screen<'_>, remedy: &Remedy) {
    let (score, confidence) = (remedy.score, remedy.confidence);
    let applies = remedy.applies.name();
    let total = format!("score {score:.2}  confidence {confidence:.2}  applies {applies}");
    screen.text(INDENT + 2, &total, Role::Faint);
    for evidence in &remedy.evidence {
        let (head, sides) = part(evidence);
        screen.text(INDENT + 2, &head, Role::Faint);
        for (label, side) in ["log     ", "article "].into_iter().zip(sides.into_iter().flatten()) {
            screen.labelled(INDENT + 4, label, Role::Faint, &[Fragment::new(side, Role::Faint)]);
        }
    }
}

/// One part of the score: what it is worth, and what is on both sides, in the log and in the article.
fn part(evidence: &Evidence) -> (String, Option<[&str; 2]>) {
    match evidence {
        Evidence::Message { similarity, log, article, .. } => {
            (format!("message {similarity:.2}"), Some([log, article]))
        }
        Evidence::Code { relation, log, article, .. } => {
            (format!("code {}", relation.name()), Some([log, article]))
        }
        Evidence::Command { command } => (format!("command {command}"), None),
        Evidence::Status { log, article, .. } => ("status".to_owned(), Some([log, article])),
        Evidence::Text { words, coverage, .. } => {
            (format!("text {coverage:.2}  {}", words.join(" ")), None)
        }
    }
}
