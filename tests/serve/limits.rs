//! Too large, too slow, too many, malformed: the right status, clear words, and a log that holds nothing
//! of what was sent.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::server::Server;

/// Words that are in no message of the program.
const SECRET: &str = "kumquat-7f3a";

#[test]
fn too_large_a_paste_is_refused_and_the_client_reads_why() {
    let server = Server::with(&["--port", "0", "--max-paste", "1"]);
    let large = format!("{SECRET}\n").repeat(1 << 17);
    server.post("/v1/answer", &large).is_problem(413, "too-large");
    // Without a length it is found out on the way.
    let head = format!(
        "POST /v1/answer HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
        server.address()
    );
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 16, "x".repeat(1 << 16));
    let body = format!("{head}{}0\r\n\r\n", chunk.repeat(20));
    let answer = server.raw(body.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("1 MiB"), "{answer}");
    // Long lines: of short ones a slow machine reads so many longer than a client waits.
    let fits = format!("{}\n", "x".repeat(1023)).repeat(512);
    assert_eq!(server.post("/v1/answer", fits).status, 200);
    assert!(!server.log().contains(SECRET));
}

#[test]
fn a_packed_body_is_refused_and_not_read_as_text() {
    let server = Server::start();
    let packed = [("content-encoding", "gzip"), ("content-type", "text/plain")];
    let answer = server.post_with("/v1/answer", &packed, b"\x1f\x8b\x08\0");
    answer.is_problem(415, "packed");
    let plain = [("content-encoding", "identity"), ("content-type", "text/plain")];
    assert_eq!(server.post_with("/v1/answer", &plain, "PUSH送信中\n").status, 200);
    // An image is no paste, whatever it comes as: the answer says what to do.
    let image = server.post("/v1/answer", b"\x89PNG\r\n\x1a\n\x0b0Uz");
    assert_eq!(image.status, 200);
    assert!(
        image.body.contains("OSの文字認識") || image.body.contains("text recognition"),
        "{}",
        image.body
    );
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let server = Server::with(&["--port", "0", "--timeout", "1"]);
    let head = format!(
        "POST /v1/answer HTTP/1.1\r\nHost: {}\r\nContent-Length: 1000\r\n\r\n{SECRET}",
        server.address()
    );
    let begun = Instant::now();
    let answer = server.raw(head.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("urn:shirube:problem:too-slow"), "{answer}");
    assert!(begun.elapsed() < Duration::from_secs(60), "the body is waited for");
    assert!(!server.log().contains(SECRET));
}

#[test]
fn a_header_that_does_not_come_is_not_waited_for() {
    let server = Server::start();
    let mut stream = TcpStream::connect(server.address()).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_millis(500))).expect("a limit can be set");
    let begun = Instant::now();
    stream.write_all(b"GET /health HTTP/1.1\r\n").expect("the server reads");
    // A byte now and then must not keep the connection.
    loop {
        let mut byte = [0];
        match stream.read(&mut byte) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                if stream.write_all(b"X").is_err() {
                    break;
                }
            }
            Err(_) => break,
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "the connection is kept");
    }
    assert!(begun.elapsed() > Duration::from_secs(5));
    assert_eq!(server.get("/health").status, 200);
}

#[test]
fn more_than_the_queue_holds_is_sent_away_with_the_time_to_come_back() {
    let server = Server::with(&["--port", "0", "--queue", "0"]);
    let paste: String = (0..4000)
        .map(|n| format!("2024/05/08 10:00:00 ERROR part {n} of job{n} failed with code {n}\n"))
        .collect();
    let statuses: Vec<(u16, String)> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..24)
            .map(|_| {
                scope.spawn(|| {
                    let answer = server.post("/v1/answer", &paste);
                    (answer.status, answer.header("retry-after").to_owned())
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().expect("the client ends")).collect()
    });
    assert!(statuses.iter().any(|(status, _)| *status == 200), "{statuses:?}");
    assert!(statuses.contains(&(503, "1".to_owned())), "{statuses:?}");
    assert_eq!(server.post("/v1/answer", "x").status, 200);
}

#[test]
fn malformed_requests_are_refused() {
    let server = Server::start();
    for (request, status) in [
        ("GET /v1/flows HTTP/1.1\r\nHost: HOST\r\nbad header\r\n\r\n", "400"),
        ("nonsense\r\n\r\n", "400"),
        ("POST /v1/answer HTTP/1.1\r\nHost: HOST\r\nContent-Length: x\r\n\r\n", "400"),
        // Whoever is between may read one of two, and the server the other.
        ("GET /health HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\nConnection: close\r\n\r\n", "400"),
        (
            "GET /health HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nOrigin: http://HOST\r\nConnection: close\r\n\r\n",
            "400",
        ),
        (
            "POST /v1/answer HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "400",
        ),
    ] {
        let request = request.replace("HOST", server.address());
        let answer = server.raw(request.as_bytes());
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{request}{answer}");
    }
    let long =
        format!("GET /{} HTTP/1.1\r\nHost: {}\r\n\r\n", "a".repeat(100_000), server.address());
    let answer = server.raw(long.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert_eq!(server.get("/health").status, 200);
}

#[test]
fn the_log_tells_of_requests_and_holds_nothing_of_them() {
    let server = Server::start();
    let paste =
        format!("2024/05/08 10:00:00 ERROR {SECRET} 端末 {SECRET} の同期に失敗しました (4026)\n");
    assert_eq!(server.post("/v1/answer", &paste).status, 200);
    server.post(&format!("/v1/answer?q={SECRET}"), "");
    server.post(&format!("/v1/answer?product={SECRET}&limit={SECRET}"), "");
    server.get(&format!("/v1/explain/{SECRET}"));
    server.get(&format!("/{SECRET}"));
    server.get_with("/v1/flows", &[("user-agent", SECRET), ("referer", SECRET)]);
    let log = server.log();
    assert!(!log.contains(SECRET), "{log}");
    let told = log.lines().filter(|line| line.starts_with('{'));
    let told = told.map(|line| serde_json::from_str(line).expect("each line of the log is JSON"));
    let told: Vec<serde_json::Value> = told.collect();
    let asked =
        told.iter().find(|line| line["route"] == "/v1/answer").expect("the request is told");
    assert_eq!(asked["status"], 200);
    assert_eq!(asked["length"], paste.len());
    assert!(asked["milliseconds"].as_f64().is_some_and(|taken| taken > 0.0));
}
