//! A format file of any bytes is read or told, and a text of any bytes is read with it.
#![no_main]
#![allow(dead_code, reason = "each target runs one of the functions")]

use libfuzzer_sys::fuzz_target;

#[path = "../targets.rs"]
mod targets;

fuzz_target!(|bytes: &[u8]| targets::formats(bytes));
