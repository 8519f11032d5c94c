//! The examples of the rules: each rule has texts that it finds something in, and texts that are right.

use jiff::civil::date;

use super::{Age, CheckOptions, Rule, run, run_samples};
use crate::article::parse;
use crate::kb::Documents;

/// The files of every example besides its articles.
const FILES: &[&str] = &["a/x.png", "img/図 1.png"];

/// A knowledge base of some texts.
pub(super) fn knowledge_base(files: &[(&str, &str)]) -> Documents {
    let mut base = Documents::default();
    base.articles = files.iter().map(|(path, text)| parse(path, text, &base.codes)).collect();
    base.settings.samples = true;
    let articles = files.iter().map(|(path, _)| *path);
    base.files = articles.chain(FILES.iter().copied()).map(str::to_owned).collect();
    base
}

/// The lines at which the rule finds something, on the day 2026-11-10, stale after 24 months; the
/// search brings up articles whose path is in the pasted text.
pub(super) fn found(rule: &Rule, files: &[(&str, &str)]) -> Vec<(String, u32)> {
    found_in(rule, &knowledge_base(files))
}

/// The same of a knowledge base that is more than texts.
pub(super) fn found_in(rule: &Rule, base: &Documents) -> Vec<(String, u32)> {
    let options = CheckOptions {
        today: Some(date(2026, 11, 10)),
        stale: Some(Age::months(24)),
        all: true,
        reached: None,
    };
    let mut search = |paste: &str| -> Vec<String> {
        let words = paste.split_whitespace().filter_map(|word| word.strip_prefix('@'));
        words.map(str::to_owned).collect()
    };
    let samples = run_samples(base, &mut search);
    let found = run(base, &options, &samples).into_iter();
    let places = found.filter(|finding| finding.rule == rule.id).map(|finding| finding.location);
    places.map(|at| (at.file.unwrap_or_default().to_string(), at.line)).collect()
}
