//! A count of the bytes that reading looks at, for the tests that say that it grows with the text and no faster.
//!
//! Counted is where a text is gone through: a line taken, a text folded, scanned, searched for words or matched
//! with a pattern. A place that weighs more (a hundred words looked for in one text) counts more.

#[cfg(test)]
std::thread_local! {
    static BYTES: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Takes note that so many bytes were looked at once more.
#[inline]
pub(crate) fn looked_at(bytes: usize) {
    #[cfg(test)]
    BYTES.with(|known| known.set(known.get() + bytes as u64));
    #[cfg(not(test))]
    let _ = bytes;
}

/// How many bytes this thread has looked at.
#[cfg(test)]
pub(crate) fn total() -> u64 {
    BYTES.with(std::cell::Cell::get)
}
