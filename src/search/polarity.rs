//! Whether a wording speaks of something that went wrong.
//!
//! A console reports a success in the words of the failure (「接続しました」, 「接続に失敗しました」), so
//! shared words alone would bring up the failure's remedy. A message that tells of nothing wrong is
//! no evidence for an article that does.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::text::fold;

/// Parts of words, folded, that tell of something wrong, in both languages. They are parts rather
/// than words: できない, できません and できなかった share one.
const TROUBLE: &[&str] = &[
    "失敗",
    "エラ",
    "異常",
    "障害",
    "警告",
    "違反",
    "できな",
    "できま",
    "出来な",
    "出来ま",
    "不正",
    "不足",
    "不可",
    "不能",
    "不明",
    "不一致",
    "切れ",
    "無効",
    "拒否",
    "禁止",
    "制限",
    "超え",
    "超過",
    "上限",
    "違い",
    "違う",
    "違っ",
    "異なり",
    "見つから",
    "存在しな",
    "存在しま",
    "ありませ",
    "届かな",
    "届きま",
    "応答な",
    "応答しな",
    "応答が",
    "応答無",
    "破損",
    "壊れ",
    "中断",
    "中止",
    "停止",
    "停滞",
    "タイムアウト",
    "遅延",
    "遅れ",
    "必要",
    "可能性",
    "要求してい",
    "競合",
    "重複",
    "ロック中",
    "未登録",
    "未設定",
    "ブロック",
    "隔離",
    "欠け",
    "欠落",
    "誤り",
    "誤っ",
    "問題",
    "切断",
    "却下",
    "れない",
    "れませ",
    "しない",
    "しませ",
    "更新してくだ",
    "確認してくだ",
    "不具合",
    "取り消され",
    "キャンセル",
    "ません",
    "忘れ",
    "なくし",
    "失くし",
    "無くし",
    "紛失し",
    "盗ま",
    "盗難",
    "落とし",
    "割れ",
    "ng",
    "error",
    "fail",
    "denied",
    "invalid",
    "timeout",
    "timed out",
    "refused",
    "unable",
    "cannot",
    "can't",
    "not ",
    "reject",
    "exceed",
    "mismatch",
    "corrupt",
    "expired",
    "unreachable",
    "critical",
    "fatal",
    "exception",
    "abort",
    "unknown",
    "missing",
    "must ",
    "requires",
    "no response",
    "lost",
];

/// 「問題はありません」 and the like deny the trouble that they name.
const DENIED: &[&str] = &[
    "問題はありませ",
    "問題ありませ",
    "異常はありませ",
    "異常ありませ",
    "エラはありませ",
    "アラームはありませ",
    "アラームありませ",
    "アラートはありませ",
    "警告はありませ",
    "警告ありませ",
    "no error",
];

/// Both lists, folded as wordings are.
static FOLDED: LazyLock<[Vec<String>; 2]> =
    LazyLock::new(|| [TROUBLE, DENIED].map(|list| list.iter().map(|part| fold(part)).collect()));

/// Whether the wording tells of something wrong.
pub(super) fn tells_trouble(wording: &str) -> bool {
    let [trouble, denied] = &*FOLDED;
    let mut rest = fold(wording);
    for phrase in denied {
        if rest.contains(phrase) {
            rest = rest.replace(phrase, "");
        }
    }
    trouble.iter().any(|part| rest.contains(part))
}

/// Parts of [`TROUBLE`] that are no kind of trouble by themselves: grammar, what one is asked to do, and an operation.
const UNSPECIFIC: &[&str] = &[
    "できな",
    "できま",
    "出来な",
    "出来ま",
    "れない",
    "れませ",
    "しない",
    "しませ",
    "ません",
    "違い",
    "必要",
    "可能性",
    "要求してい",
    "更新してくだ",
    "確認してくだ",
    "キャンセル",
    "ng",
    "not ",
    "must ",
    "requires",
    "エラ",
    "問題",
    "失敗",
    "error",
    "fail",
    "cannot",
    "can't",
    "unable",
    "ありませ",
    "取り消され",
    "制限",
    "停止",
    "中止",
    "応答が",
];

static UNSPECIFIC_FOLDED: LazyLock<Vec<String>> =
    LazyLock::new(|| UNSPECIFIC.iter().map(|part| fold(part)).collect());

/// Parts of [`TROUBLE`] that tell of one kind of trouble, the kind first.
const KINDS: &[&[&str]] = &[&["紛失し", "なくし", "失くし", "無くし", "落とし"], &["盗ま", "盗難"]];

/// The kinds of trouble that a wording tells of: 切れ is another one than 無効.
pub(super) fn troubles(wording: &str) -> BTreeSet<&'static str> {
    let wording = fold(wording);
    let specific = FOLDED[0].iter().filter(|part| !UNSPECIFIC_FOLDED.contains(part));
    let told = specific.filter(|part| wording.contains(part.as_str())).map(String::as_str);
    let kind = |part: &'static str| {
        let kind = KINDS.iter().find(|kind| kind.contains(&part)).and_then(|kind| kind.first());
        kind.copied().unwrap_or(part)
    };
    told.map(kind).collect()
}

#[cfg(test)]
mod tests {
    use super::tells_trouble;

    #[test]
    fn success_is_told_from_failure() {
        for wording in [
            "エージェントへの接続に失敗しました",
            "パスワードを変更できません。",
            "Apple Push証明書が無効になっています",
            "同期によるインストールが必要です",
            "connection refused",
            "ｴﾗｰが発生しました",
        ] {
            assert!(tells_trouble(wording), "{wording}");
        }
        for wording in [
            "エージェント fs-osaka03 が接続しました。",
            "世代 48 の整合性の検査が終わりました。問題はありません。",
            "プロファイルのインストールに成功しました",
            "同期完了",
            "session opened for user root",
        ] {
            assert!(!tells_trouble(wording), "{wording}");
        }
    }
}
