//! `shirube export`.

use serde_json::Value;

use crate::run::Run;

/// The documents of a bulk file, each with its action; the form is that of
/// <https://docs.opensearch.org/latest/api-reference/document-apis/bulk/>.
fn documents(bulk: &str) -> Vec<(Value, Value)> {
    assert!(bulk.ends_with('\n'), "the last line ends, too");
    let lines: Vec<Value> = bulk
        .lines()
        .map(|line| serde_json::from_str(line).expect("every line is JSON by itself"))
        .collect();
    assert!(lines.len().is_multiple_of(2), "an action and a document each");
    lines.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
}

#[test]
fn every_document_has_its_action_and_fits_the_mapping() {
    let run = Run::new();
    let result =
        run.run(&["export", "--bulk", "--out", "o", "--index-name", "manual", "--lang", "en"]);
    assert_eq!((result.status, result.out.as_str()), (0, ""), "{}", result.err);
    let read = |name: &str| std::fs::read_to_string(run.path().join("o").join(name)).expect(name);
    let mapping: Value = serde_json::from_str(&read("mapping.json")).expect("it is JSON");
    assert_eq!(mapping["mappings"]["dynamic"], "strict");
    let properties = mapping["mappings"]["properties"].as_object().expect("there are fields");

    let documents = documents(&read("passages.ndjson"));
    assert!(result.err.contains(&format!("wrote {} passages", documents.len())), "{}", result.err);
    let mut ids = std::collections::BTreeSet::new();
    for (action, document) in &documents {
        let place = action["index"].as_object().expect("the action is to index");
        assert_eq!(place["_index"], "manual");
        let id = place["_id"].as_str().expect("the id is a string");
        assert!(ids.insert(id.to_owned()) && id.len() <= 512, "{id}");
        // Strict: a field that the mapping has not is refused by the engine.
        for (name, value) in document.as_object().expect("a document is an object") {
            let kind = properties.get(name).and_then(|field| field["type"].as_str());
            let fits = match (kind, value) {
                (Some(_), Value::Null) => true,
                (Some("text" | "keyword"), Value::Array(values)) => {
                    values.iter().all(Value::is_string)
                }
                (Some("text" | "keyword"), value) => value.is_string(),
                (Some("integer"), value) => {
                    value.as_i64().is_some_and(|n| i32::try_from(n).is_ok())
                }
                (Some("boolean"), value) => value.is_boolean(),
                (Some("date"), value) => {
                    value.as_str().is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok())
                }
                _ => false,
            };
            assert!(fits, "{name}: {value} in {id}");
        }
    }
    let piped = run.run(&["export", "--bulk", "--index-name", "manual"]);
    assert_eq!(piped.out, read("passages.ndjson"));
}

#[test]
fn words_are_cut_at_spaces_and_nowhere_else() {
    let run = Run::new();
    run.write("kb/a.md", "# 端末の 初期化\n\nprofile \"a b\" を削除した。\n");
    let result = run.run(&["export", "--bulk"]);
    let (_, document) = documents(&result.out).remove(0);
    assert_eq!(document["title_words"], "端末 初期 化");
    assert_eq!(document["passage"].as_str().map(|it| it.contains("削除した")), Some(true));
    // The same words are asked for.
    let query = run.run(&["export", "--query", "端末を初期化したい"]).json();
    let title = &query["query"]["bool"]["should"][0]["match"]["title_words"];
    assert_eq!(title["query"], "端末 初期 化");
}

#[test]
fn a_name_that_the_engine_would_refuse_is_refused_here() {
    let run = Run::new();
    for name in ["Manual", "_x", "a b", ""] {
        assert_eq!(run.run(&["export", "--bulk", "--index-name", name]).status, 2, "{name}");
    }
    assert_eq!(run.run(&["export"]).status, 2);
}
