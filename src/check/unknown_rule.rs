//! Rules that `shirube.toml` sets and that do not exist.

use super::RULES;
use super::distance::nearest;
use super::rule::{Context, rule};
use crate::source::{Phrase, phrase};

rule! {
    "unknown-rule", Warning,
    "shirube.tomlにある、存在しない規則", "rules in shirube.toml that do not exist"
}

/// The team's settings.
const SETTINGS: &str = "shirube.toml";

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
        context.report_at(SETTINGS, set.line, message, hint);
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{found_in, knowledge_base};
    use super::*;
    use crate::kb::{Documents, Settings};

    fn base(settings: &str) -> Documents {
        let mut base = knowledge_base(&[]);
        base.settings = Settings::parse(SETTINGS, settings).0;
        base
    }

    #[test]
    fn the_failing_example_is_found() {
        let base = base("[severity]\nstale = \"off\"\nstail = \"off\"\n\"メジャー\" = \"error\"\n");
        let places = [(SETTINGS.to_owned(), 3), (SETTINGS.to_owned(), 4)];
        assert_eq!(found_in(&RULE, &base), places);
    }

    #[test]
    fn the_passing_example_is_not() {
        assert_eq!(found_in(&RULE, &base("[severity]\nstale = \"off\"\n")), []);
    }
}
