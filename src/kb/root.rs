//! Where the files of a knowledge base are.

use std::path::{Path, PathBuf};
use std::{fs, io};

use include_dir::{Dir, include_dir};

use super::{Settings, decode};

/// Where a knowledge base comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Root {
    /// A directory of Markdown documents.
    Directory(PathBuf),
    /// The one that the library carries.
    Embedded,
}

impl Root {
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        match self {
            Self::Directory(directory) => {
                let file = directory.join(path);
                fs::read(&file).map_err(FileError::at(&file))
            }
            Self::Embedded => embedded_file(path)
                .map(<[u8]>::to_vec)
                .ok_or_else(|| FileError::at(Path::new(path))(io::ErrorKind::NotFound.into())),
        }
    }

    /// The roots with the shipped knowledge base before them, where the settings of one ask for it.
    pub(crate) fn with_base(roots: &[Self]) -> Vec<Self> {
        const SETTINGS: &str = "shirube.toml";
        let asks = |root: &Self| {
            *root != Self::Embedded
                && root.read(SETTINGS).is_ok_and(|bytes| {
                    let (text, _) = decode(&bytes, SETTINGS);
                    Settings::parse(SETTINGS, &text).0.base
                })
        };
        let mut all = roots.to_vec();
        if !all.contains(&Self::Embedded) && all.iter().any(asks) {
            all.insert(0, Self::Embedded);
        }
        all
    }

    pub(crate) fn path(&self) -> PathBuf {
        match self {
            Self::Directory(directory) => directory.clone(),
            Self::Embedded => PathBuf::from("kb"),
        }
    }
}

/// A file or directory that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct FileError {
    /// The file or directory.
    pub path: PathBuf,
    /// The system's error.
    pub source: io::Error,
}

impl FileError {
    /// An error of the system with the path that it is about.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self { path, source }
    }
}

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/kb");

/// Its files but hidden ones: the path below `kb/`, with `/` between its parts, and the bytes; sorted by path.
pub(super) fn embedded_files() -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    let mut open = vec![&FILES];
    while let Some(directory) = open.pop() {
        open.extend(directory.dirs());
        for file in directory.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            if !path.split('/').any(|part| part.starts_with('.')) {
                files.push((path, file.contents()));
            }
        }
    }
    files.sort();
    files
}

pub(super) fn embedded_file(path: &str) -> Option<&'static [u8]> {
    FILES.get_file(path).map(include_dir::File::contents)
}
