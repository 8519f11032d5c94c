//! The figures that Prometheus collects.

use std::sync::Mutex;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// The upper ends of the histogram's buckets, in seconds.
const BUCKETS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    status: u16,
}

type Label<Value> = [(&'static str, Value); 1];

#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    duration: Family<Label<String>, Histogram, fn() -> Histogram>,
    incidents: Counter,
    answered: Counter,
    pub(crate) reloads: Counter,
    busy: Gauge,
    articles: Gauge,
    /// The gauges are set and written by one scrape at a time.
    scraping: Mutex<()>,
    feedback: Family<Label<&'static str>, Counter>,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut it = Self {
            registry: Registry::with_prefix("shirube"),
            requests: Family::default(),
            duration: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            incidents: Counter::<u64, AtomicU64>::default(),
            answered: Counter::default(),
            reloads: Counter::default(),
            busy: Gauge::default(),
            articles: Gauge::default(),
            scraping: Mutex::default(),
            feedback: Family::default(),
        };
        let registry = &mut it.registry;
        registry.register("http_requests", "Requests by route and status", it.requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time from a request's header to its answer's",
            Unit::Seconds,
            it.duration.clone(),
        );
        registry.register("incidents", "Incidents that were read", it.incidents.clone());
        registry.register(
            "incidents_answered",
            "Incidents that have a remedy",
            it.answered.clone(),
        );
        registry.register(
            "feedback",
            "Remedies that were said to help or not",
            it.feedback.clone(),
        );
        registry.register("snapshot_reloads", "Newer snapshots taken up", it.reloads.clone());
        registry.register("busy", "Requests that are answered or wait", it.busy.clone());
        registry.register("articles", "Articles of the live snapshot", it.articles.clone());
        it
    }

    pub(crate) fn observe(&self, method: &'static str, route: &str, status: u16, taken: Duration) {
        self.requests.get_or_create(&Request { method, route: route.to_owned(), status }).inc();
        self.duration.get_or_create(&[("route", route.to_owned())]).observe(taken.as_secs_f64());
    }

    /// Counts the incidents of an answer, and those that have a remedy.
    pub(crate) fn answered(&self, incidents: u64, answered: u64) {
        self.incidents.inc_by(incidents);
        self.answered.inc_by(answered);
    }

    pub(crate) fn feedback(&self, helped: bool) {
        self.feedback.get_or_create(&[("helped", if helped { "yes" } else { "no" })]).inc();
    }

    /// Everything in Prometheus' text format: with how many requests work or wait, and how many articles are live.
    pub(crate) fn text(&self, busy: usize, articles: u64) -> String {
        let _alone = self.scraping.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let whole = |number| i64::try_from(number).unwrap_or(i64::MAX);
        self.busy.set(whole(busy as u64));
        self.articles.set(whole(articles));
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing to a string cannot fail");
        text
    }
}
