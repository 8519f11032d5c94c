//! The passage that a flow's link leads to.

use jiff::civil::Date;

use super::document::Link;
use crate::article::{Article, Passage, PassageKind, without_ending};

/// The passage that a link of a flow leads to, with the cautions before acting on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowRemedy {
    /// The article's id.
    pub id: String,
    /// The article's title.
    pub title: String,
    /// The heading path of the passage.
    pub section: Vec<String>,
    /// The Markdown of the passage alone.
    pub passage: String,
    /// Cautions before acting: the article's, then the passage's.
    pub cautions: Vec<String>,
    /// Whether a step of the passage loses data or registration.
    pub destructive: bool,
    /// The last day that the procedure works on.
    pub valid_until: Option<Date>,
    /// The article's file, relative to the knowledge base.
    pub path: String,
    /// The line of that file that the passage begins at, 1-based.
    pub line: u32,
}

/// The passage of a link; without an anchor the article's first.
#[must_use]
pub fn remedy(link: &Link, articles: &[Article]) -> Option<FlowRemedy> {
    let article = articles.iter().find(|article| is_article(article, link))?;
    let passage = match &link.anchor {
        Some(anchor) => passage(article, anchor)?,
        None => article.passages.first()?,
    };
    let mut cautions = article.cautions.clone();
    for caution in &passage.cautions {
        if !cautions.contains(caution) {
            cautions.push(caution.clone());
        }
    }
    Some(FlowRemedy {
        id: article.id.clone(),
        title: article.title.clone(),
        section: passage.section.clone(),
        passage: passage.markdown.clone(),
        cautions,
        destructive: passage.destructive,
        valid_until: article.valid_until,
        path: article.path.clone(),
        line: passage.line,
    })
}

/// Whether the link is to the article: by its id, or by its path without the ending.
pub(super) fn is_article(article: &Article, link: &Link) -> bool {
    let path = without_ending(&article.path).unwrap_or(&article.path);
    article.id == link.article || path == link.article
}

/// The passage under a heading. An anchor is that of the last heading alone, as links in Markdown
/// are; a passage's own is that of its whole path. A heading comes before a row of the same name.
fn passage<'a>(article: &'a Article, anchor: &str) -> Option<&'a Passage> {
    let anchor = anchor.to_lowercase();
    let passages = || article.passages.iter();
    let under = |passage: &&Passage| passage.anchor.rsplit('/').next() == Some(anchor.as_str());
    passages()
        .find(|passage| passage.anchor == anchor)
        .or_else(|| passages().find(|it| it.kind == PassageKind::Section && under(it)))
        .or_else(|| passages().find(under))
}
