//! The passages for a search engine that a firm already has: OpenSearch, Elasticsearch, Quickwit.
//!
//! 1. [`bulk`] writes the passages as newline-delimited JSON, in the form of the bulk interface: an action and a
//!    document, a line each;
//! 2. what is searched is analyzed here, and written as words with a space between: the engine cuts at
//!    spaces and ranks the very words that Shirube ranks, without a Japanese analyzer of its own;
//! 3. [`mapping`] says so to the engine, and `query` makes the words of a log or a question a search.
//!
//! The forms are those of <https://docs.opensearch.org/latest/api-reference/document-apis/bulk/> and of the
//! bulk interface of Elasticsearch, which are the same.

mod document;
mod query;
mod words;

use std::io::{self, Write};

use rayon::prelude::*;
use serde_json::{Value, json};

pub use query::query;

use crate::article;
use crate::kb::{self, FileError, Inventory, Links, Resources, Root};
use crate::source::Warning;
use document::Document;

/// The name of the index where nobody says.
pub const INDEX: &str = "shirube";

/// How many articles are taken at a time: enough for every core, few enough for any memory.
const BATCH: usize = 256;

/// The fields of words: the name, and how much a word in it counts. The weights are those of Shirube's own
/// ranking, rounded: a title stands for the whole article, a documented wording beats everything.
const FIELDS: &[(&str, f64)] = &[
    ("title_words", 2.0),
    ("heading_words", 1.6),
    ("body_words", 1.0),
    ("message_words", 2.0),
    ("bigrams", 0.25),
    ("code_words", 2.0),
];

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportReport {
    pub articles: u64,
    pub passages: u64,
    pub warnings: Vec<Warning>,
}

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Articles(#[from] FileError),
    #[error("the export cannot be written")]
    Write(#[from] io::Error),
}

/// Writes every passage of some knowledge bases for the bulk interface, in order of path.
/// Fails where a knowledge base cannot be read, or `out` cannot be written. An article that cannot be read is told.
pub fn bulk(
    roots: &[Root],
    links: Links,
    index: &str,
    out: &mut dyn Write,
) -> Result<ExportReport, ExportError> {
    let mut inventory = Inventory::take(roots, links)?;
    let (resources, mut warnings) = Resources::read(roots, &mut inventory, None);
    warnings.extend(inventory.warnings());
    let (codes, more) = resources.code_dictionary();
    warnings.extend(more);
    let samples = resources.with_samples(roots);
    let (analyzer, more) = resources.analyzer();
    warnings.extend(more);
    let mut report = ExportReport { warnings, ..ExportReport::default() };
    let entries: Vec<_> = inventory.articles().collect();
    for batch in entries.chunks(BATCH) {
        let written = batch.par_iter().map_init(
            || analyzer.worker(),
            |worker, entry| {
                let number = usize::from(entry.root);
                let bytes = match entry.read(roots) {
                    Ok(bytes) => bytes,
                    Err(warning) => return (Vec::new(), vec![warning]),
                };
                let has_samples = samples.get(number).copied().unwrap_or_default();
                let read = kb::article(&bytes, &entry.path, has_samples);
                let mut article = article::parse(&entry.path, &read.text, &codes);
                let mut warnings = std::mem::take(&mut article.warnings);
                warnings.extend(read.warning);
                if article.draft {
                    return (Vec::new(), warnings);
                }
                (document::lines(&article, number, index, worker), warnings)
            },
        );
        for (lines, warnings) in written.collect::<Vec<_>>() {
            report.articles += u64::from(!lines.is_empty());
            report.passages += lines.len() as u64;
            report.warnings.extend(warnings);
            for line in lines {
                out.write_all(line.as_bytes())?;
            }
        }
    }
    out.flush()?;
    Ok(report)
}

/// The settings and the mapping of the index, as one JSON document: what to create it with.
pub fn mapping() -> String {
    let mut properties = serde_json::Map::new();
    for (name, _) in FIELDS {
        // Cut at spaces and nothing else; no stemming, no folding: that is done.
        let words = json!({ "type": "text", "analyzer": "whitespace", "index_options": "freqs" });
        properties.insert((*name).to_owned(), words);
    }
    for name in Document::KEYWORDS {
        properties.insert((*name).to_owned(), json!({ "type": "keyword" }));
    }
    for name in Document::SHOWN {
        properties.insert((*name).to_owned(), json!({ "type": "text", "index": false }));
    }
    for name in Document::DATES {
        properties.insert((*name).to_owned(), json!({ "type": "date", "format": "strict_date" }));
    }
    properties.insert("line".to_owned(), json!({ "type": "integer" }));
    properties.insert("destructive".to_owned(), json!({ "type": "boolean" }));
    let mapping = json!({
        // One shard counts rarity over all passages.
        "settings": { "index": { "number_of_shards": 1 } },
        "mappings": { "dynamic": "strict", "properties": Value::Object(properties) },
    });
    format!("{mapping:#}\n")
}
