//! Banks of judged pastes: what was pasted or asked, and what a careful support person wants to be shown.
//!
//! A bank is a file of JSON lines. A line holds
//!
//! | key | value |
//! |---|---|
//! | `id`, `kind` | its name, and the theme that the figures are grouped by |
//! | `mode` | `paste` or `question` |
//! | `text` or `base64` | what is pasted or asked; base64 where it is not UTF-8 |
//! | `args` | further arguments of the search |
//! | `kb` | a small manual of the case's own, file by file, which is asked instead |
//! | `expect` | what is wanted ([`Expect`]); what is not named is not judged |

use std::collections::BTreeMap;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::trec::{self, TrecError};
use crate::source::phrase;

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Case {
    pub id: String,
    pub kind: String,
    /// Whether it is typed as a question rather than pasted.
    #[serde(rename = "mode", deserialize_with = "is_question")]
    pub is_question: bool,
    #[serde(flatten, deserialize_with = "paste")]
    pub paste: Vec<u8>,
    #[serde(default, rename = "args")]
    pub arguments: Vec<String>,
    /// The case's own manual, text by path; `None` where the knowledge base at hand is asked.
    #[serde(rename = "kb")]
    pub documents: Option<BTreeMap<String, String>>,
    pub expect: Expect,
}

/// The expected answer of a case. Passages are named by the beginnings of their ids; a `$` at the end makes it
/// the whole id.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expect {
    /// The passages any of which may come first; `Some(None)`: nothing may be claimed.
    #[serde(deserialize_with = "present")]
    pub first: Option<Option<Vec<String>>>,
    /// The passages any of which a flow may lead to.
    pub flow: Vec<String>,
    /// The passages that may neither be claimed nor be the cause of a flow.
    pub never: Vec<String>,
    /// How many incidents there are, or between how many.
    pub incidents: Option<Count>,
    pub records: Vec<ExpectedRecord>,
    /// Whether a remedy that loses data or registration is what was asked for.
    pub destructive_ok: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Count {
    Exactly(usize),
    Between(usize, usize),
}

impl Count {
    pub(super) const fn bounds(self) -> (usize, usize) {
        match self {
            Self::Exactly(count) => (count, count),
            Self::Between(least, most) => (least, most),
        }
    }
}

/// The fields of one record that must be read.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExpectedRecord {
    pub message_has: Option<Vec<String>>,
    /// Parts that the message may not have.
    pub message_lacks: Option<Vec<String>>,
    /// The device; `Some(None)`: none may be named.
    #[serde(deserialize_with = "present")]
    pub device: Option<Option<String>>,
    /// How the first or the last time begins, `?` standing for any character; `Some(None)`: none may be told.
    #[serde(deserialize_with = "present")]
    pub time: Option<Option<String>>,
    pub severity: Option<String>,
    /// The codes, as `Domain number` or `number`; empty: there is none.
    pub codes: Option<Vec<String>>,
    /// Codes, or domains, that may not have been read.
    pub codes_lack: Option<Vec<String>>,
    /// The passages that may come first for the record's incident, as in [`Expect::first`].
    #[serde(deserialize_with = "present")]
    pub first: Option<Option<Vec<String>>>,
}

/// Tells a value that is `null` from one that is not there.
fn present<'d, D: Deserializer<'d>, T: Deserialize<'d>>(
    value: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}

fn is_question<'d, D: Deserializer<'d>>(value: D) -> Result<bool, D::Error> {
    #[derive(PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Mode {
        Paste,
        Question,
    }
    Ok(Mode::deserialize(value)? == Mode::Question)
}

fn paste<'d, D: Deserializer<'d>>(value: D) -> Result<Vec<u8>, D::Error> {
    #[derive(Deserialize)]
    struct Written {
        text: Option<String>,
        base64: Option<String>,
    }
    match Written::deserialize(value)? {
        Written { base64: Some(coded), .. } => {
            BASE64_STANDARD.decode(coded).map_err(D::Error::custom)
        }
        Written { text: Some(text), .. } => Ok(text.into_bytes()),
        _ => Err(D::Error::custom("neither `text` nor `base64`")),
    }
}

/// Reads a bank; empty lines are passed over.
/// Fails where a line is no case, with its number.
pub fn cases(text: &str) -> Result<Vec<Case>, TrecError> {
    trec::lines(text, |line| {
        serde_json::from_str(line).map_err(|reason| {
            phrase!("判定つきの貼り付けとして読めません（{reason}）", "no judged paste ({reason})")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_null_is_told_from_what_is_not_there() {
        let bank = concat!(
            r#"{"id":"a","kind":"k","mode":"paste","text":"x","expect":{"first":null,"records":[{"time":null}]}}"#,
            "\n\n",
            r#"{"id":"b","kind":"k","mode":"question","base64":"44GC","expect":{"incidents":[1,2]}}"#,
            "\n"
        );
        let cases = cases(bank).expect("well-formed");
        assert_eq!(cases[1].expect.incidents.map(Count::bounds), Some((1, 2)));
        insta::assert_debug_snapshot!(cases);
    }

    #[test]
    fn a_misspelt_expectation_is_an_error_with_its_line() {
        let bank = "\n{\"id\":\"a\",\"kind\":\"k\",\"mode\":\"paste\",\"text\":\"x\",\"expect\":{\"frist\":[]}}\n";
        assert_eq!(cases(bank).map_err(|error| error.line), Err(2));
    }
}
