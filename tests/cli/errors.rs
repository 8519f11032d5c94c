//! Bad input: what, where, and what to type next, with status 2.

use crate::run::Run;

#[test]
fn a_missing_file() {
    let result = Run::new().run(&["missing.log"]);
    assert_eq!(result.status, 2);
    assert_eq!(result.out, "");
    insta::assert_snapshot!(result.err, @r#"
    エラー: missing.log がありません
    ヒント: 名前を確かめてください。質問なら shirube -q "missing.log"、コマンドの一覧は shirube --help
    "#);
}

#[test]
fn a_directory_for_a_file() {
    let run = Run::new();
    run.write("logs/a.log", "");
    let result = run.run(&["logs"]);
    assert_eq!(result.status, 2);
    insta::assert_snapshot!(result.err, @"
    エラー: logs はフォルダーです
    ヒント: ログのファイルを指定してください: shirube logs/*.log（記事のフォルダーなら --kb logs）
    ");
}

#[test]
fn in_english() {
    let run = Run::new();
    run.write("logs/a.log", "");
    insta::assert_snapshot!(run.run(&["--lang", "en", "missing.log"]).err, @r#"
    error: there is no file missing.log
    hint: check its name; shirube -q "missing.log" asks a question, shirube --help lists the commands
    "#);
    insta::assert_snapshot!(run.run(&["--lang", "en", "logs"]).err, @"
    error: logs is a directory
    hint: name the log files: shirube logs/*.log (a directory of articles is given by --kb logs)
    ");
}

#[test]
fn a_time_that_is_none() {
    let result = Run::new().run(&["--now", "yesterday", "a.log"]);
    assert_eq!(result.status, 2);
    insta::assert_snapshot!(result.err, @"
    エラー: --now の日時を読めません: yesterday
    原因: failed to parse four digit integer as year: invalid digit, expected 0-9 but got y
    ヒント: 例: --now 2026-11-23
    ");
}

#[test]
fn an_option_that_does_not_exist() {
    let result = Run::new().run(&["--colour"]);
    assert_eq!(result.status, 2);
    assert!(result.err.contains("--color"), "{}", result.err);
}

#[test]
fn options_of_the_search_before_another_verb() {
    let result = Run::new().run(&["--limit", "2", "index"]);
    assert_eq!(result.status, 2);
    insta::assert_snapshot!(result.err, @"
    エラー: 検索のオプションは、このコマンドでは使えません
    ヒント: コマンドの名前の後ろに、そのコマンドのオプションを書きます: shirube help
    ");
}

#[test]
fn escapes_in_a_file_name_stay_harmless() {
    let result = Run::new().run(&["\u{1b}[31m.log"]);
    assert!(!result.err.contains('\u{1b}'), "{}", result.err);
    let colored = Run::new().run(&["a\u{1b}[2J.log", "--color", "always", "--lang", "en"]).err;
    let first = "\u{1b}[1;31merror:\u{1b}[0m there is no file a␛[2J.log\n";
    assert!(colored.starts_with(first), "{colored:?}");
}
