//! Findings of the checks, for those who mend the knowledge base.
//!
//! 1. [`findings`]: one finding a line, for terminals, editors and build logs:
//!    `path:line: severity: what [rule]`, and below it what to do;
//! 2. [`findings_json`] for programs, [`findings_sarif`] for code review, [`findings_github`] for a
//!    workflow that annotates changes.

mod sarif;

pub use sarif::findings_sarif;

use crate::check::Finding;
use crate::kb::Level;
use crate::report::json::{document, each, object};
use crate::report::text::{Fragment, Role, Screen, TextOptions};
use crate::report::view::sanitized;
use crate::source::Language;

/// The findings as text for a terminal; lines that others parse are not wrapped.
#[must_use]
pub fn findings(findings: &[Finding], options: &TextOptions) -> String {
    let mut screen = Screen::new(options);
    for finding in findings {
        let file = finding.location.file.as_deref().unwrap_or_default();
        let place = screen.place(file, finding.location.line);
        let (word, role) = match finding.severity {
            Level::Error => (options.language.pick("エラー", "error"), Role::Expired),
            Level::Warning => (options.language.pick("警告", "warning"), Role::Caution),
            _ => (options.language.pick("情報", "info"), Role::Faint),
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

/// The findings as JSON, `shirube.check/1`, with a line feed at the end.
///
/// | field | value |
/// |---|---|
/// | `schema` | `"shirube.check/1"`; a change that breaks the shape raises the number |
/// | `errors`, `warnings`, `infos` | how many findings of each severity |
/// | `findings` | the findings, by file, line and rule |
///
/// A finding has `rule`, `severity` (`error`, `warning`, `info`), `file`, `line` (from 1), `message`
/// and `hint`.
#[must_use]
pub fn findings_json(findings: &[Finding], language: Language) -> String {
    let count = |level| findings.iter().filter(|finding| finding.severity == level).count();
    let entries = each(findings, |finding| {
        object! {
            rule: finding.rule,
            severity: finding.severity.name(),
            file: &finding.location.file,
            line: finding.location.line,
            message: finding.message.text(language),
            hint: finding.hint.text(language),
        }
    });
    document(&object! {
        schema: "shirube.check/1",
        errors: count(Level::Error),
        warnings: count(Level::Warning),
        infos: count(Level::Info),
        findings: entries,
    })
}

/// The findings as workflow commands of GitHub Actions, `::error file=…,line=…,title=…::…`, a line each: they are put
/// beside the changed lines (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).
#[must_use]
pub fn findings_github(findings: &[Finding], language: Language) -> String {
    let mut out = String::new();
    for finding in findings {
        let command = match finding.severity {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Off | Level::Info => "notice",
        };
        let file = finding.location.file.as_deref().unwrap_or_default();
        let [message, hint] =
            [&finding.message, &finding.hint].map(|phrase| sanitized(phrase.text(language)));
        let said = format!("{message}\n{hint}");
        out.push_str(&format!(
            "::{command} file={},line={},title={}::{}\n",
            property(file),
            finding.location.line,
            property(finding.rule),
            data(said.trim_end()),
        ));
    }
    out
}

/// Escapes what follows `::`, as the runner unescapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Location, Phrase};

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
    fn a_finding_is_one_command_whatever_it_says() {
        let hostile = Finding {
            location: Location { file: Some("kb/a,b:c%\n::stop-commands::x.md".into()), line: 3 },
            message: Phrase::new("文", "100%,\r\n::error::: no"),
            ..finding()
        };
        insta::assert_snapshot!(findings_github(&[finding(), hostile], Language::En));
    }
}
