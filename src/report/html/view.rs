//! The view of an answer on the page.

use askama::Template;

use super::flow::FlowView;
use super::pasted::Row;
use super::{Html, HtmlOptions, PastedText, Say, address, flow, html, leads_out, pasted};
use crate::facts::{Kind, Severity};
use crate::flow::Flow;
use crate::report::evidence::{confidence, note, reasons, unbracketed};
use crate::report::markdown::Around;
use crate::report::read_text;
use crate::report::remedy::{self, expiry, unsaid};
use crate::report::screen::Screen;
use crate::report::text::{TextOptions, summary};
use crate::report::visible::visible;
use crate::report::words::{Confidence, either};
use crate::report::{incident, redact, waiting};
use crate::search::{Answer, Evidence, IncidentAnswer, Remedy};
use crate::source::Language;

/// How wide copied text is.
const WIDTH: usize = 76;

#[derive(Template)]
#[template(path = "page/answer.html")]
pub(super) struct AnswerPage {
    say: Say,
    /// How a mixed paste was read.
    opening: Option<String>,
    summary: String,
    incidents: Vec<IncidentView>,
    flows: Vec<FlowView>,
    /// Whether the flows lead to the cause, and nothing else does.
    flows_first: bool,
    pasted: Vec<PastedView>,
    warnings: Vec<String>,
    /// Operations that wait for devices, with the devices' names.
    waiting: Vec<(String, String)>,
}

pub(super) struct IncidentView {
    pub(super) number: usize,
    pub(super) label: &'static str,
    pub(super) message: String,
    pub(super) severity: &'static str,
    pub(super) facts: Vec<String>,
    /// The console that the answer is narrowed to.
    pub(super) narrowed: Option<String>,
    /// The choice to make, where a wish names no object.
    pub(super) choice: Option<String>,
    /// How often and on how many devices, for the list.
    pub(super) brief: String,
    pub(super) codes: Vec<(String, String)>,
    pub(super) signature: String,
    pub(super) remedies: Vec<RemedyView>,
    pub(super) related: Vec<RelatedView>,
    /// The masked text for a ticket.
    pub(super) ticket: String,
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
    /// The remedy as text, for a mail.
    pub(super) mail: String,
}

/// Steps that lose something, folded until somebody opens them.
pub(super) struct LastResortView {
    pub(super) heading: &'static str,
    pub(super) cautions: Vec<Html>,
    pub(super) passage: Html,
}

pub(super) struct EvidenceView {
    pub(super) label: &'static str,
    pub(super) log: String,
    pub(super) article: String,
}

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
    rows: Vec<Row>,
    left_out: u32,
}

/// The view of a whole answer.
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
        0 if flows.is_empty() => either(
            language,
            "該当記事なし（事象は見つかりませんでした）",
            "No article answers this: there is no incident in the paste.",
        )
        .to_owned(),
        0 => {
            either(language, "確認フローで調べました", "A check flow was gone through.").to_owned()
        }
        _ => summary(total, answered, language),
    };
    let incidents = answer.incidents.iter().enumerate();
    AnswerPage {
        say: Say(language),
        opening: read_text::opening(&answer.read, language),
        summary,
        incidents: incidents.map(|(index, it)| incident_view(index + 1, it, options)).collect(),
        flows_first: answered == 0 && !flows.is_empty(),
        flows,
        pasted: texts.iter().map(|text| pasted_view(text, answer)).collect(),
        warnings: answer.warnings.iter().map(|it| warning(it, language)).collect(),
        waiting: answer
            .waiting
            .iter()
            .map(|it| {
                let names = waiting::named(it, language).unwrap_or_default();
                (it.operation.warning().text(language).to_owned(), visible(&names).into_owned())
            })
            .collect(),
    }
}

fn warning(warning: &crate::source::Warning, language: Language) -> String {
    let file = warning.file.as_deref().map(|file| format!("{file} ")).unwrap_or_default();
    let line = warning.line.map(|line| match language {
        Language::Ja => format!("{line}行目: "),
        Language::En => format!("line {line}: "),
    });
    let said = format!("{file}{}{}", line.unwrap_or_default(), warning.message.text(language));
    visible(&said).into_owned()
}

fn pasted_view(text: &PastedText<'_>, answer: &Answer) -> PastedView {
    let (rows, left_out) = pasted::rows(text.name, text.text, answer);
    PastedView { name: text.name.map(|name| visible(name).into_owned()), rows, left_out }
}

fn incident_view(number: usize, answer: &IncidentAnswer, options: &HtmlOptions) -> IncidentView {
    let language = options.language;
    let incident = &answer.incident;
    let codes = incident.codes.iter().zip(&answer.meanings).filter_map(|(code, meaning)| {
        let mut said = meaning.as_ref()?.text(language).to_owned();
        if let Some(domain) = &code.domain {
            said.push_str(&match language {
                Language::Ja => format!("（{domain}）"),
                Language::En => format!(" ({domain})"),
            });
        }
        let written = visible(unbracketed(&code.written)).into_owned();
        Some((written, visible(&said).into_owned()))
    });
    let remedies = answer.remedies.iter().enumerate();
    let last = &answer.last_resort;
    let choose = answer.choice.is_some();
    IncidentView {
        number,
        label: match incident.kind {
            Kind::Question => either(language, "質問", "Question"),
            Kind::Log | Kind::Status => either(language, "事象", "Incident"),
        },
        message: visible(&incident.message).into_owned(),
        severity: match incident.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
            Severity::Unknown => "unknown",
        },
        facts: incident::circumstances(incident, language),
        narrowed: incident::narrowed(answer, language).map(|it| visible(&it).into_owned()),
        choice: incident::chosen_from(answer, language).map(|it| visible(&it).into_owned()),
        brief: brief(answer, language),
        codes: codes.collect(),
        signature: incident.signature.to_string(),
        remedies: remedies.map(|(index, it)| remedy_view(index + 1, it, last, options)).collect(),
        related: answer.related.iter().map(|it| related_view(it, choose, language)).collect(),
        ticket: ticket(answer, options),
    }
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
    facts.join(either(language, "・", ", "))
}

fn remedy_view(
    rank: usize,
    remedy: &Remedy,
    last_resort: &[Remedy],
    options: &HtmlOptions,
) -> RemedyView {
    let language = options.language;
    let sure = confidence(remedy);
    let around = Around {
        path: &remedy.path,
        heading: remedy.section.last().map(String::as_str),
        cautions: &remedy.cautions,
    };
    let shown = |text: String| visible(&text).into_owned();
    let because = reasons(&remedy.evidence, language).into_iter().map(shown);
    RemedyView {
        rank,
        id: remedy.id.clone(),
        title: visible(&remedy.title).into_owned(),
        address: address(&remedy.id, ""),
        confidence: sure.text(language),
        confidence_class: match sure {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        },
        scope: remedy::scope(remedy, language, options.today),
        expired: remedy.valid_until.filter(|_| remedy.expired).map(|last| expiry(last, language)),
        cautions: cautions(&remedy.cautions, remedy.destructive, &remedy.path, language),
        matched: remedy.matched.as_ref().map(|matched| {
            let around = Around {
                path: &remedy.path,
                heading: matched.section.last().map(String::as_str),
                ..Around::default()
            };
            let section = visible(&matched.section.join(" › ")).into_owned();
            (section, html(&matched.passage, around, 3))
        }),
        mark: remedy::mark(remedy.role, language),
        section: visible(&remedy.section.join(" › ")).into_owned(),
        passage: html(&remedy.passage, around, 3),
        last_resort: last_resort
            .iter()
            .filter(|last| last.id == remedy.id)
            .map(|last| last_resort_view(last, language))
            .collect(),
        because: because.collect(),
        note: note(&remedy.evidence, language).map(shown),
        evidence: remedy.evidence.iter().map(|it| evidence_view(it, language)).collect(),
        place: format!("{}:{}", visible(&remedy.path), remedy.line),
        source: remedy.source.as_deref().filter(|link| leads_out(link)).map(str::to_owned),
        mail: mail(rank, remedy, last_resort, options),
    }
}

fn last_resort_view(last: &Remedy, language: Language) -> LastResortView {
    let around = Around { path: &last.path, heading: None, cautions: &last.cautions };
    LastResortView {
        heading: remedy::last_resort_heading(language),
        cautions: cautions(&last.cautions, true, &last.path, language),
        passage: html(&last.passage, around, 3),
    }
}

/// The cautions of a remedy, with the one that nobody wrote down.
pub(super) fn cautions(
    cautions: &[String],
    destructive: bool,
    path: &str,
    language: Language,
) -> Vec<Html> {
    if cautions.is_empty() && destructive {
        return vec![html(unsaid(language), Around::default(), 4)];
    }
    let around = Around { path, ..Around::default() };
    cautions.iter().map(|caution| html(caution, around, 4)).collect()
}

fn evidence_view(evidence: &Evidence, language: Language) -> EvidenceView {
    let pick = |ja: &'static str, en: &'static str| either(language, ja, en);
    let shown = |text: &str| visible(text).into_owned();
    let (label, log, article) = match evidence {
        Evidence::Message { log, article, .. } => {
            (pick("文言", "wording"), shown(log), shown(article))
        }
        Evidence::Code { log, article, .. } => (pick("コード", "code"), shown(log), shown(article)),
        Evidence::Command { command } => {
            (pick("コマンド", "command"), shown(command), shown(command))
        }
        Evidence::Status { log, article, .. } => {
            (pick("状態", "state"), shown(log), shown(article))
        }
        Evidence::Text { words, .. } => {
            let words = shown(&words.join(pick("、", ", ")));
            (pick("共通する語", "shared words"), words.clone(), words)
        }
    };
    EvidenceView { label, log, article }
}

fn related_view(remedy: &Remedy, choose: bool, language: Language) -> RelatedView {
    RelatedView {
        title: visible(&remedy.title).into_owned(),
        address: address(&remedy.id, ""),
        place: format!("{}:{}", visible(&remedy.path), remedy.line),
        other: remedy::elsewhere(remedy, language),
        holds: choose.then(|| visible(&remedy::first_line(remedy, language)).into_owned()),
        expired: remedy.valid_until.filter(|_| remedy.expired).map(|last| expiry(last, language)),
    }
}

fn text_options(options: &HtmlOptions, width: usize) -> TextOptions<'static> {
    TextOptions {
        language: options.language,
        width,
        color: false,
        today: options.today,
        explain: false,
        links: None,
    }
}

/// The remedy as the terminal shows it.
fn mail(rank: usize, remedy: &Remedy, last_resort: &[Remedy], options: &HtmlOptions) -> String {
    let text = text_options(options, WIDTH);
    let mut screen = Screen::new(&text);
    remedy::write(&mut screen, rank, remedy, last_resort, remedy::Fold::Open, &text);
    screen.finish()
}

/// The incident with its variable parts masked, and where its remedies stand.
fn ticket(answer: &IncidentAnswer, options: &HtmlOptions) -> String {
    let mut masked = Answer { incidents: vec![answer.clone()], ..Answer::default() };
    redact(&mut masked);
    // A ticket breaks lines by itself.
    let text = text_options(options, usize::MAX);
    let mut screen = Screen::new(&text);
    for answer in &masked.incidents {
        incident::write(&mut screen, answer, None, &text);
        for remedy in &answer.remedies {
            let sure = confidence(remedy).text(options.language);
            let place = format!("{}:{}", remedy.path, remedy.line);
            let said = match options.language {
                Language::Ja => format!("対処: {}（確度: {sure}、{place}）", remedy.title),
                Language::En => format!("Remedy: {} (confidence: {sure}, {place})", remedy.title),
            };
            screen.text(2, &visible(&said), crate::report::style::Role::Plain);
        }
        if answer.remedies.is_empty() {
            screen.text(
                2,
                incident::nothing_claimed(options.language),
                crate::report::style::Role::Plain,
            );
        }
    }
    screen.finish()
}
