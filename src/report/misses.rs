//! Unanswered questions and feedback on remedies, as the documentation team reads them.
//!
//! 1. [`misses`]: a problem a block, those that were pasted most often first, then the articles by what people
//!    said of them;
//! 2. [`misses_json`] for programs, and what a server was asked as a table for a spreadsheet ([`statistics_csv`]).

use serde::Serialize;

use super::devices::row;
use super::json::{document, each, object};
use super::text::{Fragment, Role, Screen, TextOptions};
use super::view::incident::often;
use super::view::say;
use crate::misses::{Cluster, Helpfulness, Statistic};
use crate::search::ArticleEntry;
use crate::source::Language;

/// A cluster of misses, with the article that answers it by now.
#[derive(Debug, Clone, PartialEq)]
pub struct MissedProblem {
    /// The misses.
    pub cluster: Cluster,
    /// The id of the article that answers it by now; `None` where none does.
    pub answered_by: Option<String>,
    /// Why nobody will write one, where it was closed.
    pub closed: Option<String>,
    /// The id of an article whose pattern has its words and does not match: the vendor has reworded the message.
    pub reworded: Option<String>,
}

impl MissedProblem {
    /// Whether somebody still has to see to it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answered_by.is_none() && self.closed.is_none()
    }
}

/// The problems and the outcomes as text for a terminal.
#[must_use]
pub fn misses(
    problems: &[MissedProblem],
    outcomes: &[Helpfulness],
    options: &TextOptions,
) -> String {
    let mut screen = Screen::new(options);
    let language = options.language;
    if !problems.is_empty() {
        let answered = problems.iter().filter(|problem| problem.answered_by.is_some()).count();
        let closed = problems.iter().filter(|problem| problem.closed.is_some()).count();
        let all = problems.len();
        let closed = match closed {
            0 => String::new(),
            _ => say!(language, "、閉じた {closed}件", ", {closed} closed"),
        };
        let title = say!(
            language,
            "答えのなかった事象 {all}件（いまは答えがある {answered}件{closed}）",
            "{all} problems without an answer ({answered} answered by now{closed})"
        );
        screen.text(0, &title, Role::Strong);
    }
    for (number, problem) in problems.iter().enumerate() {
        screen.blank();
        block(&mut screen, number + 1, problem);
    }
    if !outcomes.is_empty() {
        if !problems.is_empty() {
            screen.blank();
        }
        screen.text(0, language.pick("対処は役に立ったか", "Did the remedies help"), Role::Strong);
        for outcome in outcomes {
            let (helped, in_vain) = (outcome.helped, outcome.in_vain);
            let said = say!(
                language,
                "解決した {helped}・しなかった {in_vain}",
                "solved {helped}, not solved {in_vain}"
            );
            let role = if in_vain > helped { Role::Caution } else { Role::Plain };
            let article = Fragment::plain(&outcome.article);
            let line = [article, Fragment::plain("  "), Fragment::new(said, role)];
            screen.labelled(2, "", Role::Plain, &line);
        }
    }
    screen.finish()
}

fn block(screen: &mut Screen<'_>, number: usize, problem: &MissedProblem) {
    let language = screen.language();
    let cluster = &problem.cluster;
    let miss = &cluster.example;
    let text = Fragment::new(&miss.text, Role::Code);
    screen.labelled(0, &format!("{number} "), Role::Plain, &[text]);
    let (first, last) = (cluster.first_seen.date(), cluster.last_seen.date());
    let days = if first == last { first.to_string() } else { format!("{first} 〜 {last}") };
    let mut facts = vec![often(cluster.pastes, language), days];
    facts.extend(miss.product.clone());
    let numbers = miss.codes.iter().map(|code| code.number.to_string()).collect::<Vec<_>>();
    if !numbers.is_empty() {
        let codes = numbers.join(language.pick("、", ", "));
        facts.push(say!(language, "コード {codes}", "code {codes}"));
    }
    facts.push(say!(language, "署名 {}", "signature {}", cluster.signature));
    screen.facts(2, &facts);
    let told = match (&problem.closed, &problem.answered_by, &miss.near) {
        (Some(reason), ..) => Some((Role::Good, language.pick("閉じました: ", "closed: "), reason)),
        (_, Some(article), _) => {
            let said = language.pick("いまは答えがあります: ", "answered by now: ");
            Some((Role::Good, said, article))
        }
        (_, _, Some(article)) => {
            Some((Role::Plain, language.pick("近い記事: ", "nearest article: "), article))
        }
        _ => None,
    };
    if let Some((role, label, what)) = told {
        screen.labelled(2, label, role, &[Fragment::plain(what)]);
    }
    if let Some(article) = &problem.reworded {
        let label = language.pick("文面が変わったようです: ", "the vendor has reworded it: ");
        let told = say!(
            language,
            "{article} のパターンに一致しません",
            "the pattern of {article} does not match"
        );
        screen.labelled(2, label, Role::Caution, &[Fragment::plain(&told)]);
    }
}

/// The statistics as CSV that a spreadsheet opens, each cause with the title of its article, as far as it is there.
#[must_use]
pub fn statistics_csv(rows: &[Statistic], articles: &[ArticleEntry], language: Language) -> String {
    let mut table = String::from("\u{feff}");
    let head = language.pick(
        ["製品", "記事", "題名", "問い合わせ", "回答", "解決"],
        ["product", "article", "title", "asked", "answered", "solved"],
    );
    row(&mut table, &head);
    for it in rows {
        let title = articles.iter().find(|article| article.id == it.article);
        let title = title.map_or("", |article| article.title.as_str());
        let [asked, answered, solved] = [it.asked, it.answered, it.solved].map(|it| it.to_string());
        row(&mut table, &[&it.product, &it.article, title, &asked, &answered, &solved]);
    }
    table
}

/// The problems and the outcomes as JSON (`shirube.misses/1`), with a line feed at the end.
#[must_use]
pub fn misses_json(problems: &[MissedProblem], outcomes: &[Helpfulness]) -> String {
    let remedies = each(outcomes, |outcome| {
        object! {
            article: &outcome.article,
            helped: outcome.helped,
            in_vain: outcome.in_vain,
            unsolved: each(&outcome.unsolved, ToString::to_string),
            last: outcome.last.to_string(),
        }
    });
    document(&object! {
        schema: "shirube.misses/1",
        misses: each(problems, problem),
        remedies: remedies,
    })
}

fn problem(problem: &MissedProblem) -> impl Serialize {
    let cluster = &problem.cluster;
    let miss = &cluster.example;
    let codes = each(&miss.codes, |code| {
        object! { domain: &code.domain, number: code.number, written: &code.written, }
    });
    object! {
        signature: cluster.signature.to_string(),
        kind: miss.kind.name(),
        text: &miss.text,
        product: &miss.product,
        command: &miss.command,
        codes: codes,
        pastes: cluster.pastes,
        records: cluster.records,
        devices: cluster.devices,
        first_seen: cluster.first_seen.to_string(),
        last_seen: cluster.last_seen.to_string(),
        answered_by: &problem.answered_by,
        near: &miss.near,
        closed: &problem.closed,
        reworded: &problem.reworded,
    }
}
