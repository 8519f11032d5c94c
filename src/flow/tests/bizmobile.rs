//! Each branch of the flows for BizMobile Go! is reached by a paste.

use super::paste::{answers, incident, next, of, reasons, remedy, screen, states};
use crate::facts::Incident;
use crate::flow::{Conclusion, State};

const REQUIRED: &str = "bizmobile-profile-sync-required";
const NOT_COMPLETE: &str = "bizmobile-sync-not-complete";
const NOW: &str = "2024-05-08T18:00:00";

const RENEW: &str = "Apple Push証明書を更新してください。無効もしくは有効期限が切れています";
const INVALID: &str = "Apple Push証明書が無効になっています";
const FAILED: &str = "InstallProfile: (4026) プロファイル\"a\"がパスワード変更を要求している可能性があります、パスワードを変更できません。";

struct Branch {
    paste: &'static str,
    messages: &'static [&'static str],
    states: &'static str,
    remedy: &'static str,
    reasons: &'static str,
}

fn check(flow: &str, branches: &[Branch]) {
    for branch in branches {
        let incidents: Vec<Incident> =
            branch.messages.iter().map(|message| incident(message, &[])).collect();
        let answers = answers(&screen(branch.paste), &incidents, NOW);
        let answer = of(&answers, flow);
        let about = format!("{flow}: {} {:?}", branch.paste, branch.messages);
        assert_eq!(states(answer), branch.states, "{about}");
        assert_eq!(remedy(answer), branch.remedy, "{about}");
        if !branch.reasons.is_empty() {
            assert_eq!(reasons(answer), branch.reasons, "{about}");
        }
    }
}

#[test]
fn sync_not_complete() {
    let log = "bizmobile/operation-log#ログの開き方";
    check(
        NOT_COMPLETE,
        &[
            Branch {
                paste: "デバイス情報を要求\t2024年05月06日 08:00:00\n手動で同期した日時\t2024年05月08日 17:19\nアラーム\tApple Push証明書を更新してください。無効もしくは有効期限が切れています",
                messages: &[],
                states: "1=passed 2=cause",
                remedy: "bizmobile/push-certificate#更新を求めるアラームが出ている",
                reasons: "「Apple Push証明書を更新してください。無効もしくは有効期限が切れています」が出ている",
            },
            Branch {
                paste: "",
                messages: &[RENEW],
                states: "1=unknown 2=cause",
                remedy: "bizmobile/push-certificate#更新を求めるアラームが出ている",
                reasons: "",
            },
            Branch {
                paste: "デバイス情報を要求\t2024年05月06日 08:00:00\n手動で同期した日時\t2024年05月08日 17:19\nクリティカル\t0\nメジャー\t0\nマイナー\t0\n警告\t0",
                messages: &[],
                states: "1=passed 2=cause",
                remedy: "bizmobile/sync-not-complete#デバイス情報を要求が更新されていない",
                reasons: "",
            },
            Branch {
                paste: "デバイス情報を要求\t2024年05月06日 08:00:00\n手動で同期した日時\t2024年05月08日 17:19\nクリティカル\t1",
                messages: &[],
                states: "1=passed 2=unknown",
                remedy: "",
                reasons: "",
            },
            Branch {
                paste: "最終アクセス\t2022年09月30日 11:54:56\nデバイス情報を要求\t2022年10月20日 07:52:02\nセキュリティチェック\t2022年09月30日 11:54:56",
                messages: &[],
                states: "1=unknown 2=unknown 3=cause",
                remedy: "bizmobile/sync-not-complete#最終アクセスが更新されていない",
                reasons: "「最終アクセス」（2022-09-30 11:54:56）が「デバイス情報を要求」（2022-10-20 07:52:02）と同じか、それより前",
            },
            Branch {
                paste: "最終アクセス\t2024年05月08日 17:19:29\nデバイス情報を要求\t2024年05月08日 17:19:29\n手動同期日時\t2024年05月08日 17:19:29",
                messages: &[],
                states: "1=passed 3=cause",
                remedy: "bizmobile/sync-not-complete#最終アクセスが更新されていない",
                reasons: "",
            },
            Branch {
                paste: "最終アクセス\t2024年05月08日 17:19:30\nデバイス情報を要求\t2024年05月08日 17:19:29\nセキュリティチェック\t2024年05月06日 08:00:00\n手動同期日時\t2024年05月08日 17:19",
                messages: &[],
                states: "1=passed 3=passed 4=candidate 5=unknown",
                remedy: "bizmobile/sync-not-complete#セキュリティチェックが更新されていない",
                reasons: "「セキュリティチェック」（2024-05-06 08:00:00）が「デバイス情報を要求」（2024-05-08 17:19:29）と同じか、それより前",
            },
            Branch {
                paste: "最終アクセス\t2024年05月08日 17:19:30\nデバイス情報を要求\t2024年05月08日 17:19:29\nセキュリティチェック\t2024年05月06日 08:00:00\n操作の種類\tアプリの追加",
                messages: &[FAILED],
                states: "1=unknown 2=unknown 3=passed 4=passed 5=passed",
                remedy: log,
                reasons: "「操作の種類」は「アプリの追加」",
            },
            Branch {
                paste: "最終アクセス\t2022年11月08日 17:19:30\nデバイス情報を要求\t2022年11月08日 17:19:29\nセキュリティチェック\t2022年11月08日 17:19:35",
                messages: &[],
                states: "1=unknown 2=unknown 3=passed 4=passed 5=unknown",
                remedy: log,
                reasons: "",
            },
            Branch {
                paste: "最終アクセス\t2024/05/08 17:19\nデバイス情報を要求\t2024/05/08 17:19\nセキュリティチェック\t2024/05/08 17:19",
                messages: &[],
                states: "1=unknown 2=unknown 3=unknown 4=unknown 5=unknown",
                remedy: log,
                reasons: "",
            },
        ],
    );
}

#[test]
fn profile_sync_required() {
    let valid = "失効日\t2024年12月31日 23:59:59\nシリアル情報\t4F2A\nサブジェクト情報\tcom.apple\nアラーム\tなし\n";
    let times = |request: &str, access: &str, security: &str| -> &'static str {
        format!("{valid}デバイス情報を要求\t{request}\n最終アクセス\t{access}\nセキュリティチェック\t{security}").leak()
    };
    let at = |second: u32| format!("2024年05月08日 17:19:{second}");
    check(
        REQUIRED,
        &[
            Branch {
                paste: "失効日\t\nシリアル情報\t\nサブジェクト情報\t",
                messages: &[],
                states: "1-a=cause",
                remedy: "bizmobile/push-certificate#失効日が空欄のとき",
                reasons: "「失効日」が空欄 / 「シリアル情報」が空欄 / 「サブジェクト情報」が空欄",
            },
            Branch {
                paste: "失効日\t2024年03月31日 23:59:59\nシリアル情報\t4F2A",
                messages: &[],
                states: "1-a=cause",
                remedy: "bizmobile/push-certificate#失効日が過ぎているとき",
                reasons: "「失効日」（2024-03-31 23:59:59）が現在（2024-05-08 18:00:00）より前",
            },
            Branch {
                paste: "失効日\t2024年12月31日 23:59:59",
                messages: &[INVALID],
                states: "1-a=cause",
                remedy: "bizmobile/push-certificate-invalid#対処",
                reasons: "「Apple Push証明書が無効になっています」が出ている",
            },
            Branch {
                paste: "失効日\t2024年12月31日 23:59:59",
                messages: &[],
                states: "1-a=unknown 2-b=unknown 3-c=unknown 4-d=unknown 5-e=unknown",
                remedy: "bizmobile/profile-sync-required#プロファイルの設定をログで確認する",
                reasons: "",
            },
            Branch {
                paste: times(&at(29), &at(20), &at(20)),
                messages: &[],
                states: "1-a=passed 2-b=cause",
                remedy: "bizmobile/profile-sync-required#インターネットへの接続を確認する",
                reasons: "「デバイス情報を要求」（2024-05-08 17:19:29）が「最終アクセス」（2024-05-08 17:19:20）より後",
            },
            Branch {
                paste: times(&at(29), &at(29), &at(29)),
                messages: &[],
                states: "1-a=passed 2-b=unknown",
                remedy: "bizmobile/profile-sync-required#インターネットへの接続を確認する",
                reasons: "「デバイス情報を要求」（2024-05-08 17:19:29）が「最終アクセス」（2024-05-08 17:19:29）と同じか、それより前 / 「デバイス情報を要求」（2024-05-08 17:19:29）が「最終アクセス」（2024-05-08 17:19:29）と同じか、それより後",
            },
            Branch {
                paste: times(&at(29), &at(30), "2024年05月06日 08:00:00"),
                messages: &["a: 同期によるインストールが必要です"],
                states: "1-a=passed 2-b=passed 3-c=candidate 4-d=unknown 5-e=unknown",
                remedy: "bizmobile/profile-sync-required#パスコードロックを解除する",
                reasons: "「最終アクセス」（2024-05-08 17:19:30）が「セキュリティチェック」（2024-05-06 08:00:00）より後",
            },
            Branch {
                paste: "デバイス情報を要求\t2024/05/08 17:10\n最終アクセス\t2024/05/08 17:19\nセキュリティチェック\t2024/05/06 08:00",
                messages: &["a: 同期によるインストールが必要です"],
                states: "1-a=unknown 2-b=passed 3-c=candidate 4-d=unknown 5-e=unknown",
                remedy: "bizmobile/profile-sync-required#パスコードロックを解除する",
                reasons: "",
            },
            Branch {
                paste: times(&at(29), &at(30), &at(30)),
                messages: &[FAILED],
                states: "1-a=passed 2-b=passed 3-c=passed 4-d=passed",
                remedy: "bizmobile/profile-sync-required#プロファイルの設定をログで確認する",
                reasons: "「最終アクセス」（2024-05-08 17:19:30）が「セキュリティチェック」（2024-05-08 17:19:30）と同じか、それより前",
            },
            Branch {
                paste: times(
                    "2024/05/08 17:10",
                    "2024/05/08 17:19",
                    "2024/05/08 17:19\n失敗の記録\tなし",
                ),
                messages: &[],
                states: "1-a=passed 2-b=passed 3-c=passed 4-d=passed 5-e=cause",
                remedy: "bizmobile/profile-sync-required#デバイス内部の一時的な障害",
                reasons: "",
            },
        ],
    );
}

#[test]
fn flows_of_one_symptom_that_disagree_leave_it_open() {
    let paste = "最終アクセス\t2024年05月08日 17:19:40\nデバイス情報を要求\t2024年05月08日 17:19:29\nセキュリティチェック\t2024年05月08日 17:19:35";
    let answers = answers(&screen(paste), &[], NOW);
    let ids: Vec<&str> = answers.iter().map(|answer| answer.id.as_str()).collect();
    assert_eq!(ids, [REQUIRED, NOT_COMPLETE], "the newer flow leads");
    for (answer, number) in answers.iter().zip(["3-c", "4"]) {
        assert_eq!(answer.conclusion, Conclusion::Disputed);
        let step = answer.steps.iter().find(|step| step.number == number).expect("the check");
        assert_eq!(step.state, State::Unknown);
        let dispute = step.dispute.as_ref().expect("it is disputed");
        assert_eq!(dispute.leads, number == "4");
        assert!(!dispute.reasons.is_empty());
        assert!(next(answer).contains("判断が分かれます"));
    }
    assert_eq!(
        reasons(&answers[0]),
        "「最終アクセス」（2024-05-08 17:19:40）が「セキュリティチェック」（2024-05-08 17:19:35）より後"
    );
}

#[test]
fn premises_are_asked_for_where_they_decide() {
    let locked = "最終アクセス\t2024年05月08日 17:19:30\nデバイス情報を要求\t2024年05月08日 17:19:29\nセキュリティチェック\t2024年05月06日 08:00:00";
    let answered = answers(&screen(locked), &[], NOW);
    let answer = of(&answered, NOT_COMPLETE);
    assert_eq!(answer.conclusion, Conclusion::Open, "a premise states nothing");
    let step = answer.steps.iter().find(|step| step.number == "4").expect("the check");
    assert!(step.candidate && step.remedy.is_some());
    assert_eq!(step.assumed, [("操作の種類".to_owned(), "プロファイルの変更".to_owned())]);
    assert!(next(answer).contains("「操作の種類」"), "{}", next(answer));
    let leading = of(&answered, REQUIRED);
    assert!(next(leading).contains("「操作の種類」"), "{}", next(leading));
    let told = format!("{locked}\n操作の種類\tプロファイルの追加");
    let answered = answers(&screen(&told), &[], NOW);
    assert_eq!(of(&answered, NOT_COMPLETE).conclusion, Conclusion::Cause);
    assert_eq!(next(of(&answered, NOT_COMPLETE)), "");
    let silent =
        "最終アクセス\t2024年05月06日 17:19:30\nデバイス情報を要求\t2024年05月08日 17:19:29";
    let answered = answers(&screen(silent), &[], NOW);
    assert_eq!(next(of(&answered, NOT_COMPLETE)), "");
}
