//! An article as a whole, for those who want to read more than a passage.

use jiff::civil::Date;

use super::searcher::Searcher;
use crate::flow::Link;
use crate::index::{IndexError, Result, StoredArticle};

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
    /// Who keeps it.
    pub owner: Option<String>,
    /// When somebody last found it right.
    pub reviewed: Option<Date>,
    /// Cautions before acting on any passage of it.
    pub cautions: Vec<String>,
    /// The Markdown as the file has it, without the front matter.
    pub markdown: String,
    /// The file's line that the Markdown begins at, 1-based.
    pub line: u32,
    /// The passage that was asked for, the article's id, `#` and its anchor; `None` for the whole article.
    pub passage_id: Option<String>,
    /// The heading path of that passage.
    pub section: Vec<String>,
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
    /// When it was last changed.
    pub updated: Option<Date>,
    /// When somebody last found it right.
    pub reviewed: Option<Date>,
    /// Who keeps it.
    pub owner: Option<String>,
}

impl Searcher {
    /// The article of an id, or of a path without its ending; of a passage's id (`id#anchor`) that passage alone, with
    /// the cautions before acting on it. `None` where there is none.
    ///
    /// The text is the snapshot's own: the file need not be there any more.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<ArticleText>, IndexError> {
        match id.split_once('#') {
            Some((article, anchor)) => self.passage(article, anchor),
            None => self.whole_article(id),
        }
    }

    fn passage(&self, id: &str, anchor: &str) -> Result<Option<ArticleText>> {
        let (article, label) = (id.to_owned(), String::new());
        let link = Link { article, anchor: Some(anchor.to_owned()), label };
        let Some(passage) = self.passage_of(&link)? else { return Ok(None) };
        let Some(article) = self.whole_article(id)? else { return Ok(None) };
        Ok(Some(ArticleText {
            passage_id: Some(format!("{}#{anchor}", article.id)),
            section: passage.section,
            cautions: passage.cautions,
            markdown: passage.passage,
            line: passage.line,
            ..article
        }))
    }

    fn whole_article(&self, id: &str) -> Result<Option<ArticleText>> {
        let snapshot = self.snapshot();
        let Some((address, article)) = snapshot.named(id)? else { return Ok(None) };
        let text = snapshot.text(address)?;
        Ok(Some(ArticleText {
            updated: article.updated,
            valid_until: article.valid_until,
            reviewed: article.reviewed,
            owner: article.owner,
            id: article.id,
            path: article.path,
            title: article.title,
            product: article.product,
            platforms: article.platforms,
            source: article.source,
            cautions: article.cautions,
            markdown: text.markdown,
            line: text.line,
            passage_id: None,
            section: Vec::new(),
        }))
    }

    /// Every article, in order of path.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn articles(&self) -> Result<Vec<ArticleEntry>, IndexError> {
        let snapshot = self.snapshot();
        snapshot.unchanged()?;
        let mut entries = Vec::new();
        for address in snapshot.addresses() {
            let StoredArticle { path, id, title, product, updated, reviewed, owner, .. } =
                snapshot.article(address)?;
            entries.push(ArticleEntry { path, id, title, product, updated, reviewed, owner });
        }
        entries.sort_unstable();
        Ok(entries)
    }
}
