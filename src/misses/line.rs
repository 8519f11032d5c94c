//! How a miss, a feedback and the like are in their files: a JSON object a line.
//!
//! Keys that are not there have their defaults, keys that are not known are passed over: an older program reads what a
//! newer one wrote.

use std::fmt::Write as _;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The lines of some entries, each with its line break.
pub(super) fn written<T: Serialize>(entries: &[T]) -> String {
    let mut lines = String::new();
    for entry in entries {
        let json = serde_json::to_string(entry).expect("strings and numbers always serialize");
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{json}");
    }
    lines
}

/// The entry of a line; `None` where it is none.
pub(super) fn read<T: DeserializeOwned>(line: &str) -> Option<T> {
    serde_json::from_str(line).ok()
}

/// A time on the user's clock: ISO 8601, to the second.
pub(super) mod second {
    use jiff::civil::DateTime;
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(at: &DateTime, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{at:.0}"))
    }

    pub(crate) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<DateTime, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// A signature: sixteen hexadecimal digits.
pub(super) mod digits {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::facts::Signature;

    pub(crate) fn serialize<S: Serializer>(it: &Signature, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(it)
    }

    pub(crate) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Signature, D::Error> {
        let digits = String::deserialize(from)?;
        let bits = u64::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 16);
        bits.map(Signature).ok_or_else(|| D::Error::custom("no signature"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::miss::tests::miss;
    use super::super::{Feedback, Miss};
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let mut kept = miss("Install\"Profile: (4026) 失敗しました");
        kept.labels = vec![("状態".into(), "異常".into())];
        kept.near = Some("bizmobile/a".into());
        kept.knowledge_base = "kb-00ff".into();
        let lines = written(std::slice::from_ref(&kept));
        assert_eq!(lines.matches('\n').count(), 1, "{lines}");
        assert_eq!(read(lines.trim_end()), Some(kept));
    }

    #[test]
    fn what_is_no_line_is_none() {
        let good = r#"{"at":"2026-11-23T09:30:00","signature":"00000000000000ff","article":"a","helped":true}"#;
        assert!(read::<Feedback>(good).is_some());
        for bad in
            ["", "{", "null", "{}", &good.replace("00ff", "zzzz"), &good.replace("2026", "year")]
        {
            assert!(read::<Feedback>(bad).is_none(), "{bad}");
            assert!(read::<Miss>(bad).is_none(), "{bad}");
        }
    }
}
