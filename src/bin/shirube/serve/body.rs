//! The body of a request, whole, within the limits of size, time and memory.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use axum::http::request::Parts;
use http_body_util::BodyExt as _;
use shirube::source::Phrase;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::problem::Problem;
use super::share::{Client, Shares};
use crate::errors::phrase;

/// How much of a body that is too large is read on, so that the client comes to read the answer.
const DRAINED: usize = 64 << 20;
/// How long that may take.
const DRAINING: Duration = Duration::from_secs(5);
/// How long a part of a body may take to follow the one before.
const CHUNK: Duration = Duration::from_secs(10);
/// The most bytes of a form that holds a token, and how long it may take.
const SMALL: usize = 4 << 10;
/// The unit in which memory is handed out.
const UNIT: usize = 1 << 10;

#[derive(Debug)]
pub(crate) struct Limits {
    /// The most bytes of one body.
    pub(crate) size: usize,
    /// How long one body may take to arrive.
    pub(crate) time: Duration,
    /// The memory that all bodies together may take, in units of a kibibyte.
    memory: Arc<Semaphore>,
    /// The same of one client.
    shares: Shares,
}

/// A body, with its part of the memory: whoever keeps the bytes keeps both.
pub(crate) type Whole = (Bytes, MemoryPermit);

/// A part of the memory for bodies, of all and of the client's.
#[derive(Debug)]
pub(crate) struct MemoryPermit {
    memory: OwnedSemaphorePermit,
    share: OwnedSemaphorePermit,
}

impl Limits {
    /// Bodies of at most `size` bytes, which arrive within `time`; together they take `memory` bytes.
    pub(crate) fn new(size: usize, time: Duration, memory: usize) -> Self {
        let all = units(memory.max(size)).min(Semaphore::MAX_PERMITS);
        let shares = Shares::new(units(size).max(all / 2));
        Self { size, time, memory: Arc::new(Semaphore::new(all)), shares }
    }

    pub(crate) async fn read(&self, parts: &Parts, body: Body) -> Result<Whole, Problem> {
        let headers = &parts.headers;
        // A compressed body would be read as text.
        let plain = |coding: &str| coding.trim().eq_ignore_ascii_case("identity");
        let packed = headers
            .get_all(CONTENT_ENCODING)
            .iter()
            .any(|coding| coding.to_str().map_or(true, |codings| !codings.split(',').all(plain)));
        if packed {
            drain(body).await;
            return Err(Problem::packed());
        }
        let told = headers.get(CONTENT_LENGTH).and_then(|told| told.to_str().ok()?.parse().ok());
        if told.is_some_and(|told: usize| told > self.size) {
            drain(body).await;
            return Err(self.too_large());
        }
        let arrived = tokio::time::timeout(self.time, self.collect(Client::of(parts), body));
        arrived.await.unwrap_or_else(|_| Err(Problem::too_slow()))
    }

    /// A body takes of the memory what has come of it, whatever it says will come: who sends slowly holds little.
    async fn collect(&self, client: Client, mut body: Body) -> Result<Whole, Problem> {
        let mut bytes = Vec::new();
        let memory = Arc::clone(&self.memory).try_acquire_owned().map_err(|_| Problem::busy())?;
        let share = self.shares.take(client, 1).ok_or_else(Problem::busy)?;
        let mut held = MemoryPermit { memory, share };
        loop {
            let next = tokio::time::timeout(CHUNK, body.frame()).await;
            let Some(frame) = next.map_err(|_| Problem::too_slow())? else { break };
            let frame = frame.map_err(|_| {
                Problem::malformed(
                    "本文が途中で切れました。もう一度送ってください。",
                    "The body was cut off. Send it again.",
                )
            })?;
            let Ok(data) = frame.into_data() else { continue };
            if bytes.len() + data.len() > self.size {
                drain(body).await;
                return Err(self.too_large());
            }
            let missing = units(bytes.len() + data.len()).saturating_sub(held.memory.num_permits());
            if missing > 0 {
                let more = u32::try_from(missing).unwrap_or(u32::MAX);
                let memory = Arc::clone(&self.memory).try_acquire_many_owned(more);
                held.memory.merge(memory.map_err(|_| Problem::busy())?);
                held.share.merge(self.shares.take(client, missing).ok_or_else(Problem::busy)?);
            }
            bytes.extend_from_slice(&data);
        }
        Ok((bytes.into(), held))
    }

    fn too_large(&self) -> Problem {
        let most = self.size >> 20;
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            Phrase::new("本文が大きすぎます", "The body is too large"),
            phrase!(
                "送れるのは {most} MiB までです。エラーの前後だけを送るか、shirube FILE で読んでください。",
                "At most {most} MiB can be sent. Send the part around the error, or read it with shirube FILE."
            ),
        )
    }
}

/// Reads a short body to its end, without a share of anything.
pub(crate) async fn read_small(body: Body) -> Result<Bytes, Problem> {
    let limited = http_body_util::Limited::new(body, SMALL).collect();
    match tokio::time::timeout(CHUNK, limited).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(_)) => Err(Problem::malformed(
            "フォームが長すぎるか、途中で切れました。",
            "The form is too long, or was cut off.",
        )),
        Err(_) => Err(Problem::too_slow()),
    }
}

fn units(bytes: usize) -> usize {
    bytes.div_ceil(UNIT).max(1)
}

/// Reads on without keeping anything. A client that is still sending when the connection is closed
/// would see an error of the network in place of the answer.
async fn drain(mut body: Body) {
    let read = async {
        let mut total = 0;
        while let Some(Ok(frame)) = body.frame().await {
            total += frame.data_ref().map_or(0, Bytes::len);
            if total > DRAINED {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(DRAINING, read).await;
}
