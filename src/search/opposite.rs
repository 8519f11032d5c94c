//! Operations that undo each other: 「紛失モードを解除したい」 is not answered by how to lock.

use std::borrow::Cow;

use crate::text::fold;
use crate::text::lexicon::OPPOSITES;

/// The sections of operations, each with that of what undoes it.
const PAIRS: [(&str, &str); 7] = [
    ("lock", "not lock"),
    ("enable", "not enable"),
    ("register", "not register"),
    ("install", "not install"),
    ("start", "not start"),
    ("allow", "not allow"),
    ("increase", "not increase"),
];

/// Whether a heading is about the opposite of a question's operation, and neither it nor its section about that.
pub(super) fn is_opposite(question: &str, heading: &str, section: &str) -> bool {
    let question = fold(question);
    let asked = PAIRS.iter().filter_map(|&pair| Some((pair, Side::of(&question, pair)?)));
    let asked: Vec<_> = asked.collect();
    let tells = |text: &str, same: bool| {
        let text = fold(text);
        let mut told = asked.iter().filter_map(|&(pair, it)| Some((it, Side::of(&text, pair)?)));
        told.any(|(asked, told)| (asked == told) == same)
    };
    tells(heading, false) && !section.lines().any(|line| tells(line, true))
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
    opposite_operations: |it| { let (question, heading) = two(it); is_opposite(question, heading, "") };
}
