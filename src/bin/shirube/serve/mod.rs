//! `shirube serve`: the page and the HTTP API over one knowledge base.
//!
//! 1. [`connections`] takes clients on; [`guard`] lets pass who may ask; [`log`] and [`metrics`] tell
//!    of each request, without what was pasted;
//! 2. [`body`] and [`paste`] read what was sent, within limits; [`workers`] does the work beside the
//!    threads that speak with clients;
//! 3. [`api`] answers programs in JSON, described by [`openapi`]; [`page`] answers people in HTML, with
//!    the library's own words;
//! 4. [`problem`] is what both say when something is wrong, written out by [`language`] for whoever asks.
//!
//! The server keeps nothing of a request, unless it is told to remember ([`history`]). It holds an immutable snapshot and goes on to a newer one where
//! there is one, so any number of servers may run side by side.
//!
//! It is a part of the program, not of the library: it prints, reads the clock and listens on the
//! network, and another program that wants to answer over HTTP has a server of its own to do it in.

mod api;
mod body;
mod connections;
mod guard;
mod history;
mod language;
mod log;
mod metrics;
mod openapi;
mod page;
mod paste;
mod problem;
mod share;
mod workers;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse as _;
use shirube::article::Role;
use shirube::jiff::civil::DateTime;
use shirube::misses::Store;
use shirube::search::ArticleEntry;
use shirube::{AnswerOptions, Error, KnowledgeBase, Paste};
use tokio::signal;
use tower_http::catch_panic::CatchPanicLayer;
use tracing_subscriber::filter::LevelFilter;

pub(crate) use guard::Token;

use crate::environment::Clock;
use body::Limits;
use guard::Guard;
use history::History;
use metrics::Metrics;
use problem::Problem;
use workers::Workers;
pub(crate) use workers::cores;

/// How often it is looked whether a newer snapshot is live.
const RELOAD: Duration = Duration::from_secs(1);
/// The memory that the bodies of all requests may take together.
const MEMORY: usize = 256 << 20;

#[derive(Debug)]
pub(crate) struct Settings {
    /// The names that the server answers to beside `localhost` and addresses.
    pub(crate) names: Vec<String>,
    /// The token that clients must know.
    pub(crate) token: Option<Token>,
    /// The most bytes of a paste.
    pub(crate) size: usize,
    /// How long a paste may take to arrive, and how long an answer may take.
    pub(crate) time: Duration,
    /// How many requests may wait for their turn.
    pub(crate) queue: usize,
    pub(crate) log: LevelFilter,
    /// Whether a person reads it at a terminal.
    pub(crate) watched: bool,
    pub(crate) clock: Clock,
    /// Where it is counted which remedies help.
    pub(crate) misses: Option<Store>,
    /// Whether it is remembered what was asked and what solved it.
    pub(crate) history: bool,
}

/// The state that every request shares.
pub(crate) type App = Arc<Inner>;

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) manual: KnowledgeBase,
    pub(crate) guard: Guard,
    pub(crate) bodies: Limits,
    pub(crate) workers: Workers,
    pub(crate) metrics: Metrics,
    pub(crate) clock: Clock,
    /// Where it is counted which remedies help; `None` where there is no place for it.
    pub(crate) misses: Option<Store>,
    /// The history of solved incidents; `None` where the server is not told to.
    pub(crate) history: Option<History>,
    /// The description of the API, written once.
    pub(crate) openapi: String,
    coverage: RwLock<Arc<Coverage>>,
}

pub(crate) async fn serve(
    listener: std::net::TcpListener,
    manual: KnowledgeBase,
    settings: Settings,
) -> std::io::Result<()> {
    log::open(settings.log, settings.watched);
    let address = listener.local_addr()?;
    let listener = connections::listener(listener)?;
    let app = Inner::new(address, manual, settings);
    tokio::spawn(reload(app.clone()));
    let router = router(app);
    let stopped = stopped();
    tracing::info!(%address, "listening");
    connections::serve(listener, router, stopped).await;
    tracing::info!("stopped");
    Ok(())
}

impl Inner {
    fn new(address: SocketAddr, manual: KnowledgeBase, settings: Settings) -> App {
        let coverage = Arc::new(Coverage::of(&manual, settings.clock.now()));
        let openapi = openapi::document(settings.token.is_some(), settings.size, &manual.formats());
        Arc::new(Self {
            guard: Guard::new(address, &settings.names, settings.token),
            manual,
            bodies: Limits::new(settings.size, settings.time, MEMORY),
            workers: Workers::new(settings.queue, settings.time),
            metrics: Metrics::new(),
            clock: settings.clock,
            history: settings.misses.clone().filter(|_| settings.history).map(History::new),
            misses: settings.misses,
            openapi,
            coverage: RwLock::new(coverage),
        })
    }

    /// Asks the knowledge base where the processor's work is done.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&KnowledgeBase) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let manual = self.manual.clone();
        self.workers.run(move || question(&manual)).await
    }

    pub(crate) fn coverage(&self) -> Arc<Coverage> {
        Arc::clone(&self.coverage.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The coverage of a knowledge base, for whoever sees the page for the first time.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Coverage {
    /// The consoles that articles are about, in order.
    pub(crate) products: Vec<String>,
    pub(crate) articles: usize,
    /// Titles of articles that answer themselves, of as many consoles as there are, to try it with.
    pub(crate) examples: Vec<String>,
}

impl Coverage {
    const EXAMPLES: usize = 3;
    /// How many titles are tried for them.
    const TRIED: usize = 24;

    /// Nothing where the articles cannot be read.
    fn of(manual: &KnowledgeBase, now: DateTime) -> Self {
        let articles = manual.articles().unwrap_or_default();
        let products: BTreeSet<String> =
            articles.iter().filter_map(|it| it.product.clone()).collect();
        let mut examples: Vec<String> = Vec::new();
        let firsts = products
            .iter()
            .filter_map(|product| articles.iter().find(|it| it.product.as_ref() == Some(product)));
        let options = AnswerOptions::at(now);
        let mends = |article: &&ArticleEntry| {
            let answer = manual.answer(Paste::question(article.title.as_str()), &options);
            let incidents = answer.map(|answer| answer.incidents).unwrap_or_default();
            let first = incidents.first().and_then(|it| it.remedies.first());
            first.is_some_and(|it| it.id == article.id && it.role == Role::Remedy && !it.expired)
        };
        for article in firsts.chain(&articles).take(Self::TRIED).filter(mends) {
            if !examples.contains(&article.title) {
                examples.push(article.title.clone());
            }
            if examples.len() == Self::EXAMPLES {
                break;
            }
        }
        Self { products: products.into_iter().collect(), articles: articles.len(), examples }
    }
}

fn router(app: App) -> Router {
    Router::new()
        .merge(api::router())
        .merge(page::router())
        .fallback(async || Problem::no_address())
        .method_not_allowed_fallback(async || Problem::no_method())
        // The limit of `body` holds for every request; axum's own would refuse it earlier, without words.
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::custom(|_| Problem::internal().into_response()))
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .layer(from_fn(language::speak))
        .layer(from_fn_with_state(app.clone(), log::tell))
        .with_state(app)
}

async fn reload(app: App) {
    let mut ticks = tokio::time::interval(RELOAD);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let manual = app.manual.clone();
        let now = app.clock.now();
        let look = move || Ok::<_, Error>(manual.reload()?.then(|| Coverage::of(&manual, now)));
        match tokio::task::spawn_blocking(look).await {
            Ok(Ok(Some(coverage))) => {
                let coverage = Arc::new(coverage);
                *app.coverage.write().unwrap_or_else(PoisonError::into_inner) = coverage;
                app.metrics.reloads.inc();
                let articles = app.manual.searcher().snapshot().articles();
                tracing::info!(articles, "a newer snapshot is live");
            }
            Ok(Ok(None)) => {}
            Ok(Err(error)) => {
                tracing::error!(error = %error, "the newer snapshot cannot be opened; the one before goes on answering");
            }
            Err(_) => {}
        }
    }
}

/// Waits until the process is told to stop: Ctrl-C, or the service manager's signal. The handlers are there when this
/// returns, before anybody knows the address: a signal that comes before would end the process in the midst of an answer.
#[cfg(unix)]
fn stopped() -> impl Future<Output = ()> {
    use signal::unix::{Signal, SignalKind, signal};
    // Without signals the process is ended from outside.
    async fn received(signal: Option<Signal>) {
        match signal {
            Some(mut signal) => {
                signal.recv().await;
            }
            None => std::future::pending().await,
        }
    }
    let (interrupt, terminate) =
        (signal(SignalKind::interrupt()).ok(), signal(SignalKind::terminate()).ok());
    async {
        tokio::select! {
            () = received(interrupt) => {}
            () = received(terminate) => {}
        }
    }
}

#[cfg(not(unix))]
async fn stopped() {
    if signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
