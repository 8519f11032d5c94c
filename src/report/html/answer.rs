//! The view of an answer on the page.

use std::collections::BTreeMap;

use askama::Template;

use super::flow::FlowView;
use super::pasted::PastedRow;
use super::{
    Html, HtmlOptions, PastedText, address, cautions, flow, html, leads_out, letters, pasted,
};
use crate::facts::{Kind, Severity};
use crate::flow::{Conclusion, Flow, FlowAnswer};
use crate::report::devices_csv;
use crate::report::text::remedy as layout;
use crate::report::text::{Screen, TextOptions};
use crate::report::view::evidence::{note, reasons, unbracketed};
use crate::report::view::flow::verdict;
use crate::report::view::markdown::Around;
use crate::report::view::{incident, level, read, remedy, sanitized, say, visible};
use crate::search::{Answer, Evidence, IncidentAnswer, Level, Notice, Remedy};
use crate::source::{Language, encoded_path};

/// How wide copied text is.
const WIDTH: usize = 76;

#[derive(Template)]
#[template(path = "page/answer.html")]
pub(super) struct AnswerPage {
    language: Language,
    title: String,
    /// The conclusion and the safest next step.
    conclusion: String,
    /// How many incidents there are of each severity, where there are several.
    severities: Vec<(&'static str, &'static str, usize)>,
    /// The devices as a table for a spreadsheet; empty where none is named.
    devices: String,
    /// How a mixed paste was read.
    opening: Option<String>,
    summary: String,
    incidents: Vec<IncidentView>,
    flows: Vec<FlowView>,
    /// Whether the flows lead to the cause, and nothing else does.
    flows_first: bool,
    pasted: Vec<PastedView>,
    warnings: Vec<String>,
    /// Articles that are above the answer while they last.
    notices: Vec<(String, Html)>,
    /// Operations that wait for devices, with the devices' names.
    waiting: Vec<(String, String)>,
}

pub(super) struct IncidentView {
    pub(super) number: usize,
    pub(super) label: &'static str,
    pub(super) message: String,
    /// The beginning of the message, where it is too long for a heading.
    pub(super) heading: Option<String>,
    pub(super) severity: &'static str,
    pub(super) facts: Vec<String>,
    pub(super) narrowed: Option<String>,
    /// The choice to make, where a wish names no object.
    pub(super) choice: Option<String>,
    /// How often and on how many devices, for the list.
    pub(super) brief: String,
    pub(super) codes: Vec<(String, String)>,
    /// The remedy that solved it last time, with the address of its article.
    pub(super) last_time: Option<(String, String)>,
    pub(super) signature: String,
    pub(super) remedies: Vec<RemedyView>,
    pub(super) related: Vec<RelatedView>,
    /// The differences to messages that look alike.
    pub(super) look_alikes: Vec<String>,
    /// The masked text for a ticket.
    pub(super) ticket: String,
    pub(super) handover: String,
    /// The other incidents that the same passage answers, by their cause.
    pub(super) alike: Vec<AlikeView>,
    /// Whether it is in the table of another one.
    pub(super) told: bool,
}

/// An incident of one kind with others: a row of their table.
#[derive(Clone)]
pub(super) struct AlikeView {
    pub(super) number: usize,
    pub(super) message: String,
    pub(super) codes: String,
    pub(super) times: String,
    pub(super) devices: String,
}

pub(super) struct RemedyView {
    pub(super) rank: usize,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) address: String,
    pub(super) confidence: &'static str,
    pub(super) confidence_class: &'static str,
    pub(super) scope: Vec<String>,
    pub(super) expired: Option<String>,
    pub(super) cautions: Vec<Html>,
    /// The passage that matched, first and short, where the remedy is another one: its section and its text.
    pub(super) matched: Option<(String, Html)>,
    /// The mark over the passage: 対処, 原因, 説明.
    pub(super) mark: &'static str,
    pub(super) section: String,
    pub(super) passage: Html,
    pub(super) last_resort: Vec<LastResortView>,
    pub(super) because: Vec<String>,
    pub(super) note: Option<String>,
    pub(super) evidence: Vec<EvidenceView>,
    pub(super) place: String,
    pub(super) source: Option<String>,
    /// The letter to a customer; `None` where it is too unsure for one.
    pub(super) mail: Option<String>,
    /// The address of the passage, which can be shared.
    pub(super) passage_address: String,
    /// The remedy as the terminal has it, for a colleague.
    pub(super) text: String,
}

/// Steps that lose something, folded until somebody opens them.
pub(super) struct LastResortView {
    pub(super) heading: &'static str,
    pub(super) cautions: Vec<Html>,
    pub(super) passage: Html,
}

/// A label, and what is on both sides: in the log and in the article.
type EvidenceView = (&'static str, String, String);

pub(super) struct RelatedView {
    pub(super) title: String,
    pub(super) address: String,
    pub(super) place: String,
    pub(super) other: Option<String>,
    pub(super) expired: Option<String>,
    /// How it begins, where the reader has to choose.
    pub(super) holds: Option<String>,
}

pub(super) struct PastedView {
    name: Option<String>,
    rows: Vec<PastedRow>,
    left_out: u32,
}

pub(super) fn page(
    answer: &Answer,
    texts: &[PastedText<'_>],
    flows: &[Flow],
    options: &HtmlOptions,
) -> AnswerPage {
    let language = options.language;
    let total = answer.incidents.len();
    let answered = answer.incidents.iter().filter(|it| !it.remedies.is_empty()).count();
    let flows = flow::views(answer, flows, options);
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
    let waiting = answer.waiting.iter().map(|it| {
        let names = incident::waiting_devices(it, language).unwrap_or_default();
        (it.operation.warning().text(language).to_owned(), sanitized(&names))
    });
    let pasted = |it: &PastedText<'_>| {
        let (rows, left_out) = pasted::rows(it.name, it.text, answer);
        PastedView { name: it.name.map(sanitized), rows, left_out }
    };
    let mut incidents = gathered(answer.incidents.iter().enumerate(), answer, options);
    // Whoever asks reads remedies first; the numbers stay those of the other ways to ask.
    incidents.sort_by_key(|it| it.remedies.is_empty());
    AnswerPage {
        language,
        opening: read::opening(&answer.read, language),
        summary,
        title: title(answer, language),
        conclusion: conclusion(answer, language),
        severities: severities(&answer.incidents, language),
        devices: devices(answer, language),
        incidents,
        flows_first: !flows.is_empty() && (answered == 0 || deciding(answer).is_some()),
        flows,
        pasted: texts.iter().map(pasted).collect(),
        warnings: answer.warnings.iter().map(|it| warning(it, language)).collect(),
        notices: answer.notices.iter().map(|it| notice_view(it, language)).collect(),
        waiting: waiting.collect(),
    }
}

fn notice_view(notice: &Notice, language: Language) -> (String, Html) {
    let heading = Some(notice.title.as_str());
    let around = Around { path: &notice.path, heading, ..Around::default() };
    (sanitized(&incident::notice(notice, language)), html(&notice.text, around, 4))
}

fn warning(warning: &crate::source::Warning, language: Language) -> String {
    let file = warning.file.as_deref().map(|file| format!("{file} ")).unwrap_or_default();
    let line = warning.line.map(|line| say!(language, "{line}行目: ", "line {line}: "));
    let said = format!("{file}{}{}", line.unwrap_or_default(), warning.message.text(language));
    sanitized(&said)
}

fn incident_view(
    number: usize,
    answer: &IncidentAnswer,
    flows: &[FlowAnswer],
    options: &HtmlOptions,
) -> IncidentView {
    let language = options.language;
    let incident = &answer.incident;
    let remedies = answer.remedies.iter().enumerate();
    let choose = answer.choice.is_some();
    IncidentView {
        number,
        label: incident::label(incident.kind, language),
        message: sanitized(&incident.message),
        heading: heading(&incident.message),
        severity: incident.severity.name(),
        facts: incident::circumstances(answer, language),
        narrowed: incident::narrowed(answer, language).map(|it| sanitized(&it)),
        choice: incident::chosen_from(answer, language).map(|it| sanitized(&it)),
        brief: brief(answer, language),
        codes: incident::codes(answer, language),
        last_time: incident::last_time(answer, language, options.today)
            .zip(answer.last_time.as_ref())
            .map(|(said, last)| (sanitized(&said), address(&last.article, ""))),
        signature: incident.signature.to_string(),
        remedies: remedies.map(|(index, it)| remedy_view(index + 1, it, answer, options)).collect(),
        related: answer.related.iter().map(|it| related_view(it, choose, language)).collect(),
        look_alikes: incident::look_alikes(answer, language)
            .iter()
            .map(|it| sanitized(it))
            .collect(),
        ticket: letters::ticket(answer, options),
        handover: letters::handover(answer, flows, language),
        alike: Vec::new(),
        told: false,
    }
}

/// A longer message hides its remedy on a telephone, in characters.
const LONGEST_HEADING: usize = 280;

/// The beginning of a message that is too long for a heading.
fn heading(message: &str) -> Option<String> {
    let (end, _) = message.char_indices().nth(LONGEST_HEADING)?;
    Some(format!("{}…", sanitized(message.get(..end).unwrap_or_default())))
}

/// `3回 ｜ 2台`.
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

fn remedy_view(
    rank: usize,
    remedy: &Remedy,
    answer: &IncidentAnswer,
    options: &HtmlOptions,
) -> RemedyView {
    let language = options.language;
    let last_resort = &answer.last_resort;
    let sure = remedy.level();
    let around = Around::of(&remedy.path, &remedy.section, &remedy.cautions);
    let shown = |text: String| sanitized(&text);
    let because = reasons(&remedy.evidence, language).into_iter().map(shown);
    RemedyView {
        rank,
        id: remedy.id.clone(),
        title: sanitized(&remedy.title),
        address: address(&remedy.id, ""),
        confidence: level(sure, language),
        confidence_class: sure.name(),
        scope: remedy::scope(remedy, language, options.today),
        expired: remedy::expired(remedy, language),
        cautions: cautions(&remedy.cautions, remedy.destructive, &remedy.path, language),
        matched: remedy.matched.as_ref().map(|matched| {
            let around = Around::of(&remedy.path, &matched.section, &[]);
            (remedy::section(&matched.section), html(&matched.passage, around, 3))
        }),
        mark: remedy::mark(remedy, language),
        section: remedy::section(&remedy.section),
        passage: html(&remedy.passage, around, 3),
        last_resort: remedy::last_resorts(last_resort, remedy)
            .map(|last| last_resort_view(last, language))
            .collect(),
        because: because.collect(),
        note: note(&remedy.evidence, language).map(shown),
        evidence: remedy.evidence.iter().map(|it| evidence_view(it, language)).collect(),
        place: remedy::place(&remedy.path, remedy.line),
        source: remedy.source.as_deref().filter(|link| leads_out(link)).map(str::to_owned),
        mail: letters::customer(answer, remedy, last_resort, language),
        passage_address: format!("/articles/{}", encoded_path(&remedy.passage_id)),
        text: text_of(rank, remedy, last_resort, options),
    }
}

fn last_resort_view(last: &Remedy, language: Language) -> LastResortView {
    let around = Around::of(&last.path, &[], &last.cautions);
    LastResortView {
        heading: remedy::last_resort_heading(language),
        cautions: cautions(&last.cautions, true, &last.path, language),
        passage: html(&last.passage, around, 3),
    }
}

fn evidence_view(evidence: &Evidence, language: Language) -> EvidenceView {
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

fn related_view(remedy: &Remedy, choose: bool, language: Language) -> RelatedView {
    RelatedView {
        title: sanitized(&remedy.title),
        address: address(&remedy.id, ""),
        place: remedy::place(&remedy.path, remedy.line),
        other: remedy::elsewhere(remedy, language),
        holds: choose.then(|| sanitized(&remedy::first_line(remedy, language))),
        expired: remedy::expired(remedy, language),
    }
}

/// The remedy as the terminal shows it.
fn text_of(rank: usize, remedy: &Remedy, last_resort: &[Remedy], options: &HtmlOptions) -> String {
    let text = TextOptions::plain(options.language, WIDTH, options.today);
    let mut screen = Screen::new(&text);
    layout::write(&mut screen, rank, remedy, last_resort, layout::Fold::Open);
    screen.finish()
}

/// From so many on, incidents that one passage answers are one card with a table.
const ALIKE: usize = 3;

/// The views of all incidents; those that one passage answers are in the table of the first of them.
fn gathered<'a>(
    incidents: impl Iterator<Item = (usize, &'a IncidentAnswer)>,
    answer: &Answer,
    options: &HtmlOptions,
) -> Vec<IncidentView> {
    let view = |(index, it)| incident_view(index + 1, it, &answer.flows, options);
    let mut views: Vec<IncidentView> = incidents.map(view).collect();
    let mut by_passage: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, it) in answer.incidents.iter().enumerate() {
        if let Some(remedy) = it.remedies.first().filter(|_| it.incident.kind != Kind::Question) {
            by_passage.entry(&remedy.passage_id).or_default().push(index);
        }
    }
    for group in by_passage.into_values().filter(|group| group.len() >= ALIKE) {
        let row = |index: &usize| Some((*index, answer.incidents.get(*index)?));
        let rows = group.iter().filter_map(row);
        let rows: Vec<_> = rows.map(|(index, it)| alike(index, it, options.language)).collect();
        for (place, index) in group.into_iter().enumerate() {
            let Some(view) = views.get_mut(index) else { continue };
            view.told = place > 0;
            if !view.told {
                view.alike = rows.clone();
            }
        }
    }
    views
}

fn alike(index: usize, answer: &IncidentAnswer, language: Language) -> AlikeView {
    let it = &answer.incident;
    let codes: Vec<&str> = it.codes.iter().map(|code| unbracketed(&code.written)).collect();
    AlikeView {
        number: index + 1,
        message: incident::message(it),
        codes: sanitized(&codes.join(language.pick("、", ", "))),
        times: incident::times(it, language),
        devices: sanitized(&incident::devices(it, language).unwrap_or_default()),
    }
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
