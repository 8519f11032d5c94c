//! The library's front door: how many names its page shows, which parts are hidden, and that every function that may
//! fail says how. It reads the source, since rustdoc's own list would have to be built first.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The page of the crate is read in a few minutes with so many names and no more.
const MOST_NAMES: usize = 62;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the package's files are UTF-8")
}

/// The modules of `lib.rs`: name, and whether the page shows it.
fn modules() -> BTreeMap<String, bool> {
    let library = read(&source().join("lib.rs"));
    let mut modules = BTreeMap::new();
    let mut hidden = false;
    for line in library.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            modules.insert(name.to_owned(), !hidden);
        }
        hidden = line == "#[doc(hidden)]" || hidden && line.starts_with("#[");
    }
    modules
}

/// The names that a `mod.rs` re-exports: those that the page shows, and those that it does not.
fn names(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut shown, mut hidden_names) = (Vec::new(), Vec::new());
    let mut hidden = false;
    for statement in text.split_inclusive(';') {
        let code: Vec<&str> =
            statement.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
        let code = code.join(" ");
        hidden |= code.contains("#[doc(hidden)]");
        if let Some((_, path)) = code.split_once("pub use ") {
            let path = path.trim_end_matches(';');
            let items = path.split(['{', ',', '}']).map(str::trim);
            let items = items.filter(|it| !it.is_empty() && !it.ends_with("::"));
            let to = if hidden { &mut hidden_names } else { &mut shown };
            to.extend(items.map(|it| it.rsplit("::").next().unwrap_or(it).to_owned()));
        }
        // A declaration of the file itself is at the beginning of a line.
        for line in statement.lines() {
            let declared =
                ["pub fn ", "pub struct ", "pub enum ", "pub const ", "pub trait ", "pub mod "];
            let item = declared.iter().find_map(|start| line.strip_prefix(start));
            let item =
                item.and_then(|it| it.split(|c: char| !c.is_alphanumeric() && c != '_').next());
            let to = if hidden { &mut hidden_names } else { &mut shown };
            to.extend(item.map(str::to_owned));
        }
        hidden = false;
    }
    (shown, hidden_names)
}

#[test]
fn the_page_of_the_crate_shows_few_names() {
    let modules = modules();
    let hidden: Vec<&str> =
        modules.iter().filter(|(_, shown)| !**shown).map(|(name, _)| name.as_str()).collect();
    assert_eq!(hidden, ["article", "check", "eval", "export", "import", "kb", "misses", "text"]);
    let (mut shown, mut behind) = (names(&read(&source().join("lib.rs"))).0, Vec::new());
    // Re-exported twice, once with its module; and another crate.
    shown.retain(|name| {
        !modules.contains_key(name) && !["jiff", "Answer", "AnswerOptions"].contains(&name.as_str())
    });
    for name in modules.iter().filter(|(_, shown)| **shown).map(|(name, _)| name) {
        let (own, hidden) = names(&read(&source().join(name).join("mod.rs")));
        shown.extend(own.into_iter().map(|item| format!("{name}::{item}")));
        behind.extend(hidden.into_iter().map(|item| format!("{name}::{item}")));
    }
    assert!(shown.len() <= MOST_NAMES, "{} names: {shown:?}", shown.len());
    for needed in ["KnowledgeBase", "Paste", "search::Answer", "report::json"] {
        assert!(shown.iter().any(|it| it == needed), "{needed} is not in {shown:?}");
    }
    assert!(behind.iter().any(|it| it == "search::Searcher"), "{behind:?}");
    for name in hidden {
        let (own, more) = names(&read(&source().join(name).join("mod.rs")));
        behind.extend(own.into_iter().chain(more).map(|item| format!("{name}::{item}")));
    }
    behind.sort();
    shown.sort();
    // A name that is hidden is public all the same: whoever adds one sees it counted.
    let told =
        |what: &str, names: &[String]| format!("{what}: {}\n{}\n", names.len(), names.join("\n"));
    insta::assert_snapshot!(
        "public_names",
        format!("{}\n{}", told("shown", &shown), told("hidden", &behind))
    );
}

#[test]
fn every_function_that_may_fail_says_how() {
    let mut open = vec![source()];
    let mut silent = Vec::new();
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).expect("the package's directories can be listed") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() && !path.ends_with("bin") {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let file = path.display().to_string();
                silent
                    .extend(silent_in(&read(&path)).into_iter().map(|it| format!("{file}: {it}")));
            }
        }
    }
    assert!(silent.is_empty(), "neither # Errors nor Fails:\n{}", silent.join("\n"));
}

/// The public functions of a file that return a `Result` and do not say when it is an error.
fn silent_in(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let (mut found, mut told) = (Vec::new(), false);
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if line.starts_with("///") {
            // A hidden function says so in a sentence.
            told |= line == "/// # Errors" || line.starts_with("/// Fails ");
        } else if line.starts_with("pub fn ") {
            let mut head = line.to_owned();
            while !head.ends_with(['{', ';', '}']) {
                let Some(next) = lines.next() else { break };
                head.push_str(next);
            }
            let result = head.split_once("->").is_some_and(|(_, it)| {
                let it = it.trim_start();
                it.starts_with("Result<") || it.contains("::Result<") && !it.starts_with("impl")
            });
            if result && !told {
                found.push(head);
            }
            told = false;
        } else if !line.starts_with("#[") {
            told = false;
        }
    }
    found
}

#[test]
fn what_says_nothing_is_found() {
    let text = "/// Opens.\n///\n/// # Errors\n///\n/// Where.\n#[must_use]\npub fn told() -> Result<(), E> {\n}\n\
                /// Opens.\npub fn silent(\n    path: &Path,\n) -> Result<(), E> {\n}\npub fn sound() -> usize {\n";
    assert_eq!(silent_in(text).len(), 1, "{:?}", silent_in(text));
    let (shown, hidden) =
        names("pub use self::{a::{B, C}};\n#[doc(hidden)]\npub use d::E;\npub(crate) use f::G;\n");
    assert_eq!((shown, hidden), (vec!["B".to_owned(), "C".to_owned()], vec!["E".to_owned()]));
}
