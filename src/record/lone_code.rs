//! Codes that are all of a line, without a label: `0x80180014`, `Error 0x80180014`, `(MCInstallationErrorDomain 4001)`,
//! `HTTP 403 Forbidden`.

use super::collect::Collector;
use super::columns::{self, Role};
use super::words;
use crate::facts::{Severity, fold, read_level, read_number};
use crate::text::lexicon::{self, Section};

/// The domain and the number of a line that is an error's and nothing else: in brackets, announced (`Error 0x80180014`),
/// by its domain, or the status of an answer of HTTP.
pub(super) fn lone_code<'t>(
    text: &'t str,
    collector: &Collector<'_>,
) -> Option<(Option<&'t str>, &'t str)> {
    const LONGEST: usize = 80;
    let inner =
        text.strip_prefix(['(', '（', '[']).and_then(|it| it.strip_suffix([')', '）', ']']));
    let alone = inner.is_none();
    let inner = inner.unwrap_or(text).trim();
    if text.len() > LONGEST || !inner.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let from = inner.find(|c: char| c.is_ascii_digit() || c == '-')?;
    let (label, number) = inner.split_at_checked(from)?;
    let word = label.trim_end_matches([' ', ':', '：', '=']);
    if let Some(status) = http_status(word, number) {
        return Some((Some("HTTP"), status));
    }
    // A colon makes it a label; 「エラー 12」 may be a count.
    let announced = || {
        columns::role(label) == Role::Code
            || read_level(word) == Some(Severity::Error)
                && (!alone || words::error_number(number) == Some(0))
    };
    if read_number(&fold(number)).is_some_and(|(number, _)| number != 0) && announced() {
        return Some((None, number));
    }
    // A domain is one word; most lines are more.
    if alone && inner.matches(' ').count() > 1 {
        return None;
    }
    let code = collector.codes.read(inner).filter(|code| code.number != 0)?;
    match inner.rsplit_once([' ', ':', '/']) {
        Some((domain, number)) => {
            let domain = domain.trim_end_matches([' ', ':', '/']);
            (code.domain.as_deref() == Some(domain)).then_some((Some(domain), number))
        }
        // A number alone may be anything's.
        None if alone => (words::error_number(inner) == Some(0)).then_some((None, inner)),
        None => Some((None, inner)),
    }
}

static STATUS_LABELS: Section = lexicon::COLUMN_LABELS.section("labels of http statuses");
static REASONS: Section = lexicon::MESSAGE_WORDS.section("http reasons");

/// The number of `HTTP 403`, `403 Forbidden`, `Status: 401 Unauthorized`.
fn http_status<'t>(label: &str, rest: &'t str) -> Option<&'t str> {
    let (number, reason) = rest.split_at_checked(3)?;
    let failed = number.starts_with(['4', '5']) && number.bytes().all(|byte| byte.is_ascii_digit());
    let reason = reason.trim_matches([' ', '-', '–', '(', ')', '.']);
    let phrased = REASONS.iter().any(|known| known.eq_ignore_ascii_case(reason));
    if !failed || !(phrased || reason.is_empty()) {
        return None;
    }
    let key = columns::key(label);
    let labelled = STATUS_LABELS.contains(&key.as_str());
    (labelled && (phrased || key.starts_with("http")) || phrased && key.is_empty())
        .then_some(number)
}
