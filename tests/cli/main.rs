//! The program as it is used: arguments and a paste in, text, status and nothing else out.
//!
//! Every run has an environment of its own ([`run::Run`]); one module a verb.

mod against;
#[path = "../support/cache.rs"]
mod cache;
mod check;
mod completions;
mod config;
mod errors;
mod eval;
mod explain;
mod export;
mod flow;
mod harm;
mod help;
mod import;
mod index;
mod init;
mod man;
mod mask;
mod misses;
mod run;
mod search;
mod show;
