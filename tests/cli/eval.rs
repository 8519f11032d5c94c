//! `shirube eval`.

use crate::run::{Output, Run};

fn manual() -> Run {
    let run = Run::new();
    run.write("manual/sync.md", "# 端末の同期が止まる\n\n同期の設定を確かめます。\n");
    run.write("manual/printer.md", "# プリンターの紙詰まり\n\n紙を取り除きます。\n");
    run.write("queries.tsv", "q1\t同期が止まる\nq2\t紙詰まり\n");
    run.write("qrels.txt", "q1 0 sync 1\nq2 0 printer 1\n");
    run
}

const EVAL: &[&str] =
    &["eval", "--kb", "manual", "--queries", "queries.tsv", "--qrels", "qrels.txt"];

fn eval(run: &Run, more: &[&str]) -> Output {
    run.run(&[EVAL, more].concat())
}

#[test]
fn measures_and_writes_the_run() {
    let run = manual();
    let result = eval(&run, &["--run", "out.run"]);
    assert_eq!(result.status, 0, "{}", result.err);
    insta::assert_snapshot!(result.out, @r"
    質問 │ S@1    │ MRR@10 │ nDCG@10 │ 再現率@10
    ─────┼────────┼────────┼─────────┼──────────
    2    │ 1.0000 │ 1.0000 │ 1.0000  │ 1.0000

    対処を示した質問: 1 / 2件、うち正しい 1件（100.0%）
    確度のずれ（ECE、0から1までを10等分）: 0.150
      確度    │ 件数 │ 正しい │ 割合 │ 確度の平均
      ────────┼──────┼────────┼──────┼───────────
      0.8–0.9 │ 1    │ 1      │ 1.00 │ 0.85
    ");
    let written = std::fs::read_to_string(run.path().join("out.run")).expect("the run is written");
    assert!(written.starts_with("q1 Q0 sync 1 "), "{written}");
}

#[test]
fn claims_where_nothing_answers_are_counted() {
    let run = manual();
    let wording = "同期の予約に失敗しました。予約表が壊れています";
    run.write("manual/broken.md", format!("# 予約表\n\n「{wording}」と出ます。\n"));
    run.write("nothing.tsv", format!("u1\t{wording}\nu2\tHello\n"));
    let result = eval(&run, &["--unanswerable", "nothing.tsv", "--json"]);
    assert_eq!(result.status, 0, "{}", result.err);
    let json = result.json();
    assert_eq!(json["schema"], "shirube.eval/1");
    assert_eq!(json["measures"]["queries"], 2);
    assert_eq!(json["claims"]["unanswerable"], 2);
    assert_eq!(json["claims"]["wrongly_claimed"], 1);
    assert!(json["claims"]["calibration_error"].as_f64().is_some_and(|error| error > 0.5));
    assert_eq!(json["comparison"], serde_json::Value::Null);
    let told = eval(&run, &["--unanswerable", "nothing.tsv", "--lang", "en"]).out;
    assert!(told.contains("Claimed where nothing answers: 1 of 2 (50.0%)"), "{told}");
}

#[test]
fn judged_pastes_are_judged_by_what_is_shown() {
    let run = manual();
    let wording = "同期の予約に失敗しました。予約表が壊れています";
    run.write("manual/broken.md", format!("# 予約表\n\n「{wording}」と出ます。\n"));
    let case = |id: &str, text: &str, more: &str| {
        format!(r#"{{"id":"{id}","kind":"k","mode":"paste","text":"{text}",{more}}}"#)
    };
    let paper = "「紙が裂けました。ローラーを確かめてください」と出ます。";
    let own = format!(
        r##""kb":{{"a/paper.md":"# 紙\n\n{paper}"}},"args":["--limit","1"],"expect":{{"first":["a/paper#"]}}"##
    );
    let bank = [
        case("right", wording, r##""expect":{"first":["broken#"],"incidents":1}"##),
        case("wrong", wording, r##""expect":{"first":["sync#"]}"##),
        case("own", "紙が裂けました。ローラーを確かめてください", &own),
    ];
    run.write("bank.jsonl", bank.join("\n"));
    let result = run.run(&["eval", "--kb", "manual", "--claims", "bank.jsonl"]);
    assert_eq!(result.status, 1, "{}", result.err);
    assert!(result.out.starts_with("wrong k: 最初: broken#"), "{}", result.out);
    assert!(result.out.contains("すべて正しい 2/3"), "{}", result.out);
    let only = ["eval", "--kb", "manual", "--claims", "bank.jsonl", "--only", "right", "--json"];
    let right = run.run(&only);
    assert_eq!(right.status, 0, "{}", right.err);
    let json = right.json();
    assert_eq!(json["passage"], serde_json::json!({"right": 1, "of": 1}));
    assert_eq!(json["failures"], serde_json::json!([]));
}

#[test]
fn passages_are_judged_by_their_ids() {
    let run = manual();
    run.write(
        "manual/sync.md",
        "# 端末の同期が止まる\n\n## 原因\n\n設定の不足です。\n\n## 対処\n\n1. 同期の設定を確かめます。\n",
    );
    run.write("qrels.txt", "q1 0 sync#対処 2\nq2 0 printer 1\n");
    let result = eval(&run, &["--passages", "--json", "--run", "out.run"]);
    assert_eq!(result.status, 0, "{}", result.err);
    let json = result.json();
    // Of the printer no passage is judged.
    assert_eq!(json["measures"]["queries"], 1);
    let written = std::fs::read_to_string(run.path().join("out.run")).expect("the run is written");
    assert!(written.starts_with("q1 Q0 sync#"), "{written}");
    let json = eval(&run, &["--json"]).json();
    assert_eq!(json["measures"]["success_at_1"], 1.0);
}

#[test]
fn a_misspelt_id_is_named_with_its_line() {
    let run = manual();
    run.write("qrels.txt", "q1 0 sync 1\nq2 0 printr 1\n");
    let result = eval(&run, &[]);
    assert_eq!(result.status, 2, "{}", result.out);
    assert!(result.err.contains("qrels.txt:2: 「printr」"), "{}", result.err);
    run.write("qrels.txt", "q1 0 sync#nowhere 1\n");
    assert!(eval(&run, &[]).err.contains("qrels.txt:1: 「sync#nowhere」"));
}

#[test]
fn a_misspelt_bank_is_named_with_its_line() {
    let run = manual();
    run.write("bank.jsonl", "\n{\"id\":\"a\"}\n");
    let result = run.run(&["eval", "--kb", "manual", "--claims", "bank.jsonl"]);
    assert_eq!(result.status, 2);
    assert!(result.err.contains("bank.jsonl:2"), "{}", result.err);
}

#[test]
fn two_runs_are_compared_without_a_search() {
    let run = manual();
    run.write("old.run", "q1 Q0 printer 1 2.0 t\nq2 Q0 printer 1 2.0 t\n");
    run.write("new.run", "q1 Q0 sync 1 2.0 t\nq2 Q0 printer 1 2.0 t\n");
    let result =
        run.run(&["eval", "--qrels", "qrels.txt", "--from", "new.run", "--compare", "old.run"]);
    assert_eq!(result.status, 0, "{}", result.err);
    insta::assert_snapshot!(result.out, @r"
       │ 質問 │ S@1    │ MRR@10 │ nDCG@10 │ 再現率@10
    ───┼──────┼────────┼────────┼─────────┼──────────
    前 │ 2    │ 0.5000 │ 0.5000 │ 0.5000  │ 0.5000
    今 │ 2    │ 1.0000 │ 1.0000 │ 1.0000  │ 1.0000

    偶然にこれだけの差が出る確率: S@1 1.000、nDCG@10 1.000（符号を無作為に10000回入
    れ替える検定）
    よくなった質問: 1件
      q1  nDCG@10 0.000 → 1.000
    悪くなった質問: 0件
    ");
}

#[test]
fn one_query_is_shown_with_its_evidence() {
    let run = manual();
    let result = eval(&run, &["--show", "q2"]);
    assert_eq!(result.status, 0, "{}", result.err);
    assert!(result.out.starts_with("紙詰まり\n"), "{}", result.out);
    assert!(result.out.contains("プリンターの紙詰まり（正解 1）  printer#"), "{}", result.out);
    assert!(result.out.contains("text "), "{}", result.out);

    let result = eval(&run, &["--show", "q9"]);
    assert_eq!((result.status, result.out.as_str()), (2, ""));
    insta::assert_snapshot!(result.err, @r"
    エラー: 「q9」という質問はありません
    ヒント: --show には、--queries か --unanswerable のファイルにある ID を指定してください
    ");
}

#[test]
fn weights_are_set_and_taken_away() {
    let run = manual();
    let shown = |more: &[&str]| eval(&run, &[&["--show", "q1"], more].concat()).out;
    let (own, without) = (shown(&[]), shown(&["--without", "title", "--weight", "body=0.5"]));
    assert_ne!(own, without);
    assert_eq!(own, shown(&["--weight", "title=2.0"]));
    let result = eval(&run, &["--without", "tilte"]);
    assert_eq!(result.status, 2);
    assert!(result.err.starts_with("エラー: 「tilte」という重みはありません\n"), "{}", result.err);
    assert!(result.err.contains("title, heading, body"), "{}", result.err);
    assert_eq!(eval(&run, &["--weight", "title=-1"]).status, 2);
}

#[test]
fn only_some_queries_are_measured() {
    let run = manual();
    let json = eval(&run, &["--only", "q2", "--json"]).json();
    assert_eq!(json["measures"]["queries"], 1);
}

#[test]
fn a_line_that_is_no_judgement_is_named() {
    let run = manual();
    run.write("qrels.txt", "q1 0 sync 1\nq2 printer\n");
    let result = eval(&run, &[]);
    assert_eq!((result.status, result.out.as_str()), (2, ""));
    insta::assert_snapshot!(result.err, @"エラー: qrels.txt:2: 「クエリID 0 記事ID 評価」の形ではありません");
}
