//! `POST /v1/answer`: the same bytes as the command line's.

use crate::server::Server;

const LOG: &str = include_str!("../../examples/logs/bizmobile-operation-log.tsv");
const SCREEN: &str = include_str!("../../examples/logs/bizmobile-device-status.txt");

#[test]
fn it_says_what_the_command_line_says_byte_for_byte() {
    let server = Server::start();
    let jobs = include_str!("../../examples/logs/mobiconnect-jobs.csv");
    for paste in [LOG, SCREEN, jobs, "", "nothing of interest\n", "同期が完了しない"] {
        for (query, options) in [
            ("", &["--lang", "ja"][..]),
            ("?lang=en&limit=1", &["--lang", "en", "--limit", "1"]),
            ("?product=MobiConnect", &["--lang", "ja", "--product", "MobiConnect"]),
            (
                "?input_format=mail&redact=true",
                &["--lang", "ja", "--input-format", "mail", "--redact"],
            ),
        ] {
            let said = server.run(&[&["search", "--json"], options].concat(), paste.as_bytes());
            let answer = server.post(&format!("/v1/answer{query}"), paste);
            assert_eq!((answer.status, answer.body), (200, said), "{query} {paste}");
        }
    }
    let said = server.run(&["-q", "同期が完了しない", "--json", "--lang", "ja"], b"");
    let answer = server.post(
        "/v1/answer?q=%E5%90%8C%E6%9C%9F%E3%81%8C%E5%AE%8C%E4%BA%86%E3%81%97%E3%81%AA%E3%81%84",
        "",
    );
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    assert_eq!(answer.body, said);
    // A log and the question about it.
    let said = server.run(&["-q", "4026?", "--json", "--lang", "ja"], LOG.as_bytes());
    let answer = server.post("/v1/answer?lang=ja&q=4026%3F", LOG);
    assert_eq!((answer.json()["read"]["questions"].as_u64(), answer.body), (Some(1), said));
}

#[test]
fn any_encoding_and_any_type_of_body_is_a_paste() {
    let server = Server::start();
    let said = server.post("/v1/answer", LOG).body;
    // The log in UTF-16 with a byte order mark, as a console exports it.
    let utf_16: Vec<u8> =
        [0xfeff].into_iter().chain(LOG.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (kind, body) in [
        ("application/octet-stream", utf_16.as_slice()),
        ("text/tab-separated-values; charset=utf-8", LOG.as_bytes()),
        ("application/x-www-form-urlencoded", LOG.as_bytes()),
    ] {
        let answer = server.post_with("/v1/answer", &[("content-type", kind)], body);
        assert_eq!((answer.status, &answer.body), (200, &said), "{kind}");
    }
}

#[test]
fn files_of_a_form_are_one_paste_with_their_names() {
    let server = Server::start();
    let form = |parts: &[(&str, &str)]| {
        let mut body = String::new();
        for (disposition, content) in parts {
            body.push_str(&format!(
                "--edge\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n"
            ));
        }
        body.push_str("--edge--\r\n");
        let kind = "multipart/form-data; boundary=edge";
        server.post_with("/v1/answer", &[("content-type", kind)], body)
    };
    let answer = form(&[
        ("name=\"file\"; filename=\"monday.tsv\"", LOG),
        ("name=\"file\"; filename=\"tuesday.tsv\"", LOG),
        ("name=\"text\"", ""),
        ("name=\"file\"; filename=\"\"", ""),
    ]);
    let alone = server.post("/v1/answer", LOG).json();
    let both = answer.json();
    assert_eq!(both["incidents"][0]["signature"], alone["incidents"][0]["signature"]);
    let count = |answer: &serde_json::Value| answer["incidents"][0]["count"].as_u64();
    assert_eq!(count(&both), count(&alone).map(|count| 2 * count));
    let files: Vec<_> = both["incidents"][0]["locations"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|place| place["file"].clone())
        .collect();
    assert!(files.contains(&"monday.tsv".into()) && files.contains(&"tuesday.tsv".into()));
    let asked = form(&[("name=\"q\"", "同期が完了しない")]).json();
    assert_eq!(asked["incidents"][0]["kind"], "question");
    form(&[("name=\"file\"; filename=\"a\"", "x"); 65]).is_problem(400, "malformed");
    form(&[("name=\"other\"", "")]).is_problem(400, "malformed");
}

#[test]
fn what_cannot_be_read_is_told_with_what_can() {
    let server = Server::start();
    for (query, kind) in [
        ("limit=0", "parameter"),
        ("lang=fr", "parameter"),
        ("input_format=word", "parameter"),
        ("q=%20", "parameter"),
        ("limit=many", "malformed"),
        ("limit=1&limit=2", "malformed"),
        ("colour=red", "malformed"),
        ("redact=perhaps", "malformed"),
    ] {
        server.post(&format!("/v1/answer?{query}"), LOG).is_problem(400, kind);
    }
    let answer = server.post("/v1/answer?input_format=word", LOG);
    assert!(answer.body.contains("windows-event"), "{}", answer.body);
    for (kind, body) in [
        ("multipart/form-data", "x"),
        ("multipart/form-data; boundary=edge", "no edge at all"),
        (
            "multipart/form-data; boundary=edge",
            "--edge\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\ncut off",
        ),
    ] {
        let answer = server.post_with("/v1/answer", &[("content-type", kind)], body);
        answer.is_problem(400, "malformed");
    }
    server.get("/v1/answer").is_problem(405, "method");
    assert_eq!(server.get("/v1/answer").header("allow"), "POST");
    server.get("/v1/nothing").is_problem(404, "not-found");
    let english = server.get_with("/v1/nothing", &[("accept-language", "en")]).json();
    assert_eq!(english["title"], english["en"]["title"]);
    // The address names the language before the browser does, and of a browser's the first that is known.
    for (path, spoken, language) in [
        ("/v1/nothing?lang=en", "ja", "en"),
        ("/v1/nothing?lang=ja", "fr, en-GB;q=0.8", "ja"),
        ("/v1/nothing?limit=1", "fr, en-GB;q=0.8, ja;q=0.5", "en"),
        ("/v1/nothing", "fr", "ja"),
    ] {
        let told = server.get_with(path, &[("accept-language", spoken)]).json();
        assert_eq!(told["title"], told[language]["title"], "{path} {spoken}");
    }
}
