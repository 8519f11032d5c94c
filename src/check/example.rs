//! The examples of the rules: each rule has texts that it finds something in, and texts that are right.

use jiff::civil::date;

use super::{Age, CheckOptions, Rule, run, run_samples};
use crate::article::parse;
use crate::kb::{self, Documents, FileRole, Settings, TextFile};

/// The files of every example besides its articles.
const FILES: &[&str] = &["a/x.png", "img/図 1.png"];

/// A knowledge base of some texts, each of which is what its path says.
pub(super) fn knowledge_base(files: &[(&str, &str)]) -> Documents {
    let mut base = Documents::default();
    base.settings.samples = true;
    for &(path, text) in files {
        let file = TextFile { layer: 1, path: path.to_owned(), text: text.to_owned() };
        match FileRole::of(path) {
            Some(FileRole::Flow) => base.resources.flows.push(file),
            Some(FileRole::Format) => base.resources.formats.push(file),
            Some(FileRole::Settings) => {
                (base.settings, base.warnings) = Settings::parse(path, text)
            }
            _ => {
                let read = kb::article(text.as_bytes(), path, base.settings.samples);
                base.documented_logs += read.documented_logs;
                base.articles.push(parse(path, &read.text, &base.codes));
            }
        }
    }
    let paths = files.iter().map(|(path, _)| *path);
    base.files = paths.chain(FILES.iter().copied()).map(str::to_owned).collect();
    base
}

/// The lines at which the rule finds something, on the day 2026-11-10, stale after 24 months; the
/// search brings up articles whose path is in the pasted text, judged questions `reached.md` alone.
pub(super) fn found(rule: &Rule, files: &[(&str, &str)]) -> Vec<(String, u32)> {
    let base = &knowledge_base(files);
    let options = CheckOptions {
        today: Some(date(2026, 11, 10)),
        stale: Some(Age::months(24)),
        all: true,
        reached: Some(["reached".to_owned()].into()),
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
