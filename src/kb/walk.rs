//! The files below a directory, and what of them cannot be reached.

use std::path::Path;

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::{FileError, FileRole};
use crate::source::{Phrase, Warning};

/// Which symbolic links of a knowledge base are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Links {
    /// Those that lead to files of the knowledge base itself. Whoever can put a link into a shared folder must
    /// not have every file of this machine indexed and shown.
    #[default]
    Within,
    /// All: the team mounts documents from elsewhere.
    Everywhere,
}

/// A file or folder that could not be reached.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Unreached {
    /// The path below the root, with `/` between its parts.
    pub(crate) path: String,
    pub(crate) why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Why {
    System(String),
    Dangling,
    /// The link leads to a folder that it is in.
    Loop,
    /// The link leads out of the knowledge base.
    Outside,
    /// The name is no UTF-8.
    Name,
}

impl Unreached {
    /// Whether a path is what could not be reached, or lies below it.
    pub(crate) fn holds(&self, path: &str) -> bool {
        // Without a name it is somewhere below the root.
        self.path.is_empty()
            || path
                .strip_prefix(self.path.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The warning, where `kept` articles from within stay as they were read before; `None` where
    /// nothing is missing.
    pub(crate) fn warning(&self, kept: usize) -> Option<Warning> {
        let (ja, en) = match &self.why {
            Why::System(reason) => (format!("読めません（{reason}）"), format!("cannot be read ({reason})")),
            Why::Dangling if kept == 0 && FileRole::of(&self.path).is_none() => return None,
            Why::Dangling => ("リンクの先がありません".into(), "the link leads to nothing".into()),
            Why::Loop => (
                "リンクが自分の上のフォルダーを指しています。たどりません".into(),
                "the link leads to a folder above itself and is not followed".into(),
            ),
            Why::Outside => (
                "リンクの先がナレッジベースの外にあるので、たどりません。たどるには: --follow-links".into(),
                "the link leads out of the knowledge base and is not followed; to follow it: --follow-links".into(),
            ),
            Why::Name => (
                "名前がUTF-8ではないので、読みません。名前を変えてください".into(),
                "the name is not UTF-8, so it is not read; rename it".into(),
            ),
        };
        let (more_ja, more_en) = match kept {
            0 => (String::new(), String::new()),
            _ => (
                format!("。ここにあった記事{kept}件は、前に読んだ内容のまま残します"),
                format!("; the {kept} articles from there stay as they were read before"),
            ),
        };
        Some(Warning {
            file: Some(self.path.as_str().into()),
            line: None,
            message: Phrase::new(ja + &more_ja, en + &more_en),
        })
    }

    /// Whether something that should be there could not be read; a link that is left alone is none.
    pub(crate) fn is_failure(&self) -> bool {
        match self.why {
            Why::Outside => false,
            Why::Dangling => FileRole::of(&self.path).is_some(),
            _ => true,
        }
    }
}

pub(super) struct Walked {
    /// The files: the path below the directory, with `/` between its parts, and what the system knows.
    pub(super) files: Vec<(String, DirEntry)>,
    pub(super) unreached: Vec<Unreached>,
}

/// Walks a directory; hidden files and folders are passed over. One that cannot be read costs itself alone.
/// Fails where the directory itself cannot be read.
pub(super) fn walk(directory: &Path, links: Links) -> Result<Walked, FileError> {
    std::fs::read_dir(directory).map_err(FileError::at(directory))?;
    let top = directory.canonicalize().map_err(FileError::at(directory))?;
    let mut walked = Walked { files: Vec::new(), unreached: Vec::new() };
    let mut entries = WalkDir::new(directory).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                walked.unreached.extend(unreached(directory, &error));
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        if entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".") {
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        let (path, is_utf_8) = below(directory, entry.path());
        let why = if !is_utf_8 && (is_folder || FileRole::of(&path).is_some()) {
            Some(Why::Name)
        } else if links == Links::Within && entry.path_is_symlink() && leads_out(&entry, &top) {
            Some(Why::Outside)
        } else {
            None
        };
        match why {
            Some(why) if entry.depth() > 0 => {
                walked.unreached.push(Unreached { path, why });
                if is_folder {
                    entries.skip_current_dir();
                }
            }
            _ if entry.file_type().is_file() && is_utf_8 => walked.files.push((path, entry)),
            _ => {}
        }
    }
    walked.unreached.sort_unstable();
    Ok(walked)
}

fn leads_out(entry: &DirEntry, top: &Path) -> bool {
    // A path that cannot be resolved cannot be read either.
    !entry.path().canonicalize().is_ok_and(|target| target.starts_with(top))
}

fn unreached(directory: &Path, error: &walkdir::Error) -> Option<Unreached> {
    let path = error.path().unwrap_or(directory);
    if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
        return None;
    }
    let (path, _) = below(directory, path);
    let why = match error.io_error() {
        None => Why::Loop,
        Some(error) if error.kind() == std::io::ErrorKind::NotFound => Why::Dangling,
        Some(error) => Why::System(error.to_string()),
    };
    Some(Unreached { path, why })
}

/// The path below `directory`, with `/` between its parts, and whether it is UTF-8.
fn below(directory: &Path, path: &Path) -> (String, bool) {
    let below = path.strip_prefix(directory).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    (parts.join("/"), below.to_str().is_some())
}
