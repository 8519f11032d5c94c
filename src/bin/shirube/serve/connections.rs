//! Connections: up to a number, given up where a header is slow, ended in order when told to stop.
//!
//! `axum::serve` has no limits for either, so hyper is spoken to directly.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_io_timeout::TimeoutWriter;
use tower::ServiceExt as _;

use super::share::{Client, Shares};

/// The most connections at once; the next one waits in the system's queue.
const MOST: usize = 1024;
/// How many connections may be in the system's queue: where the usual 128 places are taken by one who connects again
/// and again, the others are not heard, and try anew only after a second.
const BACKLOG: i32 = 4096;
/// How long a header may take to arrive, and how long a connection may be idle.
const HEADER: Duration = Duration::from_secs(15);
const HEADER_SIZE: usize = 64 << 10;
/// How long a client may take to read on.
const UNREAD: Duration = Duration::from_secs(15);
/// How many of the connections one address may hold.
const SHARE: usize = MOST / 4;
/// How long requests under way may take to end.
const FAREWELL: Duration = Duration::from_secs(4);
/// How long to wait where no connection can be taken on: no file descriptor is left.
const PAUSE: Duration = Duration::from_millis(100);

/// The listener of an address, with room for many who wait.
pub(crate) fn listener(bound: std::net::TcpListener) -> io::Result<TcpListener> {
    bound.set_nonblocking(true)?;
    SockRef::from(&bound).listen(BACKLOG)?;
    TcpListener::from_std(bound)
}

/// Serves `router` until `stop` is ready, then ends what is under way.
pub(crate) async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(MOST));
    let shares = Shares::new(SHARE);
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
                (Ok((stream, peer)), Ok(place)) => {
                    // Whoever holds that many already is not taken on, so that others are.
                    let client = Client(peer.ip());
                    if let Some(share) = shares.take(client, 1) {
                        let (router, held) = (router.clone(), (place, share));
                        tokio::spawn(connection(stream, client, router, open.clone(), held));
                    }
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
    client: Client,
    router: Router,
    mut closing: watch::Receiver<bool>,
    _held: (OwnedSemaphorePermit, OwnedSemaphorePermit),
) {
    let _ = stream.set_nodelay(true);
    let service = router.map_request(move |request: Request<hyper::body::Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(client);
        request
    });
    let service = service.map_err(|never: Infallible| never);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER).max_header_size(HEADER_SIZE);
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(UNREAD));
    let stream = TokioIo::new(Box::pin(stream));
    let connection = http.serve_connection(stream, TowerToHyperService::new(service));
    tokio::pin!(connection);
    loop {
        tokio::select! {
            // A client's errors on the wire are its own affair.
            _ = &mut connection => return,
            _ = closing.changed() => connection.as_mut().graceful_shutdown(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_may_wait_before_anybody_is_taken_on() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("threads start");
        let _inside = runtime.enter();
        let bound = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = bound.local_addr().expect("it is bound");
        let _listener = listener(bound).expect("it listens on");
        let connect = |_| std::net::TcpStream::connect_timeout(&address, Duration::from_secs(20));
        let waiting: Result<Vec<_>, _> = (0..300).map(connect).collect();
        assert_eq!(waiting.expect("each is heard").len(), 300);
    }
}
