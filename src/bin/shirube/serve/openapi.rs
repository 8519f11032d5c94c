//! `/openapi.json`: the API described in OpenAPI 3.1, its schemas made from the types that write the
//! answers.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use shirube::report;

use super::api::{Feedback, Health};
use super::problem;

/// Where references between schemas lead.
const SCHEMAS: &str = "/components/schemas";

/// The description of a server that takes pastes of at most `size` bytes in one of the `formats` that its knowledge base
/// knew when it was started, and wants a token or not.
pub(crate) fn document(token: bool, size: usize, formats: &[&str]) -> String {
    let mut paths = json!({
        "/v1/answer": { "post": answer(size, formats) },
        "/v1/explain/{code}": { "get": explain() },
        "/v1/articles": { "get": articles() },
        "/v1/articles/{id}": { "get": article() },
        "/v1/flows": { "get": flows() },
        "/v1/feedback": { "post": feedback() },
        "/v1/statistics": { "get": statistics() },
        "/health": { "get": health() },
        "/metrics": { "get": metrics() },
        "/openapi.json": { "get": openapi() },
    });
    let mut components = Map::new();
    components.insert("schemas".into(), schemas().into());
    if token {
        let scheme = json!({ "token": { "type": "http", "scheme": "bearer" } });
        components.insert("securitySchemes".into(), scheme);
        if let Some(paths) = paths.as_object_mut() {
            paths.values_mut().for_each(want_token);
        }
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Shirube",
            "summary": "Paste a log, get the remedy that the manual already holds",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": components,
    });
    let mut text = serde_json::to_string_pretty(&document)
        .expect("a JSON value has string keys and no serializer of its own that could fail");
    text.push('\n');
    text
}

/// Everything but `/health` answers those alone who know the token.
fn want_token(path: &mut Value) {
    let Some(operations) = path.as_object_mut() else { return };
    for operation in operations.values_mut().filter(|it| it["operationId"] != "health") {
        operation["security"] = json!([{ "token": [] }]);
        operation["responses"]["401"] = problem("There is no token, or a wrong one");
    }
}

fn schemas() -> Map<String, Value> {
    let mut schemas = report::schemas(SCHEMAS);
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.definitions_path = SCHEMAS.into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    generator.subschema_for::<problem::Document>();
    generator.subschema_for::<Health>();
    generator.subschema_for::<Feedback>();
    schemas.append(&mut generator.take_definitions(true));
    schemas
}

fn schema(name: &str) -> Value {
    json!({ "$ref": format!("#{SCHEMAS}/{name}") })
}

fn found(what: &str, name: &str) -> Value {
    json!({ "description": what, "content": { "application/json": { "schema": schema(name) } } })
}

fn problem(when: &str) -> Value {
    let content = json!({ "application/problem+json": { "schema": schema("Problem") } });
    json!({ "description": when, "content": content })
}

/// The responses of an operation: its own, and those that any may have.
fn responses(own: Value) -> Value {
    let mut responses = own;
    responses["403"] = problem("The request comes from a page of another site");
    responses["421"] = problem("The server does not go by the name of the Host header");
    responses["503"] =
        problem("More is asked than can be answered now; Retry-After says when to ask again");
    responses["500"] = problem("The server failed");
    responses
}

fn language() -> Value {
    json!({
        "name": "lang", "in": "query",
        "description": "The language of meanings, warnings and problems; without it Accept-Language decides",
        "schema": { "type": "string", "enum": ["ja", "en"] },
    })
}

fn answer(size: usize, formats: &[&str]) -> Value {
    let parameter = |name: &str, what: &str, schema: Value| json!({ "name": name, "in": "query", "description": what, "schema": schema });
    let paste = json!({ "type": "string", "maxLength": size });
    // Generators of clients know bytes by their format.
    let bytes = json!({ "type": "string", "format": "binary" });
    json!({
        "operationId": "answer",
        "summary": "The remedies for a paste or a question",
        "description": "Any other body than a form is the paste itself, in any encoding, whatever its type is called. A body with `q` is a log and the question about it: what the question names comes first.",
        "parameters": [
            parameter("product", "The console that the paste comes from, where neither its form nor its words tell; `any` searches the articles of every console", json!({ "type": "string" })),
            parameter("limit", "How many remedies an incident gets at most", json!({ "type": "integer", "minimum": 1, "maximum": 65535, "default": 3 })),
            language(),
            parameter("input_format", "The format of the paste, instead of recognizing it", json!({ "type": "string", "enum": formats })),
            parameter("q", "A typed question, alone or about the paste", json!({ "type": "string", "minLength": 1, "pattern": "\\S" })),
            parameter("redact", "Whether variable parts of the paste are masked in the answer", json!({ "type": "boolean", "default": false })),
        ],
        "requestBody": { "content": {
            "text/plain": { "schema": paste },
            "application/octet-stream": { "schema": bytes },
            "multipart/form-data": { "schema": {
                "type": "object",
                "properties": {
                    "text": { "description": "Pasted text" },
                    "file": { "description": "A file; again for each", "type": "string", "format": "binary" },
                    "q": { "description": "A question, alone or about the rest" },
                },
                "additionalProperties": false,
            } },
        } },
        "responses": responses(json!({
            "200": found("The answer, the same bytes as the command line writes with --json", "Answer"),
            "400": problem("A parameter or the form cannot be read"),
            "408": problem("The body arrives too slowly"),
            "413": problem("The body is too large"),
        })),
    })
}

fn explain() -> Value {
    json!({
        "operationId": "explain",
        "summary": "What a code means, in every form, and the articles that treat it",
        "parameters": [
            { "name": "code", "in": "path", "required": true, "description": "The code in any form, or the name of an error (AUTH-0231)", "schema": { "type": "string", "minLength": 1 }, "example": "MCInstallationErrorDomain 4027" },
            language(),
        ],
        "responses": responses(json!({
            "200": found("What is known of the code", "Codes"),
            "400": problem("The address or the language cannot be read"),
            "404": problem("The text is no code and names no error of an article, or nothing is known of it"),
        })),
    })
}

fn articles() -> Value {
    json!({
        "operationId": "articles",
        "summary": "The articles by their names",
        "responses": responses(json!({ "200": found("The articles, in order of path", "Articles") })),
    })
}

fn article() -> Value {
    json!({
        "operationId": "article",
        "summary": "An article as a whole, or a passage of it by its passage_id",
        "parameters": [
            { "name": "id", "in": "path", "required": true, "description": "The id of the article, or of a passage of it (its # percent-encoded)", "schema": { "type": "string", "minLength": 1 }, "example": "bizmobile/push-certificate" },
        ],
        "responses": responses(json!({
            "200": found("The article", "Article"),
            "400": problem("The address is not UTF-8"),
            "404": problem("There is no article, or no passage, of this id"),
        })),
    })
}

fn flows() -> Value {
    json!({
        "operationId": "flows",
        "summary": "The check flows",
        "responses": responses(json!({ "200": found("The check flows, in order of id", "Flows") })),
    })
}

fn feedback() -> Value {
    json!({
        "operationId": "feedback",
        "summary": "Whether a remedy helped",
        "description": "Counts in a file of the server; nothing of the paste is kept. A note is kept masked, and only by a server that is told to remember (history = true).",
        "requestBody": { "required": true, "content": { "application/json": {
            "schema": schema("Feedback"),
            "example": { "signature": "0123456789abcdef", "article": "bizmobile/push-certificate", "helped": true },
        } } },
        "responses": responses(json!({
            "204": { "description": "It is counted" },
            "400": problem("The body cannot be read"),
            "404": problem("There is no article of this id"),
            "409": problem("A note is given to a server that keeps no history"),
            "408": problem("The body arrives too slowly"),
            "413": problem("The body is too large"),
        })),
    })
}

fn statistics() -> Value {
    json!({
        "operationId": "statistics",
        "summary": "What was asked, answered and solved, by product and cause",
        "description": "From a server that is told to remember (history = true) alone.",
        "parameters": [language()],
        "responses": responses(json!({
            "200": {
                "description": "A table, most often asked first",
                "content": { "text/csv": { "schema": { "type": "string" } } },
            },
            "400": problem("The language cannot be read"),
            "409": problem("The server keeps no history"),
        })),
    })
}

fn health() -> Value {
    json!({
        "operationId": "health",
        "summary": "Whether the server answers",
        "responses": responses(json!({ "200": found("It does", "Health") })),
    })
}

fn metrics() -> Value {
    json!({
        "operationId": "metrics",
        "summary": "The figures of the server, for Prometheus",
        "responses": responses(json!({ "200": {
            "description": "OpenMetrics text",
            "content": { "application/openmetrics-text": { "schema": { "type": "string" } } },
        } })),
    })
}

fn openapi() -> Value {
    json!({
        "operationId": "openapi",
        "summary": "This description",
        "responses": responses(json!({ "200": {
            "description": "OpenAPI 3.1",
            "content": { "application/json": { "schema": { "type": "object" } } },
        } })),
    })
}
