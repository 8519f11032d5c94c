//! `shirube check`.

use crate::run::Run;

#[test]
fn the_shipped_articles_have_no_error() {
    let run = Run::new();
    let result = run.run(&["check"]);
    let errors: Vec<&str> = result.out.lines().filter(|line| line.contains(": エラー: ")).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    assert_eq!(result.status, 0);
}

#[test]
fn an_error_has_its_place_and_what_to_do() {
    let run = Run::new();
    run.write("manual/a.md", "---\nproduct: 製品\nupdated: 2026-01-01\nsource: https://example.com\n---\n# 題名\n\n[別の記事](missing.md)を見ます。\n");
    let result = run.run(&["check", "manual"]);
    assert_eq!(result.status, 1);
    insta::assert_snapshot!(result.out, @"
    a.md:8: エラー: リンク先の missing.md はありません [dead-link]
        見出しのアンカーは、小文字にして、空白を - に変え、記号を除いたものです
    ");
    insta::assert_snapshot!(result.err, @"お知らせ: エラー 1件、警告 0件");
}

#[test]
fn front_matter_that_does_not_parse() {
    let run = Run::new();
    run.write("manual/a.md", "---\ntitle: [\n---\n# 題名\n\n本文です。\n");
    let result = run.run(&["check", "--kb", "manual"]);
    assert_eq!(result.status, 1);
    assert!(result.out.contains("a.md:"), "{}", result.out);
    assert!(result.out.contains("[front-matter-invalid]"), "{}", result.out);
}
