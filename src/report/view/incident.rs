//! An incident in words: how often, when, on which devices, where; the console that its answer is narrowed to.

use super::evidence::unbracketed;
use jiff::civil::Date;

use super::{long_date, sanitized, say, separator, severity, some_of, visible};
use crate::facts::{Incident, Kind, Moment};
use crate::search::{Applies, IncidentAnswer, LookAlike, Notice, ScopeSource, Waiting};
use crate::source::{Language, Location};

/// How many devices and lines an incident names.
const NAMED: usize = 3;

/// How many characters of a message a person is shown; JSON has it whole.
const LONGEST_MESSAGE: usize = 1000;

/// The console that the answer is narrowed to, and how to take that away; `None` where nothing was left out by it.
///
/// The form of a log tells its console without a word: it is said where an article of another one was left out.
pub(crate) fn narrowed(answer: &IncidentAnswer, language: Language) -> Option<String> {
    let scope = answer.scope.as_ref()?;
    let elsewhere = || answer.related.iter().any(|near| near.applies == Applies::No);
    if scope.by == ScopeSource::Format && !elsewhere() {
        return None;
    }
    let names: Vec<&str> =
        scope.products.iter().chain(&scope.platforms).map(String::as_str).collect();
    let names = names.join(language.pick("・", ", "));
    let products = scope.products.join(language.pick("・", ", "));
    let mut said = say!(language, "対象を絞り込み: {names}", "Narrowed to: {names}");
    if !scope.documented {
        said.push_str(&say!(
            language,
            "（{products}の記事はありません。製品を問わない記事だけから探しました）",
            " (no article is about {products}; only those about no product were searched)"
        ));
    }
    Some(said)
}

/// That a wish names no object, and which consoles it may be about.
pub(crate) fn chosen_from(answer: &IncidentAnswer, language: Language) -> Option<String> {
    let choice = answer.choice.as_deref()?;
    let products = choice.join(language.pick("、", ", "));
    let product = match choice.is_empty() {
        true => String::new(),
        false => say!(language, "と、製品（{products}）", " and which product ({products})"),
    };
    Some(say!(
        language,
        "何についてか{product}を足すと選べます。",
        "Say what it is about{product}, and one can be chosen."
    ))
}

/// That nothing is claimed. It does not say that the manual lacks it.
pub(crate) const fn nothing_claimed(language: Language) -> &'static str {
    language.pick("確かに当てはまる記事を選べません", "No article can be chosen with certainty.")
}

/// The remedy that solved it last time, and the note of whoever said so.
#[cfg_attr(not(feature = "server"), expect(dead_code, reason = "only the server remembers"))]
pub(crate) fn last_time(
    answer: &IncidentAnswer,
    language: Language,
    today: Date,
) -> Option<String> {
    let last = answer.last_time.as_ref()?;
    let day = last.at.date();
    let day = match language {
        Language::Ja if day.year() == today.year() => format!("{}月{}日", day.month(), day.day()),
        _ => long_date(day, language),
    };
    let first = answer.remedies.first().is_some_and(|remedy| remedy.id == last.article);
    let mut said = match (language, first) {
        (Language::Ja, true) => format!("前回 {day}: この対処で解決"),
        (Language::Ja, false) => format!("前回 {day}: 「{}」で解決", last.title),
        (Language::En, true) => format!("Last time, {day}: solved by this remedy"),
        (Language::En, false) => format!("Last time, {day}: solved by \"{}\"", last.title),
    };
    if !last.note.is_empty() {
        said.push_str(separator(language));
        said.push_str(&last.note);
    }
    Some(said)
}

/// The message as it is shown: of one that fills pages, the beginning.
pub(crate) fn message(incident: &Incident) -> String {
    let shown = visible(&incident.message);
    match shown.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", shown.get(..end).unwrap_or_default()),
        None => shown.into_owned(),
    }
}

pub(crate) const fn label(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Question => language.pick("質問", "Question"),
        Kind::Log | Kind::Status => language.pick("事象", "Incident"),
    }
}

/// The codes that have a meaning, each with it.
pub(crate) fn codes(answer: &IncidentAnswer, language: Language) -> Vec<(String, String)> {
    let with_meanings = answer.incident.codes.iter().zip(&answer.meanings);
    let codes = with_meanings.filter_map(|(code, meaning)| {
        let mut said = meaning.as_ref()?.text(language).to_owned();
        if let Some(domain) = &code.domain {
            said.push_str(&say!(language, "（{domain}）", " ({domain})"));
        }
        Some((sanitized(unbracketed(&code.written)), sanitized(&said)))
    });
    codes.collect()
}

/// How often, when, on which devices, on which lines, how bad; what is not known is left out.
pub(crate) fn circumstances(answer: &IncidentAnswer, language: Language) -> Vec<String> {
    let incident = &answer.incident;
    if incident.kind == Kind::Question {
        return Vec::new();
    }
    let mut facts = vec![times(incident, language)];
    facts.extend(period(incident.first_seen, incident.last_seen));
    facts.extend(devices(incident, language));
    facts.extend(places(&incident.locations, incident.count, language));
    let severity = severity(incident.severity, language);
    facts.extend(severity.map(|word| say!(language, "深刻度 {word}", "severity {word}")));
    facts.iter().map(|fact| sanitized(fact)).collect()
}

pub(crate) fn times(incident: &Incident, language: Language) -> String {
    let count = incident.count;
    match incident.exact {
        true => often(count, language),
        false => say!(language, "約{count}回", "about {count} times"),
    }
}

pub(crate) fn often(count: u64, language: Language) -> String {
    match count {
        1 => say!(language, "1回", "once"),
        count => say!(language, "{count}回", "{count} times"),
    }
}

pub(crate) fn period(first: Option<Moment>, last: Option<Moment>) -> Option<String> {
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

pub(crate) fn devices(incident: &Incident, language: Language) -> Option<String> {
    if incident.device_count == 0 {
        return None;
    }
    let named: Vec<&str> = incident.devices.iter().map(String::as_str).take(NAMED).collect();
    let shown = u64::try_from(named.len()).unwrap_or(u64::MAX);
    let rest = incident.device_count.saturating_sub(shown);
    let (count, named) = (incident.device_count, named.join(language.pick("、", ", ")));
    Some(match rest {
        0 => say!(language, "端末 {named}", "device {named}"),
        _ => say!(language, "端末 {count}台（{named}ほか）", "{count} devices ({named} …)"),
    })
}

/// The first lines, file by file; `…` where there are more.
pub(crate) fn places(locations: &[Location], count: u64, language: Language) -> Option<String> {
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
pub(crate) fn look_alikes(answer: &IncidentAnswer, language: Language) -> Vec<String> {
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

pub(crate) fn summary(total: usize, answered: usize, language: Language) -> String {
    say!(
        language,
        "{total}件の事象のうち、{answered}件に対処があります。",
        "{answered} of {total} incidents have a remedy."
    )
}

/// How many devices that something waits for are named.
const WAITING: usize = 10;

pub(crate) fn waiting_devices(waiting: &Waiting, language: Language) -> Option<String> {
    (!waiting.devices.is_empty()).then(|| some_of(&waiting.devices, WAITING, language))
}

/// The title of a notice with the day that it ends on.
pub(crate) fn notice(notice: &Notice, language: Language) -> String {
    let (title, last) = (&notice.title, notice.valid_until);
    say!(language, "【お知らせ】{title}（{last} まで）", "Notice: {title} (until {last})")
}
