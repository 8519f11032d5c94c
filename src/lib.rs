//! Shirube: paste a log, get the remedy that the manual already holds.

pub mod article;
pub mod check;
pub mod eval;
pub mod export;
pub mod facts;
pub mod flow;
#[cfg(feature = "import")]
pub mod import;
pub mod index;
pub mod knowledge_base;
pub mod misses;
pub mod record;
pub mod report;
pub mod search;
pub mod source;
pub mod text;

pub use knowledge_base::{AnswerOptions, Error, KnowledgeBase};
