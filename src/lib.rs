//! Shirube: paste a log, get the remedy that the manual already holds.

pub mod article;
pub mod check;
pub mod facts;
pub mod flow;
pub mod search;
pub mod source;
pub mod text;
