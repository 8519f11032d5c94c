//! The tantivy index of a shard: its files, how it is opened, and who of it is alive.
//!
//! tantivy asserts freely that its files are what it wrote. A snapshot is compared with checksums before it
//! is read; should a file change under a reader all the same, the panic ends here and is named as damage.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, ManagedDirectory, OwnedBytes, RamDirectory,
    TerminatingWrite as _, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::fastfield::{AliveBitSet, write_alive_bitset};
use tantivy::index::{InvertedIndexReader, SegmentComponent, SegmentReader};
use tantivy::{BitSet, Index, Segment};

use crate::index::schema::{Field, SCHEMA, tokenizers};
use crate::index::store::file::ShardFile;
use crate::index::{IndexError, Result};

/// The name of the one segment. tantivy draws one by lot: two builds of the same articles would differ.
const SEGMENT: &str = "00000000-0000-0000-0000-000000000001";
/// The file with tantivy's description of an index.
pub(in crate::index) const META: &str = "meta.json";
/// The end of the name of the file that says which documents are alive.
const ALIVE: &str = "1.del";

/// An error of tantivy in memory, or on files that were compared with their checksums.
pub(in crate::index) fn failed(reason: impl ToString) -> IndexError {
    IndexError::damaged(Path::new("index"), reason)
}

/// Does something with tantivy that damaged files may make it panic at.
pub(in crate::index) fn guarded<T>(work: impl FnOnce() -> tantivy::Result<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| error.to_string()),
        Err(_) => Err("the index cannot be read".to_owned()),
    }
}

fn file_name(ending: &str) -> String {
    format!("{}.{ending}", SEGMENT.replace('-', ""))
}

/// The files of an index of one segment that was written to memory.
pub(in crate::index) fn files(
    index: &Index,
    directory: &RamDirectory,
) -> Result<Vec<(String, OwnedBytes)>> {
    let segments = index.searchable_segment_metas().map_err(failed)?;
    let [segment] = segments.as_slice() else { return Err(failed("not one segment")) };
    let mut files = Vec::new();
    for component in [
        SegmentComponent::Terms,
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::FastFields,
        SegmentComponent::FieldNorms,
        SegmentComponent::Store,
    ] {
        let name = file_name(&component.to_string());
        let path = segment.relative_path(component);
        if directory.exists(&path).map_err(failed)? {
            let bytes = directory.open_read(&path).and_then(|file| {
                file.read_bytes().map_err(|error| OpenReadError::wrap_io_error(error, path))
            });
            files.push((name, bytes.map_err(failed)?));
        }
    }
    let meta = directory.atomic_read(Path::new(META)).map_err(failed)?;
    let meta = meta_with(&meta, |segment| {
        segment.insert("segment_id".to_owned(), json!(SEGMENT));
    })?;
    files.push((META.to_owned(), meta));
    Ok(files)
}

/// The description of an index, with something else of its segment.
fn meta_with(
    meta: &[u8],
    change: impl FnOnce(&mut serde_json::Map<String, Value>),
) -> Result<OwnedBytes> {
    let mut meta: Value = serde_json::from_slice(meta).map_err(failed)?;
    // A merged segment is given a random name.
    if let Some(meta) = meta.as_object_mut() {
        meta.remove("payload");
    }
    let segment = meta.pointer_mut("/segments/0").and_then(Value::as_object_mut);
    change(segment.ok_or_else(|| failed("not one segment"))?);
    Ok(OwnedBytes::new(serde_json::to_vec_pretty(&meta).map_err(failed)?))
}

/// The files that let only these documents be alive: what an index says of itself, and tantivy's own set.
pub(in crate::index) fn alive_files(
    meta: &[u8],
    alive: &BitSet,
) -> Result<[(String, OwnedBytes); 2]> {
    let deleted = alive.max_value() as usize - alive.len();
    let meta = meta_with(meta, |segment| {
        let deletes = json!({"num_deleted_docs": deleted, "opstamp": 1});
        segment.insert("deletes".to_owned(), deletes);
    })?;
    // This directory writes the footer that tantivy expects.
    let memory = RamDirectory::create();
    let directory = ManagedDirectory::wrap(Box::new(memory.clone())).map_err(failed)?;
    let name = file_name(ALIVE);
    let mut file = directory.open_write(Path::new(&name)).map_err(failed)?;
    write_alive_bitset(alive, &mut file).map_err(failed)?;
    file.terminate().map_err(failed)?;
    let file = memory.open_read(Path::new(&name)).map_err(failed)?;
    Ok([(META.to_owned(), meta), (name, file.read_bytes().map_err(failed)?)])
}

/// A set of documents as tantivy's merging takes it.
pub(in crate::index) fn alive_set(alive: &BitSet) -> Result<AliveBitSet> {
    let mut bytes = Vec::new();
    write_alive_bitset(alive, &mut bytes).map_err(failed)?;
    Ok(AliveBitSet::open(OwnedBytes::new(bytes)))
}

pub(in crate::index) struct SegmentIndex {
    pub(in crate::index) segment: Segment,
    pub(in crate::index) word: Arc<InvertedIndexReader>,
    pub(in crate::index) heading: Arc<InvertedIndexReader>,
    pub(in crate::index) bigram: Arc<InvertedIndexReader>,
    pub(in crate::index) code: Arc<InvertedIndexReader>,
    pub(in crate::index) label: Arc<InvertedIndexReader>,
    pub(in crate::index) name: Arc<InvertedIndexReader>,
    /// `None` where all documents are.
    pub(in crate::index) alive: Option<AliveBitSet>,
    /// How many documents there are, dead ones too.
    pub(in crate::index) documents: u32,
}

impl std::fmt::Debug for SegmentIndex {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SegmentIndex")
            .field("segment", &self.segment)
            .finish_non_exhaustive()
    }
}

impl SegmentIndex {
    pub(in crate::index) fn open(files: BTreeMap<PathBuf, ShardFile>) -> Result<Self, String> {
        let (schema, fields) = &*SCHEMA;
        guarded(|| {
            let mut index = Index::open(Files(Arc::new(files)))?;
            index.set_tokenizers(tokenizers());
            let mut segments = index.searchable_segments()?;
            let segment =
                segments.pop().filter(|_| segments.is_empty() && index.schema() == *schema);
            let other = || tantivy::TantivyError::SchemaError("another index".to_owned());
            let segment = segment.ok_or_else(other)?;
            let reader = SegmentReader::open(&segment)?;
            Ok(Self {
                segment,
                word: reader.inverted_index(fields.word)?,
                heading: reader.inverted_index(fields.heading)?,
                bigram: reader.inverted_index(fields.bigram)?,
                code: reader.inverted_index(fields.code)?,
                label: reader.inverted_index(fields.label)?,
                name: reader.inverted_index(fields.name)?,
                alive: reader.alive_bitset().cloned(),
                documents: reader.max_doc(),
            })
        })
    }

    pub(in crate::index) fn field(&self, field: Field) -> &InvertedIndexReader {
        match field {
            Field::Word => &self.word,
            Field::Bigram => &self.bigram,
            Field::Code => &self.code,
            Field::Label => &self.label,
            Field::Name => &self.name,
        }
    }
}

#[derive(Debug, Clone)]
struct Files(Arc<BTreeMap<PathBuf, ShardFile>>);

impl Files {
    fn get(&self, path: &Path) -> Result<&ShardFile, OpenReadError> {
        self.0.get(path).ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_path_buf()))
    }
}

fn read_only() -> std::io::Error {
    std::io::ErrorKind::ReadOnlyFilesystem.into()
}

impl Directory for Files {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(Arc::new(self.get(path)?.clone()))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.0.contains_key(path))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let bytes = self.get(path)?.read_all();
        bytes
            .map(<[u8]>::to_vec)
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_path_buf() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_path_buf()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> std::io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> std::io::Result<()> {
        Ok(())
    }

    /// An immutable directory needs no lock.
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
