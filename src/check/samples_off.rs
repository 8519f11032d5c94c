//! Fences marked `log` in a knowledge base whose settings do not say that they are samples.

use super::rule::{Context, rule, rule_examples};
use crate::source::phrase;

rule! {
    "samples-off", Info, "試されないログの例", "logs that are not tried",
    "記事を見つけるログの例として試すには、shirube.toml に samples = true と書きます",
    "to try them as samples that must bring up their article, write `samples = true` into shirube.toml"
}

fn check(context: &mut Context<'_>) {
    let count = context.base.documented_logs;
    if count == 0 {
        return;
    }
    let message = phrase!(
        "「log」と書いたコードブロックが{count}個あり、ふつうの説明として読みました",
        "{count} fences are marked `log` and were read as documentation"
    );
    context.report("shirube.toml", 1, message);
}

rule_examples! {
    failing: [("shirube.toml", "base = false\n"), ("a.md", "# 題\n\n本文\n\n```log\nx\n```\n")]
        => [("shirube.toml", 1)],
    passing: [
        ("shirube.toml", "samples = true\n"),
        ("a.md", "# 題\n\n本文\n\n```log\nx\n```\n"),
    ],
}
