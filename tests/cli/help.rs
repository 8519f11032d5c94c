//! `--help`, `--version`, manual pages and completions.

use crate::run::Run;

#[test]
fn names_the_knowledge_base_that_is_searched() {
    let run = Run::new();
    assert!(run.run(&["--help"]).out.contains("--kb がないときのナレッジベース: 内蔵の記事"));
    assert!(run.run(&["--lang", "en", "--help"]).out.contains("without --kb: the one built in"));
    run.write("kb/a.md", "# 題名\n");
    assert!(run.run(&["--help"]).out.contains("--kb がないときのナレッジベース: kb\n"));
}

#[test]
fn is_in_the_language_of_the_user() {
    let run = Run::new();
    assert!(run.run(&["check", "--help"]).out.contains("記事の問題を調べ"));
    let english = run.command(&["check", "--help"]).env("LANG", "en_US.UTF-8").output();
    let english = String::from_utf8(english.expect("the program can be run").stdout);
    assert!(english.expect("the help is UTF-8").contains("Look for problems in the articles"));
}
