//! A knowledge base that is open and answers: what another program wants of Shirube.
//!
//! 1. [`KnowledgeBase::open`] builds or refreshes the index of some documents, [`KnowledgeBase::open_index`]
//!    takes one that somebody else builds;
//! 2. a [`Paste`] is what is asked, and [`AnswerOptions`] say how and when;
//! 3. each question takes the snapshot that is live, and keeps it to its end;
//! 4. [`KnowledgeBase::reload`] goes on to a newer snapshot where there is one.

mod both;
mod error;
mod paste;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

pub use error::Error;
pub use paste::Paste;

use crate::facts::{Explanation, numbered_names, typed_name, writes_error};
use crate::index::{self, BuildReport, FileIdentity, IndexError, IndexOptions, Root, Snapshot};
use crate::record::{Reading, format_names};
use crate::search::{Answer, AnswerOptions, ArticleEntry, ArticleText, CodeMention, Searcher};

/// A knowledge base that is open: it answers pastes and questions, and shows its articles.
///
/// It is `Send` and `Sync`, and cloning it costs nothing: clones share the snapshot that is live, and go
/// on to a newer one together ([`reload`](Self::reload)). What was asked before goes on with the snapshot
/// that it began with.
///
/// ```
/// use shirube::index::Root;
/// use shirube::{AnswerOptions, KnowledgeBase, Paste};
///
/// # fn main() -> Result<(), shirube::Error> {
/// // The knowledge base that the library carries, indexed in memory.
/// let manual = KnowledgeBase::open(Root::Embedded)?;
/// let options = AnswerOptions::at(jiff::civil::date(2026, 11, 23).at(9, 30, 0, 0));
/// let answer = manual.answer(Paste::question("同期が完了しない"), &options)?;
/// assert!(!answer.incidents[0].remedies.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct KnowledgeBase {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// Where newer snapshots appear; `None` in memory.
    directory: Option<PathBuf>,
    live: RwLock<Live>,
    /// Held while a newer snapshot is opened, so that two threads do not open it twice.
    reloading: Mutex<()>,
}

#[derive(Debug, Clone)]
struct Live {
    searcher: Searcher,
    report: Arc<BuildReport>,
    identity: Option<FileIdentity>,
}

/// Everything that is known of a code that somebody wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explained {
    /// The codes that it may be; itself first.
    pub codes: Vec<ExplainedError<Explanation>>,
    /// The errors that have this name instead of a number.
    pub named_codes: Vec<ExplainedError<String>>,
}

impl Explained {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty() && self.named_codes.is_empty()
    }
}

/// An error with the articles that treat it: a code as the dictionary explains it, or a name as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExplainedError<Of> {
    /// The error.
    pub error: Of,
    /// The articles that name it: those that are about it first, then in order of path.
    pub articles: Vec<CodeMention>,
}

impl<Of> ExplainedError<Of> {
    /// The meaning that the articles give it, for where the dictionary has none: the one of the first article that does.
    #[must_use]
    pub fn meaning_of_articles(&self) -> Option<&str> {
        self.articles.iter().find_map(|article| article.meaning.as_deref())
    }
}

impl KnowledgeBase {
    /// Opens a directory of Markdown (`KnowledgeBase::open("manual")`), the articles that the library carries
    /// ([`Root::Embedded`](crate::index::Root)), or whatever [`IndexOptions`] say.
    ///
    /// A directory alone is indexed in memory, afresh; with [`IndexOptions::directory`] the index is kept, and the next
    /// start builds only what has changed.
    ///
    /// # Errors
    ///
    /// Where documents or index cannot be read, or there is not a single article.
    pub fn open(documents: impl Into<IndexOptions>) -> Result<Self, Error> {
        let options = documents.into();
        // Looked at before opening: a snapshot that is published meanwhile is found by the next reload.
        let identity = options.directory.as_deref().map(FileIdentity::take);
        let (snapshot, report) = index::open_or_build(&options)?;
        Ok(Self::with(options.directory, Live::new(snapshot, report, identity)))
    }

    /// Opens an index that somebody else builds, without looking at documents and without writing
    /// anything: the directory may be read-only, and shared by any number of machines.
    ///
    /// # Errors
    ///
    /// Where there is no index, or it is of another version or damaged.
    pub fn open_index(directory: impl Into<PathBuf>) -> Result<Self, Error> {
        let directory = directory.into();
        let identity = FileIdentity::take(&directory);
        let missing = || IndexError::Missing { path: directory.clone() };
        let snapshot = Snapshot::open(&directory)?.ok_or_else(missing)?;
        let report = BuildReport::of(&directory, &snapshot);
        Ok(Self::with(Some(directory), Live::new(snapshot, report, Some(identity))))
    }

    fn with(directory: Option<PathBuf>, live: Live) -> Self {
        let (live, reloading) = (RwLock::new(live), Mutex::default());
        Self { inner: Arc::new(Inner { directory, live, reloading }) }
    }

    /// Goes on to a newer snapshot where one is live by now, and returns whether there was one. Where there
    /// is none, this costs a stat of one file. Answers that are under way end with the snapshot that they
    /// began with.
    ///
    /// # Errors
    ///
    /// Where the newer snapshot cannot be opened; the one before goes on answering.
    pub fn reload(&self) -> Result<bool, Error> {
        let Some(directory) = &self.inner.directory else { return Ok(false) };
        let _alone = self.inner.reloading.lock().unwrap_or_else(PoisonError::into_inner);
        let identity = FileIdentity::take(directory);
        let live = self.live();
        // An index that is gone is no newer one.
        if !identity.exists() || live.identity.as_ref() == Some(&identity) {
            return Ok(false);
        }
        let Some(snapshot) = Snapshot::open(directory)? else { return Ok(false) };
        let same = live.searcher.snapshot().holds_the_same_as(&snapshot);
        let report = BuildReport::of(directory, &snapshot);
        let newer = Live::new(snapshot, report, Some(identity));
        *self.inner.live.write().unwrap_or_else(PoisonError::into_inner) = newer;
        Ok(!same)
    }

    /// Answers what was asked: a log, a table, a screen, a mail, in any encoding; a question; or a log and the
    /// question about it, which says what of it comes first.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read, a stream of the paste cannot be read to its end, or the options name a format
    /// that there is not.
    pub fn answer<'p>(
        &self,
        paste: impl Into<Paste<'p>>,
        options: &AnswerOptions,
    ) -> Result<Answer, Error> {
        answered(&self.searcher(), paste.into(), options)
    }

    /// Everything that a code may mean, in whatever form it is written, with the articles that treat it; empty where
    /// nothing is known of it. A code that no table has, and an error that has a name (`DeviceCapReached`), mean what
    /// the articles say.
    ///
    /// # Errors
    ///
    /// Where the text is not a code and no article has an error of this name, or the index cannot be read.
    pub fn explain(&self, code: &str) -> Result<Explained, Error> {
        let searcher = self.searcher();
        let mut explained = Explained::default();
        for explanation in searcher.codes().explain(code) {
            let articles = searcher.mentions_of(&explanation.code)?;
            explained.codes.push(ExplainedError { error: explanation, articles });
        }
        let name = typed_name(code);
        if let Some(name) = &name {
            let articles = searcher.mentions_of_name(name)?;
            if !articles.is_empty() {
                let error = code.trim().to_owned();
                explained.named_codes.push(ExplainedError { error, articles });
            }
        }
        if !explained.is_empty() {
            return Ok(explained);
        }
        match searcher.codes().read(code) {
            Some(read) => {
                let articles = searcher.mentions_of_unknown(&read)?;
                if !articles.is_empty() {
                    let explanation = searcher.codes().explanation(read, None);
                    explained.codes.push(ExplainedError { error: explanation, articles });
                }
                Ok(explained)
            }
            // The name of an error that no article has.
            None if writes_error(code, name.as_deref().unwrap_or_default())
                || numbered_names(code).next().is_some() =>
            {
                Ok(explained)
            }
            None => Err(Error::NotACode { text: code.to_owned() }),
        }
    }

    /// The article of an id, or a passage of it (`id#anchor`), with its Markdown; `None` where there is none. The text is the snapshot's own:
    /// the file need not be there any more.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<ArticleText>, Error> {
        Ok(self.searcher().article(id)?)
    }

    /// Every article by its names, in order of path.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn articles(&self) -> Result<Vec<ArticleEntry>, Error> {
        Ok(self.searcher().articles()?)
    }

    /// The names of the log formats, as [`AnswerOptions::input_format`] takes them, in the order that they are tried in.
    #[must_use]
    pub fn formats(&self) -> Vec<&'static str> {
        format_names(self.searcher().vocabulary())
    }

    /// The warnings and the work of building the index; empty for a snapshot
    /// that was built before.
    #[must_use]
    pub fn report(&self) -> Arc<BuildReport> {
        self.live().report
    }

    /// The snapshot that is live, to ask several things of one and the same.
    #[doc(hidden)]
    #[must_use]
    pub fn searcher(&self) -> Searcher {
        self.live().searcher
    }

    fn live(&self) -> Live {
        self.inner.live.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Live {
    fn new(snapshot: Snapshot, mut report: BuildReport, identity: Option<FileIdentity>) -> Self {
        let (searcher, warnings) = Searcher::new(snapshot);
        report.warnings.extend(warnings);
        Self { searcher, report: Arc::new(report), identity }
    }
}

fn answered(
    searcher: &Searcher,
    mut paste: Paste<'_>,
    options: &AnswerOptions,
) -> Result<Answer, Error> {
    let reading = options.reading();
    let known = reading.names(searcher.vocabulary());
    if let Some(name) = options.input_format.as_ref().filter(|it| !known.contains(&it.as_str())) {
        return Err(Error::UnknownFormat { name: name.clone(), known });
    }
    let question = paste.question.take();
    // A log may be empty.
    let log = (!paste.parts.is_empty()).then(|| paste.read(&reading, searcher.vocabulary()));
    let log = log.transpose()?;
    let answer = match (log, question) {
        // A form that nobody filled in, a pipe that nothing came through.
        (Some(log), Some(question)) if log.records > 0 || !log.facts.is_empty() => {
            both::answer(searcher, &log, &question, options)
        }
        (_, Some(question)) => {
            searcher.answer(&Reading::of_question(&question, searcher.codes()), options)
        }
        (log, None) => searcher.answer(&log.unwrap_or_default(), options),
    };
    Ok(answer?)
}

impl From<Root> for IndexOptions {
    fn from(root: Root) -> Self {
        Self::new([root])
    }
}

impl<Directory: AsRef<Path> + ?Sized> From<&Directory> for IndexOptions {
    fn from(directory: &Directory) -> Self {
        Root::Directory(directory.as_ref().to_path_buf()).into()
    }
}

impl From<PathBuf> for IndexOptions {
    fn from(directory: PathBuf) -> Self {
        Root::Directory(directory).into()
    }
}

/// A program may keep a knowledge base where all its threads reach it.
const _: fn() = || {
    fn shared<T: Send + Sync + 'static>() {}
    fn cloned<T: Clone>() {}
    shared::<KnowledgeBase>();
    shared::<Answer>();
    shared::<Error>();
    cloned::<KnowledgeBase>();
};
