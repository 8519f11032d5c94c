//! The invariants of ARCHITECTURE.md, asserted against the source.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The library's modules from the ground up; a module uses those of lower rows only.
///
/// `record` stands above `facts` since it hands out incidents, and `article` above both since its
/// templates are read with the same masks as a log's messages.
const LAYERS: &[&[&str]] = &[
    &["source"],
    &["text"],
    &["facts"],
    &["record"],
    &["article"],
    &["flow"],
    &["kb"],
    &["index"],
    &["search"],
    &["knowledge_base"],
    &["check", "eval", "export", "import", "misses"],
    &["report"],
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below `directory`, relative to the package, sorted.
fn rust_files(directory: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(directory)];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).expect("the package's directories can be listed") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path.strip_prefix(root()).expect("below the package").to_path_buf());
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).expect("the package's files are UTF-8")
}

/// The top module that a file of the library belongs to; `None` for the crate's root.
fn module(path: &Path) -> Option<String> {
    let below = path.strip_prefix("src").ok()?;
    let first = below.iter().next()?.to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (name != "lib").then(|| name.to_owned())
}

/// The top modules that `source` names by a path from the crate's root, outside of tests.
fn uses(source: &str) -> BTreeSet<String> {
    let code: String = source
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut used = BTreeSet::new();
    for (_, after) in code.match_indices("crate::").map(|(at, word)| code.split_at(at + word.len()))
    {
        match after.strip_prefix('{') {
            Some(group) => used.extend(first_names(group)),
            None => used.extend(name_at_start(after)),
        }
    }
    used
}

/// The names that begin the entries of `{a::b, c::{d, e}}`, the brace having been read.
fn first_names(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0_usize;
    let mut begins = true;
    for (at, character) in group.char_indices() {
        match character {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            character if begins && !character.is_whitespace() => {
                begins = false;
                names.extend(name_at_start(group.split_at(at).1));
            }
            _ => {}
        }
    }
    names
}

fn name_at_start(text: &str) -> Option<String> {
    let name: String =
        text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

#[test]
fn modules_use_lower_layers_only() {
    let layer: BTreeMap<&str, usize> = LAYERS
        .iter()
        .enumerate()
        .flat_map(|(height, names)| names.iter().map(move |name| (*name, height)))
        .collect();
    let mut wrong = Vec::new();
    for path in rust_files("src") {
        // Tests may look at the whole.
        let is_test = path.iter().any(|part| part == "tests" || part == "tests.rs");
        if path.starts_with("src/bin") || is_test {
            continue;
        }
        let Some(from) = module(&path) else { continue };
        let Some(height) = layer.get(from.as_str()) else {
            wrong.push(format!("{}: no layer for the module `{from}`", path.display()));
            continue;
        };
        for to in uses(&read(&path)) {
            // Names that are no module are items of the crate's root.
            let Some(below) = layer.get(to.as_str()) else { continue };
            if to != from && below >= height {
                wrong.push(format!("{}: `{from}` uses `{to}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "against the direction of dependencies:\n{}", wrong.join("\n"));
}

#[test]
fn uses_are_found_in_every_form() {
    let source = "use crate::source::Warning;\nuse crate::{facts::{Code, Kind}, search};\n\
                  // crate::report is a comment\nfn f() -> crate::text::Token {}\n\
                  #[cfg(test)]\nmod tests { use crate::index; }\n";
    let names: Vec<String> = uses(source).into_iter().collect();
    assert_eq!(names, ["facts", "search", "source", "text"]);
}

#[test]
fn the_map_names_what_exists() {
    let map = read(Path::new("ARCHITECTURE.md"));
    let missing: Vec<&str> = map
        .split('`')
        .skip(1)
        .step_by(2)
        .chain(map.split("](").skip(1).filter_map(|link| link.split(')').next()))
        .filter(|name| {
            ["src/", "kb/", "dict/", "tests/", "benches/", "examples/"]
                .iter()
                .any(|start| name.starts_with(start))
                || (name.ends_with(".md") && !name.contains(['*', ' ']))
        })
        .filter(|name| !root().join(name.split('#').next().unwrap_or(name)).exists())
        .collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md names what does not exist: {missing:?}");
}

#[test]
fn the_map_names_every_module() {
    let map = read(Path::new("ARCHITECTURE.md"));
    let modules: BTreeSet<String> =
        rust_files("src").iter().filter_map(|path| module(path)).collect();
    let missing: Vec<&String> = modules
        .iter()
        .filter(|name| !map.contains(&format!("`src/{name}/")))
        .filter(|name| *name != "bin")
        .collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {missing:?}");
}
