//! The files of a knowledge base that links may lead to.

use std::collections::BTreeSet;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

/// Every file below a directory, relative to it, with `/` between the parts; hidden ones are left out.
///
/// # Errors
///
/// Where the directory, or one below it, cannot be read: then nothing could be said of what is missing.
pub fn files(directory: &Path) -> Result<BTreeSet<String>, walkdir::Error> {
    let mut files = BTreeSet::new();
    let hidden = |entry: &DirEntry| {
        entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
    };
    let walk = WalkDir::new(directory).follow_links(true);
    for entry in walk.into_iter().filter_entry(|entry| !hidden(entry)) {
        let entry = match entry {
            Ok(entry) => entry,
            // Links that go round or lead nowhere are no files.
            Err(error)
                if error.loop_ancestor().is_some() || error.depth() > 0 && dangles(&error) =>
            {
                continue;
            }
            Err(error) => return Err(error),
        };
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(directory).unwrap_or(entry.path());
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            files.insert(parts.join("/"));
        }
    }
    Ok(files)
}

fn dangles(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_listed_by_their_path_within() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let write = |name: &str| {
            let path = directory.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(directory.path()))
                .and_then(|()| std::fs::write(path, "x"))
                .expect("a file is written");
        };
        for name in ["a/図 1.png", "b.md", ".git/config", "a/.hidden"] {
            write(name);
        }
        let found = files(directory.path()).expect("the directory is read");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["a/図 1.png", "b.md"]);
        assert!(files(&directory.path().join("none")).is_err());
    }
}
