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
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, text.as_ref()).expect("an article");
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

/// The forms that a code is pasted in.
pub(crate) fn forms_of_code(code: &str) -> Vec<String> {
    let mut written = vec![code.to_owned()];
    if let Some(value) = code.strip_prefix("0x").and_then(|it| u32::from_str_radix(it, 16).ok()) {
        written.push(value.cast_signed().to_string());
        written.push(code.to_lowercase());
    } else if let Some((domain, number)) = code.split_once(' ') {
        written.push(format!("{domain}:{number}"));
        written.push(format!("Error Domain={domain} Code={number}"));
    }
    let mut forms = written.clone();
    for code in &written {
        forms.push(format!("登録に失敗しました エラーコード：{code}"));
        forms.push(format!("設定の途中で {code} と表示されて、先に進めません"));
        forms.push(format!("The request failed with {code} on one of the devices."));
        forms.push(format!("2026-05-08 09:31:02 agent[88]: request failed [{code}]"));
        forms.push(format!("日時\t端末番号\t結果\n2026/05/08 09:31\tA-0231\t{code}\n"));
        forms.push(format!("2026/05/08 09:31\tA-0231\t{code}\n"));
        forms.push(format!("{code}とは"));
    }
    forms
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
