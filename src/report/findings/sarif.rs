//! The findings as SARIF 2.1.0, which code review tools read
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).
//!
//! One run; the rules are in the tool's description, and a result names its rule by id and index.
//! Paths are URI references, relative where the knowledge base was named by a relative path. A
//! fingerprint holds rule, file and message, but no line: a finding stays the same one when text is
//! put in above it.

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use crate::check::{Finding, RULES};
use crate::kb::Level;
use crate::report::json::{document, each, object};
use crate::source::{Language, encoded_file};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The findings as a SARIF 2.1.0 log, with a line feed at the end.
#[must_use]
pub fn findings_sarif(findings: &[Finding], language: Language) -> String {
    let rules = each(RULES, |rule| {
        object! {
            id: rule.id,
            shortDescription: object! { text: language.pick(rule.ja, rule.en), },
            defaultConfiguration: object! { level: level(rule.severity), },
        }
    });
    let driver = object! {
        name: "shirube",
        semanticVersion: env!("CARGO_PKG_VERSION"),
        rules: rules,
    };
    let run = object! {
        tool: object! { driver: driver, },
        language: language.tag(),
        columnKind: "unicodeCodePoints",
        results: each(findings, |finding| result(finding, language)),
    };
    document(&object! {
        #[serde(rename = "$schema")]
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run],
    })
}

fn result(finding: &Finding, language: Language) -> impl Serialize {
    let said = [&finding.message, &finding.hint].map(|phrase| phrase.text(language));
    let file = finding.location.file.as_deref().unwrap_or_default();
    let place = object! {
        artifactLocation: object! { uri: uri(file), },
        region: object! { startLine: finding.location.line, },
    };
    let print = object! {
        #[serde(rename = "shirubeFinding/v1")]
        finding: fingerprint(finding, file),
    };
    object! {
        ruleId: finding.rule,
        ruleIndex: RULES.iter().position(|rule| rule.id == finding.rule),
        level: level(finding.severity),
        message: object! { text: said.join("\n").trim_end().to_owned(), },
        locations: [object! { physicalLocation: place, }],
        partialFingerprints: print,
    }
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Off => "none",
        Level::Info => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

/// The identity of a finding; in one language, so that the reader's does not matter.
fn fingerprint(finding: &Finding, file: &str) -> String {
    let mut hasher = Xxh3::new();
    for part in [finding.rule, file, finding.message.text(Language::En)] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    format!("{:016x}", hasher.digest())
}

/// A path as a URI reference (RFC 3986): relative as it is, absolute with the scheme `file`.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let scheme = match path.split('/').next() {
        Some("") if !path.is_empty() => "file://",
        Some(drive) if drive.as_bytes().get(1) == Some(&b':') => "file:///",
        // Otherwise what is before the colon would be taken for a scheme.
        Some(first) if first.contains(':') => "./",
        _ => "",
    };
    format!("{scheme}{}", encoded_file(&path))
}

#[cfg(test)]
mod tests {
    use super::super::tests::finding;
    use super::*;

    crate::source::cases! {
        uris_of_paths: uri;
    }

    #[test]
    fn a_finding_keeps_its_fingerprint_when_it_moves() {
        let moved = Finding {
            location: crate::source::Location { line: 99, ..finding().location },
            ..finding()
        };
        let print = |finding: &Finding| fingerprint(finding, "kb/a.md");
        assert_eq!(print(&finding()), print(&moved));
        assert_ne!(print(&finding()), fingerprint(&finding(), "kb/b.md"));
    }
}
