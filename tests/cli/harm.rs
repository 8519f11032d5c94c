//! Answers of a knowledge base of one's own that lose nothing unasked: last resorts, what has expired, what waits.

use serde_json::Value;

use crate::run::Run;

const OLD: &str = "---\ntitle: 端末が応答しないとき\nproduct: 甲MDM\nupdated: 2022-11-01\n---\n# 端末が応答しないとき\n\n## 端末が同期要求に応答しません\n\n### 対処1 電源を確かめる\n\n電源が入っているか確かめます。\n\n### 対処2 再起動する\n\n端末を再起動します。\n\n### それでも改善しないとき\n\n端末を初期化してください。\n";
const NEW: &str = "---\ntitle: 同期要求に応答しない端末\nproduct: 甲MDM\nupdated: 2025-01-10\n---\n# 同期要求に応答しない端末\n\n## 端末が同期要求に応答しません\n\n### 対処\n\n1. 端末を再起動します。\n2. 直らなければ、サポート窓口へ問い合わせます。\n";

fn answer(run: &Run, paste: &str) -> Value {
    let result = run.paste(&["--kb", "kb", "--json"], paste);
    serde_json::from_str(&result.out).unwrap_or_else(|error| panic!("{error}: {}", result.err))
}

fn remedies<'a>(answer: &'a Value, list: &str) -> Vec<&'a Value> {
    answer["incidents"][0][list].as_array().expect("a list").iter().collect()
}

#[test]
fn milder_sections_come_first_and_the_last_one_is_the_last_resort() {
    let run = Run::new();
    run.write("kb/old.md", OLD);
    let answer = answer(&run, "端末が同期要求に応答しません\n");
    let open = remedies(&answer, "remedies");
    let passage = open[0]["passage"].as_str().expect("a text");
    assert!(
        passage.contains("電源が入っているか") && passage.contains("再起動します"),
        "{passage}"
    );
    assert!(!passage.contains("初期化") && open[0]["destructive"] == false, "{passage}");
    let last = remedies(&answer, "last_resort");
    assert_eq!(last.len(), 1);
    assert_eq!(last[0]["destructive"], true);
    assert!(last[0]["passage"].as_str().is_some_and(|it| it.contains("初期化")));
}

#[test]
fn steps_of_one_procedure_are_no_alternatives() {
    let run = Run::new();
    let procedure = OLD
        .replace("対処1 電源を確かめる", "手順1 バックアップ")
        .replace("対処2 再起動する", "手順2 記録")
        .replace("それでも改善しないとき", "手順3 初期化");
    run.write("kb/old.md", procedure);
    let answer = answer(&run, "端末が同期要求に応答しません\n");
    assert_eq!(remedies(&answer, "last_resort").len(), 0);
}

#[test]
fn a_last_resort_that_a_newer_article_of_the_product_replaces_is_none() {
    let run = Run::new();
    run.write("kb/old.md", OLD);
    run.write("kb/new.md", NEW);
    let both = answer(&run, "端末が同期要求に応答しません\n");
    assert_eq!(remedies(&both, "remedies")[0]["id"], "new");
    assert_eq!(remedies(&both, "last_resort").len(), 0);
    // Of another product, or older, it replaces nothing.
    for other in [NEW.replace("甲MDM", "乙MDM"), NEW.replace("2025-01-10", "2020-01-10")] {
        run.write("kb/new.md", other);
        let answer = answer(&run, "甲MDM\n端末が同期要求に応答しません\n");
        assert_eq!(remedies(&answer, "last_resort").len(), 1);
    }
}

#[test]
fn what_has_expired_is_silent_about_a_system_of_later() {
    let run = Run::new();
    run.write("kb/old.md", "---\ntitle: iOS9でプロファイルを上書きできない\nvalid_until: 2015-12-31\n---\n# iOS9でプロファイルを上書きできない\n\n## 対処\n\n1. iOS 9.1にアップデートします。\n");
    let claimed = |question: &str| {
        let answer = run.run(&["--kb", "kb", "--json", "-q", question]).json();
        remedies(&answer, "remedies").len()
    };
    assert_eq!(claimed("iOS 9の端末でプロファイルを上書きできない"), 1);
    assert_eq!(claimed("iOS 17の端末でプロファイルを上書きできない"), 0);
}

#[test]
fn what_has_expired_is_not_claimed_for_words_of_today() {
    let run = Run::new();
    run.write("kb/old.md", "---\ntitle: タップ方式での配信の後の登録\nvalid_until: 2015-12-31\n---\n# タップ方式での配信の後の登録\n\n## 複合機を登録する\n\n新しく複合機を登録できないときは、登録の画面を開き直します。\n");
    run.write(
        "kb/new.md",
        "---\ntitle: 一覧\n---\n# 一覧\n\n前の日に登録できない複合機も、翌朝に新しく載ります。\n",
    );
    let ids = |question: &str, part: &str| {
        let answer = run.run(&["--kb", "kb", "--json", "-q", question]).json();
        remedies(&answer, part).iter().map(|it| it["id"].to_string()).collect::<Vec<String>>()
    };
    let old = "\"old\"".to_owned();
    assert!(!ids("複合機を新しく登録できない", "remedies").contains(&old));
    assert!(ids("複合機を新しく登録できない", "related").contains(&old));
    // A word that nothing living has names it.
    assert_eq!(ids("タップ方式で複合機を登録できない", "remedies"), [old]);
}

#[test]
fn the_certificate_of_a_server_is_not_that_for_push() {
    let run = Run::new();
    run.write("kb/synonyms.txt", "Push証明書, APNs証明書\n");
    run.write("kb/push.md", "---\ntitle: Push証明書の有効期限が切れている\n---\n# Push証明書の有効期限が切れている\n\n## 対処\n\n1. Push証明書を更新します。\n");
    let claimed = |question: &str| {
        let answer = run.run(&["--kb", "kb", "--json", "-q", question]).json();
        remedies(&answer, "remedies").len()
    };
    for other in ["サーバ証明書", "WebサイトのSSL証明書", "クライアント証明書"]
    {
        assert_eq!(claimed(&format!("{other}の有効期限が切れています")), 0, "{other}");
    }
    for same in ["Push証明書", "APNs証明書", "証明書"] {
        assert_eq!(claimed(&format!("{same}の有効期限が切れています")), 1, "{same}");
    }
}

#[test]
fn every_device_of_an_incident_is_listed() {
    let run = Run::new();
    let mut log = String::from("日時,端末名,レベル,メッセージ\n");
    for number in 0..55 {
        log.push_str(&format!(
            "2026/11/20 10:{number:02},iPad-{number:03},エラー,InstallProfile: (4026) プロファイルがパスワード変更を要求している可能性があります。\n"
        ));
    }
    run.write("log.csv", log);
    let answer = run.run(&["--json", "--devices", "devices.csv", "log.csv"]).json();
    assert_eq!(answer["incidents"][0]["devices"].as_array().map(Vec::len), Some(55));
    let table = std::fs::read_to_string(run.path().join("devices.csv")).expect("it is written");
    assert_eq!(table.lines().count(), 56);
}

#[test]
fn what_a_limit_leaves_out_is_told_with_the_way_to_see_it() {
    let run = Run::new();
    let log = "InstallProfile: (4026) プロファイル\"a\"がパスワード変更を要求している可能性があります、パスワードを変更できません。\n";
    let all = run.paste(&["--json"], log).json();
    let claimed = remedies(&all, "remedies").len();
    assert!(claimed > 1, "{all}");
    let told = format!("対処はほかに{}件あります。--limit {claimed}", claimed - 1);
    let shown = run.paste(&["--limit", "1"], log).out;
    assert!(shown.contains(&told), "{told} in {shown}");
    assert!(!run.paste(&[], log).out.contains("--limit"));
}

#[test]
fn a_device_that_a_wipe_waits_for_is_listed_with_its_warning() {
    let run = Run::new();
    let rows = "デバイス名\t操作\t状態\niPad-01\tワイプ\t保留中\niPad-02\t同期\t保留中\n";
    let result = run.paste(&["--devices", "devices.csv"], rows);
    assert!(result.out.contains("初期化が実行待ちです"), "{}", result.out);
    let table = std::fs::read_to_string(run.path().join("devices.csv")).expect("it is written");
    let of = |device: &str| table.lines().find(|line| line.contains(device)).unwrap_or_default();
    assert!(of("iPad-01").contains("キャンセル"), "{table}");
    assert!(of("iPad-02").contains("iPad-02") && !of("iPad-02").contains("キャンセル"), "{table}");
}
