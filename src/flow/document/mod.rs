//! Check flows as Markdown documents.
//!
//! 1. [`parse`] reads the text into a [`Flow`];
//! 2. the form itself is described in the knowledge base's README.

mod line;
mod model;
mod parse;
#[cfg(test)]
mod tests;

pub use model::{
    Case, Check, Computation, FactDeclaration, Flow, Link, Placed, Verdict, VerdictKind, When,
};
pub use parse::parse;
pub(crate) use parse::parse_all;
pub(super) use parse::part_of;
