//! From incidents to remedies: candidates, ranking, evidence.
//!
//! 1. `query` takes an incident apart: weighed words, a message to align, keys of codes and states;
//! 2. `retrieve` proposes articles, by words of passages, of titles, of wordings, and by keys;
//! 3. `rank` scores them by every kind of evidence (words, `align`) at their best passages (`work`), with the one
//!    table of `weights`; `coverage` is how much of the message these hold, `one_way` narrows it to one way to ask;
//! 4. `pointer` puts what overviews lead to in their place, and `lead` finds the remedy of what matched, by the
//!    document's structure;
//! 5. `confidence` says how sure the best are, `claims` what of it may be said, `evidence` why, and `level` in a word how sure;
//! 6. [`Searcher`] puts the [`Answer`] together; `redact` takes people and places out of it.

mod align;
mod alternatives;
mod answer;
mod article;
mod asides;
mod asked;
mod claims;
mod code_mentions;
mod confidence;
mod coverage;
mod evidence;
mod flows;
mod folded;
mod kind_of;
mod labelled;
mod lead;
mod level;
mod look_alike;
mod named;
mod notice;
mod object;
mod one_way;
mod opposite;
mod options;
mod passage_of;
mod pattern;
mod pointer;
mod polarity;
mod query;
mod rank;
mod read_alike;
mod redact;
mod retrieve;
mod scope;
mod scored;
mod searcher;
mod term;
mod things;
mod waiting;
mod weights;
mod whole;
mod wish;
mod work;
mod written;

pub use crate::article::Role;
#[doc(hidden)]
pub use answer::LastTime;
pub use answer::{
    Answer, Applies, Evidence, EvidenceSource, IncidentAnswer, LookAlike, Matched, NamedCode,
    Notice, Remedy,
};
pub use article::{ArticleEntry, ArticleText};
pub use code_mentions::CodeMention;
pub(crate) use confidence::tells_trouble;
pub(crate) use level::Level;
pub use options::AnswerOptions;
#[doc(hidden)]
pub use redact::redact;
pub use scope::{Scope, ScopeSource};
#[doc(hidden)]
pub use searcher::Searcher;
pub use waiting::Waiting;
pub(crate) use weights::SAME_WORDING;
#[doc(hidden)]
pub use weights::Weights;
