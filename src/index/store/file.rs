//! A file of a snapshot as it is read: each part is compared with its checksum before its bytes are first used.
//!
//! So opening a large snapshot costs no more than what a search reads of it, and damage of any size is an error
//! rather than another answer. A file that is written to under a reader is told by its size and its time.

use std::fs::{File, Metadata};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;
use std::{fmt, io};

use memmap2::Mmap;
use rayon::prelude::*;
use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};
use xxhash_rust::xxh3::xxh3_64;

use crate::index::store::checksums::{Checksums, PART};
use crate::index::store::manifest::FileEntry;
use crate::index::{IndexError, Result};

/// From so many parts on they are compared by all cores.
const MANY_PARTS: usize = 64;

#[derive(Clone)]
pub(in crate::index) struct ShardFile(Arc<Inner>);

struct Inner {
    bytes: OwnedBytes,
    /// `None` where the bytes were just built.
    mapped: Option<Mapped>,
}

struct Mapped {
    path: PathBuf,
    file: File,
    identity: (u64, Option<SystemTime>),
    checksums: Checksums,
    /// Which parts were compared and found sound, a bit each.
    sound: Box<[AtomicU64]>,
}

impl From<OwnedBytes> for ShardFile {
    fn from(bytes: OwnedBytes) -> Self {
        Self(Arc::new(Inner { bytes, mapped: None }))
    }
}

impl fmt::Debug for ShardFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.0.mapped.as_ref().map(|mapped| &mapped.path);
        formatter.debug_struct("ShardFile").field("path", &path).finish_non_exhaustive()
    }
}

impl ShardFile {
    /// Maps a file. Its size is compared with the manifest's; its parts are as they are read.
    pub(in crate::index) fn map(path: &Path, entry: &FileEntry) -> Result<Self> {
        let file = File::open(path).map_err(IndexError::io(path))?;
        let found = file.metadata().map_err(IndexError::io(path))?;
        if found.len() != entry.size {
            return Err(IndexError::damaged(
                path,
                format!("{} bytes instead of {}", found.len(), entry.size),
            ));
        }
        #[allow(unsafe_code, reason = "the only way to map a file")]
        // SAFETY: a snapshot's files are never written to once they have their name, and its lock keeps them
        // from being removed. Should another program change them all the same, that is looked for before each
        // answer, and the bytes are plain numbers that are checked wherever they are used.
        let bytes = unsafe { Mmap::map(&file) }.map_err(IndexError::io(path))?;
        let words = bytes.len().div_ceil(PART).div_ceil(64);
        let mapped = Mapped {
            path: path.to_path_buf(),
            identity: identity(&found),
            file,
            checksums: entry.parts.clone(),
            sound: (0..words).map(|_| AtomicU64::new(0)).collect(),
        };
        Ok(Self(Arc::new(Inner { bytes: OwnedBytes::new(bytes), mapped: Some(mapped) })))
    }

    /// Some of the bytes, compared with their checksums.
    pub(in crate::index) fn read(&self, range: Range<usize>) -> io::Result<&[u8]> {
        self.verify(range.clone())?;
        self.0.bytes.get(range).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// All of the bytes, compared with their checksums.
    pub(in crate::index) fn read_all(&self) -> io::Result<&[u8]> {
        self.read(0..self.0.bytes.len())
    }

    /// Some bytes that were read before, and so compared; none where there are not so many.
    pub(in crate::index) fn again(&self, range: Range<usize>) -> &[u8] {
        self.0.bytes.get(range).unwrap_or_default()
    }

    /// That nobody has written to the file, or cut it off, since it was mapped.
    pub(in crate::index) fn unchanged(&self) -> Result<()> {
        let Some(mapped) = &self.0.mapped else { return Ok(()) };
        let found = mapped.file.metadata().map_err(IndexError::io(&mapped.path))?;
        if identity(&found) != mapped.identity {
            return Err(IndexError::damaged(
                &mapped.path,
                "the file was changed while it was read",
            ));
        }
        Ok(())
    }

    fn verify(&self, range: Range<usize>) -> io::Result<()> {
        let Some(mapped) = &self.0.mapped else { return Ok(()) };
        let parts = range.start / PART..range.end.div_ceil(PART);
        if parts.len() < MANY_PARTS {
            return parts.into_iter().try_for_each(|part| self.verify_part(mapped, part));
        }
        parts.into_par_iter().try_for_each(|part| self.verify_part(mapped, part))
    }

    fn verify_part(&self, mapped: &Mapped, part: usize) -> io::Result<()> {
        let (Some(sound), bit) = (mapped.sound.get(part / 64), 1 << (part % 64)) else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        if sound.load(Ordering::Relaxed) & bit != 0 {
            return Ok(());
        }
        let bytes = self.0.bytes.get(part * PART..).unwrap_or_default();
        let bytes = bytes.get(..PART).unwrap_or(bytes);
        if mapped.checksums.get(part) != Some(&xxh3_64(bytes)) {
            let reason = format!("{}: its checksum is another", mapped.path.display());
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        sound.fetch_or(bit, Ordering::Relaxed);
        Ok(())
    }
}

/// The length and the time of the last change: one of them changes where a file is written to.
fn identity(found: &Metadata) -> (u64, Option<SystemTime>) {
    (found.len(), found.modified().ok())
}

impl HasLen for ShardFile {
    fn len(&self) -> usize {
        self.0.bytes.len()
    }
}

impl FileHandle for ShardFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        self.read(range.clone())?;
        Ok(self.0.bytes.slice(range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of ten parts and a bit, with what the manifest says of it.
    fn file(directory: &Path) -> (PathBuf, FileEntry, Vec<u8>) {
        let bytes: Vec<u8> = (0..PART * 10 + 77).map(|place| (place * 31 % 251) as u8).collect();
        let path = directory.join("file");
        std::fs::write(&path, &bytes).expect("a file");
        (path, FileEntry::new("file", &bytes), bytes)
    }

    #[test]
    fn only_the_part_that_is_damaged_cannot_be_read() {
        let directory = tempfile::tempdir().expect("a directory");
        let (path, entry, mut bytes) = file(directory.path());
        bytes[PART * 3 + 5] ^= 1;
        std::fs::write(&path, &bytes).expect("a file");
        let file = ShardFile::map(&path, &entry).expect("it has its size");
        assert_eq!(file.read(0..PART * 3).expect("sound"), &bytes[..PART * 3]);
        assert_eq!(file.read(PART * 4..bytes.len()).expect("sound"), &bytes[PART * 4..]);
        for damaged in [PART * 3..PART * 3 + 1, PART * 3 - 1..PART * 3 + 1, 0..bytes.len()] {
            assert!(file.read(damaged).expect_err("damaged").to_string().contains("file"));
        }
        assert!(file.read(0..bytes.len() + 1).is_err());
        assert!(file.read(usize::MAX - 1..usize::MAX).is_err());
    }

    #[test]
    fn a_file_that_is_cut_off_or_written_to_is_told() {
        let directory = tempfile::tempdir().expect("a directory");
        let (path, entry, bytes) = file(directory.path());
        let file = ShardFile::map(&path, &entry).expect("it has its size");
        file.unchanged().expect("nobody wrote to it");
        let opened = File::options().write(true).open(&path).expect("a file");
        opened.set_len(PART as u64).expect("it can be cut off");
        assert!(file.unchanged().is_err());
        assert!(ShardFile::map(&path, &entry).is_err());
        std::fs::write(&path, &bytes[1..]).expect("a file");
        assert!(file.unchanged().is_err());
    }
}
