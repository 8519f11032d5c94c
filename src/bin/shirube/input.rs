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
use crate::errors::{CommandError, Result, fault, phrase};
use crate::progress::Progress;

/// One file, or standard input, opened when it is first read, with its progress.
pub(crate) struct Input<'c> {
    pub(crate) context: &'c Context,
    /// `None` for standard input.
    pub(crate) path: Option<PathBuf>,
    /// How many bytes there are, where that is known before they are read.
    length: Option<u64>,
    pub(crate) is_shown: bool,
    open: Option<(Box<dyn Read + Send>, Option<Progress>)>,
    bytes: u64,
}

impl<'c> Input<'c> {
    fn new(context: &'c Context, path: Option<PathBuf>, length: Option<u64>) -> Self {
        Self { context, path, length, is_shown: true, open: None, bytes: 0 }
    }

    /// The file as the user named it; `None` for standard input.
    fn name(&self) -> Option<Arc<str>> {
        self.path.as_ref().map(|path| Arc::from(path.to_string_lossy()))
    }

    fn opened(&self) -> io::Result<Box<dyn Read + Send>> {
        let Some(path) = &self.path else {
            if !self.context.environment.typed {
                return Ok(Box::new(io::stdin()));
            }
            let output = self.context.output;
            output.note(&Phrase::new(
                "ログを貼り付け、Enter を押してから Ctrl-D で終えてください（Windows では Ctrl-Z と Enter）。使い方は shirube --help",
                "paste the log, press Enter, and end with Ctrl-D (on Windows Ctrl-Z and Enter); shirube --help tells more",
            ));
            return Ok(Box::new(Terminal::new(io::stdin(), move |line| output.note(&cut(line)))));
        };
        Ok(Box::new(File::open(path)?))
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.open.is_none() {
            let progress = Progress::new(self.context, self.name().as_deref(), self.length);
            self.open = Some((self.opened()?, progress.filter(|_| self.is_shown)));
        }
        let Some((stream, progress)) = &mut self.open else { return Ok(0) };
        let read = stream.read(buffer)?;
        self.bytes += read as u64;
        progress.iter().for_each(|progress| progress.at(self.bytes));
        Ok(read)
    }
}

/// A file, or standard input, that cannot be read to its end.
pub(crate) fn unreadable(path: Option<&Path>, error: &io::Error) -> CommandError {
    match path {
        Some(path) => CommandError::unreadable(path, error),
        None => fault!("標準入力を読めません", "cannot read standard input").because(error),
    }
}

/// The files, or standard input where none is named, as one paste. Each is opened when its turn comes.
pub(crate) fn paste<'c>(context: &'c Context, files: &[PathBuf]) -> Result<Paste<'c>> {
    let inputs = named(context, files)?.into_iter();
    Ok(inputs.fold(Paste::default(), |paste, input| paste.with_stream(input.name(), input)))
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
            Paste::default().with_stream(None, io::Cursor::new(first).chain(io::stdin()))
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

/// How many bytes of a line a terminal keeps (`N_TTY_BUF_SIZE` of Linux, `MAX_CANON` elsewhere), without the line feed:
/// what is pasted after them is gone before any program reads it.
const LONGEST_TYPED_LINE: usize = if cfg!(target_os = "linux") { 4095 } else { 1023 };

/// A paste into a terminal, which stays ended: its end of file (Ctrl-D) ends one reading, not the next. `cut` is told of
/// each line (1-based) that the terminal has cut.
struct Terminal<R, C> {
    input: R,
    ended: bool,
    cut: C,
    line: u32,
    length: usize,
}

impl<R: Read, C: FnMut(u32)> Terminal<R, C> {
    fn new(input: R, cut: C) -> Self {
        Self { input, ended: false, cut, line: 1, length: 0 }
    }
}

impl<R: Read, C: FnMut(u32)> Read for Terminal<R, C> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ended || buffer.is_empty() {
            return Ok(0);
        }
        let read = self.input.read(buffer)?;
        self.ended = read == 0;
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

/// The files, or standard input where none is named. Each must be there before the first is read.
pub(crate) fn named<'c>(context: &'c Context, files: &[PathBuf]) -> Result<Vec<Input<'c>>> {
    let standard_input = || Input::new(context, None, None);
    if files.is_empty() {
        return Ok(vec![standard_input()]);
    }
    let named = files.iter().map(|file| match file.to_str() {
        Some("-") => Ok(standard_input()),
        _ => Ok(Input::new(context, Some(file.clone()), look_at(file)?)),
    });
    named.collect()
}

/// Everything that the files, or standard input, say, together.
pub(crate) fn read(
    context: &Context,
    files: &[PathBuf],
    options: &ReadOptions,
    vocabulary: &Vocabulary,
) -> Result<Reading> {
    let mut reader = Reader::new(options, vocabulary);
    for input in named(context, files)? {
        let path = input.path.clone();
        reader
            .read_stream(input.name(), input)
            .map_err(|error| unreadable(path.as_deref(), &error))?;
    }
    Ok(reader.finish())
}

/// The length of a file that is there; a pipe has none.
fn look_at(path: &Path) -> Result<Option<u64>> {
    let shown = path.display();
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(fault!(
            "{shown} はフォルダーです", "{shown} is a directory";
            "ログのファイルを指定してください: shirube {shown}/*.log（記事のフォルダーなら --kb {shown}）",
            "name the log files: shirube {shown}/*.log (a directory of articles is given by --kb {shown})"
        )),
        Ok(found) => Ok(Some(found.len()).filter(|_| found.is_file())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(fault!(
            "{shown} がありません", "there is no file {shown}";
            "名前を確かめてください。質問なら shirube -q \"{shown}\"、コマンドの一覧は shirube --help",
            "check its name; shirube -q \"{shown}\" asks a question, shirube --help lists the commands"
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
        let mut input = Terminal::new(Typed(vec![b"a\n", b"", b"b\n"]), |_| {});
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
