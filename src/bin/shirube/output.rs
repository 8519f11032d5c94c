//! The two streams: data goes to standard output, everything else to standard error.

use std::io::{self, Write as _};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use shirube::source::{Language, Phrase, Warning};
use tempfile::NamedTempFile;

use crate::errors::{CommandError, Result, note, warning};

/// How and in which language the run speaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    pub(crate) language: Language,
    /// Columns of a line of text.
    pub(crate) width: usize,
    pub(crate) color: bool,
    pub(crate) links: bool,
    pub(crate) color_err: bool,
}

impl Output {
    pub(crate) fn data(&self, text: &str) -> Result<()> {
        written(AutoStream::new(io::stdout().lock(), choice(self.color || self.links)), text)
    }

    /// Writes data as it is, byte for byte: what steers a terminal is not taken out.
    pub(crate) fn exact(&self, text: &str) -> Result<()> {
        written(io::stdout().lock(), text)
    }

    pub(crate) fn warnings(&self, warnings: &[Warning]) {
        for it in warnings {
            self.say(&warning(it, self.language, self.color_err));
        }
    }

    pub(crate) fn note(&self, phrase: &Phrase) {
        self.say(&note(phrase.text(self.language), self.language, self.color_err));
    }

    /// Asks with a screen of the report, where its own styles alone steer a terminal; the answer is typed after it.
    pub(crate) fn prompt(&self, screen: &str) {
        self.say(&format!("{screen}\n> "));
    }

    pub(crate) fn error(&self, error: &CommandError) {
        self.say(&error.text(self.language, self.color_err));
    }

    fn say(&self, text: &str) {
        let mut stream = AutoStream::new(io::stderr().lock(), choice(self.color_err));
        // Where standard error is closed, there is nobody left to tell.
        let _ = stream.write_all(text.as_bytes());
    }
}

/// A file beside `path` that is given its name when it is whole; as readable as files of the user are where `shared`.
pub(crate) fn new_file(directory: &Path, shared: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".shirube-");
    #[cfg(unix)]
    if shared {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = shared;
    builder.tempfile_in(directory)
}

/// Writes a file whole or not at all.
pub(crate) fn write_whole(path: &Path, text: &str, shared: bool) -> io::Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut file = new_file(parent.unwrap_or(Path::new(".")), shared)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A reader that has seen enough and closed the pipe is no error.
fn written(mut stream: impl io::Write, text: &str) -> Result<()> {
    let unwritten = Phrase::new("標準出力に書けません", "cannot write to standard output");
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CommandError::new(unwritten).because(&error))
        }
        _ => Ok(()),
    }
}

fn choice(color: bool) -> ColorChoice {
    if color { ColorChoice::Always } else { ColorChoice::Never }
}
