//! The block of one remedy: scope, confidence, cautions, steps, reasons, source, in this order.

use jiff::civil::Date;

use super::evidence::{confidence, note, reasons};
use super::markdown::{Around, render};
use super::screen::Screen;
use super::style::{Fragment, Role};
use super::text::TextOptions;
use super::visible::sanitized;
use super::words::{Confidence, age, either, long_date, say, separator};
use super::wrap::columns;
use crate::article::Role as PassageRole;
use crate::search::{Applies, Evidence, Remedy};
use crate::source::Language;

const INDENT: usize = 2;

/// How the last resort of a remedy is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    /// Only that there is one, and where: nobody carries it out for having read on.
    Closed,
    /// With its cautions: what is copied is read elsewhere.
    Open,
}

/// Writes the block of the remedy that stands at `rank`, with those of `last_resort` that are its own.
pub(super) fn write(
    screen: &mut Screen<'_>,
    rank: usize,
    remedy: &Remedy,
    last_resort: &[Remedy],
    fold: Fold,
    options: &TextOptions,
) {
    let language = options.language;
    let mark = mark(remedy, language);
    let title = Fragment::new(format!("{mark}{}", remedy.title), Role::Strong);
    screen.labelled(0, &format!("{rank} "), Role::Strong, &[title]);
    write_expiry(screen, remedy, language);
    screen.facts(INDENT, &scope(remedy, language, options.today), separator(language));
    write_confidence(screen, remedy, language);
    write_cautions(screen, remedy, language);
    write_matched(screen, remedy, language);
    write_steps(screen, remedy);
    for last in last_resort.iter().filter(|last| last.id == remedy.id) {
        write_last_resort(screen, last, fold, language);
    }
    write_reasons(screen, remedy, options);
    write_source(screen, remedy, language);
}

/// Writes a remedy as one entry of a list of near articles.
///
/// Where the reader has to choose among them, each says what it holds: its heading and its first line.
pub(super) fn write_reference(
    screen: &mut Screen<'_>,
    remedy: &Remedy,
    choose: bool,
    language: Language,
) {
    let mut title = remedy.title.clone();
    if let Some(elsewhere) = elsewhere(remedy, language) {
        title.push_str(&say!(language, "（{elsewhere}）", " ({elsewhere})"));
    }
    screen.labelled(INDENT, "・", Role::Plain, &[Fragment::plain(title)]);
    if let Some(day) = remedy.valid_until.filter(|_| remedy.expired) {
        screen.text(INDENT + 2, &expiry(day, language), Role::Expired);
    }
    if choose {
        let line = first_line(remedy, language);
        screen.text(INDENT + 2, &line, Role::Faint);
    }
    let place = screen.place(&remedy.path, remedy.line);
    screen.labelled(INDENT + 2, "", Role::Plain, &[place]);
}

/// That an article is about another console or another system, and about which.
pub(super) fn elsewhere(remedy: &Remedy, language: Language) -> Option<String> {
    if remedy.applies != Applies::No {
        return None;
    }
    let platforms = remedy.platforms.join(either(language, "・", ", "));
    let said = match (&remedy.product, language) {
        (Some(product), Language::Ja) => format!("他製品の手順: {product}"),
        (Some(product), Language::En) => format!("steps of another product: {product}"),
        (None, Language::Ja) => format!("ほかのOSの手順: {platforms}"),
        (None, Language::En) => format!("steps of another system: {platforms}"),
    };
    Some(sanitized(&said))
}

/// A passage in a line: its product, its heading, and how it begins.
pub(super) fn first_line(remedy: &Remedy, language: Language) -> String {
    let begins = remedy.passage.lines().map(str::trim).find(|line| {
        !line.is_empty()
            && !line.starts_with(['#', '>', '|', '<', '`', '!', '-'])
            && *line != "【対処】"
    });
    let product = remedy.product.as_deref();
    let heading = remedy.section.last().map(String::as_str);
    let parts: Vec<&str> = product.into_iter().chain(heading).chain(begins).collect();
    parts.join(either(language, " ｜ ", " | "))
}

fn write_expiry(screen: &mut Screen<'_>, remedy: &Remedy, language: Language) {
    let Some(day) = remedy.valid_until.filter(|_| remedy.expired) else { return };
    screen.text(INDENT, &expiry(day, language), Role::Expired);
}

/// That steps no longer work, and since when.
pub(super) fn expiry(day: Date, language: Language) -> String {
    let day = long_date(day, language);
    say!(language, "この手順は{day}で使えなくなりました", "These steps stopped working after {day}")
}

/// The scope and age of a remedy: `対象: BizMobile Go!・iOS`, `更新 2018-07-31（8年前）`.
pub(super) fn scope(remedy: &Remedy, language: Language, today: Date) -> Vec<String> {
    let product = remedy.product.as_deref();
    let mut facts = scope_of(product, &remedy.platforms, remedy.updated, language, today);
    if let Some(subject) = facts.first_mut().filter(|_| remedy.applies == Applies::No) {
        subject.push_str(either(language, "（他製品の手順）", " (another product)"));
    }
    facts
}

/// The scope of an article first, then its age.
pub(super) fn scope_of(
    product: Option<&str>,
    platforms: &[String],
    updated: Option<Date>,
    language: Language,
    today: Date,
) -> Vec<String> {
    let mut subjects: Vec<&str> = product.into_iter().collect();
    subjects.extend(platforms.iter().map(String::as_str));
    if subjects.is_empty() {
        subjects.push(either(language, "共通", "everything"));
    }
    let mut subject = either(language, "対象: ", "For: ").to_owned();
    subject.push_str(&subjects.join(either(language, "・", ", ")));
    let mut facts = vec![sanitized(&subject)];
    facts.extend(updated.map(|updated| match (language, age(updated, today, language)) {
        (Language::Ja, Some(age)) => format!("更新 {updated}（{age}）"),
        (Language::Ja, None) => format!("更新 {updated}"),
        (Language::En, Some(age)) => format!("updated {updated} ({age})"),
        (Language::En, None) => format!("updated {updated}"),
    }));
    facts
}

fn write_confidence(screen: &mut Screen<'_>, remedy: &Remedy, language: Language) {
    let confidence = confidence(remedy);
    let role = match confidence {
        Confidence::High => Role::Good,
        Confidence::Medium => Role::Plain,
        Confidence::Low => Role::Faint,
    };
    let label = either(language, "確度: ", "Confidence: ");
    screen.labelled(INDENT, label, Role::Plain, &[Fragment::new(confidence.text(language), role)]);
}

/// The cautions in full: nobody may act without having seen them.
fn write_cautions(screen: &mut Screen<'_>, remedy: &Remedy, language: Language) {
    if !remedy.cautions.is_empty() || remedy.destructive {
        cautions(screen, INDENT, &remedy.cautions, &remedy.path, language);
    }
}

/// A block of cautions from the article at `path`; the one of every destructive remedy where there are none.
pub(super) fn cautions(
    screen: &mut Screen<'_>,
    indent: usize,
    cautions: &[String],
    path: &str,
    language: Language,
) {
    screen.text(indent, either(language, "⚠ 実行前に", "⚠ Before you act"), Role::Caution);
    let width = screen.width_behind(indent + 4);
    for caution in cautions {
        let around = Around { path, ..Around::default() };
        let mut lines = render(caution, width, around);
        for (index, line) in lines.iter_mut().enumerate() {
            line.insert(0, Fragment::plain(if index == 0 { "・" } else { "  " }));
        }
        screen.lines(indent + 2, lines);
    }
    if cautions.is_empty() {
        screen.labelled(indent + 2, "・", Role::Plain, &[Fragment::plain(unsaid(language))]);
    }
}

/// The caution of a destructive remedy that has none of its own.
pub(super) const fn unsaid(language: Language) -> &'static str {
    either(
        language,
        "データまたは登録が失われる操作を含みます。",
        "A step loses data or registration.",
    )
}

/// The mark over a passage: 【対処】 over instructions, and over nothing else; of what is harmless that nothing is to be done.
pub(super) const fn mark(remedy: &Remedy, language: Language) -> &'static str {
    match remedy.role {
        _ if remedy.harmless => either(language, "【対応は要りません】", "[Nothing to do] "),
        PassageRole::Remedy => either(language, "【対処】", "[Remedy] "),
        PassageRole::Cause => either(language, "【原因】", "[Cause] "),
        _ => either(language, "【説明】", "[Explanation] "),
    }
}

/// How many lines of the passage that matched are shown before its remedy.
const MATCHED_LINES: usize = 4;

/// Writes the passage that matched, first and short, where the remedy is another one.
fn write_matched(screen: &mut Screen<'_>, remedy: &Remedy, language: Language) {
    let Some(matched) = &remedy.matched else { return };
    screen.blank();
    let label = either(language, "一致した箇所: ", "Matched: ");
    let section = matched.section.join(" › ");
    let section = if section.is_empty() { matched.passage_id.clone() } else { section };
    screen.labelled(INDENT, label, Role::Strong, &[Fragment::plain(&section)]);
    let around = Around {
        path: &remedy.path,
        heading: matched.section.last().map(String::as_str),
        ..Around::default()
    };
    let mut lines = render(&matched.passage, screen.width_behind(INDENT + 2), around);
    if lines.len() > MATCHED_LINES {
        lines.truncate(MATCHED_LINES);
        lines.push(vec![Fragment::plain("…")]);
    }
    screen.lines(INDENT + 2, lines);
}

fn write_steps(screen: &mut Screen<'_>, remedy: &Remedy) {
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
}

/// Writes the remedy that is left where the steps did not help.
fn write_last_resort(screen: &mut Screen<'_>, last: &Remedy, fold: Fold, language: Language) {
    screen.blank();
    screen.text(INDENT, last_resort_heading(language), Role::Caution);
    match fold {
        Fold::Closed => {
            let command = format!("shirube show {}", last.passage_id);
            let command = Fragment::new(command, Role::Code);
            screen.labelled(
                INDENT + 2,
                either(language, "見るには: ", "To see it: "),
                Role::Plain,
                &[command],
            );
        }
        Fold::Open => {
            write_cautions(screen, last, language);
            let around = Around { path: &last.path, heading: None, cautions: &last.cautions };
            let lines = render(&last.passage, screen.width_behind(INDENT), around);
            screen.lines(INDENT, lines);
        }
    }
}

/// The heading over a last resort.
pub(super) const fn last_resort_heading(language: Language) -> &'static str {
    either(
        language,
        "最後の手段（上の手順で直らないときだけ。データや登録が失われます）",
        "Last resort (only where the steps above did not help: data or a registration is lost)",
    )
}

fn write_reasons(screen: &mut Screen<'_>, remedy: &Remedy, options: &TextOptions) {
    let language = options.language;
    screen.blank();
    let label = either(language, "根拠: ", "Why: ");
    let because = reasons(&remedy.evidence, language).join(either(language, "・", "; "));
    screen.labelled(INDENT, label, Role::Plain, &[Fragment::plain(&because)]);
    if let Some(note) = note(&remedy.evidence, language) {
        screen.text(INDENT + columns(label), &note, Role::Plain);
    }
    if options.explain {
        write_score(screen, remedy);
    }
}

fn write_source(screen: &mut Screen<'_>, remedy: &Remedy, language: Language) {
    let label = either(language, "出典: ", "Source: ");
    let place = screen.place(&remedy.path, remedy.line);
    screen.labelled(INDENT, label, Role::Plain, &[place]);
    if let Some(link) = &remedy.source {
        let link = Fragment::new(link, Role::Link);
        screen.labelled(INDENT + columns(label), "", Role::Plain, &[link]);
    }
}

/// The numbers behind the words.
pub(super) fn write_score(screen: &mut Screen<'_>, remedy: &Remedy) {
    let applies = match remedy.applies {
        Applies::Yes => "yes",
        Applies::No => "no",
        Applies::Unknown => "unknown",
    };
    let total = format!(
        "score {:.2}  confidence {:.2}  applies {applies}",
        remedy.score, remedy.confidence
    );
    screen.text(INDENT + 2, &total, Role::Faint);
    for evidence in &remedy.evidence {
        let (head, sides) = part(evidence);
        screen.text(INDENT + 2, &head, Role::Faint);
        for (label, side) in sides {
            let side = Fragment::new(side, Role::Faint);
            screen.labelled(INDENT + 4, label, Role::Faint, &[side]);
        }
    }
}

/// One part of the score: what it is worth, and what stands on both sides.
fn part(evidence: &Evidence) -> (String, Vec<(&'static str, &str)>) {
    match evidence {
        Evidence::Message { similarity, log, article, .. } => {
            (format!("message {similarity:.2}"), vec![("log     ", log), ("article ", article)])
        }
        Evidence::Code { relation, log, article, .. } => (
            format!("code {}", super::json::relation(*relation)),
            vec![("log     ", log), ("article ", article)],
        ),
        Evidence::Command { command } => (format!("command {command}"), Vec::new()),
        Evidence::Status { log, article, .. } => {
            ("status".to_owned(), vec![("log     ", log), ("article ", article)])
        }
        Evidence::Text { words, coverage, .. } => {
            (format!("text {coverage:.2}  {}", words.join(" ")), Vec::new())
        }
    }
}
