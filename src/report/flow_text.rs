//! Answers of the check flows, as a support person reads them on a terminal.
//!
//! 1. A head for each flow: its title, its console, how old it is.
//! 2. Where devices came out in more than one way, a table: a row a result, with its devices.
//! 3. For each result the steps, each with its state and the values that decided, what the flows of one
//!    symptom have in common once; after a cause or a candidate its cautions and what to do; where
//!    something is open, the next thing to look at.
//! 4. Labels that say two things, with their lines.

use jiff::civil::Date;

use super::advice::{self, Advice};
use super::flow_remedy;
use super::incident;
use super::screen::Screen;
use super::style::{Fragment, Role};
use super::table;
use super::text::TextOptions;
use super::visible::sanitized;
use super::words::{age, either, say, separator};
use super::wrap::columns;
use crate::flow::{
    Computed, Conclusion, Contradiction, Dispute, FlowAnswer, Question, State, Step,
};
use crate::search::{Answer, IncidentAnswer, Remedy};
use crate::source::Language;

/// How many results of one flow are shown with their steps; the table has them all.
const MOST_RESULTS: usize = 5;
/// How many devices, or remedies of a log, a result names.
const NAMED: usize = 5;
pub(super) const INDENT: usize = 2;
/// How many columns the state of a step takes: six characters of Japanese and a gap.
const STATE: usize = 14;

/// The answers of the flows as text for a terminal; nothing in it can steer the terminal but the
/// colours that `options` asks for.
#[must_use]
pub fn flow_text(answer: &Answer, options: &TextOptions) -> String {
    let mut screen = Screen::new(options);
    for advices in advice::blocks(&answer.flows) {
        write_flow(&mut screen, &advices, answer, options);
        screen.blank();
    }
    screen.finish()
}

fn write_flow(
    screen: &mut Screen<'_>,
    advices: &[Advice<'_>],
    answer: &Answer,
    options: &TextOptions,
) {
    let language = options.language;
    let Some(first) = advices.first() else { return };
    let label = either(language, "確認フロー: ", "Check flow: ");
    for flow in first.flows() {
        let title = Fragment::new(&flow.title, Role::Strong);
        screen.labelled(0, label, Role::Strong, &[title]);
        screen.facts(INDENT, &scope(flow, language, options.today), separator(language));
    }
    write_answered(screen, first, answer, language);
    let several = advices.len() > 1;
    if several {
        screen.blank();
        let width = screen.width_behind(INDENT);
        screen.lines(INDENT, table::render(&overview(advices, language), width));
    }
    for (index, advice) in advices.iter().take(MOST_RESULTS).enumerate() {
        screen.blank();
        if several || advice.lead.device_count > 1 {
            let number = if several { format!("{} ", index + 1) } else { String::new() };
            let head = format!("{number}{}", verdict(advice.deciding(), language));
            screen.text(INDENT, &head, Role::Strong);
        }
        if !advice.lead.devices.is_empty() {
            let label = either(language, "端末: ", "Devices: ");
            let names = Fragment::plain(&named(advice.lead, language));
            screen.labelled(INDENT, label, Role::Plain, &[names]);
        }
        write_advice(screen, advice, answer, options);
    }
    write_rest(screen, advices, language);
}

/// The incidents of the paste that the flow answers, a line each.
fn write_answered(
    screen: &mut Screen<'_>,
    advice: &Advice<'_>,
    answer: &Answer,
    language: Language,
) {
    let by_flow = |it: &&IncidentAnswer| {
        let by = it.answered_by.as_deref();
        it.incident.count > 1 && advice.flows().any(|flow| by == Some(flow.id.as_str()))
    };
    for answered in answer.incidents.iter().filter(by_flow) {
        let label = either(language, "事象: ", "Incident: ");
        let message = Fragment::new(incident::message(&answered.incident), Role::Code);
        screen.labelled(INDENT, label, Role::Plain, &[message]);
        let told = incident::circumstances(&answered.incident, language);
        screen.facts(INDENT * 2, &told, separator(language));
    }
}

/// How to see what was cut off.
fn write_rest(screen: &mut Screen<'_>, advices: &[Advice<'_>], language: Language) {
    let results = advices.len().saturating_sub(MOST_RESULTS);
    let names = advices.iter().any(|advice| advice.lead.devices.len() > NAMED);
    if results == 0 && !names {
        return;
    }
    screen.blank();
    let results = match (language, results) {
        (_, 0) => String::new(),
        (Language::Ja, rest) => format!("結果は、ほかに{rest}件あります。"),
        (Language::En, rest) => format!("There are {rest} more results. "),
    };
    let said = either(
        language,
        "端末の一覧をファイルに書くには、--devices 端末.csv を付けます（Excelで開けます）。",
        "To write the list of devices into a file, add --devices devices.csv (a spreadsheet opens it).",
    );
    screen.text(INDENT, &format!("{results}{said}"), Role::Faint);
}

/// `対象: BizMobile Go!`, `更新 2022-11-01（2年前）`.
pub(super) fn scope(answer: &FlowAnswer, language: Language, today: Date) -> Vec<String> {
    let product = answer
        .product
        .as_ref()
        .map(|product| sanitized(&format!("{}{product}", either(language, "対象: ", "For: "))));
    let updated = answer.updated.map(|day| match (language, age(day, today, language)) {
        (Language::Ja, Some(age)) => format!("更新 {day}（{age}）"),
        (Language::En, Some(age)) => format!("updated {day} ({age})"),
        (Language::Ja, None) => format!("更新 {day}"),
        (Language::En, None) => format!("updated {day}"),
    });
    product.into_iter().chain(updated).collect()
}

/// A row a result: how many devices, what came out, which devices.
fn overview(advices: &[Advice<'_>], language: Language) -> Vec<Vec<Vec<Fragment>>> {
    let cell = |text: &str| vec![Fragment::plain(text)];
    let head = vec![
        cell(""),
        cell(either(language, "台数", "devices")),
        cell(either(language, "結果", "result")),
        cell(either(language, "端末", "names")),
    ];
    let rows = advices.iter().enumerate().map(|(index, advice)| {
        vec![
            cell(&(index + 1).to_string()),
            cell(&advice.lead.device_count.to_string()),
            cell(&verdict(advice.deciding(), language)),
            cell(&named(advice.lead, language)),
        ]
    });
    std::iter::once(head).chain(rows).collect()
}

pub(super) fn named(result: &FlowAnswer, language: Language) -> String {
    let shown: Vec<&str> = result.devices.iter().take(NAMED).map(String::as_str).collect();
    let mut names = shown.join(either(language, "、", ", "));
    if result.devices.len() > NAMED {
        names.push_str(&say!(language, " ほか{}台", " and {} more", result.devices.len() - NAMED));
    }
    names
}

/// The result, in one line.
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
            said(either(language, "原因", "cause"), text(cause).as_deref())
        }
        Conclusion::Disputed => {
            either(language, "未確定（2つの資料で判断が分かれる）", "undecided: two flows disagree")
                .to_owned()
        }
        Conclusion::Open => {
            let candidate = result.steps.iter().find(|step| step.candidate);
            if candidate.is_some() {
                return said(either(language, "候補", "candidate"), text(candidate).as_deref());
            }
            if last(|step| step.searches_log && step.state == State::Passed).is_some() {
                return either(language, "ログを調べる", "the log tells").to_owned();
            }
            let open = result.steps.iter().find(|step| step.state == State::Unknown);
            let title = open.map(|step| format!("{} {}", step.number, step.title));
            said(either(language, "未確認", "unknown"), title.as_deref())
        }
        Conclusion::Done => {
            let done = last(|step| step.state == State::Passed && step.text.is_some());
            said(either(language, "完了", "done"), text(done).as_deref())
        }
    }
}

fn write_advice(
    screen: &mut Screen<'_>,
    advice: &Advice<'_>,
    answer: &Answer,
    options: &TextOptions,
) {
    let language = options.language;
    if let Some(operation) = advice.lead.waiting {
        let warning = operation.warning();
        screen.text(INDENT, &format!("⚠ {}", warning.text(language)), Role::Caution);
    }
    let next = advice.flows().find_map(|flow| flow.next.as_ref());
    let next = next.filter(|_| advice.deciding().next.is_some() || !is_cause(advice));
    let write = |screen: &mut Screen<'_>, step: &Step| {
        write_step(screen, step, language);
        write_of_log(screen, step, answer, language);
        if let Some(ask) = step.ask.as_ref().filter(|ask| Some(*ask) != next) {
            screen.text(INDENT + STATE, ask.text.text(language), Role::Faint);
        }
    };
    if !advice.others.is_empty() {
        let common = advice.common();
        if !common.is_empty() {
            let heading = either(language, "2つの資料に共通する確認", "What both documents check");
            screen.text(INDENT, heading, Role::Plain);
        }
        for step in common {
            write(screen, step);
        }
    }
    for flow in advice.flows() {
        let own = advice.own(flow);
        if !advice.others.is_empty() && !own.is_empty() {
            screen.text(INDENT, &of_one(flow, language), Role::Plain);
        }
        for step in own {
            write(screen, step);
        }
    }
    if let Some(question) = next {
        write_next(screen, question, language);
    }
    for contradiction in &advice.lead.contradictions {
        let said = contradicted(contradiction, language);
        let label = either(language, "値が2つあります: ", "Two values: ");
        screen.labelled(INDENT, label, Role::Caution, &[Fragment::plain(&said)]);
    }
    for (index, step) in advice.remedies().into_iter().enumerate() {
        let Some(link) = &step.remedy else { continue };
        let told = index > 0 || flow_remedy::is_told(link, answer);
        match answer.passage_of(link).filter(|_| !told) {
            Some(remedy) => flow_remedy::write(screen, step, remedy, options),
            None => flow_remedy::write_link(screen, step, link, answer, language),
        }
    }
}

fn is_cause(advice: &Advice<'_>) -> bool {
    advice.deciding().conclusion == Conclusion::Cause
}

/// The checks of one among several flows: 「…のときの確認フロー」（2022-11-01）だけの確認.
pub(super) fn of_one(flow: &FlowAnswer, language: Language) -> String {
    let day = flow.updated.map(|day| day.to_string());
    match (language, day) {
        (Language::Ja, Some(day)) => format!("「{}」（{day}）だけの確認", flow.title),
        (Language::Ja, None) => format!("「{}」だけの確認", flow.title),
        (Language::En, Some(day)) => format!("What \"{}\" ({day}) alone checks", flow.title),
        (Language::En, None) => format!("What \"{}\" alone checks", flow.title),
    }
}

/// A label with the values that contradict each other, and their lines.
pub(super) fn contradicted(contradiction: &Contradiction, language: Language) -> String {
    let values = contradiction
        .values
        .iter()
        .map(|(value, place)| say!(language, "{value}（{}行目）", "{value} (line {})", place.line));
    let values: Vec<String> = values.collect();
    format!("「{}」 {}", contradiction.label, values.join(separator(language)))
}

fn write_step(screen: &mut Screen<'_>, step: &Step, language: Language) {
    let word = state(step, language);
    let role = match step.state {
        _ if step.dispute.is_some() => Role::Caution,
        State::Passed => Role::Good,
        State::Cause => Role::Caution,
        State::Unknown if step.candidate => Role::Caution,
        State::Unknown | State::Skipped => Role::Plain,
    };
    let label = format!("{word}{}", " ".repeat(STATE.saturating_sub(columns(word))));
    let mut text = format!("{} {}", step.number, step.title);
    if let Some(said) = &step.text {
        text.push_str(" → ");
        text.push_str(said);
    }
    screen.labelled(INDENT, &label, role, &[Fragment::plain(&text)]);
    let behind = INDENT + STATE;
    for reason in &step.reasons {
        screen.text(behind, reason.text(language), Role::Faint);
    }
    for premise in premises(&step.assumed, language) {
        screen.text(behind, &premise, Role::Faint);
    }
    if let Some(dispute) = &step.dispute {
        screen.text(behind, &disputed(dispute, language), Role::Faint);
    }
    for computed in &step.computed {
        screen.text(behind, &shown(computed, language), Role::Plain);
    }
}

/// The premises that a flow assumes where nothing was pasted: 「操作の種類」が「プロファイルの変更」なら.
pub(super) fn premises(assumed: &[(String, String)], language: Language) -> Vec<String> {
    let said = assumed.iter().map(|(label, value)| {
        say!(language, "「{label}」が「{value}」なら", "if \"{label}\" is \"{value}\"")
    });
    said.collect()
}

/// How a check came out, in a word.
pub(super) const fn state(step: &Step, language: Language) -> &'static str {
    if step.dispute.is_some() {
        return either(language, "未確定", "undecided");
    }
    if step.candidate {
        return either(language, "候補", "candidate");
    }
    match step.state {
        State::Cause => either(language, "原因", "cause"),
        State::Passed | State::Unknown if step.searches_log => {
            either(language, "ログを調べる", "see the log")
        }
        State::Passed if step.text.is_some() => either(language, "完了", "done"),
        State::Passed => either(language, "次へ", "next"),
        State::Unknown | State::Skipped => either(language, "未確認", "unknown"),
    }
}

const fn outcome(state: State, language: Language) -> &'static str {
    match state {
        State::Passed => either(language, "次へ", "next"),
        State::Cause => either(language, "原因", "cause"),
        State::Unknown | State::Skipped => either(language, "未確認", "unknown"),
    }
}

/// The differing result of the other flow of the same symptom.
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
            Fragment::new(&remedy.title, Role::Strong),
            Fragment::plain("  "),
            screen.place(&remedy.path, remedy.line),
        ];
        screen.labelled(INDENT + STATE, label, Role::Plain, &line);
    }
    if let Some(rest) = named.len().checked_sub(NAMED).filter(|rest| *rest > 0) {
        let said = say!(language, "ほかに{rest}件", "and {rest} more");
        screen.text(INDENT + STATE, &said, Role::Faint);
    }
}

/// `PUSHタイムアウトになる日時: 2024-05-14 10:00`, or from the first to the last of several.
pub(super) fn shown(computed: &Computed, language: Language) -> String {
    let least = computed.least.text(language);
    let greatest = computed.greatest.text(language);
    let mut said = if least == greatest {
        format!("{}: {least}", computed.name)
    } else {
        format!("{}: {least}{}{greatest}", computed.name, either(language, "～", " to "))
    };
    let premises = premises(&computed.assumed, language);
    if !premises.is_empty() {
        let premises = premises.join(separator(language));
        said.push_str(&say!(language, "（{premises}）", " ({premises})"));
    }
    said
}

fn write_next(screen: &mut Screen<'_>, question: &Question, language: Language) {
    let label = either(language, "次に見るもの: ", "Look next: ");
    let text = Fragment::new(question.text.text(language), Role::Strong);
    screen.labelled(INDENT, label, Role::Strong, &[text]);
    for line in asked(question, language) {
        screen.text(INDENT + columns(label), &line, Role::Plain);
    }
}

/// The question of the check, and the answers that it knows.
pub(super) fn asked(question: &Question, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(check), Some(asks)) = (&question.check, &question.asks) {
        lines.push(format!("{check}: {asks}"));
    }
    if !question.choices.is_empty() {
        let label = either(language, "答え: ", "Answers: ");
        lines.push(format!("{label}{}", question.choices.join(either(language, "、", ", "))));
    }
    lines
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::flow::{evaluate, remedy};
    use crate::kb;
    use crate::record::{ReadOptions, Vocabulary, read};

    fn shown(paste: &str, language: Language) -> String {
        let base = kb::embedded();
        let flows = base.resources.parsed_flows();
        let vocabulary = Vocabulary::default();
        let reading = read(None, paste.as_bytes(), &ReadOptions::default(), &vocabulary);
        let now = date(2024, 5, 8).at(18, 0, 0, 0);
        let flows = evaluate(&flows, &reading.facts, &reading.incidents, Some(now));
        let links = flows.iter().flat_map(|it| &it.steps).filter_map(|step| step.remedy.as_ref());
        let reached =
            links.filter_map(|link| Some((link.clone(), remedy(link, &base.articles)?))).collect();
        let answer = Answer { flows, reached, ..Answer::default() };
        let options = TextOptions::plain(language, 80, now.date());
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
