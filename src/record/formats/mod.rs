//! The formats, one file each; `registry` says in which order they are tried.

pub(super) mod bizmobile;
pub(super) mod clomo;
pub(super) mod line;
pub(super) mod mobiconnect;
mod row;
pub(super) mod screen;
pub(super) mod table;
