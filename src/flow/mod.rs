//! Check flows: from what the screens show to the one cause.
//!
//! 1. [`parse`] reads a flow from Markdown; [`check()`] finds what is wrong with it;
//! 2. `evaluate` divides the facts of a paste by device, walks the flows with them and says where
//!    they stop;
//! 3. [`applies()`] evaluates the same conditions in an article's `when:`;
//! 4. [`Dialogue`] goes through a flow with somebody who answers;
//! 5. [`mermaid()`] draws a flow.
//!
//! **The form.** A flow is a Markdown document of headings and list items: a heading for a check, a list
//! item for a case, `「最終アクセス」>「セキュリティチェック」→ 原因: ロック中 [対処](…)`. `docs/design/flows.md` says why.

mod answer;
mod applies;
mod check;
mod condition;
mod dialogue;
mod document;
mod evaluate;
mod mermaid;
mod present;
mod question;
mod remedy;
#[cfg(test)]
mod tests;
mod truth;
#[doc(hidden)]
pub mod value;
mod walk;
mod walked;

#[doc(hidden)]
pub use answer::{Computed, DecidingFact, Dispute};
pub use answer::{Conclusion, FlowAnswer, Step};
#[doc(hidden)]
pub use applies::applies;
#[doc(hidden)]
pub use check::{Gravity, Problem, check};
#[doc(hidden)]
pub use condition::{Condition, ConditionError, Declared, Formula, Missing, Schema};
#[doc(hidden)]
pub use dialogue::{Dialogue, Given, Reply};
pub(crate) use document::parse_all;
#[doc(hidden)]
pub use document::{
    Case, Check, Computation, FactDeclaration, Flow, Link, Placed, Verdict, VerdictKind, When,
    parse,
};
#[doc(hidden)]
pub use evaluate::evaluate;
pub(crate) use evaluate::walk_through;
#[doc(hidden)]
pub use mermaid::mermaid;
#[doc(hidden)]
pub use question::Expects;
#[cfg(feature = "server")]
pub(crate) use question::NOT_KNOWN;
pub use question::Question;
pub use remedy::FlowRemedy;
#[doc(hidden)]
pub use truth::Truth;
#[doc(hidden)]
pub use walk::Contradiction;
pub use walk::State;
