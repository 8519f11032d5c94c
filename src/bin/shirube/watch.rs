//! Follows the files of knowledge bases, and says when it is time to look at them again.
//!
//! The system tells of changes at once, and they are gathered until nothing more comes for a moment: an editor
//! writes a file in several steps. Since some file systems tell nothing, and a directory that is moved away
//! and put back is another one, the files are looked at from time to time all the same.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// Nothing must have come for so long.
const QUIET: Duration = Duration::from_millis(200);
/// The longest time between two looks.
const LOOK: Duration = Duration::from_secs(5);

/// Why [`Watch::next`] returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wake {
    /// Something changed, or may have.
    Look,
    /// Ctrl-C.
    Interrupt,
}

pub(crate) struct Watch {
    directories: Vec<PathBuf>,
    ignored: Option<PathBuf>,
    wakes: Receiver<Wake>,
    sender: Sender<Wake>,
    debouncer: Option<Debouncer<RecommendedWatcher, RecommendedCache>>,
}

impl Watch {
    /// Follows directories; what happens in `ignored` is the program's own doing.
    pub(crate) fn new(directories: Vec<PathBuf>, ignored: Option<PathBuf>) -> Self {
        let (sender, wakes) = mpsc::channel();
        let interrupt = sender.clone();
        // Where there is a handler already, Ctrl-C ends the program: the index is whole all the same.
        let _ = ctrlc::set_handler(move || {
            let _ = interrupt.send(Wake::Interrupt);
        });
        let mut watch = Self { directories, ignored, wakes, sender, debouncer: None };
        watch.follow();
        watch
    }

    /// Waits until there is something to do.
    pub(crate) fn next(&mut self) -> Wake {
        let wake = match self.wakes.recv_timeout(LOOK) {
            Ok(Wake::Interrupt) => return Wake::Interrupt,
            Ok(Wake::Look) => Wake::Look,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                // A directory that was replaced is another one by now.
                self.follow();
                Wake::Look
            }
        };
        // Changes that came meanwhile are answered by the same look.
        while let Ok(more) = self.wakes.try_recv() {
            if more == Wake::Interrupt {
                return Wake::Interrupt;
            }
        }
        wake
    }

    fn follow(&mut self) {
        let sender = self.sender.clone();
        let ignored = self.ignored.clone();
        let told = move |result: DebounceEventResult| {
            let relevant = match result {
                Ok(events) => events.iter().any(|event| {
                    !matches!(event.kind, EventKind::Access(_))
                        && event
                            .paths
                            .iter()
                            .any(|path| !ignored.as_ref().is_some_and(|own| path.starts_with(own)))
                }),
                // Events were lost: a look finds out.
                Err(_) => true,
            };
            if relevant {
                let _ = sender.send(Wake::Look);
            }
        };
        self.debouncer = new_debouncer(QUIET, None, told).ok().map(|mut debouncer| {
            for directory in &self.directories {
                // A directory that cannot be watched is looked at from time to time.
                let _ = debouncer.watch(directory, RecursiveMode::Recursive);
            }
            debouncer
        });
    }
}
