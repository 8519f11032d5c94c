//! The files of a knowledge base, read in one way by search, check, export and import.
//!
//! 1. a [`Root`] is a directory, or what the library carries (`embedded`);
//! 2. the path of a file says what part it plays (`role`);
//! 3. [`Inventory`] lists the files that play one, by a stat each, and what could not be read;
//! 4. `decode` makes text of their bytes;
//! 5. [`Resources`] are what all articles share, [`Settings`] what the team says in `shirube.toml`;
//! 6. [`load`] reads all of it into [`Documents`], for the checks;
//! 7. `journal` appends to files beside a knowledge base: how its samples ranked, what it did not answer.

mod decode;
mod documents;
mod inventory;
mod journal;
mod resources;
mod role;
mod root;
mod settings;
mod walk;

pub(crate) use decode::{article, decode};
pub use documents::{Documents, embedded, load};
pub use inventory::Inventory;
pub(crate) use inventory::InventoryEntry;
pub(crate) use journal::Journal;
pub(crate) use resources::pairs;
pub use resources::{Resources, TextFile};
pub(crate) use role::FileRole;
pub(crate) use role::{decode_link, link_parts, resolve_link};
pub use root::FileError;
pub use root::Root;
pub use settings::{Level, RuleLevel, Settings};
pub use walk::Links;
