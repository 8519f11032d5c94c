//! `/openapi.json`: the API described in OpenAPI 3.1. The operations are in the file of that name; the schemas are
//! made from the types that write the answers.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use shirube::report;

use super::api::{Feedback, Health};
use super::problem;

/// Where references between schemas lead.
const SCHEMAS: &str = "/components/schemas";

/// The operations with what is fixed. A response that is a sentence is a problem.
const WRITTEN: &str = include_str!("openapi.json");

/// The problems that any request may have.
const ANY: [(&str, &str); 4] = [
    ("403", "The request comes from a page of another site"),
    ("421", "The server does not go by the name of the Host header"),
    ("500", "The server failed"),
    ("503", "More is asked than can be answered now; Retry-After says when to ask again"),
];

/// The description of a server that takes pastes of at most `size` bytes in one of the `formats` that its knowledge base
/// knew when it was started, and wants a token or not.
pub(crate) fn document(token: bool, size: usize, formats: &[&str]) -> String {
    let mut document: Value =
        serde_json::from_str(WRITTEN).expect("the file beside this one is JSON");
    document["info"]["version"] = env!("CARGO_PKG_VERSION").into();
    document["components"] = json!({ "schemas": schemas() });
    let answer = &mut document["paths"]["/v1/answer"]["post"];
    answer["requestBody"]["content"]["text/plain"]["schema"]["maxLength"] = size.into();
    let parameters = answer["parameters"].as_array_mut().into_iter().flatten();
    for parameter in parameters.filter(|it| it["name"] == "input_format") {
        parameter["schema"]["enum"] = formats.into();
    }
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    let operations = paths.filter_map(|(_, path)| path.as_object_mut()).flatten();
    operations.for_each(|(_, operation)| complete(operation, token));
    if token {
        let scheme = json!({ "token": { "type": "http", "scheme": "bearer" } });
        document["components"]["securitySchemes"] = scheme;
    }
    let mut text = serde_json::to_string_pretty(&document)
        .expect("a JSON value has string keys and no serializer of its own that could fail");
    text.push('\n');
    text
}

/// The problems of an operation in full, and with them those that any may have. Everything but `/health` answers
/// those alone who know the token.
fn complete(operation: &mut Value, token: bool) {
    if token && operation["operationId"] != "health" {
        operation["security"] = json!([{ "token": [] }]);
        operation["responses"]["401"] = "There is no token, or a wrong one".into();
    }
    for (status, when) in ANY {
        operation["responses"][status] = when.into();
    }
    let responses = operation["responses"].as_object_mut().into_iter().flatten();
    for (_, response) in responses.filter(|(_, response)| response.is_string()) {
        let schema = json!({ "$ref": format!("#{SCHEMAS}/Problem") });
        let content = json!({ "application/problem+json": { "schema": schema } });
        *response = json!({ "description": response, "content": content });
    }
}

fn schemas() -> Map<String, Value> {
    let mut schemas = report::schemas(SCHEMAS);
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.definitions_path = SCHEMAS.into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    generator.subschema_for::<problem::Document<'_>>();
    generator.subschema_for::<Health>();
    generator.subschema_for::<Feedback>();
    schemas.append(&mut generator.take_definitions(true));
    schemas
}
