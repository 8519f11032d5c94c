//! `shirube show` and `shirube list`, and what is not for readers yet.

use crate::run::Run;

fn manual() -> Run {
    let run = Run::new();
    run.write(
        "manual/sync/stops.md",
        "---\nproduct: 製品\nupdated: 2026-01-05\nowner: 情シス\nreviewed: 2026-02-01\n---\n# 端末の同期が止まる\n\n## 対処\n\n1. **同期**の設定を確かめます。\n\n## 原因\n\n回線が切れています。\n",
    );
    run.write(
        "manual/draft.md",
        "---\ndraft: true\n---\n# プリンターの紙詰まり\n\n紙を取り除きます。\n",
    );
    run
}

#[test]
fn an_article_and_a_section_are_shown() {
    let run = manual();
    let whole = run.run(&["--kb", "manual", "show", "sync/stops"]);
    assert_eq!(whole.status, 0, "{}", whole.err);
    insta::assert_snapshot!(whole.out, @"
    端末の同期が止まる
    sync/stops・製品・更新 2026-01-05（10か月前）・確認 2026-02-01・担当 情シス
    sync/stops.md:7

    対処

    1. 同期の設定を確かめます。

    原因

    回線が切れています。
    ");
    let section = run.run(&["--kb", "manual", "show", "sync/stops#原因"]);
    assert_eq!(section.status, 0, "{}", section.err);
    assert!(
        section.out.contains("回線") && !section.out.contains("設定を確かめます"),
        "{}",
        section.out
    );
    let json = run.run(&["--kb", "manual", "show", "sync/stops", "--json"]);
    assert!(json.out.contains("shirube.article/1"), "{}", json.out);
    let none = run.run(&["--kb", "manual", "show", "stops"]);
    assert_eq!(none.status, 2);
    assert!(none.err.contains("近い記事: sync/stops"), "{}", none.err);
}

#[test]
fn drafts_are_listed_and_searched_when_asked_for() {
    let run = manual();
    let ids = |out: &str| -> Vec<String> {
        out.lines().filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
    };
    let list = run.run(&["--kb", "manual", "list"]);
    assert_eq!(
        list.out,
        "sync/stops\t2026-01-05\t製品\t-\t端末の同期が止まる\t2026-02-01\t情シス\n"
    );
    let list = run.run(&["--kb", "manual", "list", "--drafts"]);
    assert_eq!(ids(&list.out), ["draft", "sync/stops"]);
    let asked = ["--kb", "manual", "-q", "プリンターの紙詰まり"];
    assert_eq!(run.run(&asked).status, 1);
    let asked = run.run(&[&asked, ["--drafts"].as_slice()].concat());
    assert!(asked.out.contains("紙を取り除きます"), "{}", asked.out);
}

#[test]
fn a_stub_that_nobody_filled_in_is_no_answer() {
    let run = manual();
    run.write(
        "manual/stub.md",
        "# 回転椅子が回らない\n\n## 対処\n\n【対処】\n\n1. （最初にすること）\n",
    );
    assert_eq!(run.run(&["--kb", "manual", "-q", "回転椅子が回らない"]).status, 1);
    let check = run.run(&["check", "manual"]);
    assert_eq!(check.status, 1);
    assert!(
        check.out.contains("stub.md:3: エラー") || check.out.contains("stub.md:5: エラー"),
        "{}",
        check.out
    );
}

#[test]
fn wrong_usage_is_told_in_japanese() {
    let run = Run::new();
    let told = |arguments: &[&str]| {
        let result = run.run(arguments);
        assert_eq!(result.status, 2, "{arguments:?}");
        result.err
    };
    insta::assert_snapshot!(told(&["--colour", "never"]), @"
    エラー: --colour というオプションはありません
    ヒント: もしかして: --color
    ");
    assert!(told(&["check", "--format", "xml"]).contains("「xml」は使えません"));
    assert!(told(&["show"]).contains("足りないものがあります"));
    assert!(run.run(&["--lang", "en", "--colour"]).err.contains("unexpected argument"));
}

#[test]
fn a_notice_stands_above_the_answers_of_its_product_while_it_lasts() {
    let run = manual();
    let notice = |last: &str, product: &str| {
        run.write(
            "manual/outage.md",
            format!("---\nproduct: {product}\npinned: true\nvalid_until: {last}\n---\n# 障害のお知らせ\n\n復旧を待ってください。\n"),
        );
        let text = run.run(&["--kb", "manual", "-q", "端末の同期が止まる"]).out;
        let json = run.run(&["--kb", "manual", "--json", "-q", "端末の同期が止まる"]).out;
        let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        (text, json["notices"].as_array().map_or(0, Vec::len))
    };
    let (text, count) = notice("2026-11-30", "製品");
    assert!(text.starts_with("【お知らせ】障害のお知らせ（2026-11-30 まで）"), "{text}");
    assert!(text.contains("復旧を待ってください。"), "{text}");
    assert_eq!(count, 1);
    // It has ended, or is about another console.
    for (last, product) in [("2026-11-22", "製品"), ("2026-11-30", "別の製品")] {
        let (text, count) = notice(last, product);
        assert!(!text.contains("障害のお知らせ（"), "{text}");
        assert_eq!(count, 0);
    }
}

#[test]
fn a_whole_article_is_shown_as_its_sections_are() {
    let run = Run::new();
    let text =
        "# 題\n\n!!! warning \"注意\"\n    データが消えます。\n\n[!DNL Intune] を開きます。\n";
    run.write("manual/wipe.md", text);
    let result = run.run(&["show", "wipe", "--kb", "manual"]);
    assert!(result.out.contains("⚠ 注意\n\nデータが消えます。"), "{}{}", result.out, result.err);
    for mark in [":::", "!!!", "[!DNL"] {
        assert!(!result.out.contains(mark), "{}", result.out);
    }
}
