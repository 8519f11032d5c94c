//! A directory of articles, brought up to date with drafts.
//!
//! 1. the articles below the directory are read for what they say of their import;
//! 2. a draft goes to the article that has its key, wherever that lies by now; a new one gets a name
//!    that nothing has;
//! 3. an article that is still as import wrote it is written anew where the draft differs; one that a
//!    person has changed is never touched: what is new is beside it, as `NAME.md.imported`, which is
//!    no article; what a team adds beside the text ([`Own`]) is no change, and stays;
//! 4. an article whose document is not there any more is told, and retired where that is asked for: it becomes
//!    `NAME.md.retired`, which is no article either;
//! 5. a file is written whole or not at all, and one that would not change is not written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::draft::{Mark, Own, mark};
use super::name::slug;
use super::{Draft, Imported};
use crate::kb::{FileError, Inventory, Links, Root, decode};

/// The outcome for a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Became {
    Created,
    /// The article was written anew.
    Updated,
    /// The article is what the draft says already.
    Unchanged,
    /// A person has changed the article, and the document is as it was: nothing was written.
    Kept,
    /// A person has changed the article, and the document has changed as well: the new text is beside it.
    Conflict,
    /// The document is not in its folder or file any more; nothing was changed.
    Vanished,
    /// The document is not there any more, and the article was set aside.
    Retired,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The article's file, relative to the directory.
    pub path: String,
    pub title: String,
    /// Written, kept or in conflict.
    pub outcome: Became,
}

/// Why articles could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file or a directory could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    /// A file could not be written.
    #[error("cannot write {}", path.display())]
    Write {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

impl From<FileError> for ImportError {
    fn from(FileError { path, source }: FileError) -> Self {
        Self::Read { path, source }
    }
}

/// After the name of an article: what its document says by now, for a person to compare.
const IMPORTED_SUFFIX: &str = ".imported";
/// After the name of an article that was set aside.
const RETIRED: &str = ".retired";

/// Options of [`write()`] beside writing articles.
#[derive(Debug, Clone, Copy, Default)]
pub struct WriteOptions {
    /// Only tell what would be done.
    pub dry_run: bool,
    /// Set aside the articles whose documents are not there any more.
    pub retire: bool,
}

/// Writes the drafts into a directory, or only tells what it would do.
/// Fails where a file cannot be read or written; what was written before stays, and running it again goes on.
pub fn write(
    directory: &Path,
    imported: &Imported,
    options: WriteOptions,
) -> Result<Vec<Change>, ImportError> {
    let dry_run = options.dry_run;
    let existing = ExistingArticles::read(directory)?;
    let mut taken = existing.names.clone();
    let mut changes = Vec::new();
    for draft in &imported.drafts {
        let plain = draft.text();
        let (path, outcome, text) = match existing.articles.get(&draft.key) {
            None => (free_name(draft, &mut taken), Became::Created, plain),
            Some(article) => {
                let text = article.own.put_into(&plain);
                (article.path.clone(), article.outcome(&text), text)
            }
        };
        let beside = format!("{path}{IMPORTED_SUFFIX}");
        let target = match outcome {
            Became::Created | Became::Updated => Some(&path),
            Became::Conflict => Some(&beside),
            Became::Unchanged | Became::Kept | Became::Vanished | Became::Retired => None,
        };
        if let Some(target) = target.filter(|_| !dry_run) {
            put(&directory.join(target), &text)?;
        }
        // An article that was taken over needs no draft beside it any longer.
        if outcome != Became::Conflict && !dry_run {
            clear(&directory.join(&beside), &text)?;
        }
        changes.push(Change { path, title: draft.title.clone(), outcome });
    }
    changes.extend(vanished(directory, &existing, imported, options)?);
    Ok(changes)
}

/// The articles whose documents are not in the folder or file any more that they came from. One that a person has
/// changed is only told; and where a part of the source could not be read, nothing is known to have gone.
fn vanished(
    directory: &Path,
    existing: &ExistingArticles,
    imported: &Imported,
    options: WriteOptions,
) -> Result<Vec<Change>, ImportError> {
    let keys: BTreeSet<&str> = imported.drafts.iter().map(|draft| draft.key.as_str()).collect();
    let mut changes = Vec::new();
    let gone = existing.articles.iter().filter(|(key, article)| {
        imported.sources.contains(&article.mark.from) && !keys.contains(key.as_str())
    });
    for (_, article) in gone {
        let retires = options.retire && article.mark.untouched && imported.warnings.is_empty();
        if retires && !options.dry_run {
            let path = directory.join(&article.path);
            let aside = directory.join(format!("{}{RETIRED}", article.path));
            let failed = |source| ImportError::Write { path: aside.clone(), source };
            std::fs::rename(path, &aside).map_err(failed)?;
        }
        let outcome = if retires { Became::Retired } else { Became::Vanished };
        let title = article.title().unwrap_or_default().to_owned();
        changes.push(Change { path: article.path.clone(), title, outcome });
    }
    Ok(changes)
}

/// The articles of a directory that import has written.
struct ExistingArticles {
    articles: BTreeMap<String, ExistingArticle>,
    /// The names of all files, in lower case: some file systems know no other.
    names: BTreeSet<String>,
}

struct ExistingArticle {
    path: String,
    text: String,
    mark: Mark,
    own: Own,
}

impl ExistingArticle {
    fn outcome(&self, text: &str) -> Became {
        let same_document = mark(text).is_some_and(|new| new.hash == self.mark.hash);
        match (self.mark.untouched, same_document) {
            _ if self.text == text => Became::Unchanged,
            // Only the ends of the lines differ.
            (true, true) => Became::Unchanged,
            (true, false) => Became::Updated,
            (false, true) => Became::Kept,
            (false, false) => Became::Conflict,
        }
    }

    /// The title of the text, without the mark of its heading.
    fn title(&self) -> Option<&str> {
        self.text.lines().find_map(|line| line.strip_prefix("# "))
    }
}

impl ExistingArticles {
    fn read(directory: &Path) -> Result<Self, ImportError> {
        let mut existing = Self { articles: BTreeMap::new(), names: BTreeSet::new() };
        if !directory.exists() {
            return Ok(existing);
        }
        let root = Root::Directory(directory.to_owned());
        let inventory = Inventory::take(std::slice::from_ref(&root), Links::Everywhere)?;
        for path in inventory.articles().map(|entry| entry.path.clone()) {
            existing.names.insert(path.to_lowercase());
            let bytes = root.read(&path)?;
            let text = decode(&bytes, &path).0.into_owned();
            if let Some(mark) = mark(&text) {
                // Of two copies the first stays the article; the other is the team's own.
                let own = Own::take(&text).1;
                let article = ExistingArticle { path, text, mark, own };
                existing.articles.entry(article.mark.key.clone()).or_insert(article);
            }
        }
        Ok(existing)
    }
}

/// A name for a new article that no file has.
fn free_name(draft: &Draft, taken: &mut BTreeSet<String>) -> String {
    let stem = draft.file.rsplit('/').next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let name = [slug(&draft.title), slug(stem), "article".to_owned()];
    let name = name.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let mut path = format!("{name}.md");
    let mut number = 1;
    while !taken.insert(path.clone()) {
        number += 1;
        path = format!("{name}-{number}.md");
    }
    path
}

/// Writes a file whole or not at all; not where it holds the text already.
fn put(path: &Path, text: &str) -> Result<(), ImportError> {
    let failed = |source| ImportError::Write { path: path.to_owned(), source };
    if std::fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()) {
        return Ok(());
    }
    let parent = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(failed)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".import-");
    // For the team to read, as an editor would write it, and not for this user alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(parent).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Removes a file where it holds this text and nothing else.
fn clear(path: &Path, text: &str) -> Result<(), ImportError> {
    if std::fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()) {
        let failed = |source| ImportError::Write { path: path.to_owned(), source };
        std::fs::remove_file(path).map_err(failed)?;
    }
    Ok(())
}
