//! The passage that a flow's link leads to.

use jiff::civil::Date;

use super::document::Link;
use crate::article::{Article, without_ending};

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

/// Whether the link is to the article: by its id, or by its path without the ending.
pub(super) fn is_article(article: &Article, link: &Link) -> bool {
    let path = without_ending(&article.path).unwrap_or(&article.path);
    article.id == link.article || path == link.article
}
