//! Snapshots: one immutable directory each, and a file that names the one that holds.
//!
//! `CURRENT` holds the name of a snapshot's directory and is replaced by rename, so a reader sees
//! the old snapshot or the new one. A reader holds a shared lock on the manifest of its snapshot;
//! a snapshot is removed only under the exclusive one. Every file of a snapshot is its own: no link
//! leads to another snapshot, so damage to one leaves the other whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::directory::{FileSlice, MmapDirectory};
use tantivy::{Directory as _, Index, ReloadPolicy, Searcher};
use xxhash_rust::xxh3::xxh3_64;

use super::manifest::{FileEntry, MANIFEST, Manifest};
use super::packed::PackedDirectory;
use super::resources::Resources;
use super::schema::Fields;
use super::shard::Shard;
use super::term_list::{TERM_LIST, TermListTokenizer};
use super::vocabulary::{Vocabulary, WordList};
use super::{IndexError, Inventory};

/// The file that names the snapshot that holds.
pub(super) const CURRENT: &str = "CURRENT";
/// The analyzer's words, the codes, the settings.
const RESOURCES: &str = "resources.bin";
/// What the articles were when the snapshot was built.
const INVENTORY: &str = "inventory.bin";
/// The words of all shards.
const VOCABULARY: &str = "vocabulary.bin";
/// How many snapshots are kept: the one that holds and the one before it.
const KEPT: usize = 2;

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
    /// Open for the shared lock alone; `None` in memory.
    _lock: Option<File>,
}

/// Only questions need the vocabulary, so it is read when the first one comes.
enum LazyVocabulary {
    Read(Vocabulary),
    File { path: PathBuf, read: OnceLock<Vocabulary> },
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

    /// The words of the knowledge base, by meaning and spelling; none where the file is damaged: they
    /// only add to what is found.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        match &self.inner.vocabulary {
            LazyVocabulary::Read(vocabulary) => vocabulary,
            LazyVocabulary::File { path, read } => read.get_or_init(|| {
                let bytes = fs::read(path).unwrap_or_default();
                Vocabulary::from_bytes(&bytes).unwrap_or_default()
            }),
        }
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

    /// Opens the snapshot that holds in `directory`; `None` where there is none yet.
    pub fn open(directory: &Path) -> Result<Option<Self>, IndexError> {
        // A snapshot may be removed between reading its name and locking it; then CURRENT names
        // another by now.
        let mut last = None;
        loop {
            let Some(name) = current(directory)? else { return Ok(None) };
            if last.as_ref() == Some(&name) {
                let path = directory.join(&name);
                return Err(IndexError::damaged(
                    &path,
                    "the snapshot that CURRENT names is missing",
                ));
            }
            match Self::open_at(&directory.join(&name)) {
                Err(IndexError::Io { source, .. })
                    if source.kind() == std::io::ErrorKind::NotFound =>
                {
                    last = Some(name);
                }
                result => return result.map(Some),
            }
        }
    }

    fn open_at(path: &Path) -> Result<Self, IndexError> {
        let manifest_path = path.join(MANIFEST);
        let mut lock = File::open(&manifest_path).map_err(IndexError::io(&manifest_path))?;
        lock.lock_shared().map_err(IndexError::io(&manifest_path))?;
        let mut bytes = Vec::new();
        lock.read_to_end(&mut bytes).map_err(IndexError::io(&manifest_path))?;
        let manifest = Manifest::read(&manifest_path, &bytes)?;

        let resources_path = path.join(RESOURCES);
        let bytes = fs::read(&resources_path).map_err(IndexError::io(&resources_path))?;
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
        let vocabulary =
            LazyVocabulary::File { path: path.join(VOCABULARY), read: OnceLock::new() };
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

        let (_, fields) = Fields::schema();
        let index = Index::open(PackedDirectory::new(files))?;
        index.tokenizers().register(TERM_LIST, TermListTokenizer::default());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let inner = Inner {
            searcher: reader.searcher(),
            fields,
            resources,
            vocabulary,
            manifest,
            _lock: lock,
        };
        Ok(Self { inner: Arc::new(inner) })
    }
}

/// The words of all shards.
fn join_words(shards: &[Shard]) -> Vocabulary {
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

/// The name that `CURRENT` holds.
fn current(directory: &Path) -> Result<Option<String>, IndexError> {
    let path = directory.join(CURRENT);
    match fs::read_to_string(&path) {
        Ok(name) => {
            let name = name.trim();
            let sound = name.starts_with("snapshot-") && !name.contains(['/', '\\']);
            if sound {
                Ok(Some(name.to_owned()))
            } else {
                Err(IndexError::damaged(&path, "it names no snapshot"))
            }
        }
        // A file may stand where the directory should be; then there is no snapshot either.
        Err(error)
            if matches!(
                error.kind(),
                std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(IndexError::io(&path)(error)),
    }
}

fn manifest(shards: &[Shard], resources: &Resources, files: Vec<FileEntry>) -> Manifest {
    let sum = |count: fn(&Shard) -> u64| shards.iter().map(count).sum();
    Manifest {
        format: super::schema::FORMAT_VERSION,
        resources_fingerprint: resources.fingerprint(),
        articles: sum(|shard| shard.entry.articles),
        passages: sum(|shard| shard.entry.passages),
        templates: sum(|shard| shard.entry.templates),
        shards: shards.iter().map(|shard| shard.entry.clone()).collect(),
        files,
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
        let inventory = fs::read(directory.join(INVENTORY)).ok()?;
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

/// Writes a snapshot beside the others and lets `CURRENT` name it.
pub(crate) fn publish(
    directory: &Path,
    shards: &[Shard],
    resources: &Resources,
    inventory: &Inventory,
) -> Result<(), IndexError> {
    fs::create_dir_all(directory).map_err(IndexError::io(directory))?;
    let lock_path = directory.join("writer.lock");
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&lock_path)
        .map_err(IndexError::io(&lock_path))?;
    lock.lock().map_err(IndexError::io(&lock_path))?;

    let building = tempfile::Builder::new()
        .prefix("building-")
        .tempdir_in(directory)
        .map_err(IndexError::io(directory))?;
    let mut files = Vec::new();
    for (name, bytes) in [
        (RESOURCES, resources.to_bytes()),
        (INVENTORY, postcard::to_stdvec(inventory).unwrap_or_default()),
        (VOCABULARY, join_words(shards).to_bytes()),
    ] {
        write_synced(&building.path().join(name), &bytes)?;
        files.push(FileEntry {
            name: name.to_owned(),
            size: bytes.len() as u64,
            checksum: xxh3_64(&bytes),
        });
    }
    for shard in shards {
        write_synced(&building.path().join(&shard.entry.file.name), &shard.bytes)?;
    }
    let manifest = manifest(shards, resources, files);
    let bytes = serde_json::to_vec_pretty(&manifest)
        .map_err(|error| IndexError::damaged(building.path(), error))?;
    write_synced(&building.path().join(MANIFEST), &bytes)?;

    let number = generations(directory)?.last().map_or(1, |(number, _)| number + 1);
    let name = format!("snapshot-{number:06}");
    let path = directory.join(&name);
    fs::rename(building.path(), &path).map_err(IndexError::io(&path))?;
    // It has moved away: there is nothing left to clean up.
    let _ = building.keep();
    let mut current =
        tempfile::NamedTempFile::new_in(directory).map_err(IndexError::io(directory))?;
    let current_path = directory.join(CURRENT);
    current
        .write_all(name.as_bytes())
        .and_then(|()| current.as_file().sync_all())
        .map_err(IndexError::io(&current_path))?;
    current.persist(&current_path).map_err(|error| IndexError::io(&current_path)(error.error))?;
    sync_directory(directory);
    remove_old(directory)
}

/// The snapshots in `directory` by number, oldest first.
fn generations(directory: &Path) -> Result<Vec<(u64, PathBuf)>, IndexError> {
    let mut generations = Vec::new();
    for entry in fs::read_dir(directory).map_err(IndexError::io(directory))? {
        let entry = entry.map_err(IndexError::io(directory))?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix("snapshot-")?.parse().ok());
        if let Some(number) = number {
            generations.push((number, entry.path()));
        }
    }
    generations.sort_unstable();
    Ok(generations)
}

/// Removes the snapshots that nobody reads, but for the newest ones.
fn remove_old(directory: &Path) -> Result<(), IndexError> {
    let generations = generations(directory)?;
    let old = generations.len().saturating_sub(KEPT);
    for (_, path) in generations.into_iter().take(old) {
        let Ok(lock) = File::open(path.join(MANIFEST)) else { continue };
        if lock.try_lock().is_ok() {
            // Failing to remove costs space alone; the next build tries again.
            let _ = fs::remove_dir_all(&path);
        }
    }
    Ok(())
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    let mut file = File::create_new(path).map_err(IndexError::io(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(IndexError::io(path))
}

/// Makes a rename durable where the system can; where it cannot, the rename is atomic all the same.
fn sync_directory(directory: &Path) {
    if let Ok(handle) = File::open(directory) {
        let _ = handle.sync_all();
    }
}
