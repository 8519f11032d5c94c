//! `shirube check [KB]`: problems in the articles, with file and line; the samples are run.

use shirube::article::{self, Level, LoadError};
use shirube::check::{self, CheckOptions, Finding};
use shirube::index::Root;
use shirube::record::{self, ReadOptions};
use shirube::report;
use shirube::search::{SearchOptions, Searcher};
use shirube::source::Phrase;

use super::Context;
use crate::args::KnowledgeBase;
use crate::errors::CommandError;
use crate::{Outcome, knowledge};

/// How deep a sample's article is looked for.
const DEPTH: usize = 10;

/// After this many months without a change an article is worth a second look.
const STALE_MONTHS: u32 = 36;

/// Checks each knowledge base by itself. Errors end in status 1; warnings do not.
pub(crate) fn run(context: &Context, arguments: &KnowledgeBase) -> Result<Outcome, CommandError> {
    let mut errors = 0;
    for root in knowledge::roots(context, arguments.directory.as_deref())? {
        let findings = check_root(context, root)?;
        context.output.data(&report::findings(&findings, &context.text_options(false)))?;
        let count = |level| findings.iter().filter(|finding| finding.severity == level).count();
        let (wrong, doubtful) = (count(Level::Error), count(Level::Warning));
        errors += wrong;
        context.output.note(&Phrase::new(
            format!("エラー {wrong}件、警告 {doubtful}件"),
            format!("{wrong} errors, {doubtful} warnings"),
        ));
    }
    Ok(if errors == 0 { Outcome::Found } else { Outcome::Nothing })
}

fn check_root(context: &Context, root: Root) -> Result<Vec<Finding>, CommandError> {
    let loaded;
    let base = match &root {
        Root::Directory(directory) => {
            loaded = article::load(directory).map_err(|error| unloaded(&error))?;
            &loaded
        }
        Root::Embedded => article::embedded(),
    };
    // What is wrong with codes, synonyms or dictionary is among the findings.
    let searcher = knowledge::opened(context, vec![root], false)?.searcher();
    let today = context.environment.today();
    let options = CheckOptions { today: Some(today), stale_months: Some(STALE_MONTHS) };
    let search =
        SearchOptions { product: None, limit: DEPTH, now: Some(context.environment.now()), today };
    let mut failure = None;
    let mut sample = |paste: &str| {
        brought_up(&searcher, paste, &search).unwrap_or_else(|error| {
            failure.get_or_insert(error);
            Vec::new()
        })
    };
    let findings = check::run(base, &options, Some(&mut sample));
    failure.map_or(Ok(findings), Err)
}

/// The articles that a paste brings up, the surest first.
fn brought_up(
    searcher: &Searcher,
    paste: &str,
    options: &SearchOptions,
) -> Result<Vec<String>, CommandError> {
    let reading = record::read(None, paste.as_bytes(), &ReadOptions::default(), searcher.codes());
    let answer = searcher.answer(&reading, options).map_err(|error| knowledge::unopened(&error))?;
    let mut remedies: Vec<_> =
        answer.incidents.into_iter().flat_map(|incident| incident.remedies).collect();
    // The sort is stable: what is equally sure stays in the order of the incidents.
    remedies.sort_by(|left, right| right.confidence.total_cmp(&left.confidence));
    // The cause that a flow finds in a screen is an answer, too; what the log says comes first.
    let causes = answer.reached.into_iter().map(|(_, remedy)| remedy.id);
    let mut ids: Vec<String> = Vec::new();
    for id in remedies.into_iter().map(|remedy| remedy.id).chain(causes) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn unloaded(error: &LoadError) -> CommandError {
    CommandError::new(Phrase::new("記事を読めません", "cannot read the articles"))
        .because(error)
        .hint("フォルダーと権限を確かめてください", "check the directory and its permissions")
}
