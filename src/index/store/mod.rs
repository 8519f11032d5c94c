//! A snapshot on disk: its files and their checksums, how they are written, and which snapshot holds.
//!
//! 1. A shard is a tantivy index (`segment`) and a file of what is stored beside it (`format`, `stored`);
//! 2. the `manifest` lists the files, each part with its checksum (`checksums`), and `file` and `verify` compare them;
//! 3. `publish` writes a snapshot beside the others and lets it hold, under the lock of `generations`;
//! 4. `file_identity` says, for a stat, whether another one is live by now.

pub(in crate::index) mod checksums;
pub(in crate::index) mod file;
pub(in crate::index) mod file_identity;
pub(in crate::index) mod format;
pub(in crate::index) mod generations;
pub(in crate::index) mod manifest;
pub(in crate::index) mod publish;
pub(in crate::index) mod segment;
pub(in crate::index) mod stored;
pub(in crate::index) mod verify;
