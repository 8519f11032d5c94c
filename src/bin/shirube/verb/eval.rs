//! `shirube eval --queries T --qrels Q [--run OUT]`: how good the ranking is.

use std::fs;
use std::path::Path;

use shirube::eval::{self, Judgements, Queries, TrecError};
use shirube::record::ReadOptions;
use shirube::source::Warning;

use super::Context;
use crate::args::Eval;
use crate::errors::CommandError;
use crate::{Outcome, knowledge};

/// What the run file calls the system that ranked.
const TAG: &str = "shirube";

/// Ranks the articles for every query and measures the ranking against the judgements.
pub(crate) fn run(context: &Context, arguments: &Eval) -> Result<Outcome, CommandError> {
    let queries = read(&arguments.queries)?;
    let queries =
        Queries::parse(&queries).map_err(|error| malformed(&arguments.queries, &error))?;
    let qrels = read(&arguments.qrels)?;
    let judgements =
        Judgements::parse(&qrels).map_err(|error| malformed(&arguments.qrels, &error))?;
    let searcher = knowledge::searcher(context)?;
    let run = eval::run(&searcher, &queries, &ReadOptions::default())
        .map_err(|error| knowledge::unopened(&error))?;
    if let Some(path) = &arguments.run {
        fs::write(path, run.to_trec(TAG))
            .map_err(|error| CommandError::unwritable(path, &error))?;
    }
    let measures = eval::evaluate(&judgements, &run);
    context.output.data(&format!(
        "queries\t{}\nS@1\t{:.4}\nMRR@10\t{:.4}\nnDCG@10\t{:.4}\nrecall@10\t{:.4}\n",
        measures.queries,
        measures.success_at_1,
        measures.reciprocal_rank,
        measures.ndcg,
        measures.recall,
    ))?;
    Ok(Outcome::Found)
}

fn read(path: &Path) -> Result<String, CommandError> {
    fs::read_to_string(path).map_err(|error| CommandError::unreadable(path, &error))
}

fn malformed(path: &Path, error: &TrecError) -> CommandError {
    let place = Warning {
        file: Some(path.to_string_lossy().into()),
        line: u32::try_from(error.line).ok(),
        message: error.message.clone(),
    };
    CommandError::at(&place)
}
