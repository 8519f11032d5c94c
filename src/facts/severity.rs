//! How bad a log says something is: by a column or a level, else by its wording.

use super::Severity;
use super::fold::fold;

/// The words of severity columns and log levels, in lower case.
const LEVELS: &[(&str, Severity)] = &[
    ("クリティカル", Severity::Error),
    ("メジャー", Severity::Error),
    ("重大", Severity::Error),
    ("致命的", Severity::Error),
    ("緊急", Severity::Error),
    ("エラー", Severity::Error),
    ("異常", Severity::Error),
    ("障害", Severity::Error),
    ("失敗", Severity::Error),
    ("高", Severity::Error),
    ("マイナー", Severity::Warning),
    ("警告", Severity::Warning),
    ("注意", Severity::Warning),
    ("中", Severity::Warning),
    ("情報", Severity::Info),
    ("詳細", Severity::Info),
    ("通知", Severity::Info),
    ("正常", Severity::Info),
    ("成功", Severity::Info),
    ("低", Severity::Info),
    ("critical", Severity::Error),
    ("major", Severity::Error),
    ("emergency", Severity::Error),
    ("emerg", Severity::Error),
    ("alert", Severity::Error),
    ("fatal", Severity::Error),
    ("severe", Severity::Error),
    ("crit", Severity::Error),
    ("error", Severity::Error),
    ("err", Severity::Error),
    ("fault", Severity::Error),
    ("failure", Severity::Error),
    ("failed", Severity::Error),
    ("minor", Severity::Warning),
    ("warning", Severity::Warning),
    ("warn", Severity::Warning),
    ("notice", Severity::Info),
    ("information", Severity::Info),
    ("informational", Severity::Info),
    ("info", Severity::Info),
    ("debug", Severity::Info),
    ("trace", Severity::Info),
    ("verbose", Severity::Info),
    ("default", Severity::Info),
    ("success", Severity::Info),
    ("ok", Severity::Info),
];

/// Wordings that tell of a failure, folded and in lower case.
const FAILURES: &[&str] = &[
    "エラー",
    "失敗",
    "できません",
    "できない",
    "できませんでした",
    "異常",
    "障害",
    "切れて",
    "切れました",
    "無効に",
    "無効です",
    "失効",
    "拒否",
    "見つかりません",
    "応答がありません",
    "応答しません",
    "タイムアウト",
    "不正",
    "破損",
    "中断",
    "error",
    "fail",
    "denied",
    "refused",
    "cannot",
    "can't",
    "could not",
    "unable",
    "exception",
    "fatal",
    "panic",
    "timed out",
    "timeout",
    "invalid",
    "expired",
    "rejected",
    "not found",
    "unreachable",
    "corrupt",
];

/// Wordings that tell of something to look at.
const WARNINGS: &[&str] =
    &["警告", "注意", "必要です", "してください", "warning", "deprecated", "retry"];

/// Wordings that tell of success.
const HARMLESS: &[&str] = &[
    "成功",
    "完了",
    "開始しました",
    "正常",
    "更新しました",
    "登録しました",
    "送信しました",
    "ログインしました",
    "取得しました",
    "受信しました",
    "success",
    "completed",
    "started",
    "acknowledged",
    "was pushed",
];

/// The severity that a cell or a level names, whole.
pub(crate) fn read_level(word: &str) -> Option<Severity> {
    if word.len() > 40 {
        return None;
    }
    let word = fold(word.trim()).to_ascii_lowercase();
    LEVELS.iter().find(|(level, _)| *level == word).map(|&(_, severity)| severity)
}

/// The severity that a message's wording tells.
pub(crate) fn read_wording(message: &str) -> Severity {
    let folded = fold(message).to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if has(FAILURES) {
        // 「エラーはありません」 and 0 errors tell of none.
        let none = ["エラーはありません", "エラーなし", "0 errors", "no errors", "without error"];
        if none.iter().any(|word| folded.contains(word)) {
            return Severity::Info;
        }
        Severity::Error
    } else if has(WARNINGS) {
        Severity::Warning
    } else if has(HARMLESS) {
        Severity::Info
    } else {
        Severity::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_whole() {
        assert_eq!(read_level("警告"), Some(Severity::Warning));
        assert_eq!(read_level(" ERROR "), Some(Severity::Error));
        assert_eq!(read_level("ｴﾗｰ"), Some(Severity::Error));
        assert_eq!(read_level("エラーです"), None);
    }

    #[test]
    fn wordings_tell() {
        let cases = [
            ("パスワードを変更できません。", Severity::Error),
            ("Apple Push証明書が無効になっています", Severity::Error),
            ("同期によるインストールが必要です", Severity::Warning),
            ("同期が完了しました", Severity::Info),
            ("0 errors", Severity::Info),
            ("端末一覧", Severity::Unknown),
        ];
        for (message, severity) in cases {
            assert_eq!(read_wording(message), severity, "{message}");
        }
    }
}
