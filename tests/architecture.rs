//! The invariants of ARCHITECTURE.md, asserted against the source.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The library's modules from the ground up; a module uses those of lower rows only.
///
/// `record` is above `facts` since it hands out incidents, and `article` above both since its
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
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().lines();
    let code = code.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>();
    let code: String = code.join("\n");
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
    let layer = LAYERS.iter().enumerate();
    let layer = layer.flat_map(|(height, names)| names.iter().map(move |name| (*name, height)));
    let layer: BTreeMap<&str, usize> = layer.collect();
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

/// The files of the program and the library by the paths of their modules: `lib::text::token`.
fn files_by_module() -> BTreeMap<Vec<String>, PathBuf> {
    let mut files = BTreeMap::new();
    for path in rust_files("src") {
        let (root, below) = match path.strip_prefix("src/bin/shirube") {
            Ok(below) => ("bin", below),
            Err(_) => ("lib", path.strip_prefix("src").expect("the files are below src")),
        };
        let below = below.with_extension("");
        let names = below.iter().filter_map(|name| name.to_str());
        let names = names.filter(|name| !["mod", "lib", "main"].contains(name));
        let module = std::iter::once(root).chain(names).map(str::to_owned);
        files.insert(module.collect(), path);
    }
    files
}

/// The paths that a `use` names: `a::{b, c::d as e}` names `a::b` and `a::c::d`.
fn leaves(tree: &str, prefix: &[String], found: &mut Vec<Vec<String>>) {
    let mut depth = 0_usize;
    let parts = tree.split(|character| {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        character == ',' && depth == 0
    });
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let (head, group) = match part.split_once('{') {
            Some((head, rest)) => (head, rest.rsplit_once('}').map(|(group, _)| group)),
            None => (part.split(" as ").next().unwrap_or(part), None),
        };
        let names = head.split("::").map(str::trim).filter(|name| !name.is_empty());
        let path: Vec<String> = prefix.iter().cloned().chain(names.map(str::to_owned)).collect();
        match group {
            Some(group) => leaves(group, &path, found),
            None => found.push(path),
        }
    }
}

/// The code of a file without comments and its tests.
fn code_of(path: &Path) -> String {
    let source = read(path);
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// A path from the root that `names` have as they stand in `module`; `None` where they are of another crate.
fn absolute(names: &[String], module: &[String]) -> Option<Vec<String>> {
    let mut base = module.to_vec();
    let mut rest = names;
    match names.first()?.as_str() {
        "crate" => {
            base.truncate(1);
            rest = names.get(1..)?;
        }
        "self" => rest = names.get(1..)?,
        "super" => {
            while rest.first().is_some_and(|name| name == "super") {
                base.pop();
                rest = rest.get(1..)?;
            }
        }
        _ => return None,
    }
    base.extend_from_slice(rest);
    Some(base)
}

/// The paths that a file names with `use`, or by `crate::` and `super::` within its code; those that it passes on
/// by `pub use` also by the name that they have there.
fn named_paths(code: &str, module: &[String]) -> (Vec<Vec<String>>, BTreeMap<String, Vec<String>>) {
    let mut paths = Vec::new();
    let mut passed_on = BTreeMap::new();
    for statement in code.split(';') {
        let Some((before, tree)) = statement.rsplit_once("use ") else { continue };
        let mut found = Vec::new();
        leaves(&tree.replace('\n', " "), &[], &mut found);
        let public = before.lines().last().is_some_and(|line| line.trim_start().starts_with("pub"));
        for names in &found {
            let own = || module.iter().chain(names).cloned().collect();
            let path = absolute(names, module);
            if public && let Some(name) = names.last() {
                passed_on.insert(name.clone(), path.clone().unwrap_or_else(own));
            }
            paths.extend(path);
        }
    }
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let rest = code.get(at..).unwrap_or_default();
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
            let path = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            let preceded = code.get(..at).is_some_and(|before| before.ends_with("::"));
            let names: Vec<String> =
                path.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect();
            paths.extend(absolute(&names, module).filter(|_| !preceded));
        }
    }
    (paths, passed_on)
}

/// The pairs of files that import each other, but for a module and what is below it.
fn circles() -> BTreeSet<(String, String)> {
    let files = files_by_module();
    let named: BTreeMap<&Vec<String>, _> =
        files.iter().map(|(module, path)| (module, named_paths(&code_of(path), module))).collect();
    let file_of = |path: &[String]| {
        let mut path = path.to_vec();
        // An item that several modules pass on is followed to where it is written.
        for _ in 0..8 {
            let length = (1..=path.len()).rev().find(|&length| {
                path.get(..length).is_some_and(|module| named.contains_key(&module.to_vec()))
            })?;
            let (module, rest) = path.split_at(length);
            let module = module.to_vec();
            let passed_on = rest.first().and_then(|name| named.get(&module)?.1.get(name));
            match passed_on {
                Some(origin) => path = origin.iter().chain(rest.iter().skip(1)).cloned().collect(),
                None => return Some(module),
            }
        }
        None
    };
    let mut imports = BTreeSet::new();
    for (module, (paths, _)) in &named {
        for to in paths.iter().filter_map(|path| file_of(path)) {
            if !to.starts_with(module) && !module.starts_with(&to) {
                imports.insert(((*module).clone(), to));
            }
        }
    }
    let name = |module: &Vec<String>| files.get(module).map(|path| path.display().to_string());
    let mutual = imports
        .iter()
        .filter(|(from, to)| from < to && imports.contains(&(to.clone(), from.clone())));
    mutual.filter_map(|(from, to)| Some((name(from)?, name(to)?))).collect()
}

#[test]
fn no_two_files_import_each_other() {
    let found = circles();
    assert!(found.is_empty(), "files that import each other:\n{found:#?}");
}

#[test]
fn paths_are_found_in_every_form() {
    let module = ["lib", "text", "walk"].map(str::to_owned);
    let code = "use super::{token::{Kind, Token}, stem};\npub use super::number;\n\
                use std::ops::Range;\nfn f() -> crate::source::Line { super::super::lines() }";
    let (paths, passed_on) = named_paths(code, &module);
    let paths: BTreeSet<String> = paths.iter().map(|path| path.join("::")).collect();
    let expected = [
        "lib::lines",
        "lib::source::Line",
        "lib::text::number",
        "lib::text::stem",
        "lib::text::token::Kind",
        "lib::text::token::Token",
    ];
    // The braces after a `super::` are read by its `use`.
    assert!(expected.iter().all(|path| paths.contains(*path)), "{paths:?}");
    assert_eq!(
        passed_on.get("number").map(|path| path.join("::")).as_deref(),
        Some("lib::text::number")
    );
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
    let missing = modules.iter().filter(|name| !map.contains(&format!("`src/{name}/")));
    let missing: Vec<&String> = missing.filter(|name| *name != "bin").collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {missing:?}");
}

#[test]
fn every_dependency_has_its_reason() {
    let list = read(Path::new("docs/design/dependencies.md"));
    let manifest = read(Path::new("Cargo.toml"));
    let sections = manifest.split("\n[").filter(|section| {
        section.split(']').next().is_some_and(|name| name.ends_with("dependencies"))
    });
    let crates = sections.flat_map(str::lines).filter_map(|line| line.split_once(" = "));
    let crates: Vec<&str> = crates.map(|(name, _)| name).collect();
    assert!(crates.len() > 50, "{crates:?}");
    let silent: Vec<_> = crates.iter().filter(|it| !list.contains(&format!("`{it}`"))).collect();
    assert!(silent.is_empty(), "docs/design/dependencies.md does not say why there are {silent:?}");
}
