//! The verbs of the program, one file each.

mod against;
mod check;
mod completions;
mod config;
mod eval;
mod eval_claims;
mod explain;
mod export;
mod flow;
mod import;
mod index;
mod init;
mod man;
mod mask;
#[cfg(feature = "server")]
mod mcp;
mod misses;
mod search;
#[cfg(feature = "server")]
mod serve;
mod show;

pub(crate) use completions::run as completions;
pub(crate) use config::run as config;
pub(crate) use explain::run as explain;
pub(crate) use export::run as export;
pub(crate) use flow::run as flow;
pub(crate) use import::run as import;
pub(crate) use index::run as index;
pub(crate) use init::run as init;
pub(crate) use man::run as man;
pub(crate) use mask::run as mask;
#[cfg(feature = "server")]
pub(crate) use mcp::run as mcp;
pub(crate) use misses::run as misses;
pub(crate) use search::run as search;
#[cfg(feature = "server")]
pub(crate) use serve::run as serve;
pub(crate) use show::{list, show};

use crate::Outcome;
use crate::args::{Check, Eval};
use crate::context::Context;
use crate::errors::CommandError;

/// Checks a knowledge base, or compares its ranking with that of an index from before.
pub(crate) fn check(context: &Context, arguments: &Check) -> Result<Outcome, CommandError> {
    match &arguments.against {
        Some(before) => against::run(context, arguments, before),
        None => check::run(context, arguments),
    }
}

/// Measures the ranking, or judges claims by banks of pastes.
pub(crate) fn eval(context: &Context, arguments: &Eval) -> Result<Outcome, CommandError> {
    if arguments.claims.is_empty() {
        eval::run(context, arguments)
    } else {
        eval_claims::run(context, arguments)
    }
}
