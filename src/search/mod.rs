//! From incidents to remedies: candidates, ranking, evidence.

mod answer;

pub use answer::{Answer, Applies, Evidence, IncidentAnswer, Remedy};
