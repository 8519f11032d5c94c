//! `/openapi.json`: that it describes what there is. Whether answers keep to it, a tester that is driven by
//! the schemas finds out (`scripts/test_clients.sh`).

use std::collections::BTreeSet;

use serde_json::Value;

use crate::server::Server;

/// Every reference in a document.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                found.insert(reference.to_owned());
            }
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn it_names_every_route_and_every_schema() {
    let server = Server::start();
    let document = server.get("/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().expect("paths are an object");
    for (path, operations) in paths {
        let concrete = path.replace("{code}", "4026").replace("{id}", "bizmobile/push-certificate");
        for method in operations.as_object().expect("operations are an object").keys() {
            let answer = match method.as_str() {
                "get" => server.get(&concrete),
                _ => server.post(&concrete, "{}"),
            };
            assert!(![404, 405].contains(&answer.status), "{method} {path}: {}", answer.status);
            let described = &operations[method]["responses"][answer.status.to_string()];
            assert!(described.is_object(), "{method} {path} gives {}", answer.status);
        }
    }
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 10, "{found:?}");
    for reference in found {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    let evidence = &document["components"]["schemas"]["Evidence"]["oneOf"];
    assert_eq!(evidence.as_array().map(Vec::len), Some(5));
}

#[test]
fn every_property_and_parameter_has_a_description() {
    let server = Server::start();
    let document = server.get("/openapi.json").json();
    let schemas = document["components"]["schemas"].as_object().expect("schemas are an object");
    let (mut properties, mut silent) = (0, Vec::new());
    for (name, schema) in schemas {
        let variants = schema["oneOf"].as_array();
        for shape in variants.into_iter().flatten().chain([schema]) {
            for (property, said) in shape["properties"].as_object().into_iter().flatten() {
                properties += 1;
                // The tag that tells the variants apart is a constant.
                if said["description"].as_str().is_none_or(str::is_empty) && said["const"].is_null()
                {
                    silent.push(format!("{name}.{property}"));
                }
            }
        }
    }
    assert!(properties > 150, "{properties}");
    for (path, operations) in document["paths"].as_object().expect("paths are an object") {
        for operation in operations.as_object().expect("operations are an object").values() {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                if !parameter["description"].is_string() {
                    silent.push(format!("{path} {}", parameter["name"]));
                }
            }
        }
    }
    assert!(silent.is_empty(), "without a description: {silent:?}");
}

#[test]
fn a_token_is_described_where_one_is_needed() {
    let server = Server::prepared(&["--port", "0", "--token-file", "token"], |place| {
        std::fs::write(place.join("token"), "a-token-that-is-long-enough").expect("written");
    });
    let right = [("authorization", "Bearer a-token-that-is-long-enough")];
    let document = server.get_with("/openapi.json", &right).json();
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    assert!(document["paths"]["/v1/flows"]["get"]["responses"]["401"].is_object());
    assert!(document["paths"]["/health"]["get"]["security"].is_null());
}
