//! The checks: faults of a knowledge base, with file and line.
//!
//! 1. [`RULES`] lists the rules, one file each, whose `rule!` says what it finds; `docs/checks.md` has a section a rule;
//! 2. [`run_samples`] searches with the samples of the articles;
//! 3. [`run`] lets each rule look at the knowledge base, with the severity that `shirube.toml` gives it;
//! 4. the findings come sorted by file, line and rule, whatever the order of the rules.

mod age;
mod code_claimed_twice;
mod code_forms_disagree;
mod dead_link;
mod destructive_without_caution;
mod distance;
mod duplicate_id;
mod duplicate_passage;
mod empty_heading;
#[cfg(test)]
mod example;
mod expired;
mod flow_wrong;
mod format_wrong;
mod front_matter_invalid;
mod history;
mod missing_date;
mod missing_product;
mod missing_sample;
mod missing_source;
mod never_reached;
mod pattern_wrong;
mod pinned_for_ever;
mod rule;
mod sample_equals_documented;
mod sample_passage;
mod sample_rank;
mod samples;
mod samples_off;
mod scope;
mod stale;
mod status_claimed_twice;
mod template_claimed_twice;
mod template_too_short;
mod unfilled_stub;
mod unknown_code;
mod unknown_key_misspelt;
mod unknown_rule;
mod unreadable;

pub use age::{Age, AgeError};
pub use history::{SampleRun, append_history, read_history};
pub use rule::{CheckOptions, Finding, Rule};
pub use samples::{Misplaced, SampleRank, Search, run_samples};

use crate::kb::{Documents, Level};
use crate::source::{Location, phrase};
#[cfg(test)]
use example::found;
use rule::Context;

/// Every rule, by id.
pub const RULES: &[Rule] = &[
    code_claimed_twice::RULE,
    code_forms_disagree::RULE,
    dead_link::RULE,
    destructive_without_caution::RULE,
    duplicate_id::RULE,
    duplicate_passage::RULE,
    empty_heading::RULE,
    expired::RULE,
    flow_wrong::RULE,
    format_wrong::RULE,
    front_matter_invalid::RULE,
    missing_date::RULE,
    missing_product::RULE,
    missing_sample::RULE,
    missing_source::RULE,
    never_reached::RULE,
    pattern_wrong::RULE,
    pinned_for_ever::RULE,
    sample_equals_documented::RULE,
    sample_passage::RULE,
    sample_rank::RULE,
    samples_off::RULE,
    stale::RULE,
    status_claimed_twice::RULE,
    template_claimed_twice::RULE,
    template_too_short::RULE,
    unfilled_stub::RULE,
    unknown_code::RULE,
    unknown_key_misspelt::RULE,
    unknown_rule::RULE,
    unreadable::RULE,
];

/// Runs the rules over a knowledge base; `samples` are those of [`run_samples`], or none.
pub fn run(base: &Documents, options: &CheckOptions, samples: &[SampleRank]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        let severity = severity(base, rule);
        if severity == Level::Off {
            continue;
        }
        let mut context =
            Context { base, options, samples, rule, severity, findings: &mut findings };
        (rule.check)(&mut context);
    }
    if !options.all {
        for rule in COUNTED {
            // Whoever has set a severity of the rule asks for it.
            if !base.settings.severity.contains_key(rule.id) {
                count(rule, &mut findings);
            }
        }
    }
    findings.sort();
    findings
}

/// The rules that have nothing to say but that something is not there: where they find it everywhere, once is enough.
const COUNTED: &[&Rule] = &[&missing_date::RULE, &missing_product::RULE, &missing_source::RULE];

fn count(rule: &Rule, findings: &mut Vec<Finding>) {
    let of_rule = |finding: &Finding| finding.rule == rule.id;
    let places = findings.iter().filter(|finding| of_rule(finding));
    let mut places: Vec<Location> = places.map(|finding| finding.location.clone()).collect();
    places.sort();
    let number = places.len();
    let Some(first) = places.into_iter().next().filter(|_| number > 1) else { return };
    let severity = findings.iter().find(|finding| of_rule(finding)).map(|it| it.severity);
    findings.retain(|finding| !of_rule(finding));
    let Rule { id, ja, en, .. } = rule;
    findings.push(Finding {
        location: first,
        rule: id,
        severity: severity.unwrap_or(rule.severity),
        message: phrase!(
            "{ja}が{number}件あります。これはその1つです",
            "{number} {en}; this is one of them"
        ),
        hint: phrase!(
            "すべてを見るには: shirube check --all。書かない方針なら、shirube.toml の [severity] に {id} = \"off\" と書きます",
            "to see all: shirube check --all; where none is wanted, write `{id} = \"off\"` under [severity] of shirube.toml"
        ),
    });
}

/// How bad the findings of a rule are in this knowledge base.
fn severity(base: &Documents, rule: &Rule) -> Level {
    base.settings.severity.get(rule.id).map_or(rule.severity, |set| set.level)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::kb::RuleLevel;

    #[test]
    fn rules_are_sorted_and_named_once() {
        let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(ids, sorted);
    }

    #[test]
    fn every_rule_is_documented_and_every_section_is_a_rule() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks.md");
        let page = std::fs::read_to_string(path).expect("docs/checks.md is part of the repository");
        let sections: Vec<&str> = page
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            // The examples have headings of their own.
            .filter(|heading| heading.is_ascii())
            .collect();
        assert_eq!(sections, RULES.iter().map(|rule| rule.id).collect::<Vec<&str>>());
        for (number, rule) in RULES.iter().enumerate() {
            let section = page.split(&format!("\n## {}\n", rule.id)).nth(1).unwrap_or_default();
            let next = RULES.get(number + 1).map_or("\u{0}", |rule| rule.id);
            let section = section.split(&format!("\n## {next}\n")).next().unwrap_or_default();
            let severity = format!("**{}**", rule.severity.name());
            assert!(section.contains(&severity), "{}: its severity is {severity}", rule.id);
            assert!(section.matches("```").count() >= 2, "{}: an example", rule.id);
        }
    }

    #[test]
    fn every_rule_has_a_failing_and_a_passing_example() {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check");
        for rule in RULES {
            let file = directory.join(rule.id.replace('-', "_")).with_extension("rs");
            let source = std::fs::read_to_string(file).expect("a rule is one file of its name");
            assert!(source.contains("\nrule_examples! {"), "{}: no examples", rule.id);
        }
    }

    #[test]
    fn what_is_missing_everywhere_is_told_once() {
        let text = "# 題\n\n本文\n";
        let base = example::knowledge_base(&[("b.md", text), ("a.md", text), ("c.md", text)]);
        let found = |all| {
            let findings = run(&base, &CheckOptions { all, ..CheckOptions::default() }, &[]);
            let dates = findings.into_iter().filter(|finding| finding.rule == "missing-date");
            dates.map(|finding| finding.location.file).collect::<Vec<_>>()
        };
        assert_eq!(found(false), [Some("a.md".into())]);
        assert_eq!(found(true).len(), 3);
    }

    #[test]
    fn the_settings_decide_on_severity() {
        let mut base = example::knowledge_base(&[("a.md", "# 題\n\n本文\n")]);
        let missing = |base: &Documents| {
            run(base, &CheckOptions::default(), &[])
                .into_iter()
                .find(|finding| finding.rule == "missing-product")
                .map(|finding| finding.severity)
        };
        let set = |level| RuleLevel { level, line: 1 };
        assert_eq!(missing(&base), Some(Level::Info));
        base.settings.severity.insert("missing-product".to_owned(), set(Level::Error));
        assert_eq!(missing(&base), Some(Level::Error));
        base.settings.severity.insert("missing-product".to_owned(), set(Level::Off));
        assert_eq!(missing(&base), None);
    }
}
