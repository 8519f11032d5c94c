//! The shipped flows, branch by branch.

mod branches;
mod paste;
mod premises;
mod sets;

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use super::{Flow, check, parse};
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

crate::source::cases! {
    problems_of_flows: |it| {
        let (from, to) = two(it);
        let text = include_str!("../../../kb/flows/bizmobile-sync-not-complete.md");
        listed(check(&parse("a.md", &text.replace(from, to)), &kb::embedded().articles))
    };
}

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
