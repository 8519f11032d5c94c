//! The discovery document of the Android Management API
//! (<https://androidmanagement.googleapis.com/$discovery/rest?version=v1>): an article for each list of reasons, error
//! codes and states, with what the document says of each.

use serde_json::Value;

use super::{Collector, Source, escape};
use crate::source::{Phrase, phrase};

pub(super) const SOURCE: Source = Source { recognizes, read };

fn recognizes(name: &str, text: &str) -> bool {
    name.ends_with(".json") && text.contains("\"schemas\"")
}

/// The ends of the names of properties that say what went wrong.
const TELLING: &[&str] =
    &["Reason", "Reasons", "errorCode", "ErrorCode", "status", "state", "State"];

fn read(reader: &mut Collector<'_>, file: &str, text: &str) {
    let document: Value = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            let what = phrase!("JSONとして読めません（{error}）", "not JSON ({error})");
            return reader.warn(file, u32::try_from(error.line()).ok(), what);
        }
    };
    let said = |value: &Value, key: &str| {
        value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let revision = said(&document, "revision");
    let day = jiff::civil::Date::strptime("%Y%m%d", &revision).ok();
    let source = said(&document, "documentationLink");
    let schemas = document.get("schemas").and_then(Value::as_object);
    let mut found = false;
    for (schema, of) in schemas.into_iter().flatten() {
        let properties = of.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let list = property.get("items").unwrap_or(property);
            let words = |key| list.get(key).and_then(Value::as_array);
            let (Some(values), Some(meanings)) = (words("enum"), words("enumDescriptions")) else {
                continue;
            };
            if !TELLING.iter().any(|end| name.ends_with(end)) {
                continue;
            }
            let mut body = escape::plain(&said(property, "description"));
            body.push_str("\n\n## 値\n\n| 値 | 意味 |\n|---|---|\n");
            for (value, meaning) in values.iter().zip(meanings) {
                let cells =
                    [value, meaning].map(|it| escape::line(it.as_str().unwrap_or_default()));
                body.push_str(&format!("| {} | {} |\n", cells[0], cells[1]));
            }
            let title = format!("{schema}.{name}");
            let mut draft = reader.draft(file, format!("android:{title}"), title);
            draft.platforms.push("Android".to_owned());
            draft.platforms.dedup();
            draft.updated = day;
            draft.source = Some(source.clone()).filter(|it| it.contains("://"));
            draft.body = body.trim_start().to_owned();
            reader.imported.drafts.push(draft);
            found = true;
        }
    }
    if !found {
        let what = Phrase::new("値の一覧のないJSON", "JSON without lists of values");
        reader.leave_out(file, what, Some(String::new()));
    }
}
