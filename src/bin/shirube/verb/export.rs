//! `shirube export --bulk [--out DIR]`: the passages for a search engine that a firm already has;
//! `shirube export --query TEXT`: a search for it.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use shirube::export::{self, ExportError, ExportReport};
use shirube::index::Root;
use shirube::record;

use super::Context;
use crate::args::Export;
use crate::errors::{CommandError, Result, fault, phrase};
use crate::output::new_file;
use crate::{Outcome, knowledge};

const PASSAGES: &str = "passages.ndjson";
const MAPPING: &str = "mapping.json";

pub(crate) fn run(context: &Context, arguments: &Export) -> Result<Outcome> {
    if let Some(text) = &arguments.query {
        return query(context, text);
    }
    let roots = knowledge::roots(context, None)?;
    let report = match &arguments.out {
        Some(directory) => into_directory(context, &roots, arguments, directory)?,
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            match export::bulk(&roots, context.followed_links(), &arguments.index_name, &mut out) {
                // A reader that has seen enough is no error.
                Err(ExportError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
                    return Ok(Outcome::Found);
                }
                written => written.map_err(unwritten)?,
            }
        }
    };
    context.output.warnings(&report.warnings);
    let ExportReport { articles, passages, .. } = report;
    context.output.note(&phrase!(
        "記事 {articles}・箇所 {passages} を書き出しました",
        "wrote {passages} passages of {articles} articles"
    ));
    Ok(Outcome::Found)
}

/// Writes the files whole or not at all: half an export would be taken for all of it.
fn into_directory(
    context: &Context,
    roots: &[Root],
    arguments: &Export,
    directory: &Path,
) -> Result<ExportReport> {
    let unwritable = |error: &io::Error| CommandError::unwritable(directory, error);
    fs::create_dir_all(directory).map_err(|error| unwritable(&error))?;
    let mut passages = new_file(directory, true).map_err(|error| unwritable(&error))?;
    let report = {
        let mut out = BufWriter::new(&mut passages);
        export::bulk(roots, context.followed_links(), &arguments.index_name, &mut out)
            .map_err(unwritten)?
    };
    let mut mapping = new_file(directory, true).map_err(|error| unwritable(&error))?;
    mapping.write_all(export::mapping().as_bytes()).map_err(|error| unwritable(&error))?;
    for (file, name) in [(passages, PASSAGES), (mapping, MAPPING)] {
        file.persist(directory.join(name)).map_err(|error| unwritable(&error.error))?;
    }
    Ok(report)
}

/// A search a line, one for each incident of the text.
fn query(context: &Context, text: &str) -> Result<Outcome> {
    let searcher = knowledge::searcher(context)?;
    let options = context.answer_options().reading();
    let reading = record::read(None, text.as_bytes(), &options, searcher.vocabulary());
    context.output.warnings(&reading.warnings);
    for incident in &reading.incidents {
        context.output.data(&format!("{}\n", export::query(&searcher, incident)))?;
    }
    Ok(if reading.incidents.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

fn unwritten(error: ExportError) -> CommandError {
    match error {
        ExportError::Articles(error) => error.into(),
        error => fault!("書き出せませんでした", "the export could not be written").because(&error),
    }
}
