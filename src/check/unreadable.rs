use super::rule::{Context, rule, rule_examples};

rule! {
    "unreadable", Warning,
    "そのままでは読めないファイル", "files that cannot be read as they are",
    "直すまで、読めなかったところは使われません",
    "until it is mended, what could not be read is not used"
}

fn check(context: &mut Context<'_>) {
    context.report_all(&context.base.warnings);
}

rule_examples! {
    failing: [("shirube.toml", "language = \"ja\"\ncolour = true\n")] => [("shirube.toml", 2)],
    passing: [("shirube.toml", "language = \"ja\"\n")],
}
