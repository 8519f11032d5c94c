//! The knowledge base: Markdown documents, read into passages and templates.

mod model;

pub use model::{Article, Part, Passage, PassageKind, Sample, Template, TemplateOrigin};
