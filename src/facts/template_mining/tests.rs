use super::*;

/// For each message, a line each, the first that it is one with.
fn joined(messages: &str) -> String {
    let wording = |line| Wording { wording: str::as_bytes(line), codes: &[] };
    let wordings: Vec<Wording<'_>> = messages.lines().map(wording).collect();
    format!("{:?}", join(&wordings))
}

crate::source::cases! {
    messages_that_are_one: joined;
}
