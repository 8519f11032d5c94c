//! The server as a client meets it: a process of its own, spoken to over the network.
#![cfg(feature = "server")]
#![expect(
    clippy::disallowed_methods,
    reason = "a test waits by the clock and is told by the environment"
)]

mod access;
mod answer;
#[path = "../support/cache.rs"]
mod cache;
mod feedback;
mod history;
mod limits;
mod load;
mod openapi;
mod operation;
mod reference;
mod server;
mod waiting;
