//! Knowledge bases for tests, and what they answer.
#![allow(dead_code, reason = "every test program asks in its own way")]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use shirube::index::{self, IndexOptions, Root, Snapshot};
use shirube::record::{self, ReadOptions, Reading};
use shirube::search::{Answer, AnswerOptions, Searcher};

/// The day that every answer is of.
pub(crate) const TODAY: Date = date(2026, 11, 23);

/// The repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The articles that come with the program.
pub(crate) fn shipped() -> PathBuf {
    repository().join("kb")
}

/// The directories, indexed in memory.
pub(crate) fn indexed(directories: &[&Path]) -> Searcher {
    let roots = directories.iter().map(|directory| Root::Directory(directory.to_path_buf()));
    searcher(index::open_or_build(&IndexOptions::new(roots)).expect("it can be indexed").0)
}

/// A knowledge base of some files: their names and texts.
pub(crate) fn knowledge_base<T: AsRef<str>>(files: &[(&str, T)]) -> Searcher {
    let directory = tempfile::tempdir().expect("a directory");
    for (name, text) in files {
        fs::write(directory.path().join(name), text.as_ref()).expect("an article");
    }
    indexed(&[directory.path()])
}

/// The searcher of a snapshot.
pub(crate) fn searcher(snapshot: Snapshot) -> Searcher {
    Searcher::new(snapshot).0
}

/// A paste, read with the vocabulary of the knowledge base.
pub(crate) fn read(searcher: &Searcher, paste: impl AsRef<[u8]>) -> Reading {
    record::read(None, paste.as_ref(), &ReadOptions::default(), searcher.vocabulary())
}

/// The answer to a paste.
pub(crate) fn answer(searcher: &Searcher, paste: impl AsRef<[u8]>) -> Answer {
    answer_with(searcher, paste, &AnswerOptions::on(TODAY))
}

/// The answer to a paste.
pub(crate) fn answer_with(
    searcher: &Searcher,
    paste: impl AsRef<[u8]>,
    options: &AnswerOptions,
) -> Answer {
    searcher.answer(&read(searcher, paste), options).expect("the index can be read")
}

/// The answer to a question.
pub(crate) fn ask(searcher: &Searcher, question: &str) -> Answer {
    let incidents = vec![record::question(question, searcher.codes())];
    let reading = Reading { incidents, ..Reading::default() };
    searcher.answer(&reading, &AnswerOptions::on(TODAY)).expect("the index can be read")
}
