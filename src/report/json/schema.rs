//! The JSON Schemas of everything that is written as JSON, made from the types that write it.

use super::{answer, article, explanation};
use crate::report::flow_list;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

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
    generator.subschema_for::<answer::Wire<'_>>();
    generator.subschema_for::<explanation::WireCodes<'_>>();
    generator.subschema_for::<article::WireArticle<'_>>();
    generator.subschema_for::<article::WireArticles<'_>>();
    generator.subschema_for::<flow_list::WireList<'_>>();
    generator.take_definitions(true)
}
