//! Answering is work for the processor: it runs beside the threads that speak with clients, as much at
//! a time as there are cores, and what waits for its turn is counted.
//!
//! A client that goes away gives its place in the queue up. Work that has begun is ended, and keeps its
//! place until then, so that whoever reconnects quickly cannot start more than there are cores for.

use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use shirube::source::Phrase;
use tokio::sync::Semaphore;

use super::problem::Problem;

/// The queue and the places where the work is done.
#[derive(Debug, Clone)]
pub(crate) struct Workers {
    /// One for each request that works or waits.
    admission: Arc<Semaphore>,
    /// One for each core.
    places: Arc<Semaphore>,
    /// How many may work or wait.
    most: usize,
    patience: Duration,
}

impl Workers {
    /// As many places as cores; `waiting` requests may wait for one, none longer than `patience`.
    pub(crate) fn new(waiting: usize, patience: Duration) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self {
            admission: Arc::new(Semaphore::new(cores + waiting)),
            places: Arc::new(Semaphore::new(cores)),
            most: cores + waiting,
            patience,
        }
    }

    /// How many requests work or wait.
    pub(crate) fn busy(&self) -> usize {
        self.most.saturating_sub(self.admission.available_permits())
    }

    /// Does `work` when it is its turn.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let admitted =
            Arc::clone(&self.admission).try_acquire_owned().map_err(|_| Problem::busy())?;
        let answered = tokio::time::timeout(self.patience, async {
            let place = Arc::clone(&self.places).acquire_owned().await;
            tokio::task::spawn_blocking(move || {
                let _held = (admitted, place);
                work()
            })
            .await
        });
        match answered.await {
            Ok(Ok(answer)) => Ok(answer),
            // The panic's place is in the log (see `log`); its words may hold what was pasted.
            Ok(Err(_)) => Err(Problem::internal()),
            Err(_) => Err(late()),
        }
    }
}

fn late() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "too-slow",
        Phrase::new("時間内に答えられませんでした", "There was no answer in time"),
        Phrase::new(
            "ログを短くするか、少し待ってから、もう一度送ってください。",
            "Shorten the log, or wait a moment, and send it again.",
        ),
    )
    .with(axum::http::header::RETRY_AFTER, axum::http::HeaderValue::from_static("5"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads start")
    }

    #[test]
    fn what_does_not_fit_the_queue_is_sent_away() {
        runtime().block_on(async {
            let workers = Workers::new(0, Duration::from_secs(30));
            let (open, gate) = std::sync::mpsc::channel::<()>();
            let gate = Arc::new(std::sync::Mutex::new(gate));
            let cores = workers.places.available_permits();
            let busy: Vec<_> = (0..cores)
                .map(|_| {
                    let (workers, gate) = (workers.clone(), Arc::clone(&gate));
                    tokio::spawn(async move {
                        workers
                            .run(move || gate.lock().is_ok_and(|gate| gate.recv().is_ok()))
                            .await
                            .is_ok()
                    })
                })
                .collect();
            while workers.admission.available_permits() > 0 {
                tokio::task::yield_now().await;
            }
            let refused = workers.run(|| ()).await.expect_err("no place is free");
            assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
            for _ in 0..cores {
                open.send(()).expect("somebody listens");
            }
            for task in busy {
                assert!(task.await.expect("the task ends"));
            }
            assert!(workers.run(|| ()).await.is_ok());
        });
    }

    #[test]
    fn who_waits_too_long_is_told_and_a_panic_is_no_end() {
        runtime().block_on(async {
            let workers = Workers::new(4, Duration::from_millis(20));
            let slow = workers.run(|| std::thread::sleep(Duration::from_millis(400))).await;
            assert_eq!(
                slow.expect_err("it takes too long").status(),
                StatusCode::SERVICE_UNAVAILABLE
            );
            let workers = Workers::new(4, Duration::from_secs(30));
            let failed = workers.run(|| assert_eq!(1, 2, "on purpose")).await;
            assert_eq!(failed.expect_err("it panics").status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert!(workers.run(|| ()).await.is_ok());
        });
    }
}
