//! A file of lines that several processes append to, and that does not grow beyond a bound.
//!
//! A line is written whole under a lock, or taken back. What a process that was killed left half-written is
//! closed by the next one and is a line that nobody can read. When the file is full it becomes the
//! old one, in whose place the older lines go: never more than two files are kept.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::FileError;

/// How often a lock is tried before it is given up, and how long each try waits: a line takes far less
/// than a millisecond to write, so who holds it longer has been stopped.
const TRIES: u32 = 100;
const WAIT: Duration = Duration::from_millis(10);

/// How many bytes each of a journal's two files may have.
const LIMIT: u64 = 2 << 20;

/// Lines in a file, and older ones in another.
#[derive(Debug, Clone)]
pub(crate) struct Journal {
    path: PathBuf,
    limit: u64,
}

impl Journal {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, limit: LIMIT }
    }

    /// Appends lines, each with its line break.
    pub(crate) fn append(&self, lines: &str) -> Result<(), FileError> {
        if lines.is_empty() {
            return Ok(());
        }
        let directory = self.path.parent().unwrap_or(Path::new("."));
        create_private(directory).map_err(FileError::at(directory))?;
        let lock_path = self.path.with_file_name("lock");
        let lock = private_file(&lock_path).map_err(FileError::at(&lock_path))?;
        patiently(|| lock.try_lock()).map_err(FileError::at(&lock_path))?;

        let failed = |source| FileError::at(&self.path)(source);
        let mut file = private_file(&self.path).map_err(failed)?;
        let mut length = file.metadata().map_err(failed)?.len();
        if length > 0 && length + lines.len() as u64 > self.limit {
            fs::rename(&self.path, self.old_path()).map_err(failed)?;
            file = private_file(&self.path).map_err(failed)?;
            length = 0;
        }
        let mut text = String::new();
        if ends_inside_a_line(&mut file, length).map_err(failed)? {
            text.push('\n');
        }
        text.push_str(lines);
        file.seek(SeekFrom::Start(length)).map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(|error| {
            // On a full disk nothing is better than half a line.
            let _ = file.set_len(length);
            failed(error)
        })
    }

    /// All lines, the oldest first; empty where nothing was ever kept.
    pub(crate) fn read(&self) -> Result<String, FileError> {
        // Between the two files a writer may exchange them. A reader that cannot lock (a read-only
        // directory, a writer that was stopped) reads all the same.
        let lock = File::open(self.path.with_file_name("lock"));
        let _lock = lock.and_then(|lock| patiently(|| lock.try_lock_shared()).map(|()| lock));
        let mut text = String::new();
        for path in [self.old_path(), self.path.clone()] {
            match fs::read(&path) {
                Ok(bytes) => {
                    text.push_str(&String::from_utf8_lossy(&bytes));
                    if !text.is_empty() && !text.ends_with('\n') {
                        text.push('\n');
                    }
                }
                Err(error) => match error.kind() {
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {}
                    _ => return Err(FileError::at(&path)(error)),
                },
            }
        }
        Ok(text)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// `misses.old.jsonl` of `misses.jsonl`.
    fn old_path(&self) -> PathBuf {
        let ending = self.path.extension().unwrap_or_default().to_string_lossy();
        self.path.with_extension(format!("old.{ending}"))
    }
}

fn ends_inside_a_line(file: &mut File, length: u64) -> io::Result<bool> {
    let Some(last) = length.checked_sub(1) else { return Ok(false) };
    file.seek(SeekFrom::Start(last))?;
    let mut byte = [0];
    file.read_exact(&mut byte)?;
    Ok(byte != *b"\n")
}

fn patiently(mut attempt: impl FnMut() -> Result<(), TryLockError>) -> io::Result<()> {
    for _ in 0..TRIES {
        match attempt() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(WAIT),
            // Some network file systems have no locks; one user's lines seldom meet there.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(());
            }
            Err(TryLockError::Error(error)) => return Err(error),
            Ok(()) => return Ok(()),
        }
    }
    Err(io::Error::new(io::ErrorKind::WouldBlock, "another process holds the lock"))
}

/// Questions without an answer are nobody's business but the user's.
fn create_private(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A journal in a directory that is made with it.
    fn journal(limit: u64) -> (tempfile::TempDir, Journal) {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("state/shirube/misses.jsonl");
        (directory, Journal { path, limit })
    }

    #[test]
    fn lines_come_back_in_order() {
        let (_directory, journal) = journal(1000);
        assert_eq!(journal.read().expect("nothing is there"), "");
        journal.append("one\n").expect("written");
        journal.append("two\nthree\n").expect("written");
        assert_eq!(journal.read().expect("read"), "one\ntwo\nthree\n");
    }

    #[test]
    fn the_oldest_lines_go_when_it_is_full() {
        let (_directory, journal) = journal(100);
        for number in 0..1000 {
            journal.append(&format!("line {number}\n")).expect("written");
        }
        let text = journal.read().expect("read");
        assert!(text.len() <= 200, "{} bytes", text.len());
        assert!(text.ends_with("line 998\nline 999\n"), "{text}");
        let number = |line: &str| line.strip_prefix("line ").and_then(|it| it.parse().ok());
        let numbers: Vec<u32> =
            text.lines().map(|line| number(line).expect("a whole line")).collect();
        assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1), "{text}");
    }

    #[test]
    fn half_a_line_spoils_no_other() {
        let (_directory, journal) = journal(1000);
        journal.append("one\n").expect("written");
        fs::write(&journal.path, "one\nhal").expect("torn");
        assert_eq!(journal.read().expect("read"), "one\nhal\n");
        journal.append("two\n").expect("written");
        assert_eq!(journal.read().expect("read"), "one\nhal\ntwo\n");
    }

    #[test]
    fn many_writers_lose_nothing() {
        let (_directory, journal) = journal(1 << 20);
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let journal = &journal;
                scope.spawn(move || {
                    for number in 0..50 {
                        journal.append(&format!("{writer} {number}\n")).expect("written");
                    }
                });
            }
        });
        let text = journal.read().expect("read");
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), 400);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_directory, journal) = journal(1000);
        journal.append("one\n").expect("written");
        let directory = journal.path.parent().expect("it is in a directory");
        for (path, mode) in [(directory, 0o700), (journal.path.as_path(), 0o600)] {
            let found = fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
            assert_eq!(found, mode, "{}", path.display());
        }
    }

    #[test]
    fn a_lock_that_is_never_given_back_is_no_trap() {
        let (_directory, journal) = journal(1000);
        journal.append("one\n").expect("written");
        let held = File::open(journal.path.with_file_name("lock")).expect("the lock is a file");
        held.lock().expect("nobody else holds it");
        let error = journal.append("two\n").expect_err("it gives up");
        assert!(error.to_string().contains("lock"), "{error}");
        assert_eq!(journal.read().expect("read"), "one\n");
    }
}
