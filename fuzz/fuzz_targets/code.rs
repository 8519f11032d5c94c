//! Any text is a code or is none; the forms of a code read back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shirube::facts::CodeDictionary;

const FILE: &str = r#"
[[domain]]
name = "MCInstallationErrorDomain"
first = 4000
last = 4999
ja = "x"
en = "x"
[[encoding]]
name = "HRESULT"
offset = 0x87D12710
first = 1000
last = 46999
"#;

fuzz_target!(|text: &str| {
    let (dictionary, _) = CodeDictionary::parse([("fuzz.toml", FILE)]);
    if let Some(code) = dictionary.read(text) {
        for form in dictionary.forms(&code) {
            assert!(dictionary.read(&form).is_some() || code.domain.is_some());
        }
    }
    let _ = dictionary.explain(text);
});
