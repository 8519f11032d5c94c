//! The files of TREC: queries, judgements (qrels), runs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::source::Phrase;

/// A line that is not of the file's form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", .message.text(crate::source::Language::En))]
pub struct TrecError {
    /// The line, 1-based.
    pub line: usize,
    /// What is wrong, and what the line should look like.
    pub message: Phrase,
}

/// A judged query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Its id, as the judgements name it.
    pub id: String,
    /// The paste or question.
    pub text: String,
}

/// Queries in the order of their file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queries(pub Vec<Query>);

impl Queries {
    /// Reads `id<TAB>text` lines; empty lines are passed over.
    ///
    /// ```
    /// let queries = shirube::eval::Queries::parse("1\t同期が完了しない\n")?;
    /// assert_eq!(queries.0[0].text, "同期が完了しない");
    /// # Ok::<(), shirube::eval::TrecError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, TrecError> {
        let mut queries = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let Some((id, text)) = line.split_once('\t') else {
                return Err(TrecError {
                    line: number + 1,
                    message: Phrase::new(
                        "「ID<TAB>本文」の形ではありません",
                        "not of the form `id<TAB>text`",
                    ),
                });
            };
            queries.push(Query { id: id.trim().to_owned(), text: text.to_owned() });
        }
        Ok(Self(queries))
    }
}

/// Which articles answer which query, and how well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgements(pub BTreeMap<String, BTreeMap<String, u32>>);

impl Judgements {
    /// Reads TREC qrels: `query 0 article grade`, separated by white space.
    pub fn parse(text: &str) -> Result<Self, TrecError> {
        let mut judgements: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let fields: Vec<_> = line.split_whitespace().collect();
            let read = match fields[..] {
                [query, _, article, grade] => {
                    grade.parse::<u32>().ok().map(|grade| (query, article, grade))
                }
                _ => None,
            };
            let Some((query, article, grade)) = read else {
                return Err(TrecError {
                    line: number + 1,
                    message: Phrase::new(
                        "「クエリID 0 記事ID 評価」の形ではありません",
                        "not of the form `query 0 article grade`",
                    ),
                });
            };
            judgements.entry(query.to_owned()).or_default().insert(article.to_owned(), grade);
        }
        Ok(Self(judgements))
    }
}

/// An article in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The article's id.
    pub article: String,
    /// Its score.
    pub score: f64,
}

/// What was found for each query, best first, in the order of the queries.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run(pub Vec<(String, Vec<Ranked>)>);

impl Run {
    /// The run in TREC's form: `query Q0 article rank score tag`, ranks from 1.
    #[must_use]
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
mod tests {
    use super::*;

    #[test]
    fn a_malformed_line_is_named() {
        assert_eq!(Queries::parse("1\tok\nno tab\n").map_err(|error| error.line), Err(2));
        assert_eq!(Judgements::parse("1 0 a 1\n1 0 a x\n").map_err(|error| error.line), Err(2));
        assert_eq!(Judgements::parse("1 0 a 1 6\n").map_err(|error| error.line), Err(1));
    }

    #[test]
    fn a_run_has_ranks_from_one() {
        let ranked = |article: &str, score| Ranked { article: article.into(), score };
        let run = Run(vec![("q".into(), vec![ranked("a", 2.0), ranked("b c", 1.0)])]);
        assert_eq!(run.to_trec("t"), "q Q0 a 1 2.000000 t\nq Q0 b_c 2 1.000000 t\n");
    }
}
