//! The one place where text from outside is made harmless for a terminal.
//!
//! A log is written by whoever can make a device write it, and an article by whoever can send a
//! change. Neither may move the cursor, change the title of the window, turn the direction of the
//! text, or draw over what Shirube says. Whatever could is shown instead of obeyed.

use std::borrow::Cow;

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

/// Whether a terminal may do something else with `character` than to draw it.
pub(super) const fn steers(character: char) -> bool {
    match character {
        '\n' => false,
        // C0, DEL and C1.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        // Direction: ALM, LRM, RLM, embeddings, overrides, isolates (Unicode UAX #9).
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        // Line and paragraph separators, interlinear annotation, tags.
        '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
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

    #[test]
    fn shows_what_steers_and_leaves_the_rest() {
        for (text, shown) in [
            ("プロファイル", "プロファイル"),
            ("a\tb", "a b"),
            ("a\r\nb", "a␍\nb"),
            ("\u{1b}]0;title\u{7}", "␛]0;title␇"),
            ("\u{9b}31m", "<U+009B>31m"),
            ("x\u{7f}", "x␡"),
            ("\u{2067}abc\u{2069}", "<U+2067>abc<U+2069>"),
            ("か\u{3099}", "か\u{3099}"),
            ("👨‍👩‍👧", "👨‍👩‍👧"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    proptest! {
        #[test]
        fn leaves_nothing_that_steers(text in any::<String>()) {
            prop_assert!(!visible(&text).chars().any(steers));
        }
    }
}
