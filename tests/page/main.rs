//! The page in a real Chromium, driven as a person would: paste, drop, ask, read, copy, come back.
//!
//! It needs `chromium` and `chromedriver` (Debian: `apt install chromium chromium-driver`), and runs where
//! `SHIRUBE_BROWSER_TESTS=1` is set, as `.ci/run` does; there a missing browser is a failure. Elsewhere each
//! test says that it was skipped.
#![cfg(feature = "server")]
#![expect(
    clippy::disallowed_methods,
    reason = "a test waits by the clock and is told by the environment"
)]

mod asking;
mod browser;
mod hostile;
mod keeping;
mod keyboard;
mod looks;
#[path = "../serve/server.rs"]
#[allow(dead_code, reason = "the tests of HTTP ask for more of the server than those of the page")]
mod server;
