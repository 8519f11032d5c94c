//! Whether another snapshot is live by now: a stat of one file.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::index::store::generations::CURRENT;

/// The identity of the file that names the live snapshot. Two that are equal name the same
/// snapshot; the file is replaced by rename, so each publication leaves another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileIdentity(Option<(Option<SystemTime>, u64, u64)>);

impl FileIdentity {
    /// Looks at the directory of an index. A file that is not there, or cannot be looked at, has an identity
    /// of its own: opening the snapshot tells what is wrong.
    pub(crate) fn take(directory: &Path) -> Self {
        let found = fs::metadata(directory.join(CURRENT)).ok();
        Self(found.map(|found| (found.modified().ok(), found.len(), file_number(&found))))
    }

    /// Whether there is a file that names a snapshot.
    pub(crate) fn exists(&self) -> bool {
        self.0.is_some()
    }
}

/// The number that the file system gives the file: the clock may be too coarse to tell two apart.
#[cfg(unix)]
fn file_number(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn file_number(_: &fs::Metadata) -> u64 {
    0
}
