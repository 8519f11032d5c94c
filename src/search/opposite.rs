//! Operations that undo each other: 「紛失モードを解除したい」 is not answered by how to lock.

use std::borrow::Cow;

use crate::text::fold;
use crate::text::lexicon::OPPOSITES;

/// The sections of operations, each with that of what undoes it.
const PAIRS: [(&str, &str); 6] = [
    ("lock", "not lock"),
    ("enable", "not enable"),
    ("register", "not register"),
    ("install", "not install"),
    ("start", "not start"),
    ("allow", "not allow"),
];

/// Whether a heading is about the opposite of the operation that a question is about, and not about that operation.
pub(super) fn is_opposite(question: &str, heading: &str) -> bool {
    let (question, heading) = (fold(question), fold(heading));
    PAIRS.iter().any(|&pair| {
        Side::of(&question, pair)
            .is_some_and(|asked| Side::of(&heading, pair).is_some_and(|told| asked != told))
    })
}

/// Whether a line is about the operation that a question is about, and not about its opposite.
pub(super) fn is_same(question: &str, line: &str) -> bool {
    let (question, line) = (fold(question), fold(line));
    let side = |text: &str, pair| Side::of(text, pair);
    PAIRS.iter().any(|&pair| side(&question, pair).is_some_and(|it| Some(it) == side(&line, pair)))
}

/// Which of two opposite operations a text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Doing,
    Undoing,
}

impl Side {
    /// `None` where a folded text is about neither or about both.
    fn of(text: &str, (doing, undoing): (&str, &str)) -> Option<Self> {
        let mut rest = Cow::Borrowed(text);
        for entry in OPPOSITES.entries(undoing) {
            if rest.contains(entry.as_str()) {
                rest = Cow::Owned(rest.replace(entry.as_str(), " "));
            }
        }
        let undoing = rest != text;
        let doing = OPPOSITES.entries(doing).iter().any(|entry| rest.contains(entry.as_str()));
        match (doing, undoing) {
            (true, false) => Some(Self::Doing),
            (false, true) => Some(Self::Undoing),
            _ => None,
        }
    }
}

#[cfg(test)]
crate::source::cases! {
    opposite_operations: |it| { let (question, heading) = two(it); is_opposite(question, heading) };
}
