//! `shirube misses`, and what a search keeps for it.

use std::fs;
use std::path::PathBuf;

use crate::run::Run;

/// A message that the manual does not answer, on two devices, and one that it does.
const LOG: &str = "2024-05-08 09:31:02  プロファイル\"sales_0508\"の配信に失敗しました。サーバーに接続できません (10.0.0.7)\n\
    2024-05-08 09:31:03  エラー: 同期に失敗しました(4026)\n\
    2024-05-08 09:31:04  同期が正常に完了しました\n";

fn manual() -> Run {
    let run = Run::new();
    run.write(
        "manual/sync.md",
        "# 端末の同期が止まる\n\n「エラー: 同期に失敗しました(4026)」と出ます。\n\n【対処】\n\n1. 同期の設定を確かめます。\n",
    );
    run
}

fn kept(run: &Run) -> PathBuf {
    run.path().join("home/.local/state/shirube/misses.jsonl")
}

#[test]
fn nothing_is_kept_unasked() {
    let run = manual();
    assert_eq!(run.paste(&["--kb", "manual"], LOG).status, 0);
    assert!(!kept(&run).exists());
    let result = run.run(&["misses", "--kb", "manual"]);
    assert_eq!((result.status, result.out.as_str()), (1, ""));
    assert!(result.err.contains("misses = true"), "{}", result.err);
}

#[test]
fn flag_beats_variable_beats_file() {
    let run = manual();
    run.write("home/.config/shirube/config.toml", "misses = true\n");
    let pasted = |flag: &[&str], variable: &str| {
        let _ = fs::remove_file(kept(&run));
        let mut command = run.command(&[&["--kb", "manual"], flag].concat());
        if !variable.is_empty() {
            command.env("SHIRUBE_MISSES", variable);
        }
        command.write_stdin(LOG).output().expect("the program can be run");
        kept(&run).exists()
    };
    assert!(pasted(&[], ""));
    assert!(!pasted(&[], "false"));
    assert!(pasted(&["--misses"], "false"));
    assert!(!pasted(&["--misses=false"], "true"));
}

#[test]
fn what_is_kept_is_masked_and_counted() {
    let run = manual();
    for _ in 0..2 {
        run.paste(&["--kb", "manual", "--misses"], LOG);
    }
    run.paste(&["--kb", "manual", "--misses"], LOG.replace("sales_0508", "本社"));
    let text = fs::read_to_string(kept(&run)).expect("it is kept");
    assert_eq!(text.lines().count(), 3, "the message that fails and is not answered: {text}");
    for name in ["sales_0508", "本社", "10.0.0.7"] {
        assert!(!text.contains(name), "{text}");
    }
    let result = run.run(&["misses", "--kb", "manual"]);
    assert_eq!(result.status, 0, "{}", result.err);
    insta::assert_snapshot!(result.out, @r#"
    答えのなかった事象 1件（いまは答えがある 0件）

    1 プロファイル"{profile}"の配信に失敗しました。サーバーに接続できません ({ip})
      3回 ｜ 2026-11-23 ｜ 署名 00f7eb2c65ae3c24
      近い記事: sync
    "#);
    let json = run.run(&["misses", "--kb", "manual", "--json"]).json();
    assert_eq!(json["schema"], "shirube.misses/1");
    assert_eq!(json["misses"][0]["pastes"], 3);
    assert_eq!(json["misses"][0]["answered_by"], serde_json::Value::Null);
}

#[test]
fn an_article_that_is_added_answers_it() {
    let run = manual();
    run.paste(&["--kb", "manual", "--misses"], LOG);
    run.run(&[
        "--kb",
        "manual",
        "--misses",
        "-q",
        "プリンターの紙が詰まったらどうすればよいですか",
    ]);
    let stub = run.run(&["misses", "--kb", "manual", "--stub"]);
    assert_eq!(stub.status, 0, "{}", stub.err);
    let json = run.run(&["misses", "--kb", "manual", "--json", "--open"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let signatures: Vec<&str> = json["misses"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|miss| miss["signature"].as_str())
        .collect();
    assert_eq!(signatures.len(), 2, "{json}");
    for (number, signature) in signatures.iter().enumerate() {
        let stub = run.run(&["misses", "--kb", "manual", "--stub", signature]);
        // The author says what to do; a stub that nobody fills in is no article.
        let filled = stub.out.replace("（最初にすること）", "担当者に連絡します。");
        run.write(&format!("manual/new-{number}.md"), filled);
    }
    run.write("manual/shirube.toml", "samples = true\n");
    // The articles are written to be found by their own samples.
    let check = run.run(&["check", "manual"]);
    assert_eq!(check.status, 0, "{}{}", check.out, check.err);
    let result = run.run(&["misses", "--kb", "manual", "--open"]);
    assert_eq!((result.status, result.out.as_str()), (1, ""), "{}", result.err);
    assert_eq!(run.run(&["misses", "--kb", "manual", "--stub"]).status, 1);
}

#[test]
fn a_signature_that_names_none_or_several_is_told() {
    let run = manual();
    run.paste(&["--kb", "manual", "--misses"], LOG);
    let result = run.run(&["misses", "--kb", "manual", "--stub", "xyz"]);
    assert_eq!((result.status, result.out.as_str()), (2, ""));
    assert!(result.err.contains("xyz"), "{}", result.err);
}

#[test]
fn a_place_that_cannot_be_written_is_no_obstacle_to_an_answer() {
    let run = manual();
    run.write("home/.local/state", "a file where a directory should be");
    let result = run.paste(&["--kb", "manual", "--misses"], LOG);
    assert_eq!(result.status, 0);
    assert!(result.err.contains("記録できません"), "{}", result.err);
}

#[test]
fn a_problem_is_closed_with_a_reason_and_belongs_to_its_knowledge_base() {
    let run = manual();
    run.paste(
        &["--kb", "manual", "--misses"],
        "2024-05-08 09:31:02  ライセンスを割り当てられません (LIC-3301)",
    );
    let json = |arguments: &[&str]| -> serde_json::Value {
        let out = run.run(&[&["misses", "--json"], arguments].concat()).out;
        serde_json::from_str(&out).expect("it is JSON")
    };
    let all = json(&["--kb", "manual"]);
    assert_eq!(all["misses"][0]["text"], "ライセンスを割り当てられません (LIC-3301)");
    let signature = all["misses"][0]["signature"].as_str().expect("it is told").to_owned();
    let stub = run.run(&["misses", "--kb", "manual", "--stub", &signature]).out;
    for told in ["codes: ['LIC-3301']", "割り当てられません (LIC-3301)"] {
        assert!(stub.contains(told), "{told}: {stub}");
    }
    // Another knowledge base has other gaps.
    run.write("other/a.md", "# 題\n\n本文\n");
    assert_eq!(json(&["--kb", "other"])["misses"].as_array().map_or(9, Vec::len), 0);

    assert_eq!(run.run(&["misses", "--kb", "manual", "--close", &signature]).status, 2);
    let close = ["misses", "--kb", "manual", "--close", &signature, "--reason", "契約の外"];
    let closed = run.run(&close);
    assert_eq!(closed.status, 0, "{}", closed.err);
    assert_eq!(json(&["--kb", "manual"])["misses"][0]["closed"], "契約の外");
    assert_eq!(json(&["--kb", "manual", "--open"])["misses"].as_array().map_or(9, Vec::len), 0);
    let told = run.run(&["misses", "--kb", "manual"]).out;
    assert!(told.contains("閉じました: 契約の外"), "{told}");
}

#[test]
fn a_message_that_the_vendor_has_reworded_is_told() {
    let run = manual();
    let pasted = "2024-05-08 09:31:02  iPad-07: アプリのライセンスの割り当てが、できませんでした。残数を確かめて下さい\n";
    run.paste(&["--kb", "manual", "--misses"], pasted);
    run.write(
        "manual/license.md",
        "---\ntitle: ライセンス\npatterns:\n  - line: '{device}: アプリのライセンスの割り当てができませんでした。残数を確かめてください'\n---\n【対処】\n\n1. 残数を確かめます。\n",
    );
    let result = run.run(&["misses", "--kb", "manual"]);
    let told = "文面が変わったようです: license のパターンに一致しません";
    assert!(result.out.contains(told), "{}{}", result.out, result.err);
    let json = run.run(&["misses", "--kb", "manual", "--json"]).json();
    assert_eq!(json["misses"][0]["reworded"], "license");
}
