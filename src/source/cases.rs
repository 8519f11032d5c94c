//! Cases of tests that are data: the files of `tests/data/cases`, an input a line, and after a tab what comes out.
//!
//! `␤` is a line break and `␉` a tab of the input.

use std::path::Path;

/// Asserts for each case of a file that `outcome` gives what the file says.
pub(crate) fn check(name: &str, outcome: impl Fn(&str) -> String) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases").join(name);
    let text = std::fs::read_to_string(file.with_extension("tsv")).expect("the file is there");
    let cases = text.lines().map(|line| line.split_once('\t').expect("a tab is in every line"));
    let mut count = 0;
    for (input, expected) in cases {
        assert_eq!(
            outcome(&input.replace('␤', "\n").replace('␉', "\t")),
            expected,
            "{name}: {input}"
        );
        count += 1;
    }
    assert!(count > 0, "{name}");
}

/// A value as the files write it: `–` where there is none.
pub(crate) fn shown(value: Option<impl ToString>) -> String {
    value.map_or("–".to_owned(), |value| value.to_string())
}
