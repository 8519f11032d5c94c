//! The answer as it is shown: text for a terminal, HTML for a browser, JSON for a program.
//!
//! 1. `view` says an answer in one language, as parts that know what they are;
//! 2. `text` and `html` lay the parts out, and `json` has the wire types of the answer itself;
//! 3. beside them a file each for what else is shown: findings, flows, misses, judged pastes, the overview.
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
pub use self::{
    devices::devices_csv,
    eval_json::evaluation_json,
    eval_text::{evaluation, query_shown},
    findings::{findings, findings_github, findings_json, findings_sarif},
    flow_list::{flow_list, flow_list_json},
    json::{article_json, articles_json},
    misses::{MissedProblem, misses, misses_json, statistics_csv},
    pastes_judged::{pastes_judged, pastes_judged_json},
    rank_changes::{rank_changes, rank_changes_json},
    text::{article_index, article_list, article_text, flow_question, flow_text},
    view::{visible, visible_columns},
};
#[cfg(feature = "server")]
#[doc(hidden)]
pub use html::{HtmlOptions, PastedText, answer_html, answer_title, article_html};
#[cfg(feature = "import")]
#[doc(hidden)]
pub use imported::imported;
#[cfg(feature = "server")]
pub use json::schemas;
pub use json::{explanations_json, json};
#[cfg(feature = "overview")]
#[doc(hidden)]
pub use overview::{Overview, overview_html};
pub use text::{Links, TextOptions, explanations, text};

pub use crate::search::redact;
