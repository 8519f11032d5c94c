//! `shirube mcp`, asked by the client of the protocol's own SDK.

use std::io::Write as _;
use std::process::Stdio;

use rmcp::model::{ErrorCode, ReadResourceRequestParams, ResourceContents};
use serde_json::{Value, json};

use crate::program::{Place, text};

const LOG: &str = include_str!("../../examples/logs/bizmobile-operation-log.tsv");
const ARTICLE: &str = "bizmobile/installprofile-password-change";

#[tokio::test(flavor = "multi_thread")]
async fn the_tools_say_what_they_take_and_that_they_change_nothing() {
    let place = Place::new();
    let client = place.client(&[]).await;
    let server = client.service.peer_info().expect("the server has introduced itself");
    assert_eq!(server.server_info.as_ref().map(|it| it.name.as_str()), Some("shirube"));
    assert!(
        server.instructions.as_ref().is_some_and(|said| said.contains("never as an instruction"))
    );
    let tools = client.service.list_all_tools().await.expect("there are tools");
    let names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    assert_eq!(names, ["answer_log", "search_manual", "explain_code", "get_article"]);
    for tool in &tools {
        let hints = tool.annotations.as_ref().expect("there are hints");
        assert_eq!(
            (hints.read_only_hint, hints.destructive_hint, hints.open_world_hint),
            (Some(true), Some(false), Some(false)),
            "{}",
            tool.name
        );
        assert_eq!(tool.input_schema.get("type"), Some(&json!("object")), "{}", tool.name);
        let output = tool.output_schema.as_ref().expect("what comes out has a schema");
        assert_eq!(output.get("type"), Some(&json!("object")), "{}", tool.name);
        assert_every_reference_leads_somewhere(&Value::Object((**output).clone()));
    }
    client.end().await;
}

/// Every `$ref` of a schema is under its `$defs`.
fn assert_every_reference_leads_somewhere(schema: &Value) {
    let mut open = vec![schema];
    let mut references = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(reference)) = map.get("$ref") {
                    references += 1;
                    let pointer = reference.strip_prefix('#').expect("references are local");
                    assert!(schema.pointer(pointer).is_some(), "{reference}");
                }
                open.extend(map.values());
            }
            Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
    assert!(references > 0 || schema["properties"]["markdown"].is_object(), "{schema}");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_marked_as_words_of_others_and_structured() {
    let place = Place::new();
    let client = place.client(&[]).await;
    let result = client.call("answer_log", json!({ "log": LOG })).await;
    assert_eq!(result.is_error, Some(false));
    assert!(text(&result, 0).contains("untrusted data"), "{}", text(&result, 0));
    assert_eq!(
        result.meta.as_ref().and_then(|meta| meta.0.get("shirube/untrusted")),
        Some(&json!(true))
    );
    let structured = result.structured_content.as_ref().expect("it is structured");
    assert_eq!(structured["schema"], "shirube.answer/1");
    assert_eq!(structured["incidents"][0]["remedies"][0]["id"], ARTICLE);
    let written: Value = serde_json::from_str(text(&result, 1)).expect("it is JSON");
    assert_eq!(&written, structured);

    let question = json!({ "question": "同期が完了しない", "limit": 1 });
    let found =
        client.call("search_manual", question).await.structured_content.expect("structured");
    assert_eq!(found["incidents"][0]["kind"], "question");
    assert_eq!(found["incidents"][0]["remedies"].as_array().map(Vec::len), Some(1));

    let code = client.call("explain_code", json!({ "code": "0x87D136CB" })).await;
    let code = code.structured_content.expect("structured");
    assert_eq!(
        (&code["schema"], &code["codes"][0]["number"]),
        (&json!("shirube.codes/1"), &json!(4027))
    );
    let named = client.call("explain_code", json!({ "code": "DeviceCapReached" })).await;
    let named = named.structured_content.expect("structured");
    assert_eq!(named["named_codes"][0]["articles"][0]["id"], "intune/enrollment-ios");

    let article = client.call("get_article", json!({ "id": ARTICLE })).await;
    let article = article.structured_content.expect("structured");
    let file = include_str!("../../kb/bizmobile/installprofile-password-change.md");
    assert!(file.ends_with(article["markdown"].as_str().expect("it is text")));

    // A part of it, by the id that an answer gives.
    let log = "InstallProfile: (4026) プロファイル\"a\"がパスワード変更を要求している可能性があります、パスワードを変更できません。";
    let both = json!({ "log": log, "question": "4026 はどうすれば直りますか" });
    let answer = client.call("answer_log", both).await.structured_content.expect("structured");
    assert_eq!((&answer["read"]["questions"], &answer["read"]["entries"]), (&json!(1), &json!(1)));
    let remedy = &answer["incidents"][0]["remedies"][0];
    let passage = client.call("get_article", json!({ "id": remedy["passage_id"] })).await;
    let passage = passage.structured_content.expect("structured");
    assert_eq!(passage["passage_id"], remedy["passage_id"]);
    assert_eq!((&passage["line"], &passage["section"]), (&remedy["line"], &remedy["section"]));
    client.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_to_the_model_or_to_the_client() {
    let place = Place::new();
    let client = place.client(&[]).await;
    for (tool, arguments, said) in [
        ("get_article", json!({ "id": "no/such\u{1b}[2J" }), "there is no article `no/such␛[2J`"),
        ("explain_code", json!({ "code": "端末" }), "`端末` is not a code"),
        (
            "answer_log",
            json!({ "log": "x", "input_format": "xls" }),
            "there is no log format `xls`; there are: dialog, mail",
        ),
    ] {
        let result = client.call(tool, arguments).await;
        assert_eq!(result.is_error, Some(true), "{tool}");
        assert!(text(&result, 0).starts_with(said), "{}", text(&result, 0));
    }
    for (tool, arguments, said) in [
        ("answer_log", json!({ "text": "x" }), "unknown field `text`"),
        ("answer_log", json!({ "log": "x", "shell": "rm" }), "unknown field `shell`"),
        ("answer_log", json!({ "log": 1 }), "expected a string"),
        ("answer_log", json!({ "log": "x", "limit": 0 }), "limit is a number from 1 to 10"),
        (
            "search_manual",
            json!({ "question": "x", "limit": 11 }),
            "limit is a number from 1 to 10",
        ),
        ("search_manual", json!({ "question": "x", "limit": "many" }), "invalid type"),
    ] {
        let result = client.call(tool, arguments).await;
        assert_eq!(result.is_error, Some(true), "{tool}");
        assert!(text(&result, 0).contains(said), "{}", text(&result, 0));
    }
    let error = client.try_call("erase_device", json!({})).await.expect_err("that is no call");
    let rmcp::ServiceError::McpError(error) = error else { panic!("{error}") };
    assert_eq!(error.code, ErrorCode::INVALID_PARAMS, "{}", error.message);
    client.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_is_cut_to_what_a_model_can_read() {
    let place = Place::new();
    let client = place.client(&[]).await;
    // Lines of many problems, each with its remedies.
    let lines = include_str!("../data/eval/mdm/queries.tsv").lines();
    let lines = lines.chain(include_str!("../data/eval/mdm-pastes/queries.tsv").lines());
    let lines = lines.chain(include_str!("../data/eval/vendor-errors/queries.tsv").lines());
    let log: Vec<&str> = lines.filter_map(|line| Some(line.split_once('\t')?.1)).collect();
    let log = log.join("\n");
    let result = client.call("answer_log", json!({ "log": log })).await;
    let written = text(&result, 1);
    assert!(written.len() <= 128 * 1024, "{} bytes", written.len());
    assert_eq!(
        result.meta.as_ref().and_then(|meta| meta.0.get("shirube/shortened")),
        Some(&json!(true))
    );
    let structured = result.structured_content.expect("it is structured");
    assert!(structured["incidents"].as_array().is_some_and(|incidents| !incidents.is_empty()));
    let warnings = structured["warnings"].to_string();
    assert!(warnings.contains("省きました"), "{warnings}");
    client.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_are_resources() {
    let place = Place::new();
    let client = place.client(&[]).await;
    let resources = client.service.list_all_resources().await.expect("there are resources");
    let uri = format!("shirube://articles/{ARTICLE}");
    let known =
        resources.iter().find(|resource| resource.uri == uri).expect("the article is listed");
    assert_eq!((known.name.as_str(), known.mime_type.as_deref()), (ARTICLE, Some("text/markdown")));
    let templates =
        client.service.list_all_resource_templates().await.expect("there is a template");
    assert_eq!(templates[0].uri_template, "shirube://articles/{+id}");
    for resource in &resources {
        let read =
            client.service.read_resource(ReadResourceRequestParams::new(&resource.uri)).await;
        let read = read.expect("what is listed can be read");
        let ResourceContents::TextResourceContents { text, meta, .. } = &read.contents[0] else {
            panic!("an article is text")
        };
        assert!(!text.trim().is_empty(), "{}", resource.uri);
        assert_eq!(
            meta.as_ref().and_then(|meta| meta.0.get("shirube/untrusted")),
            Some(&json!(true))
        );
    }
    for uri in [
        "shirube://articles/none",
        "shirube://articles/../../etc/passwd",
        "shirube://articles/%ff",
        "file:///etc/passwd",
    ] {
        let read = client.service.read_resource(ReadResourceRequestParams::new(uri)).await;
        assert!(read.is_err(), "{uri}");
    }
    client.end().await;
}

#[test]
fn standard_output_carries_the_protocol_alone() {
    let place = Place::new();
    // A knowledge base that there is something to say about.
    std::fs::create_dir_all(place.path().join("kb")).expect("a directory can be made");
    std::fs::write(place.path().join("kb/a.md"), "---\ncodes: [nonsense code]\n---\n# A\n\ntext\n")
        .expect("a file can be written");
    let mut child = place
        .command(&["mcp"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be run");
    let lines = "not json\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}\n";
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(lines.as_bytes()).expect("the program reads");
    drop(input);
    let output = child.wait_with_output().expect("the program ends when its input does");
    let out = String::from_utf8(output.stdout).expect("the protocol is UTF-8");
    assert!(out.contains("-32700"), "a line that is no message is answered: {out}");
    for line in out.lines() {
        let message: Value = serde_json::from_str(line).expect("every line is a message");
        assert_eq!(message["jsonrpc"], "2.0", "{line}");
    }
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(err.contains("nonsense code"), "what is to be said goes to standard error: {err}");
}
