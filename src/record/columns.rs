//! The meanings of the labels of columns and screens.

use crate::facts::fold;

/// The content of a column or a labelled value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Time,
    Device,
    User,
    Severity,
    /// The state of the thing that the row is about.
    State,
    Message,
    /// The MDM command or the kind of job.
    Command,
    Code,
    /// Known, and none of the above.
    Known,
    /// A label that nobody knows.
    Unknown,
}

/// Labels with their roles. Compared folded, without case and spaces.
pub(super) const LABELS: &[(&str, Role)] = &[
    ("日時", Role::Time),
    ("日付", Role::Time),
    ("時刻", Role::Time),
    ("発生日時", Role::Time),
    ("登録日時", Role::Time),
    ("実行日時", Role::Time),
    ("更新日時", Role::Time),
    ("受信日時", Role::Time),
    ("開始日時", Role::Time),
    ("実行開始日時", Role::Time),
    ("送信日時", Role::Time),
    ("タイムスタンプ", Role::Time),
    ("date", Role::Time),
    ("time", Role::Time),
    ("datetime", Role::Time),
    ("timestamp", Role::Time),
    ("date/time", Role::Time),
    ("dateandtime", Role::Time),
    ("日付と時刻", Role::Time),
    ("管理番号", Role::Device),
    ("端末番号", Role::Device),
    ("端末名", Role::Device),
    ("端末", Role::Device),
    ("デバイス名", Role::Device),
    ("デバイス", Role::Device),
    ("端末id", Role::Device),
    ("デバイスid", Role::Device),
    ("対象端末", Role::Device),
    ("対象デバイス", Role::Device),
    ("pc名", Role::Device),
    ("コンピュータ", Role::Device),
    ("コンピュータ名", Role::Device),
    ("コンピューター", Role::Device),
    ("コンピューター名", Role::Device),
    ("ホスト名", Role::Device),
    ("ホスト", Role::Device),
    ("device", Role::Device),
    ("devicename", Role::Device),
    ("host", Role::Device),
    ("hostname", Role::Device),
    ("computer", Role::Device),
    ("ユーザ", Role::User),
    ("ユーザー", Role::User),
    ("ユーザ名", Role::User),
    ("ユーザー名", Role::User),
    ("所有者名", Role::User),
    ("利用者", Role::User),
    ("氏名", Role::User),
    ("オペレータ", Role::User),
    ("user", Role::User),
    ("username", Role::User),
    ("深刻度", Role::Severity),
    ("重要度", Role::Severity),
    ("重大度", Role::Severity),
    ("レベル", Role::Severity),
    ("severity", Role::Severity),
    ("level", Role::Severity),
    ("priority", Role::Severity),
    ("ステータス", Role::State),
    ("状態", Role::State),
    ("同期状態", Role::State),
    ("登録状態", Role::State),
    ("端末状態", Role::State),
    ("デバイス状態", Role::State),
    ("結果", Role::State),
    ("状況", Role::State),
    ("実行結果", Role::State),
    ("コマンド実行結果", Role::State),
    ("インストール状態", Role::State),
    ("適用状態", Role::State),
    ("接続状態", Role::State),
    ("status", Role::State),
    ("state", Role::State),
    ("result", Role::State),
    ("説明", Role::Message),
    ("メッセージ", Role::Message),
    ("内容", Role::Message),
    ("エラー内容", Role::Message),
    ("エラーメッセージ", Role::Message),
    ("ログ", Role::Message),
    ("文面", Role::Message),
    ("詳細", Role::Message),
    ("概要", Role::Message),
    ("message", Role::Message),
    ("msg", Role::Message),
    ("description", Role::Message),
    ("detail", Role::Message),
    ("details", Role::Message),
    ("text", Role::Message),
    ("event", Role::Message),
    ("要求識別", Role::Command),
    ("コマンド", Role::Command),
    ("command", Role::Command),
    ("requesttype", Role::Command),
    ("エラーコード", Role::Code),
    ("エラー番号", Role::Code),
    ("errornumber", Role::Code),
    ("hresult", Role::Code),
    ("コード", Role::Code),
    ("errorcode", Role::Code),
    ("code", Role::Code),
    ("テンプレート", Role::Known),
    ("登録情報名", Role::Known),
    ("タイプ", Role::Known),
    ("種別", Role::Known),
    ("type", Role::Known),
    ("source", Role::Known),
    ("ソース", Role::Known),
    ("イベントid", Role::Known),
    ("eventid", Role::Known),
    ("グループ", Role::Known),
    ("機種", Role::Known),
    ("メーカー", Role::Known),
    ("社員番号", Role::Known),
    ("備考", Role::Known),
    ("サービスプラン", Role::Known),
    ("osバージョン", Role::Known),
    ("端末情報取得日時", Role::Known),
    ("内部設定適用状況", Role::Known),
    ("構成プロファイル上書き完了", Role::Known),
    ("最終アクセス", Role::Known),
    ("最終同期完了", Role::Known),
    ("最終応答", Role::Known),
    ("チェックインアドレス", Role::Known),
    ("チェックイン日", Role::Known),
    ("ブラウザ", Role::Known),
    ("mdm登録時に使用のエージェント", Role::Known),
    ("デバイス情報を要求", Role::Known),
    ("セキュリティチェック", Role::Known),
    ("mdmアクセス権情報", Role::Known),
    ("mdmプロファイル署名用証明書有効期限", Role::Known),
    ("解除の理由", Role::Known),
    ("失効日", Role::Known),
    ("シリアル情報", Role::Known),
    ("サブジェクト情報", Role::Known),
    ("プロファイル", Role::Known),
    ("シリアル番号", Role::Known),
    ("件名", Role::Known),
    ("タイトル", Role::Known),
    ("subject", Role::Known),
    ("no", Role::Known),
    ("no.", Role::Known),
    ("番号", Role::Known),
    ("行", Role::Known),
    ("キャンセル", Role::Known),
    ("要求", Role::Known),
    ("os", Role::Known),
    ("最終応答日時", Role::Known),
    ("最終アクセス日時", Role::Known),
    ("最終同期完了日時", Role::Known),
    ("セキュリティチェック日時", Role::Known),
    ("push証明書の失効日", Role::Known),
    ("push証明書失効日", Role::Known),
    ("手動で同期した日時", Role::Known),
    ("手動同期日時", Role::Known),
    ("操作の種類", Role::Known),
    ("終了日時", Role::Known),
    ("完了日時", Role::Known),
];

/// The role of a label; what a bracket or a slash adds to it (「エラー コード (16 進)」) does not change it.
pub(super) fn role(label: &str) -> Role {
    let label = label.trim();
    if label.is_empty() || label.len() > 80 {
        return Role::Unknown;
    }
    let mut folded = fold(label).to_lowercase();
    folded.retain(|c| c != ' ' && c != '_');
    let known =
        |label: &str| LABELS.iter().find(|(known, _)| *known == label).map(|&(_, role)| role);
    known(&folded)
        .or_else(|| known(folded.strip_suffix(')')?.rsplit_once('(')?.0))
        .or_else(|| known(folded.split_once('/')?.0))
        .unwrap_or(Role::Unknown)
}

/// How many known labels leave no doubt that a row is a header.
const CERTAIN: usize = 3;

/// Whether a line's cells are the labels of columns: at least two are known, and all look like labels. A
/// spreadsheet's row number may stand before them.
pub(super) fn is_header<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    let mut known = 0;
    let mut unknown = 0;
    let mut states = 0;
    for (place, cell) in cells.enumerate() {
        let cell = cell.trim();
        if cell.is_empty() || place == 0 && is_row_number(cell) {
            continue;
        }
        if role(cell) != Role::Unknown {
            known += 1;
            states += usize::from(super::words::state(cell).is_some());
        } else if cell.len() > 60
            || cell.bytes().any(|byte| byte.is_ascii_digit())
            || super::words::state(cell).is_some()
        {
            return false;
        } else {
            unknown += 1;
        }
    }
    // A label that is a state besides (キャンセル) names a column among labels alone.
    known - states >= if states > 0 { CERTAIN } else { 2 } && known >= unknown
}

/// Whether a cell numbers its row.
pub(super) fn is_row_number(cell: &str) -> bool {
    !cell.is_empty() && cell.len() <= 6 && cell.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_roles_however_they_are_written() {
        assert_eq!(role("ＯＳバージョン"), Role::Known);
        assert_eq!(role("Device Name"), Role::Device);
        assert_eq!(role("ﾕｰｻﾞ"), Role::User);
        assert_eq!(role("最終"), Role::Unknown);
        assert_eq!(role("エラー コード (16 進)"), Role::Code);
        assert_eq!(role("エラー メッセージ/コード"), Role::Message);
    }

    #[test]
    fn a_header_is_labels_alone() {
        assert!(is_header(["登録日時", "要求識別", "ステータス"].into_iter()));
        assert!(is_header(["登録日時", "端末番号", "ステータス", "キャンセル"].into_iter()));
        assert!(is_header(["1", "端末番号", "ステータス", "備考"].into_iter()));
        assert!(!is_header(["ステータス", "実行中"].into_iter()));
        assert!(!is_header(["端末番号", "ステータス", "キャンセル"].into_iter()));
        assert!(!is_header(["端末番号", "04f45f00a1b2"].into_iter()));
    }
}
