use super::*;
use crate::source::Language;

const TEXT: &str = include_str!("../../../tests/data/flow.md");

#[test]
fn a_flow_is_read_whole() {
    let flow = parse("flows/a.md", TEXT);
    assert_eq!(flow.fact("要求した日時").map(|fact| fact.label.as_str()), Some("要求"));
    insta::assert_debug_snapshot!(flow);
}

crate::source::cases! {
    flows_that_make_no_sense: |it| {
        let (from, to) = two(it);
        let flow = parse("flows/a.md", &TEXT.replace(from, to));
        listed(flow.warnings.iter().map(|warning| {
            let line = warning.line.unwrap_or_default();
            format!("{line}: {}", warning.message.text(Language::Ja))
        }))
    };
}

#[test]
fn a_text_without_checks_is_told() {
    assert_eq!(parse("flows/a.md", "# 題\n\n本文\n").warnings.len(), 1);
}

#[test]
fn a_team_overrides_a_shipped_flow_and_adds_aliases() {
    let titled = |title: &str| TEXT.replace("title: 同期しない", &format!("title: {title}"));
    let (first, second, other) = (titled("前"), titled("後"), titled("別"));
    let files = [
        ("shirube:flows/a.md", first.as_str()),
        ("flows/a.md", second.as_str()),
        ("flows/b.md", other.as_str()),
    ];
    let aliases = [("要求".to_owned(), vec!["リクエスト".to_owned()])].into();
    let flows = parse_all(files, &aliases);
    let titles: Vec<&str> = flows.iter().map(|flow| flow.title.as_str()).collect();
    assert_eq!(titles, ["後", "別"]);
    assert_eq!(flows[0].fact("リクエスト").map(|fact| fact.label.as_str()), Some("要求"));
    // The place of a shipped flow is that of its file, so that its links lead to the same articles.
    let shipped = parse("shirube:flows/a.md", TEXT);
    assert_eq!(
        shipped.checks[0].cases[0].verdict.remedy.as_ref().map(|it| it.article.as_str()),
        Some("bizmobile/sync")
    );
}

proptest::proptest! {
    #[test]
    fn reading_never_panics(text in "\\PC{0,80}|(- |→|\\n|## 1 a\\n|「a」|\\| |[a-z]|原因:|\\[a\\]\\(#1-a\\)|> |---\\n){0,40}") {
        let _ = parse("flows/x.md", &text);
    }
}
