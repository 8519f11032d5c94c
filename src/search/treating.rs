//! Which articles treat a code: by its key, without ranking.

use super::candidates::{article_of, keyed};
use super::rank;
use super::searcher::Searcher;
use crate::facts::Code;
use crate::index::{IndexError, StoredArticle, StoredPassage, code_keys};

/// An article that names a code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Treatment {
    /// The article's file, relative to the knowledge base.
    pub path: String,
    /// The first line of the passage that names the code, or of the article.
    pub line: u32,
    /// The article's id.
    pub id: String,
    /// The article's title.
    pub title: String,
    /// The console that the article is about.
    pub product: Option<String>,
}

impl Searcher {
    /// The articles that name a code, in order of path, each with the first passage that does. Where
    /// no article names it with its domain, those that write its number without one.
    pub fn treating(&self, code: &Code) -> Result<Vec<Treatment>, IndexError> {
        for key in code_keys(code) {
            let mut found = Vec::new();
            for address in keyed(self.snapshot(), self.snapshot().fields().code, &key)? {
                let owner = article_of(self.snapshot(), address)?;
                let article: StoredArticle = rank::stored(self.snapshot(), owner)?;
                let line = if owner == address {
                    1
                } else {
                    rank::stored::<StoredPassage>(self.snapshot(), address)?.line
                };
                found.push(Treatment {
                    path: article.path,
                    line,
                    id: article.id,
                    title: article.title,
                    product: article.product,
                });
            }
            found.sort();
            // A passage tells more than the front matter, which is the article's own key.
            found.dedup_by(|later, earlier| {
                let same = later.path == earlier.path;
                if same && earlier.line == 1 {
                    earlier.line = later.line;
                }
                same
            });
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }
}
