//! The JSON Schemas of everything that is written as JSON, made from the types that write it.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::{article_json, explanation_json, flow_list, json};

/// The schemas (JSON Schema 2020-12) by name: `Answer`, `Codes`, `Article`, `Articles`, `Flows`, and what they are
/// made of. References between them begin with `definitions`, a JSON Pointer such as
/// `/components/schemas`.
///
/// ```
/// let schemas = shirube::report::schemas("/components/schemas");
/// assert_eq!(schemas["Answer"]["properties"]["schema"]["const"], "shirube.answer/1");
/// ```
#[must_use]
pub fn schemas(definitions: &str) -> Map<String, Value> {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.definitions_path = definitions.to_owned().into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    generator.subschema_for::<json::Wire<'_>>();
    generator.subschema_for::<explanation_json::WireCodes<'_>>();
    generator.subschema_for::<article_json::WireArticle<'_>>();
    generator.subschema_for::<article_json::WireArticles<'_>>();
    generator.subschema_for::<flow_list::WireList<'_>>();
    generator.take_definitions(true)
}
