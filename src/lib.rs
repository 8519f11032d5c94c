//! Shirube: paste a log, get the remedy that the manual already holds.

pub mod article;
pub mod check;
pub mod eval;
pub mod facts;
pub mod flow;
pub mod index;
pub mod record;
pub mod report;
pub mod search;
pub mod source;
pub mod text;
