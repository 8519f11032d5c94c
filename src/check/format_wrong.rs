//! Log formats that cannot be read, whose samples do not come out, or that take each other's lines.

use super::rule::{Context, rule, rule_examples};
use crate::kb::pairs;
use crate::record::Formats;

rule! {
    "format-wrong", Error, "ログ形式の定義の間違い", "mistakes in log formats",
    "書き方は docs/checks.md の format-wrong にあります",
    "docs/checks.md tells under format-wrong how a format is written"
}

fn check(context: &mut Context<'_>) {
    let base = context.base;
    // The shipped formats are tested where they are made.
    let own = &base.resources.formats;
    let (formats, warnings) = Formats::parse(pairs(own));
    context.report_all(&warnings);
    let is_own = |path: &str| own.iter().any(|file| file.path == path);
    for problem in formats.check(&base.codes, &is_own) {
        context.report_with(problem.hint, &problem.path, problem.line, problem.message);
    }
}

rule_examples! {
    failing: [
        ("formats/a.toml", "name = \"a\"\nja = \"塔\"\nen = \"tower\"\npattern = '^#(?<level>R (?<message>.*)$'\n\n[[sample]]\ntext = \"#R the gate is shut\"\nentry = [{ message = \"the gate is shut\", level = \"error\" }]\n[levels]\nR = \"error\"\n"),
        ("formats/b.toml", "name = \"b\"\nja = \"塔\"\nen = \"tower\"\npattern = '^!(?<level>R) (?<message>.*)$'\n\n[[sample]]\ntext = \"$R the gate is shut\"\nentry = [{ message = \"the gate is shut\", level = \"error\" }]\n[levels]\nR = \"error\"\n"),
        ("formats/c.toml", "name = \"c\"\nja = \"塔\"\nen = \"tower\"\npattern = '^%(?<level>R) the (?<message>.*)$'\n\n[[sample]]\ntext = \"%R the gate is shut\"\nentry = [{ message = \"the gate is shut\", level = \"error\" }]\n[levels]\nR = \"error\"\n"),
    ] => [("formats/a.toml", 4), ("formats/b.toml", 4), ("formats/c.toml", 6)],
    passing: [("formats/a.toml", "name = \"a\"\nja = \"塔\"\nen = \"tower\"\npattern = '^#(?<level>R) (?<message>.*)$'\n\n[[sample]]\ntext = \"#R the gate is shut\"\nentry = [{ message = \"the gate is shut\", level = \"error\" }]\n[levels]\nR = \"error\"\n")],
}
