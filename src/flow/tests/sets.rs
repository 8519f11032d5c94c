//! The same facts in another form, many devices, what contradicts, what is missing.

use std::fmt::Write as _;

use super::paste::{answers, incident, next, of, screen, states, table};
use crate::facts::Fact;
use crate::flow::{Conclusion, State, evaluate, walk_through};

const NOT_COMPLETE: &str = "bizmobile-sync-not-complete";
const JOB: &str = "mobiconnect-job-status";
const OVERWRITE: &str = "mobiconnect-profile-overwrite";
const NOW: &str = "2024-05-08T18:00:00";

#[test]
fn a_missing_fact_asks_and_never_blames() {
    let labels = [
        ("最終アクセス", "2024年05月08日 17:19:30"),
        ("デバイス情報を要求", "2024年05月08日 17:19:29"),
        ("セキュリティチェック", "2024年05月06日 08:00:00"),
    ];
    for (missing, _) in labels {
        let paste: String = labels
            .iter()
            .filter(|(label, _)| *label != missing)
            .map(|(label, value)| format!("{label}\t{value}\n"))
            .collect();
        let answers = answers(&screen(&paste), &[], NOW);
        assert!(!answers.is_empty());
        for answer in &answers {
            let blames = answer.steps.iter().any(|step| step.state == State::Cause);
            let asks = answer.steps.iter().filter_map(|step| step.ask.as_ref());
            let mut asked = asks.filter_map(|ask| ask.label.as_deref());
            assert!(!blames, "{missing} is missing: {}", states(answer));
            assert!(asked.any(|label| label == missing), "{missing}: {}", states(answer));
            assert!(!next(answer).is_empty());
        }
    }
    let answers = answers(&screen("最終アクセス\t2024年05月08日 17:19:30"), &[], NOW);
    let question = of(&answers, NOT_COMPLETE).steps[2].ask.clone().expect("it is asked");
    assert_eq!(question.place.as_deref(), Some("「操作」>「デバイス詳細」>「デバイス状態」"));
}

#[test]
fn a_flow_asks_its_questions_one_by_one() {
    let flow = super::flows().iter().find(|flow| flow.id == "bizmobile-profile-sync-required");
    let flow = flow.expect("it ships");
    let replies = [
        ("失効日", "2024/12/31"),
        ("無効になっています", "いいえ"),
        ("デバイス情報を要求", "2024/05/08 17:19:29"),
        ("最終アクセス", "2024/05/08 17:19:30"),
        ("セキュリティチェック", "2024/05/06 08:00"),
        ("操作の種類", "プロファイルの追加"),
    ];
    let mut facts = Vec::new();
    for (about, reply) in replies {
        let answers = walk_through(flow, &facts, &[], super::paste::now(NOW));
        assert_eq!(answers[0].conclusion, Conclusion::Open);
        let question = answers[0].next.clone().expect("it asks");
        assert!(next(&answers[0]).contains(about), "{about}: {}", next(&answers[0]));
        assert_eq!(question.answered(" ", 1), None);
        facts.extend(question.answered(reply, 1));
    }
    let answers = walk_through(flow, &facts, &[], super::paste::now(NOW));
    assert_eq!(states(&answers[0]), "1-a=passed 2-b=passed 3-c=cause");
    assert!(answers[0].next.is_none());
}

#[test]
fn an_empty_field_is_not_a_missing_one_and_another_certificate_is_not_this_one() {
    let first = |paste: &str| {
        let answers = answers(&screen(paste), &[], NOW);
        answers.first().map(states).unwrap_or_default()
    };
    assert!(first("失効日\t\nシリアル情報\t\nサブジェクト情報\t").starts_with("1-a=cause"));
    assert!(first("失効日\t").starts_with("1-a=unknown"));
    assert_eq!(first("MDMプロファイル署名用証明書有効期限\t2023年03月11日 08:59:59"), "");
    assert_eq!(first("氏名\t森"), "");
}

#[test]
fn contradictions_are_told_with_both_lines() {
    let paste = "最終アクセス\t2024年05月08日 17:19:30\nデバイス情報を要求\t2024年05月08日 17:19:29\n最終アクセス\t2024年05月06日 08:00:00";
    let answers = answers(&screen(paste), &[], NOW);
    let answer = of(&answers, NOT_COMPLETE);
    assert_eq!(answer.contradictions.len(), 1);
    let lines: Vec<u32> =
        answer.contradictions[0].values.iter().map(|(_, place)| place.line).collect();
    assert_eq!(lines, [1, 3]);
    assert!(!answer.steps.iter().any(|step| step.state == State::Cause));
    // The same value twice, written in two ways, is no contradiction.
    let twice = "最終アクセス\t2024年05月08日 17:19:30\n最終アクセス\t2024/05/08 17:19:30";
    let answered = super::paste::answers(&screen(twice), &[], NOW);
    assert!(of(&answered, NOT_COMPLETE).contradictions.is_empty());
}

#[test]
fn devices_are_told_apart_and_share_what_is_told_of_none() {
    let paste = "手動で同期した日時\t2024/05/08 17:00\n# a\n最終アクセス\t2024年05月08日 17:19:30\nデバイス情報を要求\t2024年05月08日 17:19:29\nセキュリティチェック\t2024年05月08日 17:19:31\n# b\n最終アクセス\t2024年05月06日 17:19:30\nデバイス情報を要求\t2024年05月08日 17:19:29";
    let failed = incident("InstallProfile: (4026) 失敗", &["a"]);
    let answers = answers(&screen(paste), &[failed], NOW);
    let of_flow: Vec<_> = answers.iter().filter(|it| it.id == NOT_COMPLETE).collect();
    assert_eq!(of_flow.len(), 2);
    let of_device = |name: &str| {
        let found = of_flow.iter().find(|it| it.devices == [name]);
        *found.unwrap_or_else(|| panic!("{name} has an answer"))
    };
    assert_eq!(states(of_device("a")), "1=passed 3=passed 4=passed 5=passed");
    assert_eq!(of_device("a").steps[4].incidents, [0]);
    assert!(of_device("a").steps[4].searches_log);
    assert_eq!(states(of_device("b")), "1=passed 3=cause");
}

#[test]
fn rows_of_one_device_are_jobs_of_their_own() {
    let facts = table(
        "端末番号,登録日時,ステータス\na,2024/05/08 10:00,PUSH送信中\na,2024/05/08 11:00,PUSH送信中\na,2024/05/08 11:00,成功\nb,2024/05/01 11:00,PUSH送信中",
        "端末番号",
    );
    let answers = answers(&facts, &[], NOW);
    let rows: Vec<(u64, u64, String)> = answers
        .iter()
        .filter(|it| it.id == JOB)
        .map(|it| (it.device_count, it.row_count, states(it)))
        .collect();
    assert_eq!(
        rows,
        [
            (1, 2, "1=passed 3=unknown 4=cause".to_owned()),
            (1, 1, "1=passed 3=candidate 4=cause".to_owned()),
            (1, 1, "1=passed".to_owned()),
        ]
    );
    let computed = &answers[0].steps[2].computed[0];
    assert_eq!(computed.least.to_string(), "2024-05-14 10:00");
    assert_eq!(computed.greatest.to_string(), "2024-05-14 11:00");
    assert!(answers.iter().all(|answer| answer.contradictions.is_empty()));
}

#[test]
fn jobs_of_two_kinds_time_out_at_their_own_times() {
    let jobs = "端末番号,登録日時,要求識別,ステータス\n\
                a,2024/05/20 09:00:12,リモートロック,PUSH送信中\n\
                b,2024/06/03 09:00:12,アプリ配信,PUSH送信中";
    let answers = answers(&table(jobs, "端末番号"), &[], "2024-06-05T10:00:00");
    let mut times: Vec<String> = answers
        .iter()
        .flat_map(|answer| &answer.steps)
        .flat_map(|step| &step.computed)
        .map(|computed| format!("{:?}", computed.least == computed.greatest))
        .collect();
    times.sort();
    // Each kind by itself: neither time is a range over both.
    assert_eq!(times, ["true", "true"]);
}

fn thousand() -> Vec<Fact> {
    let mut csv = String::from(
        "端末番号,端末状態,グループ,機種,氏名,社員番号,備考,端末情報取得日時,OSバージョン,内部設定適用状況,構成プロファイル上書き完了",
    );
    for number in 0..1000 {
        let (version, applied, done) = match number % 4 {
            0 => ("9.1", "FALSE", "TRUE"),
            1 => ("9.1", "TRUE", "FALSE"),
            2 => ("8.4.1", "FALSE", "FALSE"),
            _ => ("9.1", "FALSE", "FALSE"),
        };
        let _ = write!(
            csv,
            "\n{number:012x},有効,sales,iPhone 6 (Hybrid),iPhone,,,15/10/29 10:{:02},{version},{applied},{done}",
            number % 60
        );
    }
    table(&csv, "端末番号")
}

#[test]
fn a_thousand_devices_are_one_row_a_cause() {
    let mut facts = thousand();
    facts.extend(screen(
        "適用前の端末基本情報取得\tはい\nタップ方式で適用した日時\t2015/10/28 10:00",
    ));
    let answers = answers(&facts, &[], NOW);
    let rows: Vec<(&str, u64, String)> =
        answers.iter().map(|it| (it.id.as_str(), it.device_count, states(it))).collect();
    assert_eq!(
        rows,
        [
            (OVERWRITE, 250, "1=passed 2=passed 3=passed 4=cause".to_owned()),
            (OVERWRITE, 250, "1=passed 2=passed 3=cause".to_owned()),
            (OVERWRITE, 250, "1=passed 2=passed 3=passed 4=cause".to_owned()),
            (OVERWRITE, 250, "1=passed".to_owned()),
        ]
    );
    assert_eq!(answers[0].devices.first().map(String::as_str), Some("000000000001"));
    assert_eq!(answers[3].conclusion, Conclusion::Done);
}

#[test]
fn a_long_log_that_no_flow_asks_for_has_no_answer() {
    let incidents: Vec<_> = (0..5000)
        .map(|number| incident(&format!("InstallProfile: (4026) プロファイル\"p{number}\"がパスワード変更を要求している可能性があります。"), &["x"]))
        .collect();
    assert_eq!(answers(&[], &incidents, NOW), []);
}

#[test]
fn the_same_paste_gives_the_same_answer() {
    let facts = thousand();
    let first = evaluate(super::flows(), &facts, &[], super::paste::now(NOW));
    for _ in 0..3 {
        assert_eq!(evaluate(super::flows(), &facts, &[], super::paste::now(NOW)), first);
    }
}

proptest::proptest! {
    #[test]
    fn any_facts_are_walked(
        rows in proptest::collection::vec(
            ("最終アクセス|デバイス情報を要求|セキュリティチェック|失効日|ステータス|登録日時|アラーム|\\PC{0,6}",
             "\\PC{0,12}|2024/05/08 1[0-9]:[0-5][0-9](:[0-5][0-9])?|なし|PUSH送信中",
             "|a|b", 1_usize..5),
            0..12,
        )
    ) {
        let facts: Vec<Fact> = rows
            .into_iter()
            .map(|(label, value, device, line)| Fact {
                label,
                value,
                device: Some(device).filter(|device| !device.is_empty()),
                location: super::paste::place(line),
            })
            .collect();
        let _ = answers(&facts, &[incident("(4026) 失敗", &["a"])], NOW);
    }
}
