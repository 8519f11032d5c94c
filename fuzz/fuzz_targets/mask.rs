//! Masking is idempotent, and pseudonyms can be taken back.
#![no_main]
#![allow(dead_code, reason = "each target runs one of the functions")]

use libfuzzer_sys::fuzz_target;

#[path = "../targets.rs"]
mod targets;

fuzz_target!(|bytes: &[u8]| targets::mask(bytes));
