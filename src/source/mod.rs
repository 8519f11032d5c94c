//! Where things stand in what was read, and in which words the reader is told about it.

mod decode;
mod lines;
mod location;
mod phrase;
mod warning;

pub use decode::{Decoded, decode};
pub use lines::{Line, Lines, lines};
pub use location::{Location, Span};
pub use phrase::{Language, Phrase};
pub use warning::Warning;
