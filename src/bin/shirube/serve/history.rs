//! The history of a server that is told to remember: each answer says what solved its incidents last time.
//!
//! Questions and answers are written by a thread of its own, so that no answer waits for a disk or for another process's lock.
//! A record that cannot be kept or read is told in the log, with its file, and costs no answer.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::SystemTime;

use shirube::KnowledgeBase;
use shirube::facts::Signature;
use shirube::jiff::civil::DateTime;
use shirube::misses::{self, Asked, Store};
use shirube::search::{Answer, LastTime};

/// The state of a file, by which it is told whether another server wrote into it.
type SizeAndTime = Option<(u64, SystemTime)>;
type LastTimes = Arc<HashMap<Signature, LastTime>>;

/// How many pastes may wait to be written down. More wait only where the disk does not answer; those are not kept.
const MOST_WAITING: usize = 1024;

#[derive(Debug)]
enum Message {
    Asked(Vec<Asked>),
    /// All that was sent before is to be written; then it is said so.
    Settle(Sender<()>),
}

/// The history in a store, read again where it has changed.
#[derive(Debug)]
pub(crate) struct History {
    store: Store,
    read: Mutex<(SizeAndTime, LastTimes)>,
    /// `None` once the server ends.
    queue: Option<SyncSender<Message>>,
    writer: Option<JoinHandle<()>>,
}

impl History {
    pub(crate) fn new(store: Store) -> Self {
        let (queue, messages) = sync_channel(MOST_WAITING);
        let kept = store.clone();
        let writer = thread::spawn(move || write(&kept, messages));
        Self { store, read: Mutex::default(), queue: Some(queue), writer: Some(writer) }
    }

    /// Returns when all that was asked so far is written down.
    pub(crate) fn settle(&self) {
        let (settled, told) = channel();
        let sent = self.queue.as_ref().map(|queue| queue.send(Message::Settle(settled)));
        if sent.is_some_and(|sent| sent.is_ok()) {
            // A thread that is gone has nothing left to write.
            let _ = told.recv();
        }
    }

    /// Says of each incident what solved it last time, if its article is still there, and keeps that it was asked.
    pub(crate) fn answered(&self, manual: &KnowledgeBase, answer: &mut Answer, at: DateTime) {
        let asked = Message::Asked(Asked::of(answer, at));
        let sent = self.queue.as_ref().map(|queue| queue.try_send(asked));
        if sent.is_none_or(|sent| sent.is_err()) {
            tracing::error!("what was asked cannot be kept: too much waits to be written");
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
        let path = self.store.feedback.path();
        let size_and_time = size_and_time(path);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if size_and_time != read.0 {
            match self.store.feedback.read() {
                Ok((feedback, unreadable)) => {
                    *read = (size_and_time, Arc::new(misses::last_times(&feedback)));
                    if unreadable > 0 {
                        let path = path.display();
                        tracing::warn!(%path, lines = unreadable, "damaged lines are passed over");
                    }
                }
                // The state that was read before is answered from.
                Err(error) => {
                    read.0 = size_and_time;
                    tracing::error!(error = %error, "what helped before cannot be read");
                }
            }
        }
        Arc::clone(&read.1)
    }
}

impl Drop for History {
    /// All that waits is written before the server ends.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

/// Writes down what is sent until nobody sends any more.
fn write(store: &Store, messages: Receiver<Message>) {
    for message in messages {
        match message {
            Message::Asked(asked) => {
                if let Err(error) = store.asked.record(&asked) {
                    tracing::error!(error = %error, "what was asked cannot be kept");
                }
            }
            // Who no longer waits need not be told.
            Message::Settle(settled) => drop(settled.send(())),
        }
    }
}

fn size_and_time(path: &Path) -> SizeAndTime {
    let file = fs::metadata(path).ok()?;
    Some((file.len(), file.modified().ok()?))
}
