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

use serde::Serialize;

use crate::check::Finding;
use crate::kb::Level;
use crate::source::Language;

/// The name and version of the shape.
const SCHEMA: &str = "shirube.check/1";

#[derive(Serialize)]
struct Report<'f> {
    schema: &'static str,
    errors: usize,
    warnings: usize,
    infos: usize,
    findings: Vec<Entry<'f>>,
}

#[derive(Serialize)]
struct Entry<'f> {
    rule: &'f str,
    severity: &'static str,
    file: Option<&'f str>,
    line: u32,
    message: &'f str,
    hint: &'f str,
}

/// The findings as JSON (`shirube.check/1`), with a line feed at the end.
#[must_use]
pub fn findings_json(findings: &[Finding], language: Language) -> String {
    let count = |level| findings.iter().filter(|finding| finding.severity == level).count();
    let report = Report {
        schema: SCHEMA,
        errors: count(Level::Error),
        warnings: count(Level::Warning),
        infos: count(Level::Info),
        findings: findings
            .iter()
            .map(|finding| Entry {
                rule: finding.rule,
                severity: finding.severity.name(),
                file: finding.location.file.as_deref(),
                line: finding.location.line,
                message: finding.message.text(language),
                hint: finding.hint.text(language),
            })
            .collect(),
    };
    crate::report::json::document(&report)
}
