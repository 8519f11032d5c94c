//! The head of an incident: its message, count, times and device.

use super::evidence::unbracketed;
use super::screen::Screen;
use super::style::{Fragment, Role};
use super::text::TextOptions;
use super::visible::{sanitized, visible};
use super::words::{either, say, separator, severity};
use crate::facts::{Incident, Kind, Moment};
use crate::search::{Applies, IncidentAnswer, LookAlike, ScopeSource};
use crate::source::{Language, Location};

/// How many devices and lines an incident names.
const NAMED: usize = 3;
/// How many characters of a message a person is shown; JSON has it whole.
const LONGEST_MESSAGE: usize = 1000;

/// Writes the head: message, count, times, device.
pub(super) fn write(
    screen: &mut Screen<'_>,
    answer: &IncidentAnswer,
    number: Option<(usize, usize)>,
    options: &TextOptions,
) {
    let language = options.language;
    let incident = &answer.incident;
    let mut label = match incident.kind {
        Kind::Question => either(language, "質問", "Question"),
        Kind::Log | Kind::Status => either(language, "事象", "Incident"),
    }
    .to_owned();
    if let Some((index, total)) = number {
        label.push_str(&format!(" {index}/{total}"));
    }
    let message = Fragment::new(message(incident), Role::Code);
    screen.labelled(0, &format!("{label}: "), Role::Strong, &[message]);
    screen.facts(2, &circumstances(incident, language), separator(language));
    if let Some(narrowed) = narrowed(answer, language) {
        let undo =
            either(language, "（外すには --product any）", " (--product any takes this away)");
        screen.text(2, &format!("{narrowed}{undo}"), Role::Plain);
    }
    for (code, meaning) in incident.codes.iter().zip(&answer.meanings) {
        let Some(meaning) = meaning else { continue };
        let mut said = format!("{}: ", unbracketed(&code.written));
        said.push_str(meaning.text(language));
        if let Some(domain) = &code.domain {
            said.push_str(&say!(language, "（{domain}）", " ({domain})"));
        }
        let label = either(language, "コード ", "Code ");
        screen.labelled(2, label, Role::Plain, &[Fragment::plain(&said)]);
    }
}

/// The console that the answer is narrowed to, and how to take that away; `None` where nothing was left out by it.
///
/// The form of a log tells its console without a word: it is said where an article of another one was left out.
pub(super) fn narrowed(answer: &IncidentAnswer, language: Language) -> Option<String> {
    let scope = answer.scope.as_ref()?;
    let elsewhere = || answer.related.iter().any(|near| near.applies == Applies::No);
    if scope.by == ScopeSource::Format && !elsewhere() {
        return None;
    }
    let names: Vec<&str> =
        scope.products.iter().chain(&scope.platforms).map(String::as_str).collect();
    let names = names.join(either(language, "・", ", "));
    let products = scope.products.join(either(language, "・", ", "));
    Some(match (language, scope.documented) {
        (Language::Ja, true) => format!("対象を絞り込み: {names}"),
        (Language::Ja, false) => {
            format!(
                "対象を絞り込み: {names}（{products}の記事はありません。製品を問わない記事だけから探しました）"
            )
        }
        (Language::En, true) => format!("Narrowed to: {names}"),
        (Language::En, false) => format!(
            "Narrowed to: {names} (no article is about {products}; only those about no product were searched)"
        ),
    })
}

/// That a wish names no object, and which consoles it may be about.
pub(super) fn chosen_from(answer: &IncidentAnswer, language: Language) -> Option<String> {
    let choice = answer.choice.as_ref()?;
    let products = choice.products.join(either(language, "、", ", "));
    Some(match (language, choice.products.is_empty()) {
        (Language::Ja, true) => "何についてかを足すと選べます。".to_owned(),
        (Language::Ja, false) => format!("何についてかと、製品（{products}）を足すと選べます。"),
        (Language::En, true) => "Say what it is about, and one can be chosen.".to_owned(),
        (Language::En, false) => {
            format!("Say what it is about and which product ({products}), and one can be chosen.")
        }
    })
}

/// That nothing is claimed. It does not say that the manual lacks it.
pub(super) const fn nothing_claimed(language: Language) -> &'static str {
    either(language, "確かに当てはまる記事を選べません", "No article can be chosen with certainty.")
}

/// The message as it is shown: of one that fills pages, the beginning.
pub(super) fn message(incident: &Incident) -> String {
    let shown = visible(&incident.message);
    match shown.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", shown.get(..end).unwrap_or_default()),
        None => shown.into_owned(),
    }
}

/// How often, when, on which devices, on which lines, how bad; what is not known is left out.
pub(super) fn circumstances(incident: &Incident, language: Language) -> Vec<String> {
    if incident.kind == Kind::Question {
        return Vec::new();
    }
    let mut facts = vec![times(incident, language)];
    facts.extend(period(incident.first_seen, incident.last_seen));
    facts.extend(devices(incident, language));
    facts.extend(places(&incident.locations, incident.count, language));
    facts.extend(
        severity(incident.severity, language)
            .map(|word| format!("{} {word}", either(language, "深刻度", "severity"))),
    );
    facts.iter().map(|fact| sanitized(fact)).collect()
}

pub(super) fn times(incident: &Incident, language: Language) -> String {
    let count = incident.count;
    match (language, incident.exact) {
        (Language::Ja, true) => format!("{count}回"),
        (Language::Ja, false) => format!("約{count}回"),
        (Language::En, true) if count == 1 => "once".to_owned(),
        (Language::En, true) => format!("{count} times"),
        (Language::En, false) => format!("about {count} times"),
    }
}

pub(super) fn period(first: Option<Moment>, last: Option<Moment>) -> Option<String> {
    let first = first.or(last)?;
    let written = |moment: &Moment| moment.to_string().replace('T', " ");
    let start = written(&first);
    let Some(last) = last.filter(|last| *last != first) else { return Some(start) };
    let end = written(&last);
    let end = match end.split_once(' ') {
        Some((_, time)) if last.local.date() == first.local.date() => time,
        _ => &end,
    };
    Some(format!("{start} 〜 {end}"))
}

pub(super) fn devices(incident: &Incident, language: Language) -> Option<String> {
    if incident.device_count == 0 {
        return None;
    }
    let named: Vec<&str> = incident.devices.iter().map(String::as_str).take(NAMED).collect();
    let shown = u64::try_from(named.len()).unwrap_or(u64::MAX);
    let rest = incident.device_count.saturating_sub(shown);
    Some(match (language, rest) {
        (Language::Ja, 0) => format!("端末 {}", named.join("、")),
        (Language::Ja, _) => {
            format!("端末 {}台（{}ほか）", incident.device_count, named.join("、"))
        }
        (Language::En, 0) => format!("device {}", named.join(", ")),
        (Language::En, _) => {
            format!("{} devices ({} …)", incident.device_count, named.join(", "))
        }
    })
}

/// The first lines, file by file; `…` where there are more.
pub(super) fn places(locations: &[Location], count: u64, language: Language) -> Option<String> {
    let files: Vec<&[Location]> =
        locations.chunk_by(|one, other| one.file == other.file).take(NAMED).collect();
    let shown: usize = files.iter().map(|places| places.len().min(NAMED)).sum();
    let more = u64::try_from(shown).is_ok_and(|shown| shown < count);
    let told: Vec<String> = files
        .iter()
        .filter_map(|places| {
            let file = places.first()?.file.as_deref().map(|file| format!("{file} "));
            let lines: Vec<String> =
                places.iter().map(|place| place.line.to_string()).take(NAMED).collect();
            let file = file.unwrap_or_default();
            Some(match language {
                Language::Ja => format!("{file}{}", lines.join("、")),
                Language::En if lines.len() > 1 || (more && files.len() == 1) => {
                    format!("{file}lines {}", lines.join(", "))
                }
                Language::En => format!("{file}line {}", lines.join(", ")),
            })
        })
        .collect();
    Some(match language {
        _ if told.is_empty() => return None,
        Language::Ja => format!("{}{}行目", told.join("、"), if more { "…" } else { "" }),
        Language::En => format!("{}{}", told.join(", "), if more { " …" } else { "" }),
    })
}

/// The differences of other messages to the one whose very wording was found, a line each.
pub(super) fn look_alikes(answer: &IncidentAnswer, language: Language) -> Vec<String> {
    let told = |it: &LookAlike| {
        let LookAlike { title, written, has, other, .. } = it;
        say!(
            language,
            "似た文面の「{written}」は、別の事象です（{title}）。この文面にあるのは「{has}」、そちらにあるのは「{other}」です。",
            "The similar message “{written}” is another incident ({title}): where this one has “{has}”, that one has “{other}”."
        )
    };
    answer.look_alikes.iter().map(told).collect()
}
