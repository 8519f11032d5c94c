//! The answer as it is shown: text for a person at a terminal, HTML for one at a browser, JSON for a
//! program.
//!
//! Reports hold no decision about what helps: they are a function of the [`Answer`] and of their
//! options. They write into memory; where the bytes go is the caller's affair.
//!
//! [`Answer`]: crate::search::Answer

mod devices;
mod eval_json;
mod eval_text;
mod findings;
mod flow_list;
#[cfg(feature = "server")]
mod html;
#[cfg(feature = "import")]
mod imported;
mod json;
mod misses;
#[cfg(feature = "overview")]
mod overview;
mod pastes_judged;
mod rank_changes;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
mod text;
mod view;

#[doc(hidden)]
pub use devices::devices_csv;
#[doc(hidden)]
pub use eval_json::evaluation_json;
#[doc(hidden)]
pub use eval_text::{evaluation, query_shown};
#[doc(hidden)]
pub use findings::{findings, findings_github, findings_json, findings_sarif};
#[doc(hidden)]
pub use flow_list::{flow_list, flow_list_json};
#[cfg(feature = "server")]
#[doc(hidden)]
pub use html::{HtmlOptions, PastedText, answer_html};
#[cfg(feature = "server")]
#[doc(hidden)]
pub use html::{answer_title, article_html};
#[cfg(feature = "import")]
#[doc(hidden)]
pub use imported::imported;
#[cfg(feature = "server")]
pub use json::schemas;
#[doc(hidden)]
pub use json::{article_json, articles_json};
pub use json::{explanations_json, json};
#[doc(hidden)]
pub use misses::{MissedProblem, misses, misses_json, statistics_csv};
#[cfg(feature = "overview")]
#[doc(hidden)]
pub use overview::{Overview, overview_html};
#[doc(hidden)]
pub use pastes_judged::{pastes_judged, pastes_judged_json};
#[doc(hidden)]
pub use rank_changes::{rank_changes, rank_changes_json};
pub use text::{Links, TextOptions, explanations, text};
#[doc(hidden)]
pub use text::{article_index, article_list, article_text, flow_question, flow_text};
#[doc(hidden)]
pub use view::{visible, visible_columns};

pub use crate::search::redact;
