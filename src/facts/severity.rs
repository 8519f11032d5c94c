//! How bad a log says something is: by a column or a level, else by its wording.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Severity;
use super::fold::fold;
use crate::source::looked_at;
use crate::text::lexicon::{SEVERITY, Section};

/// The words of severity columns and log levels, in lower case.
static LEVELS: [(Severity, Section); 3] = [
    (Severity::Error, SEVERITY.section("level error")),
    (Severity::Warning, SEVERITY.section("level warning")),
    (Severity::Info, SEVERITY.section("level info")),
];

static FAILURES: Section = SEVERITY.section("failures");

static DENIALS: Section = SEVERITY.section("denials");

/// All of them at once: every row of a log is asked whether it has one.
static ANY_DENIAL: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(DENIALS.iter()).ok());

static LABELS: Section = SEVERITY.section("labels");

static CODE_LABELS: Section = SEVERITY.section("code labels");

static WARNINGS: Section = SEVERITY.section("warnings");

static HARMLESS: Section = SEVERITY.section("success");

/// The severity that a cell or a level names, whole.
pub(crate) fn read_level(word: &str) -> Option<Severity> {
    if word.len() > 40 {
        return None;
    }
    let word = fold(word.trim()).to_ascii_lowercase();
    LEVELS.iter().find(|(_, levels)| levels.contains(&&*word)).map(|&(severity, _)| severity)
}

pub(crate) fn read_wording(message: &str) -> Severity {
    severity_of(&fold(message).to_ascii_lowercase())
}

/// The severity of a folded message in lower case.
fn severity_of(folded: &str) -> Severity {
    // A hundred words are looked for.
    looked_at(4 * folded.len());
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(folded, &FAILURES) {
        if lists_nothing(folded) {
            return Severity::Info;
        }
        let (told, denied) = without_denials(folded);
        if has(&told, &FAILURES) {
            return Severity::Error;
        }
        if denied && !has(&told, &WARNINGS) {
            return Severity::Info;
        }
    }
    if has(folded, &WARNINGS) {
        Severity::Warning
    } else if has(folded, &HARMLESS) {
        Severity::Info
    } else {
        Severity::Unknown
    }
}

static EXPIRIES: Section = SEVERITY.section("expiries");

/// Whether a sentence tells that something is going to expire: nothing has failed yet, and somebody has to act.
pub(crate) fn tells_expiry(sentence: &str) -> bool {
    let folded = fold(sentence).to_ascii_lowercase();
    EXPIRIES.iter().any(|expiry| folded.contains(expiry))
}

/// Whether a message has the words of a failure to deny it: 「エラーは発生していません」.
pub(crate) fn denies(message: &str) -> bool {
    looked_at(message.len());
    let folded = fold(message).to_ascii_lowercase();
    let has_denial = ANY_DENIAL.as_ref().is_some_and(|any| any.is_match(&folded));
    has_denial && severity_of(&folded) == Severity::Info || lists_nothing(&folded)
}

/// How screens begin to say what a list would show, and how they end where there is nothing of it.
static LISTED: Section = SEVERITY.section("beginnings of empty lists");
static EMPTY: Section = SEVERITY.section("ends of empty lists");

/// Whether a list is empty (「該当するデータはありません」); 「一致する証明書がありません」 is what a program misses.
fn lists_nothing(folded: &str) -> bool {
    const LONGEST: usize = 90;
    let text = folded.trim().trim_end_matches(['。', '.', '!']);
    text.len() <= LONGEST
        && LISTED.iter().any(|begin| text.starts_with(begin))
        && EMPTY.iter().any(|end| text.ends_with(end))
}

/// The text without what denies failures and without the labels of errors; and whether it denies any.
fn without_denials(folded: &str) -> (String, bool) {
    let mut told = folded.to_owned();
    for label in CODE_LABELS.iter() {
        if told.contains(label) {
            told = without_code_label(&told, label);
        }
    }
    for label in LABELS.iter() {
        if told.contains(label) {
            told = told.replace(label, " ");
        }
    }
    let mut denied = false;
    for phrase in DENIALS.iter() {
        if told.contains(phrase) {
            denied = true;
            told = told.replace(phrase, " ");
        }
    }
    (told, denied)
}

/// The text without a label of codes: a code that is not nought stands for its failure.
fn without_code_label(told: &str, label: &str) -> String {
    let mut kept = String::with_capacity(told.len());
    let mut parts = told.split(label);
    kept.push_str(parts.next().unwrap_or_default());
    for behind in parts {
        looked_at(behind.len());
        let value =
            behind.trim_start_matches([' ', ':', '=', '\t', 'は', 'が', '(', '[', '「', '"']);
        let digits = value.trim_start_matches("0x").trim_start_matches(['-', '(']);
        let coded = digits.starts_with(|c: char| c.is_ascii_hexdigit())
            && digits.trim_start_matches('0').starts_with(|c: char| c.is_ascii_hexdigit());
        kept.push_str(if coded { "失敗" } else { " " });
        kept.push_str(behind);
    }
    kept
}

#[cfg(test)]
crate::source::cases! {
    levels: |text| format!("{:?}", read_level(text));
    severities: |message| read_wording(message).name();
}
