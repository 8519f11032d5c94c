//! Bytes of any origin become text.
#![no_main]
#![allow(dead_code, reason = "each target runs one of the functions")]

use libfuzzer_sys::fuzz_target;

#[path = "../targets.rs"]
mod targets;

fuzz_target!(|bytes: &[u8]| targets::decode(bytes));
