//! A read-only tantivy directory over the shards of a snapshot.
//!
//! A shard is one file: the files of one tantivy segment behind each other, found by the manifest's
//! table. All shards of a snapshot together look to tantivy like one index with a segment a shard.
//! Nothing is ever written, and the locks that tantivy asks for are granted without a file, so
//! a reader needs no write access; what keeps files from vanishing is the snapshot's own lock.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, FileSlice, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Directory, HasLen as _};

/// The virtual files of all shards.
#[derive(Debug, Clone)]
pub(crate) struct PackedDirectory {
    files: Arc<BTreeMap<PathBuf, FileSlice>>,
}

impl PackedDirectory {
    /// A directory of these files.
    pub(crate) fn new(files: BTreeMap<PathBuf, FileSlice>) -> Self {
        Self { files: Arc::new(files) }
    }

    /// A file that stands in memory.
    pub(crate) fn file_in_memory(bytes: Vec<u8>) -> FileSlice {
        FileSlice::new(Arc::new(OwnedBytes::new(bytes)))
    }

    fn find(&self, path: &Path) -> Result<&FileSlice, OpenReadError> {
        self.files.get(path).ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_path_buf()))
    }

    fn read_only() -> io::Error {
        io::Error::new(io::ErrorKind::ReadOnlyFilesystem, "a snapshot is never written to")
    }
}

impl Directory for PackedDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(Arc::new(self.find(path)?.clone()))
    }

    fn open_read(&self, path: &Path) -> Result<FileSlice, OpenReadError> {
        self.find(path).cloned()
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(Self::read_only()), filepath: path.into() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.files.contains_key(path))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError {
            io_error: Arc::new(Self::read_only()),
            filepath: path.into(),
        })
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let file = self.find(path)?;
        let bytes = file
            .read_bytes_slice(0..file.len())
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))?;
        Ok(bytes.to_vec())
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> io::Result<()> {
        Err(Self::read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
