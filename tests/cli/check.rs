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
    manual/a.md:8: エラー: リンク先の missing.md はありません [dead-link]
        パスは、この記事のあるフォルダーから書きます。移したファイルなら、リンクも直します
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

/// A knowledge base with a dead link and a stale article.
fn faulty() -> Run {
    let run = Run::new();
    run.write(
        "manual/a.md",
        "---\nproduct: 製品\nupdated: 2024-01-01\nsource: https://example.com\n---\n# 題名\n\n[別の記事](missing.md)を見ます。\n",
    );
    run
}

#[test]
fn findings_for_programs() {
    let run = faulty();
    let json = run.run(&["check", "--format", "json", "--stale", "24m", "manual"]);
    assert_eq!(json.status, 1);
    insta::assert_snapshot!(json.out);
    let github = run.run(&["check", "--format", "github", "--lang", "en", "./manual/"]);
    assert_eq!(
        github.out.lines().next(),
        Some(
            "::error file=manual/a.md,line=8,title=dead-link::there is no missing.md%0Aa path begins in the folder of this article; where the file has moved, change the link"
        )
    );
}

/// The properties that SARIF 2.1.0 requires: sections 3.13.2, 3.13.4, 3.14.6, 3.14.23, 3.18.2, 3.19.8, 3.27.6, 3.27.11, 3.49.3.
#[test]
fn findings_for_code_review() {
    let run = faulty();
    let log = run.run(&["check", "--format", "sarif", "--stale", "24m", "manual"]).json();
    assert_eq!(log["version"], "2.1.0");
    let schema = log["$schema"].as_str();
    assert!(schema.is_some_and(|schema| schema.ends_with("sarif-schema-2.1.0.json")));
    let driver = &log["runs"][0]["tool"]["driver"];
    assert_eq!(driver["name"], "shirube");
    let rules = driver["rules"].as_array().expect("the rules are an array");
    let levels = ["none", "note", "warning", "error"];
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string());
        let level = rule["defaultConfiguration"]["level"].as_str().unwrap_or_default();
        assert!(levels.contains(&level), "{rule}");
    }
    let results = log["runs"][0]["results"].as_array().expect("the results are an array");
    assert_eq!(results.len(), 2);
    for (result, (rule, level, line)) in
        results.iter().zip([("stale", "note", 3), ("dead-link", "error", 8)])
    {
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        assert_eq!((&result["ruleId"], &result["level"]), (&rule.into(), &level.into()));
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
        assert_eq!(
            index.and_then(|index| rules.get(index)).map(|it| &it["id"]),
            Some(&rule.into())
        );
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "manual/a.md");
        assert_eq!(place["region"]["startLine"], line);
    }
    // Without results the array is there, and empty: the run found nothing.
    run.write("manual/a.md", "---\nproduct: 製品\nupdated: 2026-01-01\nsource: https://example.com\n---\n# 題名\n\n本文です。\n");
    let empty = run.run(&["check", "--format", "sarif", "manual"]).json();
    assert_eq!(empty["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn the_team_says_how_long_is_stale_and_how_bad_a_finding_is() {
    let run = faulty();
    let stale = |age: &str| run.run(&["check", "--stale", age, "manual"]);
    assert!(stale("24m").out.contains("[stale]"));
    assert!(!stale("10y").out.contains("[stale]"));
    let wrong = stale("soon");
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("24m"), "{}", wrong.err);

    run.write("manual/shirube.toml", "[severity]\ndead-link = \"warning\"\nstail = \"off\"\n");
    let result = run.run(&["check", "manual"]);
    assert_eq!(result.status, 0, "{}", result.out);
    assert!(result.out.contains("manual/shirube.toml:3: 警告"), "{}", result.out);
}

#[test]
fn the_report_is_one_page_that_remembers_the_samples() {
    let run = faulty();
    run.write("manual/shirube.toml", "samples = true\n");
    let sample = "```log\n10:21 端末\"sato\"は同期の要求に応答しませんでした\n```\n";
    let write = |title: &str, wording: &str| {
        let text = format!("# {title}\n\n「{wording}」と出たときの手順です。\n\n{sample}");
        run.write("manual/b.md", text);
    };
    write("端末が応答しない", "端末\"mori\"は同期の要求に応答しませんでした");
    let report = |day: &str| {
        let arguments =
            ["check", "manual", "--report", "report.html", "--lang", "en", "--now", day];
        let result = run.run(&arguments);
        assert!(result.err.contains("the report is in report.html"), "{}", result.err);
        std::fs::read_to_string(run.path().join("report.html")).expect("the page is written")
    };
    let page = report("2026-11-01");
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(page.contains("<b>1/1</b><span class=\"soft\">samples that come first</span>"));
    assert!(page.contains("2026-11-01: 100%"));
    // Later the wording is lost: the sample fails, and the page shows both days.
    write("印刷", "用紙がありません");
    let page = report("2026-11-02");
    assert!(page.contains("2026-11-01: 100%") && page.contains("2026-11-02: 0%"));
    assert!(page.contains("<td class=\"number\">1</td><td class=\"number bad\">—</td>"));
    let state = run.path().join("home/.local/state/shirube");
    let kept = std::fs::read_dir(state).expect("the history is kept").flatten();
    let samples = kept.filter(|it| it.file_name().to_string_lossy().starts_with("samples-"));
    assert_eq!(samples.count(), 1);
    assert_eq!(run.run(&["check", "manual", "--report", "none/report.html"]).status, 2);
}

#[test]
fn a_severity_can_be_asked_for() {
    let run = Run::new();
    run.write("manual/a.md", "# 題名\n\n本文です。\n");
    run.write("manual/b.md", "# 別の題名\n\n本文です。\n");
    let all = run.run(&["check", "manual"]);
    assert_eq!(all.status, 0);
    assert_eq!(all.out.matches("[missing-date]").count(), 1, "{}", all.out);
    assert!(all.out.contains("2件あります"), "{}", all.out);
    assert_eq!(run.run(&["check", "manual", "--all"]).out.matches("[missing-date]").count(), 2);
    let none = run.run(&["check", "manual", "--min-severity", "warning"]);
    assert_eq!((none.status, none.out.as_str()), (0, ""));
    assert_eq!(run.run(&["check", "manual", "--min-severity", "info"]).status, 1);
}

#[test]
fn an_article_that_no_judged_question_brings_up_is_told() {
    let run = Run::new();
    let article = |title: &str| {
        format!(
            "---\nproduct: 製品\nupdated: 2026-01-01\nsource: https://example.com\n---\n# {title}\n\n「{title}」と出ます。\n\n## 対処\n\n1. 設定を直します。\n"
        )
    };
    run.write("manual/a.md", article("通信経路を確立できません"));
    run.write("manual/b.md", article("印刷の待ち行列が満杯です"));
    run.write("queries.tsv", "1\t通信経路を確立できません\n");
    let told = |arguments: &[&str]| run.run(&[&["check", "manual"], arguments].concat()).out;
    let found = told(&["--queries", "queries.tsv"]);
    assert!(found.contains("b.md:1: 情報: ") && found.contains("[never-reached]"), "{found}");
    assert!(!found.contains("a.md"), "{found}");
    assert!(!told(&[]).contains("never-reached"));
    let result = run.run(&["check", "manual", "--against", "i", "--queries", "queries.tsv"]);
    assert!(result.status == 2 && result.err.contains("--qrels"), "{}", result.err);
}
