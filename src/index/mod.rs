//! The index: from articles to a snapshot on disk and back.
//!
//! 1. [`Inventory`] lists the files of a knowledge base, by a stat each;
//! 2. articles are dealt to shards by path (`deal`); what is kept of each article is a pure function of it
//!    (`digest`), or comes back from the shard that held it before (`carry`), and a shard is put together
//!    from its articles (`shard`, `lists`, `words`, `layout`, `posting`): a shard is a pure function of its
//!    articles, so neither threads nor history show;
//! 3. the shards and a manifest become a snapshot, which is published by renaming one small file
//!    (`publish`, `manifest`, `generations`);
//! 4. [`Snapshot::open`] maps it (`view`); a reader needs no write access.

mod address;
mod build;
mod digest;
mod error;
mod file;
mod generations;
mod holders;
mod keys;
mod layout;
mod manifest;
mod merge;
mod partition;
mod posting;
mod publish;
mod refresh;
mod remedial;
mod schema;
mod segment;
mod shard;
mod snapshot;
mod stamp;
mod step;
mod stored;
mod terms;
mod verify;
mod view;
mod vocabulary;
mod words;

#[doc(hidden)]
pub use crate::kb::{Inventory, Resources};
pub use crate::kb::{Links, Root};
pub(crate) use address::{Address, Extent};
#[doc(hidden)]
pub use build::build_in_memory;
pub use build::{BuildReport, IndexOptions};
pub(crate) use digest::CodeKeys;
pub use error::IndexError;
pub(crate) use holders::{PassageCursor, TermPostings};
pub(crate) use keys::{PATTERNS_KEY, heading_key, name_key, subject_key};
pub(crate) use layout::PassageRecord;
pub(crate) use posting::{Holders, Posting, Postings};
#[doc(hidden)]
pub use refresh::open_or_build;
pub(crate) use schema::Space;
#[doc(hidden)]
pub use snapshot::Snapshot;
pub(crate) use stamp::Stamp;
#[doc(hidden)]
pub use step::{Observer, Step};
pub(crate) use stored::{
    StoredArticle, StoredLink, StoredPassage, StoredTemplate, StoredText, TemplateToken,
};
#[doc(hidden)]
pub use verify::{Verification, verify};
pub(crate) use view::ShardView;
pub(crate) use vocabulary::Vocabulary;
