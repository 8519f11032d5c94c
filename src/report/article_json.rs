//! An article as JSON: `shirube.article/1`.
//!
//! | field | value |
//! |---|---|
//! | `schema` | `"shirube.article/1"`; a change that breaks the shape raises the number |
//! | `id`, `title`, `product`, `platforms`, `source` | of the article |
//! | `updated`, `valid_until`, `expired` | ISO 8601 dates, and whether the last day has passed |
//! | `cautions` | what must be known before acting on any part of it |
//! | `path`, `line` | the file in the knowledge base, and the line that `markdown` begins at, from 1 |
//! | `markdown` | the text without its front matter |

use jiff::civil::Date;
use serde::Serialize;

use super::json::harmless;
use crate::search::ArticleText;

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Article"))]
pub(super) struct WireArticle<'a> {
    #[cfg_attr(feature = "server", schemars(extend("const" = "shirube.article/1")))]
    schema: &'static str,
    id: &'a str,
    title: &'a str,
    product: Option<&'a str>,
    platforms: &'a [String],
    updated: Option<String>,
    valid_until: Option<String>,
    expired: bool,
    source: Option<&'a str>,
    cautions: &'a [String],
    path: &'a str,
    line: u32,
    markdown: &'a str,
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
        cautions: &article.cautions,
        path: &article.path,
        line: article.line,
        markdown: &article.markdown,
    };
    let document = serde_json::to_string_pretty(&wire)
        .expect("wire types have string keys and no serializer of their own that could fail");
    let mut document = harmless(&document);
    document.push('\n');
    document
}
