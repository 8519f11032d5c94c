//! Dates as front matter and manuals write them.

use jiff::civil::Date;

/// Reads a date: `2018-07-31`, `2018/7/31`, `2018.7.31`, `2018年7月31日`, `07/31/2018` (docfx), `Jul 31, 2018`,
/// `31 July 2018`, `7月 31, 2018` (Confluence), with or without a time after it.
pub(crate) fn date(text: &str) -> Option<Date> {
    leading(text).map(|(date, _)| date).or_else(|| by_name(text))
}

/// A date whose month has a name.
fn by_name(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words = text.split(|c: char| c.is_whitespace() || c == ',');
    let mut words = words.filter(|word| !word.is_empty());
    let words = [words.next()?, words.next()?, words.next()?];
    let month = |word: &str| -> Option<usize> {
        if let Some(number) = word.strip_suffix('月') {
            return number.parse().ok();
        }
        let (word, letters) = (word.trim_end_matches('.').to_ascii_lowercase(), 3);
        let named = MONTHS.iter().position(|month| word.get(..letters) == Some(*month))?;
        let whole = word.bytes().all(|byte| byte.is_ascii_alphabetic());
        whole.then_some(named + 1)
    };
    let [first, second, year] = words;
    let (month, day) = match month(first) {
        Some(month) => (month, second),
        None => (month(second)?, first),
    };
    let year: i16 = year.parse().ok().filter(|year| *year >= 1000)?;
    Date::new(year, i8::try_from(month).ok()?, day.parse().ok()?).ok()
}

/// The date at the beginning of `text`, and what follows it.
fn leading(text: &str) -> Option<(Date, &str)> {
    let text = text.trim_start();
    let mut numbers = [0_i32; 3];
    let mut digits = [0_usize; 3];
    let mut separators = ['\0'; 2];
    let mut part = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        end = at;
        if let Some(digit) = digit(character) {
            if digits[part] == 4 {
                return None;
            }
            numbers[part] = numbers[part] * 10 + digit;
            digits[part] += 1;
            end = at + character.len_utf8();
        } else if part < 2 && digits[part] > 0 && matches!(character, '-' | '/' | '.' | '年' | '月')
        {
            separators[part] = character;
            part += 1;
        } else if character != ' ' || digits[part] > 0 {
            break;
        }
    }
    let [first, second, third] = numbers;
    let japanese = separators == ['年', '月'];
    let same = separators[0] == separators[1] && matches!(separators[0], '-' | '/' | '.');
    let (year, month, day) = match digits {
        [4, 1..=2, 1..=2] if japanese || same => (first, second, third),
        [1..=2, 1..=2, 4] if same && separators[0] != '.' => (third, first, second),
        _ => return None,
    };
    let date =
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
            .ok()?;
    let rest = text.get(end..).unwrap_or_default();
    Some((date, rest.strip_prefix('日').unwrap_or(rest)))
}

/// The value of an ASCII or full-width digit.
fn digit(character: char) -> Option<i32> {
    let character = match character {
        '０'..='９' => char::from_u32(u32::from(character) - 0xFEE0)?,
        _ => character,
    };
    character.to_digit(10).and_then(|digit| i32::try_from(digit).ok())
}

/// Labels that manuals write before the day of their last change.
const LABELS: &[&str] =
    &["最終更新日", "最終更新", "更新日時", "更新日", "改訂日", "last updated", "updated on"];

/// The date of a line that says when the text was last changed: `最終更新日 2018年7月31日`.
pub(in crate::article) fn date_of_text(line: &str) -> Option<Date> {
    const LONGEST_LINE: usize = 200;
    if line.len() > LONGEST_LINE || !line.contains(|c| digit(c).is_some()) {
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
    let (date, rest) = leading(line)?;
    rest.trim_matches([' ', '　', '更', '新', '（', '）', '(', ')']).is_empty().then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_every_usual_form_are_read() {
        let cases = [
            ("2018-07-31", Some("2018-07-31")),
            ("2018-07-31T12:00:00+09:00", Some("2018-07-31")),
            ("2018/7/31 15:43", Some("2018-07-31")),
            ("2018年7月31日", Some("2018-07-31")),
            ("2018年 7月 31日", Some("2018-07-31")),
            ("２０１８年７月３１日", Some("2018-07-31")),
            ("07/31/2018", Some("2018-07-31")),
            ("Jul 31, 2018 10:12", Some("2018-07-31")),
            ("31 July 2018", Some("2018-07-31")),
            ("7月 31, 2018", Some("2018-07-31")),
            ("Marble 31, 20180", None),
            ("2018-13-31", None),
            ("31.07.2018", None),
            ("2018", None),
            ("昨日", None),
            ("20180731", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(date(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_line_tells_when_the_text_was_changed() {
        let cases = [
            ("最終更新日 2018年7月31日", Some("2018-07-31")),
            ("（更新日：2025/01/23）", Some("2025-01-23")),
            ("Last updated: 2024-02-03", Some("2024-02-03")),
            ("2018年7月31日に配信しました", None),
        ];
        for (line, expected) in cases {
            assert_eq!(date_of_text(line).map(|date| date.to_string()).as_deref(), expected);
        }
        assert_eq!(
            sole_date("2020年6月16日").map(|date| date.to_string()).as_deref(),
            Some("2020-06-16")
        );
        assert_eq!(sole_date("2020年6月16日に公開"), None);
    }
}
