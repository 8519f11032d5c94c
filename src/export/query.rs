//! The words of an incident as a search of the engine.

use serde_json::{Value, json};

use super::{FIELDS, words};
use crate::facts::{Incident, Kind};
use crate::index::CodeKeys;
use crate::search::Searcher;

/// The body of the search that an incident is: its words, without the parts that vary, in every field of the
/// [`mapping`](super::mapping). A word counts in each field by its weight; the engine adds them up.
///
/// The analyzer, the codes and their equivalences are those of the knowledge base.
pub fn query(searcher: &Searcher, incident: &Incident) -> Value {
    let mut worker = searcher.analyzer().worker();
    let text = constant(incident);
    let (mut terms, mut pairs, mut codes) = (String::new(), String::new(), String::new());
    words::analyze(&mut terms, &text, &mut worker);
    words::bigrams(&mut pairs, &text, &mut worker);
    let equivalents = incident.codes.iter().flat_map(|code| {
        std::iter::once(code.clone()).chain(searcher.codes().equivalents(code, &incident.message))
    });
    for code in equivalents {
        for key in CodeKeys::same(&code).chain([CodeKeys::of(&code).number]) {
            words::push(&mut codes, &key);
        }
    }
    let should: Vec<Value> = FIELDS
        .iter()
        .map(|(field, weight)| {
            let words = match *field {
                "bigrams" => &pairs,
                "code_words" => &codes,
                _ => &terms,
            };
            json!({ "match": { (*field): { "query": words, "boost": weight } } })
        })
        .collect();
    json!({ "query": { "bool": { "should": should } } })
}

/// The message without its variable parts; a question has none.
fn constant(incident: &Incident) -> String {
    if incident.kind == Kind::Question {
        return incident.message.clone();
    }
    let mut text = String::new();
    let mut end = 0;
    for variable in &incident.variables {
        text.push_str(incident.message.get(end..variable.range.start).unwrap_or_default());
        text.push(' ');
        end = variable.range.end;
    }
    text.push_str(incident.message.get(end..).unwrap_or_default());
    // A state is known by its label, too.
    for fact in &incident.facts {
        text.push_str(&format!("\n{} {}", fact.label, fact.value));
    }
    text
}
