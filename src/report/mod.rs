//! The answer as it is shown: text for a person at a terminal, HTML for one at a browser, JSON for a
//! program.
//!
//! Reports hold no decision about what helps: they are a function of the [`Answer`] and of their
//! options. They write into memory; where the bytes go is the caller's affair.
//!
//! [`Answer`]: crate::search::Answer

mod advice;
mod article_json;
mod article_text;
mod devices;
mod eval_json;
mod eval_text;
mod evidence;
mod explanation;
mod explanation_json;
mod findings;
mod flow_json;
mod flow_list;
mod flow_question;
mod flow_remedy;
mod flow_text;
#[cfg(feature = "server")]
mod html;
#[cfg(feature = "import")]
mod imported;
mod incident;
mod json;
mod link;
mod markdown;
mod misses;
mod notice;
#[cfg(feature = "overview")]
mod overview;
mod pastes_judged;
mod place;
mod rank_changes;
mod read_text;
mod redact;
mod remedy;
#[cfg(test)]
mod samples;
#[cfg(feature = "server")]
mod schema;
mod screen;
mod style;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod visible;
mod waiting;
mod wire;
mod words;
mod wrap;

pub use article_json::{article_json, articles_json};
#[doc(hidden)]
pub use article_text::{article_list, article_text};
pub use devices::devices_csv;
#[doc(hidden)]
pub use eval_json::evaluation_json;
#[doc(hidden)]
pub use eval_text::{evaluation, query_shown, trials};
pub use explanation::explanations;
pub use explanation_json::explanations_json;
#[doc(hidden)]
pub use findings::{findings, findings_github, findings_json, findings_sarif};
#[doc(hidden)]
pub use flow_json::flow_json;
#[doc(hidden)]
pub use flow_list::{flow_list, flow_list_json};
#[doc(hidden)]
pub use flow_question::flow_question;
#[doc(hidden)]
pub use flow_text::flow_text;
#[cfg(feature = "server")]
pub use html::{HtmlOptions, PastedText, answer_html, answer_title, article_html};
#[cfg(feature = "import")]
#[doc(hidden)]
pub use imported::imported;
pub use json::json;
#[doc(hidden)]
pub use misses::{MissedProblem, misses, misses_json};
#[cfg(feature = "overview")]
#[doc(hidden)]
pub use overview::{Overview, overview_html};
#[doc(hidden)]
pub use pastes_judged::{pastes_judged, pastes_judged_json};
pub use place::Links;
#[doc(hidden)]
pub use rank_changes::{rank_changes, rank_changes_json};
pub use redact::redact;
#[cfg(feature = "server")]
pub use schema::schemas;
pub use text::{TextOptions, text};
#[doc(hidden)]
pub use visible::{visible, visible_columns};
pub use wire::SCHEMA;
