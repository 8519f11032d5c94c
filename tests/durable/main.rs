//! Damage that an index survives: killed writers, failing disks, two writers at once, flipped bits, and readers
//! that never stop.
//!
//! A writer is a process of its own ([`indexer`]): this test program again, told by its environment what to
//! build and at which step to stop. Where `SHIRUBE_TEST_LONG` is set, the tests take their long form.
#![cfg(unix)]

mod damage;
mod failing_writes;
mod indexer;
mod kills;
mod large;
mod manual;
mod readers;
#[path = "../support/mod.rs"]
mod support;
mod watching;

/// Whether the long form is asked for.
#[expect(clippy::disallowed_methods, reason = "a test is told its form by the environment")]
fn long_form() -> bool {
    std::env::var_os("SHIRUBE_TEST_LONG").is_some()
}
