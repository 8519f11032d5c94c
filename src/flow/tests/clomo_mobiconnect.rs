//! Each branch of the flows for CLOMO and MobiConnect is reached by a paste.

use super::paste::{answers, next, of, remedy, screen, states, table};
use crate::flow::Conclusion;

const CLOMO: &str = "clomo-command-not-received";
const JOB: &str = "mobiconnect-job-status";
const OVERWRITE: &str = "mobiconnect-profile-overwrite";
const NOW: &str = "2024-05-08T18:00:00";

#[test]
fn command_not_received() {
    let yes = [
        "年次更新\tはい\n",
        "MDM構成プロファイル\tインストール済み\n",
        "回線速度\t問題なし\n",
        "つなぎ直したあとのコマンドの到着\tいいえ\n",
        "ポートとFQDNの許可\tはい\n",
        "最終応答\t2024-05-07\n",
    ];
    let cases = [
        ("年次更新\tいいえ", 0, "1=cause", "clomo/push-certificate-renewal#対処"),
        ("MDM構成プロファイル\tなし", 1, "1=passed 2=cause", "clomo/mdm-profile-removed#対処"),
        (
            "回線速度\t遅い",
            2,
            "1=passed 2=passed 3=cause",
            "clomo/command-not-received#回線速度が遅い",
        ),
        (
            "つなぎ直したあとのコマンドの到着\tはい",
            3,
            "1=passed 2=passed 3=passed 4=cause",
            "clomo/command-not-received#プッシュ通知サーバーの遅延",
        ),
        (
            "ポートとFQDNの許可\tいいえ",
            4,
            "1=passed 2=passed 3=passed 4=passed 5=cause",
            "clomo/command-not-received#ポートやfqdnの利用が制限されている",
        ),
        (
            "最終応答\t2024-04-02",
            5,
            "1=passed 2=passed 3=passed 4=passed 5=passed 6=cause",
            "clomo/device-token-expired#対処",
        ),
        (
            "",
            6,
            "1=passed 2=passed 3=passed 4=passed 5=passed 6=passed 7=cause",
            "clomo/mdm-function-broken#対処",
        ),
    ];
    for (last, before, expected, link) in cases {
        let paste: String = yes.iter().take(before).copied().chain([last]).collect();
        let answers = answers(&screen(&paste), &[], NOW);
        let answer = of(&answers, CLOMO);
        assert_eq!(states(answer), expected, "{paste}");
        assert_eq!(remedy(answer), link, "{paste}");
    }
    // A long silence alone is a candidate: the two usual causes were not looked at.
    let answers = answers(&screen("最終応答\t2024-04-02"), &[], NOW);
    let answer = of(&answers, CLOMO);
    assert_eq!(answer.conclusion, Conclusion::Open);
    assert!(next(answer).starts_with("「MDMプッシュ通知用証明書の年次更新」"), "{}", next(answer));
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of every branch")]
fn job_status() {
    let job = |status: &str, more: &str| format!("ステータス\t{status}\n{more}");
    let cases = [
        ("成功", "", "1=passed", "job-status#成功"),
        ("待機中", "", "1=passed 2=candidate 9=unknown", "job-status#待機中"),
        ("予約待機中", "", "1=passed 2=candidate 9=unknown", "job-status#予約待機中"),
        ("リトライ待機中", "", "1=passed 2=candidate 9=unknown", "job-status#リトライ待機中"),
        (
            "待機中",
            "直前のジョブ\t完了",
            "1=passed 2=passed 9=unknown",
            "job-status#共通して確かめること",
        ),
        ("PUSH送信中", "", "1=passed 3=unknown 4=cause", "job-status#push送信中"),
        (
            "ＰＵＳＨ送信中",
            "登録日時\t2024/05/08 10:00",
            "1=passed 3=unknown 4=cause",
            "job-status#push送信中",
        ),
        (
            "PUSH要求中",
            "登録日時\t2024/05/08 10:00",
            "1=passed 3=unknown 4=cause",
            "job-status#push要求中",
        ),
        (
            "PUSH送達確認済",
            "登録日時\t2024/05/08 10:00",
            "1=passed 3=unknown 4=cause",
            "job-status#push送達確認済",
        ),
        (
            "PUSH送信中",
            "登録日時\t2024/05/02 17:59",
            "1=passed 3=candidate 4=cause",
            "job-status#push送信中",
        ),
        (
            "PUSH送信中",
            "登録日時\t2024/05/02 18:01",
            "1=passed 3=unknown 4=cause",
            "job-status#push送信中",
        ),
        (
            "PUSH送信中",
            "登録日時\t2024/05/01 10:00\n要求識別\tリモートロック",
            "1=passed 3=passed 4=cause",
            "job-status#push送信中",
        ),
        (
            "PUSH送信中",
            "登録日時\t2024/04/01 10:00\n要求識別\t遠隔初期化",
            "1=passed 3=cause",
            "job-timeout#紛失時対策のタイムアウト",
        ),
        (
            "PUSH送信中",
            "登録日時\t2024/05/01 10:00\n要求識別\tパスワードリセット",
            "1=passed 3=cause",
            "job-timeout#pushタイムアウト",
        ),
        (
            "PUSH送信中",
            "登録日時\t2024/05/08 17:40\n要求識別\t遠隔監視",
            "1=passed 3=cause",
            "job-timeout#遠隔監視のタイムアウト",
        ),
        (
            "実行中",
            "登録日時\t2024/05/08 17:29",
            "1=passed 5=candidate 6=candidate",
            "job-timeout#セッションタイムアウト",
        ),
        (
            "実行中",
            "登録日時\t2024/05/08 17:31",
            "1=passed 5=unknown 6=candidate",
            "job-status#実行中",
        ),
        ("実行中", "", "1=passed 5=unknown 6=candidate", "job-status#実行中"),
        (
            "端末応答待ち",
            "登録日時\t2024/05/08 10:00",
            "1=passed 7=unknown 8=cause",
            "job-status#端末応答待ち",
        ),
        (
            "結果通知待ち",
            "登録日時\t2024/05/08 10:00",
            "1=passed 7=unknown 8=cause",
            "job-status#結果通知待ち",
        ),
        (
            "結果通知待ち",
            "登録日時\t2024/05/01 10:00\n開始日時\t2024/05/01 10:05",
            "1=passed 7=candidate 8=cause",
            "job-status#結果通知待ち",
        ),
        (
            "結果通知待ち",
            "登録日時\t2024/05/01 10:00\n開始日時\t2024/05/08 17:50",
            "1=passed 7=unknown 8=cause",
            "job-status#結果通知待ち",
        ),
        (
            "端末応答待ち",
            "登録日時\t2024/04/01 10:00\n開始日時\t2024/05/01 10:05\n要求識別\tリモートロック",
            "1=passed 7=cause",
            "job-timeout#紛失時対策のタイムアウト",
        ),
        ("PUSHタイムアウト", "", "1=candidate", "job-timeout#pushタイムアウト"),
        ("セッションタイムアウト", "", "1=cause", "job-timeout#セッションタイムアウト"),
        ("要求タイムアウト", "", "1=candidate", "job-timeout#要求タイムアウト"),
        (
            "要求タイムアウト",
            "要求識別\tリモートロック",
            "1=cause",
            "job-timeout#紛失時対策のタイムアウト",
        ),
        ("PUSHタイムアウト", "要求識別\tアプリ配信", "1=cause", "job-timeout#pushタイムアウト"),
        ("要求タイムアウト", "要求識別\t遠隔監視", "1=cause", "job-timeout#遠隔監視のタイムアウト"),
        ("端末エラー", "", "1=cause", "device-error"),
    ];
    for (status, more, expected, link) in cases {
        let paste = job(status, more);
        let answers = answers(&screen(&paste), &[], NOW);
        let answer = of(&answers, JOB);
        assert_eq!(states(answer), expected, "{paste}");
        assert_eq!(remedy(answer), format!("mobiconnect/{link}"), "{paste}");
    }
}

#[test]
fn times_are_computed() {
    let cases = [
        (
            "ステータス\tPUSH送信中\n登録日時\t2024/05/08 10:00",
            "PUSHタイムアウトになる日時 2024-05-14 10:00",
        ),
        (
            "ステータス\tPUSH送信中\n登録日時\t2024/05/08 10:00\n要求識別\tリモートロック",
            "PUSHタイムアウトになる日時 2024-06-07 10:00",
        ),
        (
            "ステータス\t実行中\n登録日時\t2024/05/08 17:50",
            "セッションタイムアウトになる日時 2024-05-08 18:20",
        ),
        (
            "ステータス\t実行中\n登録日時\t2024/05/08 17:50\n要求識別\t遠隔監視",
            "要求タイムアウトになる日時 2024-05-08 18:05",
        ),
        ("失効日\t2024年03月31日 23:59:59", "有効期限が切れてからの時間 37日18時間"),
    ];
    for (paste, expected) in cases {
        let answers = answers(&screen(paste), &[], NOW);
        let computed: Vec<String> = answers
            .iter()
            .flat_map(|answer| &answer.steps)
            .flat_map(|step| &step.computed)
            .map(|computed| format!("{} {}", computed.name, computed.least))
            .collect();
        assert_eq!(computed, [expected], "{paste}");
    }
}

#[test]
fn profile_overwrite() {
    let csv = "端末番号,端末状態,端末情報取得日時,OSバージョン,内部設定適用状況,構成プロファイル上書き完了\n";
    let rows = |row: &str| table(&format!("{csv}{row}"), "端末番号");
    let answers_of = |row: &str, more: &str| {
        let mut facts = rows(row);
        facts.extend(screen(more));
        answers(&facts, &[], NOW)
    };
    let got = "適用前の端末基本情報取得\tはい\nタップ方式で適用した日時\t2015/10/29 10:00";
    let cases = [
        (
            "a,有効,15/10/29 10:50,9.1,FALSE,TRUE",
            "",
            "1=passed",
            "profile-overwrite-status-csv#上書き完了がtrueのとき",
        ),
        (
            "a,有効,15/10/29 10:50,9.1,TRUE,FALSE",
            "",
            "1=passed 2=unknown 3=passed 4=candidate",
            "feature-set-tap-install#端末でのインストール",
        ),
        (
            "a,有効,15/10/29 10:45,8.4.1,FALSE,FALSE",
            "",
            "1=passed 2=unknown 3=candidate",
            "ios91-profile-overwrite#対処の順序",
        ),
        (
            "a,有効,15/10/29 10:45,8.4.1,FALSE,FALSE",
            got,
            "1=passed 2=passed 3=cause",
            "ios91-profile-overwrite#対処の順序",
        ),
        (
            "a,有効,15/10/29 09:45,9.1,FALSE,FALSE",
            got,
            "1=passed 2=unknown",
            "profile-overwrite-status-csv#上書き完了がfalseのとき",
        ),
        (
            "a,有効,15/10/29 10:45,9.1,TRUE,FALSE",
            got,
            "1=passed 2=passed 3=passed 4=cause",
            "feature-set-tap-install#端末でのインストール",
        ),
        (
            "a,有効,15/10/29 10:45,9.1,FALSE,FALSE",
            got,
            "1=passed 2=passed 3=passed 4=cause",
            "ios91-profile-overwrite#上書き可能とするプロファイルの期限",
        ),
    ];
    for (row, more, expected, link) in cases {
        let answers = answers_of(row, more);
        let answer = of(&answers, OVERWRITE);
        assert_eq!(states(answer), expected, "{row} {more}");
        assert_eq!(remedy(answer), format!("mobiconnect/{link}"), "{row} {more}");
    }
    let answers = answers_of("a,有効,15/10/29 10:50,9.1,FALSE,TRUE", "");
    assert_eq!(of(&answers, OVERWRITE).conclusion, Conclusion::Done);
}
