//! Error codes and the dictionary that knows them.
//!
//! 1. `file` reads `codes/*.toml`;
//! 2. [`CodeDictionary`] gives a number its identity: the domain that is written, else the one that an
//!    encoding (an HRESULT that carries Apple's number) or the number's range tells;
//! 3. `explain` lists what a person should know about a code: every form, its meaning, what else it
//!    may be.

mod dictionary;
mod explain;
mod file;

pub use dictionary::{CodeDictionary, Relation};
pub use explain::Explanation;

/// An error code with its identity: domain and number, whatever form it was written in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The domain that the number counts in (`MCInstallationErrorDomain`); `None` where neither the
    /// text nor the dictionary tells.
    pub domain: Option<String>,
    /// The number, with hexadecimal and signed forms turned into the domain's own.
    pub number: i64,
    /// The code as it was written: `(4026)`, `0x87D136CA`.
    pub written: String,
}
