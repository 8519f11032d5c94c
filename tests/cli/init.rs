//! `shirube init`.

use crate::run::Run;

#[test]
fn what_it_writes_passes_every_check_in_both_languages() {
    for (language, log) in [
        ("ja", "夜間バックアップ \"総務\" を中断しました。保存先の空きが足りません\n"),
        ("en", "nightly backup \"x\" was interrupted: not enough space at the destination\n"),
    ] {
        let run = Run::new();
        let result = run.run(&["init", "--lang", language]);
        assert_eq!((result.status, result.out.as_str()), (0, ""), "{}", result.err);
        let checked = run.run(&["check", "kb", "--lang", "en"]);
        assert_eq!(checked.out, "", "{language}");
        assert_eq!(checked.status, 0, "{}", checked.err);
        // The new knowledge base is found without being named.
        let answer = run.paste(&["--lang", "en"], log);
        assert_eq!(answer.status, 0, "{}", answer.out);
        assert!(answer.out.contains("Source: first-article.md:"), "{}", answer.out);
    }
}

#[test]
fn nothing_is_overwritten() {
    let run = Run::new();
    run.write("manual/first-article.md", "# mine\n");
    let result = run.run(&["init", "manual", "--lang", "en"]);
    assert_eq!(result.status, 2);
    insta::assert_snapshot!(result.err, @"
    error: manual/first-article.md is there already; nothing was written
    hint: name another directory: shirube init DIR
    ");
    let names: Vec<_> =
        std::fs::read_dir(run.path().join("manual")).expect("it is there").collect();
    assert_eq!(names.len(), 1, "{names:?}");
    let kept = std::fs::read_to_string(run.path().join("manual/first-article.md"));
    assert_eq!(kept.expect("it is there"), "# mine\n");
    assert_eq!(run.run(&["init", "elsewhere"]).status, 0);
    assert_eq!(run.run(&["init", "elsewhere"]).status, 2);
}
