//! The view of an answer on the page.

use std::collections::BTreeMap;

use askama::Template;
use jiff::civil::Date;

use super::flow::{self, FlowView};
use super::{Html, HtmlOptions, PastedText, html, letters, pasted};
use crate::facts::{Kind, Severity};
use crate::flow::{Conclusion, Flow, FlowAnswer};
use crate::report::devices_csv;
use crate::report::text::{Screen, TextOptions, remedy as layout};
use crate::report::view::evidence::unbracketed;
use crate::report::view::flow::verdict;
use crate::report::view::markdown::Around;
use crate::report::view::{self, incident, level, sanitized, say, visible};
use crate::search::{Answer, Evidence, IncidentAnswer, Level, Notice, Remedy};
use crate::source::Language;

/// How wide copied text is.
const WIDTH: usize = 76;

#[derive(Template)]
#[template(path = "page/answer.html")]
pub(super) struct AnswerPage<'a> {
    language: Language,
    today: Date,
    answer: &'a Answer,
    summary: String,
    cards: Vec<Card<'a>>,
    flows: Vec<FlowView<'a>>,
    /// Whether the flows lead to the cause, and nothing else does.
    flows_first: bool,
    pasted: Vec<(Option<&'a str>, pasted::Rows)>,
}

struct Card<'a> {
    number: usize,
    answer: &'a IncidentAnswer,
    /// The incidents that the same passage answers, with their numbers.
    alike: Vec<(usize, &'a IncidentAnswer)>,
    /// Whether it is in the table of another one.
    told: bool,
}

pub(super) fn page<'a>(
    answer: &'a Answer,
    texts: &[PastedText<'a>],
    flows: &'a [Flow],
    options: &HtmlOptions,
) -> AnswerPage<'a> {
    let HtmlOptions { language, today } = *options;
    let total = answer.incidents.len();
    let answered = answer.incidents.iter().filter(|it| !it.remedies.is_empty()).count();
    let flows = flow::views(answer, flows, language);
    let summary = match total {
        0 if flows.is_empty() => say!(
            language,
            "該当記事なし（事象は見つかりませんでした）",
            "No article answers this: there is no incident in the paste."
        ),
        0 => say!(language, "確認フローで調べました", "A check flow was gone through."),
        1 => one(answered, language).to_owned(),
        _ => incident::summary(total, answered, language),
    };
    let pasted = |it: &PastedText<'a>| (it.name, pasted::rows(it.name, it.text, answer));
    let mut cards = cards(&answer.incidents);
    // Whoever asks reads remedies first; the numbers stay those of the other ways to ask.
    cards.sort_by_key(|it| it.answer.remedies.is_empty());
    AnswerPage {
        language,
        today,
        answer,
        summary,
        cards,
        flows_first: !flows.is_empty() && (answered == 0 || deciding(answer).is_some()),
        flows,
        pasted: texts.iter().map(pasted).collect(),
    }
}

fn notice(notice: &Notice) -> Html {
    let heading = Some(notice.title.as_str());
    let around = Around { path: &notice.path, heading, ..Around::default() };
    html(&notice.text, around, 4)
}

fn warning(warning: &crate::source::Warning, language: Language) -> String {
    let file = warning.file.as_deref().map(|file| format!("{file} ")).unwrap_or_default();
    let line = warning.line.map(|line| say!(language, "{line}行目: ", "line {line}: "));
    sanitized(&format!("{file}{}{}", line.unwrap_or_default(), warning.message.text(language)))
}

/// A longer message hides its remedy on a telephone, in characters.
const LONGEST_HEADING: usize = 280;

/// The beginning of a message that is too long for a heading.
fn heading(message: &str) -> Option<String> {
    let (end, _) = message.char_indices().nth(LONGEST_HEADING)?;
    Some(format!("{}…", sanitized(message.get(..end).unwrap_or_default())))
}

/// How often and on how many devices, for the list: `3回・2台`.
fn brief(answer: &IncidentAnswer, language: Language) -> String {
    let incident = &answer.incident;
    if incident.kind == Kind::Question {
        return String::new();
    }
    let mut facts = vec![incident::times(incident, language)];
    facts.extend((incident.device_count > 0).then(|| match language {
        Language::Ja => format!("{}台", incident.device_count),
        Language::En if incident.device_count == 1 => "1 device".to_owned(),
        Language::En => format!("{} devices", incident.device_count),
    }));
    facts.join(language.pick("・", ", "))
}

/// A label, and what is on both sides: in the log and in the article.
fn sides(evidence: &Evidence, language: Language) -> (&'static str, String, String) {
    let words;
    let (label, log, article) = match evidence {
        Evidence::Message { log, article, .. } => (language.pick("文言", "wording"), log, article),
        Evidence::Code { log, article, .. } => (language.pick("コード", "code"), log, article),
        Evidence::Command { command } => (language.pick("コマンド", "command"), command, command),
        Evidence::Status { log, article, .. } => (language.pick("状態", "state"), log, article),
        Evidence::Text { words: shared, .. } => {
            words = shared.join(language.pick("、", ", "));
            (language.pick("共通する語", "shared words"), &words, &words)
        }
    };
    (label, sanitized(log), sanitized(article))
}

/// The remedy as the terminal shows it, for a colleague.
fn text_of(
    rank: usize,
    remedy: &Remedy,
    last_resort: &[Remedy],
    language: Language,
    today: Date,
) -> String {
    let mut screen = Screen::new(&TextOptions::plain(language, WIDTH, today));
    layout::write(&mut screen, rank, remedy, last_resort, layout::Fold::Open);
    screen.finish()
}

/// From so many on, incidents that one passage answers are one card with a table.
const ALIKE: usize = 3;

/// The cards of all incidents; those that one passage answers are in the table of the first of them.
fn cards(incidents: &[IncidentAnswer]) -> Vec<Card<'_>> {
    let numbered = || (1..).zip(incidents);
    let card = |(number, answer)| Card { number, answer, alike: Vec::new(), told: false };
    let mut cards: Vec<Card<'_>> = numbered().map(card).collect();
    let mut by_passage: BTreeMap<&str, Vec<(usize, &IncidentAnswer)>> = BTreeMap::new();
    for (number, it) in numbered().filter(|(_, it)| it.incident.kind != Kind::Question) {
        if let Some(remedy) = it.remedies.first() {
            by_passage.entry(&remedy.passage_id).or_default().push((number, it));
        }
    }
    for group in by_passage.into_values().filter(|group| group.len() >= ALIKE) {
        for (place, (number, _)) in group.iter().enumerate() {
            let Some(card) = cards.get_mut(number - 1) else { continue };
            card.told = place > 0;
            if !card.told {
                card.alike.clone_from(&group);
            }
        }
    }
    cards
}

fn codes(answer: &IncidentAnswer, language: Language) -> String {
    let codes = answer.incident.codes.iter().map(|code| unbracketed(&code.written));
    sanitized(&codes.collect::<Vec<_>>().join(language.pick("、", ", ")))
}

/// The severities that there are, worst first, with their names and counts; empty where all are of one.
fn severities(
    incidents: &[IncidentAnswer],
    language: Language,
) -> Vec<(&'static str, &'static str, usize)> {
    let all = [
        (Severity::Error, language.pick("エラー", "Errors")),
        (Severity::Warning, language.pick("警告", "Warnings")),
        (Severity::Info, language.pick("情報", "Information")),
        (Severity::Unknown, language.pick("不明", "Unknown")),
    ];
    let counted = all.into_iter().map(|(severity, word)| {
        let count = incidents.iter().filter(|it| it.incident.severity == severity).count();
        (severity.name(), word, count)
    });
    let counted: Vec<_> = counted.filter(|(.., count)| *count > 0).collect();
    if counted.len() > 1 { counted } else { Vec::new() }
}

fn devices(answer: &Answer, language: Language) -> String {
    let named = answer.incidents.iter().any(|it| !it.incident.devices.is_empty())
        || answer.flows.iter().any(|it| !it.devices.is_empty());
    if !named {
        return String::new();
    }
    // A clipboard needs no mark of the encoding.
    letters::visible_lines(devices_csv(answer, language).trim_start_matches('\u{feff}'))
}

/// How long the incident's part of a title is, in characters.
const LONGEST_TITLE: usize = 40;

/// The title of the page: its first incident, and how many more there are.
pub(super) fn title(answer: &Answer, language: Language) -> String {
    let Some(first) = answer.incidents.first() else {
        return answer.flows.first().map(|flow| sanitized(&flow.title)).unwrap_or_default();
    };
    let message = visible(&first.incident.message).replace('\n', " ");
    let mut title: String = message.chars().take(LONGEST_TITLE).collect();
    if message.chars().count() > LONGEST_TITLE {
        title.push('…');
    }
    let more = answer.incidents.len() - 1;
    if more > 0 {
        title.push_str(&say!(language, " ほか{more}件", " and {more} more"));
    }
    title
}

/// The flow that leads to a cause. Whoever asks about something else in the log is not answered by it.
fn deciding(answer: &Answer) -> Option<&FlowAnswer> {
    let asked = answer.read.questions > 0 && !answer.read.correspondence;
    let first = answer.incidents.first().filter(|it| it.incident.kind != Kind::Question);
    let asked = asked && first.is_some_and(|it| !it.remedies.is_empty());
    let about = |flow: &&FlowAnswer| flow.steps.iter().any(|step| step.incidents.contains(&0));
    let mut causes = answer.flows.iter().filter(|flow| flow.conclusion == Conclusion::Cause);
    causes.find(|flow| !asked || about(flow))
}

/// The summary of the answer to one incident.
const fn one(answered: usize, language: Language) -> &'static str {
    match answered {
        0 => language.pick("確かな対処は見つかりません", "No certain remedy was found"),
        _ => language.pick("対処があります", "There is a remedy"),
    }
}

/// The conclusion, and the safest thing to do next, in a sentence or two.
fn conclusion(answer: &Answer, language: Language) -> String {
    let said = match deciding(answer) {
        Some(flow) => of_flow(flow, language),
        None => match answer.incidents.iter().find(|it| !it.remedies.is_empty()) {
            Some(answered) => of_incident(answered, language),
            None => nothing(answer, language),
        },
    };
    sanitized(&said)
}

fn of_flow(flow: &FlowAnswer, language: Language) -> String {
    let verdict = verdict(flow, language);
    say!(
        language,
        "{verdict}。下の対処を、注意から順に確かめてください。",
        "{verdict}. Read the remedy below, its cautions first."
    )
}

fn of_incident(answer: &IncidentAnswer, language: Language) -> String {
    let Some(remedy) = answer.remedies.first() else { return String::new() };
    let sure = remedy.level();
    let title = say!(language, "「{}」", "\"{}\"", remedy.title);
    let title = match letters::meaning(&remedy.passage) {
        Some(meaning) => say!(language, "{title}の「{meaning}」", "\"{meaning}\" of {title}"),
        None => title,
    };
    let next = if remedy.expired {
        say!(
            language,
            "この手順は期限が切れています。操作せず、新しい案内を窓口に確かめてください。",
            "These steps have expired. Change nothing, and ask for the current ones."
        )
    } else if sure == Level::Low {
        say!(
            language,
            "文面が同じかを確かめてから進めてください。",
            "See whether the wording is the same before you go on."
        )
    } else if remedy.destructive {
        say!(
            language,
            "消える操作を含みます。まず注意を読み、対象の端末とバックアップを確かめてください。",
            "It loses something: read the cautions first, and make sure of the device and its backup."
        )
    } else if let Some(step) = letters::first_step(&remedy.passage) {
        say!(language, "まず: {step}", "First: {step}")
    } else {
        say!(language, "下の説明で確かめてください。", "The explanation below tells more.")
    };
    let sure = level(sure, language);
    say!(
        language,
        "{title}が当てはまります（確度: {sure}）。{next}",
        "{title} applies (confidence: {sure}). {next}"
    )
}

fn nothing(answer: &Answer, language: Language) -> String {
    let next = answer.flows.iter().find_map(|it| it.next.as_ref());
    if let Some(next) = next {
        return say!(
            language,
            "原因はまだ絞れていません。次に: {}",
            "The cause is open. Next: {}",
            next.text.text(language)
        );
    }
    if answer.incidents.iter().any(|it| !it.related.is_empty()) {
        return say!(
            language,
            "確かに当てはまる記事はありません。近い記事の文面が同じかを確かめ、違えば操作せずに窓口へ伝えてください。",
            "No article surely applies. See whether a near one says the same; if not, change nothing and pass it on."
        );
    }
    say!(
        language,
        "マニュアルに当てはまる記事がありません。エラーの行や画面の文面を、もう少し長く貼り付けてみてください。",
        "The manual has no article for it. Try to paste more of the error's lines or of the screen."
    )
}
