//! Bytes of any origin become text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let decoded = shirube::source::decode(bytes);
    assert!(!decoded.text.contains('\0'));
});
