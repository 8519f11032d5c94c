//! `shirube check [KB]`: problems in the articles, with file and line; the samples are run.

mod overview;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use shirube::check::{self, CheckOptions, Finding, SampleRank};
use shirube::eval::Queries;
use shirube::index::Root;
use shirube::kb::{self, Level};
use shirube::record::{self, ReadOptions};
use shirube::report;
use shirube::search::{AnswerOptions, Searcher};

use super::{Context, eval};
use crate::args::{Check, FindingsFormat};
use crate::errors::{CommandError, Result, fault, phrase};
use crate::{Outcome, knowledge};

/// How deep a sample's article is looked for.
const DEPTH: usize = 10;

pub(crate) struct Checked {
    pub(crate) base: Cow<'static, kb::Documents>,
    /// The findings of the rules; the files are named from where the user is.
    pub(crate) findings: Vec<Finding>,
    pub(crate) samples: Vec<SampleRank>,
}

/// Checks each knowledge base by itself. Errors end in status 1; warnings do not.
pub(crate) fn run(context: &Context, arguments: &Check) -> Result<Outcome> {
    let roots = knowledge::roots(context, arguments.directory.as_deref())?;
    let checked = roots.iter().map(|root| check_root(context, arguments, root));
    let checked = checked.collect::<Result<Vec<Checked>>>()?;
    let least = arguments.min_severity.unwrap_or(Level::Info);
    let findings: Vec<Finding> = checked
        .iter()
        .flat_map(|it| &it.findings)
        .filter(|finding| finding.severity >= least)
        .cloned()
        .collect();
    let language = context.output.language;
    let output = &context.output;
    match arguments.format {
        FindingsFormat::Text => {
            context.show(&report::findings(&findings, &context.text_options(false)))
        }
        FindingsFormat::Json => output.data(&report::findings_json(&findings, language)),
        FindingsFormat::Sarif => output.data(&report::findings_sarif(&findings, language)),
        FindingsFormat::Github => output.data(&report::findings_github(&findings, language)),
    }?;
    if let Some(file) = &arguments.report {
        overview::write(context, arguments.stale, &roots, &checked, file)?;
    }
    let count = |level| findings.iter().filter(|finding| finding.severity == level).count();
    let (wrong, doubtful) = (count(Level::Error), count(Level::Warning));
    context.output.note(&phrase!(
        "エラー {wrong}件、警告 {doubtful}件",
        "{wrong} errors, {doubtful} warnings"
    ));
    // Whoever names a severity wants to hear of nothing less and of nothing else.
    let fails = if arguments.min_severity.is_some() { !findings.is_empty() } else { wrong > 0 };
    Ok(if fails { Outcome::Nothing } else { Outcome::Found })
}

fn check_root(context: &Context, arguments: &Check, root: &Root) -> Result<Checked> {
    let base = kb::load(root, context.followed_links())?;
    // Faults of codes, synonyms and dictionary are among the findings.
    let searcher = knowledge::verified(context, vec![root.clone()])?.searcher();
    let samples = run_samples(context, &base, &searcher)?;
    let options = CheckOptions {
        today: Some(context.environment.today()),
        stale: Some(arguments.stale),
        all: arguments.all,
        reached: reached(context, arguments, &searcher)?,
    };
    let mut findings = check::run(&base, &options, &samples);
    if let Root::Directory(directory) = root {
        for finding in &mut findings {
            let file = finding.location.file.as_deref().unwrap_or_default();
            finding.location.file = Some(from_here(directory, file).into());
        }
    }
    Ok(Checked { base, findings, samples })
}

/// The ids of the articles that the judged questions bring up, where there are any.
fn reached(
    context: &Context,
    arguments: &Check,
    searcher: &Searcher,
) -> Result<Option<BTreeSet<String>>> {
    let Some(path) = &arguments.queries else { return Ok(None) };
    let options = context.answer_options().with_limit(DEPTH);
    let mut reached = BTreeSet::new();
    for query in eval::parsed(path, Queries::parse)?.0 {
        let ids = brought_up(searcher, &query.text, &options)?;
        reached.extend(ids.iter().filter_map(|id| id.split('#').next()).map(str::to_owned));
    }
    Ok(Some(reached))
}

/// The file of a knowledge base as an editor can open it from the working directory.
fn from_here(directory: &Path, file: &str) -> String {
    let named = directory.components().filter(|part| *part != Component::CurDir);
    named.chain(Path::new(file).components()).collect::<PathBuf>().display().to_string()
}

pub(super) fn run_samples(
    context: &Context,
    base: &kb::Documents,
    searcher: &Searcher,
) -> Result<Vec<SampleRank>> {
    let search = context.answer_options().with_limit(DEPTH);
    let mut failure = None;
    let mut sample = |paste: &str| {
        brought_up(searcher, paste, &search).unwrap_or_else(|error| {
            failure.get_or_insert(error);
            Vec::new()
        })
    };
    let ranks = check::run_samples(base, &mut sample);
    failure.map_or(Ok(ranks), Err)
}

/// The passages that a paste brings up, the surest first, one an article; where a flow leads, its article.
fn brought_up(searcher: &Searcher, paste: &str, options: &AnswerOptions) -> Result<Vec<String>> {
    let reading =
        record::read(None, paste.as_bytes(), &ReadOptions::default(), searcher.vocabulary());
    let answer = searcher.answer(&reading, options)?;
    let mut remedies: Vec<_> =
        answer.incidents.into_iter().flat_map(|incident| incident.remedies).collect();
    // The sort is stable: what is equally sure stays in the order of the incidents.
    remedies.sort_by(|left, right| right.confidence.total_cmp(&left.confidence));
    // The cause that a flow finds in a screen is an answer, too; what the log says comes first.
    let causes = answer.reached.into_iter().map(|(_, remedy)| remedy.id);
    let mut ids: Vec<String> = Vec::new();
    let article = |id: &str| id.split('#').next().unwrap_or_default().to_owned();
    for id in remedies.into_iter().map(|remedy| remedy.passage_id).chain(causes) {
        if !ids.iter().any(|known| article(known) == article(&id)) {
            ids.push(id);
        }
    }
    Ok(ids)
}

impl From<kb::FileError> for CommandError {
    fn from(error: kb::FileError) -> Self {
        fault!(
            "記事を読めません", "cannot read the articles";
            "フォルダーと権限を確かめてください", "check the directory and its permissions"
        )
        .because(&error)
    }
}
