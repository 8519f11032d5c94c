//! Errors of an index, with the place.

use std::io;
use std::path::{Path, PathBuf};

use crate::kb::FileError;

/// Why an index could not be built or opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// A file or directory could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// There is no index where one is to be opened as it is.
    #[error("{path}: no index")]
    Missing {
        /// The directory.
        path: PathBuf,
    },
    /// Another process has been building the index for a minute.
    #[error("{path}: another process is building the index")]
    Busy {
        /// The directory of the index.
        path: PathBuf,
    },
    /// Every article is gone, and the index of before has some.
    #[error("{path}: no Markdown document is left, the index has {articles} articles")]
    Vanished {
        /// The knowledge base.
        path: PathBuf,
        /// How many articles the index has.
        articles: u64,
    },
    /// There is nothing to index.
    #[error("{path}: no Markdown document in the knowledge base")]
    Empty {
        /// The knowledge base.
        path: PathBuf,
    },
    /// The index was written by another version of the program.
    #[error("{path}: index format {found}, this program reads format {expected}")]
    Format {
        /// The snapshot.
        path: PathBuf,
        /// The format that it was written in.
        found: u32,
        /// The format that this program reads.
        expected: u32,
    },
    /// The index is not what its manifest says.
    #[error("{path}: damaged: {reason}")]
    Damaged {
        /// The damaged file.
        path: PathBuf,
        /// The fault.
        reason: String,
    },
}

/// The result of reading or writing an index.
pub(crate) type Result<T, E = IndexError> = std::result::Result<T, E>;

impl From<FileError> for IndexError {
    fn from(FileError { path, source }: FileError) -> Self {
        Self::Io { path, source }
    }
}

impl IndexError {
    /// An I/O error with the path that it is about.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { path, source }
    }

    /// Whether more room on the disk would help.
    pub(crate) fn is_of_a_full_disk(&self) -> bool {
        let full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded];
        matches!(self, Self::Io { source, .. } if full.contains(&source.kind()))
    }

    pub(crate) fn damaged(path: &Path, reason: impl ToString) -> Self {
        Self::Damaged { path: path.to_path_buf(), reason: reason.to_string() }
    }
}
