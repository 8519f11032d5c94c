//! Files of the knowledge base that were read otherwise than written.

use super::rule::{Context, rule, rule_examples};

rule! {
    "unreadable", Warning,
    "そのままでは読めないファイル", "files that cannot be read as they are",
    "直すまで、読めなかったところは使われません",
    "until it is mended, what could not be read is not used"
}

fn check(context: &mut Context<'_>) {
    for warning in &context.base.warnings {
        let file = warning.file.as_deref().unwrap_or_default();
        context.report(file, warning.line.unwrap_or(1), warning.message.clone());
    }
}

rule_examples! {
    failing: [("shirube.toml", "language = \"ja\"\ncolour = true\n")] => [("shirube.toml", 2)],
    passing: [("shirube.toml", "language = \"ja\"\n")],
}
