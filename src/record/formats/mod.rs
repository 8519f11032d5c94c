//! The formats, one file each; `registry` says in which order they are tried.

pub(super) mod bizmobile;
pub(super) mod clomo;
pub(super) mod copied;
pub(super) mod error_chain;
mod fields;
pub(super) mod html;
pub(super) mod json;
pub(super) mod line;
pub(super) mod logcat;
pub(super) mod mail;
pub(super) mod mobiconnect;
pub(super) mod row;
pub(super) mod screen;
pub(super) mod syslog;
pub(super) mod table;
pub(super) mod unified_log;
pub(super) mod windows_event;

pub(super) use row::Layout;

#[cfg(test)]
pub(super) mod samples;
