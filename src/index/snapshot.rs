//! Snapshots: one immutable directory each, and a file that names the one that holds.
//!
//! `CURRENT` holds the name of a snapshot's directory and is replaced by rename, so a reader sees
//! the old snapshot or the new one. A reader holds a shared lock on the manifest of its snapshot;
//! a snapshot is removed only under the exclusive one. Every file of a snapshot is its own: no link
//! leads to another snapshot, so damage to one leaves the other whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::directory::{FileSlice, MmapDirectory};
use tantivy::{Directory as _, Index, ReloadPolicy, Searcher};
use xxhash_rust::xxh3::xxh3_64;

use super::generations::{current, generations};
use super::manifest::{FileEntry, MANIFEST, Manifest};
use super::packed::PackedDirectory;
use super::resources::Resources;
use super::schema::Fields;
use super::shard::Shard;
use super::term_list::{TERM_LIST, TermListTokenizer};
use super::verify::{verify_bytes, verify_file};
use super::vocabulary::{Vocabulary, WordList};
use super::{IndexError, Inventory};

/// The analyzer's words, the codes, the settings.
pub(super) const RESOURCES: &str = "resources.bin";
/// What the articles were when the snapshot was built.
pub(super) const INVENTORY: &str = "inventory.bin";
/// The words of all shards.
pub(super) const VOCABULARY: &str = "vocabulary.bin";
/// Up to so many bytes a snapshot is compared with its checksums whenever it is opened, which takes some
/// milliseconds. A larger one is when it is published, by [`verify`](super::verify), and in any case before
/// it stands in for a damaged one.
pub(super) const VERIFIED_WHEN_OPENED: u64 = 16 << 20;

/// An index that does not change: what is searched.
///
/// Cloning is cheap; a clone keeps the snapshot's files from being removed.
#[derive(Clone)]
pub struct Snapshot {
    inner: Arc<Inner>,
}

struct Inner {
    searcher: Searcher,
    fields: Fields,
    resources: Resources,
    vocabulary: LazyVocabulary,
    manifest: Manifest,
    /// Why it stands in for a newer one.
    damage: Option<IndexError>,
    /// Open for the shared lock alone; `None` in memory.
    _lock: Option<File>,
}

/// Only questions need the vocabulary, so it is read when the first one comes.
enum LazyVocabulary {
    Read(Vocabulary),
    File { path: PathBuf, entry: FileEntry, read: OnceLock<Result<Vocabulary, IndexError>> },
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Snapshot")
            .field("manifest", &self.inner.manifest)
            .finish_non_exhaustive()
    }
}

impl Snapshot {
    /// How many articles can be found.
    #[must_use]
    pub fn articles(&self) -> u64 {
        self.inner.manifest.articles
    }

    /// How many passages can be found.
    #[must_use]
    pub fn passages(&self) -> u64 {
        self.inner.manifest.passages
    }

    /// How many documented wordings a message is compared with.
    #[must_use]
    pub fn templates(&self) -> u64 {
        self.inner.manifest.templates
    }

    /// The codes, words and settings that the snapshot was built with.
    #[must_use]
    pub fn resources(&self) -> &Resources {
        &self.inner.resources
    }

    /// The words of the knowledge base, by meaning and spelling.
    ///
    /// # Errors
    ///
    /// Where the file is damaged. A question is answered without them: they only add to what is found.
    pub(crate) fn vocabulary(&self) -> Result<&Vocabulary, &IndexError> {
        match &self.inner.vocabulary {
            LazyVocabulary::Read(vocabulary) => Ok(vocabulary),
            LazyVocabulary::File { path, entry, read } => read
                .get_or_init(|| {
                    let bytes = fs::read(path).map_err(IndexError::io(path))?;
                    verify_bytes(path, entry, &bytes)?;
                    Vocabulary::from_bytes(&bytes)
                        .map_err(|reason| IndexError::damaged(path, reason))
                })
                .as_ref(),
        }
    }

    /// What is wrong with the newest snapshot, where it is damaged and this one, the newest that is sound,
    /// stands in for it.
    #[must_use]
    pub fn damage(&self) -> Option<&IndexError> {
        self.inner.damage.as_ref()
    }

    /// Whether both hold the same articles and would answer alike.
    pub(crate) fn holds_the_same_as(&self, other: &Self) -> bool {
        self.inner.manifest == other.inner.manifest
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.inner.searcher
    }

    pub(crate) fn fields(&self) -> Fields {
        self.inner.fields
    }

    /// A snapshot that lives in memory alone.
    pub(crate) fn in_memory(shards: Vec<Shard>, resources: Resources) -> Result<Self, IndexError> {
        let manifest = manifest(&shards, &resources, Vec::new());
        let vocabulary = LazyVocabulary::Read(join_words(&shards));
        let sources = shards
            .into_iter()
            .map(|shard| (PathBuf::from("memory"), PackedDirectory::file_in_memory(shard.bytes)))
            .collect();
        Self::assemble(manifest, sources, resources, vocabulary, None)
    }

    /// Opens the snapshot that holds in `directory`; `None` where there is none yet. Where it is damaged, the
    /// newest one before it that is sound is opened in its place, and [`damage`](Self::damage) says why.
    ///
    /// Nothing is written, and the directory may be read-only.
    ///
    /// # Errors
    ///
    /// Where the directory cannot be read, the snapshot is of another format, or all are damaged.
    pub fn open(directory: &Path) -> Result<Option<Self>, IndexError> {
        Self::open_with(directory, VERIFIED_WHEN_OPENED)
    }

    /// Opens the snapshot that holds, and compares it with its checksums if it has at most so many bytes.
    pub(super) fn open_with(directory: &Path, verified: u64) -> Result<Option<Self>, IndexError> {
        let mut failed = None;
        loop {
            let name = match current(directory) {
                Ok(Some(name)) => name,
                Ok(None) => return Ok(None),
                Err(error) => return Self::open_before(directory, None, error).map(Some),
            };
            let path = directory.join(&name);
            match (Self::open_at(&path, verified), failed) {
                (Ok(snapshot), _) => return Ok(Some(snapshot)),
                (Err(error), Some(before)) if before == name => {
                    return Self::open_before(directory, Some(&path), error).map(Some);
                }
                // It may have been removed between reading its name and opening it; then another is named
                // by now.
                (Err(_), _) => failed = Some(name),
            }
        }
    }

    /// Opens the newest sound snapshot but `damaged`, whose opening gave `error`.
    fn open_before(
        directory: &Path,
        damaged: Option<&Path>,
        error: IndexError,
    ) -> Result<Self, IndexError> {
        let error = match error {
            IndexError::Io { path, source } if source.kind() == ErrorKind::NotFound => {
                IndexError::damaged(&path, "the file is missing")
            }
            error => error,
        };
        if matches!(error, IndexError::Format { .. }) {
            return Err(error);
        }
        let others = generations(directory).unwrap_or_default().into_iter().rev();
        let others = others.map(|(_, path)| path).filter(|path| Some(path.as_path()) != damaged);
        for path in others {
            if let Ok(mut snapshot) = Self::open_at(&path, u64::MAX) {
                if let Some(inner) = Arc::get_mut(&mut snapshot.inner) {
                    inner.damage = Some(error);
                }
                return Ok(snapshot);
            }
        }
        Err(error)
    }

    /// Opens one snapshot; it is compared with its checksums if it has at most so many bytes.
    fn open_at(path: &Path, verified: u64) -> Result<Self, IndexError> {
        let manifest_path = path.join(MANIFEST);
        let mut lock = File::open(&manifest_path).map_err(IndexError::io(&manifest_path))?;
        match lock.lock_shared() {
            // Where there are no locks, a snapshot that is removed is opened anew.
            Err(error) if error.kind() != ErrorKind::Unsupported => {
                return Err(IndexError::io(&manifest_path)(error));
            }
            _ => {}
        }
        let mut bytes = Vec::new();
        lock.read_to_end(&mut bytes).map_err(IndexError::io(&manifest_path))?;
        let manifest = Manifest::read(&manifest_path, &bytes)?;
        if manifest.bytes() <= verified {
            manifest.all_files().try_for_each(|file| verify_file(path, file))?;
        }

        let resources_path = path.join(RESOURCES);
        let bytes = fs::read(&resources_path).map_err(IndexError::io(&resources_path))?;
        verify_bytes(&resources_path, manifest.file(RESOURCES)?, &bytes)?;
        let resources = Resources::from_bytes(&bytes)
            .map_err(|reason| IndexError::damaged(&resources_path, reason))?;

        let mapped = MmapDirectory::open(path).map_err(|error| IndexError::damaged(path, error))?;
        let mut sources = Vec::with_capacity(manifest.shards.len());
        for shard in &manifest.shards {
            let file = path.join(&shard.file.name);
            let slice = mapped
                .open_read(Path::new(&shard.file.name))
                .map_err(|error| IndexError::damaged(&file, error))?;
            sources.push((file, slice));
        }
        let vocabulary = LazyVocabulary::File {
            path: path.join(VOCABULARY),
            entry: manifest.file(VOCABULARY)?.clone(),
            read: OnceLock::new(),
        };
        Self::assemble(manifest, sources, resources, vocabulary, Some(lock))
    }

    fn assemble(
        manifest: Manifest,
        sources: Vec<(PathBuf, FileSlice)>,
        resources: Resources,
        vocabulary: LazyVocabulary,
        lock: Option<File>,
    ) -> Result<Self, IndexError> {
        let mut files = BTreeMap::new();
        let mut metas: Vec<serde_json::Value> = Vec::new();
        for (entry, (path, source)) in manifest.shards.iter().zip(&sources) {
            for part in &entry.parts {
                if part.start > part.end || part.end as u64 > entry.file.size {
                    return Err(IndexError::damaged(path, "a part lies outside of the file"));
                }
                if entry.file.size != tantivy::HasLen::len(source) as u64 {
                    return Err(IndexError::damaged(path, "the file is cut off"));
                }
                let slice = source.slice(part.start..part.end);
                if part.name == "meta.json" {
                    let bytes = slice.read_bytes().map_err(IndexError::io(path))?;
                    let meta = serde_json::from_slice(&bytes)
                        .map_err(|error| IndexError::damaged(path, error))?;
                    metas.push(meta);
                } else {
                    files.insert(PathBuf::from(&part.name), slice);
                }
            }
        }
        let meta = merge_metas(metas);
        files.insert(PathBuf::from("meta.json"), PackedDirectory::file_in_memory(meta));
        files.insert(
            PathBuf::from(".managed.json"),
            PackedDirectory::file_in_memory(b"[]".to_vec()),
        );

        let (schema, fields) = Fields::schema();
        let index = if manifest.shards.is_empty() {
            Index::create_in_ram(schema)
        } else {
            Index::open(PackedDirectory::new(files))?
        };
        index.tokenizers().register(TERM_LIST, TermListTokenizer::default());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let inner = Inner {
            searcher: reader.searcher(),
            fields,
            resources,
            vocabulary,
            manifest,
            damage: None,
            _lock: lock,
        };
        Ok(Self { inner: Arc::new(inner) })
    }
}

/// The words of all shards.
pub(super) fn join_words(shards: &[Shard]) -> Vocabulary {
    let mut list = WordList::default();
    for shard in shards {
        list.join(shard.words());
    }
    Vocabulary::new(list)
}

/// One index with the segments of all shards.
fn merge_metas(metas: Vec<serde_json::Value>) -> Vec<u8> {
    let mut metas = metas.into_iter();
    let mut merged = metas.next().unwrap_or_default();
    for meta in metas {
        if let (Some(all), Some(more)) = (
            merged.get_mut("segments").and_then(serde_json::Value::as_array_mut),
            meta.get("segments").and_then(serde_json::Value::as_array),
        ) {
            all.extend(more.iter().cloned());
        }
    }
    merged.to_string().into_bytes()
}

/// The table of contents of these shards and files.
pub(super) fn manifest(shards: &[Shard], resources: &Resources, files: Vec<FileEntry>) -> Manifest {
    let sum = |count: fn(&Shard) -> u64| shards.iter().map(count).sum();
    Manifest {
        format: super::schema::FORMAT_VERSION,
        resources_fingerprint: resources.fingerprint(),
        articles: sum(|shard| shard.entry.articles),
        passages: sum(|shard| shard.entry.passages),
        templates: sum(|shard| shard.entry.templates),
        shards: shards.iter().map(|shard| shard.entry.clone()).collect(),
        files,
        checksum: 0,
    }
}

/// The inventory, manifest and shards of the snapshot that holds, for the next build.
pub(crate) struct Previous {
    pub(crate) directory: PathBuf,
    pub(crate) manifest: Manifest,
    pub(crate) inventory: Inventory,
    _lock: File,
}

impl Previous {
    /// Reads what the next build can take over; `None` where there is nothing sound to take.
    pub(crate) fn read(directory: &Path) -> Option<Self> {
        let directory = directory.join(current(directory).ok()??);
        let path = directory.join(MANIFEST);
        let lock = File::open(&path).ok()?;
        lock.lock_shared().ok()?;
        let manifest = Manifest::read(&path, &fs::read(&path).ok()?).ok()?;
        let path = directory.join(INVENTORY);
        let inventory = fs::read(&path).ok()?;
        verify_bytes(&path, manifest.file(INVENTORY).ok()?, &inventory).ok()?;
        let inventory = postcard::from_bytes(&inventory).ok()?;
        Some(Self { directory, manifest, inventory, _lock: lock })
    }

    /// The bytes of a shard, where its checksum holds.
    pub(crate) fn shard(&self, fingerprint: u64) -> Option<Shard> {
        let entry = self.manifest.shards.iter().find(|entry| entry.fingerprint == fingerprint)?;
        let bytes = fs::read(self.directory.join(&entry.file.name)).ok()?;
        (xxh3_64(&bytes) == entry.file.checksum).then(|| Shard { entry: entry.clone(), bytes })
    }
}
