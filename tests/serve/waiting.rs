//! Nobody waits for ever: work that timed out or whose client is gone ends, a client holds no more than its share, and
//! a server that is told to stop does, whoever still sends, reads or waits.

use std::io::{Read as _, Write as _};
#[cfg(target_os = "linux")]
use std::net::SocketAddr;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::server::Server;

/// A busy machine only adds to the seconds that it takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A paste that takes long: every line is a message of its own.
fn slow_paste(lines: usize) -> String {
    let mut number = 1_u64;
    let mut text = String::new();
    for _ in 0..lines {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let letter =
            |at: u64| char::from(b'a' + u8::try_from((number >> (at * 7)) % 26).unwrap_or(0));
        let word: String = (0..8).map(letter).collect();
        text.push_str(&format!("端末の{word}を{word}できません the {word} could not {word}ise\n"));
    }
    text
}

/// How many requests the server works on or keeps waiting.
fn busy(server: &Server) -> String {
    let metrics = server.get("/metrics").body;
    let line =
        metrics.lines().find(|line| line.split(' ').next().is_some_and(|it| it.ends_with("busy")));
    line.expect("it is counted").to_owned()
}

/// How many lines take several times the patience of [`wait_until_idle`]: what ends within it was given up.
const LINES: usize = 200_000;

/// Waits until nothing is worked on any more.
fn wait_until_idle(server: &Server) {
    let end = Instant::now() + PATIENCE;
    while !busy(server).ends_with(" 0") {
        assert!(Instant::now() < end, "{}", busy(server));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_nobody_waits_for_ends() {
    let server = Server::with(&["--port", "0", "--max-paste", "16", "--timeout", "1"]);
    let paste = slow_paste(LINES);
    let answer = server.post("/v1/answer", &paste);
    answer.is_problem(503, "too-slow");
    wait_until_idle(&server);
    // A client that is gone.
    let head = format!(
        "POST /v1/answer HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\r\n",
        server.address(),
        paste.len()
    );
    let mut stream = TcpStream::connect(server.address()).expect("the server listens");
    stream.write_all(head.as_bytes()).expect("the server reads");
    stream.write_all(paste.as_bytes()).expect("the server reads");
    drop(stream);
    wait_until_idle(&server);
    assert_eq!(server.post("/v1/answer", "PUSH送信中\n").status, 200);
}

/// A connection to the server from another address of this machine, as another client makes it.
#[cfg(target_os = "linux")]
fn another_client(server: &Server) -> TcpStream {
    use socket2::{Domain, SockAddr, Socket, Type};
    let address = |text: &str| SockAddr::from(text.parse::<SocketAddr>().expect("an address"));
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket can be made");
    socket.bind(&address("127.0.0.2:0")).expect("the whole of 127/8 is this machine");
    socket.connect(&address(server.address())).expect("the server listens");
    socket.into()
}

#[cfg(target_os = "linux")]
#[test]
fn slow_bodies_and_slow_readers_keep_nobody_waiting() {
    // An hour each: who is answered here did not wait for another's time to run out.
    let server = Server::with(&["--port", "0", "--timeout", "3600"]);
    let head = |length: usize| {
        let host = server.address();
        format!("POST /v1/answer HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n")
    };
    let large = "x\n".repeat(20_000);
    // Some send no more, some never read; more than one client may have connections, places in the queue, or turns.
    let held: Vec<TcpStream> = (0..400)
        .map(|place| {
            let mut stream = another_client(&server);
            let sent =
                if place % 2 == 0 { head(100_000) + "x" } else { head(large.len()) + &large };
            let _ = stream.write_all(sent.as_bytes());
            stream
        })
        .collect();
    for _ in 0..20 {
        assert_eq!(server.post("/v1/answer", "PUSH送信中\n").status, 200);
    }
    drop(held);
}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_stop_does_whoever_waits() {
    let server = Server::with(&["--port", "0", "--max-paste", "16", "--timeout", "600"]);
    let paste = slow_paste(LINES);
    let head = |length: usize| {
        format!(
            "POST /v1/answer HTTP/1.1\r\nHost: {}\r\nContent-Length: {length}\r\n\r\n",
            server.address()
        )
    };
    // A body that never ends, a header that never ends, and work that takes long.
    let mut streams = Vec::new();
    for sent in [head(1000), "GET / HTTP/1.1\r\nHo".to_owned(), head(paste.len()) + &paste] {
        let mut stream = TcpStream::connect(server.address()).expect("the server listens");
        stream.write_all(sent.as_bytes()).expect("the server reads");
        streams.push(stream);
    }
    let end = Instant::now() + Duration::from_secs(30);
    while busy(&server).ends_with(" 0") && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(5));
    }
    let told = Instant::now();
    assert!(server.stop("-TERM"), "it ends in order");
    // Four seconds for what is under way; the work itself takes minutes.
    assert!(told.elapsed() < PATIENCE, "{:?}", told.elapsed());
    for mut stream in streams {
        let _ = stream.read(&mut [0; 64]);
    }
}
