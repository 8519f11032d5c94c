//! The language of conditions, in flows and in `when:`.
//!
//! 1. [`Condition::parse`] reads the text;
//! 2. [`Condition::problems`] finds unknown facts, wrong types and what can never hold, before any paste
//!    is there;
//! 3. evaluation says whether it holds for a set of facts, with three values: a fact that is missing
//!    decides nothing.

mod evaluate;
mod model;
mod parse;
mod satisfiable;
#[cfg(test)]
mod tests;
mod types;
mod words;

pub use model::ConditionError;
pub(super) use model::Known;
pub use model::Missing;
pub(super) use model::Sign;
pub use model::{Condition, Formula};
pub use types::{Declared, Schema};
