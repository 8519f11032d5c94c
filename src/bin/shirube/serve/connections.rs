//! Connections: taken on up to a number, given up where a header comes too slowly, and ended in order
//! when the server is told to stop.
//!
//! `axum::serve` has no limits for either, so hyper is spoken to directly.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::ServiceExt as _;

/// The most connections at once; the next one waits in the system's queue.
const MOST: usize = 1024;
/// How long a header may take to arrive, and how long a connection may stand idle.
const HEADER: Duration = Duration::from_secs(15);
/// The most bytes of a header.
const HEADER_SIZE: usize = 64 << 10;
/// How long requests under way may take to end.
const FAREWELL: Duration = Duration::from_secs(20);
/// How long to wait where no connection can be taken on: no file descriptor is left.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves `router` until `stop` is ready, then ends what is under way.
pub(crate) async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(MOST));
    // Every connection holds a receiver, and is gone when it drops it.
    let (closing, open) = watch::channel(false);
    tokio::pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        tokio::select! {
            (accepted, place) = next => match (accepted, place) {
                (Ok((stream, _)), Ok(place)) => {
                    tokio::spawn(connection(stream, router.clone(), open.clone(), place));
                }
                (Err(error), _) => {
                    tracing::warn!(error = %error, "a connection could not be taken on");
                    tokio::time::sleep(PAUSE).await;
                }
                (_, Err(_)) => break,
            },
            () = &mut stop => break,
        }
    }
    drop((listener, open));
    let _ = closing.send(true);
    if tokio::time::timeout(FAREWELL, closing.closed()).await.is_err() {
        tracing::warn!("requests were under way for too long and are cut off");
    }
}

async fn connection(
    stream: TcpStream,
    router: Router,
    mut closing: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
) {
    let _ = stream.set_nodelay(true);
    let service =
        router.map_request(|request: Request<hyper::body::Incoming>| request.map(Body::new));
    let service = service.map_err(|never: Infallible| never);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER).max_header_size(HEADER_SIZE);
    let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    tokio::pin!(connection);
    loop {
        tokio::select! {
            // What a client does wrong on the wire is its own affair.
            _ = &mut connection => return,
            _ = closing.changed() => connection.as_mut().graceful_shutdown(),
        }
    }
}
