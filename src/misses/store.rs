//! Where misses and feedback are kept.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::journal::Journal;
use super::line;
use super::{Asked, Closing, Feedback, Miss};
use crate::kb::FileError;

/// How many bytes each of a journal's two files may have.
const LIMIT: u64 = 2 << 20;

/// The misses and the feedback of one user, in a directory of their own.
///
/// Any number of processes may write and read at the same time. Each kind takes at most four mebibytes; the
/// oldest go first.
#[derive(Debug, Clone)]
pub struct Store {
    misses: Journal,
    feedback: Journal,
    closings: Journal,
    asked: Journal,
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
            misses: Journal::new(directory, "misses", LIMIT),
            feedback: Journal::new(directory, "feedback", LIMIT),
            closings: Journal::new(directory, "closed", LIMIT),
            asked: Journal::new(directory, "asked", LIMIT),
        }
    }

    /// Keeps the misses of one paste, all or none.
    /// Fails where the directory cannot be written, the disk is full, or another process does not give the lock
    /// back within a second; then nothing is kept.
    pub fn record_misses(&self, misses: &[Miss]) -> Result<(), FileError> {
        self.misses.append(&line::written(misses))
    }

    /// Keeps what was said of a remedy.
    /// Fails as [`record_misses`](Self::record_misses).
    pub fn record_feedback(&self, feedback: &Feedback) -> Result<(), FileError> {
        self.feedback.append(&line::written(std::slice::from_ref(feedback)))
    }

    /// Keeps that a problem was closed, and why.
    /// Fails as [`record_misses`](Self::record_misses).
    pub fn record_closing(&self, closing: &Closing) -> Result<(), FileError> {
        self.closings.append(&line::written(std::slice::from_ref(closing)))
    }

    /// Keeps what one paste asked about, all or nothing.
    /// Fails as [`record_misses`](Self::record_misses).
    pub fn record_asked(&self, asked: &[Asked]) -> Result<(), FileError> {
        self.asked.append(&line::written(asked))
    }

    /// Reads the feedback alone, with the number of lines that cannot be read.
    /// Fails as [`read`](Self::read).
    pub fn read_feedback(&self) -> Result<(Vec<Feedback>, usize), FileError> {
        let mut unreadable = 0;
        let feedback = parse(&self.feedback.read()?, &mut unreadable);
        Ok((feedback, unreadable))
    }

    pub fn feedback_path(&self) -> PathBuf {
        self.feedback.path()
    }

    /// Reads everything. What cannot be made sense of is counted, and the rest is read.
    /// Fails where a file is there and cannot be read.
    pub fn read(&self) -> Result<Kept, FileError> {
        let mut kept = Kept::default();
        kept.misses = parse(&self.misses.read()?, &mut kept.unreadable);
        kept.feedback = parse(&self.feedback.read()?, &mut kept.unreadable);
        kept.closings = parse(&self.closings.read()?, &mut kept.unreadable);
        kept.asked = parse(&self.asked.read()?, &mut kept.unreadable);
        Ok(kept)
    }
}

fn parse<T: DeserializeOwned>(text: &str, unreadable: &mut usize) -> Vec<T> {
    let mut found = Vec::new();
    for line in text.lines() {
        match line::read(line) {
            Some(value) => found.push(value),
            None => *unreadable += 1,
        }
    }
    found
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
        store.record_misses(&kept).expect("kept");
        let path = directory.path().join("misses.jsonl");
        let mut bytes = fs::read(&path).expect("a file");
        bytes.extend_from_slice(b"\xff\xfe{\"at\"");
        fs::write(&path, bytes).expect("damaged");
        store.record_misses(&kept[..1]).expect("kept");
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
            store.record_misses(&[miss("失敗しました")]).expect_err("a file is no directory");
        assert!(error.to_string().contains("occupied"), "{error}");
        assert_eq!(store.read().expect("nothing is there"), Kept::default());
    }
}
