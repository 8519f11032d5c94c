//! Check flows.

mod truth;
pub mod value;

pub use truth::Truth;
