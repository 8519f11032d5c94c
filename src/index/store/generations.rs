//! The directory of an index: its snapshots, the file that names the one that holds, and who may write.
//!
//! Whatever begins with one of the prefixes for unfinished things belongs to a writer that is at work, or
//! that was killed: there is one writer at a time, so the next one may remove it.

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::index::store::manifest::MANIFEST;
use crate::index::{IndexError, OnProgress, Progress, Result};

/// The file that names the snapshot that holds.
pub(in crate::index) const CURRENT: &str = "CURRENT";
/// Who has it locked may write.
const WRITER_LOCK: &str = "writer.lock";
/// Before the number of a snapshot.
const SNAPSHOT: &str = "snapshot-";
/// Begins the name of a snapshot that is being written.
pub(in crate::index) const BUILDING: &str = "building-";
/// Begins the name of a snapshot that is being removed.
const REMOVED: &str = "removed-";
/// Begins the name of the next `CURRENT`.
const NEXT: &str = "next-";

/// How often another writer is looked for, and how long each look waits: a minute together, in which the
/// largest knowledge base is indexed several times over. Who holds the lock longer has been stopped.
const LOOKS: u32 = 3000;
const WAIT: Duration = Duration::from_millis(20);

/// The name of the snapshot that holds; `None` where there is none.
pub(in crate::index) fn current(directory: &Path) -> Result<Option<String>> {
    let path = directory.join(CURRENT);
    match fs::read_to_string(&path) {
        Ok(name) if number(name.trim()).is_some() => Ok(Some(name.trim().to_owned())),
        // A file may be where the directory should be; then there is no snapshot either.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) if error.kind() != ErrorKind::InvalidData => Err(IndexError::io(&path)(error)),
        _ => Err(IndexError::damaged(&path, "it names no snapshot")),
    }
}

/// The snapshots by number, oldest first.
pub(in crate::index) fn generations(directory: &Path) -> Result<Vec<(u64, PathBuf)>> {
    let mut generations = Vec::new();
    for entry in fs::read_dir(directory).map_err(IndexError::io(directory))? {
        let entry = entry.map_err(IndexError::io(directory))?;
        if let Some(number) = entry.file_name().to_str().and_then(number) {
            generations.push((number, entry.path()));
        }
    }
    generations.sort_unstable();
    Ok(generations)
}

fn number(name: &str) -> Option<u64> {
    let digits = name.strip_prefix(SNAPSHOT)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// The right to write to the directory of an index, which one process at a time has.
#[derive(Debug)]
pub(crate) struct Writer {
    directory: PathBuf,
    on_progress: OnProgress,
    /// Open for the lock alone.
    _lock: File,
}

impl Writer {
    /// Takes the right, and removes what writers left that were killed; `None` where another process has it
    /// and `patient` is not set, or does not give it back within a minute.
    pub(crate) fn take(
        directory: &Path,
        patient: bool,
        on_progress: &OnProgress,
    ) -> Result<Option<Self>> {
        fs::create_dir_all(directory).map_err(IndexError::io(directory))?;
        let path = directory.join(WRITER_LOCK);
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(IndexError::io(&path))?;
        for look in 0..LOOKS {
            match lock.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if !patient => return Ok(None),
                Err(TryLockError::WouldBlock) => {
                    if look == 0 {
                        on_progress.tell(Progress::Waiting);
                    }
                    std::thread::sleep(WAIT);
                    continue;
                }
                Err(TryLockError::Error(error)) => return Err(IndexError::io(&path)(error)),
            }
            let directory = directory.to_path_buf();
            let writer = Self { directory, on_progress: on_progress.clone(), _lock: lock };
            writer.clean()?;
            return Ok(Some(writer));
        }
        Ok(None)
    }

    pub(in crate::index) fn directory(&self) -> &Path {
        &self.directory
    }

    pub(in crate::index) fn tell(&self, step: Progress<'_>) {
        self.on_progress.tell(step);
    }

    /// Removes what is unfinished, and whole snapshots that were never named: their writers are gone.
    fn clean(&self) -> Result<()> {
        let directory = &self.directory;
        for entry in fs::read_dir(directory).map_err(IndexError::io(directory))? {
            let entry = entry.map_err(IndexError::io(directory))?;
            let name = entry.file_name();
            let unfinished = |name: &str| {
                [BUILDING, REMOVED, NEXT].iter().any(|prefix| name.starts_with(prefix))
            };
            if name.to_str().is_some_and(unfinished) {
                let path = entry.path();
                self.tell(Progress::Cleaning { path: &path });
                // Failing to remove costs space alone; the next writer tries again.
                let _ =
                    if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            }
        }
        // Where nothing sound is named, one of these may be what is read in its place.
        if let Ok(Some(holds)) = current(directory)
            && let Some(holds) = number(&holds)
        {
            for (number, path) in generations(directory)? {
                if number > holds {
                    self.remove(&path);
                }
            }
        }
        Ok(())
    }

    /// Gives a whole snapshot its name and lets it hold.
    pub(in crate::index) fn install(&self, building: &Path) -> Result<()> {
        let directory = &self.directory;
        sync_directory(building);
        for entry in fs::read_dir(building).map_err(IndexError::io(building))?.flatten() {
            if entry.path().is_dir() {
                sync_directory(&entry.path());
            }
        }
        let number = generations(directory)?.last().map_or(1, |(number, _)| number + 1);
        let name = format!("{SNAPSHOT}{number:06}");
        let path = directory.join(&name);
        self.tell(Progress::Naming);
        fs::rename(building, &path).map_err(IndexError::io(&path))?;
        sync_directory(directory);
        self.switch_to(&name).inspect_err(|_| self.remove(&path))
    }

    fn switch_to(&self, name: &str) -> Result<()> {
        let directory = &self.directory;
        let path = directory.join(CURRENT);
        let mut builder = tempfile::Builder::new();
        builder.prefix(NEXT);
        for_others_too(&mut builder, 0o666);
        let mut next = builder.tempfile_in(directory).map_err(IndexError::io(directory))?;
        next.write_all(name.as_bytes())
            .and_then(|()| next.as_file().sync_all())
            .map_err(IndexError::io(&path))?;
        self.tell(Progress::Switching);
        next.persist(&path).map_err(|error| IndexError::io(&path)(error.error))?;
        sync_directory(directory);
        self.tell(Progress::Live);
        Ok(())
    }

    /// Removes what nobody reads, but the snapshot that holds and the newest before it not known damaged.
    pub(in crate::index) fn remove_old(&self, damaged: Option<&Path>) {
        let Ok(generations) = generations(&self.directory) else { return };
        let mut keeps = true;
        for (_, path) in generations.iter().rev().skip(1) {
            if keeps && Some(path.as_path()) != damaged {
                keeps = false;
            } else {
                self.remove(path);
            }
        }
    }

    /// Where the disk is full, removes all but the newest snapshot that is not known to be damaged, as far as nobody
    /// reads them; `false` where none could be.
    pub(in crate::index) fn make_room(&self, damaged: Option<&Path>) -> bool {
        let all = || generations(&self.directory).unwrap_or_default();
        let before = all();
        let mut newest_first = before.iter().rev().map(|(_, path)| path.as_path());
        let kept = newest_first.find(|path| Some(*path) != damaged);
        for (_, path) in before.iter().filter(|(_, path)| Some(path.as_path()) != kept) {
            self.remove(path);
        }
        all().len() < before.len()
    }

    /// Removes a snapshot, unless somebody reads it. It loses its name first: half a snapshot is none.
    fn remove(&self, path: &Path) {
        let manifest = File::open(path.join(MANIFEST));
        match &manifest {
            // Where there are no locks there is no telling; nothing is removed.
            Ok(manifest) if manifest.try_lock().is_err() => return,
            Err(error) if error.kind() != ErrorKind::NotFound => return,
            _ => {}
        }
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return };
        self.tell(Progress::Removing { path });
        let removed = self.directory.join(format!("{REMOVED}{name}"));
        // There a directory keeps its name as long as a file in it is open: this lock would keep it, as a reader does.
        #[cfg(windows)]
        drop(manifest);
        // Failing to remove costs space alone; the next writer tries again.
        if fs::rename(path, &removed).is_ok() {
            let _ = fs::remove_dir_all(&removed);
        }
    }
}

/// A temporary file is its owner's alone; a snapshot is read by whom the user's mask lets.
#[cfg_attr(not(unix), expect(unused_variables, reason = "only Unix has modes"))]
pub(in crate::index) fn for_others_too(builder: &mut tempfile::Builder<'_, '_>, mode: u32) {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
}

/// Makes a rename durable where the system can; where it cannot, the rename is atomic all the same.
fn sync_directory(directory: &Path) {
    if let Ok(handle) = File::open(directory) {
        let _ = handle.sync_all();
    }
}
