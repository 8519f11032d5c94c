//! The difference of two messages that look alike.

use crate::text::Script;

/// The parts of two wordings that differ: between their common beginning and their common end, widened to whole words,
/// so that a person reads 「が無効になっています」 and not 「が無効になっ」.
pub(super) fn apart(one: &str, other: &str) -> (String, String) {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut begin = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let rest = one.len().min(other.len()) - begin;
    let same_end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let mut end = same_end.min(rest);
    if begin == one.len() && begin == other.len() {
        return (String::new(), String::new());
    }
    while joined(&one, begin) || joined(&other, begin) {
        begin -= 1;
    }
    while joined(&one, one.len() - end) || joined(&other, other.len() - end) {
        end -= 1;
    }
    let part = |text: &[char]| text.iter().take(text.len() - end).skip(begin).collect::<String>();
    (part(&one), part(&other))
}

/// Whether two wordings begin or end alike, as far as a third of the shorter: others nobody takes for each other.
pub(super) fn alike_at_sight(one: &str, has: &str, other: &str) -> bool {
    let count = |text: &str| text.chars().count();
    let common = count(one).saturating_sub(count(has));
    3 * common >= count(one).min(count(other))
}

/// Whether a cut before the character `at` would divide a word.
fn joined(text: &[char], at: usize) -> bool {
    let script = |at: usize| text.get(at).and_then(|it| Script::of(*it));
    let before = at.checked_sub(1).and_then(script);
    before.is_some() && before == script(at)
}

#[cfg(test)]
crate::source::cases! {
    differences_of_messages: |it| {
        let (one, other) = two(it);
        let (has, lacks) = apart(one, other);
        format!("{has}|{lacks}")
    };
    messages_alike_at_sight: |it| {
        let (one, other) = two(it);
        alike_at_sight(one, &apart(one, other).0, other)
    };
}
