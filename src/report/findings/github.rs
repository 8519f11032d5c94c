//! The findings as workflow commands of GitHub Actions, which put them beside the changed lines
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).

use crate::check::Finding;
use crate::kb::Level;
use crate::report::view::sanitized;
use crate::source::Language;

/// The findings as `::error file=…,line=…,title=…::…`, a line each.
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
    use super::super::tests::finding;
    use super::*;
    use crate::source::{Location, Phrase};

    #[test]
    fn a_finding_is_one_command_whatever_it_says() {
        let hostile = Finding {
            location: Location { file: Some("kb/a,b:c%\n::stop-commands::x.md".into()), line: 3 },
            message: Phrase::new("文", "100%,\r\n::error::: no"),
            ..finding()
        };
        insta::assert_snapshot!(
            findings_github(&[finding(), hostile], Language::En),
            @"
        ::error file=a/b.md,line=12,title=dead-link::there is no `c.md`%0Amend the link
        ::error file=kb/a%2Cb%3Ac%25%0A%3A%3Astop-commands%3A%3Ax.md,line=3,title=dead-link::100%25,␍%0A::error::: no%0Amend the link
        "
        );
    }

    #[test]
    fn what_is_harmless_is_a_notice() {
        let info = Finding { severity: Level::Info, ..finding() };
        assert!(
            findings_github(&[info], Language::Ja).starts_with("::notice file=a/b.md,line=12,")
        );
    }
}
