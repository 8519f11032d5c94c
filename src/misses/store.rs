//! Where misses and feedback are kept.

use std::marker::PhantomData;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Asked, Closing, Feedback, Miss, line};
use crate::kb::{FileError, Journal};

/// The misses and the feedback of one user, in a directory of their own.
///
/// Any number of processes may write and read at the same time. Each kind takes at most four mebibytes; the
/// oldest go first.
#[derive(Debug, Clone)]
pub struct Store {
    pub misses: Entries<Miss>,
    pub feedback: Entries<Feedback>,
    pub closings: Entries<Closing>,
    pub asked: Entries<Asked>,
}

/// The entries of one kind.
#[derive(Debug, Clone)]
pub struct Entries<T> {
    journal: Journal,
    of: PhantomData<fn() -> T>,
}

/// Everything that a store holds, the oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Kept {
    pub misses: Vec<Miss>,
    pub feedback: Vec<Feedback>,
    pub closings: Vec<Closing>,
    /// The incidents that were asked about, where a server was told to remember.
    pub asked: Vec<Asked>,
    /// How many lines could not be read: a process was killed while it wrote, or a disk is failing.
    pub unreadable: usize,
}

impl Store {
    /// The store in a directory, which is made when the first line is written.
    pub fn new(directory: impl AsRef<Path>) -> Self {
        let directory = directory.as_ref();
        Self {
            misses: Entries::new(directory, "misses.jsonl"),
            feedback: Entries::new(directory, "feedback.jsonl"),
            closings: Entries::new(directory, "closed.jsonl"),
            asked: Entries::new(directory, "asked.jsonl"),
        }
    }

    /// Reads everything. What cannot be made sense of is counted, and the rest is read.
    /// Fails where a file is there and cannot be read.
    pub fn read(&self) -> Result<Kept, FileError> {
        let (misses, in_misses) = self.misses.read()?;
        let (feedback, in_feedback) = self.feedback.read()?;
        let (closings, in_closings) = self.closings.read()?;
        let (asked, in_asked) = self.asked.read()?;
        let unreadable = in_misses + in_feedback + in_closings + in_asked;
        Ok(Kept { misses, feedback, closings, asked, unreadable })
    }
}

impl<T: Serialize + DeserializeOwned> Entries<T> {
    fn new(directory: &Path, name: &str) -> Self {
        Self { journal: Journal::new(directory.join(name)), of: PhantomData }
    }

    /// Keeps what belongs together, all or none.
    /// Fails where the directory cannot be written, the disk is full, or another process does not give the lock
    /// back within a second; then nothing is kept.
    pub fn record(&self, entries: &[T]) -> Result<(), FileError> {
        self.journal.append(&line::written(entries))
    }

    /// Reads the entries, with the number of lines that cannot be read.
    /// Fails where the file is there and cannot be read.
    pub fn read(&self) -> Result<(Vec<T>, usize), FileError> {
        let text = self.journal.read()?;
        let entries: Vec<T> = text.lines().filter_map(line::read).collect();
        let unreadable = text.lines().count() - entries.len();
        Ok((entries, unreadable))
    }

    pub fn path(&self) -> &Path {
        self.journal.path()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::miss::tests::miss;
    use super::*;

    #[test]
    fn what_cannot_be_read_is_counted_and_the_rest_is_read() {
        let directory = tempfile::tempdir().expect("a directory");
        let store = Store::new(directory.path());
        let kept = [miss("同期に失敗しました"), miss("接続できません")];
        store.misses.record(&kept).expect("kept");
        let path = directory.path().join("misses.jsonl");
        let mut bytes = fs::read(&path).expect("a file");
        bytes.extend_from_slice(b"\xff\xfe{\"at\"");
        fs::write(&path, bytes).expect("damaged");
        store.misses.record(&kept[..1]).expect("kept");
        let read = store.read().expect("read");
        assert_eq!((read.misses.len(), read.unreadable), (3, 1));
        assert_eq!(read.misses[1], kept[1]);
    }

    #[test]
    fn a_store_that_cannot_be_written_says_where() {
        let directory = tempfile::tempdir().expect("a directory");
        let occupied = directory.path().join("occupied");
        fs::write(&occupied, "a file").expect("written");
        let store = Store::new(occupied.join("shirube"));
        let error =
            store.misses.record(&[miss("失敗しました")]).expect_err("a file is no directory");
        assert!(error.to_string().contains("occupied"), "{error}");
        assert_eq!(store.read().expect("nothing is there"), Kept::default());
    }
}
