//! What a paste says, typed: facts, codes, masks, signatures, incidents.

mod code;
mod fold;
mod incident;
mod moment;

pub use code::{Code, CodeDictionary, Relation};
pub use incident::{Fact, Incident, Kind, Severity, Signature, Variable};
pub use moment::Moment;
