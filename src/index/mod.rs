//! The index: from articles to a snapshot on disk and back, on tantivy.
//!
//! 1. `schema` names the fields of a shard, and the keys that are in them;
//! 2. `build` makes shards of articles: what is kept of an article is a pure function of it (`build::article_indexer`); only
//!    articles that changed are indexed, and small or worn shards are merged (`build::partition`, `build::merge`);
//! 3. `store` writes shards and a manifest as a snapshot, and lets it hold by renaming one small file;
//! 4. `read` opens it, and compares what is read with its checksums; a reader needs no write access;
//! 5. `refresh` says which of these is needed.

mod build;
mod error;
mod progress;
mod read;
mod refresh;
mod schema;
mod store;

#[doc(hidden)]
pub use crate::kb::{Inventory, Resources};
pub use crate::kb::{Links, Root};
#[doc(hidden)]
pub use build::build_in_memory;
pub use build::{BuildReport, IndexOptions};
pub use error::IndexError;
pub(crate) use error::Result;
#[doc(hidden)]
pub use progress::{OnProgress, Progress};
pub(crate) use read::address::{Address, Extent};
pub(crate) use read::bm25f::FieldWeights;
pub(crate) use read::posting::Postings;
pub(crate) use read::reader::ShardReader;
pub(crate) use read::saturation::Saturation;
#[doc(hidden)]
pub use read::snapshot::Snapshot;
pub(crate) use read::term_postings::{PassageCursor, TermPostings};
pub(crate) use read::vocabulary::Vocabulary;
#[doc(hidden)]
pub use refresh::open_or_build;
pub(crate) use schema::Field;
pub(crate) use schema::keys::{
    CodeKeys, PATTERNS_KEY, PINNED_KEY, heading_key, name_key, subject_key,
};
pub(crate) use store::file_identity::FileIdentity;
pub(crate) use store::stored::{
    PassageHead, StoredArticle, StoredPassage, StoredTemplate, StoredText, TemplateToken,
};
#[doc(hidden)]
pub use store::verify::{Verification, verify};
