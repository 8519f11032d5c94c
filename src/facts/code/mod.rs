//! Error codes and the dictionary that knows them.
//!
//! 1. `file` reads `codes/*.toml`;
//! 2. [`CodeDictionary`] gives a number its identity: the domain that is written, else the one that an
//!    encoding (an HRESULT that carries Apple's number) or the number's range tells;
//! 3. `name` knows the form of errors that have a name and no number;
//! 4. `explain` lists what a person should know about a code: every form, its meaning, what else it
//!    may be.

use serde::{Deserialize, Serialize};

mod dictionary;
mod explain;
mod file;
mod name;

pub use dictionary::{CodeDictionary, Relation};
pub use explain::Explanation;
pub(crate) use name::{
    constants, ends_in_word, error_names, is_error_name, may_name_error, name_at_end,
    names_of_title, numbered_names, numbered_names_of_heading, numbered_words, reasons, typed_name,
    writes_error,
};

/// An error code with its identity: domain and number, whatever form it was written in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Code {
    /// The domain that the number counts in (`MCInstallationErrorDomain`); `None` where neither the
    /// text nor the dictionary tells.
    pub domain: Option<String>,
    /// The number, with hexadecimal and signed forms turned into the domain's own.
    pub number: i64,
    /// The code as it was written: `(4026)`, `0x87D136CA`.
    pub written: String,
    /// Whether the text itself tells whose number it is: by a domain or a command before it, in a form that
    /// carries the domain (hexadecimal, signed), or because it is too large to be anybody else's. Otherwise
    /// the domain is the dictionary's guess from the number's range.
    ///
    /// ```
    /// use shirube::facts::CodeDictionary;
    ///
    /// let (codes, _) = CodeDictionary::parse([]);
    /// let stated = |text: &str| codes.read(text).unwrap().stated;
    /// assert!(stated("MCInstallationErrorDomain 4026") && stated("0x87D136CA") && stated("-2016332086"));
    /// assert!(!stated("4026") && !stated("-9"));
    /// ```
    pub stated: bool,
}

/// The 32 bits of a code that is written as hexadecimal, or as a signed or large decimal number.
pub(crate) fn bits_of_code(written: &str, hexadecimal: bool) -> Option<u32> {
    let text = crate::text::fold(written);
    let text = text.trim_matches(|c: char| "()[]`".contains(c));
    if hexadecimal {
        let digits = text.strip_prefix("0x").filter(|digits| digits.len() == 8)?;
        return u32::from_str_radix(digits, 16).ok();
    }
    let number: i64 = text.parse().ok()?;
    let wide = u32::try_from(number).ok().filter(|bits| *bits >= 0x8000_0000);
    wide.or_else(|| i32::try_from(number).ok().filter(|it| *it < -0xffff).map(i32::cast_unsigned))
}
