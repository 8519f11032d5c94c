//! The verbs of the program, one file each.

mod against;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod eval;
mod eval_claims;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod flow;
pub(crate) mod import;
pub(crate) mod index;
pub(crate) mod init;
pub(crate) mod man;
pub(crate) mod mask;
#[cfg(feature = "server")]
pub(crate) mod mcp;
pub(crate) mod misses;
pub(crate) mod search;
#[cfg(feature = "server")]
pub(crate) mod serve;
pub(crate) mod show;

use crate::Outcome;
use crate::args::{Check, Eval};
use crate::context::Context;
use crate::errors::Result;

/// Checks a knowledge base, or compares its ranking with that of an index from before.
pub(crate) fn check(context: &Context, arguments: &Check) -> Result<Outcome> {
    match &arguments.against {
        Some(before) => against::run(context, arguments, before),
        None => check::run(context, arguments),
    }
}

/// Measures the ranking, or judges claims by banks of pastes.
pub(crate) fn eval(context: &Context, arguments: &Eval) -> Result<Outcome> {
    if arguments.claims.is_empty() {
        eval::run(context, arguments)
    } else {
        eval_claims::run(context, arguments)
    }
}
