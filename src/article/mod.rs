//! The knowledge base: Markdown documents, read into passages and templates.
//!
//! 1. [`load`] walks a directory, [`embedded`] takes what is in the binary;
//! 2. [`parse`] reads one text into an [`Article`]: front matter, passages, templates, samples.

mod caution;
mod codes;
mod destructive;
mod embedded;
mod front_matter;
mod last_resort;
mod lines;
mod link;
mod load;
mod markdown;
mod model;
mod outline;
mod parse;
mod passage;
mod role;
mod settings;
mod template;
#[cfg(test)]
mod tests;

pub(crate) use destructive::{mentioned, named, steps};
pub use embedded::embedded;
#[cfg(feature = "import")]
pub(crate) use front_matter::date;
pub use front_matter::{Key, KnownKey, known_keys};
pub(crate) use last_resort::{Divided, divide};
pub(crate) use link::{decode_link, resolve_link};
pub use load::{Documents, LoadError, TextFile, article_files, load};
pub use model::{
    Article, Heading, Link, Outline, Part, Passage, PassageKind, PassageLink, Sample, Template,
    TemplateOrigin,
};
pub(crate) use parse::body;
pub use parse::parse;
pub(crate) use passage::slug as slug_of;
pub use role::Role;
pub use settings::{Level, RuleLevel, Settings};
pub use template::tells;
