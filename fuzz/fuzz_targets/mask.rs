//! Masking is idempotent, and pseudonyms can be taken back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shirube::facts::{Pseudonyms, mask_line};

fuzz_target!(|text: &str| {
    let once = mask_line(text);
    assert_eq!(mask_line(&once), once);
    let mut pseudonyms = Pseudonyms::default();
    let masked = pseudonyms.mask(text);
    assert_eq!(pseudonyms.unmask(&masked), text);
});
