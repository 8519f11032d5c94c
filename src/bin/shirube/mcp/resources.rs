//! The articles as resources: `shirube://articles/bizmobile/push-certificate`.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use rmcp::model::{
    ErrorData, ListResourcesResult, ReadResourceResult, Resource, ResourceContents,
    ResourceTemplate,
};
use shirube::source::encoded_path;

use super::bounded::MOST_BYTES;
use super::{Server, untrusted};

/// The beginning of an address; the id of the article follows, percent-encoded.
const ADDRESS: &str = "shirube://articles/";
const MARKDOWN: &str = "text/markdown";
/// How many articles a page of the list has.
const PAGE: usize = 200;

pub(super) fn template() -> ResourceTemplate {
    ResourceTemplate::new(format!("{ADDRESS}{{+id}}"), "article")
        .with_title("An article of the manual")
        .with_description("The Markdown of an article, by its id as answers name it.")
        .with_mime_type(MARKDOWN)
        .with_meta(untrusted::meta(false))
}

/// A page of the list of articles, in order of path. The cursor is how many have been listed.
pub(super) fn list(
    server: &Server,
    cursor: Option<&str>,
) -> Result<ListResourcesResult, ErrorData> {
    let begin: usize = cursor.unwrap_or("0").parse().map_err(|_| {
        ErrorData::invalid_params("the cursor is none that this server has given", None)
    })?;
    let articles = server.manual.searcher().articles().map_err(|error| unread(&error))?;
    let page = articles.iter().skip(begin).take(PAGE).map(|article| {
        let resource = Resource::new(address(&article.id), article.id.clone())
            .with_title(article.title.clone())
            .with_mime_type(MARKDOWN)
            .with_meta(untrusted::meta(false));
        match &article.product {
            Some(product) => resource.with_description(product.clone()),
            None => resource,
        }
    });
    let mut result = ListResourcesResult::with_all_items(page.collect());
    let end = begin.saturating_add(PAGE);
    result.next_cursor = (end < articles.len()).then(|| end.to_string());
    Ok(result)
}

pub(super) fn read(server: &Server, uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let missing = || ErrorData::resource_not_found(format!("there is no article {uri}"), None);
    let id = uri.strip_prefix(ADDRESS).and_then(decoded).ok_or_else(missing)?;
    let article = server.manual.article(&id).map_err(|error| unread(&error))?;
    let mut markdown = article.ok_or_else(missing)?.markdown;
    let shortened = markdown.len() > MOST_BYTES;
    markdown.truncate(markdown.floor_char_boundary(MOST_BYTES));
    let contents = ResourceContents::text(markdown, uri)
        .with_mime_type(MARKDOWN)
        .with_meta(untrusted::meta(shortened));
    Ok(ReadResourceResult::new(vec![contents]))
}

fn unread(error: &dyn std::error::Error) -> ErrorData {
    ErrorData::internal_error(error.to_string(), None)
}

fn address(id: &str) -> String {
    format!("{ADDRESS}{}", encoded_path(id))
}

/// The id of a percent-encoded one; `None` where it is no UTF-8.
fn decoded(id: &str) -> Option<String> {
    percent_decode_str(id).decode_utf8().ok().map(Cow::into_owned)
}
