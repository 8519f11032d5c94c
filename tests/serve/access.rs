//! Who may ask: foreign names, foreign pages, tokens.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::server::Server;

const TOKEN: &str = "a-token-that-is-long-enough";

#[test]
fn foreign_names_and_pages_are_refused_on_every_route() {
    let server = Server::start();
    for path in ["/", "/v1/flows", "/health", "/metrics", "/openapi.json", "/nothing"] {
        let foreign = server.get_with(path, &[("host", "evil.example")]);
        foreign.is_problem(421, "foreign-host");
        let foreign = server.get_with(path, &[("origin", "http://evil.example")]);
        foreign.is_problem(403, "foreign-origin");
    }
    let crossing = [("content-type", "text/plain"), ("origin", "null")];
    server.post_with("/v1/answer", &crossing, "x").is_problem(403, "foreign-origin");
    let own = format!("http://{}", server.address());
    let own = [("content-type", "text/plain"), ("origin", own.as_str())];
    assert_eq!(server.post_with("/v1/answer", &own, "x").status, 200);
    let nameless = server.raw(b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(nameless.starts_with("HTTP/1.1 421"), "{nameless}");
}

#[test]
fn names_and_pages_that_lead_here_are_told_from_those_that_do_not() {
    let server = Server::start();
    for (header, value, status) in [
        ("host", "localhost:8417", 200),
        ("host", "LOCALHOST", 200),
        ("host", "[::1]:8417", 200),
        ("host", "127.0.0.2", 200),
        ("host", "localhost.evil.example:8417", 421),
        ("host", "10.0.0.1", 421),
        ("host", "localhost:x", 421),
        ("origin", "http://127.0.0.1:9999", 403),
        ("origin", "http://localhost:8417", 403),
        ("origin", "file://", 403),
        ("sec-fetch-site", "cross-site", 403),
    ] {
        let answer = server.get_with("/health", &[(header, value)]);
        assert_eq!(answer.status, status, "{header}: {value}");
    }
    let followed = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
    assert_eq!(server.get_with("/", &followed).status, 200);
}

#[test]
fn no_other_site_may_read_or_frame_it() {
    let server = Server::start();
    let answer = server.get("/v1/flows");
    assert_eq!(answer.header("access-control-allow-origin"), "");
    let policy = answer.header("content-security-policy");
    for rule in ["default-src 'none'", "frame-ancestors 'none'", "script-src 'self'"] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[test]
fn beyond_this_machine_a_token_is_needed() {
    let server = Server::prepared(
        &[
            "--listen",
            "0.0.0.0",
            "--port",
            "0",
            "--token-file",
            "token",
            "--allow-host",
            "desk.example",
        ],
        |place| std::fs::write(place.join("token"), format!("{TOKEN}\n")).expect("written"),
    );
    server.post("/v1/answer", "x").is_problem(401, "no-token");
    let unknown = server.get("/v1/flows");
    assert!(unknown.header("www-authenticate").starts_with("Bearer"));
    assert_eq!(server.get("/health").status, 200);
    for wrong in ["Bearer a-token-that-is-long-enougH", "Bearer ", TOKEN]
        .into_iter()
        .map(str::to_owned)
        .chain([format!("Bearer {TOKEN}1"), format!("Basic {TOKEN}")])
    {
        let wrong = [("authorization", wrong.as_str())];
        server.get_with("/metrics", &wrong).is_problem(401, "no-token");
    }
    let bearer = format!("bearer {TOKEN}");
    let right = [("authorization", bearer.as_str())];
    assert_eq!(server.get_with("/v1/flows", &right).status, 200);
    for name in ["desk.example", "10.0.0.1:80"] {
        let named = [("authorization", bearer.as_str()), ("host", name)];
        assert_eq!(server.get_with("/v1/flows", &named).status, 200, "{name}");
    }
    let other = [("authorization", bearer.as_str()), ("host", "other.example")];
    server.get_with("/v1/flows", &other).is_problem(421, "foreign-host");
    assert!(!server.log().contains(TOKEN));
}

#[test]
fn without_a_token_it_does_not_listen_there() {
    let place = tempfile::TempDir::new().expect("a temporary directory can be made");
    for token in ["", "too-short\n", "abcdefgh ijklmnop", "パスワードパスワード"] {
        std::fs::write(place.path().join("token"), token).expect("written");
        let (arguments, said) = match token {
            "" => (&[][..], "token"),
            _ => (&["--token-file", "token"][..], "16"),
        };
        let output = Command::new(env!("CARGO_BIN_EXE_shirube"))
            .env_clear()
            .current_dir(place.path())
            .args(["serve", "--listen", "0.0.0.0", "--port", "0", "--lang", "en"])
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .expect("the program can be run");
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(said) && told.contains("hint"), "{told}");
    }
}

#[test]
fn a_browser_gets_a_session_and_not_the_token() {
    let server = Server::prepared(
        &["--listen", "127.0.0.1", "--port", "0", "--token-file", "token"],
        |place| std::fs::write(place.join("token"), format!("{TOKEN}\n")).expect("written"),
    );
    // As it is on the wire: a client that follows the redirection would not show the cookie.
    let body = format!("token={TOKEN}");
    let entered = server.raw(
        format!(
            "POST /login HTTP/1.1\r\nHost: {}\r\nX-Forwarded-Proto: https\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            server.address(),
            body.len()
        )
        .as_bytes(),
    );
    let cookie = entered.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    let cookie = cookie.unwrap_or_default().trim();
    let hexadecimal: String = TOKEN.bytes().map(|byte| format!("{byte:02x}")).collect();
    assert!(cookie.starts_with("shirube_session=") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(!cookie.contains(TOKEN) && !cookie.contains(&hexadecimal), "{cookie}");
    let pair = cookie.split(';').next().expect("the first part");
    let pairs = format!("a=b; {pair}");
    assert_eq!(server.get_with("/v1/flows", &[("cookie", &pairs)]).status, 200);
    let unknown = server.get_with("/v1/flows", &[("cookie", "shirube_session=no")]);
    unknown.is_problem(401, "no-token");
    let plain = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(server.post_with("/login", &plain, "token=wrong").status, 401);
    server
        .post_with("/login", &plain, format!("token={}", "x".repeat(8192)))
        .is_problem(400, "malformed");
}

#[test]
fn wrong_guesses_are_answered_one_after_the_other() {
    let server = Server::prepared(
        &["--listen", "127.0.0.1", "--port", "0", "--token-file", "token"],
        |place| std::fs::write(place.join("token"), format!("{TOKEN}\n")).expect("written"),
    );
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for guess in 0..4 {
            let server = &server;
            scope.spawn(move || {
                let header = format!("Bearer a-token-that-is-guessed-{guess}");
                let answer = match guess % 2 {
                    0 => server.get_with("/v1/flows", &[("authorization", header.as_str())]),
                    _ => server.post_with(
                        "/login",
                        &[("content-type", "application/x-www-form-urlencoded")],
                        format!("token=a-token-that-is-guessed-{guess}"),
                    ),
                };
                assert_eq!(answer.status, 401);
            });
        }
    });
    // A quarter of a second each, however many guess at once; a busy machine only adds.
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
}
