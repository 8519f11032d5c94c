use super::*;
use crate::flow::value::Type;
use crate::source::Language;

const TEXT: &str = include_str!("../../../tests/data/flow.md");

#[test]
fn a_flow_is_read_whole() {
    let flow = parse("flows/a.md", TEXT);
    assert_eq!(flow.warnings, []);
    assert_eq!(flow.id, "a");
    assert_eq!(flow.title, "同期しない");
    assert_eq!(flow.symptom.as_deref(), Some("同期が完了しない"));
    assert_eq!(flow.when.first().map(|it| (it.line, it.span.clone())), Some((6, 8..41)));
    let facts: Vec<(&str, Type)> =
        flow.facts.iter().map(|fact| (fact.label.as_str(), fact.kind)).collect();
    assert_eq!(facts, [("要求", Type::Time), ("最終アクセス", Type::Time), ("操作", Type::Text)]);
    assert_eq!(flow.fact("要求した日時").map(|fact| fact.label.as_str()), Some("要求"));
    assert_eq!(flow.facts[2].assumed.as_deref(), Some("プロファイルの変更"));
    assert_eq!(flow.checks.len(), 2);
    let first = &flow.checks[0];
    assert_eq!((first.number.as_str(), first.title.as_str()), ("1", "応答"));
    assert_eq!(first.question, "端末は応答しましたか。");
    let link = Link {
        article: "bizmobile/sync".into(),
        anchor: Some("最終アクセス".into()),
        label: "対処".into(),
    };
    let text = "応答していない".to_owned();
    let cause = Verdict { kind: VerdictKind::Cause, text, remedy: Some(link), then: Some(1) };
    assert_eq!(first.cases[0].verdict, cause);
    assert_eq!(first.cases[1].verdict, Verdict { then: Some(1), ..Verdict::default() });
    assert_eq!(first.cases[2].when, When::Otherwise);
    let second = &flow.checks[1];
    assert!(second.stands_alone && !first.stands_alone);
    assert_eq!(
        second.cases[0].verdict.remedy.as_ref().map(|it| it.article.as_str()),
        Some("bizmobile/log")
    );
    assert_eq!(second.computations[0].name, "期限");
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
