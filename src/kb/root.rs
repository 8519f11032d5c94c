//! Where the files of a knowledge base are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{ReadError, Settings, decode, embedded};

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
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self {
            Self::Directory(directory) => {
                let file = directory.join(path);
                fs::read(&file).map_err(ReadError::at(&file))
            }
            Self::Embedded => embedded::file(path)
                .map(<[u8]>::to_vec)
                .ok_or_else(|| ReadError::at(Path::new(path))(io::ErrorKind::NotFound.into())),
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
