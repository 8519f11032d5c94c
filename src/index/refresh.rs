//! Opens the snapshot of a knowledge base, and builds a new one first where that is needed.
//!
//! 1. What is in the directory is looked at; where it is fresh, it is taken, and nothing is written;
//! 2. else the right to write is taken, which one process at a time has, and everything is looked at again
//!    if somebody published meanwhile;
//! 3. what changed is built, published, and what nobody needs is removed.
//!
//! Whatever goes wrong, the newest sound snapshot stays the one that holds.

use std::path::{Path, PathBuf};

use crate::index::build::shard_writer::Shard;
use crate::index::build::{self, BuildReport, IndexOptions, build_shards};
use crate::index::read::snapshot::{Previous, VERIFIED_WHEN_OPENED};
use crate::index::store::generations::{Writer, current};
use crate::index::store::manifest::fingerprint;
use crate::index::{IndexError, Inventory, Resources, Result, Root, Snapshot};
use crate::source::{Phrase, Warning, phrase};

/// Opens the snapshot of a knowledge base, and builds it first where there is none, where files
/// have changed, or where the one that exists cannot be read.
///
/// Where the directory cannot be written, the index is built in memory, with a warning. Where another process
/// is building, the answer comes from the snapshot of before, with a warning.
/// [`IndexOptions::publish`] makes errors of both.
///
/// # Errors
///
/// Where articles cannot be read, where there is none, or where there is no index and `refresh` is not set
/// and it cannot be built.
pub fn open_or_build(options: &IndexOptions) -> Result<(Snapshot, BuildReport), IndexError> {
    let options = &IndexOptions { roots: Root::with_base(&options.roots), ..options.clone() };
    let Some(directory) = &options.directory else {
        let inventory = Inventory::take(&options.roots, options.links)?;
        return build::in_memory(&options.roots, &inventory, options.drafts);
    };
    if !options.refresh
        && let Some(snapshot) = Snapshot::open_with(directory, verified(options))?
    {
        let report = BuildReport::of(directory, &snapshot);
        return Ok((snapshot, report));
    }
    let mut found = IndexState::look(directory, options)?;
    if let Some(taken) = found.fit(options)? {
        if options.publish
            && let Ok(Some(writer)) = Writer::take(directory, false, &options.on_progress)
        {
            // A writer that was killed after the last step left something to remove.
            writer.remove_old(None);
        }
        return Ok(taken);
    }
    let writer = match Writer::take(directory, false, &options.on_progress) {
        Ok(Some(writer)) => writer,
        Ok(None) if !options.publish && found.existing.is_some() => {
            return found.without_writing(options, being_built(directory));
        }
        Ok(None) => {
            // As long as a snapshot is open here, the other writer cannot remove it.
            drop(found);
            let writer = Writer::take(directory, true, &options.on_progress)?;
            found = IndexState::look(directory, options)?;
            match writer {
                Some(writer) => writer,
                None if options.publish => {
                    return Err(IndexError::Busy { path: directory.clone() });
                }
                None => return found.without_writing(options, being_built(directory)),
            }
        }
        Err(error @ IndexError::Io { .. }) if !options.publish => {
            return found.in_memory(options, unsaved(error));
        }
        Err(error) => return Err(error),
    };
    if found.named != current(directory).ok().flatten() {
        // Whoever had the right before may have done the work.
        found = IndexState::look(directory, options)?;
    }
    match found.fit(options)? {
        Some(taken) => Ok(taken),
        None => found.build(options, &writer),
    }
}

/// A snapshot to answer from, with the report of how it came about.
type Opened = Result<(Snapshot, BuildReport)>;

/// The state of an index's directory, and of the knowledge base by now.
struct IndexState<'d> {
    directory: &'d Path,
    /// The contents of `CURRENT`.
    named: Option<String>,
    /// The newest sound snapshot.
    existing: Option<Snapshot>,
    /// The snapshot that is named and damaged.
    damaged: Option<PathBuf>,
    warnings: Vec<Warning>,
    inventory: Inventory,
    resources: Resources,
    /// The snapshot that can be taken over.
    previous: Option<Previous>,
}

impl<'d> IndexState<'d> {
    fn look(directory: &'d Path, options: &IndexOptions) -> Result<Self> {
        let named = current(directory).ok().flatten();
        let mut warnings = Vec::new();
        let mut damaged = None;
        let existing = match Snapshot::open_with(directory, verified(options)) {
            Ok(Some(snapshot)) => {
                if let Some(error) = snapshot.damage() {
                    warnings.push(built_anew(directory, error));
                    damaged = named.as_ref().map(|name| directory.join(name));
                }
                Some(snapshot)
            }
            Ok(None) => None,
            // An index of an older program is no surprise: it is built anew without a word.
            Err(IndexError::Format { found, expected, .. }) if found < expected => None,
            Err(error @ IndexError::Io { .. }) => return Err(error),
            Err(error) => {
                if !matches!(error, IndexError::Format { .. }) {
                    damaged = named.as_ref().map(|name| directory.join(name));
                }
                warnings.push(built_anew(directory, &error));
                None
            }
        };
        let mut inventory = Inventory::take(&options.roots, options.links)?;
        let previous = if options.rebuild { None } else { Previous::read(directory) };
        if let Some(previous) = &previous {
            inventory.adopt(&previous.inventory, &options.roots, options.compare_contents);
        }
        let before = existing.as_ref().map(Snapshot::resources);
        let (mut resources, more) = Resources::read(&options.roots, &mut inventory, before);
        warnings.extend(more);
        resources.drafts = options.drafts;
        if let Some(before) = before
            && !options.rebuild
            && inventory.is_stale()
            && *before != resources
        {
            // An unreadable article cannot be analyzed anew with other words.
            resources = before.clone();
            warnings.push(resources_wait(directory));
        }
        Ok(Self { directory, named, existing, damaged, warnings, inventory, resources, previous })
    }

    /// The snapshot that can be taken as it is: a fresh one, or the one of before where every article is gone.
    fn fit(&self, options: &IndexOptions) -> Result<Option<(Snapshot, BuildReport)>> {
        let was_empty = self.existing.as_ref().is_some_and(|it| it.articles() == 0);
        let empty = self.inventory.articles().next().is_none();
        if empty && !was_empty && !options.allow_empty {
            return self.instead_of_nothing(options).map(Some);
        }
        let (Some(existing), Some(previous)) = (&self.existing, &self.previous) else {
            return Ok(None);
        };
        let fresh = !options.rebuild
            && self.damaged.is_none()
            && previous.inventory == self.inventory
            && previous.manifest.resources_fingerprint == fingerprint(&self.resources);
        Ok(fresh.then(|| {
            let warnings = self.warnings.clone();
            let mut report = BuildReport { warnings, ..BuildReport::default() };
            report.tell_unread(&self.inventory);
            (existing.clone(), report)
        }))
    }

    /// A directory that is not mounted looks like one whose articles were all deleted: an index is never
    /// replaced by an empty one unless that is asked for.
    fn instead_of_nothing(&self, options: &IndexOptions) -> Opened {
        let path = options.roots.first().map(Root::path).unwrap_or_default();
        match &self.existing {
            None => Err(IndexError::Empty { path }),
            Some(existing) if options.publish => {
                Err(IndexError::Vanished { path, articles: existing.articles() })
            }
            Some(existing) => {
                let message = Phrase::new(
                    "記事が1件もないため、前に作った索引で答えます。索引も空にするには: shirube index --allow-empty",
                    "there is no article any more, so the previous index answers; to empty it too: shirube index --allow-empty",
                );
                Ok(self.as_it_is(existing, about(&path, message)))
            }
        }
    }

    fn build(mut self, options: &IndexOptions, writer: &Writer) -> Opened {
        // Nothing is taken over from what is known to be damaged.
        self.previous = self.previous.take().filter(|_| self.damaged.is_none());
        let (warnings, inventory) = (self.warnings.clone(), self.inventory.clone());
        match self.build_on(options, writer) {
            // Parts that were taken over are compared with their checksums as they are read, and when they were copied.
            Err(error @ IndexError::Damaged { .. }) if self.previous.take().is_some() => {
                (self.warnings, self.inventory) = (warnings, inventory);
                self.warnings.push(built_anew(self.directory, &error));
                self.damaged = self.named.as_ref().map(|name| self.directory.join(name));
                self.build_on(options, writer)
            }
            built => built,
        }
    }

    /// The shards of the articles by now, those that did not change taken over.
    fn shards(&mut self, options: &IndexOptions) -> Result<(Vec<Shard>, BuildReport)> {
        let warnings = std::mem::take(&mut self.warnings);
        let mut report = BuildReport { warnings, ..BuildReport::default() };
        let shards = build_shards(
            &options.roots,
            &mut self.inventory,
            &self.resources,
            self.previous.as_ref(),
            &options.on_progress,
            &mut report,
        )?;
        report.tell_unread(&self.inventory);
        Ok((shards, report))
    }

    fn build_on(&mut self, options: &IndexOptions, writer: &Writer) -> Opened {
        let (shards, mut report) = self.shards(options)?;
        let Self { directory, damaged, inventory, resources, previous, .. } = self;
        let mut published = writer.publish(&shards, resources, inventory);
        if published.as_ref().is_err_and(IndexError::is_of_a_full_disk)
            && writer.make_room(damaged.as_deref())
        {
            published = writer.publish(&shards, resources, inventory);
        }
        match published {
            Ok(()) => {}
            Err(error @ IndexError::Damaged { .. }) => return Err(error),
            Err(error) if options.publish => return Err(error),
            Err(error) => {
                report.warnings.push(unsaved(error));
                return Ok((Snapshot::in_memory(shards, resources.clone(), inventory)?, report));
            }
        }
        // A file that is mapped or locked here could not be removed.
        drop((shards, previous.take()));
        writer.remove_old(damaged.as_deref());
        let snapshot = Snapshot::open(directory)?.ok_or_else(|| {
            IndexError::damaged(directory, "the snapshot vanished while it was opened")
        })?;
        Ok((snapshot, report))
    }

    /// Answers from the snapshot of before; where there is none, from one in memory.
    fn without_writing(self, options: &IndexOptions, warning: Warning) -> Opened {
        match &self.existing {
            Some(existing) => Ok(self.as_it_is(existing, warning)),
            None => self.in_memory(options, warning),
        }
    }

    fn as_it_is(&self, existing: &Snapshot, warning: Warning) -> (Snapshot, BuildReport) {
        let mut report = BuildReport::of(self.directory, existing);
        report.warnings.push(warning);
        (existing.clone(), report)
    }

    fn in_memory(mut self, options: &IndexOptions, warning: Warning) -> Opened {
        self.warnings.push(warning);
        let (shards, report) = self.shards(options)?;
        Ok((Snapshot::in_memory(shards, self.resources, &self.inventory)?, report))
    }
}

impl BuildReport {
    /// The report of a snapshot that is taken as it is.
    pub(crate) fn of(directory: &Path, snapshot: &Snapshot) -> Self {
        let warnings = snapshot.damage().map(|error| {
            about(
                directory,
                phrase!(
                    "最新の索引が壊れているため、1つ前の索引で答えます（{error}）。作り直すには: shirube index",
                    "the newest index is damaged, the one before it answers ({error}); to build it anew: shirube index"
                ),
            )
        });
        let warnings = warnings.into_iter().chain(snapshot.unread()).collect();
        Self { warnings, ..Self::default() }
    }
}

/// Up to how many bytes the snapshot is read whole before it is used.
fn verified(options: &IndexOptions) -> u64 {
    if options.verify { u64::MAX } else { VERIFIED_WHEN_OPENED }
}

fn resources_wait(directory: &Path) -> Warning {
    about(
        directory,
        Phrase::new(
            "読めない記事があるため、codes/・synonyms.txt・shirube.toml などの変更は、まだ使っていません。読めない記事を除いて使うには: shirube index --rebuild",
            "some articles cannot be read, so changes of codes/, synonyms.txt, shirube.toml and the like wait; to use them without those articles: shirube index --rebuild",
        ),
    )
}

fn about(path: &Path, message: Phrase) -> Warning {
    Warning { file: Some(path.to_string_lossy().into()), line: None, message }
}

fn built_anew(directory: &Path, error: &IndexError) -> Warning {
    about(
        directory,
        phrase!(
            "索引を読めないため、作り直しました（{error}）",
            "the index could not be read and was built anew ({error})"
        ),
    )
}

fn being_built(directory: &Path) -> Warning {
    about(
        directory,
        Phrase::new(
            "ほかのプロセスが索引を作っています。いまの記事ではなく、前の索引で答えました",
            "another process is building the index; the answer is from the one before, not from the articles of now",
        ),
    )
}

fn unsaved(error: IndexError) -> Warning {
    let (path, reason) = match error {
        IndexError::Io { path, source } => (path, source.to_string()),
        error => (PathBuf::new(), error.to_string()),
    };
    about(
        &path,
        phrase!(
            "索引を保存できないため、メモリ上だけで作りました（{reason}）",
            "the index cannot be saved and was built in memory ({reason})"
        ),
    )
}
