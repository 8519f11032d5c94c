//! The other ways in: the Model Context Protocol, and that every way gives the same answer.
#![cfg(feature = "server")]

#[path = "../support/cache.rs"]
mod cache;
mod judged;
mod mcp;
mod program;
mod same_answer;
