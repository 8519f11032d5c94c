//! Which knowledge base is searched, and where its index lives.

use std::fmt;
use std::path::PathBuf;

use crate::environment::Environment;

/// The knowledge base that is searched where none is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KnowledgeBase {
    /// A directory of Markdown documents.
    Directory(PathBuf),
    /// The one that the binary carries.
    Embedded,
}

impl fmt::Display for KnowledgeBase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(path) => path.display().fmt(formatter),
            Self::Embedded => formatter.write_str("the one built in"),
        }
    }
}

/// `kb/` in the working directory, else the user's own, else the one built in.
pub(crate) fn default(environment: &Environment) -> KnowledgeBase {
    let here = environment.working_directory.join("kb");
    if here.is_dir() {
        return KnowledgeBase::Directory(PathBuf::from("kb"));
    }
    match environment.data.as_ref().map(|data| data.join("shirube/kb")) {
        Some(own) if own.is_dir() => KnowledgeBase::Directory(own),
        _ => KnowledgeBase::Embedded,
    }
}
