//! The index: from articles to a snapshot on disk and back.
//!
//! 1. [`Inventory`] lists the files of a knowledge base, by a stat each;
//! 2. articles are dealt to shards by path, and each shard is built by itself (`shard`, `schema`,
//!    `record`): a shard is a pure function of its articles, so neither threads nor history show;
//! 3. the shards and a manifest become a snapshot, which is published by renaming one small file
//!    (`publish`, `manifest`, `generations`);
//! 4. [`Snapshot::open`] reads it back through a read-only directory of its own (`packed`), which
//!    needs no write access and takes no lock of tantivy's.

mod build;
mod embedded;
mod error;
mod generations;
mod inventory;
mod manifest;
mod packed;
mod publish;
mod refresh;
mod remedial;
mod resources;
mod schema;
mod shard;
mod snapshot;
mod stamp;
mod step;
mod stored;
mod term_list;
mod verify;
mod vocabulary;

pub use build::{BuildReport, IndexOptions, build_in_memory};
pub use error::IndexError;
pub use inventory::{Inventory, Root};
pub use refresh::open_or_build;
pub use resources::Resources;
pub(crate) use schema::Fields;
pub(crate) use shard::code_keys;
pub use snapshot::Snapshot;
pub(crate) use stamp::Stamp;
pub use step::{Observer, Step};
pub(crate) use stored::{StoredArticle, StoredPassage, StoredTemplate, StoredText, TemplateToken};
pub use verify::{Verification, verify};
pub(crate) use vocabulary::Vocabulary;
