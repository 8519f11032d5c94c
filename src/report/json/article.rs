//! An article, or a passage of it, as JSON: `shirube.article/1`; and the list of articles, `shirube.articles/1`.
//! Each field has its description beside it.

use super::{document, each, wire};
use crate::search::{ArticleEntry, ArticleText};
use jiff::civil::Date;

wire! {
    pub(crate) struct WireArticle<'a> as "Article" version "shirube.article/1", of(article: &'a ArticleText, today: Date) {
        /// The article.
        id: &'a str = &article.id,
        /// Its title.
        title: &'a str = &article.title,
        /// The console that it is about.
        product: Option<&'a str> = article.product.as_deref(),
        /// The systems that it is about.
        platforms: &'a [String] = &article.platforms,
        /// When it was last changed: an ISO 8601 date.
        updated: Option<String> = article.updated.map(|day| day.to_string()),
        /// The last day that the procedure works on.
        valid_until: Option<String> = article.valid_until.map(|day| day.to_string()),
        /// Whether that day has passed.
        expired: bool = article.valid_until.is_some_and(|last| last < today),
        /// Where it comes from, a link.
        source: Option<&'a str> = article.source.as_deref(),
        /// Who keeps it.
        owner: Option<&'a str> = article.owner.as_deref(),
        /// When somebody last found it right: an ISO 8601 date.
        reviewed: Option<String> = article.reviewed.map(|day| day.to_string()),
        /// Cautions before acting on any part of it.
        cautions: &'a [String] = &article.cautions,
        /// Its file in the knowledge base.
        path: &'a str = &article.path,
        /// The line that the Markdown begins at, from 1.
        line: u32 = article.line,
        /// The text without its front matter; of a passage, its own alone.
        markdown: &'a str = &article.markdown,
        /// The passage that was asked for: id#heading-path; null for the whole.
        passage_id: Option<&'a str> = article.passage_id.as_deref(),
        /// Its heading path; empty for the whole.
        section: &'a [String] = &article.section,
    }
}

/// The article as one JSON document with a line feed at its end; `today` decides whether it has expired.
#[must_use]
pub fn article_json(article: &ArticleText, today: Date) -> String {
    document(&WireArticle::of(article, today))
}

wire! {
    pub(crate) struct WireArticles<'a> as "Articles" version "shirube.articles/1", of(articles: &'a [ArticleEntry]) {
        /// The articles, in order of path.
        articles: Vec<WireEntry<'a>> = each(articles, WireEntry::of),
    }

    struct WireEntry<'a> as "ArticleEntry", of(article: &'a ArticleEntry) {
        /// The article.
        id: &'a str = &article.id,
        /// Its title.
        title: &'a str = &article.title,
        /// The console that it is about.
        product: Option<&'a str> = article.product.as_deref(),
        /// Its file in the knowledge base.
        path: &'a str = &article.path,
        /// When it was last changed: an ISO 8601 date.
        updated: Option<String> = article.updated.map(|day| day.to_string()),
        /// When somebody last found it right: an ISO 8601 date.
        reviewed: Option<String> = article.reviewed.map(|day| day.to_string()),
        /// Who keeps it.
        owner: Option<&'a str> = article.owner.as_deref(),
    }
}

/// The articles by their names as one JSON document with a line feed at its end, `shirube.articles/1`.
#[must_use]
pub fn articles_json(articles: &[ArticleEntry]) -> String {
    document(&WireArticles::of(articles))
}
