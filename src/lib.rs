//! Shirube: paste a log, get the remedy that the manual already holds.
//!
//! A device-management console reports an error. Somebody pastes its log, and Shirube answers with the
//! passage of the manual that helps, what must be known before acting, and why it is the right one. The
//! program does so on a command line, in a browser and for other tools; this crate is what it is made of.
//!
//! # A short story
//!
//! A [`KnowledgeBase`] is opened once and asked from any thread:
//!
//! ```
//! use shirube::index::Root;
//! use shirube::search::Evidence;
//! use shirube::{AnswerOptions, KnowledgeBase, Paste, jiff};
//!
//! # fn main() -> Result<(), shirube::Error> {
//! // A directory of Markdown, open("manual"), or the knowledge base that the library carries.
//! let manual = KnowledgeBase::open(Root::Embedded)?;
//!
//! // The library reads no clock: whoever asks says when.
//! let options = AnswerOptions::at(jiff::civil::date(2026, 11, 23).at(9, 30, 0, 0));
//! let log = "2024/05/14 10:21:48  sato_iPhone12  InstallProfile: (4026) プロファイル\"sales\"が\
//!            パスワード変更を要求している可能性があります、パスワードを変更できません。\n";
//! let answer = manual.answer(log, &options)?;
//!
//! // The records of one problem are one incident. The remedies of each come best first.
//! let found = &answer.incidents[0];
//! assert_eq!(found.incident.codes[0].number, 4026);
//! let remedy = &found.remedies[0];
//! assert_eq!(remedy.id, "bizmobile/installprofile-password-change");
//! assert!(remedy.confidence > 0.9);
//!
//! // Some remedies cost data: what to know before acting belongs to the answer, and so does the why.
//! assert!(remedy.destructive && !remedy.cautions.is_empty());
//! assert!(remedy.evidence.iter().any(|reason| matches!(reason, Evidence::Message { .. })));
//!
//! // A question is asked by the same door, alone or about a log.
//! let answer = manual.answer(Paste::from(log).with_question("4026 はどうすれば直る？"), &options)?;
//! assert_eq!(answer.incidents[0].incident.codes[0].number, 4026);
//! # Ok(())
//! # }
//! ```
//!
//! Where nothing in the manual fits, [`remedies`](search::IncidentAnswer::remedies) is empty: nothing is
//! claimed. What is near is under [`related`](search::IncidentAnswer::related).
//!
//! # Further reading
//!
//! - **Words for people.** [`report`] writes an answer as text for a terminal, and as JSON whose shape has a
//!   version (`shirube.answer/1`). Everything that comes from a log or an article is hostile until then.
//! - **Long logs.** A [`Paste`] may be text, bytes, a stream of any length, or several files; memory does not grow
//!   with it.
//! - **A kept index.** [`IndexOptions::directory`](index::IndexOptions::directory) keeps the index, so that the next
//!   start builds only what has changed.
//! - **News.** [`KnowledgeBase::reload`] takes up a snapshot that somebody has published meanwhile, for a stat
//!   of one file; [`KnowledgeBase::open_index`] needs no documents and writes nothing.
//! - **Flows.** Where a screen was pasted, [`Answer::flows`](search::Answer::flows) says how far its values
//!   lead to the cause, and what to look at next ([`flow`]).
//! - **Logs of your own.** A [`record::CustomFormat`] reads a form that Shirube does not know; codes of
//!   your own are a file in the `codes/` of the knowledge base.
//!
//! `examples/` has a program for each. [`jiff`], whose times the library speaks in, is re-exported.
//!
//! # Guarantees
//!
//! Reading a paste or an article never fails: what makes no sense is a [`Warning`](source::Warning) with its
//! place. The same input gives the same answer, byte for byte, on any number of threads. The library never
//! prints, never exits, and reads neither the clock, nor the environment, nor the working directory.
//!
//! # Features
//!
//! `default-features = false` is the library alone. The program's features are `cli` (the command line),
//! `server` (HTTP, the page, the Model Context Protocol; in the library the JSON Schemas of [`report`]) and `import`. Mails and spreadsheets are read with `documents`.
//!
//! # Hidden rooms
//!
//! Everything that is documented here is kept as it is within a version. The program is made of more, which is public
//! for its sake alone and hidden here: the modules `article`, `check`, `eval`, `export`, `import`, `kb`, `misses` and
//! `text`, and of the modules below whatever is not listed (`tests/snapshots/front_door__public_names.snap` counts and
//! names all of it).

#[doc(hidden)]
pub mod article;
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod eval;
#[doc(hidden)]
pub mod export;
pub mod facts;
pub mod flow;
#[cfg(feature = "import")]
#[doc(hidden)]
pub mod import;
pub mod index;
#[doc(hidden)]
pub mod kb;
mod knowledge_base;
#[doc(hidden)]
pub mod misses;
pub mod record;
pub mod report;
pub mod search;
pub mod source;
#[doc(hidden)]
pub mod text;

pub use jiff;
pub use knowledge_base::{Error, Explained, ExplainedError, KnowledgeBase, Paste};
#[doc(no_inline)]
pub use search::{Answer, AnswerOptions};
