//! How bad a log says something is: by a column or a level, else by its wording.

use super::Severity;
use super::fold::fold;
use crate::source::looked_at;

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
    "ません",
    "にならない",
    "されない",
    "届かない",
    "動かない",
    "進まない",
    "変わらない",
    "始まらない",
    "終わらない",
    "つながらない",
    "反応しない",
    "応答しない",
    "完了しない",
    "受け取れない",
    "拒否",
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

/// Denials of failures, and courtesy in the words of failure.
const DENIALS: &[&str] = &[
    "エラーはありません",
    "エラーなし",
    "問題ありません",
    "問題はありません",
    "異常ありません",
    "異常はありません",
    "影響はありません",
    "必要はありません",
    "必要ありません",
    "構いません",
    "かまいません",
    "かもしれません",
    "すみません",
    "0 errors",
    "no error",
    "without error",
];

/// Labels that have a word of failure in them: what stands behind them tells.
const LABELS: &[&str] = &[
    "エラーメッセージ",
    "エラー メッセージ",
    "エラー内容",
    "失効日",
    "error message",
    "errormessage",
];

/// Labels that announce a code: they tell of a failure where a code follows that is not nought.
const CODE_LABELS: &[&str] =
    &["エラーコード", "エラー コード", "エラー番号", "error code", "errorcode", "error number"];

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
    // A hundred words are looked for.
    looked_at(4 * message.len());
    let folded = fold(message).to_ascii_lowercase();
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&folded, FAILURES) {
        let (told, denied) = without_denials(&folded);
        if has(&told, FAILURES) {
            return Severity::Error;
        }
        if denied && !has(&told, WARNINGS) {
            return Severity::Info;
        }
    }
    if has(&folded, WARNINGS) {
        Severity::Warning
    } else if has(&folded, HARMLESS) {
        Severity::Info
    } else {
        Severity::Unknown
    }
}

/// The text without what denies failures and without the labels of errors; and whether it denies any.
fn without_denials(folded: &str) -> (String, bool) {
    let mut told = folded.to_owned();
    for label in CODE_LABELS {
        if told.contains(label) {
            told = without_code_label(&told, label);
        }
    }
    for label in LABELS {
        if told.contains(label) {
            told = told.replace(label, " ");
        }
    }
    let mut denied = false;
    for phrase in DENIALS {
        if told.contains(phrase) {
            denied = true;
            told = told.replace(phrase, " ");
        }
    }
    (told, denied)
}

/// The text without a label of codes: a code that is not nought stands for its failure.
fn without_code_label(told: &str, label: &str) -> String {
    let mut kept = String::with_capacity(told.len());
    let mut parts = told.split(label);
    kept.push_str(parts.next().unwrap_or_default());
    for behind in parts {
        looked_at(behind.len());
        let value =
            behind.trim_start_matches([' ', ':', '=', '\t', 'は', 'が', '(', '[', '「', '"']);
        let digits = value.trim_start_matches("0x").trim_start_matches(['-', '(']);
        let coded = digits.starts_with(|c: char| c.is_ascii_hexdigit())
            && digits.trim_start_matches('0').starts_with(|c: char| c.is_ascii_hexdigit());
        kept.push_str(if coded { "失敗" } else { " " });
        kept.push_str(behind);
    }
    kept
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
            ("同期が完了しません", Severity::Error),
            ("同期は完了しました。問題はありません。", Severity::Info),
            ("お手数ですがログを確認してください。すみません", Severity::Warning),
            ("エラーメッセージ：同期が完了しました", Severity::Info),
            ("エラーメッセージ", Severity::Unknown),
            ("ERROR CODE: 0 request completed", Severity::Info),
            ("エラーコード：12008", Severity::Error),
            ("ERROR CODE: 0x80180026", Severity::Error),
            ("端末一覧", Severity::Unknown),
        ];
        for (message, severity) in cases {
            assert_eq!(read_wording(message), severity, "{message}");
        }
    }
}
