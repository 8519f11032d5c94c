//! The findings as JSON, `shirube.check/1`.
//!
//! | field | value |
//! |---|---|
//! | `schema` | `"shirube.check/1"`; a change that breaks the shape raises the number |
//! | `errors`, `warnings`, `infos` | how many findings of each severity |
//! | `findings` | the findings, by file, line and rule |
//!
//! A finding has `rule`, `severity` (`error`, `warning`, `info`), `file`, `line` (from 1), `message`
//! and `hint`.

use crate::check::Finding;
use crate::kb::Level;
use crate::report::json::{document, each, object};
use crate::source::Language;

/// The findings as JSON (`shirube.check/1`), with a line feed at the end.
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
