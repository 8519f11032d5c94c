//! The formats, one file each; `registry` says in which order they are tried.

pub(super) mod bizmobile;
pub(super) mod copied;
pub(super) mod dialog;
pub(super) mod dsregcmd;
pub(super) mod error_chain;
pub(super) mod html;
pub(super) mod json;
pub(super) mod line;
pub(super) mod mail;
pub(super) mod mobiconnect;
pub(super) mod ns_error;
pub(super) mod row;
pub(super) mod screen;
pub(super) mod table;
pub(super) mod terminal;
pub(super) mod windows_event;

#[cfg(test)]
pub(super) mod samples;
