//! What was pasted: files, or standard input. Whatever its length, it is read as a stream.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shirube::record::{ReadOptions, Reader, Reading, Vocabulary};
use shirube::source::Phrase;

use crate::errors::CommandError;
use crate::progress::Progress;
use crate::verb::Context;

/// One file, or standard input.
#[derive(Debug)]
pub(crate) struct Paste {
    /// `None` for standard input.
    path: Option<PathBuf>,
    /// How many bytes there are, where that is known before they are read.
    length: Option<u64>,
}

impl Paste {
    /// The file as the user named it; `None` for standard input.
    pub(crate) fn name(&self) -> Option<Arc<str>> {
        self.path.as_ref().map(|path| Arc::from(path.to_string_lossy()))
    }

    /// Opens it.
    pub(crate) fn open(&self, context: &Context) -> Result<Box<dyn Read + Send>, CommandError> {
        let Some(path) = &self.path else {
            if context.environment.typed {
                context.output.note(&Phrase::new(
                    "ログを貼り付け、Enter を押してから Ctrl-D で終えてください（Windows では Ctrl-Z と Enter）。使い方は shirube --help",
                    "paste the log, press Enter, and end with Ctrl-D (on Windows Ctrl-Z and Enter); shirube --help tells more",
                ));
            }
            return Ok(Box::new(io::stdin()));
        };
        let file = File::open(path).map_err(|error| self.unreadable(&error))?;
        Ok(Box::new(file))
    }

    /// The progress of reading it.
    pub(crate) fn progress(&self, context: &Context) -> Progress {
        Progress::new(context, self.name().as_deref(), self.length)
    }

    /// Reading it went wrong.
    pub(crate) fn unreadable(&self, error: &io::Error) -> CommandError {
        match &self.path {
            Some(path) => CommandError::unreadable(path, error),
            None => {
                CommandError::new(Phrase::new("標準入力を読めません", "cannot read standard input"))
                    .because(error)
            }
        }
    }
}

/// The files, or standard input where none is named. That they are there is looked at before the first is
/// read.
pub(crate) fn named(files: &[PathBuf]) -> Result<Vec<Paste>, CommandError> {
    let standard_input = || Paste { path: None, length: None };
    if files.is_empty() {
        return Ok(vec![standard_input()]);
    }
    let named = files.iter().map(|file| match file.to_str() {
        Some("-") => Ok(standard_input()),
        _ => look_at(file),
    });
    named.collect()
}

/// Everything that the files, or standard input, say, together.
pub(crate) fn read(
    context: &Context,
    files: &[PathBuf],
    options: &ReadOptions,
    vocabulary: &Vocabulary,
) -> Result<Reading, CommandError> {
    let mut reader = Reader::new(options, vocabulary);
    for paste in named(files)? {
        let input = paste.open(context)?;
        let progress = paste.progress(context);
        reader
            .read_stream(paste.name(), input, |bytes| progress.at(bytes))
            .map_err(|error| paste.unreadable(&error))?;
    }
    Ok(reader.finish())
}

fn look_at(path: &Path) -> Result<Paste, CommandError> {
    let shown = path.display();
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(CommandError::new(Phrase::new(
            format!("{shown} はフォルダーです"),
            format!("{shown} is a directory"),
        ))
        .hint(
            format!("ログのファイルを指定してください: shirube {shown}/*.log（記事のフォルダーなら --kb {shown}）"),
            format!("name the log files: shirube {shown}/*.log (a directory of articles is given by --kb {shown})"),
        )),
        // A pipe has no length.
        Ok(found) => Ok(Paste {
            path: Some(path.to_owned()),
            length: Some(found.len()).filter(|_| found.is_file()),
        }),
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
