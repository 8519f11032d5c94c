//! Pastes as people make them, read and walked.

use super::paste::{now, of, remedy, states};
use crate::flow::{FlowAnswer, evaluate};
use crate::kb;
use crate::record::{ReadOptions, Vocabulary, read};

const NOW: &str = "2024-05-08T18:00:00";

fn walked(paste: &str) -> Vec<FlowAnswer> {
    let vocabulary = Vocabulary::new(kb::embedded().codes.clone());
    let reading = read(None, paste.as_bytes(), &ReadOptions::default(), &vocabulary);
    evaluate(super::flows(), &reading.facts, &reading.incidents, now(NOW))
}

const SCREEN: &str = "操作 > デバイス詳細\n\nデバイス状態\t\n登録状態\tチェックイン済\n最終アクセス\t2022年09月30日 11:54:56\n最終同期完了\t2022年09月30日 11:55:00\nチェックインアドレス\t153.156.81.111\nチェックイン日\t2022年09月22日 14:13:35\nブラウザ\tCloudConfiguration/1.0\nMDM登録時に使用のエージェント\tMDM/1.0\nデバイス情報を要求\t2022年10月20日 07:52:02\nセキュリティチェック\t2022年09月30日 11:54:56\nMDMアクセス権情報\t1FFF\nMDMプロファイル署名用証明書有効期限\t2023年03月11日 08:59:59\n解除の理由\t\n";

#[test]
fn a_screen_is_walked() {
    let answers = walked(SCREEN);
    let answer = of(&answers, "bizmobile-sync-not-complete");
    assert_eq!(states(answer), "1=unknown 2=unknown 3=cause");
    let shown = SCREEN.replace('\t', "：").replace("11:54:56", "１１：５４：５６");
    let answers = walked(&shown);
    assert_eq!(states(of(&answers, "bizmobile-sync-not-complete")), "1=unknown 2=unknown 3=cause");
}

#[test]
fn a_dashboard_is_walked() {
    let dashboard = "ダッシュボード\n\nApple Push証明書を更新してください。無効もしくは有効期限が切れています\n\n発生中アラーム数\nクリティカル\t1\nメジャー\t0\nマイナー\t0\n警告\t0\n\nデバイス同期情報\n同期完了\t92\n同期要求中\t0\n同期進行中\t198\n同期確認中\t98\n応答無\t236\n";
    let answers = walked(dashboard);
    let answer = of(&answers, "bizmobile-sync-not-complete");
    assert_eq!(remedy(answer), "bizmobile/push-certificate#更新を求めるアラームが出ている");
    let answers =
        walked("2024/06/17 10:22:05\tクリティカル\tApple Push証明書が無効になっています\n");
    let answer = of(&answers, "bizmobile-profile-sync-required");
    assert_eq!(remedy(answer), "bizmobile/push-certificate-invalid#対処");
}

#[test]
fn an_unregistered_certificate_is_found() {
    let answers = walked("Apple情報\n失効日\t\nシリアル情報\t\nサブジェクト情報\t\n");
    let answer = of(&answers, "bizmobile-profile-sync-required");
    assert_eq!(remedy(answer), "bizmobile/push-certificate#失効日が空欄のとき");
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
