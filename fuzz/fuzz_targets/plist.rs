//! Property lists, binary and XML, whole or torn.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shirube::record::{ReadOptions, Vocabulary, read};

fuzz_target!(|bytes: &[u8]| {
    for head in [b"bplist00".as_slice(), b"<plist><dict><key>ErrorChain</key>".as_slice()] {
        let paste = [head, bytes].concat();
        let _ = read(None, &paste, &ReadOptions::default(), &Vocabulary::default());
    }
});
