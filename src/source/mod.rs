//! Where things stand in what was read, and in which words the reader is told about it.

mod decode;
mod lines;
mod location;
mod phrase;
mod pieces;
mod steering;
mod warning;

pub use decode::{Decoded, decode};
pub(crate) use decode::{decode_piece, plain_utf_8};
pub use lines::{Line, Lines, lines};
pub use location::{Location, Span};
pub use phrase::{Language, Phrase};
pub(crate) use pieces::Pieces;
pub use pieces::TextStream;
pub(crate) use steering::steers;
pub use warning::Warning;
