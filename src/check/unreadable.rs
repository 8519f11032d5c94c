//! Files of the knowledge base that were read otherwise than written.

use super::rule::{Context, rule, rule_examples};
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

rule_examples! {
    failing: [("shirube.toml", "language = \"ja\"\ncolour = true\n")] => [("shirube.toml", 2)],
    passing: [("shirube.toml", "language = \"ja\"\n")],
}
