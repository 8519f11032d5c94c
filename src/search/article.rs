//! An article as a whole, for those who want to read more than a passage.

use jiff::civil::Date;
use tantivy::DocAddress;

use super::candidates::keyed;
use super::rank;
use super::searcher::Searcher;
use crate::index::{IndexError, StoredArticle, StoredText};

/// An article with its Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArticleText {
    /// The article's id.
    pub id: String,
    /// The article's file, relative to the knowledge base.
    pub path: String,
    /// The article's title.
    pub title: String,
    /// The console that the article is about.
    pub product: Option<String>,
    /// The systems that the article is about.
    pub platforms: Vec<String>,
    /// When the article was last changed.
    pub updated: Option<Date>,
    /// The last day that the procedure works on.
    pub valid_until: Option<Date>,
    /// Where the article comes from, a link.
    pub source: Option<String>,
    /// What must be known before acting on any passage of it.
    pub cautions: Vec<String>,
    /// The Markdown as the file has it, without the front matter.
    pub markdown: String,
    /// The file's line that the Markdown begins at, 1-based.
    pub line: u32,
}

/// An article by its names, without its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ArticleEntry {
    /// The article's file, relative to the knowledge base.
    pub path: String,
    /// The article's id.
    pub id: String,
    /// The article's title.
    pub title: String,
    /// The console that the article is about.
    pub product: Option<String>,
}

impl Searcher {
    /// The article of an id, or of a path without its ending; `None` where there is none.
    ///
    /// The text is the snapshot's own: the file need not be there any more.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<ArticleText>, IndexError> {
        let snapshot = self.snapshot();
        let found = keyed(snapshot, snapshot.fields().id, id)?;
        let Some(&address) = found.first() else { return Ok(None) };
        let article: StoredArticle = rank::stored(snapshot, address)?;
        let text: StoredText =
            rank::stored(snapshot, DocAddress { doc_id: article.text, ..address })?;
        let date = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
        Ok(Some(ArticleText {
            updated: date(&article.updated),
            valid_until: date(&article.valid_until),
            id: article.id,
            path: article.path,
            title: article.title,
            product: article.product,
            platforms: article.platforms,
            source: article.source,
            cautions: article.cautions,
            markdown: text.markdown,
            line: text.line,
        }))
    }

    /// Every article, in order of path.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn articles(&self) -> Result<Vec<ArticleEntry>, IndexError> {
        let snapshot = self.snapshot();
        let mut entries = Vec::new();
        for (segment_ord, reader) in (0_u32..).zip(snapshot.searcher().segment_readers()) {
            // The texts stand behind all articles, the first article's first.
            let (mut doc_id, mut end) = (0, reader.max_doc());
            while doc_id < end {
                let address = DocAddress { segment_ord, doc_id };
                let article: StoredArticle = rank::stored(snapshot, address)?;
                end = if doc_id == 0 { article.text } else { end };
                doc_id += 1 + article.passages + article.templates;
                entries.push(ArticleEntry {
                    path: article.path,
                    id: article.id,
                    title: article.title,
                    product: article.product,
                });
            }
        }
        entries.sort_unstable();
        Ok(entries)
    }
}
