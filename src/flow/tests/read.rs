//! Pastes as people make them, read and walked.

use super::paste::{now, of, states};
use crate::flow::{FlowAnswer, evaluate};
use crate::kb;
use crate::record::{ReadOptions, Vocabulary, read};

const NOW: &str = "2024-05-08T18:00:00";

pub(super) fn walked(paste: &str) -> Vec<FlowAnswer> {
    let vocabulary = Vocabulary::new(kb::embedded().codes.clone());
    let reading = read(None, paste.as_bytes(), &ReadOptions::default(), &vocabulary);
    evaluate(super::flows(), &reading.facts, &reading.incidents, now(NOW))
}

#[test]
fn a_log_in_the_paste_stands_at_the_step_that_searches_it() {
    let paste = "最終アクセス\t2022年11月08日 17:19:30\nデバイス情報を要求\t2022年11月08日 17:19:29\nセキュリティチェック\t2022年11月08日 17:19:35\n\n2022年11月10日 15:43:37\tmori_20221110\t森\tmori_iPhone11s\t\t\tInstallProfile: (4026) プロファイル\"mori_20221110\"がパスワード変更を要求している可能性があります、パスワードを変更できません。\t\tコマンド\n";
    let answers = walked(paste);
    let answer = of(&answers, "bizmobile-sync-not-complete");
    assert_eq!(states(answer), "1=unknown 2=unknown 3=passed 4=passed 5=passed");
    assert_eq!(answer.steps[4].incidents.len(), 1);
}

#[test]
fn rows_are_walked() {
    let jobs = "登録日時\t要求識別\t詳細\t端末番号\t所有者名\tステータス\n2024/05/08 10:12\tアプリ配信\t経費精算アプリ\tAB12CD34EF56\t山田\tPUSH送信中\n2024/05/01 10:12\tアプリ配信\t経費精算アプリ\tAB12CD34EF57\t山田\tPUSH送信中\n2024/05/08 10:12\t端末情報取得\t端末基本情報取得\tAB12CD34EF57\t山田\t端末応答待ち\n";
    let answers = walked(jobs);
    let rows: Vec<String> =
        answers.iter().map(|it| format!("{} {:?}", states(it), it.devices)).collect();
    assert_eq!(
        rows,
        [
            "1=passed 3=passed 4=cause [\"AB12CD34EF56\"]",
            "1=passed 3=cause [\"AB12CD34EF57\"]",
            "1=passed 7=passed 8=cause [\"AB12CD34EF57\"]",
        ]
    );
    let csv = "端末番号,端末状態,グループ,機種,氏名,社員番号,備考,端末情報取得日時,OSバージョン,内部設定適用状況,構成プロファイル上書き完了\n04f45f07a7a9,有効,yshimada,iPhone 6 (Hybrid),iPhone,,,15/10/29 10:50,9.1,FALSE,TRUE\n1caba7c8a0f8,有効,yshimada,iPad 第3世代 WiFi (Hybrid),iPad,,,15/10/29 10:45,8.4.1,FALSE,FALSE\n";
    let answers = walked(csv);
    let rows: Vec<String> =
        answers.iter().map(|it| format!("{} {:?}", states(it), it.devices)).collect();
    assert_eq!(
        rows,
        ["1=passed 2=unknown 3=candidate [\"1caba7c8a0f8\"]", "1=passed [\"04f45f07a7a9\"]",]
    );
}
