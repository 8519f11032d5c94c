//! Log formats that cannot be read, whose samples do not come out, or that take each other's lines.

use super::rule::{Context, rule};
use crate::kb::pairs;
use crate::record::Formats;
use crate::source::Phrase;

rule! { "format-wrong", Error, "ログ形式の定義の間違い", "mistakes in log formats" }

fn check(context: &mut Context<'_>) {
    let base = context.base;
    // The shipped formats are tested where they are made.
    let own = &base.resources.formats;
    let (formats, warnings) = Formats::parse(pairs(own));
    for warning in warnings {
        let path = warning.file.as_deref().unwrap_or_default();
        context.report_at(path, warning.line.unwrap_or(1), warning.message, hint());
    }
    let is_own = |path: &str| own.iter().any(|file| file.path == path);
    for problem in formats.check(&base.codes, &is_own) {
        context.report_at(&problem.path, problem.line, problem.message, problem.hint);
    }
}

fn hint() -> Phrase {
    Phrase::new(
        "書き方は docs/checks.md の format-wrong にあります",
        "docs/checks.md tells under format-wrong how a format is written",
    )
}

#[cfg(test)]
mod tests {
    use super::super::example::{found_in, knowledge_base};
    use super::*;
    use crate::kb::{Documents, TextFile};

    fn base(pattern: &str) -> Documents {
        let mut base = knowledge_base(&[("a.md", "# 題\n\n本文\n")]);
        let text = format!(
            "name = \"tower\"\nja = \"管制塔\"\nen = \"tower\"\npattern = '{pattern}'\n\n\
             [[sample]]\ntext = \"#R the gate is shut\"\nentry = [{{ message = \"the gate is shut\", level = \"error\" }}]\n\
             [levels]\nR = \"error\"\n"
        );
        base.resources.formats =
            vec![TextFile { layer: 1, path: "formats/tower.toml".to_owned(), text }];
        base
    }

    #[test]
    fn the_failing_example_is_found() {
        let at = |line| [("formats/tower.toml".to_owned(), line)];
        assert_eq!(found_in(&RULE, &base("^#(?<level>R (?<message>.*)$")), at(4));
        assert_eq!(found_in(&RULE, &base("^!(?<level>R) (?<message>.*)$")), at(4));
        assert_eq!(found_in(&RULE, &base("^#(?<level>R) the (?<message>.*)$")), at(6));
    }

    #[test]
    fn the_passing_example_is_not() {
        assert_eq!(found_in(&RULE, &base("^#(?<level>R) (?<message>.*)$")), []);
    }
}
