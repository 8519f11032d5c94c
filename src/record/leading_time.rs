//! The time that a line of a log begins with.

use jiff::civil::DateTime;

use super::words;
use crate::facts::{Folded, Moment, read_time};
use crate::text::is_hiragana;

/// The text after the time that a line begins with.
pub(super) fn without_time(line: &str, now: Option<DateTime>) -> &str {
    leading_time(line, now).map_or(line.trim(), |(_, rest)| rest)
}

const BRACKETS: &[(char, char)] = &[('[', ']'), ('(', ')'), ('<', '>'), ('【', '】'), ('［', '］')];

/// The time that a line begins with, in brackets or not, and the text after it.
pub(super) fn leading_time(line: &str, now: Option<DateTime>) -> Option<(Moment, &str)> {
    let trimmed = line.trim_start();
    // Brackets of every kind are around times.
    let opened =
        BRACKETS.iter().find_map(|(open, close)| Some((trimmed.strip_prefix(*open)?, *close)));
    let text = opened.map_or(trimmed, |(text, _)| text);
    let head_end = text.char_indices().nth(64).map_or(text.len(), |(at, _)| at);
    let head = text.get(..head_end).unwrap_or(text);
    let folded = Folded::new(head);
    let timed = read_time(folded.text(), now)?;
    let end = folded.origin(0..timed.len).end;
    let mut rest = text.get(end..).unwrap_or_default();
    // 「11月22日の夜に」 is a sentence, not a time before one; 「9:00〜 会議室」 is a plan.
    if rest.starts_with(is_hiragana) || rest.trim_start().starts_with(['〜', '～']) {
        return None;
    }
    if let Some((_, close)) = opened {
        rest = rest.trim_start().strip_prefix(close)?;
    }
    let rest = rest.trim_start_matches([',', ':', ';', '|']).trim();
    Some((timed.moment, rest))
}

/// An entry of a list that begins with the name of its device: the device, the time after it, and what is told of it:
/// 「1) iPad-03 11/18 9:12 証明書を取得できません」. Without a time a mark is between the name and the text, as a sentence goes
/// on with a particle.
pub(super) fn listed_device(
    line: &str,
    now: Option<DateTime>,
) -> Option<(&str, Option<Moment>, &str)> {
    const JOINTS: &[char] =
        &[':', '：', '、', ',', '/', '／', '→', '\u{3000}', '\t', '-', '–', '|'];
    let text = words::without_list_mark(line);
    let end = text.find([' ', '\u{3000}', ':', '：', '、', ',', '/', '／', '→', '\t'])?;
    let (name, rest) = text.split_at_checked(end)?;
    let jointed = name.contains(['-', '_']) && name.bytes().any(|byte| byte.is_ascii_digit());
    (jointed && !name.contains(['=', '.', '[', '(']) && words::is_device_name(name))
        .then_some(())?;
    let told = rest.trim_start_matches(JOINTS).trim_start_matches(' ');
    let told = told.trim_start_matches(JOINTS).trim_start();
    if let Some((time, said)) = leading_time(told, now).filter(|(_, said)| !said.is_empty()) {
        let said = said.trim_start_matches(JOINTS).trim_start();
        return Some((name, Some(time), said));
    }
    let apart = rest.trim_start_matches(' ').starts_with(JOINTS) || rest.starts_with("  ");
    (apart && !told.is_empty() && !told.starts_with(is_hiragana)).then_some((name, None, told))
}
