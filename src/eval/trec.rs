//! The files of TREC: queries, judgements (qrels), runs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::source::{Phrase, phrase};

/// A line that is not of the file's form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", .message.text(crate::source::Language::En))]
pub struct TrecError {
    pub line: usize,
    /// The fault, with an example of a right line.
    pub message: Phrase,
}

/// The entries that `entry` reads of each line; empty lines are passed over. The first line that it makes nothing of is an error.
pub(super) fn lines<'t, T>(
    text: &'t str,
    entry: impl Fn(&'t str) -> Result<T, Phrase>,
) -> Result<Vec<T>, TrecError> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines.map(|(text, line)| entry(text).map_err(|message| TrecError { line, message })).collect()
}

/// Entries whose error says in both languages what would be right.
fn entries<'t, T>(
    text: &'t str,
    [ja, en]: [&str; 2],
    entry: impl Fn(&'t str) -> Option<T>,
) -> Result<Vec<T>, TrecError> {
    let wrong = || phrase!("「{ja}」の形ではありません", "not of the form `{en}`");
    lines(text, |line| entry(line).ok_or_else(wrong))
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Its id, as the judgements name it.
    pub id: String,
    pub text: String,
}

/// Queries in the order of their file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queries(pub Vec<Query>);

impl Queries {
    /// Reads `id<TAB>text` lines; empty lines are passed over.
    /// Fails where a line is none of the form, with its number.
    pub fn parse(text: &str) -> Result<Self, TrecError> {
        let query = |line: &str| {
            let (id, text) = line.split_once('\t')?;
            Some(Query { id: id.trim().to_owned(), text: text.to_owned() })
        };
        entries(text, ["ID<TAB>本文", "id<TAB>text"], query).map(Self)
    }

    pub fn get(&self, id: &str) -> Option<&Query> {
        self.0.iter().find(|query| query.id == id)
    }

    /// Keeps the queries whose ids begin with `prefix`.
    pub fn keep(&mut self, prefix: &str) {
        self.0.retain(|query| query.id.starts_with(prefix));
    }
}

/// The unit that is ranked and judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// Articles, by their ids.
    #[default]
    Article,
    /// The passages that articles are shown by, as `id#anchor`.
    Passage,
}

/// Which articles, or passages (`id#anchor`), answer which query, and how well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgements(pub BTreeMap<String, BTreeMap<String, u32>>);

impl Judgements {
    /// Reads TREC qrels: `query 0 article grade`, or `query 0 article#anchor grade`, separated by white space.
    /// Fails where a line is none of the form, with its number.
    pub fn parse(text: &str) -> Result<Self, TrecError> {
        let mut judgements: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
        let form = ["クエリID 0 記事ID 評価", "query 0 article grade"];
        let judged = entries(text, form, |line| {
            let fields: Vec<_> = line.split_whitespace().collect();
            let [query, _, article, grade] = fields[..] else { return None };
            Some((query, article, grade.parse::<u32>().ok()?))
        });
        for (query, article, grade) in judged? {
            judgements.entry(query.to_owned()).or_default().insert(article.to_owned(), grade);
        }
        Ok(Self(judgements))
    }

    /// The judgements of articles, or those of passages. A passage that answers makes its article answer as well; a query
    /// without a relevant passage says nothing of passages.
    pub fn of(&self, unit: Unit) -> Self {
        let mut judgements = BTreeMap::new();
        for (query, judged) in &self.0 {
            let mut of: BTreeMap<String, u32> = BTreeMap::new();
            for (name, &grade) in judged {
                let name = match (unit, name.split_once('#')) {
                    (Unit::Article, Some((article, _))) => article,
                    (Unit::Passage, None) => continue,
                    _ => name,
                };
                let known = of.entry(name.to_owned()).or_default();
                *known = grade.max(*known);
            }
            if unit == Unit::Article || of.values().any(|grade| *grade > 0) {
                judgements.insert(query.clone(), of);
            }
        }
        Self(judgements)
    }

    /// Keeps the judgements of the queries whose ids begin with `prefix`.
    pub fn keep(&mut self, prefix: &str) {
        self.0.retain(|query, _| query.starts_with(prefix));
    }
}

/// An article in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    pub article: String,
    pub score: f64,
}

/// The ranked results of each query, best first, in the order of the queries.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run(pub Vec<(String, Vec<Ranked>)>);

impl Run {
    /// Reads a run in TREC's form; the articles of a query are put in the order of their ranks.
    /// Fails where a line is none of the form, with its number.
    pub fn parse(text: &str) -> Result<Self, TrecError> {
        let mut order: Vec<String> = Vec::new();
        let mut found: BTreeMap<String, Vec<(u32, Ranked)>> = BTreeMap::new();
        let form = ["クエリID Q0 記事ID 順位 点数 名前", "query Q0 article rank score tag"];
        let ranks = entries(text, form, |line| {
            let fields: Vec<_> = line.split_whitespace().collect();
            let [query, _, article, rank, score, _] = fields[..] else { return None };
            let score = score.parse::<f64>().ok().filter(|score| score.is_finite())?;
            Some((query, rank.parse::<u32>().ok()?, Ranked { article: article.to_owned(), score }))
        });
        for (query, rank, ranked) in ranks? {
            if !found.contains_key(query) {
                order.push(query.to_owned());
            }
            found.entry(query.to_owned()).or_default().push((rank, ranked));
        }
        let sorted = order.into_iter().map(|query| {
            let mut ranked = found.remove(&query).unwrap_or_default();
            ranked.sort_by_key(|(rank, _)| *rank);
            (query, ranked.into_iter().map(|(_, ranked)| ranked).collect())
        });
        Ok(Self(sorted.collect()))
    }

    /// The run in TREC's form: `query Q0 article rank score tag`, ranks from 1.
    pub fn to_trec(&self, tag: &str) -> String {
        let mut text = String::new();
        for (query, articles) in &self.0 {
            for (index, ranked) in articles.iter().enumerate() {
                let article = ranked.article.replace(char::is_whitespace, "_");
                // Writing to a string cannot fail.
                let _ =
                    writeln!(text, "{query} Q0 {article} {} {:.6} {tag}", index + 1, ranked.score);
            }
        }
        text
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn run(queries: &[(&str, &[&str])]) -> Run {
        let ranked = |article: &&str| Ranked { article: (*article).into(), score: 1.0 };
        let found = |articles: &[&str]| articles.iter().map(ranked).collect();
        Run(queries.iter().map(|(id, articles)| ((*id).to_owned(), found(articles))).collect())
    }

    #[test]
    fn a_malformed_line_is_named() {
        assert_eq!(Queries::parse("1\tok\nno tab\n").map_err(|error| error.line), Err(2));
        assert_eq!(Judgements::parse("1 0 a 1\n1 0 a x\n").map_err(|error| error.line), Err(2));
        assert_eq!(Judgements::parse("1 0 a 1 6\n").map_err(|error| error.line), Err(1));
        let line = |text: &str| Run::parse(text).map_err(|error| error.line);
        assert_eq!(line("q Q0 a 1 2.0 t\n\nq Q0 a one 2.0 t\n"), Err(3));
        assert_eq!(line("q 0 a 1\n"), Err(1));
        assert_eq!(line("q Q0 a 1 NaN t\n"), Err(1));
        assert_eq!(line(""), Ok(Run::default()));
    }

    #[test]
    fn a_run_has_ranks_from_one() {
        let ranked = |article: &str, score| Ranked { article: article.into(), score };
        let run = Run(vec![("q".into(), vec![ranked("a", 2.0), ranked("b c", 1.0)])]);
        let written = run.to_trec("t");
        assert_eq!(written, "q Q0 a 1 2.000000 t\nq Q0 b_c 2 1.000000 t\n");
        let turned: String = written.lines().rev().map(|line| format!("{line}\n")).collect();
        assert_eq!(Run::parse(&turned).map(|run| run.to_trec("t")), Ok(written));
    }

    #[test]
    fn a_passage_that_answers_makes_its_article_answer() {
        let judgements = Judgements::parse("q1 0 a#x 2\nq1 0 a#y 1\nq2 0 b 2\n").expect("sound");
        assert_eq!(judgements.of(Unit::Article).0["q1"]["a"], 2);
        let passages = judgements.of(Unit::Passage).0;
        assert_eq!((passages.len(), passages["q1"]["a#y"]), (1, 1));
    }
}
