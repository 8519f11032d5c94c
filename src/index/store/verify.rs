//! Whether the files of a snapshot are what was written.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::index::store::checksums::{Checksums, PART};
use crate::index::store::generations::current;
use crate::index::store::manifest::{FileEntry, MANIFEST, Manifest};
use crate::index::{IndexError, Result};

/// The result of reading every byte of a snapshot.
#[derive(Debug)]
#[non_exhaustive]
pub struct Verification {
    /// The directory of the snapshot that holds.
    pub snapshot: PathBuf,
    /// How many files there are beside the manifest, and how many bytes they have.
    pub files: usize,
    /// The bytes of those files together.
    pub bytes: u64,
    /// The damage, in the order of the manifest; empty where all is sound.
    pub damage: Vec<IndexError>,
}

/// Reads every byte of the snapshot that holds, and compares it with its checksums. It is mended by building
/// it anew from the articles ([`IndexOptions::verify`](crate::index::IndexOptions::verify)).
///
/// `None` where there is no snapshot.
///
/// # Errors
///
/// Where the directory cannot be read, `CURRENT` or the manifest is damaged, or the format is another.
pub fn verify(directory: &Path) -> Result<Option<Verification>, IndexError> {
    let Some(name) = current(directory)? else { return Ok(None) };
    let snapshot = directory.join(name);
    let path = snapshot.join(MANIFEST);
    let file = open(&path)?;
    // While it is locked nobody removes it. Where there are no locks, a file that vanishes is told below.
    let _ = file.lock_shared();
    let manifest = Manifest::read(&path, &fs::read(&path).map_err(IndexError::io(&path))?)?;
    let files: Vec<&FileEntry> = manifest.all_files().collect();
    let damage: Vec<Option<IndexError>> =
        files.par_iter().map(|file| verify_file(&snapshot, file).err()).collect();
    Ok(Some(Verification {
        snapshot,
        files: files.len(),
        bytes: manifest.bytes(),
        damage: damage.into_iter().flatten().collect(),
    }))
}

fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => IndexError::damaged(path, "the file is missing"),
        _ => IndexError::io(path)(error),
    })
}

/// So many bytes of a file are read at once: whole parts.
const BUFFER: usize = 16 * PART;

/// Compares a file of a snapshot with what its manifest says.
pub(in crate::index) fn verify_file(snapshot: &Path, entry: &FileEntry) -> Result<()> {
    let path = snapshot.join(&entry.name);
    let mut file = open(&path)?;
    let mut buffer = Vec::with_capacity(BUFFER);
    let (mut size, mut parts) = (0, Checksums::default());
    loop {
        buffer.clear();
        let read = file.by_ref().take(BUFFER as u64).read_to_end(&mut buffer);
        if read.map_err(IndexError::io(&path))? == 0 {
            break;
        }
        size += buffer.len() as u64;
        parts.extend(&buffer);
    }
    verdict(&path, entry, size, parts.whole())
}

/// Compares bytes that were read already.
pub(in crate::index) fn verify_bytes(path: &Path, entry: &FileEntry, bytes: &[u8]) -> Result<()> {
    verdict(path, entry, bytes.len() as u64, Checksums::of(bytes).whole())
}

fn verdict(path: &Path, entry: &FileEntry, size: u64, checksum: u64) -> Result<()> {
    if size != entry.size {
        let expected = entry.size;
        return Err(IndexError::damaged(path, format!("{size} bytes instead of {expected}")));
    }
    if checksum != entry.checksum {
        return Err(IndexError::damaged(path, "its checksum is another"));
    }
    Ok(())
}
