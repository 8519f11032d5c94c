//! The shipped flows, branch by branch.

mod branches;
mod paste;
mod premises;
mod sets;

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use super::{Flow, check, parse, remedy};
use crate::kb;

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/kb/flows");

/// The shipped flows, by their names.
fn flows() -> &'static [Flow] {
    static FLOWS: LazyLock<Vec<Flow>> = LazyLock::new(|| {
        let read = |file: &include_dir::File<'static>| {
            let path = format!("flows/{}", file.path().display());
            parse(&path, file.contents_utf8().expect("it is text"))
        };
        let mut flows: Vec<Flow> = SHIPPED.files().map(read).collect();
        flows.sort_by(|one, other| one.path.cmp(&other.path));
        flows
    });
    &FLOWS
}

#[test]
fn the_shipped_flows_have_no_problem() {
    for flow in flows() {
        let problems: Vec<String> =
            check(flow, &kb::embedded().articles).iter().map(ToString::to_string).collect();
        assert_eq!(problems, Vec::<String>::new(), "{}", flow.path);
    }
}

#[test]
fn every_remedy_of_the_shipped_flows_is_found() {
    let articles = &kb::embedded().articles;
    for case in flows().iter().flat_map(|flow| &flow.checks).flat_map(|check| &check.cases) {
        let Some(link) = &case.verdict.remedy else { continue };
        let found = remedy(link, articles).unwrap_or_else(|| panic!("{link:?} leads nowhere"));
        assert!(!found.passage.is_empty(), "{link:?}");
        if let (Some(anchor), Some(heading)) = (&link.anchor, found.section.last()) {
            let letters = |text: &str| {
                text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>()
            };
            assert_eq!(letters(heading), letters(anchor), "{link:?}");
        }
    }
}

#[test]
fn a_spoilt_flow_is_found_out() {
    let path = "flows/bizmobile-sync-not-complete.md";
    let text = include_str!("../../../kb/flows/bizmobile-sync-not-complete.md");
    let line_of = |wanted: &str| {
        let at = text.lines().position(|line| line.contains(wanted));
        u32::try_from(at.expect("the flow has the line") + 1).expect("it is short")
    };
    let cases = [
        (
            "「最終アクセス」>「デバイス情報を要求」→",
            "「最終アクセル」>「デバイス情報を要求」→",
            "「最終アクセス」のことでしょうか",
        ),
        (
            "「最終アクセス」>「デバイス情報を要求」→",
            "「最終アクセス」> 5 →",
            "日時と数は比べられません",
        ),
        (
            "「最終アクセス」>「デバイス情報を要求」→",
            "「最終アクセス」>「デバイス情報を要求」かつ「最終アクセス」<「デバイス情報を要求」→",
            "けっして成り立ちません",
        ),
        ("「最終アクセス」>「デバイス情報を要求」→", "「最終アクセス」>> →", "読めません"),
        ("#最終アクセスが更新されていない", "#ない見出し", "見出し「#ない見出し」がありません"),
        (
            "../bizmobile/operation-log.md",
            "../bizmobile/operation.md",
            "記事「bizmobile/operation」がありません",
        ),
    ];
    for (from, to, message) in cases {
        let line = line_of(from);
        let spoilt = parse(path, &text.replace(from, to));
        let problems = check(&spoilt, &kb::embedded().articles);
        let found = problems
            .iter()
            .any(|problem| problem.line == line && problem.to_string().contains(message));
        assert!(found, "{to}: {problems:?}");
    }
}

/// The examples of the team's guide work as they are shown.
#[test]
fn the_guide_tells_the_truth() {
    let guide = include_str!("../../../kb/README.md");
    let chapter = guide.split("## 確認フローを書く").nth(1).expect("the guide has the chapter");
    let example = chapter
        .split("````")
        .nth(1)
        .and_then(|example| example.strip_prefix("markdown\n"))
        .expect("the chapter has an example");
    let flow = parse("flows/example.md", example);
    let problems: Vec<String> =
        check(&flow, &kb::embedded().articles).iter().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(flow.checks.len(), 3);
    let table = guide.split("## 条件を書く").nth(1).expect("the guide has the chapter");
    let conditions: Vec<String> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|line| line.split("` |").next())
        .map(|condition| condition.replace("\\|", "|"))
        .collect();
    assert!(conditions.len() > 10, "{conditions:?}");
    for condition in conditions {
        assert!(super::Condition::parse(&condition).is_ok(), "{condition}");
    }
}
