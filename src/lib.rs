//! Shirube: paste a log, get the remedy that the manual already holds.

pub mod article;
pub mod facts;
pub mod record;
pub mod search;
pub mod source;
