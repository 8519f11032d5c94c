//! Steps of a build, told to whoever watches it.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// A step of building and publishing a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress<'s> {
    /// Another process builds the same index; its end is waited for.
    Waiting,
    /// The remains of a killed process are about to be removed.
    Cleaning {
        /// The file or directory.
        path: &'s Path,
    },
    /// So many articles are indexed, or taken over because their shard did not change.
    Indexing {
        /// How many.
        done: usize,
        /// How many there are.
        of: usize,
    },
    /// So much of a file of the new snapshot is written.
    Writing {
        /// The name of the file within the snapshot.
        file: &'s str,
        /// Bytes.
        written: u64,
        /// Bytes of the whole file.
        total: u64,
    },
    /// Everything is written and about to be compared with its checksums.
    Verifying,
    /// The new snapshot is whole and about to be given its name.
    Naming,
    /// The file that makes the new snapshot the one that holds is written and about to take its place.
    Switching,
    /// The new snapshot holds.
    Live,
    /// An older snapshot, which nobody reads, is about to be removed.
    Removing {
        /// Its directory.
        path: &'s Path,
    },
}

/// Is told each [`Progress`], on the thread that takes it; the build goes on when it returns.
#[derive(Clone, Default)]
pub struct OnProgress(Option<Arc<Observe>>);

type Observe = dyn Fn(Progress<'_>) + Send + Sync;

impl OnProgress {
    /// Tells `observe` the steps.
    pub fn new(observe: impl Fn(Progress<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(observe)))
    }

    pub(crate) fn tell(&self, step: Progress<'_>) {
        if let Some(observe) = &self.0 {
            observe(step);
        }
    }
}

impl fmt::Debug for OnProgress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "OnProgress" } else { "OnProgress(none)" })
    }
}
