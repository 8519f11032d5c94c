//! Many devices, long logs.

use std::fmt::Write as _;

use super::paste::{answers, fact, incident, screen, states, table};
use crate::facts::Fact;
use crate::flow::{Conclusion, FlowAnswer, evaluate};

const NOW: &str = "2024-05-08T18:00:00";

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
    let row = |it: &FlowAnswer| format!("{} {} {}", it.id, it.device_count, states(it));
    insta::assert_snapshot!(answers.iter().map(row).collect::<Vec<_>>().join("\n"));
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
            .map(|(label, value, device, line)| {
                let device = Some(device).filter(|device| !device.is_empty());
                Fact { device, ..fact(line, &label, &value) }
            })
            .collect();
        let _ = answers(&facts, &[incident("(4026) 失敗", &["a"])], NOW);
    }
}
