//! What the check flows say, as a support person reads it on a terminal.
//!
//! 1. A head for each flow: its title, its console, how old it is.
//! 2. Where devices came out in more than one way, a table: a row a result, with its devices.
//! 3. For each result the steps, each with its state and the values that decided; behind a cause its
//!    cautions and what to do; where something is open, the next thing to look at.
//! 4. Labels that say two things, with their lines.

use jiff::civil::Date;

use super::markdown::{Around, render};
use super::remedy::{expiry, unsaid};
use super::screen::Screen;
use super::style::{Fragment, Role};
use super::table;
use super::text::TextOptions;
use super::visible::visible;
use super::words::{age, either, separator};
use super::wrap::columns;
use crate::flow::{
    Computed, Conclusion, Contradiction, Dispute, FlowAnswer, FlowRemedy, Link, Question, State,
    Step,
};
use crate::search::{Answer, Remedy};
use crate::source::Language;

/// How many results of one flow are shown with their steps; the table has them all.
const MOST_RESULTS: usize = 5;
/// How many devices, or remedies of a log, a result names.
const NAMED: usize = 5;
const INDENT: usize = 2;
/// How many columns the state of a step takes: four characters of Japanese, `undecided`.
const STATE: usize = 11;

/// The answers of the flows as text for a terminal; nothing in it can steer the terminal but the
/// colours that `options` asks for.
#[must_use]
pub fn flow_text(answer: &Answer, options: &TextOptions) -> String {
    let mut screen = Screen::new(options);
    for results in answer.flows.chunk_by(|one, other| one.id == other.id) {
        write_flow(&mut screen, results, answer, options);
        screen.blank();
    }
    screen.finish()
}

fn write_flow(
    screen: &mut Screen<'_>,
    results: &[FlowAnswer],
    answer: &Answer,
    options: &TextOptions,
) {
    let language = options.language;
    let Some(first) = results.first() else { return };
    let label = either(language, "確認フロー: ", "Check flow: ");
    let title = Fragment::new(visible(&first.title), Role::Strong);
    screen.labelled(0, label, Role::Strong, &[title]);
    screen.facts(INDENT, &scope(first, language, options.today), separator(language));
    let several = results.len() > 1;
    if several {
        screen.blank();
        let width = screen.width_behind(INDENT);
        screen.lines(INDENT, table::render(&overview(results, language), width));
    }
    for (index, result) in results.iter().take(MOST_RESULTS).enumerate() {
        screen.blank();
        if several || result.device_count > 1 {
            let number = if several { format!("{} ", index + 1) } else { String::new() };
            let head = format!("{number}{}", verdict(result, language));
            screen.text(INDENT, &visible(&head), Role::Strong);
        }
        if !result.devices.is_empty() {
            let label = either(language, "端末: ", "Devices: ");
            let names = Fragment::plain(visible(&named(result, language)));
            screen.labelled(INDENT, label, Role::Plain, &[names]);
        }
        write_result(screen, result, answer, options);
    }
}

/// `対象: BizMobile Go!`, `更新 2022-11-01（2年前）`.
pub(super) fn scope(answer: &FlowAnswer, language: Language, today: Date) -> Vec<String> {
    let product = answer.product.as_ref().map(|product| {
        visible(&format!("{}{product}", either(language, "対象: ", "For: "))).into_owned()
    });
    let updated = answer.updated.map(|day| match (language, age(day, today, language)) {
        (Language::Ja, Some(age)) => format!("更新 {day}（{age}）"),
        (Language::En, Some(age)) => format!("updated {day} ({age})"),
        (Language::Ja, None) => format!("更新 {day}"),
        (Language::En, None) => format!("updated {day}"),
    });
    product.into_iter().chain(updated).collect()
}

/// A row a result: how many devices, what came out, which devices.
fn overview(results: &[FlowAnswer], language: Language) -> Vec<Vec<Vec<Fragment>>> {
    let cell = |text: &str| vec![Fragment::plain(visible(text))];
    let head = vec![
        cell(""),
        cell(either(language, "台数", "devices")),
        cell(either(language, "結果", "result")),
        cell(either(language, "端末", "names")),
    ];
    let rows = results.iter().enumerate().map(|(index, result)| {
        vec![
            cell(&(index + 1).to_string()),
            cell(&result.device_count.to_string()),
            cell(&verdict(result, language)),
            cell(&named(result, language)),
        ]
    });
    std::iter::once(head).chain(rows).collect()
}

pub(super) fn named(result: &FlowAnswer, language: Language) -> String {
    let shown: Vec<&str> = result.devices.iter().take(NAMED).map(String::as_str).collect();
    let mut names = shown.join(either(language, "、", ", "));
    if result.devices.len() > NAMED {
        names.push_str(&match language {
            Language::Ja => format!(" ほか{}台", result.devices.len() - NAMED),
            Language::En => format!(" and {} more", result.devices.len() - NAMED),
        });
    }
    names
}

/// What came out, in one line.
pub(super) fn verdict(result: &FlowAnswer, language: Language) -> String {
    let said = |word: &str, text: Option<&str>| match text {
        Some(text) => format!("{word}: {text}"),
        None => word.to_owned(),
    };
    let last = |wanted: fn(&Step) -> bool| result.steps.iter().rfind(|step| wanted(step));
    let text = |step: Option<&Step>| step.and_then(|step| step.text.clone());
    match result.conclusion {
        Conclusion::Cause => {
            let cause = last(|step| step.state == State::Cause);
            if cause.is_some_and(|step| step.searches_log) {
                either(language, "ログに理由がある", "the log tells").to_owned()
            } else {
                said(either(language, "原因", "cause"), text(cause).as_deref())
            }
        }
        Conclusion::Disputed => {
            either(language, "未確定（2つの資料で判断が分かれる）", "undecided: two flows disagree")
                .to_owned()
        }
        Conclusion::Open => {
            let open = result.steps.iter().find(|step| step.state == State::Unknown);
            let title = open.map(|step| format!("{} {}", step.number, step.title));
            said(either(language, "未確認", "unknown"), title.as_deref())
        }
        Conclusion::Done => {
            let done = last(|step| step.state == State::Passed && step.text.is_some());
            said(either(language, "問題なし", "nothing wrong"), text(done).as_deref())
        }
    }
}

fn write_result(
    screen: &mut Screen<'_>,
    result: &FlowAnswer,
    answer: &Answer,
    options: &TextOptions,
) {
    let language = options.language;
    for step in result.steps.iter().filter(|step| step.state != State::Skipped) {
        write_step(screen, step, language);
        write_of_log(screen, step, answer, language);
        if let Some(ask) = step.ask.as_ref().filter(|ask| Some(*ask) != result.next.as_ref()) {
            screen.text(INDENT + STATE, &visible(ask.text.text(language)), Role::Faint);
        }
    }
    if let Some(question) = &result.next {
        write_next(screen, question, language);
    }
    for contradiction in &result.contradictions {
        let said = contradicted(contradiction, language);
        let label = either(language, "値が2つあります: ", "Two values: ");
        screen.labelled(INDENT, label, Role::Caution, &[Fragment::plain(visible(&said))]);
    }
    // The remedy of a cause, or of the leading flow's candidate.
    let decided = result.steps.iter().find(|step| {
        step.remedy.is_some() && (step.state == State::Cause || step.dispute.is_some())
    });
    if let Some(step) = decided
        && let Some(link) = &step.remedy
    {
        let leads = step.dispute.as_ref().is_none_or(|dispute| !dispute.leads);
        match answer.reached(link).filter(|_| leads) {
            Some(remedy) => write_remedy(screen, step, remedy, options),
            None => write_link(screen, link, language),
        }
    }
}

/// A label with the values that contradict each other, and their lines.
pub(super) fn contradicted(contradiction: &Contradiction, language: Language) -> String {
    let values = contradiction.values.iter().map(|(value, place)| match language {
        Language::Ja => format!("{value}（{}行目）", place.line),
        Language::En => format!("{value} (line {})", place.line),
    });
    let values: Vec<String> = values.collect();
    format!("「{}」 {}", contradiction.label, values.join(separator(language)))
}

fn write_step(screen: &mut Screen<'_>, step: &Step, language: Language) {
    let word = state(step, language);
    let role = match step.state {
        _ if step.dispute.is_some() => Role::Caution,
        State::Passed => Role::Good,
        State::Cause => Role::Caution,
        State::Unknown | State::Skipped => Role::Plain,
    };
    let label = format!("{word}{}", " ".repeat(STATE.saturating_sub(columns(word))));
    let mut text = format!("{} {}", step.number, step.title);
    if let Some(said) = &step.text {
        text.push_str(if step.candidate {
            either(language, " → 候補: ", " → candidate: ")
        } else {
            " → "
        });
        text.push_str(said);
    }
    screen.labelled(INDENT, &label, role, &[Fragment::plain(visible(&text))]);
    let behind = INDENT + STATE;
    for reason in &step.reasons {
        screen.text(behind, &visible(reason.text(language)), Role::Faint);
    }
    if let Some(dispute) = &step.dispute {
        screen.text(behind, &visible(&disputed(dispute, language)), Role::Faint);
    }
    for computed in &step.computed {
        screen.text(behind, &visible(&shown(computed, language)), Role::Plain);
    }
}

/// How a check came out, in a word.
pub(super) const fn state(step: &Step, language: Language) -> &'static str {
    if step.dispute.is_some() {
        return either(language, "未確定", "undecided");
    }
    outcome(step.state, language)
}

const fn outcome(state: State, language: Language) -> &'static str {
    match state {
        State::Passed => either(language, "問題なし", "passed"),
        State::Cause => either(language, "原因", "cause"),
        State::Unknown | State::Skipped => either(language, "未確認", "unknown"),
    }
}

/// What the other flow of the same symptom says.
pub(super) fn disputed(dispute: &Dispute, language: Language) -> String {
    let day = dispute.updated.map(|day| format!("（{day}）")).unwrap_or_default();
    let reasons: Vec<&str> = dispute.reasons.iter().map(|it| it.text(language)).collect();
    let other = either(language, "もう1つの資料", "the other flow");
    let state = outcome(dispute.state, language);
    format!("{other}{day}: {state} {}", reasons.join(separator(language)))
}

/// The remedies of the incidents that a search of the log finds: a line each, since they stand with
/// their incidents in full.
fn write_of_log(screen: &mut Screen<'_>, step: &Step, answer: &Answer, language: Language) {
    let incidents = step.incidents.iter().filter_map(|index| answer.incidents.get(*index));
    let mut named: Vec<&Remedy> = Vec::new();
    for remedy in incidents.filter_map(|incident| incident.remedies.first()) {
        if !named.iter().any(|known| known.passage_id == remedy.passage_id) {
            named.push(remedy);
        }
    }
    let label = either(language, "ログの対処: ", "From the log: ");
    for remedy in named.iter().take(NAMED) {
        let line = [
            Fragment::new(visible(&remedy.title), Role::Strong),
            Fragment::plain("  "),
            screen.place(&remedy.path, remedy.line),
        ];
        screen.labelled(INDENT + STATE, label, Role::Plain, &line);
    }
    if let Some(rest) = named.len().checked_sub(NAMED).filter(|rest| *rest > 0) {
        let said = match language {
            Language::Ja => format!("ほかに{rest}件"),
            Language::En => format!("and {rest} more"),
        };
        screen.text(INDENT + STATE, &said, Role::Faint);
    }
}

/// `PUSHタイムアウトになる日時: 2024-05-14 10:00`, or from the first to the last of several.
pub(super) fn shown(computed: &Computed, language: Language) -> String {
    let least = computed.least.text(language);
    let greatest = computed.greatest.text(language);
    if least == greatest {
        format!("{}: {least}", computed.name)
    } else {
        format!("{}: {least}{}{greatest}", computed.name, either(language, "～", " to "))
    }
}

fn write_next(screen: &mut Screen<'_>, question: &Question, language: Language) {
    let label = either(language, "次に見るもの: ", "Look next: ");
    let text = Fragment::new(visible(question.text.text(language)), Role::Strong);
    screen.labelled(INDENT, label, Role::Strong, &[text]);
}

fn write_link(screen: &mut Screen<'_>, link: &Link, language: Language) {
    let label = either(language, "対処: ", "Remedy: ");
    let anchor = link.anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
    let text = Fragment::new(visible(&format!("{}{anchor}", link.article)), Role::Link);
    screen.labelled(INDENT, label, Role::Plain, &[text]);
}

fn write_remedy(screen: &mut Screen<'_>, step: &Step, remedy: &FlowRemedy, options: &TextOptions) {
    let language = options.language;
    screen.blank();
    if let Some(day) = remedy.valid_until.filter(|day| *day < options.today) {
        screen.text(INDENT, &expiry(day, language), Role::Expired);
    }
    let mark = if step.dispute.is_some() {
        either(language, "【対処の候補】", "[Candidate] ")
    } else {
        either(language, "【対処】", "[Remedy] ")
    };
    let title = Fragment::new(format!("{mark}{}", visible(&remedy.title)), Role::Strong);
    screen.labelled(INDENT, "", Role::Strong, &[title]);
    write_cautions(screen, remedy, language);
    screen.blank();
    if !remedy.section.is_empty() {
        screen.text(INDENT, &visible(&remedy.section.join(" › ")), Role::Strong);
    }
    let around = Around {
        path: &remedy.path,
        heading: remedy.section.last().map(String::as_str),
        cautions: &remedy.cautions,
    };
    let lines = render(&remedy.passage, screen.width_behind(INDENT), around);
    screen.lines(INDENT, lines);
    if let Some(then) = &step.then {
        let said = match language {
            Language::Ja => format!("直らなければ「{then}」の確認へ進みます。"),
            Language::En => format!("If that does not help, go on with \"{then}\"."),
        };
        screen.text(INDENT, &visible(&said), Role::Plain);
    }
    let label = either(language, "出典: ", "Source: ");
    let place = screen.place(&remedy.path, remedy.line);
    screen.labelled(INDENT, label, Role::Plain, &[place]);
}

/// The cautions in full: nobody may act without having seen them.
fn write_cautions(screen: &mut Screen<'_>, remedy: &FlowRemedy, language: Language) {
    if remedy.cautions.is_empty() && !remedy.destructive {
        return;
    }
    screen.text(INDENT, either(language, "⚠ 実行前に", "⚠ Before you act"), Role::Caution);
    let width = screen.width_behind(INDENT + 4);
    for caution in &remedy.cautions {
        let around = Around { path: &remedy.path, ..Around::default() };
        let mut lines = render(caution, width, around);
        for (index, line) in lines.iter_mut().enumerate() {
            line.insert(0, Fragment::plain(if index == 0 { "・" } else { "  " }));
        }
        screen.lines(INDENT + 2, lines);
    }
    if remedy.cautions.is_empty() {
        screen.labelled(INDENT + 2, "・", Role::Plain, &[Fragment::plain(unsaid(language))]);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::article;
    use crate::flow::{Flow, evaluate, parse, remedy};
    use crate::record::{ReadOptions, Vocabulary, read};

    fn shown(paste: &str, language: Language) -> String {
        let base = article::embedded();
        let flows: Vec<Flow> =
            base.flows.iter().map(|file| parse(&file.path, &file.text)).collect();
        let vocabulary = Vocabulary::default();
        let reading = read(None, paste.as_bytes(), &ReadOptions::default(), &vocabulary);
        let now = date(2024, 5, 8).at(18, 0, 0, 0);
        let flows = evaluate(&flows, &reading.facts, &reading.incidents, Some(now));
        let links = flows.iter().flat_map(|it| &it.steps).filter_map(|step| step.remedy.as_ref());
        let reached =
            links.filter_map(|link| Some((link.clone(), remedy(link, &base.articles)?))).collect();
        let answer = Answer { flows, reached, ..Answer::default() };
        let options = TextOptions {
            language,
            width: 80,
            color: false,
            today: now.date(),
            explain: false,
            links: None,
        };
        flow_text(&answer, &options)
    }

    #[test]
    fn a_locked_device() {
        insta::assert_snapshot!(shown(
            "最終アクセス\t2024年05月08日 17:19:30\nデバイス情報を要求\t2024年05月08日 17:19:29\nセキュリティチェック\t2024年05月06日 08:00:00\n",
            Language::Ja,
        ));
    }

    #[test]
    fn two_flows_that_disagree() {
        insta::assert_snapshot!(shown(
            "最終アクセス\t2024年05月08日 17:19:40\nデバイス情報を要求\t2024年05月08日 17:19:29\nセキュリティチェック\t2024年05月08日 17:19:35\n",
            Language::Ja,
        ));
    }

    #[test]
    fn jobs_of_several_devices() {
        let jobs = "登録日時\t要求識別\t詳細\t端末番号\t所有者名\tステータス\n2024/05/08 10:12\tアプリ配信\tA\tAB12CD34EF56\t山田\tPUSH送信中\n2024/05/07 09:00\tアプリ配信\tA\tAB12CD34EF58\t山田\tPUSH送信中\n2024/05/01 10:12\tアプリ配信\tA\tAB12CD34EF57\t山田\tPUSH送信中\n";
        insta::assert_snapshot!(shown(jobs, Language::Ja));
        insta::assert_snapshot!(shown(jobs, Language::En));
    }
}
