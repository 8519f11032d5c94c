//! Operations that a console holds back until the device is online, and that nobody takes back afterwards.
//!
//! A lost device gets its wipe, its lock or its lost mode as soon as it connects. Whoever has found it
//! and looks for a reason why it does not respond must know that before they bring it online.

use std::sync::OnceLock;

use crate::source::Phrase;
use crate::text::fold;
use crate::text::lexicon::{self, Section};

/// An operation that waits for a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Everything on the device is erased.
    Wipe,
    /// The data of the company is erased.
    SelectiveWipe,
    /// The device is locked.
    Lock,
    /// The device is put into lost mode.
    LostMode,
}

/// The names of operations in consoles and in the MDM protocol, those that hold others first. A name of
/// one common word (`word`) counts where it is the whole of a field, not within one.
const NAMES: &[(&str, Operation, bool)] = &[
    ("セレクティブワイプ", Operation::SelectiveWipe, false),
    ("セレクトティブワイプ", Operation::SelectiveWipe, false),
    ("選択的ワイプ", Operation::SelectiveWipe, false),
    ("選択ワイプ", Operation::SelectiveWipe, false),
    ("企業データのワイプ", Operation::SelectiveWipe, false),
    ("selective wipe", Operation::SelectiveWipe, false),
    ("enterprise wipe", Operation::SelectiveWipe, false),
    ("遠隔初期化", Operation::Wipe, false),
    ("リモート初期化", Operation::Wipe, false),
    ("端末初期化", Operation::Wipe, false),
    ("デバイス初期化", Operation::Wipe, false),
    ("デバイスの初期化", Operation::Wipe, false),
    ("端末の初期化", Operation::Wipe, false),
    ("遠隔ワイプ", Operation::Wipe, false),
    ("リモートワイプ", Operation::Wipe, false),
    ("フルワイプ", Operation::Wipe, false),
    ("デバイスワイプ", Operation::Wipe, false),
    ("端末ワイプ", Operation::Wipe, false),
    ("erasedevice", Operation::Wipe, false),
    ("erase device", Operation::Wipe, false),
    ("wipe device", Operation::Wipe, false),
    ("remotewipe", Operation::Wipe, false),
    ("remote wipe", Operation::Wipe, false),
    ("device wipe", Operation::Wipe, false),
    ("full wipe", Operation::Wipe, false),
    ("ワイプ", Operation::Wipe, true),
    ("初期化", Operation::Wipe, true),
    ("wipe", Operation::Wipe, true),
    ("erase", Operation::Wipe, true),
    ("紛失モード", Operation::LostMode, false),
    ("enablelostmode", Operation::LostMode, false),
    ("lost mode", Operation::LostMode, false),
    ("リモートロック", Operation::Lock, false),
    ("遠隔ロック", Operation::Lock, false),
    ("端末ロック", Operation::Lock, false),
    ("デバイスロック", Operation::Lock, false),
    ("devicelock", Operation::Lock, false),
    ("lock device", Operation::Lock, false),
    ("remote lock", Operation::Lock, false),
    ("ロック", Operation::Lock, true),
];

/// The states of a job that has not ended, as consoles write them.
static WAITING: Section = lexicon::MESSAGE_WORDS.section("waiting");

/// How people say that something is waiting.
static SAID_WAITING: Section = lexicon::MESSAGE_WORDS.section("said to wait");

/// How people say that it has ended.
static SAID_ENDED: Section = lexicon::MESSAGE_WORDS.section("said to have ended");

/// How many characters may stand between an operation and what is said of it.
const FAR: usize = 24;
/// The longest text, in characters, that is about one job: it may name the operation in one sentence and the
/// state that a console shows in another.
const ONE_JOB: usize = 200;
/// The states that no other sentence would hold.
const SHOWN_WAITING: &[&str] = &[
    "push送信中",
    "push要求中",
    "push送達確認済",
    "待機中",
    "結果通知待ち",
    "端末応答待ち",
    "実行待ち",
];

/// The words in the one spelling that texts are compared in.
struct Folded {
    names: Vec<(String, Operation, bool)>,
    waiting: Vec<String>,
    said_waiting: Vec<String>,
    shown_waiting: Vec<String>,
    said_ended: Vec<String>,
}

fn folded() -> &'static Folded {
    static FOLDED: OnceLock<Folded> = OnceLock::new();
    let all = |words: &[&str]| words.iter().map(|word| fold(word)).collect();
    FOLDED.get_or_init(|| Folded {
        names: NAMES.iter().map(|(name, it, whole)| (fold(name), *it, *whole)).collect(),
        waiting: all(&WAITING),
        said_waiting: all(&SAID_WAITING),
        shown_waiting: all(SHOWN_WAITING),
        said_ended: all(&SAID_ENDED),
    })
}

impl Operation {
    /// The operation of a field that names one: `要求識別`, `コマンド`.
    #[must_use]
    pub fn of_field(value: &str) -> Option<Self> {
        if value.len() > 200 {
            return None;
        }
        let text = fold(value);
        let fits = |(name, _, whole): &&(String, Self, bool)| {
            text == *name || !*whole && text.contains(name.as_str())
        };
        folded().names.iter().find(fits).map(|(_, operation, _)| *operation)
    }

    /// The operation that a sentence says to be waiting: 「ワイプを送ったのにコマンド実行待ちのまま」.
    #[must_use]
    pub fn said_waiting(text: &str) -> Option<Self> {
        let text: String = text.chars().take(2000).collect();
        let words = folded();
        let text = fold(&text);
        if words.said_ended.iter().any(|word| text.contains(word.as_str())) {
            return None;
        }
        for (name, operation, whole) in &words.names {
            for (at, _) in text.match_indices(name.as_str()) {
                let behind = text.get(at + name.len()..).unwrap_or_default();
                let behind: String = behind.chars().take(FAR).collect();
                // An operation that was done already is the past of another trouble: 初期化しても待機中.
                let named = !*whole
                    || words.said_waiting.iter().any(|word| behind.starts_with(word.as_str()))
                    || ["が", "は", "の", "を", "コマンド", "ジョブ", "要求", " "]
                        .iter()
                        .any(|particle| behind.starts_with(particle));
                let shown = !*whole
                    && text.chars().count() <= ONE_JOB
                    && words.shown_waiting.iter().any(|word| text.contains(word.as_str()));
                if shown
                    || named && words.said_waiting.iter().any(|word| behind.contains(word.as_str()))
                {
                    return Some(*operation);
                }
            }
        }
        None
    }

    /// Whether a field says that a job has not ended.
    #[must_use]
    pub fn is_waiting(state: &str) -> bool {
        state.len() <= 60 && folded().waiting.contains(&fold(state))
    }

    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wipe => "wipe",
            Self::SelectiveWipe => "selective_wipe",
            Self::Lock => "lock",
            Self::LostMode => "lost_mode",
        }
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
mod tests {
    use super::*;

    #[test]
    fn fields_name_operations() {
        let cases = [
            ("遠隔初期化", Some(Operation::Wipe)),
            ("ワイプ", Some(Operation::Wipe)),
            ("ﾜｲﾌﾟ", Some(Operation::Wipe)),
            ("EraseDevice", Some(Operation::Wipe)),
            ("紛失時対策（遠隔初期化）", Some(Operation::Wipe)),
            ("セレクティブワイプ", Some(Operation::SelectiveWipe)),
            ("リモートロック", Some(Operation::Lock)),
            ("紛失モード", Some(Operation::LostMode)),
            ("アプリ配信", None),
            ("パスコードロック設定", None),
            ("初期化パラメーター", None),
        ];
        for (field, operation) in cases {
            assert_eq!(Operation::of_field(field), operation, "{field}");
        }
    }

    #[test]
    fn sentences_say_that_one_is_waiting() {
        let cases = [
            ("ワイプを送ったのにコマンド実行待ちのまま", Some(Operation::Wipe)),
            ("遠隔初期化がPUSH送信中から進みません", Some(Operation::Wipe)),
            ("リモートロックが待機中です。端末は見つかりました", Some(Operation::Lock)),
            ("紛失モードのジョブが保留になっている", Some(Operation::LostMode)),
            (
                "遠隔初期化をキャンセルしたい。端末は見つかった。ステータスはPUSH送信中",
                Some(Operation::Wipe),
            ),
            ("遠隔初期化がPUSHタイムアウトになりました", None),
            ("端末を初期化しても待機中のまま直らない", None),
            ("ワイプをキャンセルしました", None),
            ("アプリ配信がPUSH送信中のまま", None),
            ("ワイプするとどうなりますか", None),
        ];
        for (text, operation) in cases {
            assert_eq!(Operation::said_waiting(text), operation, "{text}");
        }
        assert!(Operation::is_waiting("ＰＵＳＨ送信中"));
        assert!(!Operation::is_waiting("PUSHタイムアウト"));
    }
}
