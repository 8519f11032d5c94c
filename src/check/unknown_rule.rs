use super::RULES;
use super::distance::nearest;
use super::rule::{Context, rule, rule_examples};
use crate::source::{Phrase, phrase};

rule! {
    "unknown-rule", Warning,
    "shirube.tomlにある、存在しない規則", "rules in shirube.toml that do not exist"
}

fn check(context: &mut Context<'_>) {
    for (name, set) in &context.base.settings.severity {
        if RULES.iter().any(|rule| rule.id == name) {
            continue;
        }
        let hint = match nearest(name, RULES.iter().map(|rule| rule.id)) {
            Some(meant) => {
                phrase!("「{meant}」の書き間違いではありませんか", "is `{meant}` meant?")
            }
            None => Phrase::new(
                "規則の一覧は docs/checks.md にあります",
                "docs/checks.md lists the rules",
            ),
        };
        let message = phrase!(
            "[severity] の「{name}」という規則はありません",
            "there is no rule `{name}`, as [severity] has it"
        );
        context.report_with(hint, "shirube.toml", set.line, message);
    }
}

rule_examples! {
    failing: [("shirube.toml", "[severity]\nstale = \"off\"\nstail = \"off\"\n\"メジャー\" = \"error\"\n")]
        => [("shirube.toml", 3), ("shirube.toml", 4)],
    passing: [("shirube.toml", "[severity]\nstale = \"off\"\n")],
}
