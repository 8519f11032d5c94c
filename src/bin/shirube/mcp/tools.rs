//! The tools, with the schemas of what goes in and what comes out.

use std::sync::Arc;

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use shirube::report;

/// The arguments of `answer_log`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerLog {
    /// The log, table, status screen or mail, as it was copied
    pub(super) log: String,
    /// The question about the log, where there is one: what it names comes first
    pub(super) question: Option<String>,
    /// The console that the log comes from, where its form does not tell; `any` searches the articles of every console
    pub(super) product: Option<String>,
    /// How many remedies an incident gets at most
    #[schemars(range(min = 1, max = 10))]
    pub(super) limit: Option<usize>,
    /// The form of the log, instead of guessing it
    pub(super) input_format: Option<String>,
}

/// The arguments of `search_manual`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchManual {
    /// The question, in Japanese or English
    pub(super) question: String,
    /// The console that the question is about
    pub(super) product: Option<String>,
    /// How many articles are named at most
    #[schemars(range(min = 1, max = 10))]
    pub(super) limit: Option<usize>,
}

/// The arguments of `explain_code`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExplainCode {
    /// The code in any form: 4026, 0x87D136CA, -2016332107, "MCInstallationErrorDomain 4027", or
    /// the name of an error: AUTH-0231, DeviceCapReached
    pub(super) code: String,
}

/// The arguments of `get_article`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetArticle {
    /// The `id` of an article, or the `passage_id` of a part of it, as an answer names them
    pub(super) id: String,
}

pub(super) fn all(products: &[String]) -> Vec<Tool> {
    let of = about(products);
    vec![
        tool::<AnswerLog>(
            "answer_log",
            "Answer a log",
            format!(
                "Finds the remedies that the manual holds for the incidents of a pasted log.{of}"
            ),
            "Answer",
        ),
        tool::<SearchManual>(
            "search_manual",
            "Search the manual",
            format!("Finds the passages of the manual that answer a question.{of}"),
            "Answer",
        ),
        tool::<ExplainCode>(
            "explain_code",
            "Explain an error code",
            "Shows every form of an error code, or of an error that has a name, its meaning, and the articles that treat it."
                .to_owned(),
            "Codes",
        ),
        tool::<GetArticle>(
            "get_article",
            "Read an article",
            "An article of the manual, or one passage of it, as Markdown.".to_owned(),
            "Article",
        ),
    ]
}

const MOST_PRODUCTS: usize = 20;

/// The subject of the served manual; empty where its articles name no product.
fn about(products: &[String]) -> String {
    if products.is_empty() {
        return String::new();
    }
    let named = products.get(..MOST_PRODUCTS).unwrap_or(products).join(", ");
    let more = if products.len() > MOST_PRODUCTS { ", and more" } else { "" };
    // An author's words reach the model as a name at most.
    format!(" The manual is about: {}{more}.", report::visible(&named))
}

/// A tool that changes nothing and looks at nothing but the knowledge base.
fn tool<Input: JsonSchema + 'static>(
    name: &'static str,
    title: &'static str,
    description: String,
    output: &str,
) -> Tool {
    let annotations =
        ToolAnnotations::with_title(title).read_only(true).destructive(false).idempotent(true);
    Tool::new(name, description, Arc::new(JsonObject::new()))
        .with_title(title)
        .with_input_schema::<Input>()
        .with_raw_output_schema(Arc::new(output_schema(output)))
        .with_annotations(annotations.open_world(false))
}

/// The schema of a document by its name, with what it refers to.
fn output_schema(name: &str) -> JsonObject {
    let definitions = report::schemas("/$defs");
    let Some(Value::Object(mut schema)) = definitions.get(name).cloned() else {
        unreachable!("the reports have a schema for {name}");
    };
    schema.insert("$defs".to_owned(), Value::Object(definitions));
    schema
}
