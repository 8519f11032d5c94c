//! Markdown documents, read into passages and templates.
//!
//! `parse` reads one text into an [`Article`]:
//!
//! 1. `front_matter` reads its YAML, and `markdown` makes a flat list of lines that know what they are of the rest;
//! 2. `passage` cuts the lines into the units that are ranked and shown, each with its subject (`codes`), its `role`, its
//!    cautions and whether it loses something (`destructive`);
//! 3. `template` and `pattern` take the wordings that it documents, and `outline` what only checks look at;
//! 4. `last_resort` divides a remedy that ends in a step that loses something, when it is shown.

mod caution;
mod codes;
mod destructive;
mod front_matter;
mod last_resort;
mod lines;
mod markdown;
mod model;
mod outline;
mod parse;
mod passage;
mod pattern;
mod role;
mod template;
#[cfg(test)]
mod tests;

pub(crate) use destructive::{has_step_of, mentioned, named, steps};
pub use front_matter::Key;
pub(crate) use front_matter::known_keys;
#[cfg(feature = "import")]
pub(crate) use front_matter::{Yaml, date};
pub(crate) use last_resort::{Divided, divide, says_last};
pub(crate) use markdown::OPTIONS as MARKDOWN_OPTIONS;
pub(crate) use markdown::{tidy as as_read, without_samples};
pub use model::{
    Article, Heading, Link, Outline, Part, Passage, PassageKind, PassageLink, Sample, Template,
    TemplateOrigin,
};
pub(crate) use model::{OF_NAME, UNFILLED};
#[cfg(feature = "import")]
pub(crate) use parse::NOTES;
pub use parse::parse;
pub(crate) use parse::{body, linked, without_ending};
pub(crate) use passage::shown::hides;
pub(crate) use passage::slug as slug_of;
pub use pattern::Pattern;
pub(crate) use pattern::{captures, compile, literal, pairs as letter_pairs};
pub use role::Role;
pub use template::tells;
