//! `POST /v1/feedback`: counted, and nothing else kept.

use serde_json::json;

use crate::server::Server;

#[test]
fn what_was_said_is_kept_by_signature_and_article_alone() {
    let server = Server::start();
    let log = include_str!("../../examples/logs/bizmobile-operation-log.tsv");
    let answer = server.post("/v1/answer", log).json();
    let signature = &answer["incidents"][0]["signature"];
    let article = &answer["incidents"][0]["remedies"][0]["id"];
    let said = json!({ "signature": signature, "article": article, "helped": true }).to_string();
    let answer = server.post("/v1/feedback", &said);
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    let store = server.path().join("state/shirube");
    let kept: Vec<String> = std::fs::read_dir(store)
        .expect("something is kept")
        .map(|entry| {
            std::fs::read_to_string(entry.expect("it can be listed").path()).expect("it is text")
        })
        .collect();
    let kept = kept.concat();
    assert!(kept.contains(signature.as_str().expect("it is text")), "{kept}");
    assert!(kept.contains(article.as_str().expect("it is text")), "{kept}");
    assert!(!kept.contains("mori") && !kept.contains("プロファイル"), "{kept}");
    assert!(server.get("/metrics").body.contains("shirube_feedback_total{helped=\"yes\"} 1"));
}

#[test]
fn what_cannot_have_been_said_is_refused() {
    let server = Server::start();
    let signature = "0123456789abcdef";
    for body in [
        "".to_owned(),
        "helped".to_owned(),
        "[]".to_owned(),
        json!({ "signature": signature, "article": "a" }).to_string(),
        json!({ "signature": "0123", "article": "a", "helped": true }).to_string(),
        json!({ "signature": "+123456789abcdef", "article": "a", "helped": true }).to_string(),
        json!({ "signature": signature, "article": "a", "helped": "yes" }).to_string(),
        json!({ "signature": signature, "article": "a", "helped": true, "text": "x" }).to_string(),
    ] {
        server.post("/v1/feedback", &body).is_problem(400, "malformed");
    }
    let unknown = json!({ "signature": signature, "article": "a\nb", "helped": true }).to_string();
    server.post("/v1/feedback", &unknown).is_problem(404, "not-found");
    assert!(!server.path().join("state/shirube").exists());
}
