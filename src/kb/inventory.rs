//! Which files a knowledge base consists of, by a stat each.
//!
//! 1. [`Inventory::take`] walks the roots;
//! 2. [`Inventory::adopt`] takes over what an earlier one knows: the content of files whose stat is the same, and
//!    the entries of what cannot be reached by now;
//! 3. [`Inventory::look`] reads the articles whose content is not known.
//!
//! A file that cannot be read costs itself alone: its entry keeps the content that was read last.

use std::fs::Metadata;
use std::time::UNIX_EPOCH;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::root::embedded_files;
use super::walk::{self, Unreached, Why};
use super::{FileError, FileRole, Links, Root};
use crate::source::{Warning, phrase};

/// One file, as the last stat saw it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub(crate) struct InventoryEntry {
    pub(crate) root: u16,
    /// The path below the root, with `/` between its parts.
    pub(crate) path: String,
    pub(crate) role: FileRole,
    pub(crate) size: u64,
    /// When the content was changed, in nanoseconds since 1970; where the system does not tell, 0.
    pub(crate) modified: u64,
    /// When anything of the file was changed: a copy that keeps the time of the original, or a file that may
    /// not be read any longer, shows here alone. 0 where the system does not tell.
    pub(crate) status_changed: u64,
    /// XXH3 of the content that was read last; `None` where only the stat is known.
    pub(crate) content: Option<u64>,
    /// Why the file could not be read since.
    pub(crate) unread: Option<String>,
}

/// The files of one or more roots, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Inventory {
    pub(crate) entries: Vec<InventoryEntry>,
    /// Files and folders that could not be read, with the index of their root.
    unreached: Vec<(u16, Unreached)>,
}

impl Inventory {
    /// Walks the roots. Hidden files and directories are passed over.
    /// Fails where a root itself cannot be read. What cannot be read below it costs itself alone.
    pub fn take(roots: &[Root], links: Links) -> Result<Self, FileError> {
        let mut inventory = Self::default();
        for (number, root) in roots.iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            match root {
                Root::Directory(directory) => inventory.add(number, walk::walk(directory, links)?),
                Root::Embedded => {
                    let files = embedded_files().into_iter();
                    inventory.entries.extend(files.filter_map(|(path, bytes)| {
                        let (root, role) = (number, FileRole::of(&path)?);
                        let (size, content) = (bytes.len() as u64, Some(xxh3_64(bytes)));
                        let unknown = InventoryEntry::default();
                        Some(InventoryEntry { root, path, role, size, content, ..unknown })
                    }));
                }
            }
        }
        inventory.entries.sort_unstable();
        Ok(inventory)
    }

    pub(super) fn add(&mut self, root: u16, walked: walk::Walked) {
        let found = walked.files.into_par_iter().filter_map(|(path, file)| {
            let role = FileRole::of(&path)?;
            let stat = match file.metadata() {
                Ok(found) => InventoryEntry {
                    size: found.len(),
                    modified: modified(&found),
                    status_changed: status_changed(&found),
                    ..InventoryEntry::default()
                },
                Err(error) => {
                    InventoryEntry { unread: Some(error.to_string()), ..InventoryEntry::default() }
                }
            };
            Some(InventoryEntry { root, path, role, ..stat })
        });
        self.entries.par_extend(found);
        self.unreached.extend(walked.unreached.into_iter().map(|it| (root, it)));
    }

    /// Takes over from an earlier inventory of these roots what is in the files whose stat is the same as then,
    /// and the entries of what cannot be reached by now. With `compare` nothing is taken from a stat: clocks and
    /// tools that copy may lie.
    pub(crate) fn adopt(&mut self, before: &Self, roots: &[Root], compare: bool) {
        for entry in &mut self.entries {
            let Some(known) = before.entry(entry.root, &entry.path) else { continue };
            let stat = |it: &InventoryEntry| (it.size, it.modified, it.status_changed);
            if compare && entry.role == FileRole::Article || stat(known) != stat(entry) {
                continue;
            }
            // A failure may have been the system's mood.
            let still_fails = known.unread.is_some()
                && roots
                    .get(usize::from(entry.root))
                    .is_some_and(|root| root.read(&entry.path).is_err());
            if known.unread.is_none() || still_fails {
                *entry = known.clone();
            }
        }
        let lost = before.entries.iter().filter(|known| {
            // A file that is left alone by decision is not kept either.
            let holds = |(root, it): &(u16, Unreached)| {
                *root == known.root && it.why != Why::Outside && it.holds(&known.path)
            };
            self.unreached.iter().any(holds) && self.entry(known.root, &known.path).is_none()
        });
        let lost: Vec<InventoryEntry> = lost
            .map(|known| InventoryEntry { unread: Some(String::new()), ..known.clone() })
            .collect();
        self.entries.extend(lost);
        self.entries.sort_unstable();
    }

    /// Notes what is in the articles whose content is not known. Of one that cannot be read, it is what the
    /// earlier inventory says.
    pub(crate) fn look(&mut self, before: &Self, roots: &[Root]) {
        self.entries.par_iter_mut().for_each(|entry| {
            if entry.content.is_some() || entry.role != FileRole::Article {
                return;
            }
            let Some(root) = roots.get(usize::from(entry.root)) else { return };
            match root.read(&entry.path) {
                Ok(bytes) => (entry.content, entry.unread) = (Some(xxh3_64(&bytes)), None),
                Err(error) => {
                    let known = before.entry(entry.root, &entry.path);
                    entry.content = known.and_then(|known| known.content);
                    entry.unread = Some(error.source.to_string());
                }
            }
        });
    }

    fn entry(&self, root: u16, path: &str) -> Option<&InventoryEntry> {
        let place = self
            .entries
            .binary_search_by(|entry| (entry.root, entry.path.as_str()).cmp(&(root, path)));
        place.ok().and_then(|place| self.entries.get(place))
    }

    pub(crate) fn articles(&self) -> impl Iterator<Item = &InventoryEntry> {
        self.entries.iter().filter(|entry| entry.role == FileRole::Article)
    }

    /// Whether an article stands for what was read before and cannot be read by now.
    pub(crate) fn is_stale(&self) -> bool {
        self.articles().any(|entry| entry.unread.is_some() && entry.content.is_some())
    }

    /// The files and folders that could not be read.
    pub(crate) fn failures(&self) -> Vec<String> {
        let unreached = self.unreached.iter().filter(|(_, it)| it.is_failure());
        let unreached = unreached.map(|(_, it)| it.path.clone());
        let told =
            |entry: &&InventoryEntry| entry.unread.as_ref().is_some_and(|why| !why.is_empty());
        let unread = self.entries.iter().filter(told).map(|entry| entry.path.clone());
        let mut failures: Vec<String> = unreached.chain(unread).collect();
        failures.sort();
        failures
    }

    pub(crate) fn warnings(&self) -> Vec<Warning> {
        let unreached = self.unreached.iter().filter_map(|(root, it)| {
            let mine = |entry: &&InventoryEntry| entry.root == *root;
            it.warning(self.articles().filter(mine).filter(|entry| it.holds(&entry.path)).count())
        });
        let unread = self.entries.iter().filter_map(InventoryEntry::warning);
        let mut warnings: Vec<Warning> = unreached.chain(unread).collect();
        warnings.sort();
        warnings.dedup();
        warnings
    }
}

impl InventoryEntry {
    /// The bytes of the file, or what is told where there are none.
    pub(crate) fn read(&self, roots: &[Root]) -> Result<Vec<u8>, Warning> {
        let root = roots.get(usize::from(self.root));
        let read = root.map_or_else(|| Ok(Vec::new()), |root| root.read(&self.path));
        read.map_err(|error| not_read(&self.path, &error.source.to_string(), false))
    }

    /// The warning of a file that could not be read; of one in a folder that could not, the folder is told.
    fn warning(&self) -> Option<Warning> {
        let reason = self.unread.as_ref().filter(|reason| !reason.is_empty())?;
        Some(not_read(&self.path, reason, self.content.is_some()))
    }
}

/// The warning of a file that cannot be read; `kept` where its former text is used.
fn not_read(path: &str, reason: &str, kept: bool) -> Warning {
    let message = if kept {
        phrase!(
            "読めません（{reason}）。前に読んだ内容のまま使います",
            "cannot be read ({reason}); it is used as it was read before"
        )
    } else {
        phrase!("読めません（{reason}）。使いません", "cannot be read ({reason}) and is not used")
    };
    Warning { file: Some(path.into()), line: None, message }
}

fn modified(found: &Metadata) -> u64 {
    let time = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    time.map_or(0, |age| u64::try_from(age.as_nanos()).unwrap_or(u64::MAX))
}

#[cfg(unix)]
fn status_changed(found: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    let nanoseconds = i128::from(found.ctime()) * 1_000_000_000 + i128::from(found.ctime_nsec());
    u64::try_from(nanoseconds).unwrap_or_default()
}

#[cfg(not(unix))]
fn status_changed(_: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn walked(root: &[Root]) -> Inventory {
        Inventory::take(root, Links::Within).expect("the root is there")
    }

    fn taken(directory: &Path) -> Inventory {
        let root = [Root::Directory(directory.to_path_buf())];
        let mut inventory = walked(&root);
        inventory.look(&Inventory::default(), &root);
        inventory
    }

    fn paths(inventory: &Inventory) -> Vec<(&str, bool)> {
        inventory.articles().map(|entry| (entry.path.as_str(), entry.unread.is_some())).collect()
    }

    #[test]
    fn a_folder_that_cannot_be_reached_keeps_what_it_had() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        for name in ["a.md", "sub/b.md", "sub/deep/c.md", "subway.md"] {
            let path = directory.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            fs::write(path, "# x\n").expect("a file is written");
        }
        let before = taken(directory.path());
        fs::remove_dir_all(directory.path().join("sub")).expect("the folder is removed");
        let root = [Root::Directory(directory.path().to_path_buf())];
        let mut now = walked(&root);
        let why = Why::System("permission denied".to_owned());
        now.unreached.push((0, Unreached { path: "sub".to_owned(), why }));
        now.adopt(&before, &root, false);
        let kept =
            [("a.md", false), ("sub/b.md", true), ("sub/deep/c.md", true), ("subway.md", false)];
        assert_eq!(paths(&now), kept);
        assert!(now.is_stale());
        assert_eq!(now.failures(), ["sub"]);
        let told: Vec<Warning> = now.warnings();
        assert_eq!(told.len(), 1);
        assert_eq!(
            told[0].message.text(crate::source::Language::En),
            "cannot be read (permission denied); the 2 articles from there stay as they were read before"
        );
        // As long as nothing changes, nothing is new; and what is reached again is as it is.
        let mut again = walked(&root);
        again.unreached = now.unreached.clone();
        again.adopt(&now, &root, false);
        assert_eq!(again, now);
        let mut gone = walked(&root);
        gone.adopt(&now, &root, false);
        assert_eq!(paths(&gone), [("a.md", false), ("subway.md", false)]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_loops_and_links_that_lead_out_cost_themselves_alone() {
        use std::os::unix::ffi::OsStrExt as _;
        use std::os::unix::fs::symlink;
        let (directory, outside) =
            (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
        let at = |name: &str| directory.path().join(name);
        fs::create_dir(at("sub")).expect("a folder is made");
        fs::write(outside.path().join("secret.md"), "# x\n").expect("a file is written");
        fs::write(at("sub/a.md"), "# x\n").expect("a file is written");
        let name = std::ffi::OsStr::from_bytes(b"\x83e\x83X\x83g.md");
        fs::write(directory.path().join(name), "# x\n").expect("a file is written");
        symlink(directory.path(), at("sub/round")).expect("a link is made");
        symlink("nowhere.md", at("gone.md")).expect("a link is made");
        symlink("nowhere", at("gone.txt")).expect("a link is made");
        symlink("sub/a.md", at("within.md")).expect("a link is made");
        symlink(outside.path().join("secret.md"), at("out.md")).expect("a link is made");
        symlink(outside.path(), at("outside")).expect("a link is made");
        let found = taken(directory.path());
        assert_eq!(paths(&found), [("sub/a.md", false), ("within.md", false)]);
        assert_eq!(found.failures().len(), 3, "{:?}", found.failures());
        assert_eq!(found.warnings().len(), 5, "{:?}", found.warnings());
        let root = [Root::Directory(directory.path().to_path_buf())];
        let all = Inventory::take(&root, Links::Everywhere).expect("the root is there");
        let all: Vec<&str> = all.articles().map(|entry| entry.path.as_str()).collect();
        assert_eq!(all, ["out.md", "outside/secret.md", "sub/a.md", "within.md"]);
    }

    #[test]
    fn a_copy_that_keeps_size_and_time_is_seen() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let path = directory.path().join("a.md");
        fs::write(&path, "# one\n").expect("a file is written");
        let time = fs::metadata(&path).and_then(|it| it.modified()).expect("the system tells");
        let before = taken(directory.path());
        // A clock tick of the file system.
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::write(&path, "# two\n").expect("a file is written");
        let file = fs::File::options().write(true).open(&path).expect("it can be opened");
        file.set_modified(time).expect("the time can be set");
        let root = [Root::Directory(directory.path().to_path_buf())];
        for compare in [false, true] {
            let mut now = walked(&root);
            now.adopt(&before, &root, compare);
            now.look(&before, &root);
            let same = now.entries == before.entries;
            assert!(!same || !compare && cfg!(not(unix)), "the content is another");
        }
    }
}
