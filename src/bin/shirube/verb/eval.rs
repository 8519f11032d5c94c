//! `shirube eval`: how good the ranking is, and how far its claims can be trusted.
//!
//! 1. Queries, judgements and an older run are read;
//! 2. `--show` tells of one query and ends there;
//! 3. otherwise the queries are ranked (or `--from` a run that exists), measured, and compared.

use std::fs;
use std::path::{Path, PathBuf};

use shirube::eval::{self, Evaluation, Judgements, Queries, Run, TrecError, Unit};
use shirube::index::IndexError;
use shirube::record::ReadOptions;
use shirube::report;
use shirube::search::{Searcher, Weights};
use shirube::source::Warning;

use super::Context;
use crate::args::Eval;
use crate::errors::{CommandError, Result, fault, phrase};
use crate::{Outcome, knowledge};

const TAG: &str = "shirube";

/// Ranks the articles for every query and measures the ranking against the judgements.
pub(crate) fn run(context: &Context, arguments: &Eval) -> Result<Outcome> {
    let Some(qrels) = &arguments.qrels else { unreachable!("without --claims there are --qrels") };
    let mut judgements = parsed(qrels, Judgements::parse)?;
    let read = |path: &Option<PathBuf>| match path {
        Some(path) => parsed(path, Queries::parse),
        None => Ok(Queries::default()),
    };
    let mut queries = read(&arguments.queries)?;
    let mut unanswerable = read(&arguments.unanswerable)?;
    if let Some(prefix) = &arguments.only {
        judgements.keep(prefix);
        queries.keep(prefix);
        unanswerable.keep(prefix);
    }
    let unit = if arguments.passages { Unit::Passage } else { Unit::Article };
    let older = arguments.compare.as_deref().map(|path| parsed(path, Run::parse)).transpose()?;

    let evaluation = if let Some(path) = &arguments.from {
        measured(&judgements.of(unit), &parsed(path, Run::parse)?, older.as_ref())
    } else {
        let searcher = knowledge::searcher(context)?.weighed(weights(arguments)?);
        known(&searcher, qrels, &judgements)?;
        if let Some(id) = &arguments.show {
            return show(context, &searcher, id, [&queries, &unanswerable], &judgements);
        }
        let judgements = judgements.of(unit);
        let run = eval::run(&searcher, &queries, &context.answer_options().reading(), unit)?;
        if let Some(path) = &arguments.run {
            fs::write(path, run.to_trec(TAG))
                .map_err(|error| CommandError::unwritable(path, &error))?;
        }
        let trust = trust(context, &searcher, &queries, &unanswerable, &judgements)?;
        Evaluation { trust: Some(trust), ..measured(&judgements, &run, older.as_ref()) }
    };
    context.output.data(&if arguments.json {
        report::evaluation_json(&evaluation)
    } else {
        report::evaluation(&evaluation, &context.text_options(false))
    })?;
    Ok(Outcome::Found)
}

fn measured(judgements: &Judgements, run: &Run, older: Option<&Run>) -> Evaluation {
    Evaluation {
        measures: eval::evaluate(judgements, run),
        trust: None,
        comparison: older.map(|older| eval::compare(judgements, older, run)),
    }
}

/// Whether every judged id is one of the knowledge base's: a misspelt one would count as never found.
fn known(searcher: &Searcher, path: &Path, judgements: &Judgements) -> Result<()> {
    let unknown = eval::unknown_ids(searcher, judgements)?;
    let Some((query, id)) = unknown.first() else { return Ok(()) };
    let text = fs::read_to_string(path).unwrap_or_default();
    let is_it = |line: &str| {
        let mut fields = line.split_whitespace();
        fields.next() == Some(query.as_str()) && fields.nth(1) == Some(id.as_str())
    };
    let line = text.lines().position(is_it).and_then(|line| u32::try_from(line + 1).ok());
    let count = unknown.len();
    Err(CommandError::at(&Warning {
        file: Some(path.to_string_lossy().into()),
        line,
        message: phrase!("「{id}」という記事も箇所もありません（このような ID が{count}件）", "there is no article or passage `{id}` ({count} such ids)"),
    })
    .hint(
        "記事の ID は、.md を除いたパスです。箇所は、その後ろに # と見出しの名前が付きます（--json の passage_id）",
        "an article's id is its path without .md; a passage has # and its heading behind it (passage_id in --json)",
    ))
}

fn trust(
    context: &Context,
    searcher: &Searcher,
    queries: &Queries,
    unanswerable: &Queries,
    judgements: &Judgements,
) -> Result<eval::Trust, IndexError> {
    let all = Queries(queries.0.iter().chain(&unanswerable.0).cloned().collect());
    let options = context.answer_options().with_limit(1);
    let claims = eval::claims(searcher, &all, &ReadOptions::default(), &options)?;
    Ok(eval::trust(judgements, unanswerable, &claims))
}

/// The query of that id with what was found for it, and why.
fn show(
    context: &Context,
    searcher: &Searcher,
    id: &str,
    queries: [&Queries; 2],
    judgements: &Judgements,
) -> Result<Outcome> {
    let query = queries.iter().find_map(|queries| queries.get(id));
    let query = query.ok_or_else(|| {
        fault!(
            "「{id}」という質問はありません", "there is no query `{id}`";
            "--show には、--queries か --unanswerable のファイルにある ID を指定してください",
            "--show takes an id of the file behind --queries or --unanswerable"
        )
    })?;
    let options = context.answer_options().with_limit(1);
    let shown = eval::show(searcher, query, judgements, &ReadOptions::default(), &options)?;
    context.output.data(&report::query_shown(&query.text, &shown, &context.text_options(true)))?;
    Ok(Outcome::Found)
}

/// The program's own weights with what `--weight` and `--without` change.
fn weights(arguments: &Eval) -> Result<Weights> {
    let mut weights = Weights::default();
    let taken_away = arguments.without.iter().map(|name| (name.as_str(), 0.0));
    let set = arguments.weight.iter().map(|(name, value)| (name.as_str(), *value));
    for (name, value) in taken_away.chain(set) {
        if !weights.set(name, value) {
            let known = Weights::NAMES.join(", ");
            return Err(fault!(
                "「{name}」という重みはありません", "there is no weight `{name}`";
                "使える名前: {known}", "the names: {known}"
            ));
        }
    }
    Ok(weights)
}

pub(super) fn parsed<T>(path: &Path, parse: impl Fn(&str) -> Result<T, TrecError>) -> Result<T> {
    let text = fs::read_to_string(path).map_err(|error| CommandError::unreadable(path, &error))?;
    parse(&text).map_err(|error| {
        CommandError::at(&Warning {
            file: Some(path.to_string_lossy().into()),
            line: u32::try_from(error.line).ok(),
            message: error.message,
        })
    })
}
