//! The answer as JSON, and whatever else is written for programs.
//!
//! 1. [`answer`]: `shirube.answer/1`; [`flow`] has its check flows;
//! 2. [`article`] and [`explanation`]: articles and codes;
//! 3. `schema`: the JSON Schemas of all of them;
//! 4. [`wire`]: how a wire type is declared, a field a line with its description, its type and its value.

mod answer;
mod article;
mod explanation;
mod flow;
#[cfg(feature = "server")]
mod schema;
mod wire;

use crate::report::view::steers;
pub use answer::json;
pub use article::{article_json, articles_json};
pub use explanation::explanations_json;
#[cfg(feature = "server")]
pub use schema::schemas;
use serde::Serialize;
pub(super) use wire::{each, object, wire};

/// The name and version of the shape of an answer.
const SCHEMA: &str = "shirube.answer/1";

/// A document with a line feed at its end, as harmless on a screen as it is exact for a program.
pub(crate) fn document(wire: &impl Serialize) -> String {
    let document = serde_json::to_string_pretty(wire)
        .expect("wire types have string keys and no serializer of their own that could fail");
    let mut document = harmless(document);
    document.push('\n');
    document
}

/// Four decimals: more than anyone can use, and the same on every machine.
pub(crate) fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

/// `document` with an escape for every character that could steer a terminal; such characters
/// are in strings alone, so the document stays the same to a parser.
fn harmless(document: String) -> String {
    let Some(mut at) = document.find(steers) else { return document };
    let (mut out, mut rest) = (String::with_capacity(document.len() + 1), document.as_str());
    while let Some((before, behind)) = rest.split_at_checked(at) {
        out.push_str(before);
        let mut behind = behind.chars();
        for unit in behind.next().into_iter().flat_map(|it| it.encode_utf16(&mut [0; 2]).to_vec()) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
        rest = behind.as_str();
        at = rest.find(steers).unwrap_or(usize::MAX);
    }
    out + rest
}
