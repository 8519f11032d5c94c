//! Cases of tests that are data: the files of `tests/data/cases`, an input a line, and after a tab what comes out.
//!
//! A control character is written as its picture: `␤` is a line break, `␉` a tab.

use std::path::Path;

/// Tests of functions whose cases are data, each with the name of its file.
macro_rules! cases {
    ($($name:ident: $outcome:expr;)+) => {
        mod of_cases {
            #![allow(unused_imports, reason = "an outcome may need none of them")]
            use super::*;
            use crate::source::cases::{listed, shown, two};
            $(
                #[test]
                fn $name() {
                    crate::source::cases::check(stringify!($name), $outcome);
                }
            )+
        }
    };
}
pub(crate) use cases;

/// Asserts for each case of a file that `outcome` gives what the file says.
pub(crate) fn check<Outcome: ToString>(name: &str, outcome: impl Fn(&str) -> Outcome) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases");
    let file = directory.join(name.replace('_', "-")).with_extension("tsv");
    let text = std::fs::read_to_string(file).expect("the file is there");
    let cases = text.lines().map(|line| line.split_once('\t').expect("a tab is in every line"));
    let mut count = 0;
    let mut wrong = String::new();
    for (input, expected) in cases {
        let given = outcome(&input.chars().map(control).collect::<String>());
        let given: String = given.to_string().chars().map(picture).collect();
        if given != expected {
            wrong.push_str(&format!("\n{input}\t{given}, and not {expected}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty() && count > 0, "{name}:{wrong}");
}

/// The control character of a picture (U+2400 to U+241F; the line break has one of its own).
fn control(character: char) -> char {
    match character {
        '␤' => '\n',
        '␀'..='␟' => char::from_u32(u32::from(character) - 0x2400).unwrap_or(character),
        _ => character,
    }
}

fn picture(character: char) -> char {
    match character {
        '\n' => '␤',
        '\0'..='\u{1f}' => char::from_u32(u32::from(character) + 0x2400).unwrap_or(character),
        _ => character,
    }
}

pub(crate) fn two(input: &str) -> (&str, &str) {
    input.split_once('\n').expect("a text, a line break, and another text")
}

/// A value as the files write it: `–` where there is none.
pub(crate) fn shown(value: Option<impl ToString>) -> String {
    value.map_or("–".to_owned(), |value| value.to_string())
}

/// Several values as the files write them.
pub(crate) fn listed(values: impl IntoIterator<Item = impl ToString>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" | ")
}
