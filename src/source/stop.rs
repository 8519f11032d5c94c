//! Work that nobody waits for any more ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
