//! An answer in words: what is said of it, in one language, on the terminal and on the page alike.
//!
//! 1. [`words`] and [`visible`]: the fixed words of both languages; text from outside is made harmless;
//! 2. [`incident`]: how often, when, on which devices; [`read`]: what the paste was taken for;
//! 3. [`remedy`]: mark, scope, age; [`evidence`]: why;
//! 4. [`flow`]: what a check flow came to, and [`advice`]: what the flows of one symptom have in common;
//! 5. [`markdown`]: what of a passage is shown, and where its links lead.
//!
//! Its place on the screen is up to the layouts: `text`, `html`, `json`.

pub(super) mod advice;
pub(super) mod evidence;
pub(super) mod flow;
pub(super) mod incident;
pub(super) mod markdown;
pub(super) mod read;
pub(super) mod remedy;
mod visible;
mod words;

pub use visible::{visible, visible_columns};

pub(super) use visible::{harmless, sanitized, steers};
pub(super) use words::{age, level, long_date, say, separator, severity, some_of};
