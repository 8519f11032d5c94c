//! The check flows of a knowledge base: what may be asked for by its id.

use super::json::{document, each, wire};
use super::text::{Role, Screen, TextOptions};
use super::view::say;
use crate::flow::Flow;
use crate::source::Language;

/// A block a flow: its id, its title, its console and its symptom, as text for a terminal.
#[must_use]
pub fn flow_list(flows: &[Flow], options: &TextOptions) -> String {
    let language = options.language;
    let mut screen = Screen::new(options);
    for flow in flows {
        screen.text(0, &flow.id, Role::Strong);
        screen.text(2, &flow.title, Role::Plain);
        let product = flow.product.as_ref();
        let product = product.map(|name| say!(language, "対象: {name}", "For: {name}"));
        let updated = flow.updated.map(|day| say!(language, "更新 {day}", "updated {day}"));
        let facts: Vec<String> = product.into_iter().chain(updated).collect();
        screen.facts(2, &facts);
        if let Some(symptom) = &flow.symptom {
            screen.entry(2, language.pick("症状: ", "Symptom: "), symptom);
        }
        screen.blank();
    }
    screen.finish()
}

wire! {
    pub(super) struct WireList<'a> as "Flows" version "shirube.flows/1", of(flows: &'a [Flow]) {
        /// The check flows, in order of id.
        flows: Vec<WireEntry<'a>> = each(flows, WireEntry::of),
    }

    struct WireEntry<'a> as "Flow", of(flow: &'a Flow) {
        /// The flow.
        id: &'a str = &flow.id,
        /// Its title.
        title: &'a str = &flow.title,
        /// The console that it is for.
        product: Option<&'a str> = flow.product.as_deref(),
        /// The systems that it is for.
        platforms: &'a [String] = &flow.platforms,
        /// The symptom that it starts from.
        symptom: Option<&'a str> = flow.symptom.as_deref(),
        /// When it was last changed: an ISO 8601 date.
        updated: Option<String> = flow.updated.map(|day| day.to_string()),
        /// Where it comes from, a link.
        source: Option<&'a str> = flow.source.as_deref(),
        /// Its file in the knowledge base.
        path: &'a str = &flow.path,
    }
}

/// The same as JSON, `shirube.flows/1`.
#[must_use]
pub fn flow_list_json(flows: &[Flow]) -> String {
    document(&WireList::of(flows))
}
