//! Which articles treat a code: by its key, without ranking.

use super::retrieve::retriever::{articles_of, passages_of};
use super::retrieve::statistics::Statistics;
use super::searcher::Searcher;
use crate::facts::Code;
use crate::index::{Address, CodeKeys, Field, IndexError};

/// An article that names a code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
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
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn treating(&self, code: &Code) -> Result<Vec<Treatment>, IndexError> {
        let snapshot = self.snapshot();
        snapshot.unchanged()?;
        let statistics = Statistics::new(snapshot);
        for keys in [CodeKeys::same(code).collect(), vec![CodeKeys::of(code).number]] {
            let mut found = Vec::new();
            for info in keys.iter().map(|key| statistics.term(Field::Code, key)) {
                for article in articles_of(&info) {
                    found.push(self.treatment(article, 1)?);
                }
                for passage in passages_of(&info) {
                    let article = snapshot.article_of_passage(passage)?;
                    let line = snapshot.passage(passage)?.line;
                    found.push(self.treatment(article, line)?);
                }
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
            snapshot.sound()?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn treatment(&self, article: Address, line: u32) -> Result<Treatment, IndexError> {
        let article = self.snapshot().article(article)?;
        Ok(Treatment {
            path: article.path,
            line,
            id: article.id,
            title: article.title,
            product: article.product,
        })
    }
}
