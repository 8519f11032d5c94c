//! `shirube import SOURCE…`: documents of other systems become articles.

use std::path::{Path, PathBuf};

use shirube::import::{self, Became, Form, ImportOptions, SourceFile, WriteOptions};
use shirube::report;
use shirube::source::Phrase;
use walkdir::WalkDir;

use super::Context;
use crate::Outcome;
use crate::args::Import;
use crate::errors::{CommandError, Result, fault, phrase};

/// A browser saves what a page is drawn with into a folder of this ending.
const PAGE_FILES: &[&str] = &["_files", ".files"];

/// Reads the sources and brings the directory up to date. Status 1 where nothing became an article.
pub(crate) fn run(context: &Context, arguments: &Import) -> Result<Outcome> {
    if let Some(base) = &arguments.base_url
        && !["http://", "https://"].iter().any(|scheme| base.starts_with(scheme))
    {
        return Err(fault!(
            "--base-url がアドレスではありません: {base}", "--base-url is no address: {base}";
            "例: --base-url https://support.example.com/hc/ja/",
            "for example: --base-url https://support.example.com/hc/en/"
        ));
    }
    let mut files: Vec<(String, Vec<u8>, String)> = Vec::new();
    let (form, sources) = form_of(&arguments.sources);
    for source in sources {
        let from = source.file_name().unwrap_or(source.as_os_str()).to_string_lossy().into_owned();
        for (name, path) in listed(source)? {
            let bytes =
                std::fs::read(&path).map_err(|error| CommandError::unreadable(&path, &error))?;
            files.push((name, bytes, from.clone()));
        }
    }
    let sources: Vec<SourceFile<'_>> =
        files.iter().map(|(name, bytes, from)| SourceFile { name, bytes, from }).collect();
    let options = ImportOptions {
        product: arguments.product.clone(),
        platforms: arguments.platform.clone(),
        base: arguments.base_url.clone(),
        form,
        columns: arguments.columns.clone(),
    };
    let imported = import::read(&sources, &options);
    context.output.warnings(&imported.warnings);
    let writing = WriteOptions { dry_run: arguments.dry_run, retire: arguments.retire };
    let changes = import::write(&arguments.into, &imported, writing).map_err(|error| {
        fault!(
            "記事を書けません", "cannot write the articles";
            "権限と空き容量を確かめて、もう一度実行してください。書けたところまでは残っています",
            "check permissions and free space, and run it again; what was written stays"
        )
        .because(&error)
    })?;
    let text = report::imported(&changes, &imported.left_out, &context.text_options(false));
    context.output.data(&text)?;
    let into = arguments.into.display();
    if arguments.dry_run {
        context.output.note(&Phrase::new(
            "何も書いていません（--dry-run）",
            "nothing was written (--dry-run)",
        ));
    } else if changes
        .iter()
        .any(|change| matches!(change.outcome, Became::Created | Became::Updated))
    {
        context.output.note(&phrase!(
            "記事を確かめるには: shirube check {into}",
            "to check the articles: shirube check {into}"
        ));
    }
    Ok(if changes.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// The form that is named before the sources, where no file has that name.
fn form_of(sources: &[PathBuf]) -> (Option<Form>, &[PathBuf]) {
    let named = |first: &PathBuf| Form::named(first.to_str()?).filter(|_| !first.exists());
    match sources {
        [first, rest @ ..] if !rest.is_empty() => {
            named(first).map_or((None, sources), |form| (Some(form), rest))
        }
        _ => (None, sources),
    }
}

/// The files of a source with their names within it, sorted: a file itself, or what lies in a folder but
/// hidden files and what pages are drawn with.
fn listed(source: &Path) -> Result<Vec<(String, PathBuf)>> {
    let unreadable = |error: walkdir::Error| {
        let path = error.path().unwrap_or(source).to_path_buf();
        CommandError::unreadable(&path, &std::io::Error::from(error)).hint(
            "フォルダーかファイルの名前と権限を確かめてください",
            "check the name and the permissions of the folder or file",
        )
    };
    let kept = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let drawn =
            entry.file_type().is_dir() && PAGE_FILES.iter().any(|ending| name.ends_with(ending));
        entry.depth() == 0 || !(name.starts_with('.') || drawn)
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(source).sort_by_file_name().into_iter().filter_entry(kept) {
        let entry = entry.map_err(unreadable)?;
        // A link is followed where it is named, and nowhere else.
        let file = entry.file_type().is_file() || entry.depth() == 0 && entry.path().is_file();
        if !file {
            continue;
        }
        let below = entry.path().strip_prefix(source).unwrap_or(entry.path());
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let name = if parts.is_empty() {
            entry.file_name().to_string_lossy().into_owned()
        } else {
            parts.join("/")
        };
        files.push((name, entry.into_path()));
    }
    Ok(files)
}
