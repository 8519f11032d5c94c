//! Where things are in what was read, and in which words the reader is told about it.

mod address;
#[cfg(test)]
pub(crate) mod cases;
mod decode;
mod distinct;
mod lines;
mod location;
pub(crate) mod markup;
mod named;
mod phrase;
mod pieces;
mod references;
mod steering;
mod work;

#[doc(hidden)]
pub use address::{encoded_file, encoded_path};
#[cfg(test)]
pub(crate) use cases::cases;
#[doc(hidden)]
pub use decode::{Decoded, decode};
pub(crate) use decode::{decode_piece, plain_utf_8};
pub(crate) use distinct::add_new;
pub(crate) use lines::line_of;
#[doc(hidden)]
pub use lines::{Line, Lines, lines};
pub use location::Warning;
pub use location::{Location, Span};
pub(crate) use named::named;
pub(crate) use phrase::phrase;
pub use phrase::{Language, Phrase};
pub(crate) use pieces::Pieces;
#[doc(hidden)]
pub use pieces::TextStream;
pub(crate) use references::resolve_references;
pub(crate) use steering::steers;
pub use work::Stop;
#[cfg(test)]
pub(crate) use work::total as total_looked_at;
pub(crate) use work::{Budget, looked_at};
