//! The findings as SARIF 2.1.0, which code review tools read
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).
//!
//! One run; the rules stand in the tool's description, and a result names its rule by id and index.
//! Paths are URI references, relative where the knowledge base was named by a relative path. A
//! fingerprint holds rule, file and message, but no line: a finding stays the same one when text is
//! put in above it.

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use crate::check::{Finding, RULES};
use crate::kb::Level;
use crate::source::Language;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

/// A `reportingDescriptor`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Place; 1],
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "shirubeFinding/v1")]
    finding: String,
}

/// The findings as a SARIF 2.1.0 log, with a line feed at the end.
#[must_use]
pub fn findings_sarif(findings: &[Finding], language: Language) -> String {
    let rules = RULES
        .iter()
        .map(|rule| {
            let text = match language {
                Language::Ja => rule.ja,
                Language::En => rule.en,
            };
            Descriptor {
                id: rule.id,
                short_description: Message { text: text.to_owned() },
                default_configuration: Configuration { level: level(rule.severity) },
            }
        })
        .collect();
    let driver = Driver { name: "shirube", semantic_version: env!("CARGO_PKG_VERSION"), rules };
    let run = Run {
        tool: Tool { driver },
        language: language.tag(),
        column_kind: "unicodeCodePoints",
        results: findings.iter().map(|finding| result(finding, language)).collect(),
    };
    crate::report::json::document(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

fn result(finding: &Finding, language: Language) -> SarifResult {
    let said = [&finding.message, &finding.hint].map(|phrase| phrase.text(language));
    let file = finding.location.file.as_deref().unwrap_or_default();
    SarifResult {
        rule_id: finding.rule,
        rule_index: RULES.iter().position(|rule| rule.id == finding.rule),
        level: level(finding.severity),
        message: Message { text: said.join("\n").trim_end().to_owned() },
        locations: [Place {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(file) },
                region: Region { start_line: finding.location.line },
            },
        }],
        partial_fingerprints: Fingerprints { finding: fingerprint(finding, file) },
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
    let mut uri = String::with_capacity(path.len());
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if drive {
        uri.push_str("file:///");
    } else if path.split('/').next().is_some_and(|first| first.contains(':')) {
        // Otherwise what stands before the colon would be taken for a scheme.
        uri.push_str("./");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::tests::finding;
    use super::*;

    #[test]
    fn paths_are_uri_references() {
        for (path, expected) in [
            ("kb/a b.md", "kb/a%20b.md"),
            ("kb/題%.md", "kb/%E9%A1%8C%25.md"),
            ("/srv/kb/a.md", "file:///srv/kb/a.md"),
            ("C:\\kb\\a.md", "file:///C:/kb/a.md"),
            ("12:30.md", "./12:30.md"),
            ("kb/#1?.md", "kb/%231%3F.md"),
        ] {
            assert_eq!(uri(path), expected, "{path}");
        }
    }

    #[test]
    fn everything_that_the_specification_requires_is_there() {
        let log = findings_sarif(
            &[finding(), Finding { severity: Level::Info, ..finding() }],
            Language::En,
        );
        let log: Value = serde_json::from_str(&log).expect("SARIF is JSON");
        // The required properties: sections 3.13.2, 3.13.4, 3.14.6, 3.18.2, 3.19.8, 3.27.11, 3.49.3.
        assert_eq!(log["version"], "2.1.0");
        assert!(
            log["$schema"]
                .as_str()
                .is_some_and(|schema| schema.ends_with("sarif-schema-2.1.0.json"))
        );
        let run = &log["runs"][0];
        let driver = &run["tool"]["driver"];
        assert_eq!(driver["name"], "shirube");
        let rules = driver["rules"].as_array().expect("the rules are an array");
        assert_eq!(rules.len(), RULES.len());
        let levels = ["none", "note", "warning", "error"];
        for rule in rules {
            assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string());
            let level = rule["defaultConfiguration"]["level"].as_str().unwrap_or_default();
            assert!(levels.contains(&level), "{rule}");
        }
        let results = run["results"].as_array().expect("the results are an array");
        assert_eq!(results.len(), 2);
        for result in results {
            assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
            assert!(levels.contains(&result["level"].as_str().unwrap_or_default()));
            let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
            let rule = index.and_then(|index| rules.get(index)).map(|rule| &rule["id"]);
            assert_eq!(rule, Some(&result["ruleId"]), "ruleIndex points at ruleId (3.27.6)");
            let place = &result["locations"][0]["physicalLocation"];
            assert!(place["artifactLocation"]["uri"].is_string());
            // 3.30.5: lines are counted from 1.
            assert!(place["region"]["startLine"].as_u64().is_some_and(|line| line >= 1));
        }
        // Without results the array is there, and empty: the run found nothing (3.14.23).
        let empty: Value =
            serde_json::from_str(&findings_sarif(&[], Language::Ja)).expect("SARIF is JSON");
        assert_eq!(empty["runs"][0]["results"], Value::Array(Vec::new()));
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
