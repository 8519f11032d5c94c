//! `shirube check --against`: the ranking of now beside one from before.

use std::fs;

use crate::run::Run;

const SYNC: &str = "# 端末の同期が止まる\n\n「同期に失敗しました。通信の状態を確認してください」と出ます。\n\n【対処】\n\n1. 同期の設定を確かめます。\n\n```log\n2024-05-08 09:31:02 端末7 同期に失敗しました。通信の状態を確認してください\n```\n";
const PRINTER: &str = "# プリンターの紙詰まり\n\n【対処】\n\n1. 紙を取り除きます。\n";

/// A manual with an index from before the change, and judged queries.
fn manual() -> Run {
    let run = Run::new();
    run.write("manual/shirube.toml", "samples = true\n");
    run.write("manual/sync.md", SYNC);
    run.write("manual/printer.md", PRINTER);
    run.write("queries.tsv", "q1\tプリンターの紙詰まり\nq2\t端末の同期が止まる\n");
    run.write("qrels.txt", "q1 0 printer 1\nq2 0 sync 1\n");
    let result = run.run(&["index", "manual", "--index", "before"]);
    assert_eq!(result.status, 0, "{}", result.err);
    run
}

const AGAINST: &[&str] = &[
    "check",
    "manual",
    "--index",
    "now",
    "--against",
    "before",
    "--queries",
    "queries.tsv",
    "--qrels",
    "qrels.txt",
];

#[test]
fn nothing_changed() {
    let run = manual();
    let result = run.run(AGAINST);
    assert_eq!((result.status, result.out.as_str()), (0, ""), "{}", result.err);
    insta::assert_snapshot!(result.err, @"お知らせ: 3件のうち、順位が上がったもの 0件、下がったもの 0件");
}

#[test]
fn what_ranks_worse_is_told_and_ends_in_status_one() {
    let run = manual();
    // The wording goes from one article to another, and the printer's words go for good.
    run.write(
        "manual/sync.md",
        SYNC.replace("「同期に失敗しました。通信の状態を確認してください」", "失敗"),
    );
    run.write("manual/other.md", SYNC.replace("端末の同期が止まる", "通信の状態を確認する"));
    run.write("manual/printer.md", "# 別の話\n\n何も書いていません。\n");
    let result = run.run(AGAINST);
    assert_eq!(result.status, 1, "{}{}", result.out, result.err);
    let worse: Vec<&str> = result.out.lines().filter(|line| line.starts_with("下がった")).collect();
    assert!(worse.iter().any(|line| line.contains("sync.md:9")), "{}", result.out);
    assert!(
        worse.iter().any(|line| line.contains("q1") && line.contains("圏外")),
        "{}",
        result.out
    );
    // The other way round it is better.
    let json = run.run(&[AGAINST, &["--format", "json"]].concat()).json();
    assert_eq!(json["schema"], "shirube.ranks/1");
    assert_eq!(json["worse"], worse.len());
}

#[test]
fn what_ranks_better_is_told_and_is_no_problem() {
    let run = manual();
    let sample = "\n```log\n2024-05-08 印刷できません。用紙の向きを確認してください\n```\n";
    run.write(
        "manual/printer.md",
        format!("{PRINTER}\n「印刷できません。用紙の向きを確認してください」と出ます。\n{sample}"),
    );
    let result = run.run(AGAINST);
    assert_eq!(result.status, 0, "{}{}", result.out, result.err);
    assert!(result.out.starts_with("上がった  圏外 → 1位  printer.md:"), "{}", result.out);
}

#[test]
fn one_snapshot_can_be_named_by_itself() {
    let run = manual();
    let snapshot = "before/snapshot-000001";
    let result = run.run(&["check", "manual", "--index", "now", "--against", snapshot]);
    assert_eq!(result.status, 0, "{}", result.err);
    let nothing = run.run(&["check", "manual", "--index", "now", "--against", "nowhere"]);
    assert_eq!((nothing.status, nothing.out.as_str()), (2, ""));
    assert!(nothing.err.contains("nowhere"), "{}", nothing.err);
    let format = run.run(&[AGAINST, &["--format", "sarif"]].concat());
    assert_eq!((format.status, format.out.as_str()), (2, ""));
}

#[test]
fn check_names_damage_and_mends_it() {
    let run = manual();
    let arguments = ["check", "manual", "--index", "before"];
    let vocabulary = run.path().join("before/snapshot-000001/vocabulary.bin");
    let mut bytes = fs::read(&vocabulary).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&vocabulary, bytes).expect("damaged");
    let told = run.run(&[&arguments[..], &["--no-refresh"]].concat());
    assert!(told.err.contains("vocabulary.bin"), "{}", told.err);
    assert!(told.err.contains("shirube index"), "{}", told.err);
    let mended = run.run(&arguments);
    assert!(mended.err.contains("作り直します"), "{}", mended.err);
    assert!(!run.run(&arguments).err.contains("vocabulary.bin"));
}
