//! Words that consoles show as states, and how a sentence differs from a name.

use crate::facts::{Severity, fold};

/// States of jobs and devices, as consoles write them (MobiConnect's job list, BizMobile's device
/// screens), with how bad they are.
const STATES: &[(&str, Severity)] = &[
    ("PUSH送信中", Severity::Warning),
    ("PUSH要求中", Severity::Warning),
    ("PUSH送達確認済", Severity::Warning),
    ("PUSHタイムアウト", Severity::Error),
    ("セッションタイムアウト", Severity::Error),
    ("要求タイムアウト", Severity::Error),
    ("端末エラー", Severity::Error),
    ("サーバーエラー", Severity::Error),
    ("実行中", Severity::Warning),
    ("結果通知待ち", Severity::Warning),
    ("端末応答待ち", Severity::Warning),
    ("待機中", Severity::Warning),
    ("予約待機中", Severity::Warning),
    ("リトライ待機中", Severity::Warning),
    ("予約中", Severity::Info),
    ("キャンセル", Severity::Info),
    ("キャンセル済", Severity::Info),
    ("成功", Severity::Info),
    ("失敗", Severity::Error),
    ("完了", Severity::Info),
    ("同期完了", Severity::Info),
    ("同期要求中", Severity::Warning),
    ("同期進行中", Severity::Warning),
    ("同期確認中", Severity::Warning),
    ("応答無", Severity::Error),
    ("SyncRequired", Severity::Warning),
    ("チェックイン済", Severity::Info),
    ("チェックイン待ち", Severity::Warning),
    ("期限切れ", Severity::Error),
    ("解除済", Severity::Warning),
    ("無効状態", Severity::Warning),
];

/// The severity of a state, where the text is one, whole.
pub(super) fn state(text: &str) -> Option<Severity> {
    let text = text.trim();
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let folded = fold(text);
    STATES.iter().find(|(word, _)| *word == folded).map(|&(_, severity)| severity)
}

/// Words of BizMobile's `タイプ` column.
pub(super) fn is_log_type(text: &str) -> bool {
    matches!(text, "コマンド" | "アラーム" | "イベント")
}

/// How Japanese sentences end in consoles and in people's notes.
const SENTENCE_ENDS: &[&str] = &[
    "です",
    "ます",
    "ません",
    "ました",
    "でした",
    "ください",
    "ない",
    "した",
    "できる",
    "いる",
    "ている",
    "れる",
    "せん",
    "。",
    "!",
    "必要",
    "失敗",
    "エラー",
    "中断",
];

/// Whether a text says something, rather than naming something.
pub(super) fn is_sentence(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['。', '.', '…', '"', ')', '」', '）']);
    if text.chars().count() < 6 {
        return false;
    }
    if text.is_ascii() {
        return text.split(' ').filter(|word| word.len() > 1).count() >= 3;
    }
    SENTENCE_ENDS.iter().any(|end| text.ends_with(end)) || text.contains(['。', '、'])
}

/// How the sentences of consoles end. Plain forms (している) stand within them as well.
const POLITE_ENDS: &[&str] = &["です", "ます", "せん", "ました", "でした", "ください"];

/// Whether a Japanese text ends as the sentences of consoles do.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['"', ')', '」', '）']);
    POLITE_ENDS.iter().any(|end| text.ends_with(end))
}

/// `InstallProfile: (4026)`: where a message begins that reports on a command.
pub(super) fn command_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b':', bytes).find_map(|colon| {
        let rest = bytes.get(colon + 1..)?;
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let digits =
            rest.strip_prefix(b"(")?.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits < 3 || rest.get(digits + 1) != Some(&b')') {
            return None;
        }
        let start = bytes.get(..colon)?.iter().rposition(|byte| !byte.is_ascii_alphabetic());
        let start = start.map_or(0, |at| at + 1);
        (colon > start + 3).then_some(start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_whole_words() {
        assert_eq!(state("ＰＵＳＨ送信中"), Some(Severity::Warning));
        assert_eq!(state("端末エラー"), Some(Severity::Error));
        assert_eq!(state("端末エラーの理由"), None);
    }

    #[test]
    fn sentences_are_told_from_names() {
        for text in [
            "Apple Push証明書が無効になっています",
            "同期によるインストールが必要です",
            "the device is not managed",
        ] {
            assert!(is_sentence(text), "{text}");
        }
        for text in ["mori_20221110", "経費精算アプリ", "iPhone 6 (Hybrid)", "森", "2022年11月10日"]
        {
            assert!(!is_sentence(text), "{text}");
        }
    }

    #[test]
    fn a_command_begins_its_message() {
        let text = "mori 警告 InstallProfile: (4026) プロファイル";
        assert_eq!(
            command_start(text).and_then(|at| text.get(at..at + 14)),
            Some("InstallProfile")
        );
        assert_eq!(command_start("a: (b) c: 4026"), None);
    }
}
