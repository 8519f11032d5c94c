//! The manifest: the files of a snapshot.

use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::index::store::checksums::Checksums;
use crate::index::store::format::FORMAT_VERSION;
use crate::index::{IndexError, Resources, Result};

/// The name of the manifest in a snapshot's directory.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The checksums of the parts of every other file, in the order of [`Manifest::all_files`].
pub(crate) const CHECKSUMS: &str = "checksums.bin";

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
    /// The files and folders of the knowledge base that could not be read.
    pub(crate) unread: Vec<String>,
    /// The other files: name, bytes, checksum.
    pub(crate) files: Vec<FileEntry>,
    /// XXH3, 64 bits, of this manifest as it is written with a checksum of 0.
    pub(crate) checksum: u64,
}

/// Changes when anything changes that all articles depend on.
pub(crate) fn fingerprint(resources: &Resources) -> u64 {
    fingerprint_in(resources, FORMAT_VERSION, env!("CARGO_PKG_VERSION"))
}

fn fingerprint_in(resources: &Resources, format: u32, program: &str) -> u64 {
    let mut hasher = Xxh3::new();
    hasher.update(&format.to_le_bytes());
    hasher.update(program.as_bytes());
    hasher.update(&resources.to_bytes());
    hasher.digest()
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ShardEntry {
    /// Its tantivy index, and what is stored beside it.
    pub(crate) files: Vec<FileEntry>,
    /// Of the articles that are alive: the sum of their fingerprints.
    pub(crate) content: u64,
    /// How many of each are alive.
    pub(crate) articles: u64,
    pub(crate) passages: u64,
    pub(crate) templates: u64,
    pub(crate) lengths: Lengths,
}

/// How long the fields of a shard are, all documents together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Lengths {
    pub(crate) title_words: u64,
    pub(crate) title_bigrams: u64,
    pub(crate) heading_words: u64,
    pub(crate) words: u64,
    pub(crate) bigrams: u64,
    pub(crate) template_words: u64,
}

impl Lengths {
    pub(crate) fn add(self, other: &Self) -> Self {
        Self {
            title_words: self.title_words + other.title_words,
            title_bigrams: self.title_bigrams + other.title_bigrams,
            heading_words: self.heading_words + other.heading_words,
            words: self.words + other.words,
            bigrams: self.bigrams + other.bigrams,
            template_words: self.template_words + other.template_words,
        }
    }
}

/// A file of the snapshot with what its bytes must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    pub(crate) name: String,
    pub(crate) size: u64,
    /// XXH3, 64 bits, of the checksums of its parts.
    pub(crate) checksum: u64,
    /// Those, once they were read.
    #[serde(skip)]
    pub(in crate::index) parts: Checksums,
}

impl FileEntry {
    pub(in crate::index) fn new(name: &str, bytes: &[u8]) -> Self {
        let parts = Checksums::of(bytes);
        let (name, size, checksum) = (name.to_owned(), bytes.len() as u64, parts.whole());
        Self { name, size, checksum, parts }
    }

    /// The name of a shard's file within the directory of the shard.
    pub(crate) fn in_shard(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }
}

impl Manifest {
    /// Whether both hold the same articles and would answer alike.
    pub(crate) fn answers_like(&self, other: &Self) -> bool {
        let content = |manifest: &Self| {
            manifest.shards.iter().fold(0_u64, |sum, shard| sum.wrapping_add(shard.content))
        };
        let counts = |manifest: &Self| (manifest.format, manifest.articles, content(manifest));
        let files = |manifest: &Self| {
            let others = manifest.files.iter().filter(|file| file.name != CHECKSUMS);
            others.map(|file| (file.name.clone(), file.checksum)).collect::<Vec<_>>()
        };
        counts(self) == counts(other) && files(self) == files(other)
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(&Self { checksum: self.true_checksum(), ..self.clone() })
            .expect("strings and numbers always serialize")
    }

    fn true_checksum(&self) -> u64 {
        let bytes = serde_json::to_vec(&Self { checksum: 0, ..self.clone() });
        xxh3_64(&bytes.expect("strings and numbers always serialize"))
    }

    pub(crate) fn file(&self, name: &str) -> Result<&FileEntry> {
        let found = self.files.iter().find(|file| file.name == name);
        found.ok_or_else(|| IndexError::damaged(Path::new(name), "the manifest lacks the file"))
    }

    /// Every file of the snapshot but the manifest.
    pub(crate) fn all_files(&self) -> impl Iterator<Item = &FileEntry> {
        self.files.iter().chain(self.shards.iter().flat_map(|shard| &shard.files))
    }

    /// The checksums of the parts of all files, as [`CHECKSUMS`] holds them.
    pub(crate) fn checksums(&self) -> Vec<u8> {
        let others = self.all_files().filter(|file| file.name != CHECKSUMS);
        others.flat_map(|file| file.parts.to_bytes()).collect()
    }

    /// Reads the checksums of the parts of all files.
    pub(crate) fn read_checksums(&mut self, snapshot: &Path) -> Result<()> {
        let path = snapshot.join(CHECKSUMS);
        let bytes = std::fs::read(&path).map_err(IndexError::io(&path))?;
        let mut rest = bytes.as_slice();
        let of_shards = self.shards.iter_mut().flat_map(|shard| &mut shard.files);
        for file in self.files.iter_mut().chain(of_shards).filter(|file| file.name != CHECKSUMS) {
            let parts = Checksums::take(&mut rest, file.size);
            let parts = parts.filter(|parts| parts.whole() == file.checksum);
            file.parts =
                parts.ok_or_else(|| IndexError::damaged(&path, "its checksum is another"))?;
        }
        Ok(())
    }

    /// The bytes of those files together.
    pub(crate) fn bytes(&self) -> u64 {
        self.all_files().map(|file| file.size).sum()
    }

    /// Reads a manifest, telling another format from damage.
    pub(crate) fn read(path: &Path, bytes: &[u8]) -> Result<Self> {
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
        let manifest: Self =
            serde_json::from_slice(bytes).map_err(|error| IndexError::damaged(path, error))?;
        if manifest.checksum != manifest.true_checksum() {
            return Err(IndexError::damaged(path, "its checksum is another"));
        }
        Ok(manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_bit_can_change_what_it_says() {
        let file = |name: &str| FileEntry::new(name, &[7; 70_000]);
        let manifest = Manifest {
            format: FORMAT_VERSION,
            resources_fingerprint: 7,
            articles: 25,
            passages: 90,
            templates: 60,
            shards: Vec::new(),
            unread: Vec::new(),
            files: vec![file("resources.bin"), file("vocabulary.bin")],
            checksum: 0,
        };
        let path = Path::new("manifest.json");
        let bytes = manifest.to_bytes();
        let read = Manifest::read(path, &bytes).expect("it is sound");
        assert_eq!(read.to_bytes(), manifest.to_bytes());
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            // White space says nothing.
            if let Ok(other) = Manifest::read(path, &damaged) {
                assert_eq!(other, read, "bit {bit}");
            }
        }
    }

    #[test]
    fn another_program_or_format_indexes_anew() {
        let resources = Resources::default();
        let now = fingerprint_in(&resources, 7, "0.1.0");
        assert_eq!(now, fingerprint_in(&resources, 7, "0.1.0"));
        assert_ne!(now, fingerprint_in(&resources, 7, "0.1.1"));
        assert_ne!(now, fingerprint_in(&resources, 8, "0.1.0"));
    }

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
