//! Articles of a Zendesk help centre, as its API exports them: `{"articles": [...]}`, a list of articles, or
//! one article a line (<https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/>).
//!
//! An article is known by its help centre, id and language; drafts are left out.

use serde_json::Value;

use super::html::{self, Page};
use super::{Collector, Source};
use crate::source::{Phrase, phrase};

pub(super) const SOURCE: Source = Source { recognizes, read };

fn recognizes(name: &str, text: &str) -> bool {
    let json = [".json", ".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending));
    json || !name.contains('.') && text.trim_start().starts_with(['{', '['])
}

fn read(reader: &mut Collector<'_>, file: &str, text: &str) {
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        match value {
            Ok(value) => values.push(value),
            Err(error) => {
                let message = phrase!(
                    "JSONとして読めません（{error}）。ここまでの記事だけを読みました",
                    "not JSON ({error}); only the articles above were read"
                );
                reader.warn(file, u32::try_from(error.line()).ok(), message);
                break;
            }
        }
    }
    let mut found = false;
    for value in values {
        for article in articles(value) {
            found = true;
            take(reader, file, &article);
        }
    }
    if !found {
        let what =
            Phrase::new("Zendeskの記事の入っていないJSON", "JSON without articles of Zendesk");
        reader.leave_out(file, what, Some(String::new()));
    }
}

/// The articles of a document: those of the page, the list, or the one.
fn articles(value: Value) -> Vec<Value> {
    let is_article = |value: &Value| value.get("body").is_some() && value.get("title").is_some();
    match value {
        Value::Array(items) => items.into_iter().filter(is_article).collect(),
        Value::Object(mut object) => match object.remove("articles") {
            Some(Value::Array(items)) => items.into_iter().filter(is_article).collect(),
            _ => match object.remove("article") {
                Some(article) => vec![article],
                None => Some(Value::Object(object)).into_iter().filter(is_article).collect(),
            },
        },
        _ => Vec::new(),
    }
}

fn take(reader: &mut Collector<'_>, file: &str, article: &Value) {
    let text = |key: &str| {
        article.get(key).and_then(Value::as_str).map(str::trim).filter(|it| !it.is_empty())
    };
    let title = text("title").or_else(|| text("name")).unwrap_or_default();
    if article.get("draft").and_then(Value::as_bool) == Some(true) {
        let what = Phrase::new("下書きの記事", "articles that are drafts");
        return reader.leave_out(file, what, Some(title.to_owned()));
    }
    let Some(body) = text("body") else {
        let what = Phrase::new("本文のない記事", "articles without a text");
        return reader.leave_out(file, what, Some(title.to_owned()));
    };
    let address = text("html_url").or_else(|| text("url"));
    let id = article.get("id").map(Value::to_string).unwrap_or_default();
    let host = address.and_then(html::host).unwrap_or_default();
    let locale = text("locale").unwrap_or_default();
    let labels = article.get("label_names").and_then(Value::as_array).into_iter().flatten();
    let page = Page {
        file,
        key: if id.is_empty() { None } else { Some(html::zendesk_key(&host, locale, &id)) },
        title: Some(title),
        address,
        updated: ["edited_at", "updated_at", "created_at"].into_iter().find_map(text),
        keywords: labels.filter_map(Value::as_str).map(str::to_owned).collect(),
    };
    html::take_fragment(reader, &page, body);
}
