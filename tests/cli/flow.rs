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
    assert!(piped.out.contains("原因       4 "), "{}", piped.out);
    run.write("facts.tsv", LOCKED);
    assert_eq!(run.run(&["flow", id, "facts.tsv"]).out, piped.out);
    let json = run.paste(&["flow", id, "--json"], LOCKED);
    assert!(json.out.contains(r#""conclusion": "cause""#), "{}", json.out);
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
