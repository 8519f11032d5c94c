//! Any paste is read; ranges lie in the texts that they are of.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shirube::record::{ReadOptions, Vocabulary, read};

fuzz_target!(|bytes: &[u8]| {
    let reading = read(None, bytes, &ReadOptions::default(), &Vocabulary::default());
    for incident in reading.incidents {
        for variable in incident.variables {
            assert!(incident.message.get(variable.range).is_some());
        }
    }
});
