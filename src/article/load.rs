//! A knowledge base from a directory.
//!
//! 1. the directory is walked in sorted order: Markdown files, without hidden ones, without the README
//!    that stands in its root and speaks to the team, and without the check flows in `flows/`;
//! 2. the base layer of the binary comes first: codes, synonyms, dictionary; the directory's own
//!    entries override it;
//! 3. the files are read and parsed in parallel, each by itself, so that the number of threads changes
//!    nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::embedded;
use super::settings::Settings;
use super::{Article, parse};
use crate::facts::CodeDictionary;
use crate::source::{Phrase, Warning};

/// A file that is text, with its path relative to the knowledge base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// The path, with `/` between its parts; files of the binary begin with `shirube:`.
    pub path: String,
    /// The content.
    pub text: String,
}

/// The documents of a knowledge base as they were read: everything that a search needs to know.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// The articles, sorted by path.
    pub articles: Vec<Article>,
    /// The codes: the shipped ones, overridden by the knowledge base's own.
    pub codes: CodeDictionary,
    /// The log formats that are data, the shipped ones first; a later one of the same name overrides.
    pub formats: Vec<TextFile>,
    /// The synonym files, the shipped one first; later entries override.
    pub synonyms: Vec<TextFile>,
    /// The user dictionaries in lindera's simple form, the shipped one first; later entries override.
    pub dictionaries: Vec<TextFile>,
    /// The check flows, the shipped ones first where they belong to it; a later flow of the same id overrides.
    pub flows: Vec<TextFile>,
    /// What `shirube.toml` says.
    pub settings: Settings,
    /// What reading could not make sense of, besides what the articles themselves tell.
    pub warnings: Vec<Warning>,
}

/// Why a knowledge base cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The directory is not there, or is none.
    #[error("{} is not a directory", path.display())]
    NotADirectory {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A file or a directory cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// The directory of the code files.
const CODES: &str = "codes";
/// The directory of the log formats.
const FORMATS: &str = "formats";
/// The directory of the check flows.
const FLOWS: &str = "flows";
/// The synonyms, in Solr's format.
const SYNONYMS: &str = "synonyms.txt";
/// The user dictionary.
const DICTIONARY: &str = "dictionary.csv";
/// The team's settings.
const SETTINGS: &str = "shirube.toml";

/// Reads the knowledge base of a directory.
///
/// # Errors
///
/// Where the directory is none, or a file of it cannot be read; the error names the path.
pub fn load(directory: &Path) -> Result<Documents, LoadError> {
    let files = article_files(directory)?;
    let mut supplements = Supplements::default();
    supplements.directory(directory)?;
    let mut base = supplements.knowledge_base();
    let read: Vec<Result<(Article, Option<Warning>), LoadError>> = files
        .par_iter()
        .map(|path| {
            let name = relative(directory, path);
            let (text, warning) = read_text(path, &name)?;
            Ok((parse(&name, &text, &base.codes), warning))
        })
        .collect();
    for article in read {
        let (article, warning) = article?;
        base.articles.push(article);
        base.warnings.extend(warning);
    }
    base.articles.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(base)
}

/// The Markdown files of a knowledge base, sorted: what [`load`] reads, for a freshness check.
///
/// # Errors
///
/// Where the directory is none or cannot be walked.
pub fn article_files(directory: &Path) -> Result<Vec<PathBuf>, LoadError> {
    if !directory.is_dir() {
        return Err(LoadError::NotADirectory { path: directory.to_owned() });
    }
    let mut files = Vec::new();
    // Links are followed, so that a team can mount its documents; a loop of them is skipped.
    let walk = WalkDir::new(directory).follow_links(true).sort_by_file_name();
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    for entry in walk.into_iter().filter_entry(visible) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.loop_ancestor().is_some() => continue,
            // A link to nothing is no article.
            Err(error) if is_dangling(&error) => continue,
            Err(error) => {
                let path = error.path().unwrap_or(directory).to_owned();
                let source = io::Error::from(error);
                return Err(LoadError::Read { path, source });
            }
        };
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let is_readme = entry.depth() == 1 && name == "readme.md";
        let is_article = name.ends_with(".md") || name.ends_with(".markdown");
        if entry.file_type().is_file()
            && is_article
            && !is_readme
            && !is_flow(&relative(directory, entry.path()))
        {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Whether a path within the knowledge base is that of a check flow, which is Markdown but no article.
pub(super) fn is_flow(path: &str) -> bool {
    matches!(path.split_once('/'), Some((FLOWS, _)))
}

fn is_dangling(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
        && error.depth() > 0
}

/// Everything of a knowledge base that is not an article, layer over layer.
#[derive(Default)]
pub(super) struct Supplements {
    codes: Vec<TextFile>,
    formats: Vec<TextFile>,
    synonyms: Vec<TextFile>,
    dictionaries: Vec<TextFile>,
    flows: Vec<TextFile>,
    settings: Settings,
    warnings: Vec<Warning>,
}

impl Supplements {
    /// Takes a file by its path within the knowledge base; whether it is a supplement.
    pub(super) fn file(&mut self, path: &str, file: TextFile) -> bool {
        match path.split_once('/') {
            Some((CODES, name)) if name.ends_with(".toml") => self.codes.push(file),
            Some((FORMATS, name)) if name.ends_with(".toml") => self.formats.push(file),
            Some((FLOWS, name)) if name.ends_with(".md") => self.flows.push(file),
            None if path == SYNONYMS => self.synonyms.push(file),
            None if path == DICTIONARY => self.dictionaries.push(file),
            None if path == SETTINGS => {
                let (settings, warnings) = Settings::parse(&file.path, &file.text);
                self.settings = settings;
                self.warnings.extend(warnings);
            }
            _ => return false,
        }
        true
    }

    /// Takes the supplements of a directory, over those of the binary.
    fn directory(&mut self, directory: &Path) -> Result<(), LoadError> {
        embedded::supplements(self, asks_for_base(directory));
        let mut paths: Vec<PathBuf> =
            [SYNONYMS, DICTIONARY, SETTINGS].iter().map(|name| directory.join(name)).collect();
        for folder in [CODES, FORMATS, FLOWS] {
            let folder = directory.join(folder);
            if folder.is_dir() {
                let mut found = list(&folder)?;
                found.sort();
                paths.extend(found);
            }
        }
        for path in paths.into_iter().filter(|path| path.is_file()) {
            let name = relative(directory, &path);
            let (text, warning) = read_text(&path, &name)?;
            self.warnings.extend(warning);
            self.file(&name, TextFile { path: name.clone(), text });
        }
        Ok(())
    }

    /// A knowledge base without articles.
    pub(super) fn knowledge_base(self) -> Documents {
        let files = self.codes.iter().map(|file| (file.path.as_str(), file.text.as_str()));
        let (codes, warnings) = CodeDictionary::parse(files);
        let mut all = self.warnings;
        all.extend(warnings);
        Documents {
            articles: Vec::new(),
            codes,
            formats: self.formats,
            synonyms: self.synonyms,
            dictionaries: self.dictionaries,
            flows: self.flows,
            settings: self.settings,
            warnings: all,
        }
    }
}

/// Whether the settings of a knowledge base ask for the shipped articles and flows.
fn asks_for_base(directory: &Path) -> bool {
    let text = fs::read_to_string(directory.join(SETTINGS)).unwrap_or_default();
    Settings::parse(SETTINGS, &text).0.base
}

fn list(directory: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let failed = |source| LoadError::Read { path: directory.to_owned(), source };
    fs::read_dir(directory)
        .map_err(failed)?
        .map(|entry| entry.map(|entry| entry.path()).map_err(failed))
        .collect()
}

/// The path below `directory`, with `/` between its parts.
fn relative(directory: &Path, path: &Path) -> String {
    let below = path.strip_prefix(directory).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Reads a file as text; bytes that are not UTF-8 are read with a warning.
fn read_text(path: &Path, name: &str) -> Result<(String, Option<Warning>), LoadError> {
    let bytes =
        fs::read(path).map_err(|source| LoadError::Read { path: path.to_owned(), source })?;
    Ok(decode(bytes, name))
}

/// Decodes a file: UTF-8, or UTF-16 with a byte order mark, or else Shift_JIS, with a warning.
pub(super) fn decode(bytes: Vec<u8>, name: &str) -> (String, Option<Warning>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(error) => error.into_bytes(),
    };
    let encoding = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding,
        None => {
            let (_, damaged) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(&bytes);
            if damaged { encoding_rs::UTF_8 } else { encoding_rs::SHIFT_JIS }
        }
    };
    let (text, _, damaged) = encoding.decode(&bytes);
    let lost = if damaged {
        ("（読めない文字があります）", " (some characters are lost)")
    } else {
        ("", "")
    };
    let message = Phrase::new(
        format!(
            "UTF-8ではなく{}として読みました{}。UTF-8で保存してください",
            encoding.name(),
            lost.0
        ),
        format!("read as {} instead of UTF-8{}; save it as UTF-8", encoding.name(), lost.1),
    );
    (text.into_owned(), Some(Warning { file: Some(name.into()), line: None, message }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(directory: &Path, files: &[(&str, &[u8])]) -> Result<(), io::Error> {
        for (name, bytes) in files {
            let path = directory.join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, bytes)?;
        }
        Ok(())
    }

    #[test]
    fn a_directory_is_read_in_order_and_without_what_is_no_article() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode("# 証明書の更新\n\n更新します。\n");
        write(
            directory.path(),
            &[
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
            ],
        )
        .expect("files are written");
        let base = load(directory.path()).expect("the directory is read");
        let paths: Vec<&str> = base.articles.iter().map(|article| article.path.as_str()).collect();
        assert_eq!(paths, ["a/README.md", "a/flows/kept.md", "a/z.markdown", "b.md", "sjis.md"]);
        assert_eq!(base.flows.last().map(|file| file.path.as_str()), Some("flows/check.md"));
        assert_eq!(base.articles.last().map(|a| a.title.as_str()), Some("証明書の更新"));
        assert_eq!(base.warnings.len(), 1);
        assert_eq!(base.settings.language, Some(crate::source::Language::En));
        assert_eq!(base.synonyms.last().map(|file| file.path.as_str()), Some("synonyms.txt"));
    }

    #[test]
    fn what_is_no_directory_is_named() {
        let error = load(Path::new("/nowhere/at/all")).expect_err("there is no such directory");
        assert_eq!(error.to_string(), "/nowhere/at/all is not a directory");
    }

    #[cfg(unix)]
    #[test]
    fn links_that_go_round_are_skipped() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        write(directory.path(), &[("a/x.md", b"# X\n\ntext\n")]).expect("files are written");
        let inside = directory.path().join("a/loop");
        std::os::unix::fs::symlink(directory.path(), inside).expect("a link is made");
        std::os::unix::fs::symlink("nowhere.md", directory.path().join("gone.md"))
            .expect("a link is made");
        let base = load(directory.path()).expect("the directory is read");
        assert_eq!(base.articles.len(), 1);
    }
}
