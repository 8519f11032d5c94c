//! The check flows of a knowledge base: what may be asked for by its id.

use serde::Serialize;

use super::json::document;
use super::text::{Fragment, Role, Screen, TextOptions};
use super::view::{either, separator};
use crate::flow::Flow;

/// A block a flow: its id, its title, its console and its symptom, as text for a terminal.
#[must_use]
pub fn flow_list(flows: &[Flow], options: &TextOptions) -> String {
    let language = options.language;
    let mut screen = Screen::new(options);
    for flow in flows {
        screen.text(0, &flow.id, Role::Strong);
        screen.text(2, &flow.title, Role::Plain);
        let product = flow.product.as_ref();
        let product = product.map(|name| format!("{}{name}", either(language, "対象: ", "For: ")));
        let updated = flow.updated;
        let updated = updated.map(|day| format!("{}{day}", either(language, "更新 ", "updated ")));
        let facts: Vec<String> = product.into_iter().chain(updated).collect();
        screen.facts(2, &facts, separator(language));
        if let Some(symptom) = &flow.symptom {
            let label = either(language, "症状: ", "Symptom: ");
            screen.labelled(2, label, Role::Plain, &[Fragment::plain(symptom)]);
        }
        screen.blank();
    }
    screen.finish()
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Flows"))]
pub(super) struct WireList<'a> {
    /// The name and version of the shape; a change that breaks it raises the number.
    #[cfg_attr(feature = "server", schemars(extend("const" = "shirube.flows/1")))]
    schema: &'static str,
    /// The check flows, in order of id.
    flows: Vec<WireEntry<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema), schemars(rename = "Flow"))]
struct WireEntry<'a> {
    /// The flow.
    id: &'a str,
    /// Its title.
    title: &'a str,
    /// The console that it is for.
    product: Option<&'a str>,
    /// The systems that it is for.
    platforms: &'a [String],
    /// The symptom that it starts from.
    symptom: Option<&'a str>,
    /// When it was last changed: an ISO 8601 date.
    updated: Option<String>,
    /// Where it comes from, a link.
    source: Option<&'a str>,
    /// Its file in the knowledge base.
    path: &'a str,
}

/// The same as JSON, `shirube.flows/1`.
#[must_use]
pub fn flow_list_json(flows: &[Flow]) -> String {
    let list = WireList { schema: "shirube.flows/1", flows: flows.iter().map(entry).collect() };
    document(&list)
}

fn entry(flow: &Flow) -> WireEntry<'_> {
    WireEntry {
        id: &flow.id,
        title: &flow.title,
        product: flow.product.as_deref(),
        platforms: &flow.platforms,
        symptom: flow.symptom.as_deref(),
        updated: flow.updated.map(|day| day.to_string()),
        source: flow.source.as_deref(),
        path: &flow.path,
    }
}
