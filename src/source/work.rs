//! A count of the bytes that reading looks at: for the tests that say that it grows with the text and no faster, and
//! for the budget of a paste.
//!
//! Counted is where a text is gone through: a line taken, a text folded, scanned, searched for words or matched
//! with a pattern. A place that weighs more (a hundred words looked for in one text) counts more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

std::thread_local! {
    static BYTES: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Takes note that so many bytes were looked at once more.
#[inline]
pub(crate) fn looked_at(bytes: usize) {
    BYTES.with(|known| known.set(known.get().wrapping_add(bytes as u64)));
}

/// How many bytes this thread has looked at.
pub(crate) fn total() -> u64 {
    BYTES.with(std::cell::Cell::get)
}

/// How often a byte of a paste may be looked at. A plain log takes some twelve times, and no form that is known more than
/// twenty times as much.
const MOST: u64 = 400;
/// The budget of the shortest paste.
const ALWAYS: u64 = 4 << 20;

/// The work that a text may take, whatever format it is read as.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    end: u64,
}

impl Budget {
    /// The budget of a text of so many bytes that this thread reads.
    pub(crate) fn of(bytes: usize) -> Self {
        Self { end: total().saturating_add(ALWAYS + MOST * bytes as u64) }
    }

    pub(crate) fn is_spent(&self) -> bool {
        total() > self.end
    }
}

/// A sign to work that takes long that nobody waits for it any more. Clones are one sign; whoever holds one may give it,
/// from any thread. What the work returns then is what it had come to, and worth nothing.
///
/// ```
/// use shirube::source::Stop;
///
/// let stop = Stop::default();
/// let other = stop.clone();
/// stop.stop();
/// assert!(other.is_stopped());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Gives the sign; it stays given.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was given.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
