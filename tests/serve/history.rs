//! A server that is told to remember: what solved an incident last time, and the statistics.

use serde_json::{Value, json};

use crate::server::{Server, remember};

const LOG: &str = include_str!("../../examples/logs/bizmobile-operation-log.tsv");

fn remembering() -> Server {
    Server::prepared(&["--port", "0"], remember)
}

fn feedback(first: &Value, note: &str, helped: bool) -> String {
    let article = &first["remedies"][0]["id"];
    json!({ "signature": first["signature"], "article": article, "helped": helped, "note": note })
        .to_string()
}

fn first(server: &Server) -> Value {
    server.post("/v1/answer", LOG).json()["incidents"][0].clone()
}

#[test]
fn what_solved_it_last_time_is_said_the_next_time() {
    let server = remembering();
    let before = first(&server);
    assert_eq!(before["last_time"], Value::Null);
    let note = "INC-4711 佐藤さん sato@example.com <script>alert(1)</script>\u{1b}[2J";
    assert_eq!(server.post("/v1/feedback", feedback(&before, note, true)).status, 204);
    let last = first(&server)["last_time"].clone();
    assert_eq!(last["article"], before["remedies"][0]["id"]);
    assert_eq!(last["title"], before["remedies"][0]["title"]);
    assert!(last["at"].as_str().is_some_and(|at| at.starts_with("2026-11-23")), "{last}");
    let kept = last["note"].as_str().expect("it is text");
    assert!(
        kept.contains("INC-4711") && !kept.contains("佐藤") && !kept.contains("sato@"),
        "{kept}"
    );
    let page = server.post("/answer", LOG).body;
    assert!(page.contains("前回 11月23日: この対処で解決"), "{page}");
    assert!(page.contains("&#60;script&#62;") && !page.contains("<script>alert"), "{page}");

    let statistics = server.get("/v1/statistics");
    assert_eq!(statistics.header("content-type"), "text/csv; charset=utf-8");
    let article = before["remedies"][0]["id"].as_str().expect("it is text");
    let row = statistics.body.lines().find(|line| line.contains(article)).expect("it was asked");
    assert!(row.contains("BizMobile") && row.ends_with(",\"3\",\"3\",\"1\""), "{row}");
    let verb = server.run(&["misses", "--statistics"], b"");
    assert_eq!(verb, statistics.body);
    // A remedy that did not help after all is no last time.
    assert_eq!(server.post("/v1/feedback", feedback(&before, "", false)).status, 204);
    assert_eq!(first(&server)["last_time"], Value::Null);
}

#[test]
fn no_answer_waits_for_the_disk() {
    let server = remembering();
    let state = server.path().join("state/shirube");
    std::fs::create_dir_all(&state).expect("a directory can be made");
    let lock = std::fs::File::create(state.join("lock")).expect("a file can be made");
    lock.lock().expect("nobody else has it");
    let article = first(&server)["remedies"][0]["id"].clone();
    // It is answered, and kept once the lock is free again.
    assert!(!state.join("asked.jsonl").exists());
    lock.unlock().expect("it was locked");
    let statistics = server.get("/v1/statistics").body;
    assert!(statistics.contains(article.as_str().expect("it is text")), "{statistics}");
}

#[test]
fn nothing_is_remembered_unless_it_is_told_to() {
    let server = Server::start();
    let before = first(&server);
    assert_eq!(server.post("/v1/feedback", feedback(&before, "", true)).status, 204);
    assert_eq!(first(&server)["last_time"], Value::Null);
    server.post("/v1/feedback", feedback(&before, "INC-1", true)).is_problem(409, "history");
    server.get("/v1/statistics").is_problem(409, "history");
    assert!(!server.path().join("state/shirube/asked.jsonl").exists());
    let long = feedback(&before, &"あ".repeat(201), true);
    server.post("/v1/feedback", long).is_problem(400, "malformed");
}

#[test]
fn a_damaged_file_is_named_and_costs_no_answer() {
    let server = Server::prepared(&["--port", "0"], |directory| {
        remember(directory);
        let state = directory.join("state/shirube");
        std::fs::create_dir_all(&state).expect("a directory can be made");
        std::fs::write(state.join("feedback.jsonl"), b"\xff\xfe{\n{\"at\"").expect("written");
    });
    let before = first(&server);
    assert_eq!(before["last_time"], Value::Null);
    assert!(server.log().contains("feedback.jsonl"), "{}", server.log());
    assert_eq!(server.post("/v1/feedback", feedback(&before, "", true)).status, 204);
    assert_ne!(first(&server)["last_time"], Value::Null);
}

#[test]
fn who_has_no_token_reads_and_writes_nothing() {
    let server = Server::prepared(&["--port", "0", "--token-file", "token"], |directory| {
        remember(directory);
        std::fs::write(directory.join("token"), "0123456789abcdef0123456789abcdef")
            .expect("written");
    });
    server.get("/v1/statistics").is_problem(401, "no-token");
    let body = json!({ "signature": "0123456789abcdef", "article": "a", "helped": true });
    server.post("/v1/feedback", body.to_string()).is_problem(401, "no-token");
}
