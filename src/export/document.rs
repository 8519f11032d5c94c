//! A passage as a document of the engine.

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use super::words;
use crate::article::{Article, Part, Passage};
use crate::index::CodeKeys;
use crate::text::Worker;

/// The longest `_id` that the engines take, in bytes.
const LONGEST_ID: usize = 512;

/// The action line before each document of a bulk request.
#[derive(Serialize)]
struct Action<'a> {
    index: BulkTarget<'a>,
}

#[derive(Serialize)]
struct BulkTarget<'a> {
    #[serde(rename = "_index")]
    index: &'a str,
    #[serde(rename = "_id")]
    id: String,
}

/// A passage with what its article says of it.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    id: &'a str,
    passage_id: String,
    title: &'a str,
    section: &'a [String],
    passage: &'a str,
    product: Option<&'a str>,
    platforms: &'a [String],
    updated: Option<String>,
    valid_until: Option<String>,
    source: Option<&'a str>,
    path: &'a str,
    line: u32,
    cautions: Vec<&'a str>,
    destructive: bool,
    title_words: &'a str,
    heading_words: String,
    body_words: String,
    message_words: String,
    bigrams: String,
    code_words: String,
}

impl Document<'_> {
    /// The fields that are filtered by.
    pub(super) const KEYWORDS: &'static [&'static str] =
        &["id", "passage_id", "product", "platforms", "path"];
    /// The fields that are shown and not searched.
    pub(super) const SHOWN: &'static [&'static str] =
        &["title", "section", "passage", "source", "cautions"];
    pub(super) const DATES: &'static [&'static str] = &["updated", "valid_until"];
}

/// The lines of an article: an action and a document for each passage, together.
pub(super) fn lines(
    article: &Article,
    root: usize,
    index: &str,
    worker: &mut Worker,
) -> Vec<String> {
    let mut title_words = String::new();
    let title = std::iter::once(&article.title).chain(&article.description);
    for text in title.chain(&article.keywords) {
        words::analyze(&mut title_words, text, worker);
    }
    let passages = article.passages.iter().enumerate();
    passages
        .map(|(number, passage)| {
            let passage_id = format!("{}#{}", article.id, passage.anchor);
            let action = Action { index: BulkTarget { index, id: id(article, root, number) } };
            let document = document(article, number, passage, passage_id, &title_words, worker);
            let written = |line: Result<String, _>| {
                line.expect("strings, numbers and lists always serialize")
            };
            let action = written(serde_json::to_string(&action));
            let document = written(serde_json::to_string(&document));
            format!("{action}\n{document}\n")
        })
        .collect()
}

/// The same passage has the same id in every export, so that a new one replaces the old.
fn id(article: &Article, root: usize, passage: usize) -> String {
    let id = format!("{root}:{}:{passage}", article.path);
    if id.len() <= LONGEST_ID { id } else { format!("{:032x}", xxh3_128(id.as_bytes())) }
}

fn document<'a>(
    article: &'a Article,
    number: usize,
    passage: &'a Passage,
    passage_id: String,
    title_words: &'a str,
    worker: &mut Worker,
) -> Document<'a> {
    let heading = passage.heading();
    let [mut heading_words, mut body_words, mut message_words, mut bigrams, mut code_words] =
        <[String; 5]>::default();
    words::analyze(&mut heading_words, &heading, worker);
    words::analyze(&mut body_words, &passage.text, worker);
    for part in article.templates.iter().filter(|it| it.passage == number).flat_map(|it| &it.parts)
    {
        if let Part::Literal(text) = part {
            words::analyze_wording(&mut message_words, text, worker);
        }
    }
    // A state that the article explains is a wording of the console, too.
    for status in &article.statuses {
        words::analyze_wording(&mut message_words, status, worker);
    }
    words::bigrams(&mut bigrams, &heading, worker);
    words::bigrams(&mut bigrams, &passage.text, worker);
    let declared = article.codes.iter().flat_map(CodeKeys::declared);
    for key in declared.chain(passage.codes.iter().flat_map(CodeKeys::written)) {
        words::push(&mut code_words, &key);
    }
    Document {
        id: &article.id,
        passage_id,
        title: &article.title,
        section: &passage.section,
        passage: &passage.markdown,
        product: article.product.as_deref(),
        platforms: &article.platforms,
        updated: article.updated.map(|day| day.to_string()),
        valid_until: article.valid_until.map(|day| day.to_string()),
        source: article.source.as_deref(),
        path: &article.path,
        line: passage.line,
        cautions: article.cautions.iter().chain(&passage.cautions).map(String::as_str).collect(),
        destructive: passage.destructive,
        title_words,
        heading_words,
        body_words,
        message_words,
        bigrams,
        code_words,
    }
}
