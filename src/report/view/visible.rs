//! The one place where text from outside is made harmless for a terminal.
//!
//! A log is written by whoever can make a device write it, and an article by whoever can send a
//! change. Neither may move the cursor, change the title of the window, turn the direction of the
//! text, or draw over what Shirube says. Whatever could is shown instead of obeyed.

use std::borrow::Cow;

pub(crate) use crate::source::steers;

/// `text` with every character that could steer a terminal shown instead.
///
/// A tab becomes a space, C0 controls become their pictures (`␛`), and C1 controls, direction
/// marks, line separators and tag characters their code points (`<U+202E>`). A line feed stays.
///
/// ```
/// use shirube::report::visible;
///
/// assert_eq!(visible("\u{1b}[31mred"), "␛[31mred");
/// assert_eq!(visible("abc\u{202e}cba"), "abc<U+202E>cba");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if steers(character) {
            show(character, &mut shown);
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// The same, of a text that is to be kept.
pub(crate) fn sanitized(text: &str) -> String {
    visible(text).into_owned()
}

/// The same, of a text that is mostly harmless already.
pub(crate) fn harmless(text: String) -> String {
    if text.chars().any(steers) { sanitized(&text) } else { text }
}

/// The same for text that goes to a file or to another program: its tabs stay tabs.
///
/// ```
/// use shirube::report::visible_columns;
///
/// assert_eq!(visible_columns("a\tb\u{1b}[2J"), "a\tb␛[2J");
/// ```
#[must_use]
pub fn visible_columns(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|character| character != '\t' && steers(character)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split('\t').map(visible).collect::<Vec<Cow<'_, str>>>().join("\t"))
}

fn show(character: char, shown: &mut String) {
    match u32::from(character) {
        0x09 => shown.push(' '),
        // The block of control pictures follows the order of the controls.
        code @ 0..=0x1f => shown.push(char::from_u32(0x2400 + code).unwrap_or('\u{fffd}')),
        0x7f => shown.push('\u{2421}'),
        code => shown.push_str(&format!("<U+{code:04X}>")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    crate::source::cases! {
        visible_text: |text| visible(text).to_string();
    }

    proptest! {
        #[test]
        fn leaves_nothing_that_steers(text in any::<String>()) {
            prop_assert!(!visible(&text).chars().any(steers));
        }
    }
}
