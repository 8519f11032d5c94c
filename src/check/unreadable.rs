//! Files of the knowledge base that were read otherwise than written.

use super::rule::{Context, rule};
use crate::source::Phrase;

rule! {
    "unreadable", Warning,
    "そのままでは読めないファイル", "files that cannot be read as they are"
}

fn check(context: &mut Context<'_>) {
    for warning in &context.base.warnings {
        let file = warning.file.as_deref().unwrap_or_default();
        let hint = Phrase::new(
            "直すまで、読めなかったところは使われません",
            "until it is mended, what could not be read is not used",
        );
        context.report_at(file, warning.line.unwrap_or(1), warning.message.clone(), hint);
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{found_in, knowledge_base};
    use super::*;
    use crate::kb::Settings;

    #[test]
    fn the_failing_example_is_found() {
        let mut base = knowledge_base(&[]);
        base.warnings = Settings::parse("shirube.toml", "language = \"ja\"\ncolour = true\n").1;
        assert_eq!(found_in(&RULE, &base), [("shirube.toml".to_owned(), 2)]);
    }

    #[test]
    fn the_passing_example_is_not() {
        let mut base = knowledge_base(&[]);
        base.warnings = Settings::parse("shirube.toml", "language = \"ja\"\n").1;
        assert_eq!(found_in(&RULE, &base), []);
    }
}
