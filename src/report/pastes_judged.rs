//! Judged pastes as a person reads them: what went wrong, a table by kind, the figures of all.

use std::collections::BTreeMap;

use super::json::{document, each, object};
use super::text::table::{self, TableRow};
use super::text::{Role, Screen, TextOptions};
use super::view::say;
use crate::eval::{Figures, Judged, READINGS, Share};
use crate::source::Language;

/// Shown for a figure without a value.
const NOTHING: &str = "·";

/// How wide the table may be on any screen: twelve columns of figures say nothing as a list.
const WIDEST: usize = 120;

/// The failures of judged pastes, case by case, and the figures.
#[must_use]
pub fn pastes_judged(judged: &[Judged], options: &TextOptions<'_>) -> String {
    let mut screen = Screen::new(options);
    let language = options.language;
    let mut all = Figures::default();
    let mut kinds: BTreeMap<&str, Figures> = BTreeMap::new();
    for case in judged {
        all += case.figures;
        *kinds.entry(&case.kind).or_default() += case.figures;
        for failure in &case.failures {
            let (came, should) = (failure.came.text(language), failure.should.text(language));
            let wanted = language.pick("望むのは", "should be:");
            let said = format!("{} {}: {came} — {wanted} {should}", case.id, case.kind);
            screen.text(0, &said, Role::Plain);
        }
    }
    if judged.iter().any(|case| !case.failures.is_empty()) {
        screen.blank();
    }
    let mut rows = vec![head(language)];
    rows.extend(kinds.iter().map(|(kind, figures)| row(kind, figures)));
    rows.push(row(language.pick("すべて", "all"), &all));
    screen.lines(0, table::render(&rows, options.width.max(WIDEST)));
    screen.blank();
    for line in summary(&all, language) {
        screen.text(0, &line, Role::Plain);
    }
    screen.finish()
}

/// The same as JSON: `shirube.claims/1`, the figures of all cases and what went wrong.
#[must_use]
pub fn pastes_judged_json(judged: &[Judged]) -> String {
    let mut all = Figures::default();
    judged.iter().for_each(|case| all += case.figures);
    let share = |share: Share| object! { right: share.right, of: share.of, };
    let reading: BTreeMap<_, _> = READINGS.iter().zip(all.reading.map(share)).collect();
    let failures = judged.iter().flat_map(|case| each(&case.failures, |failure| (case, failure)));
    let failures = failures.map(|(case, failure)| {
        object! {
            id: &case.id,
            kind: &case.kind,
            came: failure.came.text(Language::En),
            should: failure.should.text(Language::En),
        }
    });
    document(&object! {
        schema: "shirube.claims/1",
        cases: share(all.cases),
        article: share(all.article),
        passage: share(all.passage),
        silent: share(all.silent),
        wrong_article_sure: all.high,
        wrong_passage_sure: all.high_passage,
        unasked_destructive: all.destructive,
        expired_above_living: all.expired,
        noise: all.noise,
        reading: reading,
        unanswered: all.crashed,
        failures: failures.collect::<Vec<_>>(),
    })
}

fn head(language: Language) -> TableRow {
    let ja = ["種類", "件", "正", "記事", "箇所", "沈黙", "誤", "消", "期", "余", "読取", "無"];
    let en = [
        "kind", "cases", "right", "article", "passage", "silent", "high", "destr", "expired",
        "noise", "reading", "crash",
    ];
    language.pick(ja, en).map(table::cell).into()
}

fn row(name: &str, figures: &Figures) -> TableRow {
    let mut read = Share::default();
    figures.reading.into_iter().for_each(|share| read += share);
    let count = |count: usize| if count > 0 { count.to_string() } else { NOTHING.to_owned() };
    let cells = [
        name.to_owned(),
        figures.cases.of.to_string(),
        figures.cases.right.to_string(),
        share(figures.article),
        share(figures.passage),
        share(figures.silent),
        count(figures.high),
        count(figures.destructive),
        count(figures.expired),
        count(figures.noise),
        share(read),
        count(figures.crashed),
    ];
    cells.map(table::cell).into()
}

fn share(share: Share) -> String {
    if share.of > 0 { format!("{}/{}", share.right, share.of) } else { NOTHING.to_owned() }
}

fn summary(all: &Figures, language: Language) -> Vec<String> {
    let of = |share: Share| format!("{}/{}", share.right, share.of);
    let (cases, article, passage, silent) =
        (of(all.cases), of(all.article), of(all.passage), of(all.silent));
    let reading = READINGS.iter().zip(all.reading);
    let reading: Vec<String> =
        reading.map(|(name, share)| format!("{name} {}", of(share))).collect();
    let Figures { high, high_passage, destructive, expired, noise, crashed, .. } = all;
    let reading = reading.join(language.pick("、", ", "));
    vec![
        say!(
            language,
            "すべて正しい {cases}。最初の記事 {article}、最初の箇所 {passage}、書かれていないときの沈黙 {silent}",
            "cases all right {cases}; first article right {article}; first passage right {passage}; nothing documented and silent {silent}"
        ),
        say!(
            language,
            "確度が高いのに違う記事 {high}（記事は正しく箇所が違う {high_passage}）、頼まれていない消える対処 {destructive}、使える対処より上の期限切れ {expired}、余分な事象 {noise}、答えなし {crashed}",
            "wrong article at high confidence {high} (right article, wrong passage: {high_passage}); unasked destructive remedy {destructive}; expired above living {expired}; noise incidents {noise}; no answer {crashed}"
        ),
        say!(language, "読み取り: {reading}", "reading right: {reading}"),
    ]
}
