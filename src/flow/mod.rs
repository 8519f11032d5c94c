//! Check flows.

mod condition;
mod truth;
pub mod value;

pub use condition::{Condition, ConditionError, Declared, Formula, Missing, Schema};
pub use truth::Truth;
