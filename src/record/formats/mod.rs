//! The formats, one file each; `registry` says in which order they are tried.

pub(super) mod bizmobile;
pub(super) mod clomo;
pub(super) mod error_chain;
pub(super) mod line;
pub(super) mod mail;
pub(super) mod mobiconnect;
pub(super) mod row;

pub(super) use row::Layout;
pub(super) mod screen;
pub(super) mod table;

#[cfg(test)]
pub(super) mod samples;
