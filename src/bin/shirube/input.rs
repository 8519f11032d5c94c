//! The paste: files, or standard input. Whatever its length, it is read as a stream.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use shirube::Paste;
use shirube::record::{ReadOptions, Reader, Reading, Vocabulary};
use shirube::source::Phrase;

use crate::context::Context;
use crate::errors::{CommandError, phrase};
use crate::progress::Progress;

/// One file, or standard input.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    /// `None` for standard input.
    path: Option<PathBuf>,
    /// How many bytes there are, where that is known before they are read.
    length: Option<u64>,
}

impl Input {
    /// The file as the user named it; `None` for standard input.
    pub(crate) fn name(&self) -> Option<Arc<str>> {
        self.path.as_ref().map(|path| Arc::from(path.to_string_lossy()))
    }

    pub(crate) fn open(&self, context: &Context) -> Result<Box<dyn Read + Send>, CommandError> {
        self.opened(context).map_err(|error| self.unreadable(&error))
    }

    fn opened(&self, context: &Context) -> io::Result<Box<dyn Read + Send>> {
        let Some(path) = &self.path else {
            if context.environment.typed {
                let output = context.output;
                context.output.note(&Phrase::new(
                    "ログを貼り付け、Enter を押してから Ctrl-D で終えてください（Windows では Ctrl-Z と Enter）。使い方は shirube --help",
                    "paste the log, press Enter, and end with Ctrl-D (on Windows Ctrl-Z and Enter); shirube --help tells more",
                ));
                return Ok(Box::new(Terminal::new(io::stdin(), move |line| {
                    output.note(&cut(line))
                })));
            }
            return Ok(Box::new(UntilEnd::new(io::stdin())));
        };
        Ok(Box::new(File::open(path)?))
    }

    pub(crate) fn progress(&self, context: &Context) -> Progress {
        Progress::new(context, self.name().as_deref(), self.length)
    }

    /// Reading it went wrong.
    pub(crate) fn unreadable(&self, error: &io::Error) -> CommandError {
        unreadable(self.path.as_deref(), error)
    }
}

/// A file, or standard input, that cannot be read to its end.
pub(crate) fn unreadable(path: Option<&Path>, error: &io::Error) -> CommandError {
    match path {
        Some(path) => CommandError::unreadable(path, error),
        None => {
            CommandError::new(Phrase::new("標準入力を読めません", "cannot read standard input"))
                .because(error)
        }
    }
}

/// The files, or standard input where none is named, as one paste. Each is opened when its turn comes.
pub(crate) fn paste<'c>(
    context: &'c Context,
    files: &[PathBuf],
) -> Result<Paste<'c>, CommandError> {
    let inputs = named(files)?.into_iter();
    Ok(inputs.fold(Paste::default(), |paste, input| {
        paste.with_stream(input.name(), Shown { context, input, open: None, bytes: 0 })
    }))
}

/// An input whose progress is shown while it is read.
struct Shown<'c> {
    context: &'c Context,
    input: Input,
    open: Option<(Box<dyn Read + Send>, Progress)>,
    bytes: u64,
}

impl Read for Shown<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (stream, progress) = match &mut self.open {
            Some(open) => open,
            None => {
                let stream = self.input.opened(self.context)?;
                self.open.insert((stream, self.input.progress(self.context)))
            }
        };
        let read = stream.read(buffer)?;
        self.bytes += read as u64;
        progress.at(self.bytes);
        Ok(read)
    }
}

/// How long a question waits for a log to come through a pipe; `-` waits for as long as it takes.
const PATIENCE: Duration = Duration::from_millis(500);

/// The log that comes through a pipe or a redirection beside a question; none where nothing comes.
///
/// Whoever starts the program may have left a pipe open that nobody writes to, and a question must not wait for it.
pub(crate) fn piped(context: &Context) -> Paste<'static> {
    if context.environment.typed {
        return Paste::default();
    }
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut first = vec![0; 64 << 10];
        let read = io::stdin().read(&mut first);
        // Whoever waited may have gone on without.
        let _ = sender.send(read.map(|length| {
            first.truncate(length);
            first
        }));
    });
    match receiver.recv_timeout(PATIENCE) {
        Ok(Ok(first)) if !first.is_empty() => {
            let rest = UntilEnd::new(io::stdin());
            Paste::default().with_stream(None, io::Cursor::new(first).chain(rest))
        }
        Ok(_) => Paste::default(),
        Err(_) => {
            context.output.note(&Phrase::new(
                "標準入力から何も来ないため、質問だけに答えます。遅れて届くログも渡すなら、最後に - を付けてください",
                "nothing comes from standard input, so the question alone is answered; end with - to wait for a log",
            ));
            Paste::default()
        }
    }
}

/// A stream that stays ended: a terminal's end of file (Ctrl-D) ends one reading, not the next.
struct UntilEnd<R> {
    input: R,
    ended: bool,
}

impl<R> UntilEnd<R> {
    fn new(input: R) -> Self {
        Self { input, ended: false }
    }
}

impl<R: Read> Read for UntilEnd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ended || buffer.is_empty() {
            return Ok(0);
        }
        let read = self.input.read(buffer)?;
        self.ended = read == 0;
        Ok(read)
    }
}

/// How many bytes of a line a terminal keeps (`N_TTY_BUF_SIZE` of Linux, `MAX_CANON` elsewhere), without the line feed:
/// what is pasted after them is gone before any program reads it.
const LONGEST_TYPED_LINE: usize = if cfg!(target_os = "linux") { 4095 } else { 1023 };

/// A paste into a terminal: `cut` is told of each line (1-based) that the terminal has cut.
struct Terminal<R, C> {
    input: UntilEnd<R>,
    cut: C,
    line: u32,
    length: usize,
}

impl<R: Read, C: FnMut(u32)> Terminal<R, C> {
    fn new(input: R, cut: C) -> Self {
        Self { input: UntilEnd::new(input), cut, line: 1, length: 0 }
    }
}

impl<R: Read, C: FnMut(u32)> Read for Terminal<R, C> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        for &byte in buffer.get(..read).unwrap_or_default() {
            if byte == b'\n' {
                if self.length >= LONGEST_TYPED_LINE {
                    (self.cut)(self.line);
                }
                (self.line, self.length) = (self.line.saturating_add(1), 0);
            } else {
                self.length += 1;
            }
        }
        Ok(read)
    }
}

/// A line (1-based) that was cut before it came here.
fn cut(line: u32) -> Phrase {
    phrase!(
        "{line}行目は、端末が{LONGEST_TYPED_LINE}バイトで切りました。長い行は、ファイルに保存して shirube FILE で渡すか、パイプで渡してください",
        "the terminal has cut line {line} at {LONGEST_TYPED_LINE} bytes: save long lines to a file (shirube FILE), or pipe them"
    )
}

/// The files, or standard input where none is named. That they are there is looked at before the first is
/// read.
pub(crate) fn named(files: &[PathBuf]) -> Result<Vec<Input>, CommandError> {
    let standard_input = || Input { path: None, length: None };
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

fn look_at(path: &Path) -> Result<Input, CommandError> {
    let shown = path.display();
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(CommandError::new(phrase!("{shown} はフォルダーです", "{shown} is a directory"))
        .hint(
            format!("ログのファイルを指定してください: shirube {shown}/*.log（記事のフォルダーなら --kb {shown}）"),
            format!("name the log files: shirube {shown}/*.log (a directory of articles is given by --kb {shown})"),
        )),
        // A pipe has no length.
        Ok(found) => Ok(Input {
            path: Some(path.to_owned()),
            length: Some(found.len()).filter(|_| found.is_file()),
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(CommandError::new(
            phrase!("{shown} がありません", "there is no file {shown}"),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Ends after each of its texts, and goes on when it is read again, as a terminal does.
    struct Typed(Vec<&'static [u8]>);

    impl Read for Typed {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            self.0.remove(0).read(buffer)
        }
    }

    #[test]
    fn one_end_is_enough() {
        let mut input = UntilEnd::new(Typed(vec![b"a\n", b"", b"b\n"]));
        let mut text = String::new();
        input.read_to_string(&mut text).expect("it reads");
        input.read_to_string(&mut text).expect("it reads");
        assert_eq!(text, "a\n");
    }

    #[test]
    fn a_line_that_the_terminal_cut_is_told() {
        let mut long = vec![b'x'; LONGEST_TYPED_LINE];
        long.push(b'\n');
        let text = [b"short\n".as_slice(), &long, b"short\n"].concat();
        let mut told = Vec::new();
        let mut input = Terminal::new(text.as_slice(), |line| told.push(line));
        let read = io::copy(&mut input, &mut io::sink()).expect("it reads");
        assert_eq!((read, told), (text.len() as u64, vec![2]));
    }
}
