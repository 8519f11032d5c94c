//! Numbers in digits, in kanji, and in both (三十, 3万, 1,000, 9.1).

use super::normalize::character::is_kanji_numeral;

/// The longest number that is written with kanji, in characters; what is longer is none.
const LONGEST: usize = 32;

fn digit(c: char) -> Option<u64> {
    let value = |digits: &str| (0..).zip(digits.chars()).find(|(_, digit)| *digit == c);
    value("〇一二三四五六七八九").or_else(|| value("零")).map(|(value, _)| value)
}

/// Kanji that multiply what is before them, within four digits.
const SMALL_UNITS: [(char, u64); 3] = [('十', 10), ('百', 100), ('千', 1000)];
/// Kanji that close a group of four digits.
const LARGE_UNITS: [(char, u64); 3] =
    [('万', 10_000), ('億', 100_000_000), ('兆', 1_000_000_000_000)];

fn unit(c: char, units: &[(char, u64)]) -> Option<u64> {
    units.iter().find(|(unit, _)| *unit == c).map(|&(_, value)| value)
}

/// The number that `text` writes with kanji, or with kanji and digits; `None` where it is no
/// well-formed number (万一, 十百).
pub(super) fn parse(text: &str) -> Option<u64> {
    // Digits side by side (二〇二二); one digit counts, too.
    if text.chars().all(|c| digit(c).is_some()) {
        let add = |value: u64, c| value.checked_mul(10)?.checked_add(digit(c)?);
        return text.chars().try_fold(0, add);
    }
    let (mut total, mut group, mut number) = (0u64, 0u64, None::<u64>);
    let (mut smallest_large, mut smallest_small) = (u64::MAX, u64::MAX);
    for c in text.chars() {
        if let Some(value) = c.to_digit(10).map(u64::from) {
            number = Some(number.unwrap_or(0).checked_mul(10)?.checked_add(value)?);
        } else if let Some(value) = digit(c) {
            if number.is_some() || value == 0 {
                return None;
            }
            number = Some(value);
        } else if let Some(unit) = unit(c, &SMALL_UNITS) {
            if unit >= smallest_small {
                return None;
            }
            group = group.checked_add(number.take().unwrap_or(1).checked_mul(unit)?)?;
            smallest_small = unit;
        } else if let Some(unit) = unit(c, &LARGE_UNITS) {
            group = group.checked_add(number.take().unwrap_or(0))?;
            if unit >= smallest_large || group == 0 {
                return None;
            }
            total = total.checked_add(group.checked_mul(unit)?)?;
            (group, smallest_large, smallest_small) = (0, unit, u64::MAX);
        } else {
            return None;
        }
    }
    total.checked_add(group)?.checked_add(number.unwrap_or(0))
}

/// How many bytes at the start of `text` are a number that is written with two kanji numerals or
/// more, or with digits and a kanji that multiplies them. One kanji alone may be a part of a word
/// (一覧): the dictionary decides that.
pub(super) fn mixed_length(text: &str) -> Option<usize> {
    let numeral = |c: &char| is_kanji_numeral(*c) || c.is_ascii_digit();
    let run: usize = text.chars().take(LONGEST).take_while(numeral).map(char::len_utf8).sum();
    let (run, behind) = text.split_at_checked(run)?;
    if behind.chars().next().is_some_and(|c| numeral(&c)) {
        return None;
    }
    let kanji = run.chars().filter(|&c| is_kanji_numeral(c)).count();
    let starts_with_digit = run.starts_with(|c: char| c.is_ascii_digit());
    let unit = run.contains(|c| unit(c, &SMALL_UNITS).is_some() || unit(c, &LARGE_UNITS).is_some());
    let counts = if starts_with_digit { unit } else { kanji >= 2 && (unit || run.contains('〇')) };
    (counts && parse(run).is_some()).then_some(run.len())
}

/// How rare a number is, in nats: a short one is everywhere, and so is a year; the longest codes are
/// as rare as any name.
pub(super) fn rarity(digits: &str) -> f32 {
    match digits.len() {
        0 | 1 => 3.0,
        2 => 4.5,
        4 if digits.starts_with("19") || digits.starts_with("20") => 5.0,
        3 => 6.5,
        _ => 9.0,
    }
}

#[cfg(test)]
crate::source::cases! {
    numbers: |text| shown(parse(text));
    lengths_of_numbers: |text| shown(mixed_length(text));
}
