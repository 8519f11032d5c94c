//! Shirube.
fn main() {}
