//! The history of a server that is told to remember: each answer says what solved its incidents last time.
//!
//! A record that cannot be kept or read is told in the log, with its file, and costs no answer.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use shirube::KnowledgeBase;
use shirube::facts::Signature;
use shirube::jiff::civil::DateTime;
use shirube::misses::{self, Asked, Store};
use shirube::search::{Answer, LastTime};

/// The state of a file, by which it is told whether another server wrote into it.
type Stamp = Option<(u64, SystemTime)>;
type LastTimes = Arc<HashMap<Signature, LastTime>>;

/// The history in a store, read again where it has changed.
#[derive(Debug)]
pub(crate) struct History {
    store: Store,
    read: Mutex<(Stamp, LastTimes)>,
}

impl History {
    pub(crate) fn new(store: Store) -> Self {
        Self { store, read: Mutex::default() }
    }

    /// Says of each incident what solved it last time, as far as its article is still there, and keeps that it was
    /// asked about.
    pub(crate) fn answered(&self, manual: &KnowledgeBase, answer: &mut Answer, at: DateTime) {
        if let Err(error) = self.store.record_asked(&Asked::of(answer, at)) {
            tracing::error!(error = %error, "what was asked cannot be kept");
        }
        let last = self.last_times();
        for it in &mut answer.incidents {
            let Some(last) = last.get(&it.incident.signature) else { continue };
            let mut known = it.remedies.iter().chain(&it.related);
            let title = match known.find(|remedy| remedy.id == last.article) {
                Some(remedy) => Some(remedy.title.clone()),
                None => manual.article(&last.article).ok().flatten().map(|article| article.title),
            };
            it.last_time = title.map(|title| LastTime { title, ..last.clone() });
        }
    }

    fn last_times(&self) -> LastTimes {
        let path = self.store.feedback_path();
        let stamp = stamp(&path);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if stamp != read.0 {
            match self.store.read_feedback() {
                Ok((feedback, unreadable)) => {
                    *read = (stamp, Arc::new(misses::last_times(&feedback)));
                    if unreadable > 0 {
                        let path = path.display();
                        tracing::warn!(%path, lines = unreadable, "damaged lines are passed over");
                    }
                }
                // The state that was read before is answered from.
                Err(error) => {
                    read.0 = stamp;
                    tracing::error!(error = %error, "what helped before cannot be read");
                }
            }
        }
        Arc::clone(&read.1)
    }
}

fn stamp(path: &Path) -> Stamp {
    let file = fs::metadata(path).ok()?;
    Some((file.len(), file.modified().ok()?))
}
