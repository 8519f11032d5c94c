//! Which files a knowledge base consists of, by a stat each.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{fs, io};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::xxh3_64;

use super::{IndexError, embedded};
use crate::article::Settings;

/// Where a knowledge base comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Root {
    /// A directory of Markdown documents.
    Directory(PathBuf),
    /// The one that the library carries.
    Embedded,
}

impl Root {
    /// The bytes of one of its files.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, IndexError> {
        match self {
            Self::Directory(directory) => {
                let file = directory.join(path);
                fs::read(&file).map_err(IndexError::io(&file))
            }
            Self::Embedded => embedded::file(path)
                .map(<[u8]>::to_vec)
                .ok_or_else(|| IndexError::io(Path::new(path))(io::ErrorKind::NotFound.into())),
        }
    }

    /// The roots with the shipped knowledge base before them, where the settings of one ask for it.
    pub(crate) fn with_base(roots: &[Self]) -> Vec<Self> {
        let asks = |root: &Self| match root {
            Self::Directory(directory) => {
                let path = directory.join("shirube.toml");
                let text = fs::read_to_string(path).unwrap_or_default();
                Settings::parse("shirube.toml", &text).0.base
            }
            Self::Embedded => false,
        };
        let mut all = roots.to_vec();
        if !all.contains(&Self::Embedded) && all.iter().any(asks) {
            all.insert(0, Self::Embedded);
        }
        all
    }

    /// What messages call it.
    pub(crate) fn path(&self) -> PathBuf {
        match self {
            Self::Directory(directory) => directory.clone(),
            Self::Embedded => PathBuf::from("kb"),
        }
    }
}

/// What part a file plays in a knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Role {
    /// A Markdown document.
    Article,
    /// Codes, synonyms, dictionary, settings: what all articles depend on.
    Resource,
}

/// One file, as the last stat saw it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// The index of the root that it stands in.
    pub(crate) root: u16,
    /// The path below the root, with `/` between its parts.
    pub(crate) path: String,
    pub(crate) role: Role,
    /// Bytes.
    pub(crate) size: u64,
    /// Nanoseconds since 1970; where the system does not tell, 0.
    pub(crate) modified: u64,
    /// XXH3 of the content; `None` where only the stat is known.
    pub(crate) content: Option<u64>,
}

/// The files of one or more roots, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Inventory {
    pub(crate) entries: Vec<Entry>,
}

impl Inventory {
    /// Walks the roots. Hidden files and directories are passed over, and so is the `README.md`
    /// that stands directly in a root: it speaks to the authors.
    ///
    /// # Errors
    ///
    /// Where a root cannot be listed.
    pub fn take(roots: &[Root]) -> Result<Self, IndexError> {
        let mut entries = Vec::new();
        for (number, root) in roots.iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            match root {
                Root::Directory(directory) => walk(directory, number, &mut entries)?,
                Root::Embedded => entries.extend(embedded::files().filter_map(|(path, bytes)| {
                    Some(Entry {
                        root: number,
                        role: role(&path)?,
                        size: bytes.len() as u64,
                        modified: 0,
                        content: Some(xxh3_64(bytes)),
                        path,
                    })
                })),
            }
        }
        entries.sort_unstable();
        Ok(Self { entries })
    }

    /// Takes over from an earlier inventory what is in the files whose stat is the same as then.
    pub(crate) fn adopt(&mut self, before: &Self) {
        for entry in &mut self.entries {
            let place = before.entries.binary_search_by(|known| {
                (known.root, &known.path).cmp(&(entry.root, &entry.path))
            });
            if let Some(known) = place.ok().and_then(|place| before.entries.get(place))
                && (known.size, known.modified) == (entry.size, entry.modified)
            {
                entry.content = known.content;
            }
        }
    }

    /// The Markdown documents.
    pub(crate) fn articles(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.role == Role::Article)
    }

    /// The files that all articles depend on.
    pub(crate) fn resources(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.role == Role::Resource)
    }
}

fn role(path: &str) -> Option<Role> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("md" | "markdown") if path.starts_with("flows/") => Some(Role::Resource),
        Some("md" | "markdown") if path != "README.md" => Some(Role::Article),
        Some("toml")
            if path == "shirube.toml"
                || path.starts_with("codes/")
                || path.starts_with("formats/") =>
        {
            Some(Role::Resource)
        }
        _ if path == "synonyms.txt" || path == "dictionary.csv" => Some(Role::Resource),
        _ => None,
    }
}

fn walk(directory: &Path, root: u16, entries: &mut Vec<Entry>) -> Result<(), IndexError> {
    // A directory that is missing or a file is an error; one unreadable file below it is not met
    // before it is read.
    fs::read_dir(directory).map_err(IndexError::io(directory))?;
    let hidden = |name: &str| name.starts_with('.');
    let walk = WalkDir::new(directory).follow_links(true).into_iter().filter_entry(|entry| {
        entry.depth() == 0 || !entry.file_name().to_str().is_some_and(hidden)
    });
    let mut files = Vec::new();
    for entry in walk {
        // A link that leads nowhere or in a circle is no document.
        let Ok(entry) = entry else { continue };
        if !entry.file_type().is_file() {
            continue;
        }
        let Ok(relative) = entry.path().strip_prefix(directory) else { continue };
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        let path = parts.join("/");
        let Some(role) = role(&path) else { continue };
        files.push((entry, path, role));
    }
    let stat = |(file, path, role): (DirEntry, String, Role)| {
        let metadata =
            file.metadata().map_err(|error| IndexError::io(file.path())(error.into()))?;
        let modified = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .map_or(0, |age| u64::try_from(age.as_nanos()).unwrap_or(u64::MAX));
        Ok(Entry { root, path, role, size: metadata.len(), modified, content: None })
    };
    let stats: Vec<Result<Entry, IndexError>> = files.into_par_iter().map(stat).collect();
    for entry in stats {
        entries.push(entry?);
    }
    Ok(())
}
