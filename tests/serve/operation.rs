//! Running the server: health, figures, a newer snapshot, an end in order.

use std::time::{Duration, Instant};

use crate::server::Server;

#[test]
fn it_tells_how_it_is() {
    let server = Server::start();
    let health = server.get("/health").json();
    assert_eq!(health["status"], "ok");
    assert!(health["articles"].as_u64().is_some_and(|articles| articles > 10));
    server.post("/v1/answer", "MDMプロファイルの更新に失敗しました (4001)\n");
    let figures = server.get("/metrics");
    assert!(figures.header("content-type").starts_with("application/openmetrics-text"));
    for line in [
        "shirube_http_requests_total{method=\"POST\",route=\"/v1/answer\",status=\"200\"} 1",
        "shirube_http_request_duration_seconds_count{route=\"/v1/answer\"} 1",
        "shirube_incidents_total 1",
        "shirube_busy 0",
        "# EOF",
    ] {
        assert!(figures.body.lines().any(|known| known == line), "{line}\n{}", figures.body);
    }
}

#[test]
fn routes_are_counted_and_addresses_are_not() {
    let server = Server::start();
    for number in 0..20 {
        server.get(&format!("/v1/explain/{number}"));
        server.get(&format!("/nothing/{number}"));
    }
    let figures = server.get("/metrics").body;
    let counted = figures.lines().filter(|line| line.starts_with("shirube_http_requests_total"));
    assert!(counted.count() <= 4, "{figures}");
}

#[test]
fn a_newer_snapshot_is_taken_up_without_a_pause() {
    let article = |text: &str| {
        format!(
            "# 保存先の空き容量が足りない\n\n「ジョブ 3 が中断しました。保存先の空き容量が足りません」と出ます。\n\n## 対処\n\n1. {text}\n"
        )
    };
    let arguments = ["--port", "0", "--kb", "manual", "--index", "index"];
    let server = Server::prepared(&arguments, |place| {
        std::fs::create_dir(place.join("manual")).expect("a directory can be made");
        std::fs::write(place.join("manual/disk.md"), article("不要な世代を消します。"))
            .expect("written");
    });
    let ask = || {
        let answer =
            server.post("/v1/answer", "ジョブ 12 が中断しました。保存先の空き容量が足りません\n");
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    };
    assert!(ask().contains("不要な世代"));
    std::fs::write(server.path().join("manual/disk.md"), article("古い記録を移します。"))
        .expect("written");
    server.run(&["index", "--kb", "manual", "--index", "index"], b"");
    let begun = Instant::now();
    while !ask().contains("古い記録") {
        assert!(begun.elapsed() < Duration::from_secs(30), "the newer snapshot is not taken up");
        std::thread::sleep(Duration::from_millis(50));
    }
    // It is told and counted after it has begun to answer.
    while !server.log().contains("a newer snapshot is live") {
        assert!(begun.elapsed() < Duration::from_secs(30), "nothing is told of it");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(server.get("/metrics").body.contains("shirube_snapshot_reloads_total 1"));
}

#[cfg(unix)]
#[test]
fn it_ends_in_order_when_it_is_told_to() {
    for signal in ["-INT", "-TERM"] {
        let server = Server::start();
        assert_eq!(server.get("/health").status, 200);
        assert!(server.stop(signal), "{signal}");
    }
}

#[test]
fn the_usual_port_that_is_taken_is_no_end() {
    let _taken = std::net::TcpListener::bind(("127.0.0.1", 8417));
    let server = Server::with(&[]);
    assert_ne!(server.address(), "127.0.0.1:8417");
    assert_eq!(server.get("/health").status, 200);
}
