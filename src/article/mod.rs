//! The knowledge base: Markdown documents, read into passages and templates.

mod model;

pub use model::{Article, Passage, PassageKind, Part, Sample, Template, TemplateOrigin};
