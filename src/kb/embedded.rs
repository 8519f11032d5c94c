//! The files of the knowledge base that the library carries.

use include_dir::{Dir, include_dir};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/kb");

/// Its files but hidden ones: the path below `kb/`, with `/` between its parts, and the bytes; sorted by path.
pub(super) fn files() -> Vec<(String, &'static [u8])> {
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

pub(super) fn file(path: &str) -> Option<&'static [u8]> {
    FILES.get_file(path).map(include_dir::File::contents)
}
