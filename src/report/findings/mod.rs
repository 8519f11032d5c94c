//! Findings of the checks, for those who mend the knowledge base.
//!
//! 1. [`findings`]: one finding a line, for terminals, editors and build logs:
//!    `path:line: severity: what [rule]`, and below it what to do;
//! 2. [`findings_json`] for programs, [`findings_sarif`] for code review, [`findings_github`] for a
//!    workflow that annotates changes.

mod github;
mod json;
mod sarif;

pub use github::findings_github;
pub use json::findings_json;
pub use sarif::findings_sarif;

use crate::check::Finding;
use crate::kb::Level;
use crate::report::text::{Fragment, Role, Screen, TextOptions};
use crate::report::view::either;

/// The findings as text for a terminal; lines that others parse are not wrapped.
#[must_use]
pub fn findings(findings: &[Finding], options: &TextOptions) -> String {
    let mut screen = Screen::new(options);
    for finding in findings {
        let file = finding.location.file.as_deref().unwrap_or_default();
        let place = screen.place(file, finding.location.line);
        let (word, role) = match finding.severity {
            Level::Error => (either(options.language, "エラー", "error"), Role::Expired),
            Level::Warning => (either(options.language, "警告", "warning"), Role::Caution),
            _ => (either(options.language, "情報", "info"), Role::Faint),
        };
        screen.line(&[
            place,
            Fragment::plain(": "),
            Fragment::new(word, role),
            Fragment::plain(format!(": {} ", finding.message.text(options.language))),
            Fragment::new(format!("[{}]", finding.rule), Role::Faint),
        ]);
        let hint = finding.hint.text(options.language);
        if !hint.is_empty() {
            screen.line(&[Fragment::plain("    "), Fragment::plain(hint)]);
        }
    }
    screen.finish()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::source::{Language, Location, Phrase};

    /// A dead link.
    pub(super) fn finding() -> Finding {
        Finding {
            location: Location { file: Some("a/b.md".into()), line: 12 },
            rule: "dead-link",
            severity: Level::Error,
            message: Phrase::new("「c.md」がありません", "there is no `c.md`"),
            hint: Phrase::new("リンク先を直してください", "mend the link"),
        }
    }

    #[test]
    fn a_finding_is_a_line_that_an_editor_can_jump_to() {
        let options = |language| TextOptions::plain(language, 20, date(2026, 11, 23));
        let found = [finding()];
        insta::assert_snapshot!(findings(&found, &options(Language::Ja)), @"
        a/b.md:12: エラー: 「c.md」がありません [dead-link]
            リンク先を直してください
        ");
        insta::assert_snapshot!(findings(&found, &options(Language::En)), @"
        a/b.md:12: error: there is no `c.md` [dead-link]
            mend the link
        ");
    }

    #[test]
    fn a_finding_is_an_object_of_json() {
        insta::assert_snapshot!(findings_json(&[finding()], Language::En), @r#"
        {
          "schema": "shirube.check/1",
          "errors": 1,
          "warnings": 0,
          "infos": 0,
          "findings": [
            {
              "rule": "dead-link",
              "severity": "error",
              "file": "a/b.md",
              "line": 12,
              "message": "there is no `c.md`",
              "hint": "mend the link"
            }
          ]
        }
        "#);
    }
}
