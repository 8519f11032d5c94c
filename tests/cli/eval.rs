//! `shirube eval`.

use crate::run::Run;

fn manual() -> Run {
    let run = Run::new();
    run.write("manual/sync.md", "# 端末の同期が止まる\n\n同期の設定を確かめます。\n");
    run.write("manual/printer.md", "# プリンターの紙詰まり\n\n紙を取り除きます。\n");
    run.write("queries.tsv", "q1\t同期が止まる\nq2\t紙詰まり\n");
    run.write("qrels.txt", "q1 0 sync 1\nq2 0 printer 1\n");
    run
}

#[test]
fn measures_and_writes_the_run() {
    let run = manual();
    let result = run.run(&[
        "eval",
        "--kb",
        "manual",
        "--queries",
        "queries.tsv",
        "--qrels",
        "qrels.txt",
        "--run",
        "out.run",
    ]);
    assert_eq!(result.status, 0, "{}", result.err);
    insta::assert_snapshot!(result.out, @"
    queries	2
    S@1	1.0000
    MRR@10	1.0000
    nDCG@10	1.0000
    recall@10	1.0000
    ");
    let written = std::fs::read_to_string(run.path().join("out.run")).expect("the run is written");
    assert!(written.starts_with("q1 Q0 sync 1 "), "{written}");
}

#[test]
fn a_line_that_is_no_judgement_is_named() {
    let run = manual();
    run.write("qrels.txt", "q1 0 sync 1\nq2 printer\n");
    let result =
        run.run(&["eval", "--kb", "manual", "--queries", "queries.tsv", "--qrels", "qrels.txt"]);
    assert_eq!((result.status, result.out.as_str()), (2, ""));
    insta::assert_snapshot!(result.err, @"エラー: qrels.txt:2: 「クエリID 0 記事ID 評価」の形ではありません");
}
