//! The knowledge base that the library carries.

use include_dir::{Dir, include_dir};

static KNOWLEDGE_BASE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/kb");

/// Its files: the path below `kb/`, with `/` between its parts, and the bytes.
pub(crate) fn files() -> impl Iterator<Item = (String, &'static [u8])> {
    let mut files = Vec::new();
    collect(&KNOWLEDGE_BASE, &mut files);
    files.into_iter()
}

/// The bytes of one of its files.
pub(crate) fn file(path: &str) -> Option<&'static [u8]> {
    KNOWLEDGE_BASE.get_file(path).map(include_dir::File::contents)
}

fn collect(directory: &Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
    for file in directory.files() {
        files.push((file.path().to_string_lossy().replace('\\', "/"), file.contents()));
    }
    for directory in directory.dirs() {
        collect(directory, files);
    }
}
