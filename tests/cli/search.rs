//! `shirube [search]`.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::run::Run;

const LOG: &str = include_str!("../../examples/logs/bizmobile-operation-log.tsv");

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/logs").join(name)
}

#[test]
fn a_file_standard_input_and_the_named_verb_answer_alike() {
    let run = Run::new();
    run.write("log.tsv", LOG);
    let file = run.run(&["log.tsv"]);
    assert_eq!(file.status, 0, "{}", file.err);
    assert_eq!(file.err, "");
    assert!(file.out.contains("\n1 【対処】パスワード変更を要求している"), "{}", file.out);
    assert_eq!(run.run(&["search", "log.tsv"]).out, file.out);
    let pasted = run.paste(&[], LOG).out;
    assert_eq!(pasted, file.out.replace("log.tsv ", ""));
    assert_eq!(run.paste(&["-"], LOG).out, pasted);
}

#[test]
fn options_go_before_the_verb_and_behind_it() {
    let run = Run::new();
    let behind = run.paste(&["search", "--limit", "1", "--json"], LOG);
    assert_eq!(run.paste(&["--limit", "1", "--json", "search"], LOG).out, behind.out);
}

#[test]
fn a_question_may_begin_with_a_sign() {
    // 0x80180014 as a signed number, as Windows writes it.
    let result = Run::new().run(&["--json", "-q", "-2145910764 とは"]);
    assert_eq!(result.status, 0, "{}", result.err);
    assert!(result.out.contains("windows/enrollment-codes#"), "{}", result.out);
    assert!(result.out.to_lowercase().contains("0x80180014"), "{}", result.out);
}

#[test]
fn a_message_that_looks_alike_is_told_apart_once() {
    let run = Run::new();
    let alarm = "Apple Push証明書を更新してください。無効もしくは有効期限が切れています\n";
    let answer = run.paste(&["--json"], alarm).json();
    let told = answer["incidents"][0]["look_alikes"].as_array().expect("a list");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["written"], "Apple Push証明書が無効になっています");
    assert_eq!(told[0]["other"], "が無効になっています");
    let shown = run.paste(&[], alarm).out;
    assert_eq!(shown.matches("似た文面の").count(), 1, "{shown}");
}

#[test]
fn a_file_named_like_a_verb() {
    let run = Run::new();
    run.write("check", LOG);
    assert_eq!(run.run(&["./check"]).status, 0);
}

#[test]
fn json_has_the_shape_that_it_names() {
    let answer = Run::new().paste(&["--json"], LOG).json();
    assert_eq!(answer["schema"], "shirube.answer/1");
    let remedy = &answer["incidents"][0]["remedies"][0];
    assert_eq!(remedy["id"], "bizmobile/installprofile-password-change");
    assert_eq!(remedy["rank"], 1);
    assert_eq!(answer["incidents"][0]["locations"][0]["file"], serde_json::Value::Null);
}

#[test]
fn nothing_known_is_status_one() {
    let run = Run::new();
    let result = run.paste(&[], "牛乳と卵を買う\n");
    assert_eq!(result.status, 1, "{}", result.out);
    assert!(result.out.contains("確かに当てはまる記事を選べません"), "{}", result.out);

    let empty = run.paste(&[], "");
    assert_eq!(empty.status, 1);
    insta::assert_snapshot!(empty.out, @"
    該当記事なし
      事象は見つかりませんでした。
    ");
}

#[test]
fn the_language_is_the_users() {
    let run = Run::new();
    let output = run.command(&[]).env("LANG", "en_US.UTF-8").write_stdin(LOG).output();
    let out = String::from_utf8(output.expect("the program can be run").stdout).expect("UTF-8");
    assert!(out.contains("1 [Remedy] "), "{out}");
    assert!(out.contains("⚠ Before you act"), "{out}");
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let run = Run::new();
    assert!(!run.paste(&[], LOG).out.contains('\u{1b}'));
    assert!(run.paste(&["--color", "always"], LOG).out.contains('\u{1b}'));
}

#[test]
fn redacted_is_without_names() {
    let run = Run::new();
    for arguments in [&["--redact"][..], &["--redact", "--json"], &["--redact", "--explain"]] {
        let out = run.paste(arguments, LOG).out;
        for name in ["sales_20240513", "sato_iPhone12", "takahashi_iPad03", "佐藤", "高橋"] {
            assert!(!out.contains(name), "{name} with {arguments:?} in\n{out}");
        }
    }
}

#[test]
fn several_files_are_answered_together() {
    let run = Run::new();
    run.write("a.tsv", LOG);
    run.write("b.tsv", LOG);
    let result = run.run(&["a.tsv", "b.tsv"]);
    assert_eq!(result.status, 0);
    for name in ["a.tsv ", "b.tsv "] {
        assert!(result.out.contains(name), "{name} in {}", result.out);
    }
}

#[test]
fn an_unknown_format_is_told_with_the_known_ones() {
    let result = Run::new().paste(&["--input-format", "nonsense"], LOG);
    assert_eq!(result.status, 2);
    // Formats are data: which ones there are is not this test's business.
    for told in [
        "「nonsense」というログの形式はありません",
        "使えるもの: dialog, mail, ",
        ", lines（付けなければ",
    ] {
        assert!(result.err.contains(told), "{told} in {}", result.err);
    }
}

#[test]
fn the_examples_answer() {
    let run = Run::new();
    for (name, article) in [
        ("bizmobile-operation-log.tsv", "bizmobile/installprofile-password-change.md"),
        ("bizmobile-device-status.txt", "bizmobile/profile-sync-required.md"),
        ("mobiconnect-jobs.csv", "mobiconnect/job-"),
    ] {
        let path = example(name);
        let result = run.run(&[path.to_str().expect("the path is UTF-8")]);
        assert_eq!(result.status, 0, "{name}");
        let first = result.out.split("出典: ").nth(1).unwrap_or_default();
        assert!(first.starts_with(article), "{name}: {}", result.out);
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let run = Run::new();
    let log = run.write("log.tsv", LOG);
    let program = run.command(&[]).get_program().to_owned();
    let mut child = std::process::Command::new(program)
        .arg(&log)
        .args(["--json", "--limit", "50"])
        .env_clear()
        .env("XDG_CACHE_HOME", run.path().join("cache"))
        .current_dir(run.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be run");
    drop(child.stdout.take());
    let status = child.wait().expect("the program ends");
    let mut err = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut err).expect("it is UTF-8");
    assert_eq!((status.code(), err.as_str()), (Some(0), ""));
}

#[test]
fn what_is_worst_and_on_most_devices_is_told_first() {
    let run = Run::new();
    run.write("a.tsv", "日時\t管理番号\t深刻度\t説明\n2024/05/08 10:00\tiPad1\t情報\t棚卸を始めます\n2024/05/08 10:01\tiPad1\tエラー\t記憶域の検査が終わりません\n");
    run.write("b.tsv", "日時\t管理番号\t深刻度\t説明\n2024/05/09 10:00\tiPad2\tエラー\t画面の向きが変わりません\n2024/05/09 10:01\tiPad3\tエラー\t画面の向きが変わりません\n2024/05/09 10:02\tiPad3\tエラー\t記憶域の検査が終わりません\n2024/05/09 10:03\tiPad4\tエラー\t記憶域の検査が終わりません\n");
    let answer = run.run(&["a.tsv", "b.tsv", "--json"]).json();
    let incidents = answer["incidents"].as_array().expect("there are incidents");
    let shown: Vec<_> = incidents
        .iter()
        .map(|it| (it["message"].as_str().unwrap_or_default(), it["device_count"].as_u64()))
        .collect();
    assert_eq!(
        shown,
        [
            ("記憶域の検査が終わりません", Some(3)),
            ("画面の向きが変わりません", Some(2)),
            ("棚卸を始めます", Some(1))
        ]
    );
}

#[test]
fn places_are_links_for_those_who_ask() {
    let run = Run::new();
    run.write(
        "kb/手順 1.md",
        "# 保存先の空き容量が足りない\n\n「ジョブ 3 が中断しました。保存先の空き容量が足りません」と出ます。\n\n## 対処\n\n1. 不要な世代を調べます。\n",
    );
    let paste = "ジョブ 12 が中断しました。保存先の空き容量が足りません\n";
    assert!(!run.paste(&["--hyperlinks"], paste).out.contains('\u{1b}'), "a pipe is no terminal");
    let variables = [("SHIRUBE_HYPERLINK_FORMAT", "vscode")];
    let out = run.with(&variables, &["--hyperlinks=always"], paste).out;
    let link = out.split("\u{1b}]8;;").nth(1).unwrap_or_default();
    let (address, shown) = link.split_once("\u{1b}\\").expect("the address ends");
    assert!(address.starts_with("vscode://file[DIR]/kb/"), "{out}");
    assert!(address.ends_with("/kb/%E6%89%8B%E9%A0%86%201.md:7"), "{address}");
    assert_eq!(shown, "手順 1.md:7");
}

#[test]
fn what_a_paste_was_taken_for_is_said_and_can_be_overruled() {
    let run = Run::new();
    let log = include_str!("../../examples/logs/bizmobile-operation-log.tsv");
    let explained = run.paste(&["--explain"], log);
    assert!(explained.err.contains("bizmobile"), "{}", explained.err);
    let overruled = run.paste(&["--explain", "--input-format", "lines"], log);
    assert!(!overruled.err.contains("bizmobile、"), "{}", overruled.err);
    assert!(overruled.err.contains("lines"), "{}", overruled.err);
}

fn document(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/documents").join(name);
    path.display().to_string()
}

#[test]
fn a_mail_is_decoded_and_the_answer_begins_with_what_was_read() {
    let answer = Run::new().run(&["--json", &document("question.eml")]).json();
    assert_eq!(answer["incidents"].as_array().map(Vec::len), Some(1));
    assert_eq!(answer["incidents"][0]["kind"], "question");
    assert_eq!(answer["read"]["text"], "項目1つ、質問1つ");
    assert_eq!(answer["read"]["correspondence"], true);
    let remedy = &answer["incidents"][0]["remedies"][0]["passage_id"];
    assert_eq!(remedy, "mobiconnect/job-status#端末応答待ち");
    let shown = Run::new().run(&[&document("question.eml")]).out;
    assert!(shown.starts_with("読み取り: 項目1つ、質問1つ\n"), "{shown}");
}

#[test]
fn a_workbook_is_read_as_its_tables() {
    let answer = Run::new().run(&["--json", &document("jobs.xlsx")]).json();
    assert_eq!(answer["incidents"].as_array().map(Vec::len), Some(1), "{answer:#}");
    let incident = &answer["incidents"][0];
    assert_eq!(
        (&incident["message"], &incident["devices"][0]),
        (&"端末エラー".into(), &"04f45f0c0001".into())
    );
    assert_eq!(incident["first_seen"], "2026-11-26T09:11:00");
}

#[test]
fn what_is_no_text_is_refused_in_one_sentence() {
    let result = Run::new().paste(&[], b"\x89PNG\r\n\x1a\n\x0b0Uz".to_vec());
    assert_eq!(result.status, 1);
    assert!(result.err.contains("画像や動画は読めません"), "{}", result.err);
}

#[test]
fn where_one_way_finds_nothing_the_other_is_tried_and_said() {
    let run = Run::new();
    let sentence = "CLOMOでデバイスロックを送りましたが、ロックされません。";
    let pasted = run.paste(&["--json"], format!("{sentence}\n"));
    let asked = run.run(&["--json", "-q", sentence]);
    let read =
        |text: &str| -> serde_json::Value { serde_json::from_str(text).expect("it is JSON") };
    let (pasted, asked) = (read(&pasted.out), read(&asked.out));
    let first = |answer: &serde_json::Value| answer["incidents"][0]["remedies"][0]["id"].clone();
    assert_eq!(first(&pasted), first(&asked));
    assert_eq!((&pasted["read"]["again"], &asked["read"]["again"]), (&true.into(), &false.into()));
    let shown = run.paste(&[], format!("{sentence}\n")).out;
    assert!(shown.starts_with("ログとしては該当がないため、質問として探しました。\n"), "{shown}");
}
