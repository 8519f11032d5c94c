//! Dates as front matter and manuals write them.

use jiff::civil::Date;

use crate::facts::{fold, read_time};
use crate::text::lexicon::{ARTICLE_PHRASES, Section};

/// Reads a date: those that logs write ([`read_time`]), `31 July 2018`, and `7月 31, 2018` (Confluence), with or without a
/// time after it.
pub(crate) fn date(text: &str) -> Option<Date> {
    let folded = fold(text);
    leading(&folded).map(|(date, _)| date).or_else(|| by_name(&folded))
}

/// The date at the beginning of a folded text, and what follows it.
fn leading(folded: &str) -> Option<(Date, &str)> {
    let text = folded.trim_start();
    let timed = read_time(text, None).filter(|timed| !timed.year_is_guessed)?;
    Some((timed.moment.local.date(), text.get(timed.len..)?))
}

/// A date whose month has a name after the day or with a full stop, or is before a day without 日.
fn by_name(text: &str) -> Option<Date> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.'));
    let mut words = words.filter(|word| !word.is_empty());
    let (first, second, year) = (words.next()?, words.next()?, words.next()?);
    let written = match first.strip_suffix('月') {
        Some(month) => format!("{year}-{month}-{second}"),
        None if first.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{second} {first}, {year}")
        }
        None => format!("{first} {second}, {year}"),
    };
    leading(&written).map(|(date, _)| date)
}

static LABELS: Section = ARTICLE_PHRASES.section("labels of the last change");

/// The date of a line that says when the text was last changed: `最終更新日 2018年7月31日`.
pub(in crate::article) fn date_of_text(line: &str) -> Option<Date> {
    const LONGEST_LINE: usize = 200;
    if line.len() > LONGEST_LINE || !line.contains(char::is_numeric) {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let label = LABELS.iter().find(|label| lower.contains(**label))?;
    let at = lower.find(label)? + label.len();
    let rest = line.get(at..)?;
    date(rest.trim_start_matches([' ', '　', ':', '：', '】', '）', ')', '|', '\t']))
}

/// The date of a line that is nothing but a date.
pub(in crate::article) fn sole_date(line: &str) -> Option<Date> {
    let folded = fold(line);
    let (date, rest) = leading(&folded)?;
    rest.trim_matches([' ', '　', '更', '新', '（', '）', '(', ')']).is_empty().then_some(date)
}

#[cfg(test)]
crate::source::cases! {
    dates: |text| shown(date(text));
    days_of_change: |line| shown(date_of_text(line));
    lines_that_are_dates: |line| shown(sole_date(line));
}
