//! Where things stand in what was read, and in which words the reader is told about it.

mod location;
mod phrase;
mod warning;

pub use location::{Location, Span};
pub use phrase::{Language, Phrase};
pub use warning::Warning;
