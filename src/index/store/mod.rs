//! A snapshot on disk: its files and their checksums, how they are written, and which snapshot holds.

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
