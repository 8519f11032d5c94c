//! The fields of a line whose fields stand between spaces, as devices write them.

/// The first field, and what stands behind it.
pub(super) fn word(text: &str) -> Option<(&str, &str)> {
    text.trim_start().split_once(' ').filter(|(word, _)| !word.is_empty())
}

/// Whether a field is a plain number: a process, a thread.
pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The message at the end of a line, where there is one.
pub(super) fn said(message: &str) -> Option<&str> {
    Some(message.trim()).filter(|message| !message.is_empty())
}
