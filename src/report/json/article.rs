//! An article, or a passage of it, as JSON: `shirube.article/1`; and the list of articles, `shirube.articles/1`.
//! Each field has its description beside it.

use jiff::civil::Date;
use serde::Serialize;

use super::document;
use crate::search::{ArticleEntry, ArticleText};

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Article"))]
pub(crate) struct WireArticle<'a> {
    /// The name and version of the shape; a change that breaks it raises the number.
    #[cfg_attr(feature = "server", schemars(extend("const" = "shirube.article/1")))]
    schema: &'static str,
    /// The article.
    id: &'a str,
    /// Its title.
    title: &'a str,
    /// The console that it is about.
    product: Option<&'a str>,
    /// The systems that it is about.
    platforms: &'a [String],
    /// When it was last changed: an ISO 8601 date.
    updated: Option<String>,
    /// The last day that the procedure works on.
    valid_until: Option<String>,
    /// Whether that day has passed.
    expired: bool,
    /// Where it comes from, a link.
    source: Option<&'a str>,
    /// Who keeps it.
    owner: Option<&'a str>,
    /// When somebody last found it right: an ISO 8601 date.
    reviewed: Option<String>,
    /// Cautions before acting on any part of it.
    cautions: &'a [String],
    /// Its file in the knowledge base.
    path: &'a str,
    /// The line that the Markdown begins at, from 1.
    line: u32,
    /// The text without its front matter; of a passage, its own alone.
    markdown: &'a str,
    /// The passage that was asked for: id#heading-path; null for the whole.
    passage_id: Option<&'a str>,
    /// Its heading path; empty for the whole.
    section: &'a [String],
}

/// The article as one JSON document with a line feed at its end; `today` decides whether it has expired.
#[must_use]
pub fn article_json(article: &ArticleText, today: Date) -> String {
    let wire = WireArticle {
        schema: "shirube.article/1",
        id: &article.id,
        title: &article.title,
        product: article.product.as_deref(),
        platforms: &article.platforms,
        updated: article.updated.map(|day| day.to_string()),
        valid_until: article.valid_until.map(|day| day.to_string()),
        expired: article.valid_until.is_some_and(|last| last < today),
        source: article.source.as_deref(),
        owner: article.owner.as_deref(),
        reviewed: article.reviewed.map(|day| day.to_string()),
        cautions: &article.cautions,
        path: &article.path,
        line: article.line,
        markdown: &article.markdown,
        passage_id: article.passage_id.as_deref(),
        section: &article.section,
    };
    document(&wire)
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Articles"))]
pub(crate) struct WireArticles<'a> {
    /// The name and version of the shape; a change that breaks it raises the number.
    #[cfg_attr(feature = "server", schemars(extend("const" = "shirube.articles/1")))]
    schema: &'static str,
    /// The articles, in order of path.
    articles: Vec<WireEntry<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "ArticleEntry"))]
struct WireEntry<'a> {
    /// The article.
    id: &'a str,
    /// Its title.
    title: &'a str,
    /// The console that it is about.
    product: Option<&'a str>,
    /// Its file in the knowledge base.
    path: &'a str,
    /// When it was last changed: an ISO 8601 date.
    updated: Option<String>,
    /// When somebody last found it right: an ISO 8601 date.
    reviewed: Option<String>,
    /// Who keeps it.
    owner: Option<&'a str>,
}

/// The articles by their names as one JSON document with a line feed at its end, `shirube.articles/1`.
#[must_use]
pub fn articles_json(articles: &[ArticleEntry]) -> String {
    let articles = articles.iter().map(entry).collect();
    document(&WireArticles { schema: "shirube.articles/1", articles })
}

fn entry(article: &ArticleEntry) -> WireEntry<'_> {
    WireEntry {
        id: &article.id,
        title: &article.title,
        product: article.product.as_deref(),
        path: &article.path,
        updated: article.updated.map(|day| day.to_string()),
        reviewed: article.reviewed.map(|day| day.to_string()),
        owner: article.owner.as_deref(),
    }
}
