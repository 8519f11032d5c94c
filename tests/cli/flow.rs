//! `shirube flow`.

use crate::run::Run;

const LOCKED: &str = "最終アクセス\t2024年05月08日 17:19:30\nデバイス情報を要求\t2024年05月08日 17:19:29\nセキュリティチェック\t2024年05月06日 08:00:00\n";

#[test]
fn lists_the_flows() {
    let run = Run::new();
    let result = run.run(&["flow"]);
    assert_eq!((result.status, result.err.as_str()), (0, ""));
    let first: Vec<&str> = result.out.lines().take(4).collect();
    insta::assert_snapshot!(first.join("\n"), @"
    bizmobile-profile-sync-required
      同期によるインストールが必要ですと表示されたときの確認フロー
      対象: BizMobile Go! ｜ 更新 2025-01-23
      症状: 同期が完了しない
    ");
    assert!(run.run(&["flow", "--json"]).out.contains(r#""schema": "shirube.flows/1""#));
}

#[test]
fn an_unknown_flow_names_those_that_there_are() {
    let result = Run::new().run(&["flow", "x"]);
    assert_eq!((result.status, result.out.as_str()), (1, ""));
    insta::assert_snapshot!(result.err, @"お知らせ: 「x」という確認フローはありません。あるもの: bizmobile-profile-sync-required、bizmobile-sync-not-complete、clomo-command-not-received、mobiconnect-job-status、mobiconnect-profile-overwrite");
}

#[test]
fn walks_one_flow_with_what_was_pasted() {
    let run = Run::new();
    let id = "bizmobile-sync-not-complete";
    let piped = run.paste(&["flow", id], LOCKED);
    assert_eq!(piped.status, 0, "{}", piped.err);
    assert!(piped.out.contains("候補          4 "), "{}", piped.out);
    assert!(piped.out.contains("【対処の候補】"), "{}", piped.out);
    run.write("facts.tsv", LOCKED);
    assert_eq!(run.run(&["flow", id, "facts.tsv"]).out, piped.out);
    let json = run.paste(&["flow", id, "--json"], LOCKED);
    assert!(json.out.contains(r#""conclusion": "open""#), "{}", json.out);
    assert!(json.out.contains(r#""candidate": true"#), "{}", json.out);
    let told = format!("{LOCKED}操作の種類\tプロファイルの追加\n");
    let json = run.paste(&["flow", id, "--json"], told);
    assert!(json.out.contains(r#""conclusion": "cause""#), "{}", json.out);
}

#[test]
fn screens_and_jobs_are_told_by_the_flows_that_they_decide() {
    let agreed = LOCKED.replace("05月06日 08:00:00", "05月08日 17:19:35");
    let jobs = "登録日時\t要求識別\t詳細\t端末番号\t所有者名\tステータス\n2024/05/08 10:12\tアプリ配信\tA\tAB12CD34EF56\t山田\tPUSH送信中\n2024/05/07 09:00\tアプリ配信\tA\tAB12CD34EF58\t山田\tPUSH送信中\n2024/05/01 10:12\tアプリ配信\tA\tAB12CD34EF57\t山田\tPUSH送信中\n";
    for (name, paste, language) in [
        ("a_locked_device", LOCKED, "ja"),
        ("two_flows_that_disagree", &agreed.replace("17:19:30", "17:19:40"), "ja"),
        ("jobs_of_several_devices", jobs, "ja"),
        ("jobs_of_several_devices_in_english", jobs, "en"),
    ] {
        let now = ["--now", "2024-05-08T18:00:00", "--lang", language];
        insta::assert_snapshot!(name, Run::new().paste(&now, paste).out);
    }
}

#[test]
fn with_nothing_pasted_the_first_question_is_asked() {
    let result = Run::new().run(&["flow", "bizmobile-sync-not-complete"]);
    assert_eq!(result.status, 1, "{}", result.err);
    assert!(result.out.contains("次に見るもの: "), "{}", result.out);
}

#[test]
fn draws_a_flow() {
    let run = Run::new();
    let result = run.run(&["flow", "--mermaid", "mobiconnect-job-status"]);
    assert_eq!(result.status, 0, "{}", result.err);
    assert!(result.out.contains("\nflowchart TD\n"), "{}", result.out);
    assert_eq!(run.run(&["flow", "--mermaid"]).status, 2);
}

const JOBS: &str = "登録日時\t要求識別\t詳細\t端末番号\t所有者名\tステータス\n";

/// Thirty devices that wait for an app or a profile, one for its wipe and one for its lock.
fn jobs() -> String {
    let mut jobs = JOBS.to_owned();
    for number in 0..30 {
        let (day, kind) =
            (if number % 3 == 0 { 10 } else { 21 }, ["アプリ配信", "遠隔設定"][number % 2]);
        jobs.push_str(&format!(
            "2026/11/{day} 10:{number:02}\t{kind}\tx\t04f45f0a{number:04x}\t山田\tPUSH送信中\n"
        ));
    }
    jobs.push_str("2026/11/21 10:12\t遠隔初期化\t\t04f45f0b0001\t佐藤\tPUSH送信中\n");
    jobs.push_str("2026/11/21 10:12\tリモートロック\t\t04f45f0b0002\t佐藤\tPUSH送信中\n");
    jobs
}

#[test]
fn a_wipe_that_waits_is_told_first_and_alone() {
    let run = Run::new();
    let result = run.paste(&[], jobs());
    let first: Vec<&str> = result.out.lines().take(4).collect();
    insta::assert_snapshot!(first.join("\n"), @"
    ⚠ 初期化が実行待ちです。つながると消えます。端末が見つかったなら、先にそのジョブ
    をキャンセルしてください
      端末: 04f45f0b0001
    ⚠ リモートロックが実行待ちです。つながると画面がロックされます。端末が見つかった
    ");
    let json = run.paste(&["--json"], jobs()).json();
    assert_eq!(json["waiting"][0]["operation"], "wipe");
    assert_eq!(json["waiting"][0]["devices"], serde_json::json!(["04f45f0b0001"]));
    assert_eq!(json["waiting"][1]["operation"], "lock");
    let flows = json["flows"].as_array().expect("a list");
    let of_wipe = flows.iter().find(|flow| flow["waiting"] == "wipe").expect("its own result");
    assert_eq!(of_wipe["devices"], serde_json::json!(["04f45f0b0001"]));
    // A question about one that waits begins alike; one about one that has ended does not.
    let asked = run.run(&["-q", "遠隔初期化がPUSH送信中のまま進みません"]);
    assert!(asked.out.starts_with("⚠ 初期化が実行待ちです。"), "{}", asked.out);
    let asked = run.run(&["-q", "遠隔初期化がPUSHタイムアウトになりました"]);
    assert!(!asked.out.contains("実行待ちです"), "{}", asked.out);
}

#[test]
fn one_status_of_many_devices_is_one_incident_and_one_table() {
    let run = Run::new();
    let result = run.paste(&["--devices", "devices.csv"], jobs());
    assert_eq!(result.out.matches("事象: PUSH送信中").count(), 1, "{}", result.out);
    assert_eq!(result.out.matches("│ 原因").count() + result.out.matches("│ 候補").count(), 4);
    let csv = std::fs::read_to_string(run.path().join("devices.csv")).expect("it was written");
    assert_eq!(csv.lines().count(), 33, "{csv}");
    assert!(csv.contains("\"04f45f0b0001\",") && csv.contains("初期化が実行待ちです"), "{csv}");
    let failed = run.paste(&["--devices", "nowhere/devices.csv"], jobs());
    assert_eq!(failed.status, 2);
    assert!(failed.err.contains("端末の一覧を nowhere/devices.csv に書けません"), "{}", failed.err);
}

#[test]
fn a_knowledge_base_of_ones_own_has_its_own_flows_and_no_others() {
    let run = Run::new();
    run.write("team/a.md", "# 題\n\n本文です。\n");
    let flows = |arguments: &[&str]| -> usize {
        let json = run.paste(&[arguments, &["--json", "--index", "index"]].concat(), LOCKED).json();
        json["flows"].as_array().expect("a list").len()
    };
    assert_eq!(flows(&["--kb", "team"]), 0);
    assert_eq!(flows(&["--kb", "team", "--kb", "builtin"]), 2);
    assert_eq!(flows(&["--kb", "team"]), 0);
    run.write("team/shirube.toml", "base = true\n");
    assert_eq!(flows(&["--kb", "team"]), 2);
    let shown = run.run(&["-q", "タップ方式での成功の意味", "--kb", "team", "--index", "index"]);
    assert!(shown.out.contains("mobiconnect/feature-set-tap-install.md"), "{}", shown.out);
    run.write("team/shirube.toml", "base = \"yes\"\n");
    assert_eq!(flows(&["--kb", "team"]), 0);
}
