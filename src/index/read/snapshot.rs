//! Snapshots: one immutable directory each, and a file that names the one that holds.
//!
//! `CURRENT` holds the name of a snapshot's directory and is replaced by rename, so a reader sees
//! the old snapshot or the new one. A reader holds a shared lock on the manifest of its snapshot;
//! a snapshot is removed only under the exclusive one. Every file of a snapshot is its own: no link
//! leads to another snapshot, so damage to one leaves the other whole.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::index::build::shard_writer::Shard;
use crate::index::build::words;
use crate::index::read::bm25f::{Bm25f, FieldWeights};
use crate::index::read::reader::ShardReader;
use crate::index::read::term_lists::KnownTerms;
use crate::index::read::term_postings::TermPostings;
use crate::index::read::vocabulary::Vocabulary;
use crate::index::schema::Field;
use crate::index::store::format::FORMAT_VERSION;
use crate::index::store::generations::{current, generations};
use crate::index::store::manifest::{
    FileEntry, Lengths, MANIFEST, Manifest, ShardEntry, fingerprint,
};
use crate::index::store::verify::{verify_bytes, verify_file};
use crate::index::{IndexError, Inventory, Resources, Result};
use crate::source::{Warning, phrase};

/// The analyzer's words, the codes, the settings.
pub(in crate::index) const RESOURCES: &str = "resources.bin";
/// The inventory of articles that the snapshot was built from.
pub(in crate::index) const INVENTORY: &str = "inventory.bin";
/// The words of all shards.
pub(in crate::index) const VOCABULARY: &str = "vocabulary.bin";
/// Up to so many bytes a snapshot is compared with its checksums whenever it is opened, which takes some
/// milliseconds: where it is damaged, the one before answers. Of a larger one each part is before it is first read, and
/// every byte when it is published, by [`verify`](crate::index::store::verify), and before it is in for a damaged one.
pub(in crate::index) const VERIFIED_WHEN_OPENED: u64 = 16 << 20;

/// An index that does not change: what is searched.
///
/// Cloning is cheap; a clone keeps the snapshot's files from being removed.
#[derive(Clone)]
pub struct Snapshot {
    inner: Arc<Inner>,
    /// The terms of each shard that were looked up of late.
    terms: Arc<[KnownTerms]>,
}

struct Inner {
    shards: Vec<ShardReader>,
    resources: Resources,
    vocabulary: LazyVocabulary,
    manifest: Manifest,
    /// Why it is in for a newer one.
    damage: Option<IndexError>,
    /// Open for the shared lock alone; `None` in memory.
    _lock: Option<File>,
}

/// Only questions need the vocabulary, so it is read when the first one comes.
enum LazyVocabulary {
    Read(Vocabulary),
    File { path: PathBuf, entry: FileEntry, read: OnceLock<Result<Vocabulary>> },
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

    /// The damage of the newest snapshot, where this sound one is in for it.
    #[must_use]
    pub fn damage(&self) -> Option<&IndexError> {
        self.inner.damage.as_ref()
    }

    /// The warning of an answer: what of the knowledge base could not be read when the snapshot was built.
    pub(crate) fn unread(&self) -> Option<Warning> {
        let (first, more) = self.inner.manifest.unread.split_first()?;
        let (ja, en) = match more.len() {
            0 => (String::new(), String::new()),
            more => (format!(" ほか{more}件"), format!(" and {more} more")),
        };
        Some(Warning {
            file: None,
            line: None,
            message: phrase!(
                "ナレッジベースに読めないところがあるため（{first}{ja}）、そこは前に読んだ内容で答えています。詳しくは: shirube check",
                "parts of the knowledge base cannot be read ({first}{en}); what was read from there earlier answers. More: shirube check"
            ),
        })
    }

    /// Whether both hold the same articles and would answer alike.
    #[must_use]
    pub fn holds_the_same_as(&self, other: &Self) -> bool {
        self.inner.manifest.answers_like(&other.inner.manifest)
    }

    /// The shards, in the order of their numbers.
    pub(crate) fn shards(&self) -> &[ShardReader] {
        &self.inner.shards
    }

    /// That nobody has written to the files, or cut them off, since they were opened.
    ///
    /// # Errors
    ///
    /// The first file that was changed.
    pub(crate) fn unchanged(&self) -> Result<()> {
        self.inner.shards.iter().try_for_each(ShardReader::unchanged)
    }

    /// Damage that was met while the snapshot was asked.
    ///
    /// # Errors
    ///
    /// The first damage that was met.
    pub(crate) fn sound(&self) -> Result<()> {
        self.inner.shards.iter().find_map(ShardReader::damaged).map_or(Ok(()), Err)
    }

    /// The same snapshot, where terms count by other weights.
    pub(crate) fn weighed(self, weights: &FieldWeights) -> Self {
        let shards = self.inner.manifest.shards.iter();
        let lengths = shards.fold(Lengths::default(), |sum, shard| sum.add(&shard.lengths));
        let counts = [self.articles(), self.passages(), self.templates()];
        let bm25f = Bm25f::new(&lengths, counts, weights);
        Self { terms: self.inner.shards.iter().map(|_| KnownTerms::new(bm25f)).collect(), ..self }
    }

    /// Who holds a term, by shard, in order.
    pub(crate) fn find(
        &self,
        field: Field,
        term: &str,
    ) -> impl Iterator<Item = (u32, TermPostings<'_>)> {
        let shards = (0..).zip(self.shards()).zip(&*self.terms);
        shards.filter_map(move |((number, shard), terms)| {
            Some((number, shard.find(terms, field, term)?))
        })
    }

    pub(crate) fn in_memory(
        shards: Vec<Shard>,
        resources: Resources,
        inventory: &Inventory,
    ) -> Result<Self> {
        let manifest = manifest(&shards, &resources, inventory.failures(), Vec::new());
        let shards: Vec<ShardReader> =
            shards.iter().map(ShardReader::of).collect::<Result<_, _>>()?;
        let vocabulary = LazyVocabulary::Read(join_words(&shards));
        Ok(Self::assemble(manifest, shards, resources, vocabulary, None))
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

    /// Opens an index, or one snapshot of it that is named by its own directory.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_any(directory: &Path) -> Result<Option<Self>, IndexError> {
        if directory.join(MANIFEST).is_file() {
            return Self::open_at(directory, u64::MAX).map(Some);
        }
        Self::open(directory)
    }

    /// Opens the snapshot that holds, and compares it with its checksums if it has at most so many bytes.
    pub(in crate::index) fn open_with(directory: &Path, verified: u64) -> Result<Option<Self>> {
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
                // It may have been removed since its name was read; then another is named by now.
                (Err(_), _) => failed = Some(name),
            }
        }
    }

    /// Opens the newest sound snapshot but `damaged`, whose opening gave `error`.
    fn open_before(directory: &Path, damaged: Option<&Path>, error: IndexError) -> Result<Self> {
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
    fn open_at(path: &Path, verified: u64) -> Result<Self> {
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
        let mut manifest = Manifest::read(&manifest_path, &bytes)?;
        manifest.read_checksums(path)?;
        let whole = manifest.bytes() <= verified;
        if whole {
            manifest.files.iter().try_for_each(|file| verify_file(path, file))?;
        }

        let resources_path = path.join(RESOURCES);
        let bytes = fs::read(&resources_path).map_err(IndexError::io(&resources_path))?;
        verify_bytes(&resources_path, manifest.file(RESOURCES)?, &bytes)?;
        let resources = Resources::from_bytes(&bytes)
            .map_err(|reason| IndexError::damaged(&resources_path, reason))?;

        let shards = manifest.shards.iter();
        let shards = shards.map(|entry| ShardReader::open(path, entry));
        let shards: Vec<ShardReader> = shards.collect::<Result<_, _>>()?;
        if whole {
            shards.iter().try_for_each(ShardReader::verify)?;
        }
        let vocabulary = LazyVocabulary::File {
            path: path.join(VOCABULARY),
            entry: manifest.file(VOCABULARY)?.clone(),
            read: OnceLock::new(),
        };
        Ok(Self::assemble(manifest, shards, resources, vocabulary, Some(lock)))
    }

    fn assemble(
        manifest: Manifest,
        shards: Vec<ShardReader>,
        resources: Resources,
        vocabulary: LazyVocabulary,
        lock: Option<File>,
    ) -> Self {
        let inner = Inner { shards, resources, vocabulary, manifest, damage: None, _lock: lock };
        Self { inner: Arc::new(inner), terms: Arc::default() }.weighed(&FieldWeights::default())
    }
}

pub(in crate::index) fn join_words(shards: &[ShardReader]) -> Vocabulary {
    let lists = shards.par_iter().map(|shard| shard.word_list().unwrap_or_default());
    Vocabulary::new(&words::join(lists.collect()))
}

/// The table of contents of these shards and files.
pub(in crate::index) fn manifest(
    shards: &[Shard],
    resources: &Resources,
    unread: Vec<String>,
    files: Vec<FileEntry>,
) -> Manifest {
    let sum = |count: fn(&Shard) -> u64| shards.iter().map(count).sum();
    Manifest {
        format: FORMAT_VERSION,
        resources_fingerprint: fingerprint(resources),
        articles: sum(|shard| shard.entry.articles),
        passages: sum(|shard| shard.entry.passages),
        templates: sum(|shard| shard.entry.templates),
        shards: shards.iter().map(|shard| shard.entry.clone()).collect(),
        unread,
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
        let mut manifest = Manifest::read(&path, &fs::read(&path).ok()?).ok()?;
        manifest.read_checksums(&directory).ok()?;
        let path = directory.join(INVENTORY);
        let inventory = fs::read(&path).ok()?;
        verify_bytes(&path, manifest.file(INVENTORY).ok()?, &inventory).ok()?;
        let inventory = postcard::from_bytes(&inventory).ok()?;
        Some(Self { directory, manifest, inventory, _lock: lock })
    }

    /// The shards, of which each part is compared with its checksum when it is read; `None` where one cannot be opened.
    pub(crate) fn shards(&self) -> Option<Vec<(ShardReader, &ShardEntry)>> {
        let shards = self
            .manifest
            .shards
            .par_iter()
            .map(|entry| Some((ShardReader::open(&self.directory, entry).ok()?, entry)));
        shards.collect()
    }
}
