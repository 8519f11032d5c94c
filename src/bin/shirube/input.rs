//! What was pasted: files, standard input, or a question.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shirube::source::Phrase;

use crate::environment::Environment;
use crate::errors::CommandError;
use crate::output::Output;

/// One file, or standard input.
#[derive(Debug)]
pub(crate) struct Paste {
    /// The file as the user named it; `None` for standard input.
    pub(crate) name: Option<Arc<str>>,
    pub(crate) bytes: Vec<u8>,
}

/// Reads the files, or standard input where none is named.
pub(crate) fn read(
    files: &[PathBuf],
    environment: &Environment,
    output: &Output,
) -> Result<Vec<Paste>, CommandError> {
    if files.is_empty() {
        return Ok(vec![standard_input(environment, output)?]);
    }
    files
        .iter()
        .map(|file| match file.to_str() {
            Some("-") => standard_input(environment, output),
            _ => read_file(file),
        })
        .collect()
}

fn standard_input(environment: &Environment, output: &Output) -> Result<Paste, CommandError> {
    if environment.typed {
        output.note(&Phrase::new(
            "ログを貼り付け、Enter を押してから Ctrl-D で終えてください（Windows では Ctrl-Z と Enter）。使い方は shirube --help",
            "paste the log, press Enter, and end with Ctrl-D (on Windows Ctrl-Z and Enter); shirube --help tells more",
        ));
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
        CommandError::new(Phrase::new("標準入力を読めません", "cannot read standard input"))
            .because(&error)
    })?;
    Ok(Paste { name: None, bytes })
}

fn read_file(path: &Path) -> Result<Paste, CommandError> {
    let shown = path.display();
    if path.is_dir() {
        return Err(CommandError::new(Phrase::new(
            format!("{shown} はフォルダーです"),
            format!("{shown} is a directory"),
        ))
        .hint(
            format!("ログのファイルを指定してください: shirube {shown}/*.log（記事のフォルダーなら --kb {shown}）"),
            format!("name the log files: shirube {shown}/*.log (a directory of articles is given by --kb {shown})"),
        ));
    }
    match fs::read(path) {
        Ok(bytes) => Ok(Paste { name: Some(Arc::from(path.to_string_lossy())), bytes }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(CommandError::new(
            Phrase::new(format!("{shown} がありません"), format!("there is no file {shown}")),
        )
        .hint(
            format!(
                "名前を確かめてください。質問なら shirube -q \"{shown}\"、コマンドの一覧は shirube --help"
            ),
            format!(
                "check its name; shirube -q \"{shown}\" asks a question, shirube --help lists the commands"
            ),
        )),
        Err(error) => Err(CommandError::unreadable(path, &error)),
    }
}
