//! A knowledge base as a whole, for those who look at every article: the checks, the report.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::root::embedded_files;
use super::{FileError, Inventory, Links, Resources, Root, Settings, article, walk};
use crate::article::{Article, parse};
use crate::facts::CodeDictionary;
use crate::source::Warning;

/// The documents of a knowledge base as they were read: everything that a search needs to know.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// The articles, sorted by path.
    pub articles: Vec<Article>,
    pub resources: Resources,
    /// The codes: the shipped ones, overridden by the knowledge base's own.
    pub codes: CodeDictionary,
    pub settings: Settings,
    /// Every file but hidden ones, those that links lead to among them: the path below the root, with `/`
    /// between its parts.
    pub files: BTreeSet<String>,
    /// How many fences are marked `log` without being samples.
    pub documented_logs: usize,
    /// Faults of reading, besides those of the articles themselves.
    pub warnings: Vec<Warning>,
}

/// The knowledge base that ships with Shirube.
pub fn embedded() -> &'static Documents {
    static READ: OnceLock<Documents> = OnceLock::new();
    READ.get_or_init(|| {
        let files = embedded_files().into_iter().map(|(path, _)| path).collect();
        let root = [Root::Embedded];
        let inventory = Inventory::take(&root, Links::Within).unwrap_or_default();
        Documents::read(root, inventory, files)
    })
}

/// Reads a knowledge base; what cannot be read below its root is told in [`Documents::warnings`].
/// Fails where the root itself cannot be read.
pub fn load(root: &Root, links: Links) -> Result<Cow<'static, Documents>, FileError> {
    let Root::Directory(directory) = root else { return Ok(Cow::Borrowed(embedded())) };
    let walked = walk::walk(directory, links)?;
    let files = walked.files.iter().map(|(path, _)| path.clone()).collect();
    let mut inventory = Inventory::default();
    inventory.add(0, walked);
    Ok(Cow::Owned(Documents::read([root.clone()], inventory, files)))
}

impl Documents {
    fn read(root: [Root; 1], mut inventory: Inventory, files: BTreeSet<String>) -> Self {
        inventory.entries.sort_unstable();
        let (resources, mut warnings) = Resources::read(&root, &mut inventory, None);
        let (codes, more) = resources.code_dictionary();
        warnings.extend(more);
        let (settings, more) = resources.all_settings();
        warnings.extend(more);
        let samples = resources.with_samples(&root).contains(&true);
        let [root] = root;
        let read: Vec<(Article, Option<Warning>, usize)> = inventory
            .entries
            .par_iter_mut()
            .filter(|entry| entry.role == super::FileRole::Article)
            .filter_map(|entry| match root.read(&entry.path) {
                Ok(bytes) => {
                    let read = article(&bytes, &entry.path, samples);
                    let article = parse(&entry.path, &read.text, &codes);
                    Some((article, read.warning, read.documented_logs))
                }
                Err(error) => {
                    entry.unread = Some(error.source.to_string());
                    None
                }
            })
            .collect();
        let (mut articles, mut documented_logs) = (Vec::with_capacity(read.len()), 0);
        for (article, warning, logs) in read {
            documented_logs += logs;
            articles.push(article);
            warnings.extend(warning);
        }
        warnings.extend(inventory.warnings());
        Self { articles, resources, codes, settings, files, documented_logs, warnings }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::TextFile;
    use super::*;

    fn load_directory(directory: &Path) -> Result<Cow<'static, Documents>, FileError> {
        load(&Root::Directory(directory.to_path_buf()), Links::Within)
    }

    #[test]
    fn a_directory_is_read_in_order_and_without_what_is_no_article() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode("# 証明書の更新\n\n更新します。\n");
        let files: [(&str, &[u8]); 11] = [
            ("b.md", b"# B\n\ntext\n"),
            ("a/z.markdown", b"# Z\n\ntext\n"),
            ("a/README.md", b"# R\n\ntext\n"),
            ("README.md", b"# for the team\n"),
            (".git/x.md", b"# hidden\n"),
            ("a/notes.txt", b"no article"),
            ("flows/check.md", b"# F\n\n## 1 x\n"),
            ("a/flows/kept.md", b"# K\n\ntext\n"),
            ("sjis.md", &japanese),
            ("shirube.toml", b"language = \"en\"\n"),
            ("synonyms.txt", "端末, デバイス\n".as_bytes()),
        ];
        for (name, bytes) in files {
            let path = directory.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            fs::write(path, bytes).expect("a file is written");
        }
        let base = load_directory(directory.path()).expect("the directory is read");
        let paths: Vec<&str> = base.articles.iter().map(|article| article.path.as_str()).collect();
        assert_eq!(paths, ["a/README.md", "a/flows/kept.md", "a/z.markdown", "b.md", "sjis.md"]);
        let last = |files: &[TextFile]| files.last().map(|file| file.path.clone());
        assert_eq!(last(&base.resources.flows).as_deref(), Some("flows/check.md"));
        assert_eq!(base.articles.last().map(|a| a.title.as_str()), Some("証明書の更新"));
        assert_eq!(base.warnings.len(), 1);
        assert_eq!(base.settings.language, Some(crate::source::Language::En));
        assert_eq!(last(&base.resources.synonyms).as_deref(), Some("synonyms.txt"));
    }

    #[test]
    fn what_is_no_directory_is_named() {
        let error =
            load_directory(Path::new("/nowhere/at/all")).expect_err("there is no such directory");
        assert_eq!(error.to_string(), "/nowhere/at/all: No such file or directory (os error 2)");
    }
}
