//! The knowledge base in the binary.

use std::sync::OnceLock;

use include_dir::{Dir, DirEntry, include_dir};

use super::load::{Documents, Supplements, TextFile, is_flow};
use super::parse;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/kb");

/// The knowledge base that ships with Shirube.
#[must_use]
pub fn embedded() -> &'static Documents {
    static READ: OnceLock<Documents> = OnceLock::new();
    READ.get_or_init(|| {
        let mut layers = Supplements::default();
        supplements(&mut layers, true);
        let mut base = layers.knowledge_base();
        base.articles = files()
            .into_iter()
            .filter(|(path, _)| {
                let hidden = path.split('/').any(|part| part.starts_with('.'));
                path.ends_with(".md") && !hidden && path != "README.md" && !is_flow(path)
            })
            .map(|(path, text)| parse(&path, text, &base.codes))
            .collect();
        base
    })
}

/// Adds the shipped codes, synonyms and dictionary: the base layer of every knowledge base. The settings and
/// the flows are part of the shipped one alone, and of those that ask for it.
pub(super) fn supplements(layers: &mut Supplements, whole: bool) {
    for (path, text) in files() {
        if !whole && (is_flow(&path) || path == "shirube.toml") {
            continue;
        }
        let file = TextFile { path: format!("shirube:{path}"), text: text.to_owned() };
        layers.file(&path, file);
    }
}

/// The embedded texts, sorted by path.
fn files() -> Vec<(String, &'static str)> {
    let mut files = Vec::new();
    let mut open: Vec<&'static Dir<'static>> = vec![&FILES];
    while let Some(directory) = open.pop() {
        for entry in directory.entries() {
            match entry {
                DirEntry::Dir(below) => open.push(below),
                DirEntry::File(file) => {
                    if let Some(text) = file.contents_utf8() {
                        let path = file.path().to_string_lossy().replace('\\', "/");
                        files.push((path, text));
                    }
                }
            }
        }
    }
    files.sort();
    files
}
