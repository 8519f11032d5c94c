//! Addresses that open a line of an article: in an editor, or in whatever the terminal knows.

use std::path::{Component, Path, PathBuf};

use shirube::report::Links;
use shirube::source::encoded_file;

/// Makes addresses after a form such as `vscode://file{path}:{line}`.
#[derive(Debug)]
pub(crate) struct ArticleLinks {
    /// From the root of the file system.
    directories: Vec<PathBuf>,
    form: String,
    host: String,
}

impl ArticleLinks {
    pub(crate) fn new(directories: Vec<PathBuf>, form: &str, host: &str) -> Self {
        Self { directories, form: form.to_owned(), host: host.to_owned() }
    }
}

impl Links for ArticleLinks {
    fn address(&self, path: &str, line: u32) -> Option<String> {
        // An index is no reason to open anything outside of the knowledge base.
        if !Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let files = self.directories.iter().map(|directory| directory.join(path));
        let file = files.into_iter().find(|file| file.is_file())?;
        let file = file.to_str()?.replace('\\', "/");
        let root = if file.starts_with('/') { "" } else { "/" };
        let file = encoded_file(&format!("{root}{file}")).to_string();
        // Each placeholder is filled once: what fills one has no braces, so it is never read as another.
        let address = self.form.replace("{path}", &file).replace("{line}", &line.to_string());
        Some(address.replace("{host}", &self.host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::hyperlink_form;

    #[test]
    fn addresses_are_made_after_the_form_and_escaped() {
        let place = tempfile::tempdir().expect("a temporary directory");
        let name = "手順 #1;\u{1b}{line}.md";
        std::fs::write(place.path().join(name), "# A\n").expect("a file can be written");
        let directories = vec![place.path().to_path_buf()];
        let directory = place.path().to_string_lossy();
        let directory = encoded_file(&directory);
        let file = format!("{directory}/%E6%89%8B%E9%A0%86%20%231%3B%1B%7Bline%7D.md");
        for (form, address) in [
            ("file", format!("file://box{file}")),
            ("kitty", format!("file://box{file}#7")),
            ("vscode", format!("vscode://file{file}:7")),
            ("x://open?{line}&{path}", format!("x://open?7&{file}")),
        ] {
            let links = ArticleLinks::new(directories.clone(), hyperlink_form(form), "box");
            assert_eq!(links.address(name, 7), Some(address), "{form}");
        }
        let links = ArticleLinks::new(directories, hyperlink_form("file"), "box");
        for outside in ["../x.md", "/etc/passwd", "gone.md"] {
            assert_eq!(links.address(outside, 1), None, "{outside}");
        }
    }
}
