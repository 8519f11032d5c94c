//! `shirube import`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::run::Run;

fn data(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import").join(name).display().to_string()
}

/// The files of a directory with their bytes and the times of their last change, sorted.
fn state(directory: &Path) -> Vec<(PathBuf, Vec<u8>, SystemTime)> {
    let mut files: Vec<_> = fs::read_dir(directory)
        .expect("the directory can be listed")
        .map(|entry| {
            let path = entry.expect("the entry can be read").path();
            let bytes = fs::read(&path).expect("the file can be read");
            let time = fs::metadata(&path).and_then(|it| it.modified()).expect("files have times");
            (path, bytes, time)
        })
        .collect();
    files.sort();
    files
}

#[test]
fn pages_and_a_table_come_out_as_articles_that_their_messages_find() {
    let run = Run::new();
    let import = run.run(&["import", &data("pages"), &data("messages.csv"), "--into", "kb"]);
    assert_eq!(import.status, 0, "{}", import.err);
    for (log, title) in [
        (
            "2026-11-20 10:02 同期処理がタイムアウトしました（端末: sato_iPad07）",
            "同期が完了しないときの対処",
        ),
        ("署名用証明書の有効期限まで残り14日です", "証明書を更新する"),
        ("このプロファイルは削除が許可されていません。", "プロファイルを削除できない"),
        (
            "ライセンスの残数が不足しているため、端末「eigyo-021」を登録できません。",
            "ライセンスの残数が不足しているため、端末「%s」を登録できません。",
        ),
        (
            "ERROR 端末「honsha-iPad」は管理対象外のため、操作を中止しました。",
            "端末「%s」は管理対象外のため、操作を中止しました。",
        ),
    ] {
        let answer = run.paste(&["--kb", "kb", "--json"], log).json();
        assert_eq!(answer["incidents"][0]["remedies"][0]["title"], title, "{log}");
    }
}

#[test]
fn running_it_again_changes_nothing() {
    let run = Run::new();
    let sources =
        [data("pages"), data("messages.csv"), data("articles.json"), data("questions.txt")];
    let mut arguments = vec!["import", "--into", "kb"];
    arguments.extend(sources.iter().map(String::as_str));
    let first = run.run(&arguments);
    assert!(first.out.contains("追加 15"), "{}", first.out);
    let before = state(&run.path().join("kb"));
    assert_eq!(before.len(), 15);
    let second = run.run(&arguments);
    assert_eq!(second.status, 0);
    assert!(second.out.contains("変わりなし 15"), "{}", second.out);
    assert_eq!(state(&run.path().join("kb")), before);
}

#[test]
fn what_a_person_edits_is_kept() {
    let run = Run::new();
    let page = |text: &str| {
        let html = format!(
            "<html><head><title>題</title><link rel=canonical href=https://e.com/1></head><body><main><p>{text}</p></main></body></html>"
        );
        run.write("site/1.html", html);
        run.run(&["import", "site", "--into", "kb"]).out
    };
    let article = run.path().join("kb/題.md");
    let read = || fs::read_to_string(&article).expect("the article is there");
    page("一つ目の本文です。");
    assert!(page("二つ目の本文です。").starts_with("更新 題.md"));
    assert!(read().contains("二つ目の本文です。") && !read().contains("一つ目"));

    // Moved and edited by hand: found again, and left alone.
    let moved = run.write("kb/sync/端末.md", read() + "\n\n手で足した文です。\n");
    fs::remove_file(&article).expect("the article can be removed");
    assert!(page("二つ目の本文です。").starts_with("保持 sync/端末.md"));
    assert!(!article.exists());
    let out = page("三つ目の本文です。");
    assert!(out.contains("確認 sync/端末.md"), "{out}");
    let kept = fs::read_to_string(&moved).expect("the article is there");
    assert!(kept.contains("手で足した文です。") && !kept.contains("三つ目"));
    let beside = run.path().join("kb/sync/端末.md.imported");
    let new = fs::read_to_string(&beside).expect("the new text stands beside it");
    assert!(new.contains("三つ目の本文です。"));

    // The `.imported` file beside an article is no article.
    assert_eq!(run.run(&["check", "kb"]).out.matches("端末.md.imported").count(), 0);

    // Taken over by hand, with the line that says so: done, and the copy is gone.
    let mark =
        |text: &str| text.lines().find(|line| line.starts_with("import:")).map(str::to_owned);
    let (old, current) = (mark(&kept), mark(&new));
    let merged = kept.replace(&old.expect("marked"), &current.expect("marked"));
    fs::write(&moved, merged).expect("the article can be written");
    let out = page("三つ目の本文です。");
    assert!(out.contains("手で直したので保持 1"), "{out}");
    assert!(!beside.exists());
}

#[test]
fn a_file_of_the_teams_own_is_never_written_over() {
    let run = Run::new();
    run.write("kb/証明書を更新する.md", "# 私たちの記事\n");
    run.run(&["import", &data("pages/flare-certificate.htm"), "--into", "kb"]);
    let own = fs::read_to_string(run.path().join("kb/証明書を更新する.md")).expect("it is there");
    assert_eq!(own, "# 私たちの記事\n");
    assert!(run.path().join("kb/証明書を更新する-2.md").exists());
}

#[test]
fn it_says_what_it_leaves_out_and_writes_nothing_when_asked() {
    let run = Run::new();
    run.write("site/manual.pdf", b"%PDF-1.7\n\xE2\xE3");
    run.write("site/page.html", "<html><body><nav>目次</nav><main>本文です。<iframe src='https://v.example.com/1'></iframe></main>");
    let result = run.run(&["import", "site", "--dry-run", "--lang", "en"]);
    assert_eq!(result.status, 0);
    assert!(!run.path().join("imported").exists());
    for told in ["manual.pdf", "https://v.example.com/1", "navigation", "1 created"] {
        assert!(result.out.contains(told), "{told}:\n{}", result.out);
    }
    assert_eq!(result.err, "note: nothing was written (--dry-run)\n");
    assert_eq!(run.run(&["import", "site/manual.pdf"]).status, 1);
    let wrong = run.run(&["import", "nowhere"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("nowhere"), "{}", wrong.err);
    assert_eq!(run.run(&["import", "site", "--base-url", "example.com"]).status, 2);
}

#[test]
fn importing_each_form_twice_changes_nothing() {
    for source in [
        "pages/confluence_65541.html",
        "pages/notion 0123456789abcdef0123456789abcdef.html",
        "pages/hubspot.html",
        "pages/gitbook.html",
        "pages/sharepoint.html",
        "pages/zendesk-sync.html",
        "pages/flare-certificate.htm",
        "pages/wordpress-profile.html",
        "messages.csv",
        "messages.xlsx",
        "articles.json",
        "questions.txt",
    ] {
        let run = Run::new();
        let arguments = ["import", &data(source), "--into", "kb"];
        assert_eq!(run.run(&arguments).status, 0, "{source}");
        let before = state(&run.path().join("kb"));
        assert!(!before.is_empty());
        let again = run.run(&arguments);
        assert!(again.out.contains("追加 0、更新 0"), "{source}: {}", again.out);
        assert_eq!(state(&run.path().join("kb")), before, "{source}");
    }
}

#[test]
fn what_the_team_adds_survives_and_is_shown() {
    let run = Run::new();
    let page = |text: &str| {
        let html = format!(
            "<html><head><title>同期に失敗しました</title><link rel=canonical href=https://e.com/1></head><body><main><h2>対処</h2><p>{text}</p></main></body></html>"
        );
        run.write("site/1.html", html);
        run.run(&["import", "site", "--into", "kb"]).out
    };
    page("端末を再起動します。");
    let article = run.path().join("kb/同期に失敗しました.md");
    let read = || fs::read_to_string(&article).expect("the article is there");
    let noted = read().replace("\nimport:", "\nowner: 情シス\nimport:")
        + "\n<!-- notes -->\n\n## チームのメモ\n\n再起動の前に、店舗へ電話します。\n";
    fs::write(&article, &noted).expect("the article can be written");
    assert!(page("端末を再起動します。").contains("変わりなし 1"));
    assert_eq!(read(), noted);
    let out = page("端末を二度再起動します。");
    assert!(out.contains("更新 1"), "{out}");
    let now = read();
    for kept in ["owner: 情シス\n", "店舗へ電話します。", "二度再起動します。"]
    {
        assert!(now.contains(kept), "{kept}: {now}");
    }
    let answer = run.paste(&["--kb", "kb", "--lang", "ja"], "2026-11-20 10:02 同期に失敗しました");
    assert!(answer.out.contains("店舗へ電話します"), "{}", answer.out);
}

#[test]
fn a_document_that_vanished_is_told_and_retired() {
    let run = Run::new();
    for number in [1, 2] {
        let page = format!(
            "<title>題{number}</title><link rel=canonical href=https://e.com/{number}><main>本文{number}</main>"
        );
        run.write(&format!("site/{number}.html"), page);
    }
    run.run(&["import", "site", "--into", "kb"]);
    fs::remove_file(run.path().join("site/2.html")).expect("the page can be removed");
    // Another source says nothing of this one.
    let other = run.run(&["import", &data("questions.txt"), "--into", "kb"]);
    assert!(!other.out.contains("消滅"), "{}", other.out);
    let told = run.run(&["import", "site", "--into", "kb"]);
    assert!(told.out.contains("消滅 題2.md"), "{}", told.out);
    assert!(run.path().join("kb/題2.md").exists());
    let retired = run.run(&["import", "site", "--into", "kb", "--retire"]);
    assert!(retired.out.contains("退避 題2.md"), "{}", retired.out);
    assert!(
        run.path().join("kb/題2.md.retired").exists() && !run.path().join("kb/題2.md").exists()
    );
    assert!(!run.run(&["import", "site", "--into", "kb"]).out.contains("消滅"));
}

#[test]
fn the_columns_of_a_table_can_be_told() {
    let run = Run::new();
    run.write("t.csv", "番,出る文,やること\n12,接続が切れてしまいました。,つなぎ直します。\n");
    assert_eq!(run.run(&["import", "t.csv", "--into", "kb"]).status, 1);
    let columns = "message=出る文,remedy=やること";
    assert_eq!(run.run(&["import", "t.csv", "--into", "kb", "--columns", columns]).status, 0);
    let wrong = run.run(&["import", "t.csv", "--columns", "mesage=出る文"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("message"), "{}", wrong.err);
}

#[test]
fn a_form_is_named_before_its_files_and_updates() {
    let run = Run::new();
    let yaml = |text: &str| {
        run.write("apple/mdm/lock.yaml", format!("title: Lock\npayload:\n  requesttype: DeviceLock\n  supportedOS:\n    iOS:\n      introduced: '{text}'\n"));
        run.write("apple/README.md", "# about\n");
        run.run(&["import", "apple-device-management", "apple", "--into", "kb"]).out
    };
    assert!(yaml("4.0").contains("追加 1"));
    assert!(yaml("4.0").contains("変わりなし 1"));
    assert!(yaml("5.0").contains("更新 1"));
}
