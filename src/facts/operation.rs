//! Operations that a console holds back until the device is online, and that nobody takes back afterwards.
//!
//! A lost device gets its wipe, its lock or its lost mode as soon as it connects. Whoever has found it
//! and looks for a reason why it does not respond must know that before they bring it online.

use crate::source::{Phrase, named};
use crate::text::fold;
use crate::text::lexicon::{MESSAGE_WORDS, OPERATIONS, Section};

named! {
    /// An operation that waits for a device.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum Operation {
        /// Everything on the device is erased.
        Wipe = "wipe",
        /// The data of the company is erased.
        SelectiveWipe = "selective_wipe",
        /// The device is locked.
        Lock = "lock",
        /// The device is put into lost mode.
        LostMode = "lost_mode",
    }
}

/// The sections of the names of operations, those that hold others first. A name of one common word counts where it
/// is the whole of a field, not within one.
const NAMES: [(&str, Operation, bool); 6] = [
    ("selective wipe", Operation::SelectiveWipe, false),
    ("wipe", Operation::Wipe, false),
    ("wipe alone", Operation::Wipe, true),
    ("lost mode", Operation::LostMode, false),
    ("lock", Operation::Lock, false),
    ("lock alone", Operation::Lock, true),
];

/// The names of operations, folded, each with whether it is one common word.
fn names() -> impl Iterator<Item = (&'static String, Operation, bool)> {
    NAMES.iter().flat_map(|&(section, operation, whole)| {
        OPERATIONS.entries(section).iter().map(move |name| (name, operation, whole))
    })
}

/// How many characters may be between an operation and what is said of it.
const FAR: usize = 24;
/// The longest text, in characters, that is about one job: it may name the operation in one sentence and the
/// state that a console shows in another.
const ONE_JOB: usize = 200;
static AFTER: Section = MESSAGE_WORDS.section("after operations");

impl Operation {
    /// The operation of a field that names one: `要求識別`, `コマンド`.
    #[must_use]
    pub fn of_field(value: &str) -> Option<Self> {
        if value.len() > 200 {
            return None;
        }
        let text = fold(value);
        names()
            .find(|(name, _, whole)| text == **name || !whole && text.contains(name.as_str()))
            .map(|(_, operation, _)| operation)
    }

    /// The operation that a sentence says to be waiting: 「ワイプを送ったのにコマンド実行待ちのまま」.
    #[must_use]
    pub fn said_waiting(text: &str) -> Option<Self> {
        let text: String = text.chars().take(2000).collect();
        let text = fold(&text);
        let said = |section: &str, text: &str| {
            MESSAGE_WORDS.entries(section).iter().any(|word| text.contains(word.as_str()))
        };
        if said("said to have ended", &text) {
            return None;
        }
        let shown = text.chars().count() <= ONE_JOB && said("shown to wait", &text);
        for (name, operation, whole) in names() {
            for (at, _) in text.match_indices(name.as_str()) {
                let behind = text.get(at + name.len()..).unwrap_or_default();
                let behind: String = behind.chars().take(FAR).collect();
                // An operation that was done already is the past of another trouble: 初期化しても待機中.
                let mut waiting = MESSAGE_WORDS.entries("said to wait").iter();
                let named = !whole
                    || waiting.any(|word| behind.starts_with(word.as_str()))
                    || AFTER.iter().any(|particle| behind.starts_with(particle));
                if shown && !whole || named && said("said to wait", &behind) {
                    return Some(operation);
                }
            }
        }
        None
    }

    /// Whether a field says that a job has not ended.
    #[must_use]
    pub fn is_waiting(state: &str) -> bool {
        state.len() <= 60 && MESSAGE_WORDS.entries("waiting").contains(&fold(state))
    }

    /// The warning before anything that brings the device online.
    #[must_use]
    pub fn warning(self) -> Phrase {
        match self {
            Self::Wipe => Phrase::new(
                "初期化が実行待ちです。つながると消えます。端末が見つかったなら、先にそのジョブをキャンセルしてください",
                "A wipe is waiting. Once the device connects, everything on it is erased. If it has been found, cancel that one job first",
            ),
            Self::SelectiveWipe => Phrase::new(
                "セレクティブワイプが実行待ちです。つながると業務データと構成が消えます。端末が見つかったなら、先にそのジョブをキャンセルしてください",
                "A selective wipe is waiting. Once the device connects, the company's data and settings are erased. If it has been found, cancel that one job first",
            ),
            Self::Lock => Phrase::new(
                "リモートロックが実行待ちです。つながると画面がロックされます。端末が見つかったなら、先にそのジョブをキャンセルしてください",
                "A remote lock is waiting. Once the device connects, it is locked. If it has been found, cancel that one job first",
            ),
            Self::LostMode => Phrase::new(
                "紛失モードが実行待ちです。つながると紛失モードになり、解除するまで使えません。端末が見つかったなら、先にそのジョブをキャンセルしてください",
                "Lost mode is waiting. Once the device connects, it cannot be used until lost mode is ended. If it has been found, cancel that one job first",
            ),
        }
    }
}

#[cfg(test)]
crate::source::cases! {
    fields_of_operations: |field| shown(Operation::of_field(field).map(Operation::name));
    waiting_operations: |text| shown(Operation::said_waiting(text).map(Operation::name));
    waiting_states: Operation::is_waiting;
}
