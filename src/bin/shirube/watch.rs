//! Follows the files of knowledge bases, and says when it is time to look at them again.
//!
//! The system tells of changes at once, and they are gathered until nothing more comes for a moment: an editor
//! writes a file in several steps. Since some file systems tell nothing, and a directory that is moved away
//! and put back is another one, the files are looked at from time to time all the same.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// Nothing must have come for so long.
const QUIET: Duration = Duration::from_millis(200);
/// The longest time between two looks.
const LOOK: Duration = Duration::from_secs(5);

pub(crate) struct Watch {
    directories: Vec<PathBuf>,
    ignored: Option<PathBuf>,
    /// Whether something changed, or may have; `false` after Ctrl-C.
    wakes: Receiver<bool>,
    sender: Sender<bool>,
    debouncer: Option<Debouncer<RecommendedWatcher, RecommendedCache>>,
}

impl Watch {
    /// Follows directories; what happens in `ignored` is the program's own doing.
    pub(crate) fn new(directories: Vec<PathBuf>, ignored: Option<PathBuf>) -> Self {
        let (sender, wakes) = mpsc::channel();
        let interrupt = sender.clone();
        // Where there is a handler already, Ctrl-C ends the program: the index is whole all the same.
        let _ = ctrlc::set_handler(move || {
            let _ = interrupt.send(false);
        });
        let mut watch = Self { directories, ignored, wakes, sender, debouncer: None };
        watch.follow();
        watch
    }

    /// Waits until it is time to look, and returns whether it is; `false` where Ctrl-C ends it.
    pub(crate) fn next(&mut self) -> bool {
        let looks = self.wakes.recv_timeout(LOOK).unwrap_or_else(|_| {
            // A directory that was replaced is another one by now.
            self.follow();
            true
        });
        // Changes that came meanwhile are answered by the same look.
        looks && self.wakes.try_iter().all(|looks| looks)
    }

    fn follow(&mut self) {
        let sender = self.sender.clone();
        let ignored = self.ignored.clone();
        let told = move |result: DebounceEventResult| {
            let own = |path: &PathBuf| ignored.as_ref().is_some_and(|own| path.starts_with(own));
            // Where events were lost, a look finds out.
            if result.map_or(true, |events| {
                let mut changes =
                    events.iter().filter(|it| !matches!(it.kind, EventKind::Access(_)));
                changes.any(|event| !event.paths.iter().all(own))
            }) {
                let _ = sender.send(true);
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
