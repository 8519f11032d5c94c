//! Answering is work for the processor: it runs beside the threads that speak with clients, as much at
//! a time as there are cores, and what waits for its turn is counted.
//!
//! 1. A client that goes away, or that has waited too long, gives its place in the queue up. Work that has begun is told
//!    to stop, and keeps its place until it has: whoever reconnects quickly cannot start more than there are cores for.
//! 2. One client may take three quarters of the places in the queue; the others are for others.
//! 3. Long pastes leave one core to the short ones.
//! 4. Clients take turns: one has no more work in line for the cores than there are cores, so whoever asks once does not
//!    wait for all that another asks.

use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use shirube::source::Stop;
use tokio::sync::Semaphore;

use super::problem::Problem;
use super::share::{Client, Shares};

/// A longer paste (in bytes), of some two hundred lines, may keep a core for longer than a person notices.
const LONG: usize = 1 << 14;

/// The queue and the places where the work is done.
#[derive(Debug, Clone)]
pub(crate) struct Workers {
    /// One for each request that works or waits.
    admission: Arc<Semaphore>,
    /// One client's part of those.
    shares: Shares,
    /// One for each core.
    places: Arc<Semaphore>,
    /// A client's turns: as many at a time as there are cores.
    turns: Shares,
    /// One for each core but one, where there are several: what long pastes may take.
    long: Arc<Semaphore>,
    /// How many may work or wait.
    most: usize,
    patience: Duration,
}

/// Who work is for, and how long what it is done on is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct By {
    /// `None` for what is no paste.
    pub(crate) client: Option<Client>,
    pub(crate) bytes: usize,
}

/// Tells work to stop when whoever waits for it is gone.
struct Waiting(Stop);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// As much is worked on at a time.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

impl Workers {
    /// As many places as cores; `waiting` requests may wait for one, none longer than `patience`.
    pub(crate) fn new(waiting: usize, patience: Duration) -> Self {
        Self::on(cores(), waiting, patience)
    }

    fn on(cores: usize, waiting: usize, patience: Duration) -> Self {
        let most = cores + waiting;
        Self {
            admission: Arc::new(Semaphore::new(most)),
            // Without a queue a client may use the cores.
            shares: Shares::new(cores.max(most * 3 / 4)),
            places: Arc::new(Semaphore::new(cores)),
            turns: Shares::new(cores),
            long: Arc::new(Semaphore::new(cores.saturating_sub(1).max(1))),
            most,
            patience,
        }
    }

    /// How many requests work or wait.
    pub(crate) fn busy(&self) -> usize {
        self.most.saturating_sub(self.admission.available_permits())
    }

    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        self.run_for(By::default(), |_| work()).await
    }

    /// Does `work` for a client when it is its turn. The work is told to stop where nobody waits for it any more.
    pub(crate) async fn run_for<T: Send + 'static>(
        &self,
        by: By,
        work: impl FnOnce(&Stop) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let admitted =
            Arc::clone(&self.admission).try_acquire_owned().map_err(|_| Problem::busy())?;
        let share = by.client.map(|client| self.shares.take(client, 1).ok_or_else(Problem::busy));
        let share = share.transpose()?;
        let waiting = Waiting(Stop::default());
        let stop = waiting.0.clone();
        let answered = tokio::time::timeout(self.patience, async {
            let long = match by.bytes > LONG {
                true => Arc::clone(&self.long).acquire_owned().await.ok(),
                false => None,
            };
            let turn = match by.client {
                Some(client) => self.turns.of(client).acquire_owned().await.ok(),
                None => None,
            };
            let place = Arc::clone(&self.places).acquire_owned().await;
            tokio::task::spawn_blocking(move || {
                let _held = (admitted, share, long, turn, place);
                work(&stop)
            })
            .await
        });
        match answered.await {
            Ok(Ok(answer)) => Ok(answer),
            // The panic's place is in the log (see `log`); its words may hold what was pasted.
            Ok(Err(_)) => Err(Problem::internal()),
            Err(_) => Err(Problem::late()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use axum::http::StatusCode;

    use super::super::share::tests::client;
    use super::*;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads start")
    }

    async fn until(reached: impl Fn() -> bool) {
        let reached = async {
            while !reached() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(20), reached).await;
        assert!(waited.is_ok(), "it is never reached");
    }

    fn endless(stop: &Stop) {
        while !stop.is_stopped() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn a_panic_is_no_end() {
        runtime().block_on(async {
            let workers = Workers::new(4, Duration::from_secs(30));
            let failed = workers.run(|| assert_eq!(1, 2, "on purpose")).await;
            assert_eq!(failed.expect_err("it panics").status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert!(workers.run(|| ()).await.is_ok());
        });
    }

    #[test]
    fn one_client_leaves_places_to_others_and_long_pastes_a_core_to_short_ones() {
        runtime().block_on(async {
            let workers = Workers::on(2, 6, Duration::from_secs(600));
            let by = By { client: Some(client(1)), bytes: LONG + 1 };
            let long = |workers: &Workers| {
                let workers = workers.clone();
                tokio::spawn(async move { workers.run_for(by, endless).await.map(|()| 0) })
            };
            let tasks: Vec<_> = (0..6).map(|_| long(&workers)).collect();
            until(|| workers.busy() == 6).await;
            let seventh = workers.run_for(by, |_| ()).await.expect_err("its share is taken");
            assert_eq!(seventh.status(), StatusCode::SERVICE_UNAVAILABLE);
            let other = By { client: Some(client(2)), bytes: 10 };
            assert!(workers.run_for(other, |_| ()).await.is_ok(), "a core is free for another");
            tasks.iter().for_each(tokio::task::JoinHandle::abort);
            until(|| workers.busy() == 0).await;
        });
    }

    #[test]
    fn who_asks_once_does_not_wait_for_all_that_another_asks() {
        runtime().block_on(async {
            let workers = Workers::on(1, 19, Duration::from_secs(600));
            let (open, gate) = std::sync::mpsc::channel::<()>();
            let gate = Arc::new(Mutex::new(gate));
            let ask = |by: By| {
                let (workers, gate) = (workers.clone(), Arc::clone(&gate));
                let work = move |_: &Stop| gate.lock().is_ok_and(|gate| gate.recv().is_ok());
                tokio::spawn(async move { workers.run_for(by, work).await.is_ok() })
            };
            let many: Vec<_> =
                (0..10).map(|_| ask(By { client: Some(client(1)), bytes: 10 })).collect();
            until(|| workers.busy() == 10).await;
            let once = ask(By { client: Some(client(2)), bytes: 10 });
            until(|| workers.busy() == 11).await;
            // The one that is worked on, the other's, and one that may have come before that.
            for _ in 0..3 {
                open.send(()).expect("somebody listens");
            }
            assert!(once.await.expect("the task ends"));
            until(|| workers.busy() == 8).await;
            drop(open);
            for task in many {
                assert!(task.await.expect("the task ends"));
            }
        });
    }
}
