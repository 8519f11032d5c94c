//! The shipped flows, branch by branch.

mod branches;
mod paste;
mod premises;
mod read;
mod sets;

use std::sync::OnceLock;

use super::{Flow, check, parse, remedy};
use crate::kb;

const FILES: [(&str, &str); 5] = [
    (
        "flows/bizmobile-profile-sync-required.md",
        include_str!("../../../kb/flows/bizmobile-profile-sync-required.md"),
    ),
    (
        "flows/bizmobile-sync-not-complete.md",
        include_str!("../../../kb/flows/bizmobile-sync-not-complete.md"),
    ),
    (
        "flows/clomo-command-not-received.md",
        include_str!("../../../kb/flows/clomo-command-not-received.md"),
    ),
    (
        "flows/mobiconnect-job-status.md",
        include_str!("../../../kb/flows/mobiconnect-job-status.md"),
    ),
    (
        "flows/mobiconnect-profile-overwrite.md",
        include_str!("../../../kb/flows/mobiconnect-profile-overwrite.md"),
    ),
];

fn flows() -> &'static [Flow] {
    static FLOWS: OnceLock<Vec<Flow>> = OnceLock::new();
    FLOWS.get_or_init(|| FILES.iter().map(|(path, text)| parse(path, text)).collect())
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
        let Some(link) = case.outcome.remedy() else { continue };
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
    let (path, text) = FILES[1];
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
