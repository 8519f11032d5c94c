//! The page in a real Chromium, driven as a person would: paste, drop, ask, read, copy, come back.
//!
//! It needs `chromium` and `chromedriver` (Debian: `apt install chromium chromium-driver`), so its tests run where
//! they are asked for, as `.ci/run` does: `cargo test --test page -- --ignored`.
#![cfg(feature = "server")]
#![expect(
    clippy::disallowed_methods,
    reason = "a test waits by the clock and is told by the environment"
)]

mod asking;
mod browser;
#[path = "../support/cache.rs"]
mod cache;
mod hostile;
mod keyboard;
mod layout;
mod persistence;
#[path = "../serve/server.rs"]
#[allow(dead_code, reason = "the tests of HTTP ask for more of the server than those of the page")]
mod server;
