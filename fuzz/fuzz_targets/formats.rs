//! A format file of any bytes is read or told, and a text of any bytes is read with it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shirube::facts::CodeDictionary;
use shirube::record::{Formats, ReadOptions, Vocabulary, read};

fuzz_target!(|bytes: &[u8]| {
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
        let reading = read(None, text, &ReadOptions::default(), &vocabulary);
        for incident in reading.incidents {
            for variable in incident.variables {
                assert!(incident.message.get(variable.range).is_some());
            }
        }
    }
});
