//! `shirube index`, and what becomes of an index that cannot be read.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::Run;

const ARTICLE: &str =
    "---\nproduct: 製品\n---\n# 端末の同期が止まる\n\n【対処】\n\n1. 同期の設定を確かめます。\n";

fn manual() -> Run {
    let run = Run::new();
    run.write("manual/a.md", ARTICLE);
    run
}

/// The arguments of a search of the manual with its index beside it.
const SEARCH: &[&str] = &["--kb", "manual", "--index", "index", "-q", "端末の同期が止まる"];

/// The files of an index, but for the one that names the snapshot.
fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).expect("the index can be listed") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.file_name().is_some_and(|name| name != "CURRENT") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn says_what_was_indexed() {
    let run = manual();
    let result = run.run(&["index", "manual", "--index", "index"]);
    assert_eq!((result.status, result.out.as_str()), (0, ""));
    insta::assert_snapshot!(result.err, @"お知らせ: 索引を作りました（記事 1・箇所 1・文面 0）");
}

#[test]
fn a_changed_article_is_found_at_once() {
    let run = manual();
    assert_eq!(run.run(SEARCH).status, 0);
    run.write("manual/b.md", "# プリンターの紙詰まり\n\n【対処】\n\n1. 紙を取り除きます。\n");
    let result = run.run(&["--kb", "manual", "--index", "index", "-q", "プリンターの紙詰まり"]);
    assert!(result.out.contains("b.md:"), "{}", result.out);
}

#[test]
fn an_empty_knowledge_base() {
    let run = Run::new();
    run.write("manual/notes.txt", "記事ではありません");
    let result = run.run(SEARCH);
    assert_eq!((result.status, result.out.as_str()), (2, ""));
    insta::assert_snapshot!(result.err, @"
    エラー: ナレッジベース manual に記事（.md）が1件もありません
    ヒント: 記事を置くか、--kb で別のフォルダーを指定してください
    ");
}

#[test]
fn a_knowledge_base_that_is_missing_or_a_file() {
    let run = manual();
    let missing = run.run(&["--kb", "nowhere", "-q", "同期"]);
    assert_eq!(missing.status, 2);
    insta::assert_snapshot!(missing.err, @"
    エラー: ナレッジベース nowhere を開けません
    原因: No such file or directory (os error 2)
    ヒント: --kb のフォルダー名を確かめるか、内蔵の記事を使うなら --kb builtin としてください
    ");
    let file = run.run(&["--kb", "manual/a.md", "-q", "同期"]);
    assert_eq!(file.status, 2);
    insta::assert_snapshot!(file.err, @"
    エラー: ナレッジベース manual/a.md はフォルダーではありません
    ヒント: 記事（.md）が入ったフォルダーを --kb で指定してください
    ");
}

#[test]
fn a_damaged_index_is_built_anew_or_told() {
    let run = manual();
    assert_eq!(run.run(SEARCH).status, 0);
    for file in files(&run.path().join("index")) {
        fs::write(&file, "damaged").expect("the file can be written");
    }
    let told = run.run(&[SEARCH, &["--no-refresh"]].concat());
    assert_eq!((told.status, told.out.as_str()), (2, ""));
    assert!(told.err.contains("shirube index"), "{}", told.err);

    let mended = run.run(SEARCH);
    assert_eq!(mended.status, 0, "{}", mended.err);
    assert!(mended.err.contains("作り直しました"), "{}", mended.err);
    assert_eq!(run.run(SEARCH).err, "");
}

#[test]
fn the_index_never_lands_in_the_knowledge_base() {
    let run = manual();
    assert_eq!(run.run(&["--kb", "manual", "-q", "端末の同期が止まる"]).status, 0);
    assert_eq!(files(&run.path().join("manual")), [run.path().join("manual/a.md")]);
}

#[test]
fn a_cache_that_cannot_be_written_is_no_obstacle() {
    let run = manual();
    run.write("occupied", "a file where a directory should be");
    let output = run
        .command(&["--kb", "manual", "-q", "端末の同期が止まる"])
        .env("XDG_CACHE_HOME", run.path().join("occupied"))
        .output()
        .expect("the program can be run");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(err.contains("メモリ"), "{err}");
}

#[test]
fn an_index_that_is_named_alone_needs_no_articles_and_stands_for_no_others() {
    let run = manual();
    let search = ["--index", "index", "--no-refresh", "-q", "端末の同期が止まる"];
    let missing = run.run(&search);
    assert_eq!((missing.status, missing.out.as_str()), (2, ""));
    insta::assert_snapshot!(missing.err, @"
    エラー: index に索引がありません
    ヒント: 作るには: shirube index 記事のフォルダー --index index
    ");
    assert_eq!(run.run(&["index", "manual", "--index", "index"]).status, 0);
    fs::remove_dir_all(run.path().join("manual")).expect("a directory can be removed");
    let result = run.run(&search);
    assert!(result.out.contains("出典: a.md:"), "{}{}", result.out, result.err);
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_read_is_told_and_costs_itself_alone() {
    use std::os::unix::fs::symlink;
    let run = manual();
    run.write("manual/b.md", "# プリンターの紙詰まり\n\n【対処】\n\n1. 紙を取り除きます。\n");
    run.write("manual/synonyms.txt", "端末, デバイス\n");
    let index = |more: &[&str]| {
        let arguments = [&["index", "manual", "--index", "index", "--follow-links"], more].concat();
        run.run(&arguments)
    };
    assert_eq!(index(&[]).status, 0);
    // The memory of a process can be listed and not be read, even by the administrator.
    for name in ["b.md", "synonyms.txt"] {
        let path = run.path().join("manual").join(name);
        fs::remove_file(&path).expect("the file is there");
        symlink("/proc/self/mem", &path).expect("a link can be made");
    }
    let result = index(&[]);
    assert_eq!(result.status, 2, "{}", result.err);
    insta::assert_snapshot!(result.err, @"
    注意: b.md: 読めません（Input/output error (os error 5)）。前に読んだ内容のまま使います
    注意: synonyms.txt: 読めません（Input/output error (os error 5)）。前に読んだ内容のまま使います
    お知らせ: 索引を新しくしました（読んだ記事 0、全部で記事 2・箇所 2・文面 0）
    ");
    let asked =
        ["--kb", "manual", "--index", "index", "--follow-links", "-q", "プリンターの紙詰まり"];
    let result = run.run(&asked);
    assert_eq!(result.status, 0, "{}", result.err);
    assert!(result.out.contains("紙を取り除きます"), "{}", result.out);
    let answer = run.run(&[&asked, ["--json"].as_slice()].concat()).json();
    let warned = answer["warnings"].to_string();
    assert!(warned.contains("b.md ほか1件"), "{warned}");
    let result = run.run(&["check", "manual", "--index", "index", "--follow-links"]);
    assert!(result.out.contains("b.md:1") && result.out.contains("unreadable"), "{}", result.out);
    // Without the links the article is gone for good, by a decision.
    let result = run.run(&["index", "manual", "--index", "index"]);
    assert_eq!(result.status, 0, "{}", result.err);
    assert!(result.err.contains("--follow-links"), "{}", result.err);
}
