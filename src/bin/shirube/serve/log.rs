//! The server's log: one JSON object a line on standard error, for a person at a terminal a plain line; and the figures of
//! [`metrics`](super::metrics).
//!
//! A request is told by its route, never by its address, its headers or its body: what was pasted, or
//! typed as a question, belongs to whoever sent it.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CONTENT_LENGTH, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;
use tracing_subscriber::filter::LevelFilter;

use super::App;

/// Opens the log, in plain lines where somebody `watches`.
pub(crate) fn open(level: LevelFilter, watches: bool) {
    let log = tracing_subscriber::fmt()
        .with_target(false)
        .with_max_level(level)
        .with_writer(std::io::stderr);
    // Whoever has opened one before, as a test may, keeps it.
    let _ = if watches {
        tracing::subscriber::set_global_default(
            log.compact().without_time().with_ansi(false).finish(),
        )
    } else {
        tracing::subscriber::set_global_default(log.json().flatten_event(true).finish())
    };
    std::panic::set_hook(Box::new(|panic| {
        // The words of a panic may hold a part of the paste; its place does not.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(
            place,
            "a request failed: this is a bug of Shirube, please report its place"
        );
    }));
}

/// Counts and tells every request.
pub(crate) async fn tell(State(app): State<App>, request: Request, next: Next) -> Response {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| "none".to_owned());
    let method = known_method(request.method());
    let length =
        request.headers().get(CONTENT_LENGTH).and_then(|told| told.to_str().ok()?.parse().ok());
    let length: u64 = length.unwrap_or(0);
    let begun = Instant::now();
    let mut response = next.run(request).await;
    let taken = begun.elapsed();
    let status = response.status().as_u16();
    app.metrics.observe(method, &route, status, taken);
    let milliseconds = taken.as_secs_f64() * 1000.0;
    tracing::info!(request = number, method, route, status, length, milliseconds, "request");
    if let Ok(number) = HeaderValue::from_str(&number.to_string()) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), number);
    }
    response
}

/// The method; what is no usual one is not repeated, since a client may invent any number of them.
fn known_method(method: &axum::http::Method) -> &'static str {
    let known = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"];
    known.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}
