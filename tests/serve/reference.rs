//! Codes, articles and check flows.

use crate::server::Server;

#[test]
fn a_code_is_explained_in_every_form() {
    let server = Server::start();
    let found = server.get("/v1/explain/MCInstallationErrorDomain%204027");
    assert_eq!(found.status, 200, "{}", found.body);
    let code = &found.json()["codes"][0];
    assert_eq!(
        (&code["domain"], &code["number"]),
        (&"MCInstallationErrorDomain".into(), &4027.into())
    );
    assert!(code["articles"].as_array().is_some_and(|articles| !articles.is_empty()));
    let with_slash = server.get("/v1/explain/InstallProfile/4026");
    assert_eq!(with_slash.status, 200, "{}", with_slash.body);
    let named = server.get("/v1/explain/DeviceCapReached").json();
    assert_eq!(named["named_codes"][0]["articles"][0]["id"], "intune/enrollment-ios");
    let english = server.get("/v1/explain/4027?lang=en").json();
    let japanese = server.get("/v1/explain/4027?lang=ja").json();
    assert_ne!(english["codes"][0]["meaning"], japanese["codes"][0]["meaning"]);
    server.get("/v1/explain/987654321").is_problem(404, "not-found");
    server.get("/v1/explain/%E7%AB%AF%E6%9C%AB").is_problem(404, "not-found");
    server.get("/v1/explain/4026?lang=fr").is_problem(400, "parameter");
    server.get("/v1/explain/%ff").is_problem(400, "malformed");
}

#[test]
fn an_article_is_there_as_a_whole() {
    let server = Server::start();
    let article = server.get("/v1/articles/bizmobile/push-certificate");
    assert_eq!(article.status, 200, "{}", article.body);
    let article = article.json();
    assert_eq!(article["schema"], "shirube.article/1");
    let file = include_str!("../../kb/bizmobile/push-certificate.md");
    let markdown = article["markdown"].as_str().expect("it is text");
    assert!(file.ends_with(markdown) && markdown.len() > 500);
    let encoded = server.get("/v1/articles/bizmobile%2Fpush-certificate").json();
    assert_eq!(encoded, article);
    for missing in ["nothing", "../Cargo.toml", "bizmobile", "%00"] {
        server.get(&format!("/v1/articles/{missing}")).is_problem(404, "not-found");
    }
}

#[test]
fn articles_are_listed_and_their_passages_have_addresses() {
    let server = Server::start();
    let list = server.get("/v1/articles").json();
    assert_eq!(list["schema"], "shirube.articles/1");
    let articles = list["articles"].as_array().expect("a list");
    assert_eq!(server.get("/health").json()["articles"], articles.len());
    let paths: Vec<_> = articles.iter().filter_map(|article| article["path"].as_str()).collect();
    assert!(paths.is_sorted() && paths.contains(&"bizmobile/push-certificate.md"), "{paths:?}");
    let log = include_str!("../../examples/logs/bizmobile-operation-log.tsv");
    let answer = server.post("/v1/answer", log).json();
    let remedy = &answer["incidents"][0]["remedies"][0];
    let id = remedy["passage_id"].as_str().expect("it is text");
    let encoded: String = id
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    let passage = server.get(&format!("/v1/articles/{encoded}")).json();
    assert_eq!(passage["passage_id"], remedy["passage_id"]);
    assert_eq!(passage["line"], remedy["line"]);
    assert!(passage["cautions"].as_array().is_some_and(|cautions| !cautions.is_empty()));
    server.get("/v1/articles/bizmobile/push-certificate%23nothing").is_problem(404, "not-found");
}

#[test]
fn flows_are_those_of_the_command_line() {
    let server = Server::start();
    let said = server.run(&["flow", "--json"], b"");
    assert_eq!(server.get("/v1/flows").body, said);
}
