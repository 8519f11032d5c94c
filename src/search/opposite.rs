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
mod tests {
    use super::*;

    #[test]
    fn what_undoes_an_operation_is_its_opposite() {
        for (question, heading) in [
            ("紛失モードを解除したい", "まずロックする"),
            ("機能制限を無効にしたい", "制限を有効にする"),
            ("プロファイルをアンインストールしたい", "プロファイルをインストールする"),
            ("端末を削除したい", "端末を登録する"),
            ("how do I unlock the iPad", "Lock the device"),
        ] {
            assert!(is_opposite(question, heading), "{question} {heading}");
            assert!(is_opposite(heading, question), "{heading} {question}");
            assert!(!is_opposite(question, question), "{question}");
        }
    }

    #[test]
    fn both_or_neither_is_no_opposite() {
        for (question, heading) in [
            ("紛失モードを解除したい", "紛失モードの使い方"),
            ("証明書が無効になった", "証明書を有効にする"),
            ("プロファイルを削除して登録し直したい", "端末を登録する"),
            ("アンインストールできない", "アンインストールしてから、インストールする"),
        ] {
            assert!(!is_opposite(question, heading), "{question} {heading}");
        }
    }
}
