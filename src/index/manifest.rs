//! What a snapshot consists of.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::IndexError;
use super::schema::FORMAT_VERSION;

/// The name of the manifest in a snapshot's directory.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The table of contents of a snapshot, written last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// [`FORMAT_VERSION`] of the program that wrote it; read before anything else.
    pub(crate) format: u32,
    /// Of everything that all articles depend on: resources and the program's version.
    pub(crate) resources_fingerprint: u64,
    /// How many articles, passages and templates the shards hold.
    pub(crate) articles: u64,
    pub(crate) passages: u64,
    pub(crate) templates: u64,
    pub(crate) shards: Vec<ShardEntry>,
    /// The other files: name, bytes, checksum.
    pub(crate) files: Vec<FileEntry>,
}

/// One shard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ShardEntry {
    pub(crate) file: FileEntry,
    /// Of the articles that the shard was built from; equal fingerprints, equal answers.
    pub(crate) fingerprint: u64,
    /// The virtual files, as half-open byte ranges of the shard's file.
    pub(crate) parts: Vec<Part>,
    pub(crate) articles: u64,
    pub(crate) passages: u64,
    pub(crate) templates: u64,
}

/// A virtual file in a shard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A file of the snapshot with what its bytes must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    pub(crate) name: String,
    pub(crate) size: u64,
    /// XXH3, 64 bits, of the whole file.
    pub(crate) checksum: u64,
}

impl Manifest {
    /// Reads a manifest, telling another format from damage.
    pub(crate) fn read(path: &Path, bytes: &[u8]) -> Result<Self, IndexError> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let version: Version =
            serde_json::from_slice(bytes).map_err(|error| IndexError::damaged(path, error))?;
        if version.format != FORMAT_VERSION {
            return Err(IndexError::Format {
                path: path.to_path_buf(),
                found: version.format,
                expected: FORMAT_VERSION,
            });
        }
        serde_json::from_slice(bytes).map_err(|error| IndexError::damaged(path, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_future_format_is_told_from_damage() {
        let path = Path::new("manifest.json");
        let future = br#"{"format": 4000, "what": "ever"}"#;
        assert!(matches!(
            Manifest::read(path, future),
            Err(IndexError::Format { found: 4000, .. })
        ));
        assert!(matches!(Manifest::read(path, b"{\"form"), Err(IndexError::Damaged { .. })));
    }
}
