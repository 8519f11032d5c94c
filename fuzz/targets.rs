//! The properties that the fuzz targets check, as plain functions: `tests/fuzz_targets.rs` runs them over random bytes with every test, so
//! that they compile and hold where no fuzzer is at hand.

use shirube::facts::{CodeDictionary, Pseudonyms, mask_line};
use shirube::record::{Formats, ReadOptions, Reading, Vocabulary, read};

const CODES: &str = r#"
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

/// Any text is a code or is none; the forms of a code read back.
pub(crate) fn code(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (dictionary, _) = CodeDictionary::parse([("fuzz.toml", CODES)]);
    if let Some(code) = dictionary.read(&text) {
        for form in dictionary.forms(&code) {
            assert!(dictionary.read(&form).is_some() || code.domain.is_some(), "{form}");
        }
    }
    let _ = dictionary.explain(&text);
}

/// Bytes of any origin become text.
pub(crate) fn decode(bytes: &[u8]) {
    let decoded = shirube::source::decode(bytes);
    assert!(!decoded.text.contains('\0'));
}

/// A format file of any bytes is read or told, and a text of any bytes is read with it.
pub(crate) fn formats(bytes: &[u8]) {
    // The first zero byte stands between the file and the text.
    let cut = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (file, text) = bytes.split_at(cut);
    let file = String::from_utf8_lossy(file);
    // A bare pattern is a file of it, so that the fuzzer need not write TOML.
    let whole = format!("name = \"x\"\nja = \"x\"\nen = \"x\"\npattern = '''{file}'''\n");
    for file in [file.as_ref(), whole.as_str()] {
        let (formats, _) = Formats::parse([("formats/x.toml", file)]);
        if file.len() < 200 {
            let _ = formats.check(&CodeDictionary::default(), &|path| path.starts_with("formats/"));
        }
        let mut vocabulary = Vocabulary::default();
        vocabulary.formats = formats;
        stands(&read(None, text, &ReadOptions::default(), &vocabulary));
    }
}

/// Masking is idempotent, and pseudonyms can be taken back.
pub(crate) fn mask(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let once = mask_line(&text);
    assert_eq!(mask_line(&once), once);
    let mut pseudonyms = Pseudonyms::default();
    let masked = pseudonyms.mask(&text);
    assert_eq!(pseudonyms.unmask(&masked), text);
}

/// Property lists, binary and XML, whole or torn.
pub(crate) fn plist(bytes: &[u8]) {
    for head in [b"bplist00".as_slice(), b"<plist><dict><key>ErrorChain</key>".as_slice()] {
        stands(&reading(&[head, bytes].concat()));
    }
}

/// Any paste is read.
pub(crate) fn record(bytes: &[u8]) {
    stands(&reading(bytes));
}

fn reading(bytes: &[u8]) -> Reading {
    read(None, bytes, &ReadOptions::default(), &Vocabulary::default())
}

/// Ranges lie in the texts that they are of.
fn stands(reading: &Reading) {
    for incident in &reading.incidents {
        for variable in &incident.variables {
            assert!(incident.message.get(variable.range.clone()).is_some());
        }
    }
}
