//! What is wrong in a knowledge base, one finding a line, as editors and build logs read it:
//! `path:line: severity: what [rule]`, and below it what to do.

use super::screen::Screen;
use super::style::{Fragment, Role};
use super::text::TextOptions;
use super::visible::visible;
use super::words::either;
use crate::article::Level;
use crate::check::Finding;

/// The findings as text for a terminal; lines that others parse are not wrapped.
#[must_use]
pub fn findings(findings: &[Finding], options: &TextOptions) -> String {
    let mut screen = Screen::new(options.width, options.color);
    for finding in findings {
        let place = format!(
            "{}:{}",
            visible(finding.location.file.as_deref().unwrap_or_default()),
            finding.location.line
        );
        let (word, role) = match finding.severity {
            Level::Error => (either(options.language, "エラー", "error"), Role::Expired),
            Level::Warning => (either(options.language, "警告", "warning"), Role::Caution),
            _ => (either(options.language, "情報", "info"), Role::Faint),
        };
        screen.line(&[
            Fragment::new(place, Role::Link),
            Fragment::plain(": "),
            Fragment::new(word, role),
            Fragment::plain(format!(": {} ", visible(finding.message.text(options.language)))),
            Fragment::new(format!("[{}]", finding.rule), Role::Faint),
        ]);
        let hint = visible(finding.hint.text(options.language)).into_owned();
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

    #[test]
    fn a_finding_is_a_line_that_an_editor_can_jump_to() {
        let finding = Finding {
            location: Location { file: Some("a/b.md".into()), line: 12 },
            rule: "dead-link",
            severity: Level::Error,
            message: Phrase::new("「c.md」がありません", "there is no `c.md`"),
            hint: Phrase::new("リンク先を直してください", "mend the link"),
        };
        let options = |language| TextOptions {
            language,
            width: 20,
            color: false,
            today: date(2026, 11, 23),
            explain: false,
        };
        let found = [finding];
        insta::assert_snapshot!(findings(&found, &options(Language::Ja)), @"
        a/b.md:12: エラー: 「c.md」がありません [dead-link]
            リンク先を直してください
        ");
        insta::assert_snapshot!(findings(&found, &options(Language::En)), @"
        a/b.md:12: error: there is no `c.md` [dead-link]
            mend the link
        ");
    }
}
