//! Errors of the store.

use std::io;
use std::path::{Path, PathBuf};

/// A file of the store could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct StoreError {
    path: PathBuf,
    source: io::Error,
}

impl StoreError {
    pub(super) fn new(path: &Path, source: io::Error) -> Self {
        Self { path: path.to_path_buf(), source }
    }

    /// The file or directory that it is about.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
