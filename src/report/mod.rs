//! The answer as it is shown: text for a person at a terminal, JSON for a program.
//!
//! Reports hold no decision about what helps: they are a function of the [`Answer`] and of their
//! options. They write into memory; where the bytes go is the caller's affair.
//!
//! [`Answer`]: crate::search::Answer

mod evidence;
mod explanation;
mod findings;
mod flow_json;
mod flow_list;
mod flow_text;
#[cfg(feature = "import")]
mod imported;
mod incident;
mod json;
mod link;
mod markdown;
mod place;
mod redact;
mod remedy;
#[cfg(test)]
mod samples;
mod screen;
mod style;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod visible;
mod words;
mod wrap;

pub use explanation::explanations;
pub use findings::{findings, findings_github, findings_json, findings_sarif};
pub use flow_json::flow_json;
pub use flow_list::{flow_list, flow_list_json};
pub use flow_text::flow_text;
#[cfg(feature = "import")]
pub use imported::imported;
pub use json::{SCHEMA, json};
pub use place::Links;
pub use redact::redact;
pub use text::{TextOptions, text};
pub use visible::visible;
